//! How many states a second the search looks at, and stateright's single-threaded checker in the same run: `make bench`.
//! One element is one state. Both go through the same world, with the same steps and the same hash.
#![cfg(not(target_arch = "wasm32"))]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use harbor_point::replication::CommitRule;
use harbor_point::simulation::search::{Finding, Search, Wanted, fingerprint};
use harbor_point::simulation::{Budgets, ClusterConfig, Step, World};
use stateright::{Checker, Model, Property};
use std::hash::{Hash, Hasher};

/// One booking, one crash, one restart, one promotion.
fn budgets() -> Budgets {
    Budgets { writes: 1, crashes: 1, restarts: 1, promotions: 1, ..Budgets::default() }
}

fn config() -> ClusterConfig {
    ClusterConfig { ack: CommitRule::SyncQuorum, ..ClusterConfig::default() }
}

struct Cluster;

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
        vec![State(World::untimed(config(), budgets()))]
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
        vec![Property::always("nothing is violated", |_, State(world)| world.checker().violations() == 0)]
    }
}

fn search() -> usize {
    let mut search = Search::new(config(), budgets(), Wanted::Anything);
    while search.advance(10_000) == Finding::Open {}
    search.states()
}

fn stateright() -> usize {
    Cluster.checker().threads(1).spawn_bfs().join().unique_state_count()
}

fn speed(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("states");
    let states = search();
    assert_eq!(states, stateright(), "both see the same space");
    group.throughput(Throughput::Elements(states as u64));
    group.bench_function("search", |bencher| bencher.iter(search));
    group.bench_function("stateright", |bencher| bencher.iter(stateright));
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = speed
}
criterion_main!(benches);
