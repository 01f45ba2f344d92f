//! What a script or a learner does to the world. Actions take effect at once.

use super::World;
use super::meddling::between_nodes;
use crate::replication::{CommitRule, Limits, Node, NodeId, NodeSet, Order, Read, Request, RequestId};
use crate::simulation::network::{LossReason, Payload};
use crate::simulation::{Action, Event, IdleReason, Place, Record};

impl World {
    pub(super) fn act(&mut self, action: Action, records: &mut Vec<Record>) {
        if let Some(because) = self.idle_reason(&action) {
            self.record(place_of(&action), Event::Idle { action, because }, records);
            return;
        }
        self.record(place_of(&action), Event::Done(action), records);
        self.set_elsewhere(action, records);
        match action {
            Action::Request { request: id, booking, cabin, customer, at } => {
                self.gateway.open(Request { id, booking, cabin, customer }, at, self.now);
                self.customer_asks(id, 1, records);
            }
            Action::Read { read: id, cabin, customer, at } => {
                if let Some(consistency) = self.consistency(at.map(|(_, how)| how), customer) {
                    let node = at.map(|(node, _)| node);
                    self.customer_reads(Read { id, cabin, consistency }, customer, node, records);
                }
            }
            Action::Retry(request) => self.ask_again(request, records),
            Action::Crash(node) => self.crash(node, records),
            Action::LoseDisk(node) => {
                self.crash(node, records);
                self.machines[node.slot()].disk.lose();
                self.promises_stirred = true;
            }
            Action::Restart(node) => self.restart(node, records),
            Action::Pause(node) => self.machines[node.slot()].paused = true,
            Action::Resume(node) => self.resume(node),
            Action::Cut { from, to, both } => {
                self.network.set_open(from, to, false);
                if both {
                    self.network.set_open(to, from, false);
                }
            }
            Action::Partition(nodes) => self.partition(nodes),
            Action::CutGateway(node) => self.network.cut_gateway(node),
            Action::CutControl(node) => self.network.cut_control(node),
            Action::Heal(link) => self.heal(link, records),
            Action::Promote { node, force } => self.promote(node, force, records),
            Action::Demote(node) => self.order(node, Order::StepDown, records),
            Action::SetAck(rule) => self.set_rule(rule, self.control.sync, records),
            Action::SetSync(sync) => self.set_rule(self.control.rule, sync, records),
            Action::SetTimeout(timeout) => self.set_timeout(timeout),
            Action::SetReads(routing) => self.reads.routing = routing,
            Action::SetSwitch(switch, on) => self.set_switch(switch, on, records),
            Action::SetLink(a, b, settings) => self.network.set(a, b, settings),
            Action::SetDisk(node, fsync) => self.machines[node.slot()].disk.fsync = fsync,
            Action::SetObjective(node, limit) => self.set_objective(node, limit),
            Action::SetCpu(node, cost) => self.machines[node.slot()].cpu.cost = cost,
            Action::SetBound(bound) => self.set_limits(Limits { bound, ..self.load.limits }),
            Action::SetBatch(batch) => self.set_limits(Limits { batch: batch as usize, ..self.load.limits }),
            Action::SetFlow(key, value) => {
                let mut limits = self.load.limits;
                limits.flow.set(key, value);
                self.set_limits(limits);
            }
            Action::SetThrottle(throttle) => self.set_limits(Limits { throttle, ..self.load.limits }),
            Action::Drop(message) => self.drop_message(message, records),
            Action::Delay(message, by) => self.delay_message(message, by, records),
            Action::Duplicate(message) => self.duplicate_message(message, records),
            Action::Burst { rate, span } => self.begin_burst(rate, span),
        }
        if matches!(action, Action::Cut { .. } | Action::Partition(_) | Action::CutGateway(_) | Action::CutControl(_)) {
            let network = self.network.clone();
            self.lose_flights(
                |envelope| (!network.passes(envelope.from, envelope.to)).then_some(LossReason::Cut),
                records,
            );
        }
    }

    fn idle_reason(&self, action: &Action) -> Option<IdleReason> {
        let runs = |node: NodeId| self.machine(node).node.is_some();
        match *action {
            Action::Crash(node) => (!runs(node)).then_some(IdleReason::Down),
            Action::Restart(node) => runs(node).then_some(IdleReason::Running),
            Action::Pause(node) | Action::Resume(node) if !runs(node) => Some(IdleReason::Down),
            Action::Pause(node) => self.machine(node).paused.then_some(IdleReason::Paused),
            Action::Resume(node) => (!self.machine(node).paused).then_some(IdleReason::Running),
            Action::Retry(request) => self.gateway.tickets().get(request).is_none().then_some(IdleReason::Unknown),
            Action::Read { cabin, .. } | Action::Request { cabin, .. } if self.is_elsewhere(cabin) => {
                Some(IdleReason::Elsewhere)
            }
            Action::Read { read, .. } if self.reads.tickets().get(read).is_some() => Some(IdleReason::Taken),
            Action::Read { customer, at, .. } => {
                self.consistency(at.map(|(_, how)| how), customer).is_none().then_some(IdleReason::NoToken)
            }
            Action::Drop(message) | Action::Delay(message, _) | Action::Duplicate(message)
                if self.find(message).is_none() =>
            {
                Some(IdleReason::Arrived)
            }
            Action::Duplicate(message) if !between_nodes(message.from, message.to) => Some(IdleReason::Once),
            Action::Request { request, .. } => {
                self.gateway.tickets().get(request).is_some().then_some(IdleReason::Taken)
            }
            _ => None,
        }
    }

    fn ask_again(&mut self, request: RequestId, records: &mut Vec<Record>) {
        if let Some((_, attempt)) = self.gateway.ask_again(request) {
            self.customer_asks(request, attempt, records);
        }
    }

    /// Memory is lost, what was durable stays; what was on its way to the node is lost with it.
    fn crash(&mut self, id: NodeId, records: &mut Vec<Record>) {
        let machine = &mut self.machines[id.slot()];
        let Some(node) = machine.node.take() else { return };
        machine.disk.crash();
        machine.paused = false;
        let backlog = std::mem::take(&mut machine.backlog);
        if let Some(leader) = node.leading() {
            let matched = leader.progress().iter().map(|(node, progress)| (*node, progress.matched));
            self.last_matched = matched.chain([(id, node.durable())]).collect();
        }
        self.promises_stirred = true;
        self.lose_queue(id, records);
        for happening in backlog {
            self.schedule(self.now, happening);
        }
        let receiver = Place::Node(id);
        self.lose_flights(|envelope| (envelope.to == receiver).then_some(LossReason::ReceiverDown), records);
    }

    fn restart(&mut self, id: NodeId, records: &mut Vec<Record>) {
        let machine = &mut self.machines[id.slot()];
        machine.starts += 1;
        let disk = &machine.disk.durable;
        let mut node = Node::recover(id, self.config.replicas, disk, machine.starts);
        node.set_limits(self.load.limits);
        if !self.config.pipeline {
            node.keep_in_step();
        }
        machine.node = Some(node);
        let last = disk.log.last();
        self.promises_stirred = true;
        self.record(Some(Place::Node(id)), Event::Started { last }, records);
        self.configure(id, records);
    }

    /// A frozen node goes on: for it, everything that waited happens now.
    fn resume(&mut self, id: NodeId) {
        let machine = &mut self.machines[id.slot()];
        machine.paused = false;
        for happening in std::mem::take(&mut machine.backlog) {
            self.schedule(self.now, happening);
        }
    }

    fn partition(&mut self, inside: NodeSet) {
        for a in NodeId::all(self.config.replicas) {
            for b in NodeId::all(self.config.replicas).filter(|b| inside.contains(a) != inside.contains(*b)) {
                self.network.set_open(a, b, false);
            }
        }
    }

    fn heal(&mut self, link: Option<(NodeId, NodeId)>, records: &mut Vec<Record>) {
        match link {
            Some((a, b)) => {
                self.network.set_open(a, b, true);
                self.network.set_open(b, a, true);
            }
            None => self.network.heal(),
        }
        if !self.control.change.1 {
            self.send_rule(records);
        }
    }

    pub(super) fn set_rule(&mut self, rule: CommitRule, sync: NodeSet, records: &mut Vec<Record>) {
        let starts = self.starts();
        self.control.record(rule, sync, starts);
        self.send_rule(records);
        if self.elects() {
            self.configure_all(records);
        }
    }

    /// Tells the newest-term leader which rule was recorded last.
    fn send_rule(&mut self, records: &mut Vec<Record>) {
        let (change, rule, sync) = (self.control.change.0, self.control.rule, self.control.sync);
        self.order(self.control.leader.0, Order::UseRule { change, rule, sync }, records);
    }

    pub(super) fn order(&mut self, node: NodeId, order: Order, records: &mut Vec<Record>) {
        self.send(Place::ControlPlane, Place::Node(node), Payload::Order(order), false, records);
    }

    pub(super) fn starts(&self) -> Vec<u32> {
        self.machines.iter().map(|machine| machine.starts).collect()
    }

    /// Whether a request of this name was made.
    #[must_use]
    pub fn knows(&self, request: RequestId) -> bool {
        self.gateway.tickets().get(request).is_some()
    }
}

/// Who acts, or is acted upon.
fn place_of(action: &Action) -> Option<Place> {
    match action {
        Action::Request { .. } | Action::Read { .. } | Action::Retry(_) | Action::Burst { .. } => {
            Some(Place::Customers)
        }
        Action::Crash(node)
        | Action::LoseDisk(node)
        | Action::Restart(node)
        | Action::Pause(node)
        | Action::Resume(node)
        | Action::SetCpu(node, _)
        | Action::SetDisk(node, _) => Some(Place::Node(*node)),
        Action::Promote { .. }
        | Action::Demote(_)
        | Action::SetAck(_)
        | Action::SetSync(_)
        | Action::SetObjective(..) => Some(Place::ControlPlane),
        _ => None,
    }
}
