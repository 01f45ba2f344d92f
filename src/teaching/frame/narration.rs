//! What just happened, in plain words: one or two sentences a step.

use crate::replication::{
    Answer, CommitReason, Event as Did, Judgement, Message, ReadAnswer, ReadRefusal, ReadWait, RequestId,
};
use crate::simulation::{Action, Event, InFlight, MessageKind, Payload, Place, Record, Standing, print_duration};
use crate::teaching::listed::Listed;
use crate::teaching::timeline::Logged;

/// The sentence before anything has happened.
const OPENING: &str = "The cluster is at rest: every entry is committed and applied on every node. \
                       Reserve C14 and watch it become real.";

/// Whether the story hangs on it.
#[must_use]
pub fn is_milestone(event: &Event) -> bool {
    match event {
        Event::Node(
            Did::Progressed { .. }
            | Did::TurnedAway { .. }
            | Did::Rebuilt { .. }
            | Did::Backed { .. }
            | Did::Compacted { .. }
            | Did::Committed { because: CommitReason::Told(_), .. },
        ) => false,
        Event::Sent { payload: Payload::Peer(Message::Append(append)), .. }
        | Event::Lost { payload: Payload::Peer(Message::Append(append)), .. } => !append.entries.is_empty(),
        Event::Sent { payload: Payload::Peer(Message::Acknowledge(ack)), .. } => ack.durable > ack.applied,
        Event::Sent { payload: Payload::Read(_), .. } => true,
        Event::Sent { payload: Payload::Peer(Message::Chunk(_)), .. } => true,
        Event::Sent { .. } | Event::Learned { .. } | Event::Strayed { .. } => false,
        _ => true,
    }
}

/// What happened in the last step that the story hangs on.
pub(super) fn latest(past: &[&Logged]) -> String {
    let Some(last) = past.iter().rev().find(|logged| is_milestone(&logged.record.event)).or(past.last()) else {
        return OPENING.to_owned();
    };
    let start = past.partition_point(|logged| logged.step < last.step);
    let step = past[start..].iter().take_while(|logged| logged.step == last.step).map(|logged| &logged.record);
    told(&step.collect::<Vec<_>>())
}

/// One step's records: what was done or came about, then what follows from it at once.
fn told(records: &[&Record]) -> String {
    let find = |wanted: fn(&Event) -> bool| records.iter().find(|record| wanted(&record.event)).copied();
    let headline = find(|event| matches!(event, Event::Node(Did::Appended { from: None, .. } | Did::BecameLeader)))
        .or_else(|| find(|event| matches!(event, Event::Refused { .. } | Event::Idle { .. })))
        .or_else(|| {
            find(|event| matches!(event, Event::Node(Did::Judged { .. } | Did::ReadWaits { .. } | Did::Voted { .. })))
        })
        .or_else(|| find(|event| matches!(event, Event::ReadAnswered { .. })))
        .or_else(|| find(|event| matches!(event, Event::Node(Did::Committed { because: CommitReason::Rule(_), .. }))))
        .or_else(|| find(|event| matches!(event, Event::Answered { answer: Answer::Created(_), .. })))
        .or_else(|| find(is_milestone))
        .or(records.first().copied());
    let answered = find(|event| matches!(event, Event::Answered { answer: Answer::Created(_), .. }));
    let mut sentences: Vec<String> = headline.into_iter().map(sentence).collect();
    sentences.extend(sent_out(records));
    let read = find(|event| matches!(event, Event::ReadJudged { .. }));
    sentences.extend(answered.map(sentence));
    sentences.extend(promises(records).filter(|_| answered.is_none()));
    sentences.extend(read.map(sentence));
    sentences.dedup();
    sentences.join(" ")
}

/// What becomes of promises in the same step: of one, or of all that come to stand as the first does.
fn promises(records: &[&Record]) -> Option<String> {
    let fates = records.iter().filter_map(|record| match &record.event {
        Event::Promise { request, standing, decided_by, .. } => Some((record, request, standing, decided_by)),
        _ => None,
    });
    let (first, _, standing, decided_by) = fates.clone().next()?;
    let alike: Vec<&RequestId> = fates.filter(|fate| fate.2 == standing).map(|fate| fate.1).collect();
    if alike.len() == 1 {
        return Some(sentence(first));
    }
    let which = match &alike[..] {
        few if few.len() <= 4 => format!("Promises {}", Listed(few)),
        many => format!("{} promises", many.len()),
    };
    Some(match standing {
        Standing::Kept => format!("{which} are kept: {decided_by} holds their entries."),
        Standing::InDoubt => format!("{which} are in doubt: {decided_by}, who would know, is down."),
        Standing::Lost => format!("{which} are lost: {decided_by} leads, and does not hold their entries."),
    })
}

/// To whom entries or an acknowledgement left in the same step.
fn sent_out(records: &[&Record]) -> Option<String> {
    let entries = |event: &Event| match event {
        Event::Sent { to, payload: Payload::Peer(Message::Append(append)) } if !append.entries.is_empty() => Some(*to),
        _ => None,
    };
    let to: Vec<String> = records.iter().filter_map(|record| entries(&record.event)).map(|to| to.to_string()).collect();
    let appended = records.iter().any(|record| matches!(record.event, Event::Node(Did::Appended { from: None, .. })));
    if appended && !to.is_empty() {
        return Some(format!("It is sent to {}.", to.join(" and to ")));
    }
    let durable = records.iter().any(|record| matches!(record.event, Event::Node(Did::Durable { .. })));
    records.iter().filter(|_| durable).find_map(|record| match &record.event {
        Event::Sent { to, payload: Payload::Peer(Message::Acknowledge(_)) } => {
            Some(format!("Only now it is acknowledged to {to}."))
        }
        _ => None,
    })
}

/// One record, in a plain sentence.
fn sentence(record: &Record) -> String {
    let actor = record.place.map_or_else(|| "The network".to_owned(), name);
    match &record.event {
        Event::Node(did) => inside_a_node(&actor, did),
        Event::Sent { to, payload } => sent(&actor, *to, payload),
        Event::Lost { from, to, payload, because } => {
            let what = match payload {
                Payload::Peer(Message::Append(append)) if append.entries.is_empty() => "A heartbeat".to_owned(),
                Payload::Peer(Message::Append(append)) => format!("Entry {}", indexes(&append.entries)),
                payload => format!("“{payload}”"),
            };
            format!("{what} from {from} never reaches {to}: {because}.")
        }
        Event::Strayed { from, to, twice, .. } => {
            let how = if *twice { "will arrive twice" } else { "takes a detour, and others may overtake it" };
            format!("A message from {from} to {to} {how}.")
        }
        Event::Requested(request) => format!("{actor} gets the request to {request}, and checks that it can be done."),
        Event::Answered { answer: Answer::Created(at), request } => {
            format!("{actor} answers {request} with 201 Created: from now on {at} is a promise.")
        }
        Event::Answered { answer, request } => format!("{actor} answers {request}: {answer}."),
        Event::Heard { answer: Answer::Created(at), request, late } => {
            let late = if *late { ", long after giving up," } else { "" };
            format!("The customer{late} hears 201 Created for {request}, with the commit token {at}.")
        }
        Event::Heard { answer, request, .. } => format!("The customer hears for {request}: {answer}."),
        Event::ReadAnswered { read, answer: ReadAnswer::Refused(refusal) } => {
            format!("{actor} refuses {}: {refusal}.", read.id)
        }
        Event::ReadAnswered { read, answer } => {
            format!("{actor} answers {}: {} is {}.", read.id, read.cabin, in_its_state(answer))
        }
        Event::ReadJudged { read, verdict } => format!("{read} is {verdict}."),
        Event::ReadHeard { read, answer: ReadAnswer::Refused(ReadRefusal::Unanswered), .. } => {
            format!("No answer to {read} came in time: the customer gives up.")
        }
        Event::ReadHeard { read, answer, late } => {
            let late = if *late { ", long after giving up," } else { "" };
            format!("The customer{late} hears for {read}: {}.", in_its_state(answer))
        }
        Event::InDoubt(request) => {
            format!("No answer to {request} came in time. It may have been written or not: it is in doubt.")
        }
        Event::Done(action) => done(action),
        Event::Started { last } => {
            format!("{actor} runs again, as a follower. Its disk holds everything through {last}; its memory is new.")
        }
        Event::Promise { request, position, standing, decided_by } => match standing {
            Standing::Kept => format!("Promise {request} is kept: {decided_by} holds {position}."),
            Standing::InDoubt => format!("Promise {request} is in doubt: {decided_by}, who would know, is down."),
            Standing::Lost => format!("Promise {request} is lost: {decided_by} leads, and does not hold {position}."),
        },
        event @ Event::Objective { .. } => format!("The {event}."),
        Event::Violated(violation) => format!("This must never happen: {violation}."),
        event => format!("{actor} {event}."),
    }
}

fn inside_a_node(node: &str, did: &Did) -> String {
    match did {
        Did::Appended { entries, from: None } => match entries.first() {
            Some(entry) => format!(
                "{node} gives “{}” index {}. It is appended: in one memory, committed nowhere.",
                entry.command, entry.index
            ),
            None => String::new(),
        },
        Did::Appended { entries, from: Some(from) } => {
            format!("{node} has {} from {from} in its memory. Its disk is still writing.", indexes(entries))
        }
        Did::Durable { last } => format!("{last} is on {node}'s disk: durable there, even if {node} crashes now."),
        Did::Committed { through, because: CommitReason::Rule(rule), .. } => {
            format!("The copies that {rule} demands exist: {node} moves the commit index to {through} and applies it.")
        }
        Did::Committed { through, because: CommitReason::Told(leader), .. } => {
            format!("{leader} tells {node} that everything through {through} is committed; {node} applies it.")
        }
        Did::Applied { entries } => format!("{node} applies {}: its readers can see it now.", indexes(entries)),
        Did::RolledBack { entries, leader } => {
            format!("{node} rolls back {}: {leader}'s history has something else there.", indexes(entries))
        }
        Did::Judged { request, judgement } => match judgement {
            Judgement::Conflict(asked) => format!("{node} cannot {asked}: it answers 409, and appends nothing."),
            Judgement::CarriedOut(at) => {
                format!("{node} knows {request}: it was carried out at {at}, so the answer is the same again.")
            }
            Judgement::UnderWay(at) => format!("{node} knows {request}: its entry {at} waits to be committed."),
            Judgement::NotLeader => format!("{node} does not lead: it refuses {request}, and appends nothing."),
            Judgement::NoLease => format!("{node} has no lease: it refuses {request}, and appends nothing."),
            overloaded => format!("{node}: {request} is {overloaded}."),
        },
        Did::ReadWaits { read, wait: ReadWait::Round(_) } => format!(
            "{node} may have been replaced without knowing it: before it answers {}, the others must confirm that it leads.",
            read.id
        ),
        Did::ReadWaits { read, wait: ReadWait::Applied { index, applied } } => {
            format!("{node} has applied {applied}, and {} asks for {index}: it has to wait.", read.id)
        }
        Did::LeaseRanOut { at } => {
            format!("{node} answers nothing more: no majority has acknowledged it, and its lease ended at {at}.")
        }
        Did::NeedsSnapshot { follower, last, .. } => format!(
            "{node} cannot bring {follower} up to date from its log, which begins after {last}: {follower} needs a snapshot."
        ),
        Did::Installed { last, .. } => {
            format!("{node} has the whole snapshot: its state is that of {last}. Its disk is still writing.")
        }
        Did::BecameLeader => format!("{node} leads from now on. Its first entry is a no-op of its own term."),
        Did::AdoptedTerm { term, .. } => format!("{node} adopts term {term}, and obeys no older leader any more."),
        did => format!("{node} {did}."),
    }
}

fn sent(from: &str, to: Place, payload: &Payload) -> String {
    match payload {
        Payload::Peer(Message::Append(append)) if append.entries.is_empty() => {
            format!("{from} tells {to} that the commit index is {}.", append.commit)
        }
        Payload::Peer(Message::Append(append)) => {
            format!("{from} sends {} to {to}, to be stored after {}.", indexes(&append.entries), append.previous)
        }
        Payload::Peer(Message::Acknowledge(ack)) if ack.durable > ack.applied => {
            format!("{from} acknowledges to {to}: everything through {} is on its disk.", ack.durable)
        }
        Payload::Peer(Message::Acknowledge(ack)) => format!("{from} tells {to} that it has applied {}.", ack.applied),
        Payload::Peer(Message::Reject { previous, .. }) => {
            format!("{from} refuses what {to} sent: it does not hold {previous}, the entry before it.")
        }
        Payload::Read(read) => format!("{from} hands {} to {to}: {read}.", read.id),
        Payload::Ask(request) => format!("{from} hands {} to {to}: {request}.", request.id),
        payload => format!("{from} to {to}: {payload}."),
    }
}

fn done(action: &Action) -> String {
    match action {
        Action::Request { request, booking: _, cabin, customer, .. } => {
            format!("Customer {customer} sends {request} to the gateway, about cabin {cabin}.")
        }
        Action::Read { read, cabin, .. } => format!("Is {cabin} free? {read} goes to the gateway."),
        Action::Retry(request) => format!("The customer sends {request} again, with the same id."),
        Action::Crash(node) => format!("{node} crashes. Its memory is gone; what was on its disk stays."),
        Action::LoseDisk(node) => format!("{node} stops and loses its disk: everything that it ever stored is gone."),
        Action::Pause(node) => format!("{node} freezes: what arrives waits, and it does not know that time goes on."),
        Action::Resume(node) => format!("{node} goes on as if no time had passed for it."),
        Action::Restart(node) => format!("{node} starts again."),
        Action::Cut { from, to, both: true } => format!("The link between {from} and {to} is cut."),
        Action::Cut { from, to, both: false } => format!("The link from {from} to {to} is cut; the way back is open."),
        Action::Partition(nodes) => format!("{nodes} is cut off from the other nodes."),
        Action::Heal(None) => "Every cut is healed.".to_owned(),
        Action::Heal(Some((a, b))) => format!("The link between {a} and {b} is whole again."),
        Action::Promote { node, force: false } => format!("The operator asks for {node} as the new leader."),
        Action::Promote { node, force: true } => format!("The operator forces {node} into office, whatever is lost."),
        Action::Demote(node) => format!("The operator has {node} stop leading."),
        Action::SetAck(rule) => format!("From here on, 201 Created is to mean {rule}."),
        Action::Drop(message) => format!("{} is dropped.", one(message)),
        Action::Delay(message, by) => format!("{} is kept back for {}.", one(message), print_duration(*by)),
        Action::Duplicate(message) => format!("{} is sent once more.", one(message)),
        action => format!("Done: {action}."),
    }
}

/// A message on its way, as the subject of a sentence.
fn one(message: &InFlight) -> String {
    let InFlight { kind, from, to, .. } = message;
    let what = match kind {
        MessageKind::Request => "A request",
        MessageKind::Answer => "An answer",
        MessageKind::Append => "An append",
        MessageKind::Heartbeat => "A heartbeat",
        MessageKind::Acknowledge => "An acknowledgement",
        MessageKind::Reject => "A refusal",
        MessageKind::Term => "A message about a term",
        MessageKind::Control => "A message of the control plane",
    };
    format!("{what} on its way from {from} to {to}")
}

fn indexes(entries: &[crate::replication::Entry]) -> String {
    match entries {
        [only] => only.index.to_string(),
        [first, .., last] => format!("{} to {}", first.index, last.index),
        [] => "nothing".to_owned(),
    }
}

/// What a node read, or that it did not.
fn in_its_state(answer: &ReadAnswer) -> String {
    match answer {
        ReadAnswer::Seen { holder, applied } => {
            let holder = holder.map_or_else(|| "free".to_owned(), |holder| format!("taken by {holder}"));
            format!("{holder} in a state that ends with {applied}")
        }
        refused => refused.to_string(),
    }
}

fn name(place: Place) -> String {
    match place {
        Place::Customers => "The customer".to_owned(),
        Place::Gateway => "The gateway".to_owned(),
        Place::ControlPlane => "The control plane".to_owned(),
        Place::Node(node) => node.to_string(),
    }
}
