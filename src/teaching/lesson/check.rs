//! Whether a lesson does what a lesson must: every scenario plays, every prediction has exactly one answer that holds,
//! every goal is open at the start and reached by its solution, every diagnosis has exactly one cause whose fix helps.
//! All of it is found out by running.

use super::judge::{Trouble, broken, cured, missing, prediction};
use super::run::Moment;
use super::{Diagnosis, Exercise, Item, Lesson, LessonError, Part, Place, Predict, Run};
use crate::teaching::facts::holds;
use crate::teaching::script::Statement;
use crate::teaching::why::{Explanation, Question};
use std::fmt;

/// What running a lesson brought out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// What came of each item: a line each.
    pub findings: Vec<String>,
    /// What is wrong, in order.
    pub problems: Vec<Problem>,
}

/// What is wrong with a lesson that can be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The line of the file, from 1.
    pub line: u32,
    /// What is wrong there.
    pub text: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column 1: {}", self.line, self.text)
    }
}

/// Runs all of a lesson.
#[must_use]
pub fn check(lesson: &Lesson) -> Checked {
    let mut checked = Checked::default();
    for (place, part) in lesson.parts() {
        if let Part::Scenario(scenario) = part {
            let (_, failure) = lesson.run_after(place).play();
            if let Some(failure) = failure {
                checked.wrong(scenario.line, Trouble::Stopped(failure));
            }
        }
    }
    for (item, place, part) in lesson.items() {
        checked.item(lesson, item, place, part);
    }
    checked.problems.sort();
    checked.problems.dedup();
    checked
}

/// Everything that is wrong with the text of a lesson, a line each; nothing if it can be taught from.
///
/// # Errors
/// What is wrong, each with its line.
pub fn read_and_check(text: &str) -> Result<(Lesson, Checked), Vec<LessonError>> {
    let lesson = Lesson::parse(text)?;
    let checked = check(&lesson);
    Ok((lesson, checked))
}

impl Checked {
    fn wrong(&mut self, line: u32, what: impl fmt::Display) {
        self.problems.push(Problem { line, text: what.to_string() });
    }

    fn item(&mut self, lesson: &Lesson, item: Item, place: Place, part: &Part) {
        let before = lesson.run_before(place);
        match part {
            Part::Predict(predict) => self.predict(item, &before, predict),
            Part::Do(exercise) => self.exercise(item, &before, exercise),
            Part::Diagnose(diagnosis) => self.diagnose(item, &before, diagnosis),
            Part::Prose(_) | Part::Cycle(_) | Part::Scenario(_) => {}
        }
    }

    fn predict(&mut self, item: Item, before: &Run, predict: &Predict) {
        let judged = match prediction(before, predict) {
            Ok(judged) => judged,
            Err(trouble) => return self.wrong(predict.line, trouble),
        };
        let right = &predict.choices[judged.right()];
        let so = judged.so.join("; ");
        self.findings.push(format!("{item}, line {}: what holds is \"{}\": {so}", predict.line, right.text));
        for (choice, judged) in predict.choices.iter().zip(&judged.choices).filter(|(_, judged)| !judged.holds) {
            self.findings.push(format!("    not \"{}\": {}", choice.text, judged.reasons.join("; ")));
        }
        self.why(predict.line, predict.why, judged.why);
    }

    fn why(&mut self, line: u32, asked: Option<Question>, answer: Option<Explanation>) {
        match (asked, answer) {
            (Some(question), None) => self.wrong(line, format!("why {question}: it has not come about")),
            (Some(_), Some(why)) => self.findings.push(format!("    why: {}", why.finding)),
            (None, _) => {}
        }
    }

    fn exercise(&mut self, item: Item, before: &Run, exercise: &Exercise) {
        let (mut timeline, failure) = before.play();
        if let Some(failure) = failure {
            return self.wrong(exercise.line, Trouble::Stopped(failure));
        }
        if exercise.goals.iter().all(|goal| holds(timeline.world(), goal)) {
            self.wrong(exercise.line, "every goal is met at the start");
        }
        for line in &exercise.solution {
            if let Err(refusal) = exercise.permits(&line.statement.to_string()) {
                self.wrong(line.number, format!("the solution may not do this: {refusal}"));
            }
        }
        if let Some(failure) = timeline.go_on(&before.and(&exercise.solution).text(), &exercise.solution) {
            return self.wrong(failure.line, format!("the solution stops: {failure}"));
        }
        let lacking = missing(timeline.world(), &exercise.goals);
        if !lacking.is_empty() {
            self.wrong(exercise.line, format!("the solution does not reach the goals: {}", lacking.join("; ")));
        }
        let used = exercise.solution.iter().filter(|line| matches!(line.statement, Statement::Act(_))).count();
        if let Some(par) = exercise.par.filter(|par| used > *par as usize) {
            self.wrong(exercise.line, format!("the par is {par}, and the solution takes {used} commands"));
        }
        let at = Moment::of(&timeline).at;
        self.findings.push(format!("{item}, line {}: reached with {used} commands, at {at}", exercise.line));
    }

    fn diagnose(&mut self, item: Item, before: &Run, diagnosis: &Diagnosis) {
        let replay = match broken(before, diagnosis) {
            Ok(replay) => replay,
            Err(trouble) => return self.wrong(diagnosis.line, trouble),
        };
        if replay.healthy {
            self.wrong(diagnosis.line, "the run that went wrong is healthy");
        }
        let mut right = Vec::new();
        let first = self.findings.len();
        for cause in &diagnosis.causes {
            match cured(before, diagnosis, cause) {
                Ok(replay) if replay.healthy => right.push(cause.text.as_str()),
                Ok(replay) => {
                    self.findings.push(format!("    not \"{}\": {}", cause.text, replay.told.join("; ")));
                }
                Err(trouble) => self.wrong(cause.line, trouble),
            }
        }
        match right[..] {
            [only] => {
                let finding = format!("{item}, line {}: what helps is against \"{only}\"", diagnosis.line);
                self.findings.insert(first, finding);
            }
            [] => self.wrong(diagnosis.line, "no fix makes the run healthy"),
            _ => self.wrong(diagnosis.line, format!("more than one fix makes the run healthy: {}", right.join("; "))),
        }
        self.why(diagnosis.line, diagnosis.why, replay.why);
    }
}
