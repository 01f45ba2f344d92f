//! What is wrong with a script, and where: the words found, what could have stood there instead, and the nearest of it.

use super::words::Word;
use std::borrow::Cow;
use std::fmt;

/// How many characters of a wrong word an error repeats.
const SHOWN_CHARACTERS: usize = 40;

/// How many letters a word may be off to count as a near miss.
const NEAR: usize = 2;

/// One mistake in a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptError {
    /// The line, from 1.
    pub line: u32,
    /// The character in that line, from 1.
    pub column: u32,
    /// What stands there.
    pub found: Found,
    /// What could have stood there; any one of these.
    pub expected: Vec<String>,
    /// The one of them that was probably meant.
    pub suggestion: Option<String>,
}

/// What stands where the mistake is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing more: the line is over.
    LineEnd,
    /// A word, and what is wrong with it, as the rest of a sentence: `is no cabin`.
    Word {
        /// The word, shortened where it is very long.
        word: String,
        /// What is wrong with it.
        complaint: Cow<'static, str>,
    },
    /// More text than a script may have, in bytes.
    Bytes(usize),
    /// More lines than a script may have.
    Lines,
}

impl Found {
    /// The word, with what is wrong about it.
    pub(super) fn word(word: &str, complaint: impl Into<Cow<'static, str>>) -> Self {
        let mut shown: String = word.chars().take(SHOWN_CHARACTERS).flat_map(char::escape_debug).collect();
        if word.chars().nth(SHOWN_CHARACTERS).is_some() {
            shown.push('…');
        }
        Self::Word { word: shown, complaint: complaint.into() }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LineEnd => f.write_str("the line ends here"),
            Self::Word { word, complaint } => write!(f, "\"{word}\" {complaint}"),
            Self::Bytes(bytes) => write!(f, "the text has {bytes} bytes"),
            Self::Lines => f.write_str("the text goes on"),
        }
    }
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}; expected {}", self.line, self.column, self.found, self.expectation())
    }
}

impl ScriptError {
    /// What could have stood there, and what was probably meant.
    pub(in crate::teaching) fn expectation(&self) -> String {
        let mut text = String::new();
        for (place, choice) in self.expected.iter().enumerate() {
            text += match place {
                0 => "",
                _ if place + 1 == self.expected.len() => " or ",
                _ => ", ",
            };
            text += choice;
        }
        if let Some(word) = &self.suggestion {
            text = format!("{text} (did you mean {word}?)");
        }
        text
    }
}

impl std::error::Error for ScriptError {}

/// One thing that the parser asked for at a place.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    /// As an error names it.
    pub shown: Cow<'static, str>,
    /// The words that would do, as far as they can be listed; completion offers them.
    pub words: Vec<String>,
    /// Whether a word that is a few letters off was probably meant to be one of `words`.
    pub alike: bool,
}

/// The one asked-for word that `word` was probably meant to be: the same but for case, or else the only nearest.
pub(super) fn nearest(word: &Word<'_>, asked: &[Ask]) -> Option<String> {
    let length = word.text.chars().count();
    if length > SHOWN_CHARACTERS {
        return None;
    }
    let lower = word.text.to_ascii_lowercase();
    let mut all = asked.iter().flat_map(|ask| &ask.words);
    if let Some(same) = all.find(|candidate| candidate.eq_ignore_ascii_case(&lower) && candidate.as_str() != word.text)
    {
        return Some(same.clone());
    }
    let farthest = NEAR.min(length.saturating_sub(1) / 2);
    let mut near: Vec<(usize, &String)> = asked
        .iter()
        .filter(|ask| ask.alike)
        .flat_map(|ask| &ask.words)
        .map(|candidate| (strsim::osa_distance(&lower, candidate.trim_end_matches('=')), candidate))
        .filter(|(distance, _)| (1..=farthest).contains(distance))
        .collect();
    let (least, candidate) = *near.iter().min()?;
    near.retain(|(distance, _)| *distance == least);
    (near.len() == 1 && !differ_in_number_only(&lower, candidate)).then(|| candidate.clone())
}

/// Whether two words are the same but for the number at their ends. One is then as likely as any other: nobody can
/// say which node was meant by `md-db-3`.
fn differ_in_number_only(one: &str, other: &str) -> bool {
    let stem = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (one_stem, other_stem) = (stem(one), stem(other));
    one_stem < one.len() && other_stem < other.len() && one[..one_stem] == other[..other_stem]
}
