//! Lessons: Markdown that reads well by itself, with fenced blocks that run.
//!
//! A text becomes a [`Lesson`] as a whole or not at all; every mistake has its line, its column, what stands there and
//! what was expected. Prose becomes a small tree of its own ([`Block`], [`Inline`]), so that nothing that a teacher
//! writes is ever markup or script. Nothing in a lesson says which answer is right: [`judge`] finds that out by running
//! the core, and [`check`] tells an author where that does not come out as a lesson needs it.
//!
//! [`course`] is a person's way through one lesson, [`progress`] what is remembered of it, [`report`] what a teacher
//! may read of that. `lessons/README.md` explains the format to those who write lessons.

mod carried;
mod catalogue;
pub mod check;
pub mod course;
mod cycle;
mod error;
mod item;
pub mod judge;
pub mod progress;
mod prose;
mod read;
pub mod report;
mod run;
#[cfg(test)]
mod tests;

pub use carried::{carried, carries, carry};
pub use catalogue::{Entry, LESSONS};
pub use cycle::{Cycle, CycleLine, Doing};
pub use error::LessonError;
pub use item::{Item, ItemKind, Place};
pub use prose::{Block, Inline};
pub use run::{Moment, Run};

use super::script::{Condition, Line};
use super::why::Question;
use crate::simulation::ClusterConfig;

/// A lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub intro: Vec<Block>,
    /// What one can do after it.
    pub able: Vec<Inline>,
    /// How many minutes it takes.
    pub minutes: u32,
    /// Its steps, one idea each. The last one closes the lesson.
    pub steps: Vec<Step>,
}

/// A step: one idea, and something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is called.
    pub title: String,
    /// What it consists of, in order.
    pub parts: Vec<Part>,
}

/// A part of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Something to read.
    Prose(Vec<Block>),
    /// A loop, the lines of which light up as a run goes through them.
    Cycle(Cycle),
    /// Something that happens.
    Scenario(Scenario),
    /// A question about what will happen.
    Predict(Predict),
    /// A goal to reach.
    Do(Exercise),
    /// A run that went wrong.
    Diagnose(Diagnosis),
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// The line of the file in which it begins.
    pub line: u32,
    /// The cluster that it begins with; nothing if it goes on from the run as it stands.
    pub cluster: Option<ClusterConfig>,
    /// What happens. The numbers are those of the file's lines.
    pub lines: Vec<Line>,
}

/// A question about what will happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predict {
    /// The line of the file in which it begins.
    pub line: u32,
    /// The question.
    pub ask: String,
    /// What one may answer. Once the lines are done, exactly one of them holds.
    pub choices: Vec<Choice>,
    /// What happens after the answer.
    pub lines: Vec<Line>,
    /// What the core is asked then.
    pub why: Option<Question>,
}

/// One of several answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The line of the file that says it.
    pub line: u32,
    /// What it says.
    pub text: String,
    /// What must hold for it to be right.
    pub conditions: Vec<Condition>,
}

/// A goal to reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exercise {
    /// The line of the file in which it begins.
    pub line: u32,
    /// What must hold, all at once.
    pub goals: Vec<Condition>,
    /// The commands that may be used.
    pub allow: Vec<Allowed>,
    /// With how few commands it can be done.
    pub par: Option<u32>,
    /// What helps, shown one at a time.
    pub hints: Vec<String>,
    /// One way to do it, hidden from learners.
    pub solution: Vec<Line>,
}

/// A command that may be used: its first word, or its first two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed(pub String);

/// A run that went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// The line of the file in which it begins.
    pub line: u32,
    /// The question.
    pub ask: String,
    /// What goes wrong, on the cluster as it was set up before.
    pub faults: Vec<Line>,
    /// What one sees of it afterwards.
    pub symptom: Vec<Condition>,
    /// What would hold if nothing were wrong.
    pub healthy: Vec<Condition>,
    /// What it may come from. Exactly one fix makes the run healthy.
    pub causes: Vec<Cause>,
    /// What the core is asked about the run that went wrong.
    pub why: Option<Question>,
}

/// What a run that went wrong may come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The line of the file that says it.
    pub line: u32,
    /// What it says.
    pub text: String,
    /// The cluster with which the run begins anew, if the fix is not a command.
    pub cluster: Option<ClusterConfig>,
    /// What is done before the same faults are played again.
    pub fix: Vec<Line>,
}

impl Lesson {
    /// The most bytes that a lesson may have.
    pub const MOST_BYTES: usize = 256 * 1024;

    /// How many mistakes are looked for before giving up.
    pub const MOST_ERRORS: usize = 20;

    /// The lesson that `text` says.
    ///
    /// # Errors
    /// Every mistake, at most [`Lesson::MOST_ERRORS`], in order of their places.
    pub fn parse(text: &str) -> Result<Self, Vec<LessonError>> {
        read::lesson(text)
    }
}
