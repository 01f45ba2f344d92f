//! What a leader takes on at most.

use super::Index;

/// A leader's limits: the operator's choice, the same on every node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many entries may wait to be committed. A request beyond that is refused: nothing is appended, nothing lost.
    pub bound: Index,
    /// How many entries one append carries at most, and how many requests that waited together are taken in together.
    pub batch: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bound: 1000, batch: 64 }
    }
}
