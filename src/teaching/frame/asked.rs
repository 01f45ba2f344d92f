//! What customers asked for, as the page shows it.

use super::words;
use crate::replication::table::Row;
use crate::replication::{CustomerId, NodeId, Position, Read, ReadAnswer, RequestId};
use crate::simulation::{Micros, Outcome, ReadTicket, ReadVerdict, Standing, Ticket, World};
use crate::teaching::script::Names;
use crate::teaching::why;
use std::rc::Rc;
use std::sync::Arc;

/// How many requests are shown of those that scripts name: so many of the lowest numbers, and so many of the highest.
const REQUESTS: usize = 100;

/// How many requests are shown of customers of a burst: the latest, and the latest whose promise is lost.
const CROWD: usize = 3;

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

/// Everybody who asked, once customers come by themselves, in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CrowdView {
    /// Customers so far, those of bursts and those of the script.
    pub asked: u32,
    /// Of these, those that wait for an answer, and were promised nothing yet.
    pub waiting: u32,
    /// Those that were not answered in time, and were promised nothing.
    pub unanswered: u32,
    /// Answers of 503.
    pub unavailable: u64,
    /// Promises that are kept.
    pub kept: u32,
    /// Promises in doubt.
    pub in_doubt: u32,
    /// Promises that are lost.
    pub lost: u32,
}

/// What was asked for, oldest first. Of the customers of a burst only a few: [`CrowdView`] counts them.
pub(super) fn requests(world: &World) -> Rc<[RequestView]> {
    let tickets = world.gateway().tickets();
    let unnamed = RequestId(Names::LAST_REQUEST.0 + 1);
    let named = || tickets.iter().take_while(|ticket| ticket.key() < unnamed);
    let count = named().count();
    let of_script = named().enumerate().filter(|(place, _)| *place < REQUESTS || place + REQUESTS >= count);
    let mut shown: Vec<&Ticket> = of_script.map(|(_, ticket)| ticket).collect();
    let lost = world.promises().count(Standing::Lost).min(CROWD as u32) as usize;
    let (_, decider) = world.deciding();
    let broken = world.promises().missing_in(world.machine(decider).log());
    let broken = broken.filter(|promise| promise.standing == Standing::Lost).take(lost);
    let broken = broken.filter_map(|promise| tickets.get(promise.request.id));
    for ticket in tickets.backward().take_while(|ticket| ticket.key() >= unnamed).take(CROWD).chain(broken) {
        let place = shown.iter().rposition(|other| other.key() <= ticket.key());
        if place.is_none_or(|place| shown[place].key() != ticket.key()) {
            shown.insert(place.map_or(0, |place| place + 1), ticket);
        }
    }
    shown.into_iter().map(|ticket| request(world, ticket)).collect()
}

/// Everybody who asked.
pub(super) fn crowd(world: &World) -> CrowdView {
    let came = world.load().arrived();
    if came == 0 {
        return CrowdView::default();
    }
    let (tickets, promises) = (world.gateway().tickets(), world.promises());
    // Whoever was promised something is counted by what became of that, heard or not.
    let count = |outcome: Outcome| {
        let is_so = |it: &&Ticket| it.outcome == outcome && promises.of(it.request.id).is_none();
        tickets.iter().filter(is_so).count() as u32
    };
    let named = tickets.iter().take_while(|ticket| ticket.key() <= Names::LAST_REQUEST).count() as u32;
    CrowdView {
        asked: came + named,
        waiting: count(Outcome::Pending),
        unanswered: count(Outcome::InDoubt),
        unavailable: world.measures().totals().unavailable,
        kept: promises.count(Standing::Kept),
        in_doubt: promises.count(Standing::InDoubt),
        lost: promises.count(Standing::Lost),
    }
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
