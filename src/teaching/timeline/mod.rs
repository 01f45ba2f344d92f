//! A run that can be sought: what was done to the world and when, what came of it, and checkpoints to start again from.
//!
//! A moment is a number of steps and what the clock shows. Going back replays from the checkpoint before; since the
//! world is deterministic, what comes out is what was there. Doing something in the past drops what came after it.

mod bounds;
mod failure;
mod history;
mod telling;
mod watching;
mod written;

pub use bounds::Bounds;
pub use failure::{Failure, FailureKind};
pub use history::{Logged, RECENT};

use super::diagram::{Turns, turns};
use super::facts::holds;
use super::mark::{Mark, Marks};
use super::script::{Line, Script, Statement};
use crate::simulation::{Action, ClusterConfig, Event, Micros, Record, Step, World, clock};
use history::History;
use telling::Passage;
use written::opening_line;

/// How many steps lie between two checkpoints: few enough to be taken within a frame, so many that the checkpoints of a
/// long run stay small beside what it has to remember.
const SPACING: u64 = 4096;

/// How long `run until` waits if it does not say.
const PATIENCE: Micros = Micros::from_secs(60);

/// An action, and when it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Placed {
    step: u64,
    at: Micros,
    action: Action,
    /// Nothing that was due by then was left to happen: a `run` leads here.
    settled: bool,
}

/// A run.
#[derive(Clone, Debug)]
pub struct Timeline {
    config: ClusterConfig,
    world: World,
    step: u64,
    /// The last step that was ever reached, and the latest moment.
    reach: (u64, Micros),
    placed: Vec<Placed>,
    history: History,
    bounds: Bounds,
    marks: Marks,
    /// What the nodes were.
    turns: Turns,
    /// How often what came after a moment was dropped.
    dropped: u64,
    /// What told of what must never happen.
    violations: Vec<Logged>,
    /// What the step under way leaves; empty between steps.
    left: Vec<Record>,
    /// The script that was opened, and the moment in which it ended.
    source: String,
    source_end: (u64, Micros),
    /// Why it stopped before its end, as long as it is kept as it was opened.
    stopped: Option<Failure>,
    /// What it says of itself, and when.
    passages: Vec<Passage>,
}

impl Timeline {
    /// A run that has not begun.
    #[must_use]
    pub fn new(config: ClusterConfig) -> Self {
        Self::with_checkpoints(config, SPACING)
    }

    /// A run that has not begun, with so many steps between two checkpoints. They change nothing that can be seen.
    #[must_use]
    pub fn with_checkpoints(config: ClusterConfig, spacing: u64) -> Self {
        let world = World::new(config);
        Self {
            config,
            step: 0,
            reach: (0, Micros(0)),
            placed: Vec::new(),
            history: History::new(&world, spacing),
            bounds: Bounds::RUN,
            marks: Marks::default(),
            turns: Turns::new(&world),
            dropped: 0,
            violations: Vec::new(),
            left: Vec::new(),
            source: opening_line(&config),
            source_end: (0, Micros(0)),
            stopped: None,
            passages: Vec::new(),
            world,
        }
    }

    /// Plays a script to its end, or to where it fails.
    #[must_use]
    pub fn play(text: &str, script: &Script) -> (Self, Option<Failure>) {
        let mut timeline = Self::new(script.cluster);
        let failure = timeline.go_on(text, &script.lines);
        (timeline, failure)
    }

    /// Does more lines, to their end or to where they fail. `text` is then the script of the whole run.
    pub fn go_on(&mut self, text: &str, lines: &[Line]) -> Option<Failure> {
        let mut failure = None;
        let mut before = 0;
        for line in lines {
            self.tell(text, before, line.number);
            before = line.number;
            if let Err(what) = self.execute(&line.statement) {
                failure = Some(Failure { line: line.number, at: self.world.now(), what });
                break;
            }
        }
        self.source = text.trim_end().to_owned();
        self.source_end = (self.step, self.world.now());
        self.stopped = failure;
        failure
    }

    /// Does what one line says.
    ///
    /// # Errors
    /// If an expectation is not met, or time runs out.
    pub fn execute(&mut self, statement: &Statement) -> Result<(), FailureKind> {
        match statement {
            Statement::Act(action) => self.act(*action),
            Statement::Run(span) => self.run_until(self.world.now() + *span)?,
            Statement::RunUntil { condition, within } => {
                let patience = within.unwrap_or(PATIENCE);
                let end = self.world.now() + patience;
                while !holds(&self.world, condition) {
                    self.check_length()?;
                    if !self.forward(Some(end)) {
                        self.wait_until(end);
                        return Err(FailureKind::NeverCame(*condition, patience));
                    }
                }
            }
            Statement::Step(count) => {
                for _ in 0..*count {
                    self.check_length()?;
                    if !self.step_forward() {
                        break;
                    }
                }
            }
            Statement::Expect(condition) if holds(&self.world, condition) => {}
            Statement::Expect(condition) => return Err(FailureKind::Unmet(*condition)),
        }
        Ok(())
    }

    /// Does something to the world, now. What had come after this moment is dropped.
    pub fn act(&mut self, action: Action) {
        self.drop_future();
        let settled = self.world.next_due().is_none_or(|(_, due)| due > self.world.now());
        let placed = Placed { step: self.step + 1, at: self.world.now(), action, settled };
        self.placed.push(placed);
        self.forward(None);
    }

    /// Whether something has come after this moment.
    #[must_use]
    pub fn is_in_the_past(&self) -> bool {
        self.step < self.reach.0
    }

    fn drop_future(&mut self) {
        if (self.step, self.world.now()) < self.source_end {
            (self.source, self.source_end) = self.rewritten(self.step);
            self.stopped = None;
        }
        self.keep_what_ran();
        let step = self.step;
        self.reach.1 = self.world.now();
        if !self.is_in_the_past() {
            return;
        }
        self.reach.0 = step;
        self.placed.truncate(self.placed.partition_point(|placed| placed.step <= step));
        self.dropped += 1;
        self.history.truncate(step);
        self.marks.truncate(step);
        self.turns.truncate(step);
        self.violations.truncate(self.violations.partition_point(|logged| logged.step <= step));
    }

    /// Takes the next step, unless it comes after `end`. Whether there was one.
    fn forward(&mut self, end: Option<Micros>) -> bool {
        if !advance(&mut self.world, self.step, &self.placed, end, &mut self.left) {
            return false;
        }
        self.step += 1;
        if self.step > self.reach.0 {
            if self.left.iter().any(|record| turns(&record.event)) {
                self.turns.note(self.step, &self.world);
            }
            for record in &self.left {
                self.marks.add(Mark::of(self.step, record));
                if let Event::Violated(violation) = &record.event {
                    let (at, place, term) = (record.at, record.place, record.term);
                    // Made anew: what it takes to clone any record at all weighs a kilobyte in a first visit.
                    let record = Record { at, place, term, event: Event::Violated(violation.clone()) };
                    self.violations.push(Logged { step: self.step, record });
                }
            }
            self.reach.0 = self.step;
        }
        self.history.note(self.step, &mut self.left);
        self.history.stepped(self.step, &mut self.world);
        self.reach.1 = self.reach.1.max(self.world.now());
        true
    }

    fn wait_until(&mut self, moment: Micros) {
        self.world.wait_until(moment);
        self.reach.1 = self.reach.1.max(self.world.now());
    }

    /// Lets time pass: everything that is due by `end` happens.
    ///
    /// # Errors
    /// If the run grows too long.
    pub fn run_until(&mut self, end: Micros) -> Result<(), FailureKind> {
        while self.forward(Some(end)) {
            self.check_length()?;
        }
        self.wait_until(end);
        Ok(())
    }

    /// To the next step that leaves a record. If there is none within a minute, nothing moves. Whether there was one.
    pub fn step_forward(&mut self) -> bool {
        let (step, now, reach) = (self.step, self.world.now(), self.reach);
        let end = now + PATIENCE;
        while self.forward(Some(end)) {
            if self.is_visible(self.step) {
                return true;
            }
        }
        self.seek(step);
        self.world.wait_until(now);
        self.reach = reach;
        self.history.truncate(reach.0);
        false
    }

    /// To the last step before this moment that left a record, or to the beginning.
    pub fn step_back(&mut self) {
        let last = self.history.last_visible(self.step);
        let at_rest = self.recent(1).last().is_none_or(|logged| self.world.now() > logged.record.at);
        let target = match last {
            Some(last) if last == self.step && !at_rest => {
                last.checked_sub(1).and_then(|at| self.history.last_visible(at))
            }
            last => last,
        };
        self.seek(target.unwrap_or(0));
    }

    fn is_visible(&self, step: u64) -> bool {
        self.history.is_visible(step)
    }

    /// To the state right after so many steps, of those that were ever reached.
    pub fn seek(&mut self, step: u64) {
        let step = step.min(self.reach.0);
        (self.step, self.world) = self.history.restore(|at, _| at <= step);
        while self.step < step && self.forward(None) {}
        self.gather();
    }

    /// To the moment when the clock shows this, no later than the latest that was ever reached.
    pub fn seek_time(&mut self, at: Micros) {
        let at = at.min(self.reach.1);
        (self.step, self.world) = self.history.restore(|_, now| now <= at);
        let reach = self.reach.0;
        while self.step < reach && self.forward(Some(at)) {}
        self.world.wait_until(at);
        self.gather();
    }

    /// Makes the records anew that are wanted at this moment and were forgotten.
    fn gather(&mut self) {
        while let Some((place, end)) = self.history.lacking(self.step) {
            let mut records = Vec::new();
            self.replay(place, end, &mut |logged| records.push(logged));
            self.history.remade(place, end, records);
        }
        self.history.tidy();
    }

    /// Tells what was left from the beginning of a segment up to a step.
    fn replay(&self, place: usize, end: u64, tell: &mut dyn FnMut(Logged)) {
        let (mut step, mut world) = self.history.start_of(place);
        let mut left = Vec::new();
        while step < end && advance(&mut world, step, &self.placed, None, &mut left) {
            step += 1;
            left.drain(..).for_each(|record| tell(Logged { step, record }));
        }
    }

    /// The world at the present moment.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The present step.
    #[must_use]
    pub fn step(&self) -> u64 {
        self.step
    }

    /// The last step ever reached, and the latest moment.
    #[must_use]
    pub fn reach(&self) -> (u64, Micros) {
        self.reach
    }

    /// Everything that this run leaves, the future included.
    #[must_use]
    pub fn records(&self) -> Vec<Logged> {
        self.left_until(self.reach.0, &|_| true)
    }

    /// What belongs to something, of all that has been recorded up to the present moment.
    #[must_use]
    pub fn past_where(&self, belongs: &dyn Fn(&Record) -> bool) -> Vec<Logged> {
        self.left_until(self.step, belongs)
    }

    /// What was forgotten is told by running it again.
    fn left_until(&self, step: u64, belongs: &dyn Fn(&Record) -> bool) -> Vec<Logged> {
        let mut found = Vec::new();
        for (place, end, kept) in self.history.segments_until(step) {
            match kept {
                Some(records) => found.extend(records.iter().filter(|logged| belongs(&logged.record)).cloned()),
                None => {
                    self.replay(place, end, &mut |logged| found.extend(Some(logged).filter(|it| belongs(&it.record))))
                }
            }
        }
        found
    }

    /// The marks on this run, the future included.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        self.marks.all()
    }

    /// What must never happen and has, up to the present moment.
    pub fn violations(&self) -> impl Iterator<Item = &Logged> {
        self.violations.iter().take_while(|logged| logged.step <= self.step)
    }

    /// The latest records, from the oldest to the newest: as many as are asked for, of [`RECENT`] at most, and those
    /// that the same step left before them.
    #[must_use]
    pub fn recent(&self, count: usize) -> Vec<&Logged> {
        self.history.recent(self.step, count.min(RECENT))
    }
}

/// Takes the step after so many others: the action that was placed there, or what is due first. Not past `end`. Whether
/// there was one.
fn advance(world: &mut World, steps: u64, placed: &[Placed], end: Option<Micros>, left: &mut Vec<Record>) -> bool {
    let within = |at: Micros| end.is_none_or(|end| at <= end);
    let next = match placed.last() {
        Some(last) if last.step > steps => placed.get(placed.partition_point(|placed| placed.step <= steps)),
        _ => None,
    };
    match next {
        Some(placed) if placed.step == steps + 1 => {
            if !within(placed.at) {
                return false;
            }
            world.wait_until(placed.at);
            world.take(Step::Act(placed.action), left);
        }
        _ => {
            if !world.next_due().is_some_and(|(_, at)| within(at)) {
                return false;
            }
            clock::step(world, left);
        }
    }
    true
}
