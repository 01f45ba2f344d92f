//! Plain sentences for what the core computed: what 201 means, why a request stands as it does, what just happened.

use super::{Fate, FlightKind};
use crate::replication::{Answer, CommitRule, CopyKind, Message, Node, NodeId, Order, Verdict};
use crate::simulation::{Envelope, Outcome, Payload, Promise, Standing, Ticket, World};
use std::rc::Rc;

/// What "201 Created" means under a rule.
#[must_use]
pub fn rule_means(rule: CommitRule) -> &'static str {
    match rule {
        CommitRule::LeaderMemory => "In the leader's memory, and merely sent to the others.",
        CommitRule::LeaderFsync => "On the leader's disk, and perhaps nowhere else.",
        CommitRule::SyncReceived => "On the leader's disk, and in the memory of every synchronous follower.",
        CommitRule::SyncQuorum => "On the disks of the leader and of every synchronous follower.",
        CommitRule::SyncApplied => "On those disks, and readable on every synchronous follower.",
        CommitRule::Majority => "On the disks of more than half of all nodes.",
        CommitRule::AllReplicas => "On every node's disk, Singapore included.",
    }
}

/// How a token is drawn and named.
pub(super) fn flight(envelope: &Envelope) -> (FlightKind, Rc<str>) {
    let (kind, label) = match &envelope.payload {
        Payload::Peer(Message::Append(append)) => match (append.entries.first(), append.entries.last()) {
            (Some(first), Some(last)) if first.index == last.index => {
                (FlightKind::Append, format!("append {}", first.index))
            }
            (Some(first), Some(last)) => (FlightKind::Append, format!("append {}–{}", first.index, last.index)),
            _ if envelope.routine => (FlightKind::Heartbeat, "heartbeat".to_owned()),
            _ => (FlightKind::Heartbeat, format!("commit {}", append.commit)),
        },
        Payload::Peer(Message::Acknowledge(_)) if envelope.routine => (FlightKind::Acknowledge, "ack".to_owned()),
        Payload::Peer(Message::Acknowledge(ack)) if ack.applied >= ack.durable => {
            (FlightKind::Acknowledge, format!("applied {}", ack.applied))
        }
        Payload::Peer(Message::Acknowledge(ack)) if ack.durable >= ack.received => {
            (FlightKind::Acknowledge, format!("durable {}", ack.durable))
        }
        Payload::Peer(Message::Acknowledge(ack)) => (FlightKind::Acknowledge, format!("received {}", ack.received)),
        Payload::Peer(Message::Reject { previous, .. }) => (FlightKind::Reject, format!("no {}", previous.index)),
        Payload::Peer(Message::NewerTerm { term }) => (FlightKind::Reject, format!("term is {term}")),
        Payload::Peer(Message::Adopt { term }) => (FlightKind::Term, format!("adopt term {term}")),
        Payload::Peer(Message::Adopted { term, .. }) => (FlightKind::Term, format!("adopted {term}")),
        Payload::Ask(request) => (FlightKind::Request, format!("{} {}", request.id, request.cabin)),
        Payload::Reply { answer, .. } => (FlightKind::Answer, status(answer).to_owned()),
        Payload::Order(Order::Lead { term, .. }) => (FlightKind::Control, format!("lead term {term}")),
        Payload::Order(Order::UseRule { rule, .. }) => (FlightKind::Control, rule.to_string()),
        Payload::Order(order) => (FlightKind::Control, order.to_string()),
        Payload::Notice(_) => (FlightKind::Control, "report".to_owned()),
        Payload::Leader { node, .. } => (FlightKind::Control, format!("{node} leads")),
    };
    (kind, label.into())
}

fn status(answer: &Answer) -> &'static str {
    match answer {
        Answer::Created(_) => "201 Created",
        Answer::Conflict { .. } => "409 Conflict",
        Answer::NotLeader => "not leader",
        Answer::Unavailable => "503",
    }
}

/// What became of a request.
pub(super) fn fate(ticket: &Ticket, promise: Option<&Promise>) -> Fate {
    if let Some(promise) = promise {
        return match promise.standing {
            Standing::Kept => Fate::Kept,
            Standing::InDoubt => Fate::InDoubt,
            Standing::Lost => Fate::Lost,
        };
    }
    match ticket.outcome {
        Outcome::Pending => Fate::Pending,
        Outcome::InDoubt => Fate::Unanswered,
        Outcome::Answered { answer: Answer::Conflict { .. }, .. } => Fate::Conflict,
        Outcome::Answered { .. } => Fate::Unavailable,
    }
}

/// Why a request stands as it does.
pub(super) fn why_request(world: &World, ticket: &Ticket, promise: Option<&Promise>) -> String {
    let (term, decider) = world.deciding();
    if let Some(promise) = promise {
        let position = promise.position;
        return match promise.standing {
            Standing::Kept => format!("{decider}, the leader of term {term}, holds {position}."),
            Standing::InDoubt => {
                let held = holders(world, |machine| machine.log().holds(position));
                format!("{decider}, the leader of term {term}, is down; a copy of {position} is on {held}.")
            }
            Standing::Lost => format!(
                "{} promised {position}, but {decider}, the leader of term {term}, does not hold it.",
                promise.by
            ),
        };
    }
    match ticket.outcome {
        Outcome::Answered { answer: Answer::Conflict { holder: Some(holder) }, .. } => {
            format!("{} is held by {holder}; nothing was appended.", ticket.request.cabin)
        }
        Outcome::Answered { answer: Answer::Conflict { holder: None }, .. } => {
            format!("{} is not this customer's to release; nothing was appended.", ticket.request.cabin)
        }
        Outcome::Answered { .. } => {
            "No leader took it on: there was none in time, or it had too much to do. Nothing was appended.".to_owned()
        }
        Outcome::InDoubt => match entry_of(world, ticket) {
            Some((position, held)) => format!("No answer came in time; its entry {position} is on {held}."),
            None => "No answer came in time, and its entry is on no node.".to_owned(),
        },
        Outcome::Pending => match entry_of(world, ticket) {
            Some((position, _)) => match world.leader().and_then(waiting) {
                Some(waiting) => waiting,
                None => format!("Its entry {position} is in a log; the answer is still to come."),
            },
            None => "It is on its way; no node has appended it yet.".to_owned(),
        },
    }
}

fn entry_of(world: &World, ticket: &Ticket) -> Option<(crate::replication::Position, String)> {
    let entry = world.machines().iter().find_map(|machine| {
        machine.log().entries().backward().find(|entry| entry.command.request() == Some(ticket.request.id))
    })?;
    let position = entry.position();
    Some((position, holders(world, |machine| machine.log().holds(position))))
}

fn holders(world: &World, holds: impl Fn(&crate::simulation::Machine) -> bool) -> String {
    named(NodeId::all(world.machines().len()).filter(|node| holds(world.machine(*node))))
}

fn named(nodes: impl Iterator<Item = NodeId>) -> String {
    let names: Vec<_> = nodes.map(NodeId::name).collect();
    if names.is_empty() { "no node".to_owned() } else { names.join(" and ") }
}

/// Why the leader's next entry is not committed, and for whom it waits.
pub(super) fn waiting(node: &Node) -> Option<String> {
    let leader = node.leading()?;
    let (next, last) = (node.commit() + 1, node.log().last().index);
    if next > last {
        return None;
    }
    let lacking = node.lacking(next)?;
    let rule = leader.rule();
    if lacking.count == 0 {
        return Some(format!(
            "{next} has its copies, but is of an older term: it commits with the first of this term."
        ));
    }
    let word = |(holder, kind): &(NodeId, CopyKind)| match kind {
        CopyKind::Durable if *holder == node.id() => format!("{holder}'s own disk"),
        CopyKind::Durable => format!("word from {holder} that it is on disk"),
        CopyKind::Received => format!("word from {holder} that it is in memory"),
    };
    let copies: Vec<_> = lacking.candidates.iter().map(word).collect();
    let joiner = if lacking.count == copies.len() { " and " } else { " or " };
    Some(format!("{next} is not committed: {rule} waits for {}.", copies.join(joiner)))
}

/// A promotion's verdict in one sentence.
pub(super) fn verdict(world: &World, node: NodeId, verdict: &Verdict) -> String {
    if world.leader().is_some_and(|leader| leader.id() == node) {
        return format!("{node} leads already.");
    }
    match (verdict.is_safe(), verdict.last) {
        (true, Some(last)) => format!(
            "Provably safe: its log ends with {last}, and {} can tell that nothing beyond it was committed.",
            named(verdict.heard.iter())
        ),
        (_, None) => format!("{node} is down, or the control plane cannot reach it: nobody can promote it now."),
        _ => "Not provably safe: a booking that was answered 201 could be lost.".to_owned(),
    }
}
