//! Runs that a lesson makes for the page to show. One in which nothing was done gives way to the next; any other stays
//! among the runs. A lesson may also have a stretch of a run played, at a pace that suits it.

use super::Session;
use crate::simulation::Micros;
use crate::teaching::lesson::{Cycle, Moment};
use crate::teaching::timeline::Timeline;
use std::rc::Rc;

/// How long it takes in real time to show a stretch of a run, unless that would be slower than the slowest speed.
const SHOWING: Micros = Micros::from_secs(4);

/// The longest that it takes, on a machine that is too slow for that: then the rest is passed over.
const LONGEST: Micros = Micros::from_secs(10);

/// The most that one tick counts: a page that was hidden has not been watched.
const MOST_TICK: Micros = Micros::from_secs(2);

/// What a lesson shows.
#[derive(Clone, Debug, Default)]
pub(super) struct Showing {
    /// The script of the run that it made last.
    made: Option<Rc<str>>,
    /// Where it stops by itself, and how much simulated time passes in a thousand units of real time until then.
    stop: Option<(Moment, u64)>,
    /// How long it may still take; for ever at a pace that somebody chose.
    left: Option<Micros>,
}

impl Showing {
    /// Whether a lesson made the run that this script says.
    pub fn made(&self, script: &Rc<str>) -> bool {
        self.made.as_ref() == Some(script)
    }

    /// The pace at which a stretch is played.
    pub fn speed(&self) -> Option<u64> {
        self.stop.map(|(_, speed)| speed)
    }

    /// Somebody wants another pace.
    pub fn pace(&mut self, speed: u32) {
        self.stop = self.stop.map(|(to, _)| (to, u64::from(speed)));
        self.left = None;
    }

    /// So much real time has passed. Where the stretch ends, if it has taken too long.
    pub fn spend(&mut self, real: Micros) -> Option<Moment> {
        let (to, _) = self.stop?;
        let left = self.left.as_mut()?;
        *left = Micros(left.0.saturating_sub(real.min(MOST_TICK).0));
        (left.0 == 0).then_some(to)
    }

    /// Something else is done before a stretch has ended.
    pub fn interrupt(&mut self) {
        self.stop = None;
    }

    /// The run stands at a moment now: a stretch that ends there, or before it, is over.
    pub fn stands(&mut self, moment: Moment) {
        self.stop.take_if(|(to, _)| *to <= moment);
    }
}

impl Session {
    /// Shows a run that a lesson made. With a later moment `to` it plays by itself, and stops there.
    pub fn load(&mut self, timeline: Timeline, to: Option<Moment>) {
        let from = timeline.world().now();
        let mut number = 0;
        if self.lesson.made(&self.script) {
            // Without a script it leaves no trace, and its number is free.
            (self.script, number) = (Rc::from(""), self.runs.present);
        }
        self.replace(timeline, None, number);
        self.lesson.made = Some(Rc::clone(&self.script));
        self.lesson.left = Some(LONGEST);
        self.lesson.stop = to.map(|to| (to, (to.at.since(from).0 * 1000 / SHOWING.0).max(1)));
        self.playing = to.is_some();
    }

    /// Keeps the run that a lesson made as one of the reader's own.
    pub fn keep(&mut self) {
        self.lesson = Showing::default();
    }

    /// Where a stretch that is being shown ends, if it has not come there yet.
    #[must_use]
    pub fn showing(&self) -> Option<Moment> {
        self.lesson.stop.map(|(to, _)| to)
    }

    /// To the end of the stretch that is being shown.
    pub fn show_end(&mut self) {
        if let Some((to, _)) = self.lesson.stop {
            self.stop_at(to.at);
            self.refresh(true);
        }
    }

    /// Stops where a lesson wants to, if time has come so far. Whether it has.
    pub(super) fn stop_at(&mut self, time: Micros) -> bool {
        let Some((to, _)) = self.lesson.stop.filter(|(to, _)| to.at <= time) else { return false };
        self.lesson.stop = None;
        self.playing = false;
        to.seek(&mut self.timeline);
        true
    }

    /// What was recorded of each line of a loop that the run has just gone through.
    #[must_use]
    pub fn lit(&self, cycle: &Cycle) -> Vec<Vec<String>> {
        cycle.lit(&self.timeline)
    }

    /// The run.
    #[must_use]
    pub(in crate::teaching) fn timeline(&self) -> &Timeline {
        &self.timeline
    }
}
