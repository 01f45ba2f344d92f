//! What a leader takes on at most.

use super::Index;

/// A leader's limits: the operator's choice, the same on every node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many entries may wait to be committed. A request beyond that is refused: nothing is appended, nothing lost.
    pub bound: Index,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bound: 1000 }
    }
}
