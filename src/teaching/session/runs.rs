//! The runs of a session: the present one, and those that were left. To do something in the past is to begin a run that
//! branches off there, and so it is to open another script; the run that was left stays, and can be taken up again at the
//! moment in which it was left.
//!
//! Two runs with the same script are one run. It keeps its number, whichever way one comes to it.

use crate::simulation::Micros;
use crate::teaching::link::Link;
use crate::teaching::script::Script;
use crate::teaching::timeline::{Bounds, Failure, FailureKind, Timeline};
use std::rc::Rc;

/// How many runs are kept; of more, those that began first are forgotten.
pub const MOST_RUNS: usize = 100;

/// How far behind the end of its script a run's moment may lie.
const FARTHEST: Micros = Micros::from_secs(3600);

/// A run, and where one stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What it is called: runs are numbered from 1 in the order in which they began.
    pub number: u32,
    /// The script that leads to what was done last.
    pub script: Rc<str>,
    /// The latest moment that was reached.
    pub end: Micros,
    /// The moment in which it stands.
    pub at: Micros,
    /// How many events have happened by then.
    pub step: u64,
}

impl Run {
    /// The highest number that a run goes by.
    pub const MOST_NUMBER: u32 = 9999;

    /// Where a run stands that goes by this number.
    pub(super) fn of(timeline: &Timeline, number: u32, script: Rc<str>) -> Self {
        let ((_, end), at, step) = (timeline.reach(), timeline.world().now(), timeline.step());
        Self { number, script, end, at, step }
    }

    /// What was done last in it, as a script line; nothing if nothing was done.
    #[must_use]
    pub fn last(&self) -> Option<&str> {
        self.script.lines().rev().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'))
    }

    /// Whether it is the same run, standing at the same moment.
    fn stands_as(&self, other: &Self) -> bool {
        Self { number: other.number, ..self.clone() } == *other
    }

    /// Whether its script is that of `earlier`, and further lines.
    fn goes_on_from(&self, earlier: &Self) -> bool {
        self.script.strip_prefix(&*earlier.script).is_some_and(|rest| rest.starts_with('\n'))
    }

    /// Plays it, to where it stands.
    pub(super) fn play(&self) -> Result<(Timeline, Option<Failure>), String> {
        play(&self.script, (self.end, self.at, self.step), self.end)
    }
}

/// Every run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runs {
    /// In the order of their numbers. The present one stands as it was when something was last done in it.
    pub all: Rc<[Run]>,
    /// The number of the present one.
    pub present: u32,
}

impl Runs {
    /// The present run, of which no script leaves a trace yet.
    pub(super) fn new(present: Run) -> Self {
        Self { present: present.number, all: Rc::from([present]) }
    }

    /// The run of a number.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&Run> {
        self.all.iter().find(|run| run.number == number)
    }

    /// The present run has come to stand like this.
    pub(super) fn stands(&mut self, now: Run) {
        self.present = now.number;
        let others = self.all.iter().filter(|run| run.number != self.present).cloned();
        self.all = in_order(others.chain([now]), self.present);
    }

    /// Takes in what another window did to the runs that both kept: they were `before`, and are `theirs` now. What it
    /// forgot is forgotten, and what it went on with takes the place of the stage that is known here, unless this window
    /// stands there or went on from it. What this window forgot does not come back.
    pub(super) fn join(&mut self, before: &[Run], theirs: Vec<Run>) {
        let is_among = |runs: &[Run], run: &Run| runs.iter().any(|other| other.script == run.script);
        let is_gone = |run: &Run| run.number != self.present && is_among(before, run) && !is_among(&theirs, run);
        let (mut gone, mut all): (Vec<Run>, Vec<Run>) = self.all.iter().cloned().partition(is_gone);
        for other in theirs {
            if let Some(mine) = all.iter_mut().find(|run| run.script == other.script) {
                // Here it was left alone, and there one moved in it.
                if mine.number != self.present && before.iter().any(|run| run.stands_as(mine)) {
                    *mine = Run { number: mine.number, ..other };
                }
            } else if other.last().is_some() && !is_among(before, &other) {
                let stage = gone.iter().position(|run| other.goes_on_from(run));
                let number = stage.map(|place| gone.remove(place).number).filter(|number| is_free(&all, *number));
                let number = number.unwrap_or_else(|| next_number(&all));
                all.push(Run { number, ..other });
            }
        }
        self.all = in_order(all.into_iter(), self.present);
    }

    /// One run was left for another, which gets the number that it had, or that it asks for if that is free, or the next.
    /// A run in which nothing was done leaves no trace.
    pub(super) fn leave(&mut self, left: Run, now: Run) {
        let kept = |run: &&Run| run.number != left.number;
        let mut others: Vec<Run> = self.all.iter().filter(kept).cloned().collect();
        if left.last().is_some() {
            others.push(left);
        }
        let same = others.iter().position(|run| run.script == now.script).map(|place| others.remove(place).number);
        let asked = Some(now.number).filter(|number| is_free(&others, *number));
        let number = same.or(asked).unwrap_or_else(|| next_number(&others));
        self.all = in_order(others.into_iter().chain([Run { number, ..now }]), number);
        self.present = number;
    }
}

fn is_free(runs: &[Run], number: u32) -> bool {
    (1..=Run::MOST_NUMBER).contains(&number) && runs.iter().all(|run| run.number != number)
}

/// The number of a run that begins now.
fn next_number(runs: &[Run]) -> u32 {
    let highest = runs.iter().map(|run| run.number).max().unwrap_or(0);
    (highest + 1..=Run::MOST_NUMBER).chain(1..).find(|number| is_free(runs, *number)).unwrap_or(0)
}

fn in_order(runs: impl Iterator<Item = Run>, present: u32) -> Rc<[Run]> {
    let mut runs: Vec<Run> = runs.collect();
    runs.sort_by_key(|run| run.number);
    while runs.len() > MOST_RUNS {
        let first = usize::from(runs[0].number == present);
        runs.remove(first);
    }
    runs.into()
}

/// Plays what a link says, and goes to its moment. Of a run that is known, what lay ahead of that moment is played too.
pub(super) fn arrive(link: &Link, runs: &[Run]) -> Result<(Timeline, Option<Failure>), String> {
    // Who has been there before waits until they are there again; of anything else only so much is played at once.
    let own = runs.iter().find(|run| *run.script == *link.script);
    let reached = own.map_or(Micros(0), |run| run.end);
    play(&link.script, (reached.max(link.at), link.at, link.step), reached)
}

/// Plays a script on to an end, and goes to a moment and a step in it: in one go, but for what had been `reached`.
fn play(
    text: &str,
    (end, at, step): (Micros, Micros, u64),
    reached: Micros,
) -> Result<(Timeline, Option<Failure>), String> {
    let script = Script::parse(text).map_err(|errors| errors.iter().map(ToString::to_string).collect::<String>())?;
    let mut timeline = Timeline::new(script.cluster);
    let bounds = Bounds::at_once(0, reached);
    let failure = timeline.within(bounds, |timeline| timeline.go_on(text, &script.lines));
    let (_, script_end) = timeline.reach();
    let too_far = || format!("its moment, {end}, lies too far behind the end of its script, {script_end}");
    if end > script_end + FARTHEST {
        return Err(too_far());
    }
    if end > script_end {
        if let Some(Failure { what: what @ FailureKind::TooLong { .. }, .. }) = failure {
            return Err(what.to_string());
        }
        timeline.within(bounds, |timeline| timeline.run_until(end)).map_err(|what| what.to_string())?;
    }
    timeline.seek(step);
    if at > timeline.world().now() {
        timeline.seek_time(at);
    }
    Ok((timeline, failure))
}
