//! Which entries and requests a message speaks of.

use super::view::{Flight, Grid};
use crate::replication::{Answer, Entry, Index, Message, Position, RequestId};
use crate::simulation::{Payload, Place};
use crate::teaching::why::Question;

/// How many entries of one message are told at most.
const MOST: usize = 64;

/// What a message speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// The entries, as far as they can be told.
    pub entries: Vec<Position>,
    /// The customer's request.
    pub request: Option<RequestId>,
}

impl Flight {
    /// What it speaks of. What is told by its index alone is the entry that its sender holds there.
    #[must_use]
    pub fn carries(&self, grid: &Grid) -> Carried {
        let held = |index: Index| {
            let cell = match self.from {
                Place::Node(node) => grid.held(node, index),
                _ => None,
            };
            Carried { entries: cell.map(|cell| cell.position).into_iter().collect(), request: None }
        };
        match &self.message.payload {
            Payload::Peer(Message::Append(append)) if !append.entries.is_empty() => {
                let entries = append.entries.iter().take(MOST).map(Entry::position).collect();
                Carried { entries, request: None }
            }
            Payload::Peer(Message::Append(append)) if !self.message.routine => held(append.commit),
            Payload::Peer(Message::Acknowledge(ack)) if !self.message.routine => held(ack.received),
            Payload::Ask(request) => Carried { entries: Vec::new(), request: Some(request.id) },
            Payload::Reply { request, answer: Answer::Created(position) } => {
                Carried { entries: vec![*position], request: Some(*request) }
            }
            Payload::Reply { request, .. } => Carried { entries: Vec::new(), request: Some(*request) },
            _ => Carried::default(),
        }
    }

    /// What can be asked about it.
    #[must_use]
    pub fn question(&self, grid: &Grid) -> Option<Question> {
        match &self.message.payload {
            Payload::Read(read) | Payload::ReadReply { read, .. } => return Some(Question::Read(read.id)),
            Payload::Order(_) => match self.to {
                Place::Node(node) => return Some(Question::Promotion(node)),
                _ => return None,
            },
            _ => {}
        }
        let carried = self.carries(grid);
        let about_request = carried.request.map(Question::Request);
        about_request.or(carried.entries.last().copied().map(Question::Entry))
    }
}
