//! The reservation API: hands each request to the leader that it knows, and keeps book of what customers were told.

use super::network::{Envelope, Payload};
use super::{Due, Micros, Place};
use crate::replication::table::Row;
use crate::replication::{Answer, NodeId, Request, RequestId, Table, Term};

/// After how long the gateway re-sends what a node refused without appending anything.
pub const RESEND_AFTER: Micros = Micros::from_millis(50);

/// The gateway and its customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gateway {
    /// The leader that the control plane named last, and its term.
    leader: (NodeId, Term),
    tickets: Table<Ticket>,
}

/// What became of one request, as its customer knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// What was asked.
    pub request: Request,
    /// The node that this customer's gateway believes in, whatever the control plane says.
    pub fixed: Option<NodeId>,
    /// When it was asked first.
    pub asked_at: Micros,
    /// How often the customer has asked.
    pub attempts: u32,
    /// How often it was handed to a node that has not answered.
    pub unanswered: u32,
    /// What the customer knows.
    pub outcome: Outcome,
    /// When the customer's patience with the latest attempt is over.
    pub(super) gives_up: Due,
}

/// What a customer knows of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing yet.
    Pending,
    /// Nothing in time: it may have been carried out or not.
    InDoubt,
    /// The answer.
    Answered {
        /// What it says.
        answer: Answer,
        /// When it was heard.
        at: Micros,
        /// It came after the request was in doubt.
        late: bool,
    },
}

impl Row for Ticket {
    type Key = RequestId;

    fn key(&self) -> RequestId {
        self.request.id
    }
}

impl Gateway {
    /// A gateway that knows who leads, and has no requests yet.
    #[must_use]
    pub fn new(leader: NodeId, term: Term) -> Self {
        Self { leader: (leader, term), tickets: Table::new() }
    }

    /// The leader that it knows.
    #[must_use]
    pub fn leader(&self) -> NodeId {
        self.leader.0
    }

    /// The term of the leader that it knows.
    #[must_use]
    pub fn term(&self) -> Term {
        self.leader.1
    }

    /// Learns who leads. News of an older term is no news. Whether it was any.
    pub fn learn(&mut self, leader: NodeId, term: Term) -> bool {
        let news = term > self.leader.1;
        if news {
            self.leader = (leader, term);
        }
        news
    }

    /// Every request, by number.
    #[must_use]
    pub fn tickets(&self) -> &Table<Ticket> {
        &self.tickets
    }

    /// A customer asks for something new.
    pub fn open(&mut self, request: Request, fixed: Option<NodeId>, now: Micros) {
        let outcome = Outcome::Pending;
        let ticket =
            Ticket { request, fixed, asked_at: now, attempts: 1, unanswered: 0, outcome, gives_up: Due::default() };
        self.tickets.insert(ticket);
    }

    /// Throws a ticket away, if its customer has an answer.
    pub fn forget_answered(&mut self, id: RequestId) {
        if self.tickets.get(id).is_some_and(|ticket| matches!(ticket.outcome, Outcome::Answered { .. })) {
            self.tickets.remove(id);
        }
    }

    /// A customer asks again, with the same id. The request, and which attempt this is; nothing if it was never made.
    pub fn ask_again(&mut self, id: RequestId) -> Option<(Request, u32)> {
        let ticket = self.tickets.get_mut(id)?;
        ticket.attempts += 1;
        // A promise stays heard. Anything else the customer hopes to hear differently.
        if !matches!(ticket.outcome, Outcome::Answered { answer: Answer::Created(_), .. }) {
            ticket.outcome = Outcome::Pending;
        }
        Some((ticket.request, ticket.attempts))
    }

    /// Notes when the customer's patience is over.
    pub(super) fn be_patient(&mut self, id: RequestId, gives_up: Due) {
        if let Some(ticket) = self.tickets.get_mut(id) {
            ticket.gives_up = gives_up;
        }
    }

    /// To whom a request goes now, and the request. Counts it as on its way.
    pub fn hand_over(&mut self, id: RequestId) -> Option<(NodeId, Request)> {
        let leader = self.leader.0;
        let ticket = self.tickets.get_mut(id)?;
        ticket.unanswered += 1;
        Some((ticket.fixed.unwrap_or(leader), ticket.request))
    }

    /// A node refused a request without appending anything. Whether it is to be sent again.
    pub fn refused(&mut self, id: RequestId) -> bool {
        let Some(ticket) = self.tickets.get_mut(id) else { return false };
        ticket.unanswered = ticket.unanswered.saturating_sub(1);
        ticket.outcome == Outcome::Pending
    }

    /// Somebody kept back a message between a customer and the gateway: as long as no answer is heard, nobody can tell
    /// what became of the request.
    pub(super) fn loses_sight(&mut self, envelope: &Envelope) {
        let request = match (&envelope.payload, envelope.from, envelope.to) {
            (Payload::Ask(request), Place::Customers, _) => request.id,
            (Payload::Reply { request, .. }, _, Place::Customers) => *request,
            _ => return,
        };
        if let Some(ticket) = self.tickets.get_mut(request) {
            ticket.unanswered += 1;
        }
    }

    /// A node has answered.
    pub fn answered(&mut self, id: RequestId) {
        if let Some(ticket) = self.tickets.get_mut(id) {
            ticket.unanswered = ticket.unanswered.saturating_sub(1);
        }
    }

    /// The customer hears an answer. Whether it comes late.
    pub fn heard(&mut self, id: RequestId, answer: Answer, now: Micros) -> bool {
        let Some(ticket) = self.tickets.get_mut(id) else { return false };
        let late = ticket.outcome == Outcome::InDoubt;
        ticket.outcome = Outcome::Answered { answer, at: now, late };
        late
    }

    /// The customer's patience with one attempt is over.
    pub fn give_up(&mut self, id: RequestId, attempt: u32) -> Patience {
        match self.tickets.get_mut(id) {
            Some(ticket) if ticket.outcome == Outcome::Pending && ticket.attempts == attempt => {
                if ticket.unanswered == 0 {
                    return Patience::Refuse;
                }
                ticket.outcome = Outcome::InDoubt;
                Patience::InDoubt
            }
            _ => Patience::Settled,
        }
    }
}

/// What an attempt comes to when the customer's patience is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// It was answered, or asked again since.
    Settled,
    /// Every node that got the request refused it: 503, and nothing was appended.
    Refuse,
    /// Some node got the request and never answered.
    InDoubt,
}
