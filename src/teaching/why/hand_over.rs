//! What comes of asking to promote a node while the leader is there to hand over to it.

use crate::replication::{Index, NodeId};
use crate::simulation::World;
use std::fmt;

/// A planned change of leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// The leader.
    pub from: NodeId,
    /// The node that leads after it.
    pub to: NodeId,
    /// The first and the last entry that the leader has to send for it; nothing if the node's disk has them all.
    pub ships: Option<(Index, Index)>,
}

impl HandOver {
    /// What it would be now; nothing where nobody can hand over to this node.
    #[must_use]
    pub fn of(world: &World, to: NodeId) -> Option<Self> {
        let from = world.hands_over_to(to)?;
        let (held, last) = (world.agreed(to), world.leader()?.log().last().index);
        Some(Self { from, to, ships: (held < last).then_some((held + 1, last)) })
    }
}

/// As a sentence.
impl fmt::Display for HandOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to, ships } = self;
        write!(f, "Asked, {from} hands over: it takes no more requests, ")?;
        match ships {
            Some((first, last)) if first == last => write!(f, "ships {first} to {to}")?,
            Some((first, last)) => write!(f, "ships {first} through {last} to {to}")?,
            None => write!(f, "has nothing to ship to {to}")?,
        }
        write!(f, ", and only then does {to} lead. Nothing is lost.")
    }
}
