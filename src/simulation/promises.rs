//! The ledger of promises: every 201 with its commit token, and what became of it.

use super::Micros;
use crate::replication::{NodeId, Position, Request, RequestId};
use litemap::LiteMap;
use std::fmt;

/// A 201 that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// What was promised.
    pub request: Request,
    /// The entry that carries it out: the commit token.
    pub position: Position,
    /// Who promised.
    pub by: NodeId,
    /// When the 201 was sent.
    pub made_at: Micros,
    /// How it stands.
    pub standing: Standing,
    /// Since when.
    pub since: Micros,
}

/// How a promise stands, in the eyes of the leader of the highest term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// That leader's log holds the entry.
    Kept,
    /// That leader is down; a copy is somewhere.
    InDoubt,
    /// That leader's log does not hold the entry, or no copy is left anywhere.
    Lost,
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kept => "kept",
            Self::InDoubt => "in doubt",
            Self::Lost => "lost",
        })
    }
}

/// Every promise, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Promises {
    made: Vec<Promise>,
    /// Where in `made` the latest promise to each request is.
    latest: LiteMap<RequestId, usize>,
}

impl Promises {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Promise] {
        &self.made
    }

    /// The latest promise to a request.
    #[must_use]
    pub fn of(&self, request: RequestId) -> Option<&Promise> {
        self.latest.get(&request).and_then(|place| self.made.get(*place))
    }

    /// Notes a 201.
    pub fn make(&mut self, promise: Promise) {
        self.latest.insert(promise.request.id, self.made.len());
        self.made.push(promise);
    }

    /// Judges every promise anew. Those whose standing changed.
    pub fn review(&mut self, now: Micros, judge: impl Fn(Position) -> Standing) -> Vec<Promise> {
        let mut changed = Vec::new();
        for promise in &mut self.made {
            let standing = judge(promise.position);
            if standing != promise.standing {
                (promise.standing, promise.since) = (standing, now);
                changed.push(promise.clone());
            }
        }
        changed
    }
}
