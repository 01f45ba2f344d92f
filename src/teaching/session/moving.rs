//! How the present moment moves: with the clock, by steps, by seeking.

use super::Session;
use crate::simulation::{Event, Micros};
use crate::teaching::timeline::{Failure, FailureKind, Timeline};

/// How much real time one tick stands for at most: a page that was hidden does not rush on.
const MOST_REAL_MICROS: u64 = 250_000;

/// How many steps one tick takes at most, or a slice more.
const MOST_STEPS: u64 = 6_000;

/// Into how many slices a tick is cut to hold to that.
const SLICES: u64 = 64;

/// What is told of a run that can go no further.
pub(super) const AS_LONG_AS_CAN_BE: &str = "The run is as long as a run can be.";

impl Session {
    pub(super) fn pausing(&mut self, does: impl FnOnce(&mut Timeline)) {
        self.playing = false;
        does(&mut self.timeline);
    }

    /// Runs on, but only so far that the page can go on being used: where more happens in a tick than it can do, time
    /// runs slower than asked.
    fn run_some(&mut self, end: Micros) -> Result<(), FailureKind> {
        let (from, first) = (self.timeline.world().now(), self.timeline.step());
        let span = end.since(from).0;
        for slice in 1..=SLICES {
            self.timeline.run_until(from + Micros(span * slice / SLICES))?;
            if self.timeline.step() - first > MOST_STEPS {
                break;
            }
        }
        Ok(())
    }

    /// To the next event that is wanted.
    pub(super) fn step(&mut self, wanted: impl Fn(&Event) -> bool) {
        self.playing = false;
        self.notice = None;
        let before = self.timeline.step();
        while self.timeline.step_forward() {
            let here = self.timeline.step();
            let left = self.timeline.recent(1);
            if left.iter().filter(|logged| logged.step == here).any(|logged| wanted(&logged.record.event)) {
                return;
            }
        }
        if self.timeline.step() == before {
            self.tell("Nothing is due but heartbeats: do something, or let time run.", Vec::new(), false);
        }
    }

    /// How much real time passes until something is due, while time runs; nothing if nothing ever will be.
    #[must_use]
    pub fn due_in(&self) -> Option<Micros> {
        let (_, due) = self.timeline.world().next_due()?;
        let due = self.showing().map_or(due, |to| due.min(to.at));
        let speed = self.lesson.speed().unwrap_or(u64::from(self.speed));
        Some(Micros(due.since(self.timeline.world().now()).0 * 1000 / speed))
    }

    pub(super) fn tick(&mut self, real: Micros) {
        if !self.playing {
            return;
        }
        let speed = self.lesson.speed().unwrap_or(u64::from(self.speed));
        let thousandths = real.0.min(MOST_REAL_MICROS).saturating_mul(speed) + self.remainder;
        self.remainder = thousandths % 1000;
        let end = self.timeline.world().now() + Micros(thousandths / 1000);
        let end = self.lesson.spend(real).map_or(end, |to| to.at.max(end));
        if self.stop_at(end) {
            return;
        }
        if let Err(what) = self.run_some(end) {
            self.playing = false;
            let failure = Failure { line: 0, at: self.timeline.world().now(), what };
            self.tell(AS_LONG_AS_CAN_BE, vec![failure.to_string()], false);
        }
    }
}
