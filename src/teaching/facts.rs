//! Whether a condition of the script language holds in a world.

use super::script::{Answer, Condition, Fact, Measure, ReadFact, Stage};
use crate::replication::{self, Index, NodeId, ReadAnswer, RequestId};
use crate::simulation::{Outcome, ReadTicket, Standing, Totals, World};

/// Whether the condition holds. About something absent it does not, with `not` before it or without.
#[must_use]
pub fn holds(world: &World, condition: &Condition) -> bool {
    truth(world, &condition.fact).is_some_and(|truth| truth != condition.negated)
}

/// Whether a fact is so; nothing about something absent.
pub(super) fn truth(world: &World, fact: &Fact) -> Option<bool> {
    Some(match *fact {
        Fact::Answered(request, answer) => answered(world, request, answer)?,
        Fact::Kept(request) => world.promises().of(request)?.standing == Standing::Kept,
        Fact::Lost(request) => world.promises().of(request)?.standing == Standing::Lost,
        Fact::Read(read, fact) => of_read(world.reads().tickets().get(read)?, fact)?,
        Fact::Leader(node) => world.leader().is_some_and(|leader| leader.id() == node),
        Fact::NoLeader => world.leader().is_none(),
        Fact::Term(term) => world.deciding().0 == term,
        Fact::Reached(node, stage, index) => reached(world, node, stage)? >= index,
        Fact::Committed(index) => world.leader()?.commit() >= index,
        Fact::Lag(node, entries) => world.lag(node)?.entries >= entries,
        Fact::LagTime(node, span) => world.lag(node)?.time >= span,
        Fact::MeetsObjective(node) => world.objective(node)?.met,
        Fact::NeedsSnapshot(node) => world.leader()?.leading()?.progress().get(&node)?.needs_snapshot(),
        Fact::Promotable(node) => world.present_verdict(node).is_safe(),
        Fact::Role(node, role) => world.machine(node).node.as_ref()?.role() == role,
        Fact::Busy(node, share) => world.measures().last()?.share_busy(node) >= u64::from(share),
        Fact::Measured(measure, least) => measured(world, measure)? >= least,
        Fact::RolledBack(entries) => rolled_back(world) >= entries,
        Fact::Violation(invariant) => world.shards().any(|shard| shard.checker().broken().contains(&invariant)),
        Fact::NoViolation => world.shards().all(|shard| shard.checker().violations() == 0),
    })
}

/// How many entries have been rolled back.
pub(super) fn rolled_back(world: &World) -> u64 {
    world.machines().iter().map(|machine| machine.rolled_back.len() as u64).sum()
}

/// What was measured; nothing if nothing was.
pub(super) fn measured(world: &World, measure: Measure) -> Option<u64> {
    let sum = |of: fn(Totals) -> u64| Some(world.shards().map(|shard| of(shard.measures().totals())).sum());
    match measure {
        Measure::Arrived => return sum(|totals| totals.arrived),
        Measure::Answered => return sum(|totals| totals.created),
        Measure::Refused => return sum(|totals| totals.unavailable),
        _ => {}
    }
    let mut intervals = world.shards().filter_map(|shard| shard.measures().last());
    let mut last = intervals.next()?.clone();
    for other in intervals {
        last.created += other.created;
        last.latencies.merge(&other.latencies);
    }
    match measure {
        Measure::P50 => Some(last.latencies.percentile(500)?.0),
        Measure::P99 => Some(last.latencies.percentile(990)?.0),
        _ => Some(last.per_second(last.created)),
    }
}

fn answered(world: &World, request: RequestId, wanted: Answer) -> Option<bool> {
    let outcome = world.gateway().tickets().get(request)?.outcome;
    let doubtful = world.promises().of(request).is_some_and(|promise| promise.standing == Standing::InDoubt);
    Some(match (wanted, outcome) {
        (Answer::Pending, outcome) => outcome == Outcome::Pending,
        (Answer::InDoubt, outcome) => outcome == Outcome::InDoubt || doubtful,
        (wanted, Outcome::Answered { answer, .. }) => match answer {
            replication::Answer::Created(_) => wanted == Answer::Created,
            replication::Answer::Conflict { .. } => wanted == Answer::Conflict,
            replication::Answer::Unavailable | replication::Answer::NotLeader => wanted == Answer::Unavailable,
        },
        _ => false,
    })
}

/// What can be said of a read once its customer has heard the answer.
fn of_read(ticket: &ReadTicket, fact: ReadFact) -> Option<bool> {
    let answer = ticket.outcome.map(|(answer, _)| answer);
    let verdict = ticket.verdict.as_ref().filter(|_| answer.is_some());
    let session = || verdict.filter(|verdict| verdict.customer.is_some());
    Some(match fact {
        ReadFact::Pending => answer.is_none(),
        ReadFact::Refused => matches!(answer, Some(ReadAnswer::Refused(_))),
        ReadFact::Free => matches!(answer, Some(ReadAnswer::Seen { holder: None, .. })),
        ReadFact::Taken => matches!(answer, Some(ReadAnswer::Seen { holder: Some(_), .. })),
        ReadFact::Fresh => verdict?.fresh,
        ReadFact::Stale => !verdict?.fresh,
        ReadFact::OwnWrites => session()?.unseen.is_none(),
        ReadFact::Monotonic => session()?.newer.is_none(),
    })
}

/// The last index that has come so far on a node; nothing in the memory of one that is down.
pub(super) fn reached(world: &World, node: NodeId, stage: Stage) -> Option<Index> {
    let machine = world.machine(node);
    match stage {
        Stage::Durable => Some(machine.durable().index),
        Stage::Appended => Some(machine.log().last().index),
        Stage::Committed => Some(machine.node.as_ref()?.commit()),
        Stage::Applied => Some(machine.node.as_ref()?.applied()),
    }
}
