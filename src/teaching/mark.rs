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

/// How many marks there are at most.
const MOST: usize = 96;

/// The marks of a run. In a long one, of several of a kind that lie close together the first stands for all.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    all: Vec<Mark>,
    /// How far apart those of a kind are, once there were too many.
    apart: Micros,
}

impl Marks {
    pub fn all(&self) -> &[Mark] {
        &self.all
    }

    pub fn add(&mut self, mark: Option<Mark>) {
        let Some(mark) = mark else { return };
        let before = self.all.iter().rev().find(|before| before.kind == mark.kind);
        if before.is_some_and(|before| mark.at < before.at + self.apart) {
            return;
        }
        self.all.push(mark);
        if self.all.len() > MOST {
            self.apart = Micros((self.apart.0 * 2).max(1000));
            let all = std::mem::take(&mut self.all);
            all.into_iter().for_each(|mark| self.add(Some(mark)));
        }
    }

    /// Drops those after a step.
    pub fn truncate(&mut self, step: u64) {
        self.all.truncate(self.all.partition_point(|mark| mark.step <= step));
    }
}
