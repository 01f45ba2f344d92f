//! What a learner may hand to a teacher: what was answered, in how many tries, with how many hints, in what time.

use super::progress::{Given, Progress};
use super::{ItemKind, Lesson, Part};
use std::fmt::Write;

/// The report on some lessons, each with the name that its progress goes by, as plain text.
#[must_use]
pub fn report<'a>(progress: &Progress, lessons: impl IntoIterator<Item = (&'a str, &'a Lesson)>) -> String {
    let mut text = String::from("Harbor Point: what was done in the lessons\n");
    for (name, lesson) in lessons {
        let Some(record) = progress.lessons.get(name) else { continue };
        let given: Vec<(String, Option<&Given>, &Part)> =
            lesson.items().map(|(item, _, part)| (item.to_string(), record.items.get(&item), part)).collect();
        let done = given.iter().filter(|(_, given, _)| given.is_some_and(|given| given.done)).count();
        let spent = given.iter().filter_map(|(_, given, _)| Some(given.as_ref()?.ms)).sum();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\n{}: {done} of {} done, {}", lesson.title, given.len(), time(spent));
        for (item, given, part) in given {
            let _ = writeln!(text, "  {item}: {}", asked(part));
            let _ = writeln!(text, "    {}", given.map_or_else(|| "not tried".to_owned(), |given| line(given, part)));
        }
    }
    text
}

fn asked(part: &Part) -> String {
    match part {
        Part::Predict(predict) => predict.ask.clone(),
        Part::Diagnose(diagnosis) => diagnosis.ask.clone(),
        Part::Do(exercise) => {
            let goals: Vec<String> = exercise.goals.iter().map(super::judge::wanted).collect();
            goals.join("; ")
        }
        Part::Prose(_) | Part::Cycle(_) | Part::Scenario(_) => String::new(),
    }
}

fn line(given: &Given, part: &Part) -> String {
    let choices: Vec<&str> = match part {
        Part::Predict(predict) => predict.choices.iter().map(|choice| choice.text.as_str()).collect(),
        Part::Diagnose(diagnosis) => diagnosis.causes.iter().map(|cause| cause.text.as_str()).collect(),
        _ => Vec::new(),
    };
    let answers = given.choices.iter().filter_map(|place| choices.get(*place as usize));
    let answers: Vec<String> = answers.map(|answer| format!("\"{answer}\"")).collect();
    let mut text = match (given.first_right, given.done, part.kind()) {
        (true, ..) => "right at once".to_owned(),
        (_, false, _) if given.tries == 0 => "looked at".to_owned(),
        (_, true, Some(ItemKind::Predict)) => "wrong".to_owned(),
        (_, true, _) => format!("right, {}", counted(given.tries, "try", "tries")),
        (..) => format!("not yet right, {}", counted(given.tries, "try", "tries")),
    };
    if !answers.is_empty() {
        text += &format!("; answered {}", answers.join(", then "));
    }
    if let Some(commands) = given.commands {
        text += &format!("; {}", counted(commands, "command", "commands"));
    }
    if given.hints > 0 {
        text += &format!("; {}", counted(given.hints, "hint", "hints"));
    }
    format!("{text}; {}", time(given.ms))
}

fn counted(count: u32, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// A time, to the second.
fn time(ms: u64) -> String {
    match ms / 1000 {
        seconds if seconds < 60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}
