//! What happens when something is due.

use super::World;
use crate::replication::{Answer, Input, NodeId, ReadId, RequestId, Switch, Timer};
use crate::simulation::gateway::{Patience, RESEND_AFTER};
use crate::simulation::network::{Envelope, LossReason, Payload};
use crate::simulation::{Event, Micros, Place, Record};
use std::sync::Arc;

/// What is scheduled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    Deliver(Arc<Envelope>),
    WriteDone {
        node: NodeId,
        starts: u32,
    },
    Timer {
        node: NodeId,
        timer: Timer,
        setting: u64,
    },
    WorkDone {
        node: NodeId,
        starts: u32,
    },
    Arrival(usize),
    Resend(RequestId),
    GiveUp {
        request: RequestId,
        attempt: u32,
    },
    GiveUpRead(ReadId),
    PromotionDeadline(u32),
    /// Nothing happens, but something may have come about by then.
    Look,
}

impl Happening {
    /// Whether it comes about by the passing of time alone.
    pub(super) fn needs_time(&self) -> bool {
        matches!(self, Self::Timer { .. } | Self::Resend(_) | Self::GiveUp { .. } | Self::GiveUpRead(_) | Self::Look)
    }

    /// The node that it happens to.
    pub(super) fn node(&self) -> Option<NodeId> {
        match self {
            Self::Deliver(envelope) => match envelope.to {
                Place::Node(node) => Some(node),
                _ => None,
            },
            Self::WriteDone { node, .. } | Self::WorkDone { node, .. } | Self::Timer { node, .. } => Some(*node),
            Self::Arrival(_)
            | Self::Resend(_)
            | Self::GiveUp { .. }
            | Self::GiveUpRead(_)
            | Self::PromotionDeadline(_)
            | Self::Look => None,
        }
    }
}

impl World {
    pub(super) fn happen(&mut self, happening: Happening, records: &mut Vec<Record>) {
        if let Some(node) = happening.node().filter(|node| self.machine(*node).paused) {
            self.machines[node.slot()].backlog.push(happening);
            return;
        }
        match happening {
            Happening::Deliver(envelope) => self.arrive(envelope, records),
            Happening::WorkDone { node, starts } => self.work_done(node, starts, records),
            Happening::Arrival(burst) => self.customer_arrives(burst, records),
            Happening::WriteDone { node, starts } => self.write_done(node, starts, records),
            Happening::Timer { node, timer, setting } if self.machine(node).timers.get(&timer) == Some(&setting) => {
                match timer {
                    Timer::Election => self.election_clock(node, records),
                    Timer::Heartbeat => self.step_node(node, Input::Timer(timer), records),
                }
            }
            Happening::Timer { .. } | Happening::Look => {}
            Happening::Resend(request) => self.hand_to_node(request, records),
            Happening::GiveUp { request, attempt } => self.give_up(request, attempt, records),
            Happening::GiveUpRead(read) => self.give_up_read(read, records),
            Happening::PromotionDeadline(promotion) => self.promotion_deadline(promotion, records),
        }
    }

    /// Steps a node that runs, and does what it wants done.
    pub(super) fn step_node(&mut self, id: NodeId, input: Input, records: &mut Vec<Record>) {
        if let Some(node) = &mut self.machines[id.slot()].node {
            node.show_clock(self.now);
            let mut outputs = std::mem::take(&mut self.outputs.0);
            node.step_into(input, &mut outputs);
            self.carry_out(id, &mut outputs, records);
            self.outputs.0 = outputs;
        }
    }

    pub(super) fn deliver(&mut self, envelope: Envelope, records: &mut Vec<Record>) {
        let Envelope { id, from, to, payload, routine, doomed, term, .. } = envelope;
        let down = matches!(to, Place::Node(node) if self.machine(node).node.is_none());
        let because = if doomed { LossReason::Chance } else { LossReason::ReceiverDown };
        self.book_end(id, (doomed || down).then_some(because));
        if doomed || down {
            if !routine {
                self.record(None, Event::Lost { from, to, payload, because }, records);
            }
            return;
        }
        match (from, to, payload) {
            (Place::Node(from), Place::Node(to), Payload::Peer(message)) => {
                self.step_node(to, Input::Message { from, message }, records);
            }
            (_, Place::Gateway, Payload::Ask(request)) => self.hand_to_node(request.id, records),
            (_, Place::Node(node), Payload::Ask(request)) => {
                self.record(Some(to), Event::Requested(request), records);
                self.step_node(node, Input::Request(request), records);
            }
            (Place::Node(node), Place::Gateway, Payload::Reply { request, answer }) => {
                self.gateway_hears(node, term, request, answer, records);
            }
            (_, Place::Customers, Payload::Reply { request, answer }) => {
                let late = self.customer_hears(request, answer);
                self.record(Some(Place::Customers), Event::Heard { request, answer, late }, records);
            }
            (_, Place::Gateway, Payload::Read(read)) => self.route_read(read, records),
            (_, Place::Node(node), Payload::Read(read)) => self.step_node(node, Input::Read(read), records),
            (_, Place::Gateway, Payload::ReadReply { read, answer }) => {
                let reply = Payload::ReadReply { read, answer: self.checked_read(term, read, answer) };
                self.send(Place::Gateway, Place::Customers, reply, true, records);
            }
            (_, Place::Customers, Payload::ReadReply { read, answer }) => self.read_heard(read.id, answer, records),
            (_, Place::Node(node), Payload::Order(order)) => self.step_node(node, Input::Order(order), records),
            (_, Place::ControlPlane, Payload::Notice(notice)) => self.control_hears(notice, records),
            (_, Place::Gateway, Payload::Leader { node, term }) if self.gateway.learn(node, term) => {
                self.record(Some(Place::Gateway), Event::Learned { leader: node, term }, records);
            }
            _ => {}
        }
    }

    pub(super) fn pass_on(&mut self, by: NodeId, request: RequestId, answer: Answer, records: &mut Vec<Record>) {
        self.gateway.answered(request);
        if self.is_on(Switch::GatewayToken) {
            self.note_promise(by, request, answer, records);
        }
        let reply = Payload::Reply { request, answer };
        self.send(Place::Gateway, Place::Customers, reply, true, records);
    }

    /// A node refused without appending: the gateway tries again while the customer waits.
    pub(super) fn refused(&mut self, request: RequestId) {
        if self.gateway.refused(request) {
            self.schedule(self.now + RESEND_AFTER, Happening::Resend(request));
        }
    }

    /// A disk has finished: the node hears of it, and then everything is sent that waited for it.
    fn write_done(&mut self, id: NodeId, starts: u32, records: &mut Vec<Record>) {
        let machine = &mut self.machines[id.slot()];
        if machine.starts != starts || machine.node.is_none() {
            return;
        }
        if let Some((writes, from, _)) = machine.disk.writing() {
            let entries = writes.map(|write| write.entries.len()).sum();
            self.measures.written(id, entries, self.now.since(from));
        }
        let (last, sends, next) = machine.disk.finish(self.now);
        if let Some(done) = next {
            self.schedule(done, Happening::WriteDone { node: id, starts });
        }
        if let Some(last) = last {
            self.step_node(id, Input::Written(last), records);
        }
        for send in sends {
            self.send_for(id, send, records);
        }
    }

    /// A customer sends a request, for the first time or again.
    pub(super) fn customer_asks(&mut self, request: RequestId, attempt: u32, records: &mut Vec<Record>) {
        let Some(ticket) = self.gateway.tickets().get(request) else { return };
        if let (Some(node), true) = (ticket.fixed, self.untimed.is_some()) {
            return self.step_node(node, Input::Request(ticket.request), records);
        }
        if attempt == 1 {
            self.measures.arrived();
        }
        let payload = Payload::Ask(ticket.request);
        self.send(Place::Customers, Place::Gateway, payload, true, records);
        let gives_up = self.schedule(self.now + self.timeout, Happening::GiveUp { request, attempt });
        self.gateway.be_patient(request, gives_up);
    }

    fn hand_to_node(&mut self, request: RequestId, records: &mut Vec<Record>) {
        if let Some((node, request)) = self.gateway.hand_over(request) {
            self.send(Place::Gateway, Place::Node(node), Payload::Ask(request), false, records);
        }
    }

    fn give_up(&mut self, request: RequestId, attempt: u32, records: &mut Vec<Record>) {
        match self.gateway.give_up(request, attempt) {
            Patience::Settled => {}
            Patience::InDoubt => {
                self.measures.in_doubt();
                self.record(Some(Place::Customers), Event::InDoubt(request), records);
            }
            Patience::Refuse => {
                let answer = Answer::Unavailable;
                self.customer_hears(request, answer);
                self.record(Some(Place::Customers), Event::Heard { request, answer, late: false }, records);
            }
        }
    }

    /// How long the customers wait.
    pub(super) fn set_timeout(&mut self, timeout: Micros) {
        self.timeout = timeout;
    }
}
