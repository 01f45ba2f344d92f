//! What keeps a node from taking a request, or from answering one that it has carried out.

use crate::replication::NodeId;
use std::fmt;

/// What keeps a node from taking or answering a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It is down.
    Down,
    /// It is frozen.
    Paused,
    /// Nothing passes between the gateway and it.
    OutOfReach,
    /// It does not lead.
    NotLeader,
    /// It hands over to another.
    HandsOver(NodeId),
    /// As a leader, it has no lease.
    NoLease,
    /// It holds requests back until this follower has caught up.
    HoldsBack(NodeId),
    /// The commit rule wants word from this follower that the entry is applied.
    NotApplied(NodeId),
}

/// As the end of a sentence about the node.
impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Down => f.write_str("is down"),
            Self::Paused => f.write_str("is paused"),
            Self::OutOfReach => f.write_str("cannot be reached"),
            Self::NotLeader => f.write_str("does not lead"),
            Self::HandsOver(to) => write!(f, "hands over to {to}"),
            Self::NoLease => f.write_str("has no lease"),
            Self::HoldsBack(follower) => write!(f, "holds requests back until {follower} has caught up"),
            Self::NotApplied(follower) => write!(f, "waits for word from {follower} that it is applied"),
        }
    }
}
