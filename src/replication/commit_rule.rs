//! When is an entry committed? Pure arithmetic over what each node is known to hold.

use super::{Index, NodeId, NodeSet};
use std::fmt;

/// Which copies make an entry committed, and so what "201 Created" means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommitRule {
    /// In the leader's memory; the entry has merely been sent.
    LeaderMemory,
    /// On the leader's disk.
    LeaderFsync,
    /// On the leader's disk, and in the memory of every synchronous follower.
    SyncReceived,
    /// On the disks of the leader and of every synchronous follower.
    SyncQuorum,
    /// As `SyncQuorum`, and the answer waits until the synchronous followers have applied the entry.
    SyncApplied,
    /// On the disks of more than half of all nodes.
    Majority,
    /// On every disk.
    AllReplicas,
}

impl CommitRule {
    /// Every rule, from the weakest to the strongest promise.
    pub const ALL: [Self; 7] = [
        Self::LeaderMemory,
        Self::LeaderFsync,
        Self::SyncReceived,
        Self::SyncQuorum,
        Self::SyncApplied,
        Self::Majority,
        Self::AllReplicas,
    ];

    /// The name that scripts use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LeaderMemory => "leader-memory",
            Self::LeaderFsync => "leader-fsync",
            Self::SyncReceived => "sync-received",
            Self::SyncQuorum => "sync-quorum",
            Self::SyncApplied => "sync-applied",
            Self::Majority => "majority",
            Self::AllReplicas => "all-replicas",
        }
    }

    /// The rule of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }
}

impl fmt::Display for CommitRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// How far the log has come on one node, as its leader knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copies {
    /// Which node.
    pub node: NodeId,
    /// The last index in its memory.
    pub received: Index,
    /// The last index on its disk.
    pub durable: Index,
    /// The last index in its queryable state.
    pub applied: Index,
}

/// The copies on all nodes. There are never more nodes than fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopyList {
    rows: [Copies; NodeId::MOST],
    len: usize,
}

impl FromIterator<Copies> for CopyList {
    fn from_iter<I: IntoIterator<Item = Copies>>(copies: I) -> Self {
        let nobody = Copies { node: NodeId::MD_DB_4, received: 0, durable: 0, applied: 0 };
        let mut list = Self { rows: [nobody; NodeId::MOST], len: 0 };
        for copy in copies {
            list.rows[list.len] = copy;
            list.len += 1;
        }
        list
    }
}

impl std::ops::Deref for CopyList {
    type Target = [Copies];

    fn deref(&self) -> &[Copies] {
        &self.rows[..self.len]
    }
}

/// What one node must have of an entry for the rule to be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyKind {
    /// It is in memory.
    Received,
    /// It is on disk.
    Durable,
}

/// The sets of copies that commit an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Every one of these.
    Each(Vec<(NodeId, CopyKind)>),
    /// Durable copies on so many of the members.
    AnyDurable(usize),
}

impl CommitRule {
    /// Which copies commit an entry of `leader`'s, in a cluster of `members` nodes with this synchronous set.
    #[must_use]
    pub fn demand(self, leader: NodeId, sync: NodeSet, members: usize) -> Demand {
        let followers = move |kind| sync.without(leader).iter().map(move |node| (node, kind));
        match self {
            Self::LeaderMemory => Demand::Each(vec![(leader, CopyKind::Received)]),
            Self::LeaderFsync => Demand::Each(vec![(leader, CopyKind::Durable)]),
            Self::SyncReceived => Demand::Each(
                std::iter::once((leader, CopyKind::Durable)).chain(followers(CopyKind::Received)).collect(),
            ),
            Self::SyncQuorum | Self::SyncApplied => {
                Demand::Each(std::iter::once((leader, CopyKind::Durable)).chain(followers(CopyKind::Durable)).collect())
            }
            Self::Majority => Demand::AnyDurable(members / 2 + 1),
            Self::AllReplicas => Demand::Each(NodeId::all(members).map(|node| (node, CopyKind::Durable)).collect()),
        }
    }

    /// How many disks at least have an entry that is committed, whoever leads; nothing if one disk may be all.
    #[must_use]
    pub fn fewest_disks(self, sync: NodeSet, members: usize) -> Option<usize> {
        match self {
            Self::LeaderMemory | Self::LeaderFsync | Self::SyncReceived => None,
            Self::SyncQuorum | Self::SyncApplied => Some(sync.len()),
            Self::Majority => Some(members / 2 + 1),
            Self::AllReplicas => Some(members),
        }
    }
}

impl Demand {
    /// The last index that these copies commit. A node without a row has no copy.
    #[must_use]
    pub fn committed(&self, copies: &[Copies]) -> Index {
        match self {
            Self::Each(demanded) => demanded.iter().map(|(node, kind)| reach(copies, *node, *kind)).min().unwrap_or(0),
            Self::AnyDurable(count) => {
                let holders = |index: Index| copies.iter().filter(|copy| copy.durable >= index).count();
                copies.iter().map(|copy| copy.durable).filter(|index| holders(*index) >= *count).max().unwrap_or(0)
            }
        }
    }

    /// The copies that an index still lacks: all of them must come, or any so many of them.
    #[must_use]
    pub fn lacking(&self, copies: &[Copies], index: Index) -> Lacking {
        match self {
            Self::Each(demanded) => {
                let missing: Vec<_> =
                    demanded.iter().copied().filter(|(node, kind)| reach(copies, *node, *kind) < index).collect();
                Lacking { count: missing.len(), candidates: missing }
            }
            Self::AnyDurable(count) => {
                let candidates: Vec<_> = copies
                    .iter()
                    .filter(|copy| copy.durable < index)
                    .map(|copy| (copy.node, CopyKind::Durable))
                    .collect();
                Lacking { count: count.saturating_sub(copies.len() - candidates.len()), candidates }
            }
        }
    }
}

/// What an entry waits for: `count` of the `candidates`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// How many copies are still to come.
    pub count: usize,
    /// Where they can come from.
    pub candidates: Vec<(NodeId, CopyKind)>,
}

fn reach(copies: &[Copies], node: NodeId, kind: CopyKind) -> Index {
    copies.iter().find(|copy| copy.node == node).map_or(0, |copy| match kind {
        CopyKind::Received => copy.received,
        CopyKind::Durable => copy.durable,
    })
}
