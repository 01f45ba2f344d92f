//! What is wrong with a lesson, and where.

use crate::teaching::script::ScriptError;
use std::fmt;

/// How many characters of a wrong text an error repeats.
const SHOWN_CHARACTERS: usize = 40;

/// One mistake in a lesson.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LessonError {
    /// The line of the file, from 1.
    pub line: u32,
    /// The character in that line, from 1.
    pub column: u32,
    /// What stands there, and what is wrong with it.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

impl LessonError {
    /// A mistake of a script line that stands in line `line` of the file, `shift` characters from its beginning.
    pub(super) fn of_script(error: &ScriptError, line: u32, shift: u32) -> Self {
        let (found, expected) = (error.found.to_string(), error.expectation());
        Self { line, column: error.column.saturating_add(shift), found, expected }
    }
}

impl fmt::Display for LessonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}; expected {}", self.line, self.column, self.found, self.expected)
    }
}

impl std::error::Error for LessonError {}

/// A text as an error repeats it: in quotation marks, printable, and short.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN_CHARACTERS).flat_map(char::escape_debug).collect();
    if text.chars().nth(SHOWN_CHARACTERS).is_some() {
        shown.push('…');
    }
    format!("\"{shown}\"")
}

/// Several things of which one is expected: `a, b or c`.
pub(super) fn one_of(things: &[&str]) -> String {
    match things {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}
