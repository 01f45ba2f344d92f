//! What must never happen, whatever fails.

use std::fmt;

/// A property that the checker watches after every step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Invariant {
    /// No term ever has two leaders.
    OneLeaderPerTerm,
    /// Two logs that hold the same position hold the same entries up to it (Raft, figure 3).
    LogMatching,
    /// A new leader holds every committed entry (Raft, figure 3).
    LeaderCompleteness,
    /// No two nodes apply different commands at the same index (Raft's state machine safety).
    SameCommandApplied,
    /// A booking that was answered 201 is not lost.
    PromisesKept,
    /// No cabin is promised to two customers at once.
    NoDoubleBooking,
    /// A read with a token is answered from a state that holds the token's entry.
    TokenReadsHold,
    /// A linearizable read is answered from a state that holds everything that was committed when it began.
    LinearizableReadsFresh,
}

impl Invariant {
    /// Every invariant.
    pub const ALL: [Self; 8] = [
        Self::OneLeaderPerTerm,
        Self::LogMatching,
        Self::LeaderCompleteness,
        Self::SameCommandApplied,
        Self::PromisesKept,
        Self::NoDoubleBooking,
        Self::TokenReadsHold,
        Self::LinearizableReadsFresh,
    ];

    /// The name that scripts use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OneLeaderPerTerm => "one-leader-per-term",
            Self::LogMatching => "log-matching",
            Self::LeaderCompleteness => "leader-completeness",
            Self::SameCommandApplied => "same-command-applied",
            Self::PromisesKept => "promises-kept",
            Self::NoDoubleBooking => "no-double-booking",
            Self::TokenReadsHold => "token-reads-hold",
            Self::LinearizableReadsFresh => "linearizable-reads-fresh",
        }
    }
}

impl fmt::Display for Invariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
