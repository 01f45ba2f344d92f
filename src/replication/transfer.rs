//! A snapshot on its way from a leader to a follower, in chunks: both ends of it, without the messages.
//!
//! The follower takes chunks in order only, and answers each with how many it has; so the answer to any chunk says where
//! to go on, after a loss, after a cut, and after the follower has started again and has none. The leader keeps some
//! chunks on their way at once. It goes back to the first that is not acknowledged when the follower reports a gap, or
//! when there has been no progress for a while.

use super::flow::CHUNKS_AT_ONCE;
use super::{Bookings, Position, Round, Snapshot, Term};
use std::sync::Arc;

/// For how many heartbeats without progress a leader waits before it goes back; twice as long each time.
const PATIENCE: u16 = 10;

/// The longest such wait.
const MOST_PATIENCE: u16 = 160;

/// For how many heartbeats nothing may be heard of a follower before its transfer is given up. Until then the leader
/// keeps what comes after the snapshot.
const SILENCE: u16 = 40;

/// One piece of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Chunk {
    /// The leader's term.
    pub term: Term,
    /// The leader's newest round.
    pub round: Round,
    /// The snapshot without its state.
    pub head: Snapshot,
    /// Which chunk, from 1.
    pub number: u32,
    /// Of how many.
    pub of: u32,
    /// How many rows each has but the last: chunks of another length do not fit together with these.
    pub rows: u32,
    /// Some rows of the state.
    pub part: Arc<Bookings>,
}

/// A transfer, as the leader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Transfer {
    snapshot: Snapshot,
    /// Rows a chunk.
    rows: u32,
    chunks: u32,
    sent: u32,
    acknowledged: u32,
    /// It went back, and there has been no progress since.
    went_back: bool,
    /// Heartbeats since the last progress.
    quiet: u16,
    patience: u16,
    /// Heartbeats since anything was heard.
    silent: u16,
}

impl Transfer {
    /// A transfer that has not begun.
    #[must_use]
    pub fn new(snapshot: Snapshot, rows: u32) -> Self {
        let rows = rows.max(1);
        let chunks = snapshot.bookings.rows().div_ceil(rows as usize).max(1);
        Self {
            snapshot,
            rows,
            chunks: u32::try_from(chunks).unwrap_or(u32::MAX),
            sent: 0,
            acknowledged: 0,
            went_back: false,
            quiet: 0,
            patience: PATIENCE,
            silent: 0,
        }
    }

    /// What the snapshot stands for.
    #[must_use]
    pub fn last(&self) -> Position {
        self.snapshot.last
    }

    /// How many chunks there are.
    #[must_use]
    pub fn chunks(&self) -> u32 {
        self.chunks
    }

    /// How many of them the follower has.
    #[must_use]
    pub fn acknowledged(&self) -> u32 {
        self.acknowledged
    }

    /// How many are on their way.
    #[must_use]
    pub fn inflight(&self) -> u32 {
        self.sent - self.acknowledged
    }

    /// The next chunk, if one may be sent.
    pub fn next(&mut self, (term, round): (Term, Round), window: u32) -> Option<Chunk> {
        // After going back, one at a time until the follower has it: it may be the link that is slow.
        let window = if self.went_back { 1 } else { window.min(CHUNKS_AT_ONCE) };
        if self.sent == self.chunks || self.inflight() >= window {
            return None;
        }
        let rows = self.rows as usize;
        let part = self.snapshot.bookings.part(self.sent as usize * rows, rows);
        self.sent += 1;
        let head = Snapshot { bookings: Arc::default(), ..self.snapshot.clone() };
        Some(Chunk { term, round, head, number: self.sent, of: self.chunks, rows: self.rows, part: Arc::new(part) })
    }

    /// The follower has so many chunks, in order.
    pub fn acknowledge(&mut self, last: Position, chunks: u32, of: u32) {
        self.silent = 0;
        if last != self.snapshot.last || of != self.chunks {
            return;
        }
        if chunks > self.acknowledged {
            self.acknowledged = chunks;
            self.sent = self.sent.max(chunks);
            (self.went_back, self.quiet, self.patience) = (false, 0, PATIENCE);
        } else if chunks == 0 && self.acknowledged > 0 {
            // The follower has started again, and has nothing.
            self.acknowledged = 0;
            self.go_back();
        } else if chunks == self.acknowledged && !self.went_back {
            // A gap.
            self.go_back();
        }
    }

    /// The follower is there, and lacks the snapshot still.
    pub fn hear(&mut self) {
        self.silent = 0;
        if self.quiet >= self.patience {
            self.patience = (self.patience * 2).min(MOST_PATIENCE);
            if self.acknowledged == self.chunks {
                self.acknowledged = 0;
            }
            self.go_back();
        }
    }

    fn go_back(&mut self) {
        (self.sent, self.went_back, self.quiet) = (self.acknowledged, true, 0);
    }

    /// A heartbeat has gone by. Whether the follower has been heard of lately.
    pub fn tick(&mut self) -> bool {
        self.quiet = self.quiet.saturating_add(1);
        self.silent = self.silent.saturating_add(1);
        self.silent <= SILENCE
    }
}

/// What a follower has of a snapshot so far.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Receiving {
    last: Position,
    of: u32,
    rows: u32,
    chunks: u32,
    bookings: Bookings,
}

impl Receiving {
    /// Takes a chunk in, if it is the next. How many there are now; nothing if it is of an older snapshot.
    pub fn take(before: &mut Option<Box<Self>>, chunk: &Chunk) -> Option<u32> {
        let last = chunk.head.last;
        if before.as_ref().is_some_and(|before| before.last.index > last.index) {
            return None;
        }
        let Chunk { of, rows, .. } = *chunk;
        if before.as_ref().is_none_or(|before| (before.last, before.rows) != (last, rows)) {
            *before = Some(Box::new(Self { last, of, rows, chunks: 0, bookings: Bookings::default() }));
        }
        let receiving = before.as_mut()?;
        if chunk.number == receiving.chunks + 1 {
            receiving.bookings.absorb(&chunk.part);
            receiving.chunks += 1;
        }
        Some(receiving.chunks)
    }

    /// The state, once every chunk is there.
    #[must_use]
    pub fn complete(&self) -> Option<&Bookings> {
        (self.chunks == self.of).then_some(&self.bookings)
    }
}
