//! Plain words for what the core computed: what 201 means, what a message says, what became of a request.

use super::Fate;
use crate::replication::{Answer, CommitRule, Message, Order, ReadAnswer};
use crate::simulation::{Envelope, Outcome, Payload, Promise, Standing, Ticket};
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

/// How a token is named.
pub(in crate::teaching) fn label(envelope: &Envelope) -> Rc<str> {
    let label = match &envelope.payload {
        Payload::Peer(Message::Append(append)) => match (append.entries.first(), append.entries.last()) {
            (Some(first), Some(last)) if first.index == last.index => {
                format!("append {}", first.index)
            }
            (Some(first), Some(last)) => format!("append {}–{}", first.index, last.index),
            _ if envelope.routine => "heartbeat".to_owned(),
            _ => format!("commit {}", append.commit),
        },
        Payload::Peer(Message::Acknowledge(_)) if envelope.routine => "ack".to_owned(),
        Payload::Peer(Message::Acknowledge(ack)) if ack.applied >= ack.durable => {
            format!("applied {}", ack.applied)
        }
        Payload::Peer(Message::Acknowledge(ack)) if ack.durable >= ack.received => {
            format!("durable {}", ack.durable)
        }
        Payload::Peer(Message::Acknowledge(ack)) => format!("received {}", ack.received),
        Payload::Peer(Message::Reject { previous, .. }) => format!("no {}", previous.index),
        Payload::Peer(Message::Chunk(chunk)) => format!("snapshot {}/{}", chunk.number, chunk.of),
        Payload::Peer(Message::ChunksReceived { chunks, of, .. }) => {
            format!("has {chunks}/{of}")
        }
        Payload::Peer(Message::NewerTerm { term }) => format!("term is {term}"),
        Payload::Peer(Message::LostDisk { .. }) => "lost disk".to_owned(),
        Payload::Peer(Message::Whole { .. }) => "whole again".to_owned(),
        Payload::Peer(Message::AskVote(ask)) if ask.pre => "vote for me?".to_owned(),
        Payload::Peer(Message::AskVote(ask)) => format!("vote in {}", ask.term),
        Payload::Peer(Message::Vote { refusal: None, .. }) => "a vote".to_owned(),
        Payload::Peer(Message::Vote { .. }) => "no vote".to_owned(),
        Payload::Peer(Message::Adopt { term }) => format!("adopt term {term}"),
        Payload::Peer(Message::Adopted { term, .. }) => format!("adopted {term}"),
        Payload::Ask(request) => format!("{} {}", request.id, request.cabin),
        Payload::Reply { answer, .. } => status(answer).to_owned(),
        Payload::Read(read) => format!("{} {}?", read.id, read.cabin),
        Payload::ReadReply { answer, .. } => seen(answer).to_owned(),
        Payload::Order(Order::Lead { term, .. }) => format!("lead term {term}"),
        Payload::Order(Order::UseRule { rule, .. }) => rule.to_string(),
        Payload::Order(order) => order.to_string(),
        Payload::Notice(_) => "report".to_owned(),
        Payload::Leader { node, .. } => format!("{node} leads"),
    };
    label.into()
}

fn status(answer: &Answer) -> &'static str {
    match answer {
        Answer::Created(_) => "201 Created",
        Answer::Conflict { .. } => "409 Conflict",
        Answer::NotLeader => "not leader",
        Answer::Unavailable => "503",
    }
}

fn seen(answer: &ReadAnswer) -> &'static str {
    match answer {
        ReadAnswer::Seen { holder: Some(_), .. } => "taken",
        ReadAnswer::Seen { holder: None, .. } => "free",
        ReadAnswer::Refused(_) => "refused",
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
