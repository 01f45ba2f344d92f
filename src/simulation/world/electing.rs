//! Elections, on the world's side: it draws the time-outs, and the control plane takes its place beside them. While
//! elections are on they are the one source of terms; who was elected, and under which rule, the control plane hears from
//! the leader itself, and needs to know before it judges promotions again.

use super::{Happening, World};
use crate::replication::{ELECTION_TIMEOUT, Index, Input, Micros, NodeId, Order, Period, Switch, Term, Timer};
use crate::simulation::{Event, Place, Record, Refusal};
use rand::RngExt;

/// How many times as long nodes in Singapore wait: they stand last.
const FAR: u64 = 10;

/// When a node takes its leader to be gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ElectionClock {
    /// By the last setting.
    due: Micros,
    /// When the clock is looked at next, if it runs. Hearing a leader moves `due` alone: that happens all the time.
    looked_at: Option<Micros>,
}

impl World {
    pub(super) fn set_election_timer(&mut self, node: NodeId) {
        let span = self.generator.random_range(ELECTION_TIMEOUT.0..=2 * ELECTION_TIMEOUT.0);
        let due = self.now + Micros(if node.is_far() { span * FAR } else { span });
        let clock = &mut self.machines[node.slot()].election;
        clock.due = due;
        if clock.looked_at.is_none_or(|at| at > due) {
            self.look_at_election_clock(node, due);
        }
    }

    fn look_at_election_clock(&mut self, node: NodeId, at: Micros) {
        self.machines[node.slot()].election.looked_at = Some(at);
        self.schedule_timer(node, Timer::Election, at);
    }

    /// The clock is looked at: either the time is over, or a leader was heard meanwhile.
    pub(super) fn election_clock(&mut self, node: NodeId, records: &mut Vec<Record>) {
        let clock = &mut self.machines[node.slot()].election;
        clock.looked_at = None;
        let due = clock.due;
        if due > self.now {
            self.look_at_election_clock(node, due);
        } else {
            self.step_node(node, Input::Timer(Timer::Election), records);
        }
    }

    /// A node leads that the control plane has not named: it was elected. What the control plane will have to know of it.
    pub(super) fn note_election(&mut self, id: NodeId) {
        let Some(node) = &self.machines[id.slot()].node else { return };
        let Some(leader) = node.leading().filter(|_| (id, node.term()) != self.control.leader) else { return };
        let (rule, sync, from, starts) = (leader.rule(), leader.sync(), node.commit(), self.starts());
        let last = node.log().last().index - 1;
        let period = Period { term: node.term(), leader: id, rule, sync, from, to: None, starts };
        self.elected.push((period, last));
    }

    /// An elected leader reports, and has news of every election up to its own. A rule that was recorded in the meantime
    /// is sent to it.
    pub(super) fn hear_of_election(&mut self, node: NodeId, term: Term, records: &mut Vec<Record>) {
        if term <= self.control.leader.1 {
            return;
        }
        self.learn_of_elections(term);
        self.record(Some(Place::ControlPlane), Event::Elected { node, term }, records);
        let newest = self.control.periods.last().map(|period| (period.rule, period.sync));
        if newest != Some((self.control.rule, self.control.sync)) {
            self.set_rule(self.control.rule, self.control.sync, records);
        }
    }

    fn learn_of_elections(&mut self, through: Term) {
        let (known, later) = std::mem::take(&mut self.elected).into_iter().partition(|(it, _)| it.term <= through);
        self.elected = later;
        let known: Vec<(Period, Index)> = known;
        known.into_iter().for_each(|(period, last)| self.control.succeed(period, last));
    }

    /// Who names leaders changes. A promotion under way ends; and before the operator promotes again, the control plane
    /// takes stock of the elections that there were, and of every term that was tried.
    pub(super) fn change_failover(&mut self, on: bool, records: &mut Vec<Record>) {
        if let Some(promotion) = self.control.promotion.take() {
            self.refuse(promotion.node, Refusal::Elections, records);
        }
        if !on {
            self.learn_of_elections(Term::MAX);
            let terms = self.machines.iter().map(|machine| machine.term().max(machine.disk.durable.term));
            self.control.term = terms.chain([self.control.term]).max().unwrap_or(0);
        }
    }

    /// While elections are on, the operator can only ask a node to stand.
    pub(super) fn have_stand(&mut self, node: NodeId, records: &mut Vec<Record>) {
        self.record(Some(Place::ControlPlane), Event::Standing { node }, records);
        self.order(node, Order::Stand, records);
    }

    /// Whether nodes elect their leader.
    pub(super) fn elects(&self) -> bool {
        self.is_on(Switch::Failover)
    }

    pub(super) fn schedule_timer(&mut self, node: NodeId, timer: Timer, at: Micros) {
        let setting = self.machines[node.slot()].timers.entry(timer).or_insert(0);
        *setting += 1;
        let setting = *setting;
        self.schedule(at, Happening::Timer { node, timer, setting });
    }
}
