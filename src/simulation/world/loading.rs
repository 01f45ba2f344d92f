//! Customers who come by themselves, and what it costs a machine to serve them.

use super::{Happening, World};
use crate::replication::{Answer, Input, Limits, NodeId, Request, RequestId};
use crate::simulation::network::{LossReason, Payload};
use crate::simulation::{Envelope, Event, Micros, Place, Record};
use std::sync::Arc;

impl World {
    /// A burst begins: `rate` customers a second on average come by themselves.
    pub(super) fn begin_burst(&mut self, rate: u32, span: Micros) {
        let burst = self.load.begin(rate, self.now, span);
        self.expect_customer(burst);
    }

    fn expect_customer(&mut self, burst: usize) {
        if let Some(at) = self.load.next(burst) {
            self.schedule(at, Happening::Arrival(burst));
        }
    }

    /// The next customer of a burst comes.
    pub(super) fn customer_arrives(&mut self, burst: usize, records: &mut Vec<Record>) {
        let request = self.load.arrive();
        self.expect_customer(burst);
        self.record(Some(Place::Customers), Event::Arrived(request), records);
        match self.is_elsewhere(request.cabin) {
            true => self.ask_elsewhere(request, records),
            false => self.serve(request, records),
        }
    }

    /// A customer whom no script names asks this shard's gateway.
    pub(super) fn serve(&mut self, request: Request, records: &mut Vec<Record>) {
        self.gateway.open(request, None, self.now);
        self.customer_asks(request.id, 1, records);
        self.forget_tickets_before(request.id);
    }

    /// What the leaders take on at most, from now on.
    pub(super) fn set_limits(&mut self, limits: Limits) {
        self.load.limits = limits;
        self.machines.iter_mut().filter_map(|machine| machine.node.as_mut()).for_each(|node| node.set_limits(limits));
    }

    /// A message has come to its end. A busy machine lets it wait.
    pub(super) fn arrive(&mut self, envelope: Arc<Envelope>, records: &mut Vec<Record>) {
        if let Place::Node(id) = envelope.to
            && !envelope.doomed
        {
            let machine = &mut self.machines[id.slot()];
            if machine.node.is_some() && !machine.cpu.acts_at_once(self.now) {
                machine.cpu.enqueue(envelope);
                self.measures.queued(id, machine.cpu.waiting());
                return self.turn_to_work(id);
            }
        }
        self.deliver(Arc::unwrap_or_clone(envelope), records);
    }

    /// A machine turns to what waits for it, if it is not at work.
    fn turn_to_work(&mut self, id: NodeId) {
        let machine = &mut self.machines[id.slot()];
        let together = self.load.limits.batch;
        if let Some((from, done)) = machine.cpu.turn(self.now, together) {
            let starts = machine.starts;
            self.measures.busy(id, from, done);
            self.schedule(done, Happening::WorkDone { node: id, starts });
        }
    }

    /// A machine acts on what it has worked on.
    pub(super) fn work_done(&mut self, id: NodeId, starts: u32, records: &mut Vec<Record>) {
        let machine = &mut self.machines[id.slot()];
        if machine.starts != starts || machine.node.is_none() {
            return;
        }
        let done = machine.cpu.finish();
        let request = |envelope: &Arc<Envelope>| match envelope.payload {
            Payload::Ask(request) => Some(request),
            _ => None,
        };
        let requests: Vec<Request> = done.iter().filter_map(request).collect();
        if requests.len() > 1 {
            done.iter().for_each(|envelope| self.book_end(envelope.id, None));
            for request in &requests {
                self.record(Some(Place::Node(id)), Event::Requested(*request), records);
            }
            self.step_node(id, Input::Requests(requests), records);
        } else {
            done.into_iter().for_each(|envelope| self.deliver(Arc::unwrap_or_clone(envelope), records));
        }
        self.turn_to_work(id);
    }

    /// A customer hears an answer, and waits no longer. Whether it comes late.
    pub(super) fn customer_hears(&mut self, request: RequestId, answer: Answer) -> bool {
        if let Some(ticket) = self.gateway.tickets().get(request) {
            self.measures.heard(answer, self.now.since(ticket.asked_at));
            self.agenda.take(ticket.gives_up);
        }
        self.gateway.heard(request, answer, self.now)
    }

    /// Closes the intervals that are over by some moment, before anything happens at it.
    pub(super) fn measure_until(&mut self, moment: Micros) {
        while self.measures.end() <= moment && self.untimed.is_none() {
            let (end, log_end) = (self.measures.end(), self.leader().map_or(0, |leader| leader.log().last().index));
            let lags: Vec<_> =
                NodeId::all(self.config.replicas).map(|node| self.lag_behind(node, log_end, end)).collect();
            self.measures.close(lags.into_iter());
        }
    }

    /// A machine has stopped: what waited for its processor is lost.
    pub(super) fn lose_queue(&mut self, id: NodeId, records: &mut Vec<Record>) {
        for envelope in self.machines[id.slot()].cpu.crash() {
            self.book_end(envelope.id, Some(LossReason::ReceiverDown));
            if !envelope.routine {
                let (from, to, payload) = (envelope.from, envelope.to, envelope.payload.clone());
                self.record(None, Event::Lost { from, to, payload, because: LossReason::ReceiverDown }, records);
            }
        }
    }
}
