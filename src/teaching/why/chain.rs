//! The events that led to where things stand, picked out of a run: what was done to the booking, what the operator or
//! fate did to the nodes meanwhile, and who came to lead.

use super::Finding;
use crate::replication::{Event as Did, Judgement, Message, NodeId, Position, ReadId, RequestId};
use crate::simulation::{Action, Event, Payload, Place, ReadTicket, Record};
use crate::teaching::timeline::{Logged, Timeline};

/// What a booking went through: as a request, as an entry, as a promise.
pub(super) fn of_booking(timeline: &Timeline, request: Option<RequestId>, entry: Option<Position>) -> Vec<Logged> {
    timeline.past_where(&|record| {
        request.is_some_and(|request| speaks_of_request(&record.event, request))
            || entry.is_some_and(|entry| speaks_of_entry(record, entry))
            || changes_who_holds(&record.event)
    })
}

/// What a read went through, and how the last entry that was committed when it began went where.
pub(super) fn of_read(timeline: &Timeline, ticket: &ReadTicket) -> Vec<Logged> {
    let entry = ticket.verdict.as_ref().map(|verdict| verdict.committed);
    timeline.past_where(&|record| {
        speaks_of_read(&record.event, ticket.read.id)
            || entry.is_some_and(|entry| speaks_of_entry(record, entry) || applies(record, entry))
            || changes_who_holds(&record.event)
    })
}

/// What the control plane last said of a node's promotion, and the faults that keep reports away.
pub(super) fn of_promotion(timeline: &Timeline, node: NodeId) -> Vec<Logged> {
    timeline.past_where(&|record| match &record.event {
        Event::Refused { node: other, .. } => *other == node,
        Event::Granted { verdict, .. } => verdict.candidate == node,
        Event::Done(Action::SetAck(_) | Action::SetSync(_)) => true,
        event => is_fault(event),
    })
}

/// Why a node led no more when it last stepped down or went down as a leader, and how that came about.
pub(super) fn of_step_down(timeline: &Timeline, node: NodeId) -> Option<(Finding, Vec<Logged>)> {
    let here = |record: &Record| record.place == Some(Place::Node(node));
    let chain = timeline.past_where(&|record| match &record.event {
        Event::Node(Did::BecameLeader) => true,
        Event::Node(Did::SteppedDown { .. } | Did::AdoptedTerm { .. }) => here(record),
        Event::Node(Did::TurnedAway { from, .. }) => *from == node,
        Event::Done(Action::Demote(other)) => *other == node,
        Event::Granted { .. } => true,
        event => is_fault(event),
    });
    let mut leads = node == NodeId::MD_DB_4;
    let mut found = None;
    for Logged { record, .. } in &chain {
        match record.event {
            Event::Node(Did::BecameLeader) if here(record) => leads = true,
            Event::Node(Did::SteppedDown { because }) if here(record) => {
                found = Some(Finding::SteppedDown { node, because });
                leads = false;
            }
            Event::Done(Action::Crash(other) | Action::LoseDisk(other)) if other == node && leads => {
                found = Some(Finding::WentDown { node });
                leads = false;
            }
            _ => {}
        }
    }
    Some((found?, chain))
}

/// Why a follower needs a snapshot, and how that came about.
pub(super) fn of_snapshot(timeline: &Timeline, node: NodeId) -> Option<(Finding, Vec<Logged>)> {
    let leader = timeline.world().leader()?;
    let progress = leader.leading()?.progress().get(&node).filter(|progress| progress.needs_snapshot())?;
    let (id, term) = (leader.id(), leader.term());
    let here = |record: &Record| record.place == Some(Place::Node(id)) && record.term == Some(term);
    let chain = timeline.past_where(&|record| match &record.event {
        Event::Node(Did::NeedsSnapshot { follower, .. }) => here(record) && *follower == node,
        Event::Node(Did::Compacted { .. }) => here(record),
        Event::Node(Did::BecameLeader) | Event::Done(Action::SetFlow(..)) => true,
        event => is_fault(event),
    });
    let (because, last) = chain.iter().rev().find_map(|logged| match logged.record.event {
        Event::Node(Did::NeedsSnapshot { because, last, .. }) => Some((because, last)),
        _ => None,
    })?;
    let arrived = progress.transfer().map(|transfer| (transfer.acknowledged(), transfer.chunks()));
    Some((Finding::NeedsSnapshot { follower: node, leader: id, because, last, arrived }, chain))
}

/// What the last node that judged the request of a chain made of it.
pub(super) fn last_judgement(chain: &[Logged]) -> Option<(NodeId, Judgement)> {
    chain.iter().rev().find_map(|Logged { record, .. }| match (record.place, &record.event) {
        (Some(Place::Node(node)), Event::Node(Did::Judged { judgement, .. })) => Some((node, *judgement)),
        _ => None,
    })
}

/// Whether an entry was ever there.
pub(super) fn appends(chain: &[Logged], wanted: Position) -> bool {
    let appends = |event: &Event| match event {
        Event::Node(Did::Appended { entries, .. }) => entries.iter().any(|entry| entry.position() == wanted),
        _ => false,
    };
    chain.iter().any(|logged| appends(&logged.record.event))
}

fn speaks_of_request(event: &Event, wanted: RequestId) -> bool {
    match event {
        Event::Done(Action::Request { request, .. } | Action::Retry(request))
        | Event::Answered { request, .. }
        | Event::Heard { request, .. }
        | Event::Fenced { request, .. }
        | Event::InDoubt(request)
        | Event::Promise { request, .. }
        | Event::Node(Did::Judged { request, .. }) => *request == wanted,
        Event::Requested(request) => request.id == wanted,
        _ => false,
    }
}

fn speaks_of_read(event: &Event, wanted: ReadId) -> bool {
    match event {
        Event::Done(Action::Read { read, .. }) | Event::ReadJudged { read, .. } | Event::ReadHeard { read, .. } => {
            *read == wanted
        }
        Event::ReadAnswered { read, .. }
        | Event::Node(Did::ReadWaits { read, .. })
        | Event::Sent { payload: Payload::Read(read), .. }
        | Event::Lost { payload: Payload::Read(read) | Payload::ReadReply { read, .. }, .. } => read.id == wanted,
        _ => false,
    }
}

fn applies(record: &Record, wanted: Position) -> bool {
    let Event::Node(Did::Applied { entries }) = &record.event else { return false };
    entries.iter().any(|entry| entry.position() == wanted)
}

fn speaks_of_entry(record: &Record, wanted: Position) -> bool {
    let among = |entries: &[crate::replication::Entry]| entries.iter().any(|entry| entry.position() == wanted);
    match &record.event {
        Event::Node(Did::Appended { entries, .. } | Did::RolledBack { entries, .. }) => among(entries),
        Event::Node(Did::Durable { last }) => *last == wanted,
        Event::Node(Did::Committed { from, through, .. }) => {
            record.term == Some(wanted.term) && *from < wanted.index && wanted.index <= *through
        }
        Event::Lost { payload: Payload::Peer(Message::Append(append)), .. } => among(&append.entries),
        Event::Promise { position, .. } => *position == wanted,
        _ => false,
    }
}

/// Whether it can change which logs hold an entry, or which leader decides.
fn changes_who_holds(event: &Event) -> bool {
    let decides = matches!(event, Event::Granted { .. } | Event::Refused { .. } | Event::Node(Did::BecameLeader));
    decides || is_fault(event)
}

fn is_fault(event: &Event) -> bool {
    use Action::{Crash, Cut, CutControl, CutGateway, Delay, Drop, LoseDisk, Partition, Pause, Promote};
    matches!(
        event,
        Event::Done(
            Crash(_)
                | LoseDisk(_)
                | Pause(_)
                | Cut { .. }
                | Partition(_)
                | CutGateway(_)
                | CutControl(_)
                | Drop(_)
                | Delay(..)
                | Promote { force: true, .. }
        )
    )
}
