//! What a running node is doing.

use std::fmt;

/// What a running node takes itself to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// It stores what a leader sends.
    Follower,
    /// It has been asked to lead, and waits for the verdict on its new term.
    Candidate,
    /// It assigns indexes.
    Leader,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Follower, Self::Candidate, Self::Leader];

    /// The name that scripts use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Follower => "follower",
            Self::Candidate => "candidate",
            Self::Leader => "leader",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
