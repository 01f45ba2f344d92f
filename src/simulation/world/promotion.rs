//! What the control plane does when a node is to be promoted.
//!
//! It first judges what it can see now; a refusal changes nothing. Then the node and everyone it reaches durably adopt
//! the new term, acknowledge no older leader any more, and report; the verdict is repeated on those reports. Judged the
//! other way round, an entry could be answered 201 after the verdict and before the new term.

use super::{Happening, World};
use crate::replication::{Node, NodeId, NodeSet, Notice, Order, Report, Switch, Term, Verdict};
use crate::simulation::control_plane::{CAMPAIGN_TIME, Phase, Promotion};
use crate::simulation::network::Payload;
use crate::simulation::{Event, Place, Record, Refusal};

impl World {
    pub(super) fn promote(&mut self, node: NodeId, force: bool, records: &mut Vec<Record>) {
        if let Some(refusal) = self.refusal(node, force) {
            return self.refuse(node, refusal, records);
        }
        if let Some(from) = self.would_hand_over(node).filter(|_| !force) {
            self.begin(node, force, Phase::HandingOver { from });
            self.record(Some(Place::ControlPlane), Event::HandOver { from, to: node }, records);
            return self.order(from, Order::HandOver { to: node }, records);
        }
        if self.elects() {
            return self.have_stand(node, records);
        }
        let verdict = self.present_verdict(node);
        if !force && !verdict.is_safe() {
            return self.refuse(node, Refusal::NotSafe(verdict), records);
        }
        self.campaign(node, force, records);
    }

    /// What refuses a promotion whatever the positions are.
    fn refusal(&self, node: NodeId, force: bool) -> Option<Refusal> {
        let leads = self.leader().is_some_and(|leader| leader.id() == node);
        // With terms off, a campaign of the leader's own is what points the followers at it again.
        if leads && (self.is_on(Switch::Terms) || !force) {
            return Some(Refusal::Leads);
        }
        if self.has_lost_its_disk(node) {
            return Some(Refusal::LostDisk);
        }
        if self.elects() && (force || !self.hears(node)) {
            return Some(if force { Refusal::Elections } else { Refusal::OutOfReach });
        }
        self.control.promotion.as_ref().map(|promotion| Refusal::Busy(promotion.node))
    }

    /// Why not even force can promote a node now; nothing if it can.
    #[must_use]
    pub fn refuses_force(&self, node: NodeId) -> Option<Refusal> {
        self.refusal(node, true).or_else(|| (!self.hears(node)).then_some(Refusal::OutOfReach))
    }

    /// The leader that hands over to a node when the node's promotion is asked for, without force; nothing if there is
    /// none that can.
    #[must_use]
    pub fn hands_over_to(&self, node: NodeId) -> Option<NodeId> {
        self.would_hand_over(node).filter(|leader| *leader != node && !self.has_lost_its_disk(node))
    }

    fn has_lost_its_disk(&self, node: NodeId) -> bool {
        self.machine(node).node.as_ref().is_some_and(Node::has_lost_its_disk)
    }

    /// A world whose control plane judges promotions once, before any node has adopted the new term: what a search finds
    /// there is why it judges twice.
    #[must_use]
    pub fn judging_early(mut self) -> Self {
        self.control.judges_early = true;
        self
    }

    /// A world whose control plane judges as that of another.
    #[must_use]
    pub fn judging_as(mut self, other: &Self) -> Self {
        self.control.judges_early = other.control.judges_early;
        self
    }

    /// The leader that would hand over to a node.
    pub(super) fn would_hand_over(&self, node: NodeId) -> Option<NodeId> {
        let leader = self.leader()?.id();
        (self.hears(leader) && self.hears(node) && self.reach_each_other(leader, node)).then_some(leader)
    }

    /// What the control plane would say by present positions.
    #[must_use]
    pub fn present_verdict(&self, node: NodeId) -> Verdict {
        let reports: Vec<_> = self.in_reach(node).iter().filter_map(|peer| self.present_report(peer)).collect();
        self.control.judge(node, &reports)
    }

    fn present_report(&self, id: NodeId) -> Option<Report> {
        let machine = self.machine(id);
        let node = machine.node.as_ref()?;
        let (last, commit, starts) = (machine.durable(), node.commit(), machine.starts);
        Some(Report { node: id, last, commit, starts, lost_disk: node.has_lost_its_disk() })
    }

    /// The node itself and every running node that it reaches both ways, as far as the control plane hears the node. With
    /// terms off, leaders heed no campaign.
    fn in_reach(&self, node: NodeId) -> NodeSet {
        if !self.hears(node) {
            return NodeSet::EMPTY;
        }
        let others = NodeId::all(self.config.replicas);
        let heeds = |other: NodeId| self.is_on(Switch::Terms) || !self.leads(other);
        others.filter(|other| *other == node || (self.reach_each_other(node, *other) && heeds(*other))).collect()
    }

    fn leads(&self, id: NodeId) -> bool {
        self.machine(id).node.as_ref().is_some_and(|node| node.leading().is_some())
    }

    fn hears(&self, node: NodeId) -> bool {
        self.machine(node).is_awake() && self.network.passes(Place::Node(node), Place::ControlPlane)
    }

    fn reach_each_other(&self, a: NodeId, b: NodeId) -> bool {
        let run = |node: NodeId| self.machine(node).is_awake();
        let (from, to) = (Place::Node(a), Place::Node(b));
        run(a) && run(b) && self.network.passes(from, to) && self.network.passes(to, from)
    }

    fn begin(&mut self, node: NodeId, force: bool, phase: Phase) {
        self.control.promotions += 1;
        self.control.promotion = Some(Promotion { node, force, phase });
        self.schedule(self.now + CAMPAIGN_TIME, Happening::PromotionDeadline(self.control.promotions));
    }

    fn campaign(&mut self, node: NodeId, force: bool, records: &mut Vec<Record>) {
        self.control.term += 1;
        let term = self.control.term;
        let phase = Phase::Campaigning { term, expected: self.in_reach(node), reports: Vec::new() };
        self.begin(node, force, phase);
        self.record(Some(Place::ControlPlane), Event::Campaigning { node, term }, records);
        self.order(node, Order::Campaign { term }, records);
    }

    pub(super) fn refuse(&mut self, node: NodeId, because: Refusal, records: &mut Vec<Record>) {
        self.record(Some(Place::ControlPlane), Event::Refused { node, because }, records);
    }

    /// A node's word reaches the control plane.
    pub(super) fn control_hears(&mut self, notice: Notice, records: &mut Vec<Record>) {
        match notice {
            Notice::RuleInUse { change, commit, last } => self.control.confirm(change, commit, last),
            Notice::HandedOver { to } => {
                let handing_over = self
                    .control
                    .promotion
                    .take_if(|promotion| promotion.node == to && matches!(promotion.phase, Phase::HandingOver { .. }));
                if let Some(promotion) = handing_over {
                    if self.elects() {
                        return self.have_stand(to, records);
                    }
                    if let (Phase::HandingOver { from }, false) = (promotion.phase, self.is_on(Switch::Terms)) {
                        self.order(from, Order::StepDown, records);
                    }
                    self.campaign(to, promotion.force, records);
                }
            }
            Notice::Elected { node, term } => self.hear_of_election(node, term, records),
            Notice::Adopted { term, report } => self.hear_report(term, report, records),
        }
    }

    fn hear_report(&mut self, of_term: Term, report: Report, records: &mut Vec<Record>) {
        let Some(promotion) = &mut self.control.promotion else { return };
        let (node, force) = (promotion.node, promotion.force);
        let Phase::Campaigning { term, expected, reports } = &mut promotion.phase else { return };
        if *term != of_term || reports.iter().any(|known| known.node == report.node) {
            return;
        }
        let place = reports.partition_point(|known| known.node < report.node);
        reports.insert(place, report);
        let complete = expected.iter().all(|peer| reports.iter().any(|report| report.node == peer));
        let reports = reports.clone();
        let verdict = self.control.judge(node, &reports);
        if self.control.judges_early || (verdict.is_safe() && !force) || (force && complete) {
            self.grant(&verdict, &reports, of_term, records);
        }
    }

    /// Time is up: the verdict rests on what has been reported.
    pub(super) fn promotion_deadline(&mut self, promotion: u32, records: &mut Vec<Record>) {
        if promotion != self.control.promotions {
            return;
        }
        let Some(Promotion { node, force, phase }) = self.control.promotion.take() else { return };
        match phase {
            Phase::HandingOver { from } => {
                self.refuse(node, Refusal::NoHandOver(from), records);
            }
            Phase::Campaigning { term, reports, .. } => {
                let verdict = self.control.judge(node, &reports);
                if verdict.is_safe() || (force && verdict.last.is_some()) {
                    self.grant(&verdict, &reports, term, records);
                } else {
                    self.order(node, Order::StandDown { term }, records);
                    self.refuse(node, Refusal::NotSafe(verdict), records);
                }
            }
        }
    }

    fn grant(&mut self, verdict: &Verdict, reports: &[Report], term: Term, records: &mut Vec<Record>) {
        let node = verdict.candidate;
        let Some(own) = reports.iter().find(|report| report.node == node) else { return };
        self.control.promotion = None;
        let starts = self.starts();
        self.control.install(*own, term, starts);
        let outside_lease = self.is_on(Switch::Lease) && verdict.heard.len() <= self.config.replicas / 2;
        let event = Event::Granted { verdict: verdict.clone(), term, outside_lease };
        self.record(Some(Place::ControlPlane), event, records);
        let (rule, sync) = (self.control.rule, self.control.sync);
        self.order(node, Order::Lead { term, rule, sync }, records);
        self.send(Place::ControlPlane, Place::Gateway, Payload::Leader { node, term }, true, records);
    }
}
