//! The replicated log as one node holds it: a snapshot of everything up to some entry, and the entries after it.
//!
//! Invariants, asserted where they could break:
//! - indexes are consecutive, from the one after the snapshot;
//! - terms never fall from one entry to the next;
//! - two logs that hold the same position agree on everything up to it (the conflict check in [`Log::merge`] keeps it).

use super::{Bookings, Entry, Index, Position, Table, Term};
use std::sync::Arc;

/// Everything up to an entry, as state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The last entry that it stands for.
    pub last: Position,
    /// What applying everything up to it leads to.
    pub bookings: Arc<Bookings>,
}

/// One node's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    snapshot: Snapshot,
    entries: Table<Entry>,
}

/// What came of entries that a leader sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merge {
    /// The log holds the entry before them, and now holds them too.
    Fits {
        /// What had to give way: another leader's entries, from the first that conflicts.
        rolled_back: Vec<Entry>,
        /// What was not there before.
        appended: Vec<Entry>,
    },
    /// The log does not hold the entry before them.
    Misfit {
        /// The last index at which the logs may agree.
        hint: Index,
    },
}

impl Log {
    /// A log that consists of a snapshot.
    #[must_use]
    pub fn new(snapshot: Snapshot) -> Self {
        Self { snapshot, entries: Table::new() }
    }

    /// Shares with another node's log what is the same in both.
    pub fn share_with(&mut self, other: &Self) {
        self.entries.share_with(&other.entries);
        if !Arc::ptr_eq(&self.snapshot.bookings, &other.snapshot.bookings) {
            Arc::make_mut(&mut self.snapshot.bookings).share_with(&other.snapshot.bookings);
        }
    }

    /// The snapshot that stands for everything before the first entry.
    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The entries after the snapshot, by index.
    #[must_use]
    pub fn entries(&self) -> &Table<Entry> {
        &self.entries
    }

    /// The last position, be it an entry's or the snapshot's.
    #[must_use]
    pub fn last(&self) -> Position {
        self.entries.last().map_or(self.snapshot.last, Entry::position)
    }

    /// The entry at an index, unless it is compacted or not there yet.
    #[must_use]
    pub fn entry(&self, index: Index) -> Option<&Entry> {
        self.entries.get(index)
    }

    /// The term at an index, if this log can still tell.
    #[must_use]
    pub fn term_at(&self, index: Index) -> Option<Term> {
        // Most often it is the end of the log that is asked for.
        let last = self.last();
        match index {
            _ if index == last.index => Some(last.term),
            _ if index > last.index => None,
            _ if index == self.snapshot.last.index => Some(self.snapshot.last.term),
            _ => self.entry(index).map(|entry| entry.term),
        }
    }

    /// Whether the log holds this position; what the snapshot swallowed counts as held.
    #[must_use]
    pub fn holds(&self, position: Position) -> bool {
        position.index < self.snapshot.last.index || self.term_at(position.index) == Some(position.term)
    }

    /// The position at an index that the log can still tell; the snapshot's for anything before it.
    #[must_use]
    pub fn position_at(&self, index: Index) -> Position {
        self.term_at(index).map_or(self.snapshot.last, |term| Position { term, index })
    }

    /// At most `count` entries from an index on.
    #[must_use]
    pub fn slice(&self, from: Index, count: usize) -> Arc<[Entry]> {
        self.entries.copied(from, count)
    }

    /// Adds an entry at the end.
    ///
    /// # Panics
    /// If its index does not follow, or its term falls.
    pub fn append(&mut self, entry: Entry) {
        let last = self.last();
        assert_eq!(entry.index, last.index + 1, "indexes are consecutive");
        assert!(entry.term >= last.term, "terms never fall");
        self.entries.insert(entry);
    }

    /// Drops everything from an index on, and returns it.
    ///
    /// # Panics
    /// If the snapshot already stands for that index.
    pub fn truncate(&mut self, from: Index) -> Vec<Entry> {
        assert!(from > self.snapshot.last.index, "a snapshot cannot be truncated");
        self.entries.split_off(from)
    }

    /// The follower's half of log matching (Raft, section 5.3): takes in what a leader sent if the log holds the entry
    /// before it, and gives up whatever conflicts with it. Entries that are there already stay: an old message that
    /// arrives late must not cut off what came after it.
    pub fn merge(&mut self, previous: Position, sent: &[Entry]) -> Merge {
        if !self.holds(previous) {
            return Merge::Misfit { hint: self.agreement_hint(previous) };
        }
        let known = sent.iter().take_while(|entry| self.holds(entry.position())).count();
        let new = &sent[known..];
        let rolled_back = match new.first() {
            Some(first) if first.index <= self.last().index => self.truncate(first.index),
            _ => Vec::new(),
        };
        for entry in new {
            self.append(*entry);
        }
        Merge::Fits { rolled_back, appended: new.to_vec() }
    }

    /// Where to look next after a misfit: this log's end if it is too short, else before all entries of the term that
    /// stands where the leader expected another.
    fn agreement_hint(&self, previous: Position) -> Index {
        if previous.index > self.last().index {
            return self.last().index;
        }
        let conflicting = self.term_at(previous.index);
        let mut index = previous.index;
        while index > self.snapshot.last.index && self.term_at(index) == conflicting {
            index -= 1;
        }
        index
    }

    /// The state after every entry up to `index`, rebuilt from the snapshot.
    #[must_use]
    pub fn replay(&self, index: Index) -> Bookings {
        let mut bookings = (*self.snapshot.bookings).clone();
        self.entries.iter().take_while(|entry| entry.index <= index).for_each(|entry| bookings.apply(entry));
        bookings
    }
}
