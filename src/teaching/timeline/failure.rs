//! Why a script stopped before its end.

use crate::simulation::{Micros, print_duration};
use crate::teaching::script::Condition;
use std::fmt;

/// Why a script stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    /// In which line.
    pub line: u32,
    /// At which moment.
    pub at: Micros,
    /// What went wrong.
    pub what: FailureKind,
}

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// An expectation that does not hold.
    Unmet(Condition),
    /// A condition that did not come about in time.
    NeverCame(Condition, Micros),
    /// More happens than one run may hold, or than is played in one go.
    TooLong {
        /// How many steps that is.
        most: u64,
        /// It is what is played in one go.
        at_once: bool,
    },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, at {}: {}", self.line, self.at, self.what)
    }
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Unmet(condition) => write!(f, "expected {condition}, which does not hold"),
            Self::NeverCame(condition, within) => {
                write!(f, "waited {} for {condition}, which did not come about", print_duration(within))
            }
            Self::TooLong { most, at_once: false } => {
                write!(f, "the run takes more than {most} steps, and no run may be longer")
            }
            Self::TooLong { most, at_once: true } => {
                write!(f, "this takes more than {most} steps, and no more are played at once")
            }
        }
    }
}
