//! The lines of a fenced block: keywords and what follows them, lines of the script language, conditions.

use super::Reader;
use super::source::number;
use crate::teaching::lesson::LessonError;
use crate::teaching::lesson::error::{one_of, shown};
use crate::teaching::script::{Condition, Line, Names, Statement, Usage};
use crate::teaching::why::Question;
use std::ops::Range;

/// A line of a block that says something.
#[derive(Clone, Copy, Debug)]
pub(super) struct BlockLine<'a> {
    /// Its number in the file.
    pub number: u32,
    /// All of it.
    pub text: &'a str,
}

impl<'a> BlockLine<'a> {
    /// Its first word.
    pub fn word(self) -> &'a str {
        self.text.split_whitespace().next().unwrap_or_default()
    }

    /// Where the rest begins after its first word.
    fn rest_at(self) -> usize {
        let after = self.text.len() - self.text.trim_start().len() + self.word().len();
        self.text.len() - self.text[after..].trim_start().len()
    }

    /// What follows its first word.
    pub fn rest(self) -> &'a str {
        self.text[self.rest_at()..].trim_end()
    }

    /// Whether it is a command of the script language, right or wrong.
    pub fn is_command(self) -> bool {
        is_command(self.word())
    }
}

/// Whether a command of the script language begins so.
pub(super) fn is_command(word: &str) -> bool {
    Usage::of_commands().any(|usage| usage.form.split(' ').next() == Some(word))
}

/// The lines of a block that say something. `first` is the number of the one below the fence.
pub(super) fn lines(block: &str, first: u32) -> Vec<BlockLine<'_>> {
    let numbered = (first..).zip(block.split('\n')).map(|(number, text)| BlockLine { number, text });
    numbered.filter(|line| !matches!(line.text.trim_start().chars().next(), None | Some('#'))).collect()
}

impl<'a> Reader<'a> {
    /// Notes a mistake at a byte of a line.
    pub(super) fn wrong_in(
        &mut self,
        line: BlockLine<'a>,
        at: usize,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) {
        let column = number(line.text[..at].chars().count() + 1);
        self.errors.push(LessonError { line: line.number, column, found: found.into(), expected: expected.into() });
    }

    /// Notes that a line begins with no word that could stand there.
    pub(super) fn no_keyword(&mut self, line: BlockLine<'a>, keywords: &[&str], and_commands: bool) {
        let at = line.text.len() - line.text.trim_start().len();
        let word = line.word();
        let near = keywords.iter().find(|keyword| strsim::osa_distance(word, keyword) <= 2 && word.len() > 2);
        let mut expected = keywords.to_vec();
        if and_commands {
            expected.push("a command of the script language");
        }
        let mut expected = one_of(&expected);
        if let Some(near) = near {
            expected += &format!(" (did you mean {near}?)");
        }
        self.wrong_in(line, at, format!("{} does not belong here", shown(word)), expected);
    }

    /// What follows the keyword of a line, which must be something.
    pub(super) fn text_after(&mut self, line: BlockLine<'a>, expected: &str) -> String {
        if line.rest().is_empty() {
            self.wrong_in(line, line.text.trim_end().len(), "the line ends here", expected);
        }
        line.rest().to_owned()
    }

    /// A line of the script language; it may use and make names.
    pub(super) fn statement(&mut self, line: BlockLine<'a>, from: usize, names: &mut Names) -> Option<Line> {
        match Statement::parse_next(&line.text[from..], names) {
            Ok(statement) => Some(Line { number: line.number, statement }),
            Err(error) => {
                let shift = number(line.text[..from].chars().count());
                self.errors.push(LessonError::of_script(&error, line.number, shift));
                None
            }
        }
    }

    /// A line of the script language that follows a keyword.
    pub(super) fn statement_after(&mut self, line: BlockLine<'a>, names: &mut Names) -> Option<Line> {
        self.statement(line, line.rest_at(), names)
    }

    /// Conditions with `and` between them that follow a keyword.
    pub(super) fn conditions_after(&mut self, line: BlockLine<'a>, names: &Names) -> Vec<Condition> {
        conditions(line, line.rest_at(), names).unwrap_or_else(|error| {
            self.errors.push(error);
            Vec::new()
        })
    }

    /// A text and conditions, with a colon and a space between them: the last such that conditions follow.
    pub(super) fn text_and_conditions(
        &mut self,
        line: BlockLine<'a>,
        names: &Names,
    ) -> Option<(String, Vec<Condition>)> {
        let from = line.rest_at();
        let colons: Vec<usize> = line.text[from..].rmatch_indices(": ").map(|(at, _)| from + at).collect();
        let mut first = None;
        for colon in colons {
            match conditions(line, colon + 2, names) {
                Ok(conditions) => {
                    let text = line.text[from..colon].trim_end().to_owned();
                    if text.is_empty() {
                        self.wrong_in(line, from, "the choice says nothing", "a text before the colon");
                    }
                    return Some((text, conditions));
                }
                Err(error) => first = first.or(Some(error)),
            }
        }
        match first {
            Some(error) => self.errors.push(error),
            None => {
                let end = line.text.trim_end().len();
                self.wrong_in(
                    line,
                    end,
                    "the line ends here",
                    "a colon, a space and a condition of the script language",
                );
            }
        }
        None
    }

    /// What the core is to be asked.
    pub(super) fn question(&mut self, line: BlockLine<'a>) -> Option<Question> {
        let question = Question::parse(line.rest(), self.names.nodes().count());
        question
            .map_err(|expected| {
                let expected = expected.strip_prefix("expected ").unwrap_or(expected);
                self.wrong_in(line, line.rest_at(), format!("{} is no question", shown(line.rest())), expected);
            })
            .ok()
    }

    /// The rest of a line, cut at its commas; each piece with its place.
    pub(super) fn pieces(line: BlockLine<'a>) -> Vec<(usize, &'a str)> {
        let mut at = line.rest_at();
        let mut pieces = Vec::new();
        for piece in line.rest().split(',') {
            let indent = piece.len() - piece.trim_start().len();
            pieces.push((at + indent, piece.trim()));
            at += piece.len() + 1;
        }
        pieces
    }
}

/// The conditions that stand in a line from a byte on.
fn conditions(line: BlockLine<'_>, from: usize, names: &Names) -> Result<Vec<Condition>, LessonError> {
    let text = line.text[from..].trim_end();
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut start = from;
    for (at, joint) in text.match_indices(" and ") {
        pieces.push(start..from + at);
        start = from + at + joint.len();
    }
    pieces.push(start..from + text.len());
    let condition = |piece: Range<usize>| {
        let shift = number(line.text[..piece.start].chars().count());
        Condition::parse(&line.text[piece], names).map_err(|error| LessonError::of_script(&error, line.number, shift))
    };
    pieces.into_iter().map(condition).collect()
}
