//! How one speaks of a message on its way: by its kind, the connection that it is on, and which of those alike it is,
//! counted from the one that was sent first. That says which is meant as long as the run is the same.

use super::Place;
use super::network::{Envelope, Payload};
use crate::replication::Message;
use std::fmt;

/// What kind of message it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageKind {
    /// A customer's request, or a read.
    Request,
    /// An answer to a customer.
    Answer,
    /// Entries for a follower, or a piece of a snapshot.
    Append,
    /// A heartbeat, or commit news alone.
    Heartbeat,
    /// A follower's report of what it holds.
    Acknowledge,
    /// A node's "this does not fit", or a refusal.
    Reject,
    /// A new term to adopt, or word that it was adopted; a vote, or a question for one.
    Term,
    /// An order of the control plane, a report to it, or its word to the gateway of who leads.
    Control,
}

impl MessageKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Request,
        Self::Answer,
        Self::Append,
        Self::Heartbeat,
        Self::Acknowledge,
        Self::Reject,
        Self::Term,
        Self::Control,
    ];

    /// The word that scripts use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Answer => "answer",
            Self::Append => "append",
            Self::Heartbeat => "heartbeat",
            Self::Acknowledge => "ack",
            Self::Reject => "reject",
            Self::Term => "term",
            Self::Control => "order",
        }
    }

    /// What a message is that says this.
    #[must_use]
    pub fn of(payload: &Payload) -> Self {
        match payload {
            Payload::Peer(Message::Append(append)) if append.entries.is_empty() => Self::Heartbeat,
            Payload::Peer(Message::Append(_) | Message::Chunk(_)) => Self::Append,
            Payload::Peer(Message::Acknowledge(_) | Message::ChunksReceived { .. }) => Self::Acknowledge,
            Payload::Peer(
                Message::Reject { .. }
                | Message::NewerTerm { .. }
                | Message::LostDisk { .. }
                | Message::Vote { refusal: Some(_), .. },
            ) => Self::Reject,
            Payload::Peer(
                Message::Whole { .. }
                | Message::AskVote(_)
                | Message::Vote { refusal: None, .. }
                | Message::Adopt { .. }
                | Message::Adopted { .. },
            ) => Self::Term,
            Payload::Ask(_) | Payload::Read(_) => Self::Request,
            Payload::Reply { .. } | Payload::ReadReply { .. } => Self::Answer,
            Payload::Order(_) | Payload::Notice(_) | Payload::Leader { .. } => Self::Control,
        }
    }
}

/// A message on its way, as one speaks of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InFlight {
    /// What kind of message it is.
    pub kind: MessageKind,
    /// Who sent it.
    pub from: Place,
    /// Who is to get it.
    pub to: Place,
    /// Which of those alike, from 1: the one that was sent first.
    pub number: u16,
}

impl InFlight {
    /// The most that can be counted.
    pub const MOST: u16 = 9999;

    /// Whether it is a message like this one.
    #[must_use]
    pub fn is_like(&self, envelope: &Envelope) -> bool {
        (self.from, self.to) == (envelope.from, envelope.to) && self.kind == MessageKind::of(&envelope.payload)
    }
}

/// As a script writes it.
impl fmt::Display for InFlight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} > {}", self.kind.name(), self.from.word(), self.to.word())?;
        if self.number == 1 { Ok(()) } else { write!(f, " number={}", self.number) }
    }
}
