//! The ledger of promises: every 201 with its commit token, and what became of it.

use super::Micros;
use crate::replication::table::{Forward, Row};
use crate::replication::{Log, NodeId, Position, Request, RequestId, Table};
use std::fmt;
use std::hash::{Hash, Hasher};

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

/// Every promise, by the position of its entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Promises {
    made: Table<Promise>,
    /// The position of the latest promise to each request.
    latest: Table<(RequestId, Position)>,
    /// How many stand in each way.
    counts: [u32; 3],
}

impl Row for Promise {
    type Key = Position;

    fn key(&self) -> Position {
        self.position
    }
}

impl Promises {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> Forward<'_, Promise> {
        self.made.iter()
    }

    /// The promise of an entry.
    #[must_use]
    pub fn at(&self, position: Position) -> Option<&Promise> {
        self.made.get(position)
    }

    /// The promises whose entries a log does not hold, the latest first. A log that holds one entry of a term holds all
    /// before it in that term, so that what it holds is not looked at one by one.
    pub fn missing_in(&self, log: &Log) -> impl Iterator<Item = &Promise> {
        let mut rows = self.made.backward();
        std::iter::from_fn(move || {
            loop {
                let promise = rows.next()?;
                if !log.holds(promise.position) {
                    return Some(promise);
                }
                rows = self.made.before(Position { term: promise.position.term, index: 0 });
            }
        })
    }

    /// The latest promise to a request.
    #[must_use]
    pub fn of(&self, request: RequestId) -> Option<&Promise> {
        self.latest.get(request).and_then(|(_, position)| self.made.get(*position))
    }

    /// How many stand in this way.
    #[must_use]
    pub fn count(&self, standing: Standing) -> u32 {
        self.counts[standing as usize]
    }

    /// Notes a 201.
    pub fn make(&mut self, promise: Promise) {
        self.latest.insert((promise.request.id, promise.position));
        self.counts[promise.standing as usize] += 1;
        if let Some(before) = self.made.insert(promise) {
            self.counts[before.standing as usize] -= 1;
        }
    }

    /// Judges every promise anew. Those whose standing changed.
    pub fn review(&mut self, now: Micros, judge: impl Fn(Position) -> Standing) -> Vec<Promise> {
        let anew = |promise: &Promise| Promise { standing: judge(promise.position), since: now, ..promise.clone() };
        let judged = self.made.iter().map(|promise| (promise.standing, anew(promise)));
        let changed: Vec<_> = judged.filter(|(before, now)| *before != now.standing).collect();
        for (before, now) in &changed {
            self.counts[*before as usize] -= 1;
            self.counts[now.standing as usize] += 1;
        }
        let changed: Vec<Promise> = changed.into_iter().map(|(_, now)| now).collect();
        self.made.extend(changed.iter().cloned());
        changed
    }
}

/// What tells two ledgers apart where time does not count: how a promise stands follows from the logs.
impl Hash for Promises {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { made, latest, counts: _ } = self;
        latest.hash(state);
        made.iter().for_each(|promise| (promise.position, promise.request).hash(state));
    }
}
