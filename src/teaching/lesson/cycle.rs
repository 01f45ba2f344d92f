//! A loop whose lines a lesson shows, and through which of them the run has just gone: told by what it recorded.

use crate::replication::{CommitReason, Event as NodeEvent, Message};
use crate::simulation::{Event, Payload, Record};
use crate::teaching::timeline::Timeline;

/// How far back in the records it is looked for a step that went through any line.
const LOOKED_AT: usize = 300;

/// A loop, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// Its lines, in order.
    pub lines: Vec<CycleLine>,
}

/// A line of a loop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CycleLine {
    /// What happens when a run goes through it.
    pub doing: Doing,
    /// What it says.
    pub text: String,
}

/// What happens to an entry between a leader and its followers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// The leader appends it.
    Appended,
    /// The leader sends it.
    Sent,
    /// A follower appends it.
    Received,
    /// A disk has it.
    Durable,
    /// The leader learns how far a follower has come.
    Acknowledged,
    /// The leader moves its commit index by the rule.
    Committed,
    /// A node answers a customer.
    Answered,
    /// The leader sends news of its commit index.
    Told,
}

impl Doing {
    /// Everything that can happen.
    pub const ALL: [Self; 8] = [
        Self::Appended,
        Self::Sent,
        Self::Received,
        Self::Durable,
        Self::Acknowledged,
        Self::Committed,
        Self::Answered,
        Self::Told,
    ];

    /// The word that lessons use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Appended => "appended",
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Durable => "durable",
            Self::Acknowledged => "acknowledged",
            Self::Committed => "committed",
            Self::Answered => "answered",
            Self::Told => "told",
        }
    }

    /// What a record tells of, if it is any of this.
    fn of(record: &Record) -> Option<Self> {
        Some(match &record.event {
            Event::Node(NodeEvent::Appended { from: None, .. }) => Self::Appended,
            Event::Node(NodeEvent::Appended { from: Some(_), .. }) => Self::Received,
            Event::Node(NodeEvent::Durable { .. }) => Self::Durable,
            Event::Node(NodeEvent::Progressed { .. }) => Self::Acknowledged,
            Event::Node(NodeEvent::Committed { because: CommitReason::Rule(_), .. }) => Self::Committed,
            Event::Answered { .. } => Self::Answered,
            Event::Sent { payload: Payload::Peer(Message::Append(append)), .. } if append.entries.is_empty() => {
                Self::Told
            }
            Event::Sent { payload: Payload::Peer(Message::Append(_)), .. } => Self::Sent,
            _ => return None,
        })
    }
}

impl Cycle {
    /// What was recorded of each line, a sentence each, in the latest step that went through any of them; nothing of the
    /// lines that it did not go through.
    #[must_use]
    pub fn lit(&self, timeline: &Timeline) -> Vec<Vec<String>> {
        let recent = timeline.recent(LOOKED_AT);
        let goes_through = |record: &Record| self.lines.iter().any(|line| Doing::of(record) == Some(line.doing));
        let latest = recent.iter().rev().find(|logged| goes_through(&logged.record)).map(|logged| logged.step);
        let of_line = |line: &CycleLine| {
            let lit = recent
                .iter()
                .filter(|logged| Some(logged.step) == latest && Doing::of(&logged.record) == Some(line.doing));
            let says = lit.map(|logged| {
                let place = logged.record.place.map(|place| format!("{place}: ")).unwrap_or_default();
                format!("{place}{}", logged.record.event)
            });
            says.collect()
        };
        self.lines.iter().map(of_line).collect()
    }
}
