//! The checker: stands outside the nodes, sees everything that they do, and says when what must never happen happens.
//! It looks only at what an event touches, so that watching costs the same however long the run.

use super::{Detail, Invariant, ReadVerdict, Violation};
use crate::replication::table::Row;
use crate::replication::{
    Booking, Cabin, Consistency, Entry, Event, Index, Log, Node, NodeId, NodeSet, Position, Read, Request, Table, Term,
};
use litemap::LiteMap;
use std::hash::{Hash, Hasher};

/// What has been seen so far.
#[derive(Clone, Debug, Default)]
pub struct Checker {
    leaders: LiteMap<Term, NodeId>,
    appended: Table<Appended>,
    committed: Table<Committed>,
    applied: Table<Entry>,
    promised: Table<Promised>,
    violations: usize,
    broken: Vec<Invariant>,
}

/// An entry that was appended somewhere, and the term of the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Appended {
    entry: Entry,
    after: Term,
}

/// What was committed, and in which leader's term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Committed {
    position: Position,
    by: Term,
}

/// The promise that its cabin is under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Promised(Request);

impl Row for Appended {
    type Key = Position;

    fn key(&self) -> Position {
        self.entry.position()
    }
}

impl Row for Committed {
    type Key = Index;

    fn key(&self) -> Index {
        self.position.index
    }
}

impl Row for Promised {
    type Key = Cabin;

    fn key(&self) -> Cabin {
        self.0.cabin
    }
}

impl Checker {
    /// Begins with a leader in office, and everything in a log committed and applied everywhere.
    #[must_use]
    pub fn new(leader: NodeId, log: &Log) -> Self {
        let committed = log.last();
        let mut checker = Self { applied: log.entries().clone(), ..Self::default() };
        checker.leaders.insert(committed.term, leader);
        checker.committed.insert(Committed { position: committed, by: committed.term });
        checker
    }

    /// The highest term that any leader held, and that leader.
    #[must_use]
    pub fn latest_leader(&self) -> Option<(Term, NodeId)> {
        self.leaders.last().map(|(term, node)| (*term, *node))
    }

    /// Whether a node ever led.
    #[must_use]
    pub fn has_led(&self, node: NodeId) -> bool {
        self.leaders.values().any(|leader| *leader == node)
    }

    /// How often what must never happen happened.
    #[must_use]
    pub fn violations(&self) -> usize {
        self.violations
    }

    /// Which invariants were ever broken.
    #[must_use]
    pub fn broken(&self) -> &[Invariant] {
        &self.broken
    }

    fn count(&mut self, invariant: Invariant) {
        self.violations += 1;
        if !self.broken.contains(&invariant) {
            self.broken.push(invariant);
        }
    }

    /// Looks at what a node did. What must not be, at most one thing an event.
    pub fn watch(&mut self, node: &Node, event: &Event) -> Option<Violation> {
        let violation = match event {
            Event::BecameLeader => self.takes_office(node),
            Event::Appended { entries, .. } => self.appends(node, entries),
            Event::Committed { from, through, because: crate::replication::CommitReason::Rule(_) } => {
                self.commits(node, *from, *through);
                None
            }
            Event::Applied { entries } => self.applies(node, entries),
            _ => None,
        };
        violation.inspect(|violation| self.count(violation.invariant))
    }

    fn takes_office(&mut self, node: &Node) -> Option<Violation> {
        if let Some(other) = self.leaders.insert(node.term(), node.id()) {
            let nodes = NodeSet::EMPTY.with(other).with(node.id());
            let detail = Detail::Leaders { term: node.term(), nodes };
            return Some(Violation { invariant: Invariant::OneLeaderPerTerm, detail });
        }
        // What a newer term's leader committed is none of an older one's: it may take office late.
        let lacks = |it: &&Committed| it.by < node.term() && !node.log().holds(it.position);
        let missing: Vec<Committed> = self.committed.iter().filter(lacks).copied().collect();
        let position = missing.first()?.position;
        // From now on this leader's history counts: what it lacks is noticed once.
        for lacking in &missing {
            self.committed.remove(lacking.key());
        }
        let detail = Detail::Missing { leader: node.id(), position };
        Some(Violation { invariant: Invariant::LeaderCompleteness, detail })
    }

    /// The newest leader's history counts: what an older one commits in the same place does not take it over.
    fn commits(&mut self, node: &Node, from: Index, through: Index) {
        let by = node.term();
        for index in from + 1..=through {
            if self.committed.get(index).is_none_or(|known| known.by <= by) {
                self.committed.insert(Committed { position: node.log().position_at(index), by });
            }
        }
    }

    fn appends(&mut self, node: &Node, entries: &[Entry]) -> Option<Violation> {
        let mut found = None;
        for entry in entries {
            let known = Appended { entry: *entry, after: node.log().position_at(entry.index - 1).term };
            let Some(before) = self.appended.get(entry.position()) else {
                self.appended.insert(known);
                continue;
            };
            if *before != known && found.is_none() {
                let detail = Detail::Entries { position: entry.position(), node: node.id() };
                found = Some(Violation { invariant: Invariant::LogMatching, detail });
            }
        }
        found
    }

    /// Of two histories the newest leader's counts, whoever applies the other, and when.
    fn applies(&mut self, node: &Node, entries: &[Entry]) -> Option<Violation> {
        let (node, newest) = (node.id(), self.latest_leader().is_none_or(|(term, _)| node.term() >= term));
        let mut found = None;
        for entry in entries {
            let before = self.applied.get(entry.index).copied();
            if before == Some(*entry) {
                continue;
            }
            if newest || before.is_none() {
                self.applied.insert(*entry);
            }
            if let (Some(before), None) = (before, &found) {
                let detail = Detail::Applied { before: before.position(), now: entry.position(), node };
                found = Some(Violation { invariant: Invariant::SameCommandApplied, detail });
            }
        }
        found
    }

    /// Shares what it knows as others know it too.
    pub fn share_with(&mut self, log: &Log) {
        self.applied.share_with(log.entries());
    }

    /// Forgets what came before a position that every log has compacted.
    pub fn forget_before(&mut self, floor: Position) {
        self.appended.forget_before(floor);
        self.committed.forget_before(floor.index);
        self.applied.forget_before(floor.index);
    }

    /// A 201 is sent: no cabin may be promised to two customers at once.
    pub fn promises(&mut self, request: Request) -> Option<Violation> {
        let earlier = match request.booking {
            Booking::Reserve => self.promised.insert(Promised(request)),
            Booking::Release => {
                self.promised.remove(request.cabin);
                None
            }
        };
        let Promised(earlier) = earlier.filter(|Promised(earlier)| earlier.customer != request.customer)?;
        self.count(Invariant::NoDoubleBooking);
        let detail = Detail::Twice { earlier, later: request };
        Some(Violation { invariant: Invariant::NoDoubleBooking, detail })
    }

    /// A read is answered: no token read without its entry, no linearizable read from a stale state.
    pub fn reads(&mut self, read: Read, verdict: &ReadVerdict, lacks_token: bool) -> Option<Violation> {
        let (invariant, lacking) = match read.consistency {
            Consistency::Token(token) if lacks_token => (Invariant::TokenReadsHold, token),
            Consistency::Linearizable if !verdict.fresh => (Invariant::LinearizableReadsFresh, verdict.committed),
            _ => return None,
        };
        self.count(invariant);
        Some(Violation { invariant, detail: Detail::Read { read, by: verdict.by, applied: verdict.applied, lacking } })
    }

    /// The last index at which a log holds an entry that was ever committed.
    #[must_use]
    pub fn last_committed_in(&self, log: &Log) -> Index {
        let mut committed = self.committed.backward();
        committed.find(|it| log.holds(it.position)).map_or(0, Committed::key)
    }

    /// A promise is lost.
    pub fn loses(&mut self, detail: Detail) -> Violation {
        self.count(Invariant::PromisesKept);
        Violation { invariant: Invariant::PromisesKept, detail }
    }
}

/// What tells two checkers apart where it does not count how often something was violated.
impl Hash for Checker {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { leaders, appended, committed, applied, promised, violations: _, broken } = self;
        leaders.iter().for_each(|leader| leader.hash(state));
        (appended, committed, applied, promised, broken).hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replication::{ReadId, Snapshot};
    use std::sync::Arc;

    fn log(term: Term, index: Index) -> Log {
        Log::new(Snapshot { last: Position { term, index }, terms: Arc::default(), bookings: Arc::default() })
    }

    const COMMITTED: Position = Position { term: 27, index: 5 };

    fn checked(consistency: Consistency, fresh: bool, lacks_token: bool) -> Vec<Invariant> {
        let mut checker = Checker::new(NodeId::MD_DB_4, &log(27, 5));
        let read = Read { id: ReadId(1), cabin: Cabin::Tonight(14), consistency };
        let (by, applied) = (NodeId::MD_DB_2, Position { term: 27, index: 4 });
        let verdict =
            ReadVerdict { by, applied, committed: COMMITTED, fresh, customer: None, unseen: None, newer: None };
        let violation = checker.reads(read, &verdict, lacks_token);
        assert_eq!(violation.map(|violation| violation.invariant), checker.broken().first().copied());
        checker.broken().to_vec()
    }

    #[test]
    fn a_token_read_must_hold_its_entry_and_a_linearizable_read_be_fresh() {
        let token = Consistency::Token(COMMITTED);
        assert_eq!(checked(token, false, true), [Invariant::TokenReadsHold]);
        assert_eq!(checked(token, false, false), [], "it may be stale otherwise");
        assert_eq!(checked(Consistency::Linearizable, false, false), [Invariant::LinearizableReadsFresh]);
        assert_eq!(checked(Consistency::Linearizable, true, false), []);
        for consistency in
            [Consistency::Local, Consistency::Leader, Consistency::Bounded(crate::replication::Micros(1))]
        {
            assert_eq!(checked(consistency, false, false), [], "{consistency} may be stale");
        }
    }

    #[test]
    fn only_what_a_log_holds_counts_as_committed_there() {
        let checker = Checker::new(NodeId::MD_DB_4, &log(27, 5));
        assert_eq!(checker.last_committed_in(&log(27, 5)), 5);
        assert_eq!(checker.last_committed_in(&log(28, 5)), 0, "another history");
        assert_eq!(checker.last_committed_in(&log(27, 4)), 0, "too short");
    }
}
