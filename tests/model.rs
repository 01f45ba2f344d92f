//! Every order of events within budgets, tried by two checkers of the same world: stateright's, and the search driver
//! that the page has. They must agree on how many states there are, and on what can happen.
//!
//! The spaces here are small enough for every run of the tests; `make soak` adds the large ones.
#![cfg(not(target_arch = "wasm32"))]

use harbor_point::replication::{CommitRule, Switch};
use harbor_point::simulation::search::{Finding, Search, Wanted, fingerprint};
use harbor_point::simulation::{Budgets, ClusterConfig, Invariant, Step, World};
use harbor_point::teaching::script::Script;
use harbor_point::teaching::timeline::Timeline;
use stateright::{Checker, Model, Property};
use std::hash::{Hash, Hasher};

/// The rules under which an entry that is committed survives every promotion that is not forced.
const SAFE_RULES: [CommitRule; 4] =
    [CommitRule::SyncQuorum, CommitRule::SyncApplied, CommitRule::Majority, CommitRule::AllReplicas];

/// The world as a model of stateright's: the same steps, the same hash.
struct Cluster(World);

#[derive(Clone, Debug)]
struct State(World);

impl Hash for State {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        fingerprint(&self.0) == fingerprint(&other.0)
    }
}

impl Model for Cluster {
    type State = State;
    type Action = Step;

    fn init_states(&self) -> Vec<State> {
        vec![State(self.0.clone())]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Step>) {
        actions.extend(state.0.enabled());
    }

    fn next_state(&self, state: &State, step: Step) -> Option<State> {
        let mut next = state.clone();
        next.0.take(step, &mut Vec::new());
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("nothing is violated", |_, State(world)| world.checker().violations() == 0),
            Property::sometimes("a booking is promised", |_, State(world)| world.promises().all().next().is_some()),
        ]
    }
}

fn cluster(ack: CommitRule) -> ClusterConfig {
    ClusterConfig { ack, ..ClusterConfig::default() }
}

fn electing(ack: CommitRule) -> ClusterConfig {
    let config = cluster(ack);
    ClusterConfig { switches: config.switches.set(Switch::Failover, true), ..config }
}

fn search_through(config: ClusterConfig, budgets: Budgets) -> Search {
    let mut search = Search::new(config, budgets, Wanted::Anything);
    while search.advance(10_000) == Finding::Open {}
    search
}

/// Neither checker finds a violation, and both have seen the same states. How many.
fn nothing_can_happen(config: ClusterConfig, budgets: Budgets) -> usize {
    let model = Cluster(World::untimed(config, budgets));
    let checker = model.checker().spawn_bfs().join();
    let search = search_through(config, budgets);
    assert_eq!(search.finding(), Finding::Never, "{config:?} {budgets:?}: {:?}", search.path());
    let discoveries = checker.discoveries();
    assert!(!discoveries.contains_key("nothing is violated"), "{config:?} {budgets:?}");
    assert!(discoveries.contains_key("a booking is promised"), "{config:?} {budgets:?}: nothing was put to the test");
    assert_eq!(checker.unique_state_count(), search.states(), "{config:?} {budgets:?}");
    search.states()
}

/// One booking, and the one fault after which another node has to lead.
const CRASH: Budgets = Budgets { writes: 1, crashes: 1, promotions: 1, ..NOTHING };
const RESTART: Budgets = Budgets { restarts: 1, promotions: 0, ..CRASH };
const SWITCHOVER: Budgets = Budgets { writes: 1, switchovers: 1, ..NOTHING };
const NOTHING: Budgets = Budgets {
    lost_disks: 0,
    writes: 0,
    rivals: false,
    local_reads: 0,
    leader_reads: 0,
    crashes: 0,
    restarts: 0,
    promotions: 0,
    switchovers: 0,
    forced: 0,
    elections: 0,
    cuts: 0,
    one_way_cuts: 0,
    heals: 0,
    losses: 0,
    duplicates: 0,
    overtakings: 0,
};

#[test]
fn no_order_of_events_loses_a_booking_under_a_safe_rule() {
    for rule in SAFE_RULES {
        let states = nothing_can_happen(cluster(rule), CRASH) + nothing_can_happen(cluster(rule), RESTART);
        assert!(states > 1000, "{rule}: {states} states are too few to be all");
    }
}

/// With one of two copies gone, and the node with the other down, nobody is promoted.
#[test]
fn one_lost_disk_loses_no_booking() {
    nothing_can_happen(cluster(CommitRule::SyncQuorum), Budgets { lost_disks: 1, ..CRASH });
}

/// Every two voters hold one of the copies that these rules demand.
#[test]
fn no_election_loses_a_booking_under_a_safe_rule() {
    for rule in [CommitRule::SyncQuorum, CommitRule::Majority] {
        nothing_can_happen(electing(rule), Budgets { writes: 1, crashes: 1, elections: 1, ..NOTHING });
    }
}

#[test]
fn no_switchover_loses_a_booking() {
    nothing_can_happen(cluster(CommitRule::SyncQuorum), SWITCHOVER);
}

/// Gated promotion alone keeps even this rule safe: it refuses.
#[test]
fn a_promotion_that_is_not_forced_loses_nothing_under_leader_fsync() {
    nothing_can_happen(cluster(CommitRule::LeaderFsync), CRASH);
}

#[test]
fn both_checkers_find_the_same_shortest_way_to_lose_a_booking() {
    let forced = Budgets { writes: 1, forced: 1, ..NOTHING };
    for rule in [CommitRule::LeaderMemory, CommitRule::LeaderFsync, CommitRule::SyncReceived] {
        let search = search_through(cluster(rule), forced);
        let path = search.path().unwrap_or_else(|| panic!("{rule}: force loses something"));
        let checker = Cluster(World::untimed(cluster(rule), forced)).checker().spawn_bfs().join();
        let theirs = checker.discovery("nothing is violated").expect("stateright finds it too");
        assert_eq!(path.len(), theirs.into_actions().len(), "{rule}");
    }
}

#[test]
fn a_search_in_slices_is_the_same_search() {
    let config = cluster(CommitRule::LeaderFsync);
    let forced = Budgets { writes: 1, crashes: 1, forced: 1, ..NOTHING };
    let wanted = Wanted::Violation(Invariant::PromisesKept);
    let (mut whole, mut sliced) = (Search::new(config, forced, wanted), Search::new(config, forced, wanted));
    whole.advance(usize::MAX);
    while sliced.advance(7) == Finding::Open {
        assert!(sliced.ahead() > 0);
    }
    assert_eq!(
        (whole.states(), whole.transitions(), whole.finding()),
        (sliced.states(), sliced.transitions(), sliced.finding())
    );
    assert_eq!(whole.path(), sliced.path());
    assert!(
        matches!(whole.finding(), Finding::Found { steps } if whole.path().is_some_and(|path| path.len() == steps))
    );
}

/// Found by this search: a majority may commit an entry before the leader's own disk has it. If the leader then crashes and
/// runs again without the entry, it is no leader any more, and does not decide that the promise is lost.
#[test]
fn a_leader_that_forgot_what_a_majority_holds_decides_nothing() {
    let text = "cluster ack=majority\n\
                link md-db-4 md-db-2 latency=100us jitter=0ms\n\
                link md-db-4 sg-db-1 latency=100us jitter=0ms\n\
                disk md-db-2 fsync=1ms\n\
                disk sg-db-1 fsync=1ms\n\
                disk md-db-4 fsync=1s\n\
                reserve C14 for 5521 as r1\n\
                run until r1 201\n\
                crash md-db-4\n\
                restart md-db-4\n\
                expect not md-db-4 appended 981244\n\
                expect r1 in-doubt\n\
                expect no violation\n\
                promote md-db-2\n\
                run until leader md-db-2 within 2s\n\
                expect r1 kept\n\
                run until md-db-4 durable 981244 within 2s\n\
                expect no violation";
    let script = Script::parse(text).expect("it is a script");
    assert_eq!(Timeline::play(text, &script).1, None);
}

/// Loss, duplicates and overtaking on the links, each once.
#[test]
fn links_that_misbehave_lose_no_booking() {
    for (losses, duplicates, overtakings) in [(1, 0, 0), (0, 1, 0), (0, 0, 1)] {
        let budgets = Budgets { writes: 1, promotions: 1, crashes: 1, losses, duplicates, overtakings, ..NOTHING };
        nothing_can_happen(cluster(CommitRule::SyncQuorum), budgets);
    }
}

/// Two bookings, one crash and restart, one promotion, one cut and its heal: `make soak`.
fn the_large_space_is_safe(rule: CommitRule) {
    let crash = Budgets { writes: 2, crashes: 1, restarts: 1, ..NOTHING };
    for budgets in [
        Budgets { promotions: 1, ..crash },
        Budgets { promotions: 1, cuts: 1, ..crash },
        Budgets { promotions: 1, cuts: 1, heals: 1, ..crash },
        Budgets { switchovers: 1, ..crash },
    ] {
        let start = std::time::Instant::now();
        let search = search_through(cluster(rule), budgets);
        assert_eq!(search.finding(), Finding::Never, "{rule} {budgets:?}: {:?}", search.path());
        println!("{rule}: {} states in {:?} with {budgets:?}", search.states(), start.elapsed());
    }
}

/// Two time-outs: two nodes stand against each other, or one stands again.
#[test]
#[ignore = "minutes"]
fn elections_are_safe_in_the_large_space() {
    for rule in [CommitRule::SyncQuorum, CommitRule::Majority] {
        for budgets in [
            Budgets { writes: 2, crashes: 1, restarts: 1, elections: 1, ..NOTHING },
            Budgets { writes: 1, crashes: 1, elections: 2, ..NOTHING },
            Budgets { writes: 1, elections: 1, crashes: 1, restarts: 1, cuts: 1, heals: 1, ..NOTHING },
        ] {
            let search = search_through(electing(rule), budgets);
            assert_eq!(search.finding(), Finding::Never, "{rule} {budgets:?}: {:?}", search.path());
            println!("{rule}, elected: {} states with {budgets:?}", search.states());
        }
    }
}

#[test]
#[ignore = "minutes"]
fn the_large_space_is_safe_under_sync_quorum() {
    the_large_space_is_safe(CommitRule::SyncQuorum);
}

#[test]
#[ignore = "minutes"]
fn the_large_space_is_safe_under_sync_applied() {
    the_large_space_is_safe(CommitRule::SyncApplied);
}

#[test]
#[ignore = "minutes"]
fn the_large_space_is_safe_under_majority() {
    the_large_space_is_safe(CommitRule::Majority);
}

#[test]
#[ignore = "minutes"]
fn the_large_space_is_safe_under_all_replicas() {
    the_large_space_is_safe(CommitRule::AllReplicas);
}
