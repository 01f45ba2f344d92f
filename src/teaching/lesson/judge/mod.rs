//! What is right, found out by running the core: which answer to a prediction holds, which goals are met, which cause
//! goes away with its fix. Nothing of it is written in a lesson, and nothing here remembers anything.
//!
//! [`saying`] puts conditions into words: what they demand, and what is so instead.

mod saying;

pub use saying::{told, wanted};

use super::run::Moment;
use super::{Allowed, Cause, Diagnosis, Exercise, Predict, Run};
use crate::simulation::{Action, Micros, World};
use crate::teaching::facts::holds;
use crate::teaching::script::{Condition, Line, Statement};
use crate::teaching::timeline::{Failure, FailureKind, Timeline};
use crate::teaching::why::{Explanation, explain};
use std::fmt;

/// How long a fault waits for something that a fix may have taken away.
const LONGEST_WAIT: Micros = Micros::from_secs(10);

/// What came of a prediction.
#[derive(Clone, Debug)]
pub struct Prediction {
    /// The run, at the moment when the answers are judged.
    pub timeline: Timeline,
    /// The moment when the question was asked.
    pub from: Moment,
    /// What came of each choice, in their order.
    pub choices: Vec<Judged>,
    /// What is so, about that of which the choice that holds speaks: a sentence for each condition.
    pub so: Vec<String>,
    /// What the core answers to the question that the block asks of it.
    pub why: Option<Explanation>,
}

/// What came of one choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// All its conditions hold.
    pub holds: bool,
    /// What is so instead, a sentence for each condition that does not hold.
    pub reasons: Vec<String>,
}

/// Why something cannot be judged: a mistake of the lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The run stops before it can be judged.
    Stopped(Failure),
    /// No choice holds, or more than one do: these.
    NotOne(Vec<usize>),
    /// What ought to be seen is not so: a sentence for each condition.
    NoSymptom(Vec<String>),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stopped(failure) => write!(f, "the run stops: {failure}"),
            Self::NotOne(holding) if holding.is_empty() => f.write_str("none of the answers holds"),
            Self::NotOne(holding) => {
                let numbers: Vec<String> = holding.iter().map(|place| (place + 1).to_string()).collect();
                write!(f, "more than one answer holds: {}", numbers.join(" and "))
            }
            Self::NoSymptom(told) => write!(f, "the symptom is not there: {}", told.join("; ")),
        }
    }
}

impl Prediction {
    /// The choice that holds.
    #[must_use]
    pub fn right(&self) -> usize {
        self.choices.iter().position(|choice| choice.holds).unwrap_or_default()
    }
}

/// Runs on from where a question is asked, and judges its answers.
///
/// # Errors
/// If the run stops, or not exactly one answer holds.
pub fn prediction(before: &Run, predict: &Predict) -> Result<Prediction, Trouble> {
    let (mut timeline, from) = start(before)?;
    if let Some(failure) = timeline.go_on(&before.and(&predict.lines).text(), &predict.lines) {
        return Err(Trouble::Stopped(failure));
    }
    let choices: Vec<Judged> = predict
        .choices
        .iter()
        .map(|choice| {
            let reasons = missing(timeline.world(), &choice.conditions);
            Judged { holds: reasons.is_empty(), reasons }
        })
        .collect();
    let holding: Vec<usize> = (0..choices.len()).filter(|place| choices[*place].holds).collect();
    if holding.len() != 1 {
        return Err(Trouble::NotOne(holding));
    }
    let so = each_told(timeline.world(), &predict.choices[holding[0]].conditions);
    let why = predict.why.and_then(|question| explain(&timeline, question));
    Ok(Prediction { from, choices, so, why, timeline })
}

/// A run up to where something begins, and that moment.
fn start(before: &Run) -> Result<(Timeline, Moment), Trouble> {
    let (timeline, failure) = before.play();
    let moment = Moment::of(&timeline);
    failure.map_or(Ok((timeline, moment)), |failure| Err(Trouble::Stopped(failure)))
}

/// What is so instead of what conditions demand: a sentence for each that does not hold.
#[must_use]
pub fn missing(world: &World, conditions: &[Condition]) -> Vec<String> {
    each_told(world, conditions.iter().filter(|condition| !holds(world, condition)))
}

/// What is so, about that of which conditions speak: nothing twice, also not what an earlier sentence says besides.
fn each_told<'a>(world: &World, conditions: impl IntoIterator<Item = &'a Condition>) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    for condition in conditions {
        let told = told(world, condition);
        let (of, says) = told.split_once(' ').unwrap_or((&told, ""));
        if !sentences.iter().any(|sentence| sentence.starts_with(of) && sentence.contains(says)) {
            sentences.push(told);
        }
    }
    sentences
}

/// How one goal stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// It holds.
    pub met: bool,
    /// It held when the exercise began: there it is to be kept rather than reached.
    pub held: bool,
    /// What it demands, in words.
    pub wanted: String,
    /// What is so now.
    pub told: String,
}

/// How the goals of an exercise stand now, that began with the ones that `held`.
#[must_use]
pub fn goals(world: &World, exercise: &Exercise, held: &[bool]) -> Vec<Goal> {
    let goal = |(place, condition): (usize, &Condition)| Goal {
        met: holds(world, condition),
        held: held.get(place).copied().unwrap_or_default(),
        wanted: wanted(condition),
        told: told(world, condition),
    };
    exercise.goals.iter().enumerate().map(goal).collect()
}

impl Allowed {
    /// Whether it is one of the commands that may always be used.
    #[must_use]
    pub fn lets_time_pass(&self) -> bool {
        Exercise::lets_time_pass(&self.0)
    }
}

impl Exercise {
    /// Whether something may be done here: lines of script.
    ///
    /// # Errors
    /// A sentence that says what may be done instead of the first that may not.
    pub fn permits(&self, lines: &str) -> Result<(), String> {
        lines.lines().try_for_each(|line| self.permits_line(line))
    }

    /// Whether a line only lets time pass, or only looks: that may always be done.
    #[must_use]
    pub fn lets_time_pass(line: &str) -> bool {
        let first = line.split([' ', '\t']).find(|word| !word.is_empty()).unwrap_or_default();
        ["", "run", "step", "expect"].contains(&first) || first.starts_with('#')
    }

    fn permits_line(&self, line: &str) -> Result<(), String> {
        let mut words = line.split([' ', '\t', '=']).filter(|word| !word.is_empty());
        let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let both = format!("{first} {second}");
        if Self::lets_time_pass(line) || self.allow.iter().any(|Allowed(allowed)| *allowed == first || *allowed == both)
        {
            return Ok(());
        }
        let used = if first == "set" { &both } else { first };
        let named = self.allow.iter().filter(|allowed| !allowed.lets_time_pass());
        let allowed: Vec<&str> = named.map(|Allowed(allowed)| allowed.as_str()).collect();
        Err(match allowed[..] {
            [only] => format!("Here only {only} may be used, not {used}. Time may always run."),
            _ => format!("Here these may be used: {}; not {used}. Time may always run.", allowed.join(", ")),
        })
    }
}

/// What was done on a run since something began. Nothing if the run does not begin as that did.
#[must_use]
pub fn done_since(timeline: &Timeline, begun: &Begun) -> Option<Vec<Action>> {
    let mut actions = timeline.actions();
    let same = begun.actions.iter().all(|before| actions.next().as_ref() == Some(before));
    let rest: Vec<(u64, Action)> = actions.collect();
    let kept = same && !begun.is_before(timeline) && rest.first().is_none_or(|(step, _)| *step > begun.moment.step);
    kept.then(|| rest.into_iter().take_while(|(step, _)| *step <= timeline.step()).map(|(_, action)| action).collect())
}

/// How a run stood when an exercise began: what had been done, the moment, and which goals held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    moment: Moment,
    actions: Vec<(u64, Action)>,
    held: Vec<bool>,
}

impl Begun {
    /// A run as it stands.
    #[must_use]
    pub fn of(timeline: &Timeline, exercise: &Exercise) -> Self {
        let held = exercise.goals.iter().map(|goal| holds(timeline.world(), goal)).collect();
        Self { moment: Moment::of(timeline), actions: timeline.actions().collect(), held }
    }

    /// Which of the goals held.
    #[must_use]
    pub fn held(&self) -> &[bool] {
        &self.held
    }

    /// Whether a run stands at an earlier moment.
    #[must_use]
    pub fn is_before(&self, timeline: &Timeline) -> bool {
        Moment::of(timeline) < self.moment
    }
}

/// A run that went wrong, or the same under a fix.
#[derive(Clone, Debug)]
pub struct Replay {
    /// The run, at its end.
    pub timeline: Timeline,
    /// The moment when the faults began.
    pub from: Moment,
    /// Nothing is wrong.
    pub healthy: bool,
    /// What is so instead, a sentence for each condition of health that does not hold.
    pub told: Vec<String>,
    /// What the core answers to the question that the block asks of it.
    pub why: Option<Explanation>,
}

/// The run that went wrong.
///
/// # Errors
/// If it stops, or its symptom is not there.
pub fn broken(before: &Run, diagnosis: &Diagnosis) -> Result<Replay, Trouble> {
    let (mut timeline, from) = start(before)?;
    if let Some(failure) = timeline.go_on(&before.and(&diagnosis.faults).text(), &diagnosis.faults) {
        return Err(Trouble::Stopped(failure));
    }
    let absent = missing(timeline.world(), &diagnosis.symptom);
    if !absent.is_empty() {
        return Err(Trouble::NoSymptom(absent));
    }
    Ok(Replay::of(timeline, from, diagnosis))
}

/// The same faults under the fix for a cause. What a fix takes away may be waited for in vain: the replay goes on.
///
/// # Errors
/// If the run stops before the faults begin, or grows too long.
pub fn cured(before: &Run, diagnosis: &Diagnosis, cause: &Cause) -> Result<Replay, Trouble> {
    let cluster = cause.cluster.unwrap_or(before.cluster);
    let (mut timeline, from) = start(&Run { cluster, lines: before.lines.clone() }.and(&cause.fix))?;
    for Line { number, statement } in &diagnosis.faults {
        let bounded = match statement {
            Statement::RunUntil { condition, within } => {
                let within = within.map_or(LONGEST_WAIT, |within| within.min(LONGEST_WAIT));
                Statement::RunUntil { condition: *condition, within: Some(within) }
            }
            statement => *statement,
        };
        if let Err(what @ FailureKind::TooLong { .. }) = timeline.execute(&bounded) {
            return Err(Trouble::Stopped(Failure { line: *number, at: timeline.world().now(), what }));
        }
    }
    Ok(Replay::of(timeline, from, diagnosis))
}

impl Replay {
    fn of(timeline: Timeline, from: Moment, diagnosis: &Diagnosis) -> Self {
        let told = missing(timeline.world(), &diagnosis.healthy);
        let why = diagnosis.why.and_then(|question| explain(&timeline, question));
        Self { from, healthy: told.is_empty(), told, why, timeline }
    }
}
