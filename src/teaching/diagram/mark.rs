//! What a run can be found again by, on the line of whoever it came about at: an entry gets somewhere, a promise is made
//! or lost, a node goes down, another leads.

use crate::replication::{Answer, Command, CommitReason, Entry, Event as Did, Index, NodeId, Term};
use crate::simulation::{Action, Event, Micros, Place, Record, Standing, World};
use crate::teaching::mark::{self, Mark};
use std::rc::Rc;

/// What a mark stands for, the least first: where there is room for one, the greatest is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkKind {
    /// An entry is in a node's memory.
    Appended,
    /// An entry is on a node's disk.
    Durable,
    /// An entry is in a follower's queryable state.
    Applied,
    /// Something else was done to the world.
    Action,
    /// The commit index moved under the rule.
    Committed,
    /// A 201 was sent.
    Promise,
    /// A node runs again, or goes on.
    Up,
    /// A node crashed or froze.
    Down,
    /// A request, or a promotion, was refused.
    Refused,
    /// Entries gave way to another history.
    RolledBack,
    /// A node leads from now on.
    Leads,
    /// A promise was lost.
    Lost,
    /// What must never happen did.
    Violation,
}

/// Something that came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeMark {
    /// What kind of thing.
    pub kind: MarkKind,
    /// On whose line; nothing for the world as a whole.
    pub lane: Option<Place>,
    /// When.
    pub at: Micros,
    /// After which step.
    pub step: u64,
    /// The term of the entry that got somewhere, or else of the node.
    pub term: Option<Term>,
    /// What, in a few words.
    pub label: Rc<str>,
    /// The same, short enough to stand beside the mark.
    pub short: Rc<str>,
}

impl TimeMark {
    /// The mark that a record leaves, if it leaves one; `world` is how its step left the world.
    #[must_use]
    pub fn of(step: u64, record: &Record, world: &World) -> Option<Self> {
        use MarkKind::{
            Action as Other, Appended, Applied, Committed, Durable, Leads, Lost, Promise, Refused, RolledBack,
            Violation,
        };
        let place = record.place;
        let who = place.map(|place| place.to_string()).unwrap_or_default();
        let (kind, lane, label, short) = match &record.event {
            Event::Node(Did::Appended { entries, .. }) => {
                let what = names(entries);
                (Appended, place, format!("{what} appended on {who}"), what)
            }
            Event::Node(Did::Durable { last }) => {
                let what = name_of(world, node(place)?, last.index);
                (Durable, place, format!("{what} on {who}'s disk"), what)
            }
            Event::Node(Did::Applied { entries }) => {
                let what = names(entries);
                (Applied, place, format!("{what} applied on {who}"), what)
            }
            Event::Node(Did::Committed { through, because: CommitReason::Rule(_), .. }) => {
                let what = name_of(world, node(place)?, *through);
                (Committed, place, format!("{what} committed"), what)
            }
            Event::Node(Did::RolledBack { entries, .. }) => {
                let what = names(entries);
                (RolledBack, place, format!("{what} rolled back on {who}"), what)
            }
            Event::Node(Did::BecameLeader) => {
                let term = record.term.unwrap_or_default();
                (Leads, place, format!("{who} leads in term {term}"), format!("leads {term}"))
            }
            Event::Answered { request, answer: Answer::Created(_) } => {
                (Promise, place, format!("201 Created for {request}"), "201".to_owned())
            }
            Event::Answered { request, answer: Answer::Conflict { .. } } => {
                (Refused, place, format!("409 Conflict for {request}"), "409".to_owned())
            }
            Event::Refused { node, .. } => {
                (Refused, place, format!("promotion of {node} refused"), "refused".to_owned())
            }
            Event::Promise { request, standing: Standing::Lost, decided_by, .. } => {
                (Lost, Some(Place::Node(*decided_by)), format!("promise {request} lost"), format!("{request} lost"))
            }
            Event::InDoubt(request) => (Refused, place, format!("{request} in doubt"), "no answer".to_owned()),
            Event::Violated(violation) => (Violation, None, violation.invariant.to_string(), "violation".to_owned()),
            Event::Done(action) => done(action)?,
            _ => return None,
        };
        let lane = if kind == Other { None } else { lane };
        let term = match &record.event {
            Event::Node(Did::Appended { entries, .. } | Did::Applied { entries } | Did::RolledBack { entries, .. }) => {
                entries.last().map(|entry| entry.term)
            }
            Event::Node(Did::Durable { last }) => Some(last.term),
            _ => record.term,
        };
        Some(Self { kind, lane, at: record.at, step, term, label: label.into(), short: short.into() })
    }
}

impl TimeMark {
    /// The mark of something that was done, or must never happen, of which no more is known than when.
    pub(super) fn far(mark: &Mark) -> Option<Self> {
        let kind = match mark.kind {
            mark::MarkKind::Action => MarkKind::Action,
            mark::MarkKind::Violation => MarkKind::Violation,
            mark::MarkKind::Milestone | mark::MarkKind::Promise => return None,
        };
        let (at, step, nothing): (_, _, Rc<str>) = (mark.at, mark.step, Rc::from(""));
        Some(Self { kind, lane: None, at, step, term: None, label: Rc::clone(&nothing), short: nothing })
    }
}

type Told = (MarkKind, Option<Place>, String, String);

/// What was done to the world, but for what a message tells anyway.
fn done(action: &Action) -> Option<Told> {
    let at = |node: NodeId| Some(Place::Node(node));
    let (kind, lane, short) = match *action {
        Action::Crash(node) => (MarkKind::Down, at(node), "crash"),
        Action::LoseDisk(node) => (MarkKind::Down, at(node), "disk lost"),
        Action::Pause(node) => (MarkKind::Down, at(node), "pause"),
        Action::Restart(node) => (MarkKind::Up, at(node), "restart"),
        Action::Resume(node) => (MarkKind::Up, at(node), "resume"),
        Action::Request { .. } | Action::Read { .. } | Action::Retry(_) => return None,
        Action::Cut { .. } | Action::Partition(_) | Action::CutGateway(_) | Action::CutControl(_) => {
            (MarkKind::Action, None, "cut")
        }
        Action::Heal(_) => (MarkKind::Action, None, "heal"),
        Action::Promote { .. } => (MarkKind::Action, None, "promote"),
        Action::Demote(_) => (MarkKind::Action, None, "demote"),
        Action::Burst { .. } => (MarkKind::Action, None, "burst"),
        _ => (MarkKind::Action, None, "set"),
    };
    Some((kind, lane, action.to_string(), short.to_owned()))
}

fn node(place: Option<Place>) -> Option<NodeId> {
    match place {
        Some(Place::Node(node)) => Some(node),
        _ => None,
    }
}

/// What an entry is called, or its index where the node has it no more.
fn name_of(world: &World, node: NodeId, index: Index) -> String {
    world.machine(node).log().entry(index).map_or_else(|| index.to_string(), name)
}

fn name(entry: &Entry) -> String {
    match entry.command {
        Command::Noop => "no-op".to_owned(),
        Command::Booking { cabin, .. } => cabin.to_string(),
    }
}

fn names(entries: &[Entry]) -> String {
    match entries {
        [only] => name(only),
        several => format!("{} entries", several.len()),
    }
}
