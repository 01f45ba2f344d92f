//! The book of post: every message that leaves and how it ends, the routine ones too, for whoever draws a run. Records
//! tell a story, and leave out what says nothing new; the book leaves out nothing, and is kept only where it is wanted.

use super::{Happening, World};
use crate::simulation::network::{Envelope, LossReason, Payload};
use crate::simulation::{Micros, Place};
use std::sync::Arc;

/// An entry of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Posting {
    /// A message is on its way.
    Sent(Arc<Envelope>),
    /// A message was to go where nothing passes: it has not left.
    Stopped(Arc<Envelope>),
    /// A message is on its way no more.
    Ended {
        /// Which.
        id: u64,
        /// Why it was not acted on; nothing if it was.
        lost: Option<LossReason>,
    },
}

impl World {
    /// Keeps the book from now on. What is on its way already is the first of it.
    pub fn keep_book(&mut self) {
        let mut flights: Vec<Arc<Envelope>> = self.flights().cloned().collect();
        flights.sort_by_key(|envelope| envelope.id);
        self.book = Some(flights.into_iter().map(Posting::Sent).collect());
    }

    /// What was entered since this was asked last, in order.
    pub fn postings(&mut self) -> Vec<Posting> {
        self.book.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// A message leaves, or leaves anew, and is due when it says.
    pub(super) fn dispatch(&mut self, envelope: Arc<Envelope>) {
        if let Some(book) = &mut self.book {
            book.push(Posting::Sent(Arc::clone(&envelope)));
        }
        self.schedule(envelope.due_at, Happening::Deliver(envelope));
    }

    pub(super) fn book_end(&mut self, id: u64, lost: Option<LossReason>) {
        if let Some(book) = &mut self.book {
            book.push(Posting::Ended { id, lost });
        }
    }

    pub(super) fn book_stopped(&mut self, from: Place, to: Place, payload: &Payload, routine: bool) {
        if let Some(book) = &mut self.book {
            let (sent_at, due_at): (Micros, Micros) = (self.now, self.now);
            let payload = payload.clone();
            let envelope = Envelope { id: 0, from, to, payload, routine, term: 0, sent_at, due_at, doomed: true };
            book.push(Posting::Stopped(Arc::new(envelope)));
        }
    }
}
