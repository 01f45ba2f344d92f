//! Texts that are no lessons, and exactly what is said about them.

use crate::teaching::lesson::Lesson;

/// Texts, each with what is said about it below a line of dashes, and a line of equals signs between two of them.
const MISTAKES: &str = include_str!("mistakes.txt");
const NEXT: &str = "\n====\n";
const SAID: &str = "\n----\n";

fn errors(text: &str) -> Vec<String> {
    Lesson::parse(text).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn every_mistake_is_named_with_its_place_and_what_was_expected() {
    let mut told = Vec::new();
    for block in MISTAKES.split(NEXT) {
        let text = block.split(SAID).next().unwrap_or(block);
        let errors = errors(text);
        assert!(!errors.is_empty(), "{text}");
        told.push(format!("{text}{SAID}{}", errors.join("\n")));
    }
    let told = told.join(NEXT) + "\n";
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/teaching/lesson/tests/mistakes.txt"), &told).unwrap();
    }
    for (told, expected) in told.split(NEXT).zip(MISTAKES.split(NEXT)) {
        assert_eq!(told.trim_end(), expected.trim_end());
    }
    assert_eq!(told, MISTAKES);
}

#[test]
fn no_more_mistakes_are_told_than_one_can_read() {
    assert_eq!(errors(&format!("# A lesson\n\n{}", "> quoted\n\n".repeat(500))).len(), Lesson::MOST_ERRORS);
}

#[test]
fn a_lesson_has_bounds() {
    let long = "é".repeat(Lesson::MOST_BYTES / 2 + 1);
    assert_eq!(errors(&long), ["line 1, column 1: the lesson has 262146 bytes; expected at most 262144"]);
    let deep = format!("# A lesson\n\n{}deep\n", "- ".repeat(5000));
    assert_eq!(
        errors(&deep)[0],
        "line 3, column 13: a list lies too deep; expected at most 6 levels",
        "and nothing overflows"
    );
    let steps = "## A step\n\n".repeat(41);
    assert_eq!(errors(&steps)[0], "line 81, column 1: the lesson goes on; expected at most 40 steps");
    let lines = format!("# A lesson\n\n## A step\n\n```scenario\n{}```\n", "step\n".repeat(2001));
    assert_eq!(
        errors(&lines),
        ["line 5, column 1: the lesson's run has 2001 lines here; expected at most 2000, up to the next scenario"]
    );
}
