//! The replicated log as one node holds it: a snapshot of everything up to some entry, and the entries after it.
//!
//! Invariants, asserted where they could break:
//! - indexes are consecutive, from the one after the snapshot;
//! - terms never fall from one entry to the next;
//! - two logs that hold the same position agree on everything up to it (the conflict check in [`Log::merge`] keeps it).

use super::{Bookings, Entry, Index, Position, Table, Term};
use std::sync::Arc;

/// Everything up to an entry, as state.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Snapshot {
    /// The last entry that it stands for.
    pub last: Position,
    /// The first index of each term, as far back as it is known: positions that it swallowed can still be compared.
    pub terms: Arc<[(Term, Index)]>,
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
        /// The last position at which the logs may agree.
        hint: Position,
    },
    /// The snapshot stands for another history than the leader's: nothing that the leader can append to is left.
    Diverged,
}

impl Snapshot {
    /// The term at an index that it stands for, if it can still tell.
    #[must_use]
    pub fn term_at(&self, index: Index) -> Option<Term> {
        if index >= self.last.index {
            return (index == self.last.index).then_some(self.last.term);
        }
        self.terms.iter().rev().find(|(_, first)| *first <= index).map(|(term, _)| *term)
    }

    /// Whether it stands for this position. Of what came before the first term that it knows, it can tell only that no
    /// newer term was there.
    #[must_use]
    pub fn covers(&self, position: Position) -> bool {
        let Position { term, index } = position;
        let oldest = self.terms.first().map_or(self.last.term, |(oldest, _)| *oldest);
        index <= self.last.index && self.term_at(index).map_or(term <= oldest, |here| here == term)
    }

    /// Takes the next entry in.
    fn take_in(&mut self, entry: &Entry) {
        if self.terms.last().is_none_or(|(term, _)| *term < entry.term) {
            self.terms = self.terms.iter().copied().chain([(entry.term, entry.index)]).collect();
        }
        Arc::make_mut(&mut self.bookings).apply(entry);
        self.last = entry.position();
    }
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
        // With the same last position, they stand for the same history.
        if self.snapshot.last == other.snapshot.last {
            self.snapshot.bookings = Arc::clone(&other.snapshot.bookings);
        } else {
            self.share_snapshot_with(&other.snapshot.bookings);
        }
    }

    /// Shares with a state what its snapshot holds alike.
    pub fn share_snapshot_with(&mut self, bookings: &Bookings) {
        Arc::make_mut(&mut self.snapshot.bookings).share_with(bookings);
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
            _ if index <= self.snapshot.last.index => self.snapshot.term_at(index),
            _ => self.entry(index).map(|entry| entry.term),
        }
    }

    /// Whether the log holds this position; what the snapshot swallowed counts as held, unless the term speaks against it.
    #[must_use]
    pub fn holds(&self, position: Position) -> bool {
        self.snapshot.covers(position) || self.entry(position.index).is_some_and(|entry| entry.term == position.term)
    }

    /// The last index at which this log may agree with another that has this position, and nothing newer before it.
    #[must_use]
    pub fn may_agree(&self, with: Position) -> Index {
        let mut index = with.index.min(self.last().index);
        while index > self.snapshot.last.index && self.term_at(index).is_some_and(|term| term > with.term) {
            index -= 1;
        }
        index
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

    /// Lets the snapshot stand for everything up to an index.
    ///
    /// # Panics
    /// If the log ends before that.
    pub fn compact(&mut self, through: Index) {
        assert!(through <= self.last().index, "what is not there cannot be compacted");
        self.entries.iter().take_while(|entry| entry.index <= through).for_each(|entry| self.snapshot.take_in(entry));
        self.entries.forget_before(through + 1);
    }

    /// Takes over a snapshot of this same log, and drops the entries that it stands for.
    ///
    /// # Panics
    /// If it is of another log.
    pub fn compact_to(&mut self, snapshot: &Snapshot) {
        assert!(self.holds(snapshot.last), "a log is compacted to its own snapshot");
        if snapshot.last.index > self.snapshot.last.index {
            self.entries.forget_before(snapshot.last.index + 1);
            self.snapshot = snapshot.clone();
        }
    }

    /// Becomes a leader's snapshot, and nothing more. What was held and is not part of it is returned.
    pub fn install(&mut self, snapshot: Snapshot) -> Vec<Entry> {
        self.snapshot = snapshot;
        let entries = std::mem::take(&mut self.entries);
        entries.iter().filter(|entry| !self.snapshot.covers(entry.position())).copied().collect()
    }

    /// The follower's half of log matching (Raft, section 5.3): takes in what a leader sent if the log holds the entry
    /// before it, and gives up whatever conflicts with it. Entries that are there already stay: an old message that
    /// arrives late must not cut off what came after it.
    pub fn merge(&mut self, previous: Position, sent: &[Entry]) -> Merge {
        let compacted = self.snapshot.last.index;
        if !self.holds(previous) {
            let hint = self.agreement_hint(previous);
            return if previous.index <= compacted { Merge::Diverged } else { Merge::Misfit { hint } };
        }
        let known = sent.iter().take_while(|entry| self.holds(entry.position())).count();
        let new = &sent[known..];
        if new.first().is_some_and(|first| first.index <= compacted) {
            return Merge::Diverged;
        }
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
    fn agreement_hint(&self, previous: Position) -> Position {
        if previous.index > self.last().index {
            return self.last();
        }
        let conflicting = self.term_at(previous.index);
        let mut index = previous.index;
        while index > self.snapshot.last.index && self.term_at(index) == conflicting {
            index -= 1;
        }
        self.position_at(index)
    }

    /// The state after every entry up to `index`, rebuilt from the snapshot.
    #[must_use]
    pub fn replay(&self, index: Index) -> Bookings {
        let mut bookings = (*self.snapshot.bookings).clone();
        self.entries.iter().take_while(|entry| entry.index <= index).for_each(|entry| bookings.apply(entry));
        bookings
    }
}
