//! Random faults against what must always hold: in a safe configuration nothing that the checker watches is ever
//! violated, and a run that is sought back and forth is the run that was.
#![cfg(not(target_arch = "wasm32"))]

mod generate;

use generate::{MENDED, config, elections, statements, two_nodes};
use harbor_point::replication::{
    Booking, Cabin, CommitRule, Consistency, CustomerId, FlowKey, NodeId, NodeSet, Position, ReadAnswer, ReadId,
    RequestId, Switch,
};
use harbor_point::simulation::{Action, ClusterConfig, CpuCost, Event, How, Micros, Place, Record, Step, World, clock};
use harbor_point::teaching::script::{ClusterLine, Script, Statement};
use harbor_point::teaching::timeline::{Logged, RECENT, Timeline};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// The script, about other followers than the usual two if `others` is said.
fn text_of(config: &ClusterConfig, statements: &[Statement], others: bool) -> String {
    let mut text = format!("{}\n", ClusterLine(config));
    statements.iter().for_each(|statement| text.push_str(&format!("{statement}\n")));
    if others { text.replace("md-db-2", "md-db-6").replace("sg-db-1", "sg-db-2") } else { text }
}

fn run(config: ClusterConfig, statements: &[Statement]) -> Timeline {
    let mut timeline = Timeline::new(config);
    for statement in statements {
        timeline.execute(statement).expect("nothing is expected, so nothing fails");
    }
    timeline
}

fn wait(timeline: &mut Timeline, millis: u64) {
    timeline.run_until(timeline.world().now() + Micros::from_millis(millis)).expect("it is short");
}

fn transcript(timeline: &Timeline) -> Vec<String> {
    timeline.records().iter().map(|logged| logged.record.to_string()).collect()
}

/// One step; what is committed after it is noted, and each bounded read that it answers is checked against what was.
fn checked(
    world: &mut World,
    committed: &mut Vec<(Micros, Position)>,
    step: impl FnOnce(&mut World, &mut Vec<Record>),
) -> Result<(), TestCaseError> {
    let mut records = Vec::new();
    step(world, &mut records);
    committed.push((world.now(), world.committed_by_all_accounts()));
    for record in records {
        let Event::ReadAnswered { read, answer: ReadAnswer::Seen { applied, .. } } = record.event else { continue };
        let (Consistency::Bounded(bound), Some(Place::Node(node))) = (read.consistency, record.place) else { continue };
        let Some(then) = record.at.0.checked_sub(bound.0) else { continue };
        let known = committed.iter().rev().find(|(at, _)| at.0 < then).map_or(committed[0].1, |(_, known)| *known);
        let held = known.index <= applied.index && world.machine(node).log().holds(known);
        prop_assert!(held, "{} at {node}: {known} was committed by {then}, and {applied} is applied", read.id);
    }
    Ok(())
}

/// Nothing is cut, down or slow any more.
fn mend_all(timeline: &mut Timeline) {
    let mend = |timeline: &mut Timeline, action| {
        timeline.act(action);
        timeline.run_until(timeline.world().now() + Micros::from_millis(1)).expect("it is short");
    };
    mend(timeline, Action::Heal(None));
    mend(timeline, Action::SetBatch(64));
    mend(timeline, Action::SetFlow(FlowKey::Window, 8));
    mend(timeline, Action::SetFlow(FlowKey::Chunk, 64));
    for a in 0..3 {
        mend(timeline, Action::Restart(NodeId(a)));
        mend(timeline, Action::Resume(NodeId(a)));
        mend(timeline, Action::SetDisk(NodeId(a), Micros::from_millis(2)));
        mend(timeline, Action::SetCpu(NodeId(a), CpuCost::default()));
        mend(timeline, Action::SetBound(1000));
        mend(timeline, Action::SetThrottle(None));
        mend(timeline, Action::SetBatch(64));
        mend(timeline, Action::SetLink(NodeId(a), NodeId((a + 1) % 3), MENDED));
    }
}

/// A booking gets through, and then every log is the same.
fn agrees(timeline: &mut Timeline) -> Result<(), TestCaseError> {
    let request = RequestId(99);
    let (cabin, customer) = (Cabin::Tonight(24), CustomerId(9));
    timeline.act(Action::Request { request, booking: Booking::Reserve, cabin, customer, at: None });
    wait(timeline, 1500);
    let told = || format!("{}\n{}", timeline.script(), transcript(timeline).join("\n"));
    prop_assert!(timeline.world().promises().of(request).is_some(), "{}", told());
    // How much of it is a snapshot is each node's own affair.
    let logs: Vec<_> = timeline
        .world()
        .machines()
        .iter()
        .map(|it| (it.log().last(), it.log().replay(it.log().last().index)))
        .collect();
    prop_assert!(logs[0] == logs[1] && logs[1] == logs[2], "{}", told());
    Ok(())
}

proptest! {
    #![proptest_config(config_of_the_run())]

    #[test]
    fn nothing_is_lost_without_force(config in config(), statements in statements()) {
        let timeline = run(config, &statements);
        let told = || transcript(&timeline).join("\n");
        prop_assert!(timeline.world().checker().violations() == 0, "{}", told());
    }

    /// Five nodes keep what three keep, whichever of them the faults befall; the operator promotes.
    #[test]
    fn nothing_is_lost_with_five_replicas(
        config in config(),
        statements in statements(),
        others in any::<bool>(),
        everybody in any::<bool>(),
    ) {
        let config = ClusterConfig { replicas: 5, ..config };
        let mut text = text_of(&config, &statements, others);
        if everybody {
            text.push_str("heal\nset sync=md-db-4,md-db-2,md-db-6,sg-db-1,sg-db-2\nrun 3s\n");
        }
        let script = Script::parse(&text).map_err(|errors| TestCaseError::fail(format!("{}\n{text}", errors[0])))?;
        let (timeline, _) = Timeline::play(&text, &script);
        let violations = timeline.world().checker().violations();
        prop_assert!(violations == 0, "{text}\n{}", transcript(&timeline).join("\n"));
    }

    #[test]
    fn nothing_is_lost_where_nodes_elect((config, statements) in elections()) {
        let timeline = run(config, &statements);
        let told = || format!("{}\n{}", timeline.script(), transcript(&timeline).join("\n"));
        prop_assert!(timeline.world().checker().violations() == 0, "{}", told());
    }

    /// Of five nodes, two that hold a committed entry can be away together. Whatever the rule, be it that it began with two
    /// copies or with more, those that are left elect nobody who lacks it.
    #[test]
    fn nothing_is_lost_where_five_elect(
        (config, mut statements) in elections(),
        two_copies in any::<bool>(),
        others in any::<bool>(),
        (one, other) in two_nodes(),
        place in 0..60usize,
    ) {
        let place = place % (statements.len() + 1);
        let (booking, cabin, customer) = (Booking::Reserve, Cabin::Tonight(7), CustomerId(7));
        let asked = Action::Request { request: RequestId(77), booking, cabin, customer, at: None };
        let apart = Action::Partition(NodeSet::EMPTY.with(one).with(other));
        let gone = [apart, asked].map(Statement::Act).into_iter();
        let gone = gone.chain([Statement::Run(Micros::from_millis(30))]);
        let gone = gone.chain([Action::Crash(one), Action::Crash(other), Action::Heal(None)].map(Statement::Act));
        statements.splice(place..place, gone.chain([Statement::Run(Micros::from_millis(1200))]).collect::<Vec<_>>());
        let ack = if two_copies { CommitRule::SyncQuorum } else { CommitRule::Majority };
        let config = ClusterConfig { replicas: 5, ack, ..config };
        for statement in &mut statements {
            match statement {
                // From more than half of the disks to two is a weaker rule, which promises less.
                Statement::Act(Action::SetAck(rule)) if !two_copies => *rule = CommitRule::Majority,
                _ => {}
            }
        }
        let text = text_of(&config, &statements, others);
        let script = Script::parse(&text).map_err(|errors| TestCaseError::fail(format!("{}\n{text}", errors[0])))?;
        let (timeline, _) = Timeline::play(&text, &script);
        let violations = timeline.world().checker().violations();
        prop_assert!(violations == 0, "{text}\n{}", transcript(&timeline).join("\n"));
    }

    /// What two disks hold, one of them can lose: the node that lost it must not be taken at its word.
    #[test]
    fn one_lost_disk_loses_nothing(
        (config, mut statements) in elections(),
        (lost, down) in two_nodes(),
        place in 0..60usize,
    ) {
        let place = place % (statements.len() + 1);
        let third = NodeId(3 - lost.0 - down.0);
        let promote = Action::Promote { node: third, force: false };
        let acts = [Action::LoseDisk(lost), Action::Restart(lost), Action::Crash(down), promote].map(Statement::Act);
        let wait = Statement::Run(Micros::from_millis(900));
        statements.splice(place..place, acts.into_iter().chain([wait]));
        let timeline = run(config, &statements);
        let told = || format!("{}\n{}", timeline.script(), transcript(&timeline).join("\n"));
        prop_assert!(timeline.world().checker().violations() == 0, "{}", told());
    }

    /// However the cluster was left, once everything is mended the nodes find a leader by themselves, and agree.
    #[test]
    fn a_mended_cluster_elects_and_agrees((config, statements) in elections()) {
        let mut timeline = run(config, &statements);
        timeline.act(Action::SetSwitch(Switch::Failover, true));
        mend_all(&mut timeline);
        wait(&mut timeline, 12_000);
        agrees(&mut timeline)?;
    }

    /// Force and weak rules lose bookings, and leave snapshots of histories that nobody follows any more: promises break,
    /// nodes do not.
    #[test]
    fn forced_clusters_come_to_agree(
        config in config(),
        statements in statements(),
        forced in prop::collection::vec(any::<bool>(), 30),
        in_memory in any::<bool>(),
        retain in 0..5u32,
    ) {
        let mut statements = statements;
        let mut forced = forced.iter().cycle();
        for statement in &mut statements {
            match statement {
                Statement::Act(Action::Promote { force, .. }) => *force = *forced.next().expect("it is endless"),
                Statement::Act(Action::SetFlow(FlowKey::Retain, value)) => *value = retain,
                _ => {}
            }
        }
        let mut config = config;
        config.limits.flow.retain = retain;
        if in_memory {
            config.ack = CommitRule::LeaderMemory;
        }
        let mut timeline = run(config, &statements);
        mend_all(&mut timeline);
        timeline.act(Action::SetAck(CommitRule::SyncQuorum));
        wait(&mut timeline, 2000);
        if timeline.world().leader().is_none() {
            let last = |node: &NodeId| timeline.world().machine(*node).durable();
            let node = NodeId::all(3).max_by_key(last).expect("there are three");
            timeline.act(Action::Promote { node, force: true });
        }
        wait(&mut timeline, 4000);
        agrees(&mut timeline)?;
    }

    /// Once everything is mended and somebody may lead, every log comes to agree, and a booking gets through.
    #[test]
    fn a_mended_cluster_comes_to_agree(config in config(), statements in statements()) {
        let mut timeline = run(config, &statements);
        mend_all(&mut timeline);
        wait(&mut timeline, 2000);
        let candidates = NodeId::all(3).filter(|node| timeline.world().present_verdict(*node).is_safe());
        let last = |node: &NodeId| timeline.world().machine(*node).durable();
        let best = candidates.max_by_key(last).expect("with everybody there, the most up-to-date node is safe");
        if timeline.world().leader().is_none() {
            timeline.act(Action::Promote { node: best, force: false });
        }
        wait(&mut timeline, 3000);
        agrees(&mut timeline)?;
    }

    #[test]
    fn going_back_and_forth_changes_nothing(
        config in config(),
        statements in statements(),
        places in prop::collection::vec(0..1000u64, 1..6),
    ) {
        let mut timeline = run(config, &statements);
        let (told, state) = (transcript(&timeline), format!("{:?}", timeline.world().machines()));
        let (step, now) = (timeline.step(), timeline.world().now());
        for place in places {
            timeline.seek(step * place / 1000);
            prop_assert_eq!(timeline.step(), step * place / 1000);
            timeline.seek_time(Micros(now.0 * place / 1000));
            prop_assert_eq!(timeline.world().now(), Micros(now.0 * place / 1000));
            timeline.step_back();
            timeline.step_forward();
        }
        timeline.seek(step);
        prop_assert_eq!(&transcript(&timeline)[..told.len()], &told[..]);
        prop_assert_eq!(format!("{:?}", timeline.world().machines()), state);
    }

    /// However far apart the checkpoints are, and wherever one has been: what is kept is what a run from the beginning
    /// leaves.
    #[test]
    fn checkpoints_change_nothing(
        config in config(),
        statements in statements(),
        spacing in 1..400u64,
        places in prop::collection::vec(0..1000u64, 1..6),
    ) {
        let reference = run(config, &statements);
        let told = reference.records();
        let mut timeline = Timeline::with_checkpoints(config, spacing);
        statements.iter().for_each(|statement| timeline.execute(statement).expect("nothing is expected"));
        prop_assert_eq!(&timeline.records(), &told);
        let last = timeline.reach().0;
        for step in places.into_iter().flat_map(|place| [last * place / 1000, (last * place / 1000).saturating_sub(1)]) {
            timeline.seek(step);
            let past = told.partition_point(|logged| logged.step <= step);
            let (recent, from) = (timeline.recent(RECENT), past.saturating_sub(RECENT));
            prop_assert!(recent.len() >= past - from);
            prop_assert!(recent.iter().copied().eq(&told[past - recent.len()..past]));
            prop_assert!(recent.is_empty() || past == recent.len() || told[past - recent.len() - 1].step < recent[0].step);
            timeline.step_back();
            let visible = |logged: &&Logged| logged.step < step;
            let back = told.iter().rev().find(visible).map_or(0, |logged| logged.step);
            prop_assert_eq!(timeline.step(), back);
        }
    }

    /// What a learner clicked, written down, is the same run.
    #[test]
    fn the_script_that_is_written_down_replays(config in config(), statements in statements()) {
        let timeline = run(config, &statements);
        let written = timeline.script();
        let script = Script::parse(&written).map_err(|errors| TestCaseError::fail(format!("{errors:?}\n{written}")))?;
        let (again, failure) = Timeline::play(&written, &script);
        prop_assert_eq!(failure, None);
        let (told, told_again) = (transcript(&timeline), transcript(&again));
        prop_assert_eq!(&told[..told_again.len().min(told.len())], &told_again[..], "{}", written);
    }
}

proptest! {
    // What could break it is rare, and a run costs little.
    #![proptest_config(ProptestConfig { cases: 40 * config_of_the_run().cases, ..config_of_the_run() })]

    /// What a node answers under a bound holds everything that was committed anywhere up to so long ago, whoever leads;
    /// and a linearizable answer everything that was committed when it was asked for, which the checker watches.
    #[test]
    fn reads_hold_what_they_promise(config in config(), statements in statements(), bounds in prop::collection::vec(1..400u64, 1..9)) {
        let mut world = World::new(config);
        let mut committed = vec![(Micros(0), world.committed_by_all_accounts())];
        let asked = |number: usize| {
            let consistency = match number % 3 {
                0 => Consistency::Linearizable,
                _ => Consistency::Bounded(Micros::from_millis(bounds[number % bounds.len()])),
            };
            let (read, node) = (ReadId(1000 + number as u32), NodeId((number / 3 % 3) as u8));
            Action::Read { read, cabin: Cabin::Tonight(1), customer: None, at: Some((node, How::As(consistency))) }
        };
        for (number, statement) in statements.iter().enumerate() {
            let steps = match statement {
                Statement::Act(action) => vec![Step::Act(*action), Step::Act(asked(number))],
                _ => Vec::new(),
            };
            for step in steps {
                checked(&mut world, &mut committed, |world, records| world.take(step, records))?;
            }
            let (count, end) = match statement {
                Statement::Run(span) => (u32::MAX, world.now() + *span),
                Statement::Step(count) => (*count, world.now() + Micros::from_secs(1)),
                _ => continue,
            };
            for _ in 0..count {
                if world.next_due().is_none_or(|(_, at)| at > end) {
                    world.wait_until(end);
                    break;
                }
                checked(&mut world, &mut committed, |world, records| { clock::step(world, records); })?;
            }
        }
        prop_assert_eq!(world.checker().violations(), 0);
    }
}

/// The same few runs every time; more and other ones with `PROPERTY_CASES=100000 cargo test --release --test properties`.
fn config_of_the_run() -> ProptestConfig {
    let asked = std::env::var("PROPERTY_CASES").ok().and_then(|cases| cases.parse().ok());
    let rng_seed = if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(981_244) };
    ProptestConfig { cases: asked.unwrap_or(200), rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}
