//! Each unsafe step, and the shortest way in which it goes wrong: found by the search, turned into a script, and kept in
//! `tests/counterexamples`. Every script plays, in the world with time, to what the search found without. After a change
//! that is meant: `UPDATE_GOLDENS=1 cargo test --test counterexamples`.
#![cfg(not(target_arch = "wasm32"))]

use harbor_point::replication::{CommitRule, Switch};
use harbor_point::simulation::search::{Finding, Search, Wanted};
use harbor_point::simulation::{Budgets, ClusterConfig, Invariant, Micros, Step, World, clock};
use harbor_point::teaching::counterexample::Counterexample;
use harbor_point::teaching::facts::holds;
use harbor_point::teaching::script::{Script, Statement};
use harbor_point::teaching::timeline::Timeline;

const LOST: Wanted = Wanted::Violation(Invariant::PromisesKept);
const TWICE: Wanted = Wanted::Violation(Invariant::NoDoubleBooking);

/// A step that is not safe.
struct Unsafe {
    name: &'static str,
    what: &'static str,
    config: ClusterConfig,
    budgets: Budgets,
    wanted: Wanted,
    /// Of the search and of the run, where the control plane is to judge promotions once.
    early: bool,
    /// The switch that would have prevented this very run.
    remedy: Option<Switch>,
}

fn cluster(ack: CommitRule) -> ClusterConfig {
    ClusterConfig { ack, ..ClusterConfig::default() }
}

fn with(config: ClusterConfig, switch: Switch, on: bool) -> ClusterConfig {
    ClusterConfig { switches: config.switches.set(switch, on), ..config }
}

fn all() -> Vec<Unsafe> {
    let one = |name, what, rule, budgets, wanted| Unsafe {
        name,
        what,
        config: cluster(rule),
        budgets,
        wanted,
        early: false,
        remedy: None,
    };
    let forced = Budgets { writes: 1, forced: 1, ..Budgets::default() };
    let rivals = Budgets { writes: 2, rivals: true, ..forced };
    let crash = Budgets { writes: 1, crashes: 1, ..Budgets::default() };
    let cut = Budgets { writes: 1, promotions: 1, cuts: 1, ..Budgets::default() };
    vec![
        one("memory-lost", "201 out of the leader's memory: a crash is enough", CommitRule::LeaderMemory, crash, LOST),
        one("fsync-forced", "201 from one disk, and force", CommitRule::LeaderFsync, forced, LOST),
        one("received-forced", "201 from a disk and a memory, and force", CommitRule::SyncReceived, forced, LOST),
        one("quorum-forced", "201 from two disks, and force", CommitRule::SyncQuorum, forced, LOST),
        one("fsync-twice", "one cabin, two customers, two leaders", CommitRule::LeaderFsync, rivals, TWICE),
        Unsafe {
            early: true,
            ..one(
                "judged-early",
                "a promotion judged before the new term is adopted (not in this world: its control plane judges twice)",
                CommitRule::SyncQuorum,
                cut,
                LOST,
            )
        },
        Unsafe {
            remedy: Some(Switch::GatewayToken),
            ..one(
                "deposed",
                "a leader that was replaced, without lease or gateway token",
                CommitRule::LeaderFsync,
                forced,
                Wanted::PromisedByDeposed,
            )
        },
        Unsafe {
            config: with(cluster(CommitRule::SyncQuorum), Switch::Terms, false),
            remedy: Some(Switch::Terms),
            ..one(
                "terms-off",
                "nobody rejects an older term",
                CommitRule::SyncQuorum,
                forced,
                Wanted::PromisedByDeposed,
            )
        },
        Unsafe {
            config: with(cluster(CommitRule::LeaderFsync), Switch::Failover, true),
            ..one(
                "fsync-elected",
                "201 from one disk, and an election",
                CommitRule::LeaderFsync,
                Budgets { writes: 1, elections: 1, ..Budgets::default() },
                LOST,
            )
        },
        one(
            "disks-lost",
            "both disks that hold it are lost",
            CommitRule::SyncQuorum,
            Budgets { writes: 1, lost_disks: 2, ..Budgets::default() },
            LOST,
        ),
        one(
            "own-write-unseen",
            "a local read after one's own booking",
            CommitRule::SyncQuorum,
            Budgets { writes: 1, local_reads: 1, ..Budgets::default() },
            Wanted::OwnBookingUnseen,
        ),
        one(
            "stale-leader-read",
            "a read at a node that still believes that it leads",
            CommitRule::Majority,
            Budgets { leader_reads: 1, ..cut },
            Wanted::PromiseUnseen,
        ),
    ]
}

fn start(case: &Unsafe) -> World {
    let world = World::untimed(case.config, case.budgets);
    if case.early { world.judging_early() } else { world }
}

/// The script with its golden comment.
fn found(case: &Unsafe) -> String {
    let mut search = Search::from(start(case), case.wanted);
    while search.advance(10_000) == Finding::Open {}
    let Finding::Found { steps } = search.finding() else { panic!("{}: {:?}", case.name, search.finding()) };
    let found = Counterexample::of(&search).unwrap_or_else(|| panic!("{}: no script follows it", case.name));
    assert_eq!(found.steps, steps);
    format!("# {}: {}.\n# The shortest way takes {steps} steps.\n{}", case.name, case.what, found.script)
}

fn plays_to(case: &Unsafe, text: &str) {
    let script = Script::parse(text).unwrap_or_else(|errors| panic!("{}: {}", case.name, errors[0]));
    if !case.early {
        let (timeline, failure) = Timeline::play(text, &script);
        assert_eq!(failure, None, "{}", case.name);
        assert!(case.wanted.has_happened(timeline.world()), "{}", case.name);
    }
    assert!(case.wanted.has_happened(&run(case, &script, script.cluster)), "{}", case.name);
    if let Some(switch) = case.remedy {
        let remedied = run(case, &script, with(script.cluster, switch, true));
        assert!(!case.wanted.has_happened(&remedied), "{}, with {}=on", case.name, switch.name());
    }
}

/// The world after the script, or some seconds after what it waits for did not come about.
fn run(case: &Unsafe, script: &Script, cluster: ClusterConfig) -> World {
    let mut world = World::new(cluster);
    if case.early {
        world = world.judging_early();
    }
    let records = &mut Vec::new();
    for line in &script.lines {
        match line.statement {
            Statement::Act(action) => world.take(Step::Act(action), records),
            Statement::Run(span) => {
                let end = world.now() + span;
                clock::run_until(&mut world, end, records);
            }
            Statement::RunUntil { condition, .. } => {
                let end = world.now() + Micros::from_secs(3);
                while world.now() < end && !holds(&world, &condition) && clock::step(&mut world, records) {}
            }
            Statement::Step(_) | Statement::Expect(_) => panic!("{}: such a line is never made", case.name),
        }
    }
    world
}

#[test]
fn every_unsafe_step_has_its_shortest_counterexample_and_it_plays() {
    for case in all() {
        let (file, text) = (format!("tests/counterexamples/{}.script", case.name), found(&case));
        plays_to(&case, &text);
        if std::env::var_os("UPDATE_GOLDENS").is_some() {
            std::fs::write(&file, &text).expect("the golden can be written");
        }
        let golden = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(text == golden, "{file} differs:\n{text}");
    }
}

/// What the switches are for: with the gateway's token nobody is promised anything by a leader that was replaced.
#[test]
fn the_gateway_token_stops_promises_of_a_leader_that_was_replaced() {
    let forced = Budgets { writes: 1, forced: 1, ..Budgets::default() };
    let fenced = with(cluster(CommitRule::LeaderFsync), Switch::GatewayToken, true);
    let mut search = Search::new(fenced, forced, Wanted::PromisedByDeposed);
    while search.advance(10_000) == Finding::Open {}
    assert_eq!(search.finding(), Finding::Never);
}
