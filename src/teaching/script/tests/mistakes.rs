//! Texts that are no scripts, and exactly what is said about them.

use crate::teaching::script::{Condition, Names, Script, Statement, parse_cluster};

/// Blocks with empty lines between them: a text, then indented what is said about it.
const MISTAKES: &str = include_str!("mistakes.txt");

fn errors(text: &str) -> Vec<String> {
    Script::parse(text).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn every_mistake_is_named_with_its_place_and_what_was_expected() {
    let mut told = String::new();
    for block in MISTAKES.split("\n\n") {
        let text: Vec<&str> = block.lines().filter(|line| !line.starts_with("    ")).collect();
        let text = text.join("\n");
        told += &text;
        for error in errors(&text) {
            told += &format!("\n    {error}");
        }
        told += "\n\n";
    }
    let told = told.trim_end().to_owned() + "\n";
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/teaching/script/tests/mistakes.txt"), &told).unwrap();
    }
    for (told, expected) in told.split("\n\n").zip(MISTAKES.split("\n\n")) {
        assert_eq!(told.trim_end(), expected.trim_end());
    }
    assert_eq!(told, MISTAKES);
}

#[test]
fn every_mistaken_line_is_told_and_one_mistake_does_not_bring_forth_others() {
    let text = "cluster ack=none\nreserve C99 for 5521 as r1\nretry r1\n\nreserve C01 to 5521\nexpect r2 201\nheal all";
    let places: Vec<(u32, u32)> =
        Script::parse(text).unwrap_err().iter().map(|error| (error.line, error.column)).collect();
    assert_eq!(places, [(1, 13), (2, 9), (5, 13), (7, 6)]);
}

#[test]
fn no_more_mistakes_are_told_than_one_can_read() {
    assert_eq!(errors(&"nonsense\n".repeat(500)).len(), Script::MOST_ERRORS);
    assert_eq!(errors(&"nonsense\n".repeat(5)).len(), 5);
}

#[test]
fn a_script_has_bounds() {
    let most_lines = "step\n".repeat(1999) + "step";
    assert_eq!(Script::parse(&most_lines).map(|script| script.lines.len()), Ok(2000));
    assert_eq!(
        errors(&format!("{most_lines}\n")),
        ["line 2001, column 1: the text goes on; expected at most 2000 lines"]
    );
    let most_bytes = format!("heal\n#{}", "é".repeat(32_765));
    assert_eq!(most_bytes.len(), Script::MOST_BYTES);
    assert!(Script::parse(&most_bytes).is_ok());
    assert_eq!(
        errors(&format!("{most_bytes}é")),
        ["line 2, column 32767: the text has 65538 bytes; expected at most 65536"]
    );
}

#[test]
fn a_long_or_unprintable_word_is_shown_short_and_printable() {
    let shown = format!("line 1, column 1: \"{}…\" is no command; expected ", "é".repeat(40));
    assert!(errors(&"é".repeat(5000))[0].starts_with(&shown));
    let shown = r#"line 1, column 1: "\u{202e}\0\"" is no command; expected "#;
    assert!(errors("\u{202e}\0\"")[0].starts_with(shown));
}

#[test]
fn smaller_things_have_the_same_errors() {
    let names = Names::default();
    let told = |error: crate::teaching::script::ScriptError| error.to_string();
    assert_eq!(
        Statement::parse("crash md-db-5", &names).map_err(told),
        Err("line 1, column 7: \"md-db-5\" is no node; expected md-db-4, md-db-2 or sg-db-1".to_owned())
    );
    assert!(
        Statement::parse("  # nothing", &names)
            .map_err(told)
            .unwrap_err()
            .starts_with("line 1, column 1: the line ends here; expected reserve, ")
    );
    assert!(
        Statement::parse("cluster seed=1", &names)
            .map_err(told)
            .unwrap_err()
            .starts_with("line 1, column 1: \"cluster\" can only begin a script; expected reserve, ")
    );
    assert_eq!(
        Condition::parse("no leader here", &names).map_err(told),
        Err("line 1, column 11: \"here\" does not belong here; expected the end of the line".to_owned())
    );
    assert_eq!(
        parse_cluster("clutter").map_err(told),
        Err("line 1, column 1: \"clutter\" is no beginning of a configuration; expected cluster \
             (did you mean cluster?)"
            .to_owned())
    );
}
