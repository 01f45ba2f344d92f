//! How promises come about, and how they stand.

use super::World;
use crate::replication::{Answer, NodeId, Position, RequestId};
use crate::simulation::promises::Standing;
use crate::simulation::{Detail, Event, Machine, Record};

impl World {
    pub(super) fn note_promise(&mut self, by: NodeId, request: RequestId, answer: Answer, records: &mut Vec<Record>) {
        let Answer::Created(position) = answer else { return };
        let Some(request) = self.gateway.tickets().get(&request).map(|ticket| ticket.request) else { return };
        if self.promises.make(request, position, by, self.now) {
            self.promises_stirred = true;
            let (standing, decided_by) = (Standing::Kept, self.deciding().1);
            self.record(None, Event::Promise { request: request.id, position, standing, decided_by }, records);
            if let Some(violation) = self.checker.promises(request) {
                self.record(None, Event::Violated(violation), records);
            }
        }
    }

    /// Judges the promises anew, if something happened that can change how one stands.
    pub(super) fn review_promises(&mut self, records: &mut Vec<Record>) {
        if !std::mem::take(&mut self.promises_stirred) {
            return;
        }
        let (term, leader) = self.deciding();
        let machines = &self.machines;
        let judge = |position: Position| {
            let held = |machine: &Machine| machine.log().holds(position);
            let decider = &machines[leader.slot()];
            match (decider.node.is_some(), held(decider), machines.iter().any(held)) {
                (true, true, _) => Standing::Kept,
                (true, false, _) | (false, _, false) => Standing::Lost,
                (false, _, true) => Standing::InDoubt,
            }
        };
        for promise in self.promises.review(self.now, judge) {
            let (request, position, standing) = (promise.request, promise.position, promise.standing);
            let event = Event::Promise { request: request.id, position, standing, decided_by: leader };
            self.record(None, event, records);
            if standing == Standing::Lost {
                let detail = Detail::Promise { request, position, by: promise.by, leader, term };
                let violation = self.checker.loses(detail);
                self.record(None, Event::Violated(violation), records);
            }
        }
    }
}
