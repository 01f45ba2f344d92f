//! Plays a script and prints its transcript: `cargo run --release --example play -- FILE`.
//! With `--why QUESTION` it prints an answer to a question about the last moment instead, and the events that led there:
//! `r1`, `27:981244`, `"md-db-2 promotable"`.
//! With `--measures` it prints what was measured over time instead: a line for each interval, with tabs between columns.
//! Ends with 1 at the first expectation that fails, with 2 if the script or the question is wrong or cannot be read.

use harbor_point::teaching::script::Script;
use harbor_point::teaching::timeline::Timeline;
use harbor_point::teaching::why::{Question, explain};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (file, instead) = match arguments.as_slice() {
        [file] => (file, None),
        [file, measures] if measures == "--measures" => (file, Some(None)),
        [file, why, question] if why == "--why" => (file, Some(Some(question))),
        _ => {
            eprintln!("usage: play FILE [--why QUESTION | --measures]");
            return ExitCode::from(2);
        }
    };
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::from(2);
        }
    };
    let script = match Script::parse(&text) {
        Ok(script) => script,
        Err(errors) => {
            errors.iter().for_each(|error| eprintln!("{file}: {error}"));
            return ExitCode::from(2);
        }
    };
    let (timeline, failure) = Timeline::play(&text, &script);
    match instead.map(|question| question.map(|text| answer(&timeline, text))) {
        None => timeline.records().iter().for_each(|logged| println!("{}", logged.record)),
        Some(None) => {
            for (shard, number) in timeline.world().shards().zip(184..) {
                print!("# shard {number}\n{}", shard.measures());
            }
        }
        Some(Some(Ok(answer))) => println!("{answer}"),
        Some(Some(Err(error))) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    }
    match failure {
        None => ExitCode::SUCCESS,
        Some(failure) => {
            eprintln!("{file}: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn answer(timeline: &Timeline, text: &str) -> Result<String, String> {
    let replicas = timeline.world().config().replicas;
    let question = Question::parse(text, replicas).map_err(|expected| format!("--why \"{text}\": {expected}"))?;
    let explanation = explain(timeline, question);
    Ok(explanation.map_or_else(|| format!("{question}: it has not come about"), |explanation| explanation.to_string()))
}
