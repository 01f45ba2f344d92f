//! What can be found: each answer with the positions that decide it, and the sentence that says it.

use crate::replication::{
    Cabin, CommitRule, CopyKind, CustomerId, Index, Judgement, Lacking, NodeId, NodeSet, Objection, Position, ReadId,
    ReadRefusal, ReadWait, SnapshotReason, StepDownReason, Term, Verdict,
};
use crate::simulation::ReadVerdict;
use std::fmt;
use std::sync::Arc;

/// Why something stands as it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The customer heard 201, and the leader that decides holds the entry.
    Kept {
        /// The entry.
        position: Position,
        /// That leader.
        leader: NodeId,
        /// Its term.
        term: Term,
    },
    /// The customer heard 201; the leader that decides is down.
    LeaderDown {
        /// The entry.
        position: Position,
        /// That leader.
        leader: NodeId,
        /// Its term.
        term: Term,
        /// Who holds a copy.
        holders: NodeSet,
    },
    /// The customer heard 201, and the leader that decides does not hold the entry.
    Lost {
        /// The entry.
        position: Position,
        /// Who promised.
        by: NodeId,
        /// That leader.
        leader: NodeId,
        /// Its term.
        term: Term,
    },
    /// The request was refused: the cabin is not to be had.
    Conflict {
        /// The cabin.
        cabin: Cabin,
        /// Who holds it, or is about to.
        holder: Option<CustomerId>,
    },
    /// The request was refused by every node that got it.
    Unavailable {
        /// What the last of them made of it, where one looks back.
        judged: Option<(NodeId, Judgement)>,
    },
    /// No answer came in time.
    InDoubt {
        /// The entry, and who holds it; nothing if no node does.
        entry: Option<(Position, NodeSet)>,
        /// How that entry stands.
        now: Option<Box<Finding>>,
    },
    /// A node that was to take it has not answered, and nothing of it is under way any more.
    GoneAstray,
    /// No node has appended it yet.
    OnItsWay {
        /// The node that the gateway hands it to, and what keeps that one from taking it; nothing if it is about to.
        obstacle: Option<(NodeId, Obstacle)>,
    },
    /// An entry waits for copies.
    Waiting {
        /// Its index.
        index: Index,
        /// The leader that counts them.
        leader: NodeId,
        /// Its rule.
        rule: CommitRule,
        /// What it has not heard of.
        lacking: Lacking,
        /// Who of them has lost its disk, and does not count.
        lost: NodeSet,
    },
    /// An entry has its copies, but is of an older term (Raft, section 5.4.2).
    OlderTerm {
        /// Its index.
        index: Index,
    },
    /// The entry is in a log, and committed or about to be; the answer is still to come.
    AnswerToCome {
        /// The entry.
        position: Position,
        /// The leader, and what keeps it from answering; nothing if the answer is under way.
        obstacle: Option<(NodeId, Obstacle)>,
    },
    /// The leader has committed the entry.
    Committed {
        /// The entry.
        position: Position,
        /// The leader.
        leader: NodeId,
        /// Its commit index.
        commit: Index,
    },
    /// Nobody leads who could count the entry's copies.
    NoLeader {
        /// The entry.
        position: Position,
        /// Who holds a copy.
        holders: NodeSet,
    },
    /// Some logs hold the entry, the leader's does not: there it will give way.
    Divergent {
        /// The entry.
        position: Position,
        /// Who holds a copy.
        holders: NodeSet,
        /// The leader.
        leader: NodeId,
        /// What the leader has at that index, if anything.
        instead: Option<Position>,
    },
    /// Every node that held the entry had to give it up.
    RolledBack {
        /// The entry.
        position: Position,
        /// Who gave it up.
        nodes: NodeSet,
        /// The leader that decides.
        leader: NodeId,
        /// What that leader has at that index instead, if anything.
        instead: Option<Position>,
    },
    /// No node holds the entry any more, nor gave it up for another.
    NoCopy {
        /// The entry.
        position: Position,
    },
    /// Whether promoting a node is provably safe.
    Promotion {
        /// The control plane's verdict on present positions.
        verdict: Verdict,
        /// The node leads already.
        leads: bool,
    },
    /// A read was answered, and this is how the answer stands.
    Read {
        /// Which read.
        read: ReadId,
        /// The verdict.
        verdict: Arc<ReadVerdict>,
    },
    /// A read was refused.
    ReadRefused {
        /// Of whom it was asked, if the gateway passed it on at all.
        node: Option<NodeId>,
        /// Why.
        refusal: ReadRefusal,
        /// What it still waits for there.
        wait: Option<ReadWait>,
    },
    /// A read, or its answer, is under way.
    ReadUnderWay {
        /// To which node, if the gateway has passed it on.
        node: Option<NodeId>,
    },
    /// A read waits at a node.
    ReadWaits {
        /// Where.
        node: NodeId,
        /// For what.
        wait: ReadWait,
    },
    /// A node leads no more.
    SteppedDown {
        /// Which.
        node: NodeId,
        /// Why.
        because: StepDownReason,
    },
    /// A node led until it went down.
    WentDown {
        /// Which.
        node: NodeId,
    },
    /// A follower needs a snapshot.
    NeedsSnapshot {
        /// Which.
        follower: NodeId,
        /// Whose follower.
        leader: NodeId,
        /// Why.
        because: SnapshotReason,
        /// What the leader's snapshot stood for when that was found out.
        last: Position,
        /// How many chunks the follower has, and of how many; nothing while none is sent.
        arrived: Option<(u32, u32)>,
    },
}

/// What keeps a node from taking or answering a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It is down.
    Down,
    /// It is frozen.
    Paused,
    /// Nothing passes between the gateway and it.
    OutOfReach,
    /// It does not lead.
    NotLeader,
    /// It hands over to another.
    HandsOver(NodeId),
    /// As a leader, it has no lease.
    NoLease,
    /// It holds requests back until this follower has caught up.
    HoldsBack(NodeId),
    /// The commit rule wants word from this follower that the entry is applied.
    NotApplied(NodeId),
}

/// As the end of a sentence about the node.
impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Down => f.write_str("is down"),
            Self::Paused => f.write_str("is paused"),
            Self::OutOfReach => f.write_str("cannot be reached"),
            Self::NotLeader => f.write_str("does not lead"),
            Self::HandsOver(to) => write!(f, "hands over to {to}"),
            Self::NoLease => f.write_str("has no lease"),
            Self::HoldsBack(follower) => write!(f, "holds requests back until {follower} has caught up"),
            Self::NotApplied(follower) => write!(f, "waits for word from {follower} that it is applied"),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kept { position, leader, term } => {
                write!(f, "{leader}, the leader of term {term}, holds {position}.")
            }
            Self::LeaderDown { position, leader, term, holders } => write!(
                f,
                "{leader}, the leader of term {term}, went down; a copy of {position} is on {}.",
                named(*holders)
            ),
            Self::Lost { position, by, leader, .. } if by == leader => {
                write!(f, "{by} promised {position}, and does not hold it any more.")
            }
            Self::Lost { position, by, leader, term } => {
                write!(f, "{by} promised {position}, but {leader}, the leader of term {term}, does not hold it.")
            }
            Self::Conflict { cabin, holder: Some(holder) } => {
                write!(f, "{cabin} is held by {holder}; nothing was appended.")
            }
            Self::Conflict { cabin, holder: None } => {
                write!(f, "{cabin} is not this customer's to release; nothing was appended.")
            }
            Self::Unavailable { judged: Some((node, judgement)) } => write!(f, "{node}: {judgement}."),
            Self::Unavailable { judged: None } => f.write_str(
                "No leader took it on: there was none in time, or it had too much to do. Nothing was appended.",
            ),
            Self::InDoubt { entry, now } => {
                match entry {
                    Some((position, holders)) => {
                        write!(f, "No answer came in time; its entry {position} is on {}.", named(*holders))?;
                    }
                    None => f.write_str("No answer came in time, and its entry is on no node.")?,
                }
                now.iter().try_for_each(|now| write!(f, " {now}"))
            }
            Self::GoneAstray => {
                f.write_str("It was lost on its way, or the answer to it; the customer waits until the time is up.")
            }
            Self::OnItsWay { obstacle: None } => f.write_str("It is on its way; no node has appended it yet."),
            Self::OnItsWay { obstacle: Some((node, obstacle)) } => {
                write!(f, "No node has appended it yet: {node} {obstacle}.")
            }
            Self::Waiting { index, leader, rule, lacking, lost } => {
                write!(f, "{index} is not committed: {rule} waits for ")?;
                copies(f, *leader, lacking)?;
                if lost.is_empty() {
                    return Ok(());
                }
                write!(
                    f,
                    " What was on {} is lost: no copy there counts before a leader has caught it up.",
                    named(*lost)
                )
            }
            Self::OlderTerm { index } => {
                write!(f, "{index} has its copies, but is of an older term: it commits with the first of this term.")
            }
            Self::AnswerToCome { position, obstacle: None } => {
                write!(f, "Its entry {position} is in a log; the answer is still to come.")
            }
            Self::AnswerToCome { position, obstacle: Some((leader, obstacle)) } => {
                write!(f, "Its entry {position} is committed, and no answer has come: {leader} {obstacle}.")
            }
            Self::NoCopy { position } => write!(f, "No node holds {position} any more."),
            Self::Committed { position, leader, commit } => {
                write!(f, "{leader} leads, holds {position}, and has committed everything through {commit}.")
            }
            Self::NoLeader { position, holders } => {
                write!(f, "Nobody leads who could count the copies of {position}; it is on {}.", named(*holders))
            }
            Self::Divergent { position, holders, leader, instead } => {
                write!(f, "{position} is on {} alone: {leader} leads, and ", named(*holders))?;
                has_instead(f, position.index, *instead)
            }
            Self::RolledBack { position, nodes, leader, instead } => {
                write!(f, "{position} was rolled back on {}: {leader} leads, and ", named(*nodes))?;
                has_instead(f, position.index, *instead)
            }
            Self::Promotion { verdict, leads: true, .. } => write!(f, "{} leads already.", verdict.candidate),
            Self::Promotion { verdict, .. } => promotion(f, verdict),
            Self::Read { read, verdict } => write!(f, "{read} is {verdict}."),
            Self::ReadRefused { node: Some(node), refusal, wait: None } => write!(f, "{node}: {refusal}."),
            Self::ReadRefused { node: Some(node), refusal, wait: Some(wait) } => {
                write!(f, "{node}: {refusal}; it still {wait}.")
            }
            Self::ReadRefused { node: None, refusal, .. } => write!(f, "No node was asked: {refusal}."),
            Self::ReadUnderWay { node } => {
                write!(f, "It is on its way to {}.", node.map_or("the gateway", NodeId::name))
            }
            Self::ReadWaits { node, wait } => write!(f, "{node} {wait}."),
            Self::NeedsSnapshot { follower, leader, because, last, arrived } => {
                match because {
                    SnapshotReason::Compacted { next } => {
                        write!(f, "{follower} lacks {next}, and the log of {leader} begins after {last}: ")?;
                    }
                    SnapshotReason::Diverged => {
                        write!(f, "The snapshot of {follower} is of another history than that of {leader}: ")?;
                    }
                }
                match arrived {
                    Some((has, of)) => write!(f, "it has {has} of {of} chunks."),
                    None => f.write_str("none is sent, for nothing is heard of it."),
                }
            }
            Self::WentDown { node } => write!(f, "{node} leads no more: it went down."),
            Self::SteppedDown { node, because } => write!(f, "{node} leads no more: {because}."),
        }
    }
}

fn has_instead(f: &mut fmt::Formatter<'_>, index: Index, instead: Option<Position>) -> fmt::Result {
    match instead {
        Some(other) => write!(f, "its history has {other} there."),
        None => write!(f, "its history ends before {index}."),
    }
}

fn copies(f: &mut fmt::Formatter<'_>, leader: NodeId, lacking: &Lacking) -> fmt::Result {
    let joiner = if lacking.count == lacking.candidates.len() { " and " } else { " or " };
    for (place, (holder, kind)) in lacking.candidates.iter().enumerate() {
        if place > 0 {
            f.write_str(joiner)?;
        }
        match kind {
            CopyKind::Durable if *holder == leader => write!(f, "{holder}'s own disk")?,
            CopyKind::Durable => write!(f, "word from {holder} that it is on disk")?,
            CopyKind::Received => write!(f, "word from {holder} that it is in memory")?,
        }
    }
    f.write_str(".")
}

fn promotion(f: &mut fmt::Formatter<'_>, verdict: &Verdict) -> fmt::Result {
    match (verdict.is_safe(), verdict.last) {
        _ if verdict.objections == [Objection::LostDisk] => {
            write!(
                f,
                "{} has lost its disk: nobody can promote it before a leader has caught it up.",
                verdict.candidate
            )
        }
        (true, Some(last)) => write!(
            f,
            "Provably safe: its log ends with {last}, and {} can tell that nothing beyond it was committed.",
            named(verdict.heard)
        ),
        (_, None) => {
            write!(f, "{} is down, or the control plane cannot reach it: nobody can promote it now.", verdict.candidate)
        }
        _ => f.write_str("Not provably safe: a booking that was answered 201 could be lost."),
    }
}

/// `md-db-2 and sg-db-1`, or `no node`.
fn named(nodes: NodeSet) -> String {
    let names: Vec<_> = nodes.iter().map(NodeId::name).collect();
    if names.is_empty() { "no node".to_owned() } else { names.join(" and ") }
}
