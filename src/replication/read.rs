//! Reads: what a customer may ask of a node's queryable state, and how sure the answer is to be.
//!
//! | read | answers | guarantees |
//! | --- | --- | --- |
//! | local | at once, from whatever is applied | nothing |
//! | leader | at once, if this node believes that it leads | nothing if that belief is out of date |
//! | linearizable | once a round of messages has confirmed that it leads | every write that was answered before the read began |
//! | token | once the entry of the token is applied | that one entry, and all before it |
//! | bounded | at once, if what it knows is young enough | everything that was committed up to so long ago |
//!
//! # Whose word confirms a leader
//!
//! A linearizable read must not miss a write that a newer leader has answered. Let the read arrive at a leader of term T
//! at some moment. The leader starts a *round*: it sends every follower an append with the number of the round, and each
//! acknowledgement repeats the highest number received. A follower that acknowledges had not adopted a newer term when
//! it received the append, and so not at that moment either. Let Q be the leader and the followers that acknowledged.
//! A newer leader that was in office by that moment was granted it on the word of nodes that had adopted its term; none
//! of them is in Q. So it is enough that Q meets every set of nodes on whose word a newer leader can be granted office:
//!
//! - The control plane grants a promotion when the nodes that adopted the term *meet* the copies that the commit rule
//!   demands ([`judge`](super::judge)). Where the rule names its copies, a single one of them is enough: the newer
//!   leader might need no other for its own commits, for the operator can change the rule. So Q must hold **all the copies
//!   that the rule demands**. Where it counts `k` of `n` disks, `n - k + 1` nodes are enough to be granted office, and `k`
//!   meet every such set: again what the rule demands.
//! - A rule that the leader does not know of yet changes nothing: until the leader has confirmed the change, both the old
//!   rule and the new one must be met, and the leader's own rule is one of the two.
//! - An election needs a majority of votes, so Q must hold **a majority** too. It is asked for always, not only where
//!   elections are on: that costs nothing under the safe rules, and under the others a leader that is cut off cannot
//!   confirm itself, even after a forced promotion, as long as that reached a majority.
//!
//! A promotion that was forced and reached no majority is beyond this argument, as it is beyond a lease's. So is a
//! cluster with terms off: there an acknowledgement says nothing of newer terms.
//!
//! A leader may have taken over entries that it does not know to be committed. It answers leader and linearizable reads
//! only once it has committed an entry of its own term, which proves all before it (Raft, section 8).
//!
//! # How old is what a node knows
//!
//! A leader whose round was confirmed led when it sent that round: everything committed anywhere by then, it had
//! committed. Each append says as of when that is so ([`Append::as_of`](super::Append)); a follower that has applied the
//! commit index of the append knows everything that was committed up to that moment. So a follower's bound holds even
//! if its leader has been replaced without knowing it; the price is that the age includes the time a round takes.

use super::{Cabin, CustomerId, Index, Micros, Position, Round, Term, print_duration};
use std::fmt;

/// The customer's number for a read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReadId(pub u32);

/// How sure the answer to a read is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Consistency {
    /// Whatever the node has.
    Local,
    /// From a node that believes that it leads.
    Leader,
    /// From a node whose leadership a round has confirmed.
    Linearizable,
    /// From a node that has applied this entry.
    Token(Position),
    /// From a node that knows everything that was committed up to so long ago.
    Bounded(Micros),
}

/// A read, as the gateway hands it to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Read {
    /// The customer's number for it.
    pub id: ReadId,
    /// About which cabin.
    pub cabin: Cabin,
    /// How sure the answer is to be.
    pub consistency: Consistency,
}

/// What comes of a read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReadAnswer {
    /// What the node's queryable state says.
    Seen {
        /// Who has the cabin.
        holder: Option<CustomerId>,
        /// The last entry in that state.
        applied: Position,
    },
    /// Nothing was read.
    Refused(ReadRefusal),
}

/// Why a read is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReadRefusal {
    /// The node does not lead.
    NotLeader,
    /// The node leads, but has committed nothing of its own term: it cannot tell which older entries are committed.
    NotEstablished {
        /// Its term.
        term: Term,
    },
    /// The node leads, but has no lease.
    NoLease,
    /// The gateway knows a leader of a newer term, and refuses what an older one says. The gateway's word, never a node's.
    OlderTerm {
        /// The node's term.
        theirs: Term,
        /// The newer one.
        ours: Term,
    },
    /// The node stopped leading before its leadership was confirmed.
    LeadsNoMore,
    /// Where the token points, the node has applied another entry.
    RolledBack {
        /// What it has there.
        holds: Position,
    },
    /// What the node knows is too old.
    TooOld {
        /// How old; nothing if it cannot tell.
        age: Option<Micros>,
    },
    /// No answer came in time. The customer's own word, never a node's.
    Unanswered,
}

/// What a read waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReadWait {
    /// For the acknowledgements of a round.
    Round(Round),
    /// For an entry to be applied here.
    Applied {
        /// The entry's index.
        index: Index,
        /// The last index that is applied so far.
        applied: Index,
    },
}

impl fmt::Display for ReadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "q{}", self.0)
    }
}

impl fmt::Display for Consistency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Local => f.write_str("local"),
            Self::Leader => f.write_str("leader"),
            Self::Linearizable => f.write_str("linearizable"),
            Self::Token(position) => write!(f, "token {position}"),
            Self::Bounded(span) => write!(f, "bounded {}", print_duration(*span)),
        }
    }
}

impl fmt::Display for Read {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "read {} {}", self.cabin, self.consistency)
    }
}

impl fmt::Display for ReadAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seen { holder: Some(holder), applied } => write!(f, "taken by {holder}, as of {applied}"),
            Self::Seen { holder: None, applied } => write!(f, "free, as of {applied}"),
            Self::Refused(refusal) => write!(f, "refused: {refusal}"),
        }
    }
}

impl fmt::Display for ReadRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotLeader => f.write_str("not the leader"),
            Self::NotEstablished { term } => write!(f, "nothing of term {term} is committed yet"),
            Self::NoLease => f.write_str("this leader has no lease"),
            Self::OlderTerm { theirs, ours } => {
                write!(f, "the gateway knows term {ours}, which is newer than {theirs}")
            }
            Self::LeadsNoMore => f.write_str("leads no more"),
            Self::RolledBack { holds } => write!(f, "rolled back, {holds} is in its place"),
            Self::TooOld { age: Some(age) } => write!(f, "what it knows is {} old", print_duration(*age)),
            Self::TooOld { age: None } => f.write_str("it cannot tell how old its knowledge is"),
            Self::Unanswered => f.write_str("no answer in time"),
        }
    }
}

impl fmt::Display for ReadWait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Round(_) => f.write_str("waits until the copies confirm that this node leads"),
            Self::Applied { index, applied } => write!(f, "waits for {index}, applied so far {applied}"),
        }
    }
}
