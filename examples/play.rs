//! Plays a script and prints its transcript: `cargo run --release --example play -- FILE`.
//! Ends with 1 at the first expectation that fails, with 2 if the script is wrong or cannot be read.

use harbor_point::teaching::script::Script;
use harbor_point::teaching::timeline::Timeline;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(file) = std::env::args().nth(1) else {
        eprintln!("usage: play FILE");
        return ExitCode::from(2);
    };
    let text = match std::fs::read_to_string(&file) {
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
    timeline.records().iter().for_each(|logged| println!("{}", logged.record));
    match failure {
        None => ExitCode::SUCCESS,
        Some(failure) => {
            eprintln!("{file}: {failure}");
            ExitCode::FAILURE
        }
    }
}
