//! What a leader believes of one follower (Raft's nextIndex and matchIndex, and how it sends).

use super::{Acknowledge, Copies, Index, NodeId, Recovery, Round, Transfer};

/// How a leader sends to a follower.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Pace {
    /// It does not know where the logs agree: one message at a time, until one fits.
    Probe {
        /// One is on its way.
        outstanding: bool,
    },
    /// The logs agree: entries go out as they come, as far as the window allows, without waiting for acknowledgements.
    Replicate,
    /// What the follower lacks is compacted here: it needs a snapshot until it has installed one. The transfer under way;
    /// nothing while nothing is heard of the follower.
    Snapshot(Option<Box<Transfer>>),
}

/// What a leader believes of one follower.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// What acknowledges an older round means nothing: the follower has given up since what it held then.
    pub since: Round,
    /// How the leader sends.
    pub pace: Pace,
    /// The last index of each append with entries that is on its way unacknowledged, in order.
    pub inflight: Vec<Index>,
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
            since: 0,
            pace: Pace::Probe { outstanding: false },
            inflight: Vec::new(),
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
            since: 0,
            pace: Pace::Replicate,
            inflight: Vec::new(),
            recovery: None,
        }
    }

    /// Takes a report in. Reports may arrive late or twice, so no position falls. Whether anything is new.
    pub fn acknowledge(&mut self, ack: &Acknowledge) -> bool {
        let before = (self.received, self.matched, self.applied);
        self.received = self.received.max(ack.received);
        self.matched = self.matched.max(ack.durable);
        self.applied = self.applied.max(ack.applied);
        self.round = self.round.max(ack.round);
        self.inflight.drain(..self.inflight.partition_point(|end| *end <= self.received));
        match &self.pace {
            // An old report says nothing of what has been compacted since.
            Pace::Snapshot(transfer) if ack.received < self.lacks_through(transfer.as_deref()) => {}
            Pace::Snapshot(_) => self.go_on_from(ack.received),
            _ => self.go_on_from(ack.received.max(self.next - 1)),
        }
        before != (self.received, self.matched, self.applied)
    }

    /// The follower lacks the entry at `previous`: look again after `hint`. Whether the refusal still means anything:
    /// what is durable there cannot be lacking, so such a refusal is an old one.
    pub fn reject(&mut self, previous: Index, hint: Index) -> bool {
        let awaited = match self.pace {
            Pace::Probe { .. } => previous + 1 == self.next,
            Pace::Replicate => true,
            Pace::Snapshot(_) => false,
        };
        if !awaited || previous <= self.matched {
            return false;
        }
        self.next = (hint + 1).min(self.next).max(self.matched + 1);
        self.received = self.received.min(self.next - 1);
        self.pace = Pace::Probe { outstanding: false };
        self.inflight.clear();
        true
    }

    fn go_on_from(&mut self, index: Index) {
        self.next = index.max(self.matched) + 1;
        self.pace = Pace::Replicate;
    }

    /// Without a transfer, it is from the next index on that the leader has nothing to send.
    fn lacks_through(&self, transfer: Option<&Transfer>) -> Index {
        transfer.map_or(self.next, |transfer| transfer.last().index)
    }

    /// Whether more entries may be sent now, with this window.
    #[must_use]
    pub fn may_send(&self, window: u32) -> bool {
        match self.pace {
            Pace::Probe { outstanding } => !outstanding,
            Pace::Replicate => self.inflight.len() < window as usize,
            Pace::Snapshot(_) => false,
        }
    }

    /// What was believed of the follower is void: it will give up what it holds, or has lost it. It counts for what it
    /// reports from a round on.
    pub fn void(&mut self, since: Round, last: Index) {
        let (round, recovery) = (self.round, self.recovery);
        *self = Self { round, since, recovery, ..Self::unknown(last + 1) };
    }

    /// From here on the follower needs a snapshot.
    pub fn need_snapshot(&mut self, transfer: Option<Box<Transfer>>) {
        self.pace = Pace::Snapshot(transfer);
        self.inflight.clear();
    }

    /// Whether the follower needs a snapshot.
    #[must_use]
    pub fn needs_snapshot(&self) -> bool {
        matches!(self.pace, Pace::Snapshot(_))
    }

    pub(super) fn transfer_mut(&mut self) -> Option<&mut Transfer> {
        match &mut self.pace {
            Pace::Snapshot(transfer) => transfer.as_deref_mut(),
            _ => None,
        }
    }

    /// The transfer of a snapshot that is under way.
    #[must_use]
    pub fn transfer(&self) -> Option<&Transfer> {
        match &self.pace {
            Pace::Snapshot(transfer) => transfer.as_deref(),
            _ => None,
        }
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
