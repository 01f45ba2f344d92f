//! The operator's side: hands out terms, records which commit rule held when, and judges promotions. It acts on what it
//! is told: here is what it keeps in mind; `world::promotion` is what it does.

use super::Micros;
use crate::replication::{CommitRule, Index, NodeId, NodeSet, Period, Report, Switch, Switches, Term, Verdict, judge};
use std::hash::{Hash, Hasher};

/// How long a campaign may take: the verdict rests on the reports that arrive in that time.
pub const CAMPAIGN_TIME: Micros = Micros::from_millis(500);

/// What the control plane keeps in mind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControlPlane {
    /// How the nodes are to be fenced, and who names leaders.
    pub switches: Switches,
    /// The highest term that it handed out.
    pub term: Term,
    /// The leader that it named last, and in which term.
    pub leader: (NodeId, Term),
    /// The commit rule that it recorded last.
    pub rule: CommitRule,
    /// The synchronous set that it recorded last.
    pub sync: NodeSet,
    /// The last change of rule or set, counted; whether the leader has confirmed it.
    pub change: (u32, bool),
    /// Which rule held when.
    pub periods: Vec<Period>,
    /// The promotion under way.
    pub promotion: Option<Promotion>,
    /// How many promotions there were: a deadline speaks of one of them.
    pub promotions: u32,
    /// For tests: it takes its first verdict for the last, and does not wait for what nodes report after they adopted the
    /// new term.
    pub judges_early: bool,
}

/// A promotion under way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Promotion {
    /// Who is to lead.
    pub node: NodeId,
    /// Whatever is lost.
    pub force: bool,
    /// How far it is.
    pub phase: Phase,
}

/// How far a promotion is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// The leader ships its tail first.
    HandingOver {
        /// The leader.
        from: NodeId,
    },
    /// The new term is being adopted.
    Campaigning {
        /// The new term.
        term: Term,
        /// Who ought to report.
        expected: NodeSet,
        /// Who has.
        reports: Vec<Report>,
    },
}

impl ControlPlane {
    /// Begins with a leader in office, and everything up to `commit` committed.
    #[must_use]
    pub fn new(leader: NodeId, term: Term, rule: CommitRule, sync: NodeSet, commit: Index, members: usize) -> Self {
        let starts = vec![1; members];
        Self {
            switches: Switches::default(),
            term,
            leader: (leader, term),
            rule,
            sync,
            change: (0, true),
            periods: vec![Period { term, leader, rule, sync, from: commit, to: None, starts }],
            promotion: None,
            promotions: 0,
            judges_early: false,
        }
    }

    /// Judges a promotion by these reports.
    #[must_use]
    pub fn judge(&self, node: NodeId, reports: &[Report]) -> Verdict {
        judge(node, reports, &self.periods, self.switches.has(Switch::Terms))
    }

    /// How many votes of so many nodes an election takes: as many as meet the disks of any entry that a rule so far may
    /// have committed. Rules that are content with one disk do not count.
    #[must_use]
    pub fn votes(&self, members: usize) -> usize {
        let disks = self.periods.iter().filter_map(|period| period.rule.fewest_disks(period.sync, members));
        members + 1 - disks.min().unwrap_or(members)
    }

    /// Records another rule. The old one is taken to hold on until the leader says how far it went.
    pub fn record(&mut self, rule: CommitRule, sync: NodeSet, starts: Vec<u32>) {
        (self.rule, self.sync) = (rule, sync);
        self.change = (self.change.0 + 1, false);
        let (leader, term) = self.leader;
        let from = self.periods.last().map_or(0, |period| period.from);
        self.periods.push(Period { term, leader, rule, sync, from, to: None, starts });
    }

    /// The leader commits by the rule that was recorded last: the ones before it ended here.
    pub fn confirm(&mut self, change: u32, commit: Index, last: Index) {
        if self.change == (change, false) {
            self.change.1 = true;
            if let Some((now, before)) = self.periods.split_last_mut() {
                now.from = commit;
                before.iter_mut().for_each(|period| period.to = Some(period.to.unwrap_or(last)));
            }
        }
    }

    /// A leader takes office: what came before ends with its log.
    pub fn install(&mut self, own: Report, term: Term, starts: Vec<u32>) {
        let (leader, rule, sync, from) = (own.node, self.rule, self.sync, own.commit);
        self.succeed(Period { term, leader, rule, sync, from, to: None, starts }, own.last.index);
    }

    /// A leader took office when its log ended with `last`, and commits by this rule.
    pub fn succeed(&mut self, period: Period, last: Index) {
        self.term = self.term.max(period.term);
        self.leader = (period.leader, period.term);
        self.change.1 = true;
        self.periods.iter_mut().for_each(|period| period.to = Some(period.to.unwrap_or(last)));
        self.periods.push(period);
    }
}

/// What tells two control planes apart where time does not count.
impl Hash for ControlPlane {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { switches, term, leader, rule, sync, change, periods, promotion, promotions: _, judges_early: _ } =
            self;
        (switches, term, leader, rule, sync, change, periods, promotion).hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weakest_rule_that_ever_held_says_how_many_votes_an_election_takes() {
        let pair = NodeSet::EMPTY.with(NodeId::MD_DB_4).with(NodeId::MD_DB_2);
        let three = pair.with(NodeId::SG_DB_1);
        let with = |rule, sync| ControlPlane::new(NodeId::MD_DB_4, 27, rule, sync, 0, 5);
        assert_eq!(with(CommitRule::Majority, pair).votes(5), 3);
        assert_eq!(with(CommitRule::AllReplicas, pair).votes(5), 1, "a majority is needed anyway");
        assert_eq!(with(CommitRule::LeaderFsync, pair).votes(5), 1, "no number of votes helps");
        assert_eq!(with(CommitRule::SyncQuorum, three).votes(5), 3);
        let mut control = with(CommitRule::SyncApplied, pair);
        assert_eq!(control.votes(5), 4);
        control.record(CommitRule::Majority, pair, vec![1; 5]);
        control.confirm(1, 9, 9);
        assert_eq!(control.votes(5), 4, "what two disks hold stays on two disks");
    }
}
