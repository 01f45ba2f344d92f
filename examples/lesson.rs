//! Checks a lesson by running all of it: `cargo run --release --example lesson -- FILE`.
//! Prints which answers hold and how goals are reached. Ends with 1 if something does not come out as a lesson needs it,
//! with 2 if the lesson is mistaken or cannot be read.

use harbor_point::teaching::lesson::check::read_and_check;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file] = arguments.as_slice() else {
        eprintln!("usage: lesson FILE");
        return ExitCode::from(2);
    };
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::from(2);
        }
    };
    match read_and_check(&text) {
        Ok((lesson, checked)) => {
            println!("{}: {} steps, {} minutes", lesson.title, lesson.steps.len(), lesson.minutes);
            checked.findings.iter().for_each(|finding| println!("{finding}"));
            checked.problems.iter().for_each(|problem| eprintln!("{file}: {problem}"));
            if checked.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(errors) => {
            errors.iter().for_each(|error| eprintln!("{file}: {error}"));
            ExitCode::from(2)
        }
    }
}
