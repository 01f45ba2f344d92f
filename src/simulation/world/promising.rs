//! How promises come about, and how they stand.

use super::World;
use crate::replication::{Answer, NodeId, Position, RequestId};
use crate::simulation::promises::{Promise, Standing};
use crate::simulation::{Detail, Event, Machine, Record};

impl World {
    /// A 201 leaves: a promise, unless it only says again what was promised before.
    pub(super) fn note_promise(&mut self, by: NodeId, request: RequestId, answer: Answer, records: &mut Vec<Record>) {
        let Answer::Created(position) = answer else { return };
        let Some(ticket) = self.gateway.tickets().get(request) else { return };
        if self.promises.of(request).is_some_and(|promise| promise.position == position) {
            return;
        }
        let (request, now) = (ticket.request, self.now);
        let standing = self.standing_of(position);
        let promise = Promise { request, position, by, made_at: now, standing, since: now };
        self.promises.make(promise.clone());
        self.tell_standing(&promise, records);
        if let Some(violation) = self.checker.promises(request) {
            self.record(None, Event::Violated(violation), records);
        }
    }

    /// Judges the promises anew, if something happened that can change how one stands.
    pub(super) fn review_promises(&mut self, records: &mut Vec<Record>) {
        if !std::mem::take(&mut self.promises_stirred) {
            return;
        }
        let mut promises = std::mem::take(&mut self.promises);
        let changed = promises.review(self.now, |position| self.standing_of(position));
        self.promises = promises;
        for promise in changed {
            self.tell_standing(&promise, records);
        }
    }

    /// What has become of a promised entry: the leader of the highest term ever decides. One that crashed since and runs
    /// again leads nobody: what it has forgotten may be safe elsewhere, and the next leader decides.
    fn standing_of(&self, position: Position) -> Standing {
        let held = |machine: &Machine| machine.log().holds(position);
        let decider = self.machine(self.deciding().1);
        match (decider.node.is_some(), held(decider)) {
            (true, true) => Standing::Kept,
            (true, false) if decider.starts == self.office_starts => Standing::Lost,
            _ if self.machines.iter().any(held) => Standing::InDoubt,
            _ => Standing::Lost,
        }
    }

    fn tell_standing(&mut self, promise: &Promise, records: &mut Vec<Record>) {
        let (term, leader) = self.deciding();
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
