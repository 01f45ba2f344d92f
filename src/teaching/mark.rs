//! The marks on the scrubber: what a run can be found again by.

use crate::replication::{CommitReason, Event as Did};
use crate::simulation::{Event, Micros, Record, Standing};

/// What a mark on the scrubber stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// Something was done to the world.
    Action,
    /// The commit index moved.
    Milestone,
    /// A promise was made.
    Promise,
    /// What must never happen did.
    Violation,
}

/// A mark on the scrubber.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// After which step.
    pub step: u64,
    /// When.
    pub at: Micros,
    /// What.
    pub kind: MarkKind,
}

impl Mark {
    /// The mark that a record leaves, if it leaves one.
    #[must_use]
    pub fn of(step: u64, record: &Record) -> Option<Self> {
        let kind = match &record.event {
            Event::Done(_) => MarkKind::Action,
            Event::Node(Did::Committed { because: CommitReason::Rule(_), .. }) => MarkKind::Milestone,
            Event::Promise { standing: Standing::Kept, .. } => MarkKind::Promise,
            Event::Violated(_) => MarkKind::Violation,
            _ => return None,
        };
        Some(Self { step, at: record.at, kind })
    }
}
