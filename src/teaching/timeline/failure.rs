//! Why a script stopped before its end.

use super::MOST_STEPS;
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
    /// More happens than one run may hold.
    TooLong,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, at {}: ", self.line, self.at)?;
        match self.what {
            FailureKind::Unmet(condition) => write!(f, "expected {condition}, which does not hold"),
            FailureKind::NeverCame(condition, within) => {
                write!(f, "waited {} for {condition}, which did not come about", print_duration(within))
            }
            FailureKind::TooLong => write!(f, "the run takes more than {MOST_STEPS} steps"),
        }
    }
}
