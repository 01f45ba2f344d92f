//! A run that can be sought: what was done to the world and when, what came of it, and checkpoints to start again from.
//!
//! A moment is a number of steps and what the clock shows. Going back replays from the checkpoint before; since the
//! world is deterministic, what comes out is what was there. Doing something in the past drops what came after it.

mod failure;
mod telling;
mod written;

pub use failure::{Failure, FailureKind};

use super::facts::holds;
use super::mark::Mark;
use super::script::{Script, Statement};
use crate::simulation::{Action, ClusterConfig, Event, Micros, Record, Step, World, clock};
use telling::Passage;
use written::opening_line;

/// How many checkpoints are kept at most; beyond it every other is dropped, and the distance doubles.
const CHECKPOINTS: usize = 96;

/// How many steps one run may take: some hours of an idle cluster.
const MOST_STEPS: u64 = 3_000_000;

/// How long `run until` waits if it does not say.
const PATIENCE: Micros = Micros::from_secs(60);

/// A record, and the step that left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// Which step, from 1.
    pub step: u64,
    /// What it left.
    pub record: Record,
}

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
    records: Vec<Logged>,
    marks: Vec<Mark>,
    /// Which records tell of what must never happen.
    violations: Vec<usize>,
    checkpoints: Vec<(u64, World)>,
    spacing: u64,
    /// The script that was opened, and the moment in which it ended.
    source: String,
    source_end: (u64, Micros),
    /// What it says of itself, and when.
    passages: Vec<Passage>,
}

impl Timeline {
    /// A run that has not begun.
    #[must_use]
    pub fn new(config: ClusterConfig) -> Self {
        let world = World::new(config);
        Self {
            config,
            step: 0,
            reach: (0, Micros(0)),
            placed: Vec::new(),
            records: Vec::new(),
            marks: Vec::new(),
            violations: Vec::new(),
            checkpoints: vec![(0, world.clone())],
            spacing: 64,
            source: opening_line(&config),
            source_end: (0, Micros(0)),
            passages: Vec::new(),
            world,
        }
    }

    /// Plays a script to its end, or to where it fails.
    #[must_use]
    pub fn play(text: &str, script: &Script) -> (Self, Option<Failure>) {
        let mut timeline = Self::new(script.cluster);
        let mut failure = None;
        let mut before = 0;
        for line in &script.lines {
            timeline.tell(text, before, line.number);
            before = line.number;
            if let Err(what) = timeline.execute(&line.statement) {
                failure = Some(Failure { line: line.number, at: timeline.world.now(), what });
                break;
            }
        }
        timeline.source = text.trim_end().to_owned();
        timeline.source_end = (timeline.step, timeline.world.now());
        (timeline, failure)
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

    fn check_length(&self) -> Result<(), FailureKind> {
        if self.step >= MOST_STEPS { Err(FailureKind::TooLong) } else { Ok(()) }
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
            self.source = self.written(self.step);
            self.source_end = (self.step, self.world.now());
        }
        let step = self.step;
        self.reach.1 = self.world.now();
        if !self.is_in_the_past() {
            return;
        }
        self.reach.0 = step;
        self.placed.truncate(self.placed.partition_point(|placed| placed.step <= step));
        self.records.truncate(self.records.partition_point(|logged| logged.step <= step));
        self.marks.truncate(self.marks.partition_point(|mark| mark.step <= step));
        self.violations.truncate(self.violations.partition_point(|place| *place < self.records.len()));
        self.checkpoints.retain(|(at, _)| *at <= step);
    }

    /// Takes the next step: the action that was taken then, or what is due first. Not past `end`. Whether there was one.
    fn forward(&mut self, end: Option<Micros>) -> bool {
        let within = |at: Micros| end.is_none_or(|end| at <= end);
        let mut records = Vec::new();
        let next = self.placed.partition_point(|placed| placed.step <= self.step);
        match self.placed.get(next) {
            Some(placed) if placed.step == self.step + 1 => {
                if !within(placed.at) {
                    return false;
                }
                self.world.wait_until(placed.at);
                self.world.take(Step::Act(placed.action), &mut records);
            }
            _ => {
                if !self.world.next_due().is_some_and(|(_, at)| within(at)) {
                    return false;
                }
                clock::step(&mut self.world, &mut records);
            }
        }
        self.step += 1;
        if self.step > self.reach.0 {
            self.keep_records(records);
            self.reach.0 = self.step;
            self.keep_checkpoint();
        }
        self.reach.1 = self.reach.1.max(self.world.now());
        true
    }

    fn keep_records(&mut self, records: Vec<Record>) {
        let step = self.step;
        for record in records {
            self.marks.extend(Mark::of(step, &record));
            if matches!(record.event, Event::Violated(_)) {
                self.violations.push(self.records.len());
            }
            self.records.push(Logged { step, record });
        }
    }

    fn keep_checkpoint(&mut self) {
        if self.checkpoints.last().is_some_and(|(step, _)| self.step < step + self.spacing) {
            return;
        }
        self.checkpoints.push((self.step, self.world.clone()));
        if self.checkpoints.len() > CHECKPOINTS {
            self.spacing *= 2;
            let mut place = 0;
            self.checkpoints.retain(|_| {
                place += 1;
                place % 2 == 1
            });
        }
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
        self.checkpoints.retain(|(step, _)| *step <= reach.0);
        false
    }

    /// To the last step before this moment that left a record, or to the beginning.
    pub fn step_back(&mut self) {
        let before = self.records.partition_point(|logged| logged.step < self.step);
        let at_rest = self.world.now() > self.last_record_at();
        let target = if self.is_visible(self.step) && !at_rest {
            before.checked_sub(1).map_or(0, |place| self.records[place].step)
        } else {
            let through = self.records.partition_point(|logged| logged.step <= self.step);
            through.checked_sub(1).map_or(0, |place| self.records[place].step)
        };
        self.seek(target);
    }

    fn last_record_at(&self) -> Micros {
        let through = self.records.partition_point(|logged| logged.step <= self.step);
        through.checked_sub(1).map_or(Micros(0), |place| self.records[place].record.at)
    }

    fn is_visible(&self, step: u64) -> bool {
        self.records.binary_search_by_key(&step, |logged| logged.step).is_ok()
    }

    /// To the state right after so many steps, of those that were ever reached.
    pub fn seek(&mut self, step: u64) {
        let step = step.min(self.reach.0);
        self.restore(|at, _| at <= step);
        while self.step < step && self.forward(None) {}
    }

    /// To the moment when the clock shows this, no later than the latest that was ever reached.
    pub fn seek_time(&mut self, at: Micros) {
        let at = at.min(self.reach.1);
        self.restore(|_, now| now <= at);
        let reach = self.reach.0;
        while self.step < reach && self.forward(Some(at)) {}
        self.world.wait_until(at);
    }

    fn restore(&mut self, fits: impl Fn(u64, Micros) -> bool) {
        let last = self.checkpoints.iter().rposition(|(step, world)| fits(*step, world.now())).unwrap_or(0);
        let (step, world) = &self.checkpoints[last];
        (self.step, self.world) = (*step, world.clone());
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

    /// Everything that has been recorded on this run, the future included.
    #[must_use]
    pub fn records(&self) -> &[Logged] {
        &self.records
    }

    /// The marks on this run, the future included.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// What must never happen and has, up to the present moment.
    pub fn violations(&self) -> impl Iterator<Item = &Logged> {
        let past = self.past();
        self.violations.iter().map_while(|place| past.get(*place))
    }

    /// What has been recorded up to the present moment.
    #[must_use]
    pub fn past(&self) -> &[Logged] {
        &self.records[..self.records.partition_point(|logged| logged.step <= self.step)]
    }
}
