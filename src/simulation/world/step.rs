//! What can happen to the world, one at a time.

use crate::replication::NodeId;
use crate::simulation::{Action, Due, Place};

/// One step of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Something that is due.
    Due(Due),
    /// Something that is done to the world.
    Act(Action),
    /// Without time: one follower hears from its leader, though there was nothing to say.
    Probe {
        /// Who speaks.
        leader: NodeId,
        /// Who hears.
        follower: NodeId,
    },
    /// Without time: a node has heard from no leader for too long, and stands for election.
    Stand(NodeId),
    /// Without time: a message gets lost.
    Lose(Due),
    /// Without time: a message will arrive once more.
    Duplicate(Due),
    /// Without time: a message lets all others on its way pass.
    Overtake(Due),
}

/// What will happen in its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occurrence {
    /// A message arrives.
    Message {
        /// From whom.
        from: Place,
        /// Where.
        to: Place,
    },
    /// A node's disk has finished.
    Written(NodeId),
    /// A promotion is out of time.
    Deadline,
}
