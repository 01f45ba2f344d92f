//! How much one run may hold, and how much of it is played in one go.

use super::{FailureKind, Timeline};
use crate::simulation::Micros;

/// How many steps one run may take: some hours of an idle cluster.
const MOST_STEPS: u64 = 3_000_000;

/// How many steps are played at once where somebody waits for the end: about an hour of an idle cluster, or sixty
/// thousand bookings.
const AT_ONCE: u64 = 1_000_000;

/// What bounds what is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// From this step on nothing more is played, once the clock shows `until`.
    steps: u64,
    until: Micros,
}

impl Bounds {
    /// As long as a run can be.
    pub const RUN: Self = Self { steps: MOST_STEPS, until: Micros(0) };

    /// What may be played at once after so many steps. It goes on to a moment that was reached before, however many
    /// steps that takes.
    #[must_use]
    pub fn at_once(after: u64, reached: Micros) -> Self {
        Self { steps: after + AT_ONCE, until: reached }
    }

    /// Whether another step may be taken after so many, at a moment.
    ///
    /// # Errors
    /// Which bound it would break.
    pub(super) fn check(self, step: u64, now: Micros) -> Result<(), FailureKind> {
        match step {
            _ if step >= MOST_STEPS => Err(FailureKind::TooLong { most: MOST_STEPS, at_once: false }),
            _ if step >= self.steps && now >= self.until => Err(FailureKind::TooLong { most: AT_ONCE, at_once: true }),
            _ => Ok(()),
        }
    }
}

impl Timeline {
    /// Does something within bounds.
    pub fn within<T>(&mut self, bounds: Bounds, does: impl FnOnce(&mut Self) -> T) -> T {
        self.bounds = bounds;
        let done = does(self);
        self.bounds = Bounds::RUN;
        done
    }

    pub(super) fn check_length(&self) -> Result<(), FailureKind> {
        self.bounds.check(self.step, self.world.now())
    }
}
