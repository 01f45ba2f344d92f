//! The conditions: what can be expected, or waited for.

use super::cursor::{Cursor, Parsed};
use super::{Answer, Condition, Fact, Measure, ReadFact, Stage, Usage};
use crate::replication::{Index, NodeSet, Role};
use crate::simulation::{Invariant, Micros};

/// The highest term, index or count that a condition may name.
const HIGHEST: u64 = 999_999_999;

/// How conditions are written, and what they say.
pub(super) const CONDITIONS: &[Usage] = &[
    Usage::new("rN 201", "The customer has the answer 201 Created."),
    Usage::new("rN 409", "The customer has the answer 409 Conflict: the cabin was not to be had."),
    Usage::new("rN 503", "The customer was refused, and nothing was appended."),
    Usage::new("rN pending", "The customer still waits for an answer."),
    Usage::new("rN in-doubt", "No answer came in time, or nobody can tell what became of the promise."),
    Usage::new("rN kept", "The promise of the 201 holds: the newest leader has the entry."),
    Usage::new("rN lost", "The promise of the 201 is broken: the newest leader lacks the entry."),
    Usage::new("qN free", "The read was answered: the cabin was free."),
    Usage::new("qN taken", "The read was answered: the cabin was taken."),
    Usage::new("qN refused", "The read was refused, by a node or for want of an answer."),
    Usage::new("qN pending", "The customer still waits for the answer to the read."),
    Usage::new("qN fresh", "What was read held everything that was committed when the read began."),
    Usage::new("qN stale", "What was read lacked something that was committed when the read began."),
    Usage::new("qN read-your-writes", "What was read held everything that the customer had heard 201 for."),
    Usage::new("qN monotonic-reads", "What was read was no older than what the customer had seen before."),
    Usage::new("leader N", "N runs, and leads in the highest term."),
    Usage::new("no leader", "No node runs and leads in the highest term."),
    Usage::new("term T", "T is the highest term that any leader ever held."),
    Usage::new("N appended I", "N has everything up to index I in memory."),
    Usage::new("N durable I", "N has everything up to index I on its disk."),
    Usage::new("N committed I", "N knows that everything up to index I is committed."),
    Usage::new("committed I", "The leader of the highest term knows that everything up to index I is committed."),
    Usage::new("N applied I", "N has everything up to index I in its queryable state."),
    Usage::new(
        "N needs snapshot",
        "The leader of the highest term cannot bring N up to date from its log: N needs a snapshot, until it has one.",
    ),
    Usage::new("N lag K", "N lacks at least K entries of the leader's log."),
    Usage::new("N lag D", "The first entry of the leader's log that N lacks was appended D ago or earlier."),
    Usage::new("N meets objective", "N lags no further behind than the operator wants."),
    Usage::new("N promotable", "Making N the leader would provably lose nothing, judged by present positions."),
    Usage::new("N role R", "N takes itself for a follower, a candidate or a leader."),
    Usage::new("N busy P%", "In the last interval that was measured, the processor of N worked at least so much."),
    Usage::new("arrived K", "At least K customers came."),
    Usage::new("answered K", "At least K customers heard 201."),
    Usage::new("refused K", "At least K customers heard 503."),
    Usage::new("throughput K", "In the last interval that was measured, at least K customers a second heard 201."),
    Usage::new("p50 D", "Half of those had waited at least D, to within an eighth."),
    Usage::new("p99 D", "One in a hundred of those had waited at least D, to within an eighth."),
    Usage::new("rolled-back K", "At least K entries have been rolled back."),
    Usage::new("violation V", "The invariant V has been violated at some time."),
    Usage::new("no violation", "No invariant has ever been violated."),
];

/// What may follow the name of a request.
#[derive(Clone, Copy)]
enum OfRequest {
    Answered(Answer),
    Kept,
    Lost,
}

/// What may follow the name of a node.
#[derive(Clone, Copy)]
enum OfNode {
    Reached(Stage),
    Lag,
    Meets,
    Needs,
    Promotable,
    Role,
    Busy,
}

/// What may begin a condition, besides the name of a request or a node.
const OF_CLUSTER: [(&str, OfCluster); 6] = [
    ("leader", OfCluster::Leader),
    ("no", OfCluster::No),
    ("term", OfCluster::Term),
    ("committed", OfCluster::Committed),
    ("rolled-back", OfCluster::RolledBack),
    ("violation", OfCluster::Violation),
];

#[derive(Clone, Copy)]
enum OfCluster {
    Leader,
    No,
    Term,
    Committed,
    RolledBack,
    Violation,
    Measured(Measure),
}

/// One condition, with `not` before it or without.
pub(super) fn condition(cursor: &mut Cursor<'_>) -> Parsed<Condition> {
    let negated = cursor.accept("not");
    Ok(Condition { negated, fact: fact(cursor)? })
}

fn fact(cursor: &mut Cursor<'_>) -> Parsed<Fact> {
    if let Some(node) = cursor.accept_node(NodeSet::EMPTY) {
        let stages = Stage::ALL.map(|stage| (stage.name(), OfNode::Reached(stage)));
        let others = [
            ("lag", OfNode::Lag),
            ("meets", OfNode::Meets),
            ("needs", OfNode::Needs),
            ("promotable", OfNode::Promotable),
            ("role", OfNode::Role),
            ("busy", OfNode::Busy),
        ];
        return Ok(match cursor.one("condition of a node", stages.into_iter().chain(others))? {
            OfNode::Reached(stage) => Fact::Reached(node, stage, index(cursor)?),
            OfNode::Lag => match cursor.accept_duration() {
                Some(span) => Fact::LagTime(node, span),
                None => Fact::Lag(node, entries(cursor, "a number of entries")?),
            },
            OfNode::Meets => {
                cursor.require("objective")?;
                Fact::MeetsObjective(node)
            }
            OfNode::Needs => {
                cursor.require("snapshot")?;
                Fact::NeedsSnapshot(node)
            }
            OfNode::Busy => Fact::Busy(node, cursor.per_mille()?),
            OfNode::Promotable => Fact::Promotable(node),
            OfNode::Role => Fact::Role(node, cursor.one("role", Role::ALL.map(|role| (role.name(), role)))?),
        });
    }
    if let Some(request) = cursor.accept_request()? {
        let answers = Answer::ALL.map(|answer| (answer.name(), OfRequest::Answered(answer)));
        let fates = [("kept", OfRequest::Kept), ("lost", OfRequest::Lost)];
        return Ok(match cursor.one("condition of a request", answers.into_iter().chain(fates))? {
            OfRequest::Answered(answer) => Fact::Answered(request, answer),
            OfRequest::Kept => Fact::Kept(request),
            OfRequest::Lost => Fact::Lost(request),
        });
    }
    if let Some(read) = cursor.accept_read()? {
        let facts = ReadFact::ALL.map(|fact| (fact.name(), fact));
        return Ok(Fact::Read(read, cursor.one("condition of a read", facts)?));
    }
    let measures = Measure::ALL.map(|measure| (measure.name(), OfCluster::Measured(measure)));
    Ok(match cursor.one("condition", OF_CLUSTER.into_iter().chain(measures))? {
        OfCluster::Leader => Fact::Leader(cursor.node(NodeSet::EMPTY)?),
        OfCluster::No => cursor.one("condition", [("leader", Fact::NoLeader), ("violation", Fact::NoViolation)])?,
        OfCluster::Term => Fact::Term(entries(cursor, "a term")?),
        OfCluster::Committed => Fact::Committed(index(cursor)?),
        OfCluster::RolledBack => Fact::RolledBack(cursor.number("a number of entries", 1..=HIGHEST)?),
        OfCluster::Violation => Fact::Violation(cursor.one("invariant", Invariant::ALL.map(|it| (it.name(), it)))?),
        OfCluster::Measured(measure) if measure.is_duration() => Fact::Measured(measure, cursor.duration(Micros(0))?.0),
        OfCluster::Measured(measure) => Fact::Measured(measure, cursor.number("a number of customers", 1..=HIGHEST)?),
    })
}

fn index(cursor: &mut Cursor<'_>) -> Parsed<Index> {
    entries(cursor, "an index")
}

/// A number that counts entries or terms.
fn entries(cursor: &mut Cursor<'_>, shown: &str) -> Parsed<Index> {
    cursor.number(shown, 1..=HIGHEST).map(|number| number as Index)
}
