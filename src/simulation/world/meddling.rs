//! What is done to single messages on their way: one is dropped, or comes later, or twice.
//!
//! Links between nodes let others overtake what comes later. The connections of gateway, control plane and customers
//! deliver in the order of sending, so there whatever was sent after it waits with it; and they double nothing.

use super::{Happening, World};
use crate::simulation::network::{Envelope, LossReason};
use crate::simulation::{Due, Event, InFlight, Micros, Place, Record};
use std::sync::Arc;

impl World {
    /// The message that is meant, if it is on its way.
    pub(super) fn find(&self, wanted: InFlight) -> Option<(Due, Arc<Envelope>)> {
        let mut alike: Vec<(Due, &Arc<Envelope>)> = Vec::new();
        for (due, happening) in self.agenda.iter() {
            if let Happening::Deliver(envelope) = happening
                && wanted.is_like(envelope)
            {
                alike.push((due, envelope));
            }
        }
        alike.sort_by_key(|(_, envelope)| envelope.id);
        let (due, envelope) = alike.get(usize::from(wanted.number).checked_sub(1)?)?;
        Some((*due, Arc::clone(envelope)))
    }

    /// It never arrives.
    pub(super) fn drop_message(&mut self, wanted: InFlight, records: &mut Vec<Record>) {
        let Some((due, envelope)) = self.find(wanted) else { return };
        self.agenda.take(due);
        self.book_end(envelope.id, Some(LossReason::Dropped));
        self.gateway.loses_sight(&envelope);
        let (from, to, payload) = (envelope.from, envelope.to, envelope.payload.clone());
        self.record(None, Event::Lost { from, to, payload, because: LossReason::Dropped }, records);
    }

    /// It arrives so much later.
    pub(super) fn delay_message(&mut self, wanted: InFlight, by: Micros, records: &mut Vec<Record>) {
        let Some((due, envelope)) = self.find(wanted) else { return };
        self.gateway.loses_sight(&envelope);
        let (from, to, payload) = (envelope.from, envelope.to, envelope.payload.clone());
        let at = due.at + by;
        let waits = |(other, happening): (Due, &Happening)| match happening {
            Happening::Deliver(later) => {
                (later.from, later.to) == (from, to) && later.id > envelope.id && other.at < at
            }
            _ => false,
        };
        let mut later = vec![due];
        if !between_nodes(from, to) {
            later.extend(self.agenda.iter().filter(|it| waits(*it)).map(|(due, _)| due));
            self.network.hold(from, to, at);
        }
        for due in later {
            if let Some(Happening::Deliver(envelope)) = self.agenda.take(due) {
                self.dispatch(Arc::new(Envelope { due_at: at, ..(*envelope).clone() }));
            }
        }
        self.record(None, Event::Strayed { from, to, payload, twice: false }, records);
    }

    /// It arrives once more, right after itself.
    pub(super) fn duplicate_message(&mut self, wanted: InFlight, records: &mut Vec<Record>) {
        let Some((_, envelope)) = self.find(wanted) else { return };
        self.messages += 1;
        let (from, to, payload) = (envelope.from, envelope.to, envelope.payload.clone());
        let once_more = Envelope { id: self.messages, doomed: false, ..(*envelope).clone() };
        self.dispatch(Arc::new(once_more));
        self.record(None, Event::Strayed { from, to, payload, twice: true }, records);
    }
}

/// Whether it is a link between two nodes that carries what passes there.
pub(super) fn between_nodes(from: Place, to: Place) -> bool {
    matches!((from, to), (Place::Node(_), Place::Node(_)))
}
