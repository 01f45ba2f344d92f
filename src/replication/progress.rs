//! What a leader believes of one follower (Raft's nextIndex and matchIndex, and how it sends).

use super::{Acknowledge, Copies, Index, NodeId, Recovery, Round};

/// How a leader sends to a follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pace {
    /// It does not know where the logs agree: one message at a time, until one fits.
    Probe {
        /// One is on its way.
        outstanding: bool,
    },
    /// The logs agree: entries go out as they come, without waiting for acknowledgements.
    Replicate,
}

/// What a leader believes of one follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The next index to send.
    pub next: Index,
    /// The last index known to be on the follower's disk: the match index.
    pub matched: Index,
    /// The last index known to be in the follower's memory.
    pub received: Index,
    /// The last index known to be in the follower's queryable state.
    pub applied: Index,
    /// The highest commit index that the follower has been told.
    pub told_commit: Index,
    /// The newest round that the follower has acknowledged.
    pub round: Round,
    /// How the leader sends.
    pub pace: Pace,
    /// It has lost its disk, and does not count until it is whole again.
    pub recovery: Option<Recovery>,
}

impl Progress {
    /// A new leader knows nothing of its followers, and begins at the end of its own log.
    #[must_use]
    pub fn unknown(next: Index) -> Self {
        Self {
            next,
            matched: 0,
            received: 0,
            applied: 0,
            told_commit: 0,
            round: 0,
            pace: Pace::Probe { outstanding: false },
            recovery: None,
        }
    }

    /// A follower that holds everything through `last`.
    #[must_use]
    pub fn settled(last: Index) -> Self {
        Self {
            next: last + 1,
            matched: last,
            received: last,
            applied: last,
            told_commit: last,
            round: 0,
            pace: Pace::Replicate,
            recovery: None,
        }
    }

    /// Takes a report in. Reports may arrive late or twice, so no position falls. Whether anything is new.
    pub fn acknowledge(&mut self, ack: &Acknowledge) -> bool {
        let before = (self.received, self.matched, self.applied);
        self.received = self.received.max(ack.received);
        self.matched = self.matched.max(ack.durable);
        self.applied = self.applied.max(ack.applied);
        self.next = self.next.max(ack.received + 1);
        self.round = self.round.max(ack.round);
        self.pace = Pace::Replicate;
        before != (self.received, self.matched, self.applied)
    }

    /// The follower lacks the entry at `previous`: look again after `hint`. Whether the refusal still means anything:
    /// what is durable there cannot be lacking, so such a refusal is an old one.
    pub fn reject(&mut self, previous: Index, hint: Index) -> bool {
        let awaited = match self.pace {
            Pace::Probe { .. } => previous + 1 == self.next,
            Pace::Replicate => previous > self.matched,
        };
        if !awaited || previous <= self.matched {
            return false;
        }
        self.next = (hint + 1).min(self.next).max(self.matched + 1);
        self.received = self.received.min(self.next - 1);
        self.pace = Pace::Probe { outstanding: false };
        true
    }

    /// The follower's copies, for the commit rule: none while it is not whole.
    #[must_use]
    pub fn copies(&self, node: NodeId) -> Copies {
        if self.recovery.is_some() {
            return Copies { node, received: 0, durable: 0, applied: 0 };
        }
        Copies { node, received: self.received, durable: self.matched, applied: self.applied }
    }
}
