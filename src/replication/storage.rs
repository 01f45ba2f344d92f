//! What a node has on disk, and how it changes: the one thing that a crash leaves.

use super::{Entry, Index, Log, NodeId, Position, Snapshot, Term};

/// A node's disk: what it recovers from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Disk {
    /// The newest term that the node has durably adopted.
    pub term: Term,
    /// For whom the node voted in that term.
    pub vote: Option<NodeId>,
    /// The durable log.
    pub log: Log,
    /// It was lost with everything on it, and what is on it now may lack what the node once acknowledged.
    pub lost: bool,
}

/// One change of the disk. It happens whole or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Write {
    /// A newer term, or the same with a vote.
    pub term: Option<Term>,
    /// For whom the node votes in that term.
    pub vote: Option<NodeId>,
    /// A leader's snapshot: the log becomes that, and nothing more.
    pub install: Option<Snapshot>,
    /// Everything from this index on is dropped first.
    pub truncate_from: Option<Index>,
    /// What is added at the end.
    pub entries: Vec<Entry>,
    /// A snapshot of the log, which takes the place of the entries that it stands for.
    pub compact: Option<Snapshot>,
    /// A leader has made the node whole again.
    pub whole: bool,
}

impl Write {
    /// The last position that this write makes durable.
    #[must_use]
    pub fn last(&self) -> Option<Position> {
        let installed = self.install.as_ref().map(|snapshot| snapshot.last);
        self.entries.last().map(Entry::position).or(installed)
    }

    /// Whether nothing hangs on it: a compaction alone can go with whatever is written next.
    #[must_use]
    pub fn can_wait(&self) -> bool {
        *self == Self { compact: self.compact.clone(), ..Self::default() }
    }
}

impl Disk {
    /// An empty disk in place of one that is lost.
    #[must_use]
    pub fn lost() -> Self {
        let nothing = Snapshot { last: Position::default(), terms: Default::default(), bookings: Default::default() };
        Self { term: 0, vote: None, log: Log::new(nothing), lost: true }
    }

    /// Carries a write out.
    pub fn apply(&mut self, write: &Write) {
        if let Some(term) = write.term.filter(|term| *term >= self.term) {
            (self.term, self.vote) = (term, write.vote);
        }
        if let Some(snapshot) = &write.install {
            self.log.install(snapshot.clone());
        }
        if let Some(from) = write.truncate_from {
            self.log.truncate(from);
        }
        self.lost &= !write.whole;
        for entry in &write.entries {
            self.log.append(*entry);
        }
        if let Some(snapshot) = &write.compact {
            self.log.compact_to(snapshot);
        }
    }
}
