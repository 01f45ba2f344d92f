//! What tells two states of a node apart when time does not count: what a search hashes.
//!
//! Left out is what follows from the rest (the queryable state from the log and the applied index), what only decides
//! whether something is worth telling (what was reported or told before), and clocks. Whoever adds a field has to say
//! here on which side it stands.

use super::reading::Reads;
use super::{Follower, Leader, Node, Standing};
use crate::replication::{Append, CommitRule, Index, Log, Message, NodeId, Order, Progress, Send, Snapshot};
use std::hash::{Hash, Hasher};

impl Node {
    /// Whether a probe of this leader's, or the answer to it, would change anything, were both to arrive.
    #[must_use]
    pub fn probe_would_change(&self, follower: &Node) -> bool {
        let Some(progress) = self.leading().and_then(|leader| leader.progress.get(&follower.id)) else { return false };
        let Standing::Follower(Follower { leader, checked, .. }) = follower.standing else { return true };
        let (rule, knows) = (self.leading().map(Leader::rule), |index: Index| index.min(checked));
        follower.term != self.term
            || leader != Some(self.id)
            || checked < self.log.last().index
            || knows(self.commit) > follower.commit
            || knows(follower.durable) > progress.matched
            || (rule == Some(CommitRule::SyncReceived) && checked > progress.received)
            || (rule == Some(CommitRule::SyncApplied) && knows(follower.applied) > progress.applied)
    }

    /// Whether it would make nothing of a message, now or at any later time: it is too late.
    #[must_use]
    pub fn is_past(&self, message: &Message) -> bool {
        let term = message.term();
        match message {
            Message::Append(_) | Message::Chunk(_) | Message::Adopt { .. } => false,
            Message::NewerTerm { .. } => term <= self.term,
            Message::Acknowledge(_)
            | Message::Reject { .. }
            | Message::ChunksReceived { .. }
            | Message::LostDisk { .. } => term < self.term || (term == self.term && self.leading().is_none()),
            Message::AskVote(_) => false,
            Message::Whole { .. } => term < self.term || !self.lost_disk,
            Message::Vote { .. } => term < self.term || !matches!(self.standing, Standing::Candidate(_)),
            Message::Adopted { .. } => term < self.term || (term == self.term && !self.campaigns_for(term)),
        }
    }

    /// Whether it would make nothing of an order, now or at any later time.
    #[must_use]
    pub fn is_past_order(&self, order: &Order) -> bool {
        match order {
            Order::Lead { term, .. } | Order::StandDown { term } => {
                *term < self.term || (*term == self.term && !self.campaigns_for(*term))
            }
            _ => false,
        }
    }

    /// Whether it would judge a request that it is handed.
    #[must_use]
    pub fn takes_requests(&self) -> bool {
        self.leading().is_some_and(|leader| leader.handing_over.is_none())
    }
}

impl Hash for Node {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { id: _, members: _, starts, clock: _, term, log, durable, commit, applied, bookings: _, .. } = self;
        let Self {
            voted, lost_disk, standing, lockstep: _, configuration: _, reads: Reads { waiting, as_of: _ }, ..
        } = self;
        (starts, term, voted, lost_disk, log, durable, commit, applied, waiting).hash(state);
        match standing {
            Standing::Follower(Follower {
                leader,
                checked,
                heard: _,
                reported: _,
                refused: _,
                receiving,
                diverged,
            }) => {
                (0_u8, leader, checked, receiving, diverged).hash(state);
            }
            Standing::Candidate(candidacy) => (1_u8, candidacy).hash(state),
            Standing::Leader(leader) => (2_u8, leader).hash(state),
        }
    }
}

impl Hash for Leader {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { progress, rule, sync, demand: _, speculative: _, waiting, handing_over, round, .. } = self;
        let Self { answers_from: _, answering: _, heartbeats: _, .. } = self;
        (rule, sync, round).hash(state);
        for (follower, progress) in progress.iter() {
            hash_progress(*follower, progress, *rule, state);
        }
        waiting.iter().for_each(|waiting| waiting.hash(state));
        handing_over.hash(state);
    }
}

/// What a leader knows of copies in memory and of what is applied counts under the rules that ask for it, and no others.
fn hash_progress<H: Hasher>(follower: NodeId, progress: &Progress, rule: CommitRule, state: &mut H) {
    let Progress { next, matched, received, applied, told_commit: _, round, since, pace, inflight, recovery } =
        progress;
    (follower, next, matched, round, since, pace, inflight, recovery).hash(state);
    match rule {
        CommitRule::SyncReceived => received.hash(state),
        CommitRule::SyncApplied => applied.hash(state),
        _ => {}
    }
}

impl Hash for Log {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Snapshot { last, terms: _, bookings: _ } = self.snapshot();
        last.hash(state);
        self.entries().hash(state);
    }
}

impl Hash for Append {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { term, previous, entries, commit, report, round, as_of: _ } = self;
        (term, previous, entries, commit, report, round).hash(state);
    }
}

impl Hash for Send {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Peer { to, message, routine: _ } => (to, message).hash(state),
            Self::ControlPlane(notice) | Self::Announce { notice, routine: _ } => notice.hash(state),
        }
    }
}
