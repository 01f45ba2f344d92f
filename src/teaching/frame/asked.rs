//! What customers asked for, as the page shows it.

use super::words;
use crate::replication::table::Row;
use crate::replication::{CustomerId, NodeId, Position, Read, ReadAnswer, RequestId};
use crate::simulation::{Micros, Outcome, ReadTicket, ReadVerdict, Ticket, World};
use crate::teaching::why;
use std::rc::Rc;
use std::sync::Arc;

/// How many requests are shown: so many of the lowest numbers, which scripts name, and so many of the highest.
const REQUESTS: usize = 100;

/// How many reads are shown: the highest numbers.
const READS: usize = 100;

/// What a customer knows, or what has become of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Not answered yet.
    Pending,
    /// Not answered in time; it may yet turn out to be there.
    Unanswered,
    /// Answered 409: nothing was appended.
    Conflict,
    /// Answered 503: nothing was appended.
    Unavailable,
    /// Answered 201, and the entry is in the deciding leader's log.
    Kept,
    /// Answered 201, and the deciding leader is down.
    InDoubt,
    /// Answered 201, and the entry is gone.
    Lost,
}

/// One request and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestView {
    /// Its name.
    pub request: RequestId,
    /// What it asks for, such as `reserve C14 for 5521`.
    pub what: Rc<str>,
    /// What became of it.
    pub fate: Fate,
    /// The entry of its promise, once it was answered 201.
    pub position: Option<Position>,
    /// When the customer asked.
    pub asked_at: Micros,
    /// When the customer heard.
    pub answered_at: Option<Micros>,
    /// Why it stands as it does, in one sentence with positions.
    pub why: Rc<str>,
}

/// One read and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadView {
    /// What was asked: the name of the read, the cabin, and how sure the answer was to be.
    pub read: Read,
    /// Who asked, if a customer was named.
    pub customer: Option<CustomerId>,
    /// The node that was named, or that the gateway chose.
    pub node: Option<NodeId>,
    /// When it was asked.
    pub asked_at: Micros,
    /// The answer, and when it was heard.
    pub answer: Option<(ReadAnswer, Micros)>,
    /// How the answer stands, with the positions that decide it, from when it left the node.
    pub verdict: Option<Arc<ReadVerdict>>,
    /// Why it stands as it does, or what it waits for, in one sentence with positions.
    pub why: Rc<str>,
}

/// What was asked for, oldest first.
pub(super) fn requests(world: &World) -> Rc<[RequestView]> {
    let tickets = world.gateway().tickets();
    let last = tickets.backward().nth(REQUESTS - 1);
    let first = tickets.iter().take(REQUESTS).take_while(|ticket| last.is_none_or(|last| ticket.key() < last.key()));
    let later = last.map_or_else(|| tickets.from(RequestId(u32::MAX)), |last| tickets.from(last.key()));
    first.chain(later).map(|ticket| request(world, ticket)).collect()
}

fn request(world: &World, ticket: &Ticket) -> RequestView {
    let promise = world.promises().of(ticket.request.id);
    let heard = match ticket.outcome {
        Outcome::Answered { at, .. } => Some(at),
        _ => None,
    };
    RequestView {
        request: ticket.request.id,
        what: ticket.request.to_string().into(),
        fate: words::fate(ticket, promise),
        position: promise.map(|promise| promise.position),
        asked_at: ticket.asked_at,
        answered_at: heard,
        why: why::of_request(world, ticket).to_string().into(),
    }
}

/// What was read, by number.
pub(super) fn reads(world: &World) -> Rc<[ReadView]> {
    let latest: Vec<&ReadTicket> = world.reads().tickets().backward().take(READS).collect();
    latest.into_iter().rev().map(|ticket| read(world, ticket)).collect()
}

fn read(world: &World, ticket: &ReadTicket) -> ReadView {
    ReadView {
        read: ticket.read,
        customer: ticket.customer,
        node: ticket.node,
        asked_at: ticket.asked_at,
        answer: ticket.outcome,
        verdict: ticket.verdict.clone(),
        why: why::of_read(world, ticket).to_string().into(),
    }
}
