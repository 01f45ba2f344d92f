//! What a leader takes on at most.

use super::{Flow, Index, Micros};

/// A leader's limits: the operator's choice, the same on every node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many entries may wait to be committed. A request beyond that is refused: nothing is appended, nothing lost.
    pub bound: Index,
    /// How many entries one append carries at most, and how many requests that waited together are taken in together.
    pub batch: usize,
    /// What it keeps for its followers, and how much is on its way to them.
    pub flow: Flow,
    /// How far a follower may lag behind in time before the leader holds requests back for it; as far as it likes, if
    /// nothing is said.
    pub throttle: Option<Micros>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bound: 1000, batch: 64, flow: Flow::default(), throttle: None }
    }
}
