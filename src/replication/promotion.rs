//! Is it provably safe to promote a node? The argument, as pure arithmetic.
//!
//! An entry is committed once the copies that the commit rule demanded exist. Suppose that such an entry lies beyond
//! the candidate's log. Then a whole demanded set of copies holds it. If every such set has a member among the nodes
//! that have reported (they *meet* the set), one of the reports shows an entry beyond the candidate's log. So promotion
//! loses nothing when
//!
//! (a) the nodes that reported meet every demanded set, under each rule that covers entries beyond the candidate's log, and
//! (b) the candidate's log is the most up-to-date among them, by (term, index).
//!
//! A copy in memory counts only on a node that has not started again since, and a node that has lost its disk reports
//! nothing at all: it cannot tell what it once held.

use super::{CommitRule, CopyKind, Demand, Index, NodeId, NodeSet, Position, Report, Term};
use std::fmt;

/// A stretch of the log in which one leader committed by one rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// The leader's term.
    pub term: Term,
    /// The leader.
    pub leader: NodeId,
    /// The rule.
    pub rule: CommitRule,
    /// The synchronous set.
    pub sync: NodeSet,
    /// The leader's commit index when the rule began: the rule committed only what comes after it.
    pub from: Index,
    /// The last index that the leader had appended when the rule ended; nothing while it may still commit.
    pub to: Option<Index>,
    /// How often each node had started when the rule began.
    pub starts: Vec<u32>,
}

impl Period {
    /// Whether the rule may have committed an entry that a log with this end does not hold. A log that ends in a newer
    /// term took over everything that counts from this one.
    #[must_use]
    pub fn reaches_beyond(&self, last: Position) -> bool {
        match self.to {
            None => last.term <= self.term,
            Some(to) => to > self.from && last < Position { term: self.term, index: to },
        }
    }

    /// The copies that the rule demanded.
    #[must_use]
    pub fn demand(&self) -> Demand {
        self.rule.demand(self.leader, self.sync, self.starts.len())
    }

    /// Whether these reports show any entry of which the demanded copies exist.
    #[must_use]
    pub fn is_met_by(&self, reports: &[Report]) -> bool {
        match self.demand() {
            Demand::Each(copies) => copies.iter().any(|(node, kind)| {
                reports.iter().any(|report| {
                    report.node == *node
                        && (*kind == CopyKind::Durable || self.starts.get(node.slot()) == Some(&report.starts))
                })
            }),
            Demand::AnyDurable(count) => reports.len() + count > self.starts.len(),
        }
    }
}

/// Whether promoting a node is provably safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The node.
    pub candidate: NodeId,
    /// What its log ends with, if it reported.
    pub last: Option<Position>,
    /// The nodes whose reports the verdict rests on.
    pub heard: NodeSet,
    /// What speaks against it; nothing if it is safe.
    pub objections: Vec<Objection>,
}

impl Verdict {
    /// Nothing speaks against it.
    #[must_use]
    pub fn is_safe(&self) -> bool {
        self.objections.is_empty()
    }
}

/// Why promoting a node is not provably safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objection {
    /// The node itself has not reported: it is down, or out of reach.
    Unreachable,
    /// The node has lost its disk, and no leader has made it whole since.
    LostDisk,
    /// Another node's log is more up to date.
    Behind {
        /// Whose.
        peer: NodeId,
        /// What it ends with.
        theirs: Position,
        /// What the candidate's ends with.
        ours: Position,
    },
    /// Terms are off, so an older leader that has not been seen to stop may go on accepting requests.
    MayStillLead {
        /// Who.
        leader: NodeId,
        /// In which term.
        term: Term,
    },
    /// Entries beyond the candidate's log may be committed, and nobody who reported would know.
    Unseen {
        /// The stretch that may hold them.
        period: Period,
        /// What the candidate's log ends with.
        ours: Position,
    },
}

/// Judges a promotion by what has been reported. While terms are off, a leader reports only once it leads no more.
#[must_use]
pub fn judge(candidate: NodeId, reports: &[Report], periods: &[Period], terms: bool) -> Verdict {
    let seen: NodeSet = reports.iter().map(|report| report.node).collect();
    let reports: Vec<_> = reports.iter().filter(|report| !report.lost_disk).copied().collect();
    let heard = reports.iter().map(|report| report.node).collect();
    let Some(own) = reports.iter().find(|report| report.node == candidate) else {
        let objection = if seen.contains(candidate) { Objection::LostDisk } else { Objection::Unreachable };
        return Verdict { candidate, last: None, heard, objections: vec![objection] };
    };
    let ours = own.last;
    let behind = reports.iter().filter(|report| report.last > ours).map(|report| Objection::Behind {
        peer: report.node,
        theirs: report.last,
        ours,
    });
    let unseen = periods
        .iter()
        .filter(|period| period.reaches_beyond(ours) && !period.is_met_by(&reports))
        .map(|period| Objection::Unseen { period: period.clone(), ours });
    let mut objections: Vec<_> = behind.chain(unseen).collect();
    if !terms {
        objections.extend(older_leaders(candidate, seen, periods));
    }
    Verdict { candidate, last: Some(ours), heard, objections }
}

/// Each leader there ever was that has not reported, with its last term.
fn older_leaders(candidate: NodeId, heard: NodeSet, periods: &[Period]) -> Vec<Objection> {
    let mut seen = heard.with(candidate);
    let mut found = Vec::new();
    for period in periods.iter().rev() {
        if !seen.contains(period.leader) {
            seen = seen.with(period.leader);
            found.push(Objection::MayStillLead { leader: period.leader, term: period.term });
        }
    }
    found
}

impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LostDisk => f.write_str("it has lost its disk, and no leader has caught it up since"),
            Self::Unreachable => f.write_str("it is down or out of reach"),
            Self::Behind { peer, theirs, ours } => {
                write!(f, "{peer} is more up to date: its log ends with {theirs}, the candidate's with {ours}")
            }
            Self::MayStillLead { leader, term } => {
                write!(f, "terms are off, and {leader} may still lead in term {term}")
            }
            Self::Unseen { period, ours } => {
                write!(f, "{} may have committed entries after {ours} ", period.leader)?;
                if let Some(to) = period.to {
                    write!(f, "through {to} ")?;
                }
                write!(f, "under {} in term {}; their copies would be ", period.rule, period.term)?;
                match period.demand() {
                    Demand::Each(copies) => {
                        for (place, (node, kind)) in copies.iter().enumerate() {
                            let and = if place > 0 { " and " } else { "" };
                            match kind {
                                CopyKind::Durable => write!(f, "{and}on {node}'s disk")?,
                                CopyKind::Received => write!(f, "{and}in {node}'s memory")?,
                            }
                        }
                    }
                    Demand::AnyDurable(count) => write!(f, "on {count} of {} disks", period.starts.len())?,
                }
                f.write_str(", and none can be seen")
            }
        }
    }
}
