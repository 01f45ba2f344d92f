//! Whatever a text says, reading it ends, and what is said about it has a place in it.

use super::reading::example;
use crate::teaching::lesson::Lesson;
use proptest::prelude::*;

/// What a lesson is made of, and what it must not be made of.
const PIECES: [&str; 24] = [
    "# ",
    "## ",
    "```predict\n",
    "```do\n",
    "```diagnose\n",
    "```scenario continue\n",
    "```\n",
    "ask ",
    "choice ",
    ": ",
    " and ",
    "goal r1 kept\n",
    "run until r1 201\n",
    "solution\n",
    "<script>",
    "![x](https://x)",
    "[a](javascript:1)",
    "> ",
    "- ",
    "| a |\n| --- |\n",
    "**",
    "\u{202e}",
    "\r\n",
    "fix cluster shards=2\n",
];

fn check(text: &str) {
    let Err(errors) = Lesson::parse(text) else { return };
    assert!(!errors.is_empty() && errors.len() <= Lesson::MOST_ERRORS);
    let lines: Vec<&str> = text.split('\n').collect();
    for error in errors {
        let line = lines.get(error.line as usize - 1).unwrap_or_else(|| panic!("{error} in {text:?}"));
        assert!((1..=line.chars().count() as u32 + 1).contains(&error.column), "{error} in {text:?}");
        assert!(error.to_string().len() < 2000 && !error.expected.is_empty(), "{error}");
    }
}

proptest! {
    #[test]
    fn pieces_in_any_order_are_read_or_refused(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60),
    ) {
        check(&pieces.concat());
    }

    #[test]
    fn a_lesson_that_was_tampered_with_is_read_or_refused(
        places in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..4, prop::sample::select(&PIECES[..])), 1..6),
    ) {
        let mut lines: Vec<&str> = example().split('\n').collect();
        for (place, how, piece) in places {
            let at = place.index(lines.len());
            match how {
                0 => drop(lines.remove(at)),
                1 => lines.insert(at, piece),
                2 => lines[at] = piece,
                _ => lines.insert(at, lines[place.index(lines.len())]),
            }
            if lines.is_empty() {
                break;
            }
        }
        check(&lines.join("\n"));
    }
}
