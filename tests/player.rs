//! The player on the command line: what it prints, and how it ends, as the README says.
#![cfg(not(target_arch = "wasm32"))]

use std::process::{Command, Output};

/// Plays a file, as a person would with `cargo run --example play`.
fn play(file: &str) -> Output {
    play_with(&[file])
}

fn play_with(arguments: &[&str]) -> Output {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR")).args(["run", "--quiet", "--locked", "--example", "play", "--"]);
    cargo.args(arguments).output().expect("cargo runs")
}

/// Plays a text; its file has this name.
fn play_text(name: &str, text: &str) -> (Output, String) {
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).display().to_string();
    std::fs::write(&file, text).expect("a script can be written");
    (play(&file), file)
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_story_is_printed_and_ends_with_0() {
    for story in ["write", "failover", "forced", "leader-fsync"] {
        let output = play(&format!("src/teaching/stories/{story}.script"));
        let golden = std::fs::read_to_string(format!("{}/tests/golden/{story}.transcript", env!("CARGO_MANIFEST_DIR")));
        assert_eq!(said(&output.stdout), golden.expect("every story has a transcript"), "{story}");
        assert_eq!((said(&output.stderr), output.status.code()), (String::new(), Some(0)), "{story}");
    }
}

#[test]
fn the_first_expectation_that_fails_ends_it_with_1() {
    let text = "reserve C14 for 5521\nrun until r1 201\nexpect sg-db-1 appended 981244\nexpect leader sg-db-1\n";
    let (output, file) = play_text("unmet.script", text);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output.stdout).ends_with("customers          heard for r1: 201 Created, token 27:981244\n"));
    let expected = format!("{file}: line 3, at 16.046 ms: expected sg-db-1 appended 981244, which does not hold\n");
    assert_eq!(said(&output.stderr), expected);
}

#[test]
fn what_is_no_script_plays_not_at_all_and_ends_with_2() {
    let text = "reserve C14 for 5521\ncrush md-db-4\ncrash md-db-5\nreserve C99 for 5521\n";
    let (output, file) = play_text("wrong.script", text);
    assert_eq!((output.status.code(), said(&output.stdout)), (Some(2), String::new()));
    let errors = said(&output.stderr);
    let mut lines = errors.lines();
    let unknown = format!("{file}: line 2, column 1: \"crush\" is no command; expected reserve, ");
    assert!(lines.next().is_some_and(|line| line.starts_with(&unknown)), "{errors}");
    assert_eq!(
        lines.collect::<Vec<_>>(),
        [
            format!("{file}: line 3, column 7: \"md-db-5\" is no node; expected md-db-4, md-db-2 or sg-db-1"),
            format!("{file}: line 4, column 9: \"C99\" is no cabin; expected a cabin C01 to C24, or W1 and up"),
        ]
    );
}

#[test]
fn a_file_that_is_not_there_ends_it_with_2() {
    let output = play("no-such.script");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output.stderr).starts_with("no-such.script: "), "{}", said(&output.stderr));
}

#[test]
fn a_question_is_answered_with_what_led_there() {
    let forced = "src/teaching/stories/forced.script";
    let output = play_with(&[forced, "--why", "r1"]);
    let answer = said(&output.stdout);
    let mut lines = answer.lines();
    let lost = "md-db-4 promised 27:981244, but sg-db-1, the leader of term 28, does not hold it.";
    assert_eq!((lines.next(), output.status.code()), (Some(lost), Some(0)));
    assert!(lines.any(|line| line.ends_with("crash md-db-4")), "{answer}");
    assert!(lines.any(|line| line.contains("lets sg-db-1 lead term 28, by force")), "{answer}");

    let wrong = play_with(&[forced, "--why", "27:x"]);
    let expected = "--why \"27:x\": expected a term and an index, such as 27:981244\n".to_owned();
    assert_eq!((said(&wrong.stderr), said(&wrong.stdout), wrong.status.code()), (expected, String::new(), Some(2)));
    let usage = play_with(&[forced, "--because"]);
    let expected = "usage: play FILE [--why QUESTION | --measures]\n".to_owned();
    assert_eq!((said(&usage.stderr), usage.status.code()), (expected, Some(2)));
}
