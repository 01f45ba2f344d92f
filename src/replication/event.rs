//! What happens inside a node, told with its reason.

use super::message::index_range;
use super::{
    CommitRule, Entry, Index, Message, Micros, NodeId, Position, Read, ReadWait, Request, RequestId, Term, VoteRefusal,
};
use std::fmt;
use std::sync::Arc;

/// One thing that happened inside a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Entries are in this node's memory.
    Appended {
        /// What.
        entries: Arc<[Entry]>,
        /// The leader that sent them; nobody, if this node assigned their indexes itself.
        from: Option<NodeId>,
    },
    /// Entries of another history had to give way.
    RolledBack {
        /// What.
        entries: Arc<[Entry]>,
        /// The leader whose log has something else there.
        leader: NodeId,
    },
    /// Everything up to here is on this node's disk.
    Durable {
        /// The last durable entry.
        last: Position,
    },
    /// The leader knows more of a follower.
    Progressed {
        /// Which follower.
        follower: NodeId,
        /// The last index in its memory.
        received: Index,
        /// The last index on its disk: the match index.
        durable: Index,
        /// The last index in its queryable state.
        applied: Index,
    },
    /// A follower's log ends or differs before the leader's next index.
    Backed {
        /// Which follower.
        follower: NodeId,
        /// The position that it lacks.
        lacks: Position,
        /// Where the leader looks next.
        next: Index,
    },
    /// A follower lacks what this leader's log cannot give it.
    NeedsSnapshot {
        /// Which follower.
        follower: NodeId,
        /// Why.
        because: SnapshotReason,
        /// The position that the leader's snapshot stands for.
        last: Position,
    },
    /// This node's log is a leader's snapshot now, in memory; on disk a moment later.
    Installed {
        /// What the snapshot stands for.
        last: Position,
        /// Whose it is.
        from: NodeId,
        /// What its own snapshot stood for, if that was of another history.
        dropped: Option<Position>,
    },
    /// The entries up to here are a snapshot now.
    Compacted {
        /// The last of them.
        through: Index,
    },
    /// The commit index moves.
    Committed {
        /// From the entry after this one.
        from: Index,
        /// Through this one.
        through: Index,
        /// Why.
        because: CommitReason,
    },
    /// Entries are in the queryable state.
    Applied {
        /// What.
        entries: Arc<[Entry]>,
    },
    /// The queryable state went back, for it held entries that were rolled back.
    Rebuilt {
        /// The last index that it holds now.
        through: Index,
    },
    /// A request is refused, or found to be carried out or under way already.
    Judged {
        /// Which request.
        request: RequestId,
        /// What came of it.
        judgement: Judgement,
    },
    /// A read waits.
    ReadWaits {
        /// Which.
        read: Read,
        /// For what.
        wait: ReadWait,
    },
    /// A message of an older term is turned away.
    TurnedAway {
        /// Whose.
        from: NodeId,
        /// What it said.
        message: Message,
        /// This node's term.
        ours: Term,
    },
    /// A newer term is known here; durable a moment later.
    AdoptedTerm {
        /// The term.
        term: Term,
        /// From whom it was heard; nobody, if the control plane handed it out.
        from: Option<NodeId>,
    },
    /// A follower lags further behind than allowed: the leader holds new requests back.
    Throttles {
        /// Which follower.
        follower: NodeId,
        /// How far behind it is.
        lag: Micros,
    },
    /// No follower lags too far behind: what was held back is taken in.
    ThrottlesNoMore,
    /// A follower has lost its disk: the leader counts nothing of it any more.
    FollowerLostDisk {
        /// Which follower.
        follower: NodeId,
        /// It counts again once it has everything up to here, and a majority without it has confirmed this leader.
        through: Index,
    },
    /// A follower that had lost its disk counts again.
    FollowerWhole {
        /// Which follower.
        follower: NodeId,
    },
    /// This node, which had lost its disk, may count and vote again.
    Whole {
        /// The leader who says so.
        leader: NodeId,
    },
    /// This node wants to be elected.
    Stands {
        /// In which term.
        term: Term,
        /// It only asks whether it would be.
        pre: bool,
        /// How many votes it takes, with its own, where a majority is not enough.
        votes: Option<usize>,
    },
    /// This node was asked for its vote.
    Voted {
        /// By whom.
        candidate: NodeId,
        /// It was only asked whether it would vote.
        pre: bool,
        /// Why it does not.
        refusal: Option<VoteRefusal>,
    },
    /// This node leads.
    BecameLeader,
    /// This node leads no more, or will not lead.
    SteppedDown {
        /// Why.
        because: StepDownReason,
    },
    /// This node stops accepting requests until another leads.
    HandingOver {
        /// Which other.
        to: NodeId,
    },
    /// Nobody has taken over: this node accepts requests again.
    CarriesOn,
    /// This leader answers nothing any more, until a majority acknowledges a heartbeat again.
    LeaseRanOut {
        /// When the lease ended; the node may notice later.
        at: Micros,
    },
    /// This leader may answer.
    LeaseHeld,
    /// This node commits by another rule.
    RuleInUse {
        /// The rule.
        rule: CommitRule,
    },
}

/// Why a commit index moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitReason {
    /// The rule counts enough copies.
    Rule(CommitRule),
    /// The leader said so.
    Told(NodeId),
}

/// Why a follower needs a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapshotReason {
    /// What it lacks is compacted.
    Compacted {
        /// The first entry that it lacks.
        next: Index,
    },
    /// Its own snapshot is of another history.
    Diverged,
}

/// What a leader makes of a request before it appends anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// The cabin is not to be had.
    Conflict(Request),
    /// It was carried out before: the same answer again.
    CarriedOut(Position),
    /// Its entry is in the log and waits to be committed.
    UnderWay(Position),
    /// This node takes no requests.
    NotLeader,
    /// This leader has no lease.
    NoLease,
    /// It waits until a follower lags less far behind.
    HeldBack {
        /// Which follower.
        follower: NodeId,
    },
    /// So many entries wait to be committed that the leader takes on no more.
    Overloaded {
        /// How many.
        uncommitted: Index,
    },
}

/// Why a node leads no more, or will not lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepDownReason {
    /// It heard of a newer term.
    NewerTerm {
        /// The newer term.
        theirs: Term,
        /// The term in which it led.
        ours: Term,
    },
    /// The control plane ordered it.
    Ordered,
    /// The verdict on its campaign was no.
    NotSafe,
    /// No majority has acknowledged it for too long.
    NoMajority {
        /// Since when.
        since: Micros,
    },
    /// Who names leaders was changed while it was a candidate.
    Reconfigured,
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Appended { entries, from: None } => write!(f, "appended {}", listed(entries)),
            Self::Appended { entries, from: Some(from) } => write!(f, "appended {} from {from}", listed(entries)),
            Self::RolledBack { entries, leader } => {
                write!(f, "rolled back {}: {leader} has another history", listed(entries))
            }
            Self::Durable { last } => write!(f, "durable through {last}"),
            Self::Progressed { follower, received, durable, applied } => {
                write!(f, "{follower} has received {received}, durable {durable}, applied {applied}")
            }
            Self::Backed { follower, lacks, next } => {
                write!(f, "{follower} lacks {lacks}: next index goes back to {next}")
            }
            Self::NeedsSnapshot { follower, because, last } => {
                write!(f, "{follower} needs a snapshot: ")?;
                match because {
                    SnapshotReason::Compacted { next } => write!(f, "it lacks {next}, and the log begins after {last}"),
                    SnapshotReason::Diverged => f.write_str("its own is of another history"),
                }
            }
            Self::Installed { last, from, dropped } => {
                write!(f, "installed the snapshot through {last} from {from}")?;
                dropped.map_or(Ok(()), |own| write!(f, " in place of its own through {own}, of another history"))
            }
            Self::Compacted { through } => write!(f, "compacted its log through {through}"),
            Self::Committed { through, because, .. } => match because {
                CommitReason::Rule(rule) => write!(f, "commit index {through} under {rule}"),
                CommitReason::Told(leader) => write!(f, "commit index {through}, told by {leader}"),
            },
            Self::Applied { entries } => write!(f, "applied {}", index_range(entries)),
            Self::Rebuilt { through } => write!(f, "rebuilt its state, which now ends at {through}"),
            Self::Judged { request, judgement } => write!(f, "{request}: {judgement}"),
            Self::ReadWaits { read, wait } => write!(f, "{} {wait}", read.id),
            Self::TurnedAway { from, message, ours } => {
                write!(f, "turned away {message} from {from}: term {} is older than {ours}", message.term())
            }
            Self::AdoptedTerm { term, from: Some(from) } => write!(f, "adopts term {term}, heard from {from}"),
            Self::AdoptedTerm { term, from: None } => write!(f, "adopts term {term}, handed out by the control plane"),
            Self::Throttles { follower, lag } => write!(f, "holds requests back: {follower} is {lag} behind"),
            Self::ThrottlesNoMore => f.write_str("takes requests in again: nobody is too far behind"),
            Self::FollowerLostDisk { follower, through } => {
                write!(f, "{follower} has lost its disk: it counts again once it holds everything through {through}")
            }
            Self::FollowerWhole { follower } => write!(f, "{follower} counts again"),
            Self::Whole { leader } => write!(f, "holds everything again, says {leader}: it counts and votes"),
            Self::Stands { term, pre, votes } => {
                match pre {
                    true => write!(f, "hears no leader, and asks who would elect it in term {term}")?,
                    false => write!(f, "stands for election in term {term}, and votes for itself")?,
                }
                votes.map_or(Ok(()), |votes| write!(f, "; it takes {votes} votes"))
            }
            Self::Voted { candidate, refusal: Some(refusal), .. } => {
                write!(f, "refuses its vote to {candidate}: {refusal}")
            }
            Self::Voted { candidate, pre: true, .. } => write!(f, "would vote for {candidate}"),
            Self::Voted { candidate, .. } => write!(f, "votes for {candidate}"),
            Self::BecameLeader => f.write_str("leads"),
            Self::SteppedDown { because } => write!(f, "steps down: {because}"),
            Self::HandingOver { to } => write!(f, "accepts no more requests, hands over to {to}"),
            Self::CarriesOn => f.write_str("accepts requests again: nobody has taken over"),
            Self::LeaseRanOut { at } => write!(f, "answers nothing more: its lease ended at {at}"),
            Self::LeaseHeld => f.write_str("holds the lease: it answers from now on"),
            Self::RuleInUse { rule } => write!(f, "commits by {rule} from now on"),
        }
    }
}

impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict(request) => write!(f, "cannot {request}, nothing appended"),
            Self::CarriedOut(position) => write!(f, "was carried out at {position} before"),
            Self::UnderWay(position) => write!(f, "is under way at {position}"),
            Self::NotLeader => f.write_str("refused, this node does not lead; nothing appended"),
            Self::NoLease => f.write_str("refused, this leader has no lease; nothing appended"),
            Self::HeldBack { follower } => write!(f, "held back until {follower} has caught up"),
            Self::Overloaded { uncommitted } => {
                write!(f, "refused, {uncommitted} entries wait to be committed; nothing appended")
            }
        }
    }
}

impl fmt::Display for StepDownReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NewerTerm { theirs, ours } => write!(f, "term {theirs} is newer than {ours}"),
            Self::Ordered => f.write_str("the control plane ordered it"),
            Self::NoMajority { since } => write!(f, "no majority has acknowledged it since {since}"),
            Self::Reconfigured => f.write_str("who names leaders has been changed"),
            Self::NotSafe => f.write_str("the control plane found its promotion unsafe"),
        }
    }
}

/// `27:981244 reserve C14 for 5521`, or a range of positions.
fn listed(entries: &[Entry]) -> String {
    match entries {
        [only] => format!("{} {}", only.position(), only.command),
        [first, .., last] => format!("{} to {}", first.position(), last.position()),
        [] => "nothing".to_owned(),
    }
}
