//! What nodes say to each other, and what passes between a node and the control plane or the gateway.

use super::{Chunk, CommitRule, Entry, Index, Micros, NodeId, NodeSet, Position, Term};
use std::fmt;
use std::sync::Arc;

/// From node to node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Message {
    /// A leader's entries for a follower; without entries a heartbeat, which may carry commit news.
    Append(Append),
    /// A follower's report of what it holds of this leader's log.
    Acknowledge(Acknowledge),
    /// The follower's log does not hold the entry before those that were sent.
    Reject {
        /// The term of the refused append.
        term: Term,
        /// The position that the follower lacks.
        previous: Position,
        /// The last position at which the logs may agree; nothing if the sender's snapshot stands for another history,
        /// so that it needs the leader's.
        hint: Option<Position>,
    },
    /// A piece of the leader's snapshot.
    Chunk(Chunk),
    /// What a follower has of a snapshot by now.
    ChunksReceived {
        /// The term of the leader.
        term: Term,
        /// What the snapshot stands for.
        last: Position,
        /// How many chunks there are, in order from the first.
        chunks: u32,
        /// Of how many.
        of: u32,
    },
    /// The receiver of an older term's message has moved on to this one.
    NewerTerm {
        /// The newer term.
        term: Term,
    },
    /// A node that has been asked to lead asks every other to adopt its term.
    Adopt {
        /// The new term.
        term: Term,
    },
    /// A candidate asks for a vote.
    AskVote(AskVote),
    /// The answer to it. A vote is on the voter's disk.
    Vote {
        /// The term of the question.
        term: Term,
        /// It is only the word that there would be a vote.
        pre: bool,
        /// Why there is none; nothing if there is.
        refusal: Option<VoteRefusal>,
    },
    /// A follower that gets an append has lost its disk: what it acknowledged earlier is void.
    LostDisk {
        /// The leader's term.
        term: Term,
        /// The round of the append.
        round: Round,
        /// The last index that is on its disk by now.
        durable: Index,
    },
    /// A follower that had lost its disk holds everything again.
    Whole {
        /// The leader's term.
        term: Term,
    },
    /// The new term is durable at the sender, which acknowledges no older leader any more.
    Adopted {
        /// The new term.
        term: Term,
        /// What the sender holds.
        report: Report,
    },
}

/// A candidate's request for a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AskVote {
    /// The term in which the candidate stands; while it only asks whether it would be elected, the term before.
    pub term: Term,
    /// What its log ends with.
    pub last: Position,
    /// It only asks whether it would be elected.
    pub pre: bool,
}

/// Why a node does not vote for a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VoteRefusal {
    /// It hears a leader.
    HearsLeader(NodeId),
    /// Its own log is more up to date.
    Behind {
        /// What the candidate's log ends with.
        theirs: Position,
        /// What its own ends with.
        ours: Position,
    },
    /// It voted for another in this term.
    VotedFor(NodeId),
    /// It has lost its disk, and cannot tell what it promised.
    LostDisk,
}

/// A leader's entries for a follower.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Append {
    /// The leader's term.
    pub term: Term,
    /// The position just before the entries: the follower must hold it.
    pub previous: Position,
    /// The entries; none in a heartbeat.
    pub entries: Arc<[Entry]>,
    /// The leader's commit index.
    pub commit: Index,
    /// Entries are to be reported once they are in memory, and not only when they are on disk.
    pub report: bool,
    /// The leader's newest round: the acknowledgement repeats it.
    pub round: Round,
    /// Everything that was committed anywhere up to this moment is below `commit`; nothing if the leader cannot tell.
    pub as_of: Option<Micros>,
}

/// A leader's round of messages, by which it learns that it still leads: the acknowledgement of a round was sent after
/// the round began. It is the leader's clock at that moment, made larger than any before, so a confirmed round also says
/// up to when the leader led.
pub type Round = u64;

/// A follower's report. No position passes the last index that was checked against this leader's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Acknowledge {
    /// The leader's term.
    pub term: Term,
    /// The last index in memory.
    pub received: Index,
    /// The last index on disk.
    pub durable: Index,
    /// The last index in the queryable state.
    pub applied: Index,
    /// The round of the append that is acknowledged.
    pub round: Round,
}

/// What a node holds, as it tells the control plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Report {
    /// Which node.
    pub node: NodeId,
    /// Its last entry; durable when the report arrives.
    pub last: Position,
    /// The last index that it knows to be committed.
    pub commit: Index,
    /// How often it has started: a copy in memory does not outlive a start.
    pub starts: u32,
    /// It has lost its disk, and cannot tell what it once held.
    pub lost_disk: bool,
}

/// From the control plane to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// Adopt this term, ask every other node to adopt it, and pass on what they report.
    Campaign {
        /// The new term.
        term: Term,
    },
    /// The verdict on a campaign: lead.
    Lead {
        /// The term of the campaign.
        term: Term,
        /// The commit rule.
        rule: CommitRule,
        /// The synchronous set.
        sync: NodeSet,
    },
    /// The verdict on a campaign: do not lead.
    StandDown {
        /// The term of the campaign.
        term: Term,
    },
    /// Commit by this rule from now on.
    UseRule {
        /// Which change this is.
        change: u32,
        /// The commit rule.
        rule: CommitRule,
        /// The synchronous set.
        sync: NodeSet,
    },
    /// Stop accepting requests, and say when `to` holds the whole log.
    HandOver {
        /// The coming leader.
        to: NodeId,
    },
    /// Stand for election.
    Stand,
    /// Stop leading.
    StepDown,
}

/// From a node to the control plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Notice {
    /// A node has durably adopted the term of a campaign.
    Adopted {
        /// The term.
        term: Term,
        /// What that node holds.
        report: Report,
    },
    /// A leader commits by a new rule.
    RuleInUse {
        /// Which change.
        change: u32,
        /// The leader's commit index when it changed over.
        commit: Index,
        /// The last index that it had appended by then.
        last: Index,
    },
    /// A leader was elected, and commits by the rule that it was configured with.
    Elected {
        /// Who.
        node: NodeId,
        /// In which term.
        term: Term,
    },
    /// The coming leader holds the whole log.
    HandedOver {
        /// Who.
        to: NodeId,
    },
}

impl Message {
    /// The term that the message speaks for.
    #[must_use]
    pub fn term(&self) -> Term {
        match self {
            Self::Append(append) => append.term,
            Self::Acknowledge(acknowledge) => acknowledge.term,
            Self::Chunk(chunk) => chunk.term,
            Self::AskVote(ask) => ask.term,
            Self::Reject { term, .. }
            | Self::ChunksReceived { term, .. }
            | Self::NewerTerm { term }
            | Self::Adopt { term }
            | Self::LostDisk { term, .. }
            | Self::Whole { term }
            | Self::Vote { term, .. }
            | Self::Adopted { term, .. } => *term,
        }
    }
}

/// `981244` or `981244 to 981250`.
pub(crate) fn index_range(entries: &[Entry]) -> String {
    match (entries.first(), entries.last()) {
        (Some(first), Some(last)) if first.index != last.index => format!("{} to {}", first.index, last.index),
        (Some(only), _) => only.index.to_string(),
        _ => "nothing".to_owned(),
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Append(append) if append.entries.is_empty() => write!(f, "heartbeat, commit index {}", append.commit),
            Self::Append(append) => {
                write!(f, "append {} after {}", index_range(&append.entries), append.previous)?;
                write!(f, ", commit index {}", append.commit)
            }
            Self::Acknowledge(ack) => {
                write!(f, "acknowledge: received {}, durable {}, applied {}", ack.received, ack.durable, ack.applied)
            }
            Self::Reject { previous, hint: Some(hint), .. } => {
                write!(f, "reject: {previous} is not in my log, try after {}", hint.index)
            }
            Self::Reject { previous, hint: None, .. } => {
                write!(f, "reject: {previous} is not in my log, whose snapshot is of another history")
            }
            Self::Chunk(chunk) => {
                write!(f, "snapshot through {}, chunk {} of {}", chunk.head.last, chunk.number, chunk.of)
            }
            Self::ChunksReceived { last, chunks, of, .. } => {
                write!(f, "has {chunks} of {of} chunks of the snapshot through {last}")
            }
            Self::NewerTerm { term } => write!(f, "refuse: this is term {term}"),
            Self::Adopt { term } => write!(f, "adopt term {term}"),
            Self::AskVote(AskVote { term, last, pre: false }) => {
                write!(f, "vote for me in term {term}: my log ends with {last}")
            }
            Self::AskVote(AskVote { last, .. }) => write!(f, "would you vote for me? My log ends with {last}"),
            Self::LostDisk { .. } => f.write_str("I have lost my disk"),
            Self::Whole { .. } => f.write_str("you hold everything again"),
            Self::Vote { refusal: Some(refusal), .. } => write!(f, "no vote: {refusal}"),
            Self::Vote { pre: true, .. } => f.write_str("I would vote for you"),
            Self::Vote { term, .. } => write!(f, "my vote in term {term}"),
            Self::Adopted { term, report } => write!(f, "adopted term {term}: last durable {}", report.last),
        }
    }
}

impl fmt::Display for VoteRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HearsLeader(leader) => write!(f, "{leader} leads"),
            Self::Behind { theirs, ours } => write!(f, "its log ends with {theirs}, behind {ours}"),
            Self::LostDisk => f.write_str("it has lost its disk, and cannot tell what it promised"),
            Self::VotedFor(other) => write!(f, "the vote of this term went to {other}"),
        }
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Campaign { term } => write!(f, "campaign for term {term}"),
            Self::Lead { term, rule, sync } => write!(f, "lead term {term} under {rule}, synchronous set {sync}"),
            Self::StandDown { term } => write!(f, "do not lead term {term}"),
            Self::UseRule { rule, sync, .. } => write!(f, "commit by {rule}, synchronous set {sync}"),
            Self::HandOver { to } => write!(f, "hand over to {to}"),
            Self::Stand => f.write_str("stand for election"),
            Self::StepDown => f.write_str("step down"),
        }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Adopted { term, report } => {
                write!(f, "{} adopted term {term}, last durable {}", report.node, report.last)
            }
            Self::RuleInUse { commit, last, .. } => {
                write!(f, "new rule in use from {commit}, the old one held through {last}")
            }
            Self::Elected { node, term } => write!(f, "{node} was elected in term {term}"),
            Self::HandedOver { to } => write!(f, "{to} holds the whole log"),
        }
    }
}
