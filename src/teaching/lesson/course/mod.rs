//! A person's way through one lesson: at which step, what was answered, what is shown of the step so far. It works on a
//! session: each item finds the lesson's own run there, each answer lets that run go on.

mod verdict;

pub use verdict::{Standing, Verdict};

use super::judge::{Begun, Replay, Trouble, broken, cured, done_since, goals, prediction};
use super::progress::{Given, Record};
use super::run::Moment;
use super::{Exercise, Item, Lesson, Part, Place, Run};
use crate::teaching::session::{Intent, Session};
use crate::teaching::timeline::Timeline;
use crate::teaching::why::Question;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A lesson being taken.
#[derive(Debug)]
pub struct Visit {
    lesson: Rc<Lesson>,
    step: usize,
    record: Record,
    verdicts: BTreeMap<Item, Rc<Verdict>>,
    /// How the run stood when the exercise began that is open.
    begun: Option<(Item, Begun)>,
    /// The lesson's run as it was left for a run of one's own.
    away: Option<Timeline>,
    /// The item whose answer is being played out.
    deciding: Option<Item>,
}

impl Visit {
    /// Begins a lesson, or goes on with it where one stopped.
    pub fn begin(lesson: Rc<Lesson>, record: Record, session: &mut Session) -> Self {
        let step = (record.step as usize).min(lesson.steps.len().saturating_sub(1));
        let mut visit =
            Self { lesson, step, record, verdicts: BTreeMap::new(), begun: None, away: None, deciding: None };
        visit.go(step, session);
        visit
    }

    /// The lesson.
    #[must_use]
    pub fn lesson(&self) -> &Rc<Lesson> {
        &self.lesson
    }

    /// The present step, from 0.
    #[must_use]
    pub fn step(&self) -> usize {
        self.step
    }

    /// What is remembered.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// What one did about an item.
    #[must_use]
    pub fn given(&self, item: Item) -> Option<&Given> {
        self.record.items.get(&item)
    }

    /// A lesson is finished once its last step was seen and everything that it asks was done.
    fn finish(&mut self) {
        let done = self.lesson.items().all(|(item, ..)| self.is_done(item));
        self.record.finished |= done && !self.has_next();
    }

    fn is_done(&self, item: Item) -> bool {
        self.given(item).is_some_and(|given| given.done)
    }

    /// Whether everything is done that a step asks; nothing if it asks nothing.
    #[must_use]
    pub fn is_step_done(&self, step: usize) -> Option<bool> {
        let mut items = self.lesson.items().filter(|(_, place, _)| place.step == step).peekable();
        items.peek().is_some().then(|| items.all(|(item, ..)| self.is_done(item)))
    }

    /// The items of the present step.
    fn items(&self) -> impl Iterator<Item = (Item, Place, &Part)> {
        self.lesson.items().filter(|(_, place, _)| place.step == self.step)
    }

    /// The first item of the present step that is not done.
    #[must_use]
    pub fn open(&self) -> Option<(Item, Place, &Part)> {
        self.items().find(|(item, ..)| !self.is_done(*item))
    }

    /// The item whose answer is still being played out: what came of it is told at the end of that.
    #[must_use]
    pub fn deciding(&self, session: &Session) -> Option<Item> {
        self.deciding.filter(|_| session.showing().is_some())
    }

    /// How many parts of the present step are shown: what follows a question is its answer.
    #[must_use]
    pub fn shown(&self, session: &Session) -> usize {
        let all = self.lesson.steps.get(self.step).map_or(0, |step| step.parts.len());
        let deciding = self.deciding(session);
        let until = self.items().find(|(item, ..)| deciding == Some(*item)).or_else(|| self.open());
        until.map_or(all, |(_, place, _)| place.part + 1)
    }

    /// Whether there is a step after this one.
    #[must_use]
    pub fn has_next(&self) -> bool {
        self.step + 1 < self.lesson.steps.len()
    }

    /// To the next step, if there is one.
    pub fn next(&mut self, session: &mut Session) {
        if self.has_next() {
            self.go(self.step + 1, session);
        }
    }

    /// To the step before, if there is one.
    pub fn back(&mut self, session: &mut Session) {
        if let Some(before) = self.step.checked_sub(1) {
            self.go(before, session);
        }
    }

    /// To any step: the page then shows the run as its first open item finds it.
    pub fn go(&mut self, step: usize, session: &mut Session) {
        self.step = step.min(self.lesson.steps.len().saturating_sub(1));
        self.record.step = u32::try_from(self.step).unwrap_or(u32::MAX);
        self.finish();
        (self.away, self.deciding) = (None, None);
        let first = self.open().or_else(|| self.items().next()).map(|(item, ..)| item);
        match first {
            Some(item) => self.set_out(item, session),
            None => {
                let (timeline, _) = self.opening().play();
                self.begun = None;
                session.load(timeline, None);
            }
        }
    }

    /// The run with which a step without items begins: what it goes on with is for the reader to let happen.
    fn opening(&self) -> Run {
        let anew = |(_, part): &(usize, &Part)| matches!(part, Part::Scenario(scenario) if scenario.cluster.is_some());
        let parts = &self.lesson.steps[self.step].parts;
        match parts.iter().enumerate().rfind(anew) {
            Some((part, _)) => self.lesson.run_after(Place { step: self.step, part }),
            None => self.lesson.run_before(Place { step: self.step, part: 0 }),
        }
    }

    /// Shows the run as an item finds it: for a diagnosis, the run that went wrong.
    pub fn set_out(&mut self, item: Item, session: &mut Session) {
        let Some((_, place, part)) = self.lesson.items().find(|(other, ..)| *other == item) else { return };
        let run = match part {
            Part::Diagnose(_) => self.lesson.run_after(place),
            _ => self.lesson.run_before(place),
        };
        let (timeline, _) = run.play();
        (self.away, self.deciding) = (None, None);
        self.begun = match part {
            Part::Do(exercise) => Some((item, Begun::of(&timeline, exercise))),
            _ => None,
        };
        session.load(timeline, None);
    }

    /// Shows the run as an item leaves it, unless it is shown already; and says what the core is to be asked there.
    pub fn stand_after(&mut self, item: Item, session: &mut Session) -> Option<Question> {
        let (_, place, part) = self.lesson.items().find(|(other, ..)| *other == item)?;
        let question = match part {
            Part::Predict(predict) => predict.why,
            Part::Diagnose(diagnosis) => diagnosis.why,
            _ => None,
        };
        let (timeline, _) = self.lesson.run_after(place).play();
        if timeline.script() != *session.script_text() || timeline.step() != session.timeline().step() {
            self.begun = None;
            (self.away, self.deciding) = (None, None);
            session.load(timeline, None);
        }
        question
    }

    /// Begins the open exercise again.
    pub fn again(&mut self, session: &mut Session) {
        if let Some((item, _, Part::Do(_))) = self.open() {
            self.record.items.entry(item).or_default().tries += 1;
            self.set_out(item, session);
        }
    }

    /// Lets happen what a scenario of the lesson says, from where it begins to its end.
    pub fn play(&mut self, place: Place, session: &mut Session) {
        let Some(Part::Scenario(scenario)) = self.lesson.part(place) else { return };
        let before = match scenario.cluster {
            Some(cluster) => Run { cluster, lines: Vec::new() },
            None => self.lesson.run_before(place),
        };
        let (mut timeline, _) = before.play();
        let from = Moment::of(&timeline);
        let run = before.and(&scenario.lines);
        timeline.go_on(&run.text(), &scenario.lines);
        self.show(&run, timeline, from, session);
    }

    /// Shows a run from one of its moments to its end. If that is where the open exercise begins, it has begun.
    fn show(&mut self, run: &Run, mut timeline: Timeline, from: Moment, session: &mut Session) {
        let begins = self.open().filter(|(_, place, _)| self.lesson.run_before(*place) == *run);
        self.begun = match begins {
            Some((item, _, Part::Do(exercise))) => Some((item, Begun::of(&timeline, exercise))),
            _ => None,
        };
        let to = Moment::of(&timeline);
        from.seek(&mut timeline);
        (self.away, self.deciding) = (None, None);
        session.load(timeline, Some(to));
    }

    /// Answers the open prediction or diagnosis; the run that decides it then plays.
    ///
    /// # Errors
    /// If the lesson is mistaken, so that nothing can be judged.
    pub fn answer(&mut self, chosen: usize, session: &mut Session) -> Result<(), Trouble> {
        let lesson = Rc::clone(&self.lesson);
        let Some((item, place, part)) = self.open().map(|(item, place, _)| (item, place, lesson.part(place))) else {
            return Ok(());
        };
        let before = lesson.run_before(place);
        let (verdict, run, timeline, from) = match part {
            Some(Part::Predict(predict)) if chosen < predict.choices.len() => {
                let judged = prediction(&before, predict)?;
                (Verdict::predicted(chosen, &judged), before.and(&predict.lines), judged.timeline, judged.from)
            }
            Some(Part::Diagnose(diagnosis)) if chosen < diagnosis.causes.len() => {
                let Replay { timeline, from, healthy, told, .. } =
                    cured(&before, diagnosis, &diagnosis.causes[chosen])?;
                let why = if healthy { broken(&before, diagnosis)?.why } else { None };
                (Verdict::Diagnosed { chosen, healthy, told, why }, Run::default(), timeline, from)
            }
            _ => return Ok(()),
        };
        let given = self.record.items.entry(item).or_default();
        given.answer(chosen, verdict.is_right());
        given.done = verdict.is_right() || matches!(verdict, Verdict::Predicted { .. });
        self.verdicts.insert(item, Rc::new(verdict));
        self.finish();
        self.show(&run, timeline, from, session);
        self.deciding = Some(item);
        Ok(())
    }

    /// What came of the last answer to an item; of a prediction also if it was answered in an earlier visit.
    pub fn verdict(&mut self, item: Item) -> Option<Rc<Verdict>> {
        if let Some(verdict) = self.verdicts.get(&item) {
            return Some(Rc::clone(verdict));
        }
        let chosen = *self.given(item)?.choices.last()? as usize;
        let (_, place, part) = self.lesson.items().find(|(other, ..)| *other == item)?;
        let Part::Predict(predict) = part else { return None };
        let judged = prediction(&self.lesson.run_before(place), predict).ok()?;
        let verdict = Rc::new(Verdict::predicted(chosen, &judged));
        self.verdicts.insert(item, Rc::clone(&verdict));
        Some(verdict)
    }

    /// The exercise that is open.
    fn exercise(&self) -> Option<(Item, &Exercise)> {
        match self.open()? {
            (item, _, Part::Do(exercise)) => Some((item, exercise)),
            _ => None,
        }
    }

    /// The hints that were taken for the open exercise.
    #[must_use]
    pub fn hints(&self) -> &[String] {
        let Some((item, exercise)) = self.exercise() else { return &[] };
        let taken = self.given(item).map_or(0, |given| given.hints as usize);
        &exercise.hints[..taken.min(exercise.hints.len())]
    }

    /// Takes one more hint, if there is one.
    pub fn hint(&mut self) {
        let Some((item, exercise)) = self.exercise() else { return };
        let all = u32::try_from(exercise.hints.len()).unwrap_or(u32::MAX);
        let given = self.record.items.entry(item).or_default();
        given.hints = (given.hints + 1).min(all);
    }

    /// Whether somebody may do now what they ask of the page. Outside of exercises anything may be done.
    ///
    /// # Errors
    /// A sentence that says what may be done instead.
    pub fn permits(&self, intent: &Intent, session: &Session) -> Result<(), String> {
        let (Some((_, exercise)), Some(lines), None) = (self.exercise(), intent.lines(), &self.away) else {
            return Ok(());
        };
        exercise.permits(&lines)?;
        if lines.lines().all(Exercise::lets_time_pass) {
            return Ok(());
        }
        let Some((_, begun)) = &self.begun else { return Ok(()) };
        if begun.is_before(session.timeline()) {
            return Err("What came before the exercise is given: go on to where it begins.".to_owned());
        }
        Ok(())
    }

    /// How the open exercise stands.
    #[must_use]
    pub fn standing(&self, session: &Session) -> Option<Standing> {
        let (item, exercise) = self.exercise()?;
        let timeline = session.timeline();
        let begun = self.begun.as_ref().filter(|(other, _)| *other == item && self.away.is_none());
        let goals = goals(timeline.world(), exercise, begun.map_or(&[], |(_, begun)| begun.held()));
        let actions = begun.and_then(|(_, begun)| done_since(timeline, begun));
        let allowed = actions
            .as_ref()
            .is_some_and(|actions| actions.iter().all(|action| exercise.permits(&action.to_string()).is_ok()));
        let met = allowed && goals.iter().all(|goal| goal.met);
        let commands = actions.map(|actions| u32::try_from(actions.len()).unwrap_or(u32::MAX));
        Some(Standing { goals, commands, par: exercise.par, met })
    }

    /// Looks whether the open exercise is done now; if so, remembers it. Whether it was.
    pub fn check(&mut self, session: &Session) -> bool {
        let (Some((item, _)), Some(standing)) = (self.exercise(), self.standing(session)) else { return false };
        if !standing.met {
            return false;
        }
        let given = self.record.items.entry(item).or_default();
        given.tries += 1;
        given.first_right |= given.tries == 1 && given.hints == 0;
        given.done = true;
        given.commands = [given.commands, standing.commands].into_iter().flatten().min();
        self.finish();
        true
    }

    /// So many thousandths of a second were spent on the open item.
    pub fn spend(&mut self, ms: u64) {
        if let Some((item, ..)) = self.open() {
            let given = self.record.items.entry(item).or_default();
            given.ms = given.ms.saturating_add(ms);
        }
    }

    /// Leaves the lesson's run to the reader, who may do anything with it.
    pub fn take_over(&mut self, session: &mut Session) {
        session.update(Intent::Pause);
        self.away.get_or_insert_with(|| session.timeline().clone());
        session.keep();
    }

    /// Whether the reader has left the lesson's run for one of their own.
    #[must_use]
    pub fn is_away(&self) -> bool {
        self.away.is_some()
    }

    /// Back to the lesson's run, as it was left.
    pub fn take_back(&mut self, session: &mut Session) {
        if let Some(timeline) = self.away.take() {
            session.load(timeline, None);
        }
    }
}
