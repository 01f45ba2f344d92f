//! What decides a question at the present moment.

use super::finding::{Finding, Obstacle};
use crate::replication::{
    Answer, CommitRule, Entry, Index, Node, NodeId, NodeSet, Position, ReadAnswer, RequestId, Verdict,
};
use crate::simulation::{Machine, Outcome, Place, ReadTicket, Standing, Ticket, World};
use std::sync::Arc;

/// Why a request stands as it does.
#[must_use]
pub fn of_request(world: &World, ticket: &Ticket) -> Finding {
    let request = ticket.request.id;
    if let Some(finding) = of_promise(world, request) {
        return finding;
    }
    match ticket.outcome {
        Outcome::Answered { answer: Answer::Conflict { holder }, .. } => {
            Finding::Conflict { cabin: ticket.request.cabin, holder }
        }
        Outcome::Answered { .. } => Finding::Unavailable { judged: None },
        Outcome::InDoubt => {
            let entry = position_of(world, request);
            let now = entry.and_then(|position| of_entry(world, position)).map(Box::new);
            let held = |position| (position, holders(world, position));
            Finding::InDoubt { entry: entry.map(held).filter(|(_, holders)| !holders.is_empty()), now }
        }
        Outcome::Pending => match position_of(world, request) {
            Some(position) => of_pending(world, position),
            None => match of_unplaced(world, ticket) {
                None if ticket.unanswered > 0 && !world.is_under_way(request) => Finding::GoneAstray,
                obstacle => Finding::OnItsWay { obstacle },
            },
        },
    }
}

/// Why an entry that some log holds has not been answered for.
fn of_pending(world: &World, position: Position) -> Finding {
    match of_entry(world, position) {
        Some(Finding::Committed { .. }) | None => {
            let leader = world.leader().filter(|leader| leader.commit() >= position.index);
            let obstacle = leader.and_then(|leader| Some((leader.id(), of_unanswered(leader, position.index)?)));
            Finding::AnswerToCome { position, obstacle }
        }
        Some(finding) => finding,
    }
}

/// Why a leader does not answer for an entry that it has committed.
fn of_unanswered(leader: &Node, index: Index) -> Option<Obstacle> {
    if !leader.may_answer() {
        return Some(Obstacle::NoLease);
    }
    let leading = leader.leading().filter(|leading| leading.rule() == CommitRule::SyncApplied)?;
    let lags = |node: &NodeId| leading.progress().get(node).is_some_and(|it| it.applied < index);
    leading.sync().iter().find(lags).map(Obstacle::NotApplied)
}

/// Why the node that the gateway hands a request to does not take it.
fn of_unplaced(world: &World, ticket: &Ticket) -> Option<(NodeId, Obstacle)> {
    let node = ticket.fixed.unwrap_or(world.gateway().leader());
    let machine = world.machine(node);
    let obstacle = match &machine.node {
        None => Obstacle::Down,
        _ if !world.network().passes(Place::Gateway, Place::Node(node)) => Obstacle::OutOfReach,
        _ if machine.paused => Obstacle::Paused,
        Some(running) => match running.leading() {
            None => Obstacle::NotLeader,
            Some(leader) if leader.handing_over().is_some() => leader.handing_over().map(Obstacle::HandsOver)?,
            Some(_) => match running.throttled_by() {
                Some(follower) => Obstacle::HoldsBack(follower),
                None => Some(Obstacle::NoLease).filter(|_| !running.may_answer())?,
            },
        },
    };
    Some((node, obstacle))
}

fn of_promise(world: &World, request: RequestId) -> Option<Finding> {
    let promise = world.promises().of(request)?;
    let (position, by) = (promise.position, promise.by);
    let (term, leader) = world.deciding();
    Some(match promise.standing {
        Standing::Kept => Finding::Kept { position, leader, term },
        Standing::InDoubt => Finding::LeaderDown { position, leader, term, holders: holders(world, position) },
        Standing::Lost => Finding::Lost { position, by, leader, term },
    })
}

/// Why the leader's next entry is not committed; nothing if there is none.
#[must_use]
pub fn of_waiting(leader: &Node) -> Option<Finding> {
    let next = leader.commit() + 1;
    (next <= leader.log().last().index).then(|| waiting(leader, next)).flatten()
}

/// Why an entry of a leader's log is not committed.
fn waiting(leader: &Node, index: Index) -> Option<Finding> {
    let (lacking, rule) = (leader.lacking(index)?, leader.leading()?.rule());
    if lacking.count == 0 {
        return Some(Finding::OlderTerm { index });
    }
    let progress = leader.leading()?.progress();
    let has_lost = |node: &NodeId| progress.get(node).is_some_and(|it| it.recovery.is_some());
    let lost = lacking.candidates.iter().map(|(node, _)| *node).filter(has_lost).collect();
    Some(Finding::Waiting { index, leader: leader.id(), rule, lacking, lost })
}

/// Why a read stands as it does.
#[must_use]
pub fn of_read(world: &World, ticket: &ReadTicket) -> Finding {
    let (read, node) = (ticket.read.id, ticket.node);
    let wait = node.and_then(|node| world.machine(node).node.as_ref()?.read_wait(read));
    match (ticket.outcome, &ticket.verdict, node, wait) {
        (Some((ReadAnswer::Refused(refusal), _)), ..) => Finding::ReadRefused { node, refusal, wait },
        (_, Some(verdict), ..) => Finding::Read { read, verdict: Arc::clone(verdict) },
        (_, None, Some(node), Some(wait)) => Finding::ReadWaits { node, wait },
        _ => Finding::ReadUnderWay { node },
    }
}

/// Why an entry is committed, waits, or is gone; nothing if there never was one.
#[must_use]
pub fn of_entry(world: &World, position: Position) -> Option<Finding> {
    let holders = holders(world, position);
    let (_, decider) = world.deciding();
    let instead = || instead(world.machine(decider), position);
    if holders.is_empty() {
        let gave_up = |machine: &Machine| machine.rolled_back.iter().any(|entry| entry.position() == position);
        let nodes = nodes_that(world, gave_up);
        let finding = || Finding::RolledBack { position, nodes, leader: decider, instead: instead() };
        return (!nodes.is_empty()).then(finding);
    }
    match world.leader() {
        None => Some(Finding::NoLeader { position, holders }),
        Some(leader) if !leader.log().holds(position) => {
            Some(Finding::Divergent { position, holders, leader: decider, instead: instead() })
        }
        Some(leader) if position.index <= leader.commit() => {
            Some(Finding::Committed { position, leader: decider, commit: leader.commit() })
        }
        Some(leader) => waiting(leader, position.index),
    }
}

/// Why promoting a node is provably safe, or is not, by the control plane's verdict on it.
#[must_use]
pub fn of_promotion(world: &World, verdict: Verdict) -> Finding {
    let leads = world.leader().is_some_and(|leader| leader.id() == verdict.candidate);
    Finding::Promotion { verdict, leads }
}

/// The entry of a request: the promised one, else the latest that any log holds, or held before it was rolled back.
pub(super) fn position_of(world: &World, request: RequestId) -> Option<Position> {
    if let Some(promise) = world.promises().of(request) {
        return Some(promise.position);
    }
    // No entry of a request is older than the request.
    let asked_at = world.gateway().tickets().get(request)?.asked_at;
    let later = |entry: &&Entry| world.last_appended_at(entry.index).is_some_and(|at| at >= asked_at);
    let of = |machine: &Machine| {
        let entries = machine.log().entries().backward().take_while(later);
        let found = entries.filter(|entry| entry.command.request() == Some(request)).map(Entry::position).next();
        found.or_else(|| machine.log().snapshot().bookings.carried_out(request))
    };
    let rolled_back = |machine: &Machine| {
        let entries = machine.rolled_back.iter().rev();
        entries.filter(|entry| entry.command.request() == Some(request)).map(Entry::position).next()
    };
    let machines = || world.machines().iter();
    machines().filter_map(of).max().or_else(|| machines().filter_map(rolled_back).max())
}

fn holders(world: &World, position: Position) -> NodeSet {
    nodes_that(world, |machine| machine.log().holds(position))
}

fn nodes_that(world: &World, are: impl Fn(&Machine) -> bool) -> NodeSet {
    NodeId::all(world.machines().len()).filter(|node| are(world.machine(*node))).collect()
}

/// What a log has at the index of a position that it does not hold.
fn instead(machine: &Machine, position: Position) -> Option<Position> {
    let log = machine.log();
    log.term_at(position.index).map(|term| Position { term, ..position }).filter(|other| *other != position)
}
