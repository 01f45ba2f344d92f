//! What must never happen, whatever fails, and what exactly did when it happened.

use crate::replication::{NodeId, NodeSet, Position, Read, Request, Term};
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

/// What must never happen, and did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// What.
    pub invariant: Invariant,
    /// What exactly.
    pub detail: Detail,
}

/// What exactly went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Two leaders of one term.
    Leaders {
        /// The term.
        term: Term,
        /// Both.
        nodes: NodeSet,
    },
    /// The same position stands for different entries, or follows different ones.
    Entries {
        /// Where.
        position: Position,
        /// On which node it was noticed.
        node: NodeId,
    },
    /// A new leader lacks a committed entry.
    Missing {
        /// The leader.
        leader: NodeId,
        /// The entry.
        position: Position,
    },
    /// Different commands were applied at one index.
    Applied {
        /// What a node applied before.
        before: Position,
        /// What another applies there now.
        now: Position,
        /// Which other.
        node: NodeId,
    },
    /// A promise is lost.
    Promise {
        /// The request that was answered 201.
        request: Request,
        /// The entry that is gone.
        position: Position,
        /// Who promised.
        by: NodeId,
        /// The leader whose log does not hold it.
        leader: NodeId,
        /// Its term.
        term: Term,
    },
    /// A read was answered from a state that lacks what it must hold.
    Read {
        /// Which.
        read: Read,
        /// Who answered.
        by: NodeId,
        /// The last entry in the state that was read.
        applied: Position,
        /// What it lacks.
        lacking: Position,
    },
    /// A cabin is promised twice.
    Twice {
        /// The earlier promise.
        earlier: Request,
        /// The later one.
        later: Request,
    },
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.invariant)?;
        match &self.detail {
            Detail::Leaders { term, nodes } => write!(f, "term {term} has two leaders, {nodes}"),
            Detail::Entries { position, node } => {
                write!(f, "{position} on {node} is not the entry that another node has under that position")
            }
            Detail::Missing { leader, position } => {
                write!(f, "{leader} leads without the committed entry {position}")
            }
            Detail::Applied { before, now, node } => {
                write!(f, "{node} applied {now} where another node had applied {before}")
            }
            Detail::Promise { request, position, by, leader, term } => write!(
                f,
                "{} ({request}) was answered 201 by {by} at {position}, and {leader}, the leader of term {term}, does not hold it",
                request.id
            ),
            Detail::Read { read, by, applied, lacking } => {
                write!(f, "{} ({read}) was answered by {by} from {applied}, which does not hold {lacking}", read.id)
            }
            Detail::Twice { earlier, later } => write!(
                f,
                "{} is promised to {} ({}) and to {} ({})",
                later.cabin, earlier.customer, earlier.id, later.customer, later.id
            ),
        }
    }
}
