//! What can be asked, and how it is written: `r1`, `q1`, `27:981244`, `md-db-2 promotable`, `md-db-4 stepped-down`,
//! `sg-db-1 snapshot`.

use crate::replication::{NodeId, Position, ReadId, RequestId};
use crate::teaching::script::Named;
use std::fmt;

/// A question about the present moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Why a request, and the promise that it led to, stands as it does.
    Request(RequestId),
    /// Why a read was stale, refused, or waits.
    Read(ReadId),
    /// Why an entry is committed, waits, or is gone.
    Entry(Position),
    /// Why promoting a node is provably safe, or is not.
    Promotion(NodeId),
    /// Why a node leads no more.
    StepDown(NodeId),
    /// Why a follower needs a snapshot.
    Snapshot(NodeId),
}

impl Question {
    /// The question that `text` says, in a cluster of so many nodes.
    ///
    /// # Errors
    /// What was expected instead.
    pub fn parse(text: &str, replicas: usize) -> Result<Self, &'static str> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let about = |name: &str| NodeId::from_name(name, replicas).ok_or("expected the name of a node");
        match words[..] {
            [node, "promotable"] => about(node).map(Self::Promotion),
            [node, "stepped-down"] => about(node).map(Self::StepDown),
            [node, "snapshot"] => about(node).map(Self::Snapshot),
            [word] if word.contains(':') => {
                let position = word
                    .split_once(':')
                    .and_then(|(term, index)| Some(Position { term: term.parse().ok()?, index: index.parse().ok()? }));
                position.map(Self::Entry).ok_or("expected a term and an index, such as 27:981244")
            }
            [word] if word.starts_with('q') => {
                let read = Named::Read.number(word).map(ReadId);
                read.map(Self::Read).ok_or("expected a read, such as q1")
            }
            [word] if word.starts_with('r') => {
                let request = Named::Request.number(word).map(RequestId);
                request.map(Self::Request).ok_or("expected a request, such as r1")
            }
            _ => Err(
                "expected a request (r1), a read (q1), an entry (27:981244), or a node with \"promotable\", \"stepped-down\" or \"snapshot\"",
            ),
        }
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(request) => request.fmt(f),
            Self::Read(read) => read.fmt(f),
            Self::Entry(position) => position.fmt(f),
            Self::Promotion(node) => write!(f, "{node} promotable"),
            Self::StepDown(node) => write!(f, "{node} stepped-down"),
            Self::Snapshot(node) => write!(f, "{node} snapshot"),
        }
    }
}
