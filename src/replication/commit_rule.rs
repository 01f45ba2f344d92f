//! When is an entry committed? Pure arithmetic over what each node is known to hold.

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
