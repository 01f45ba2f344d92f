//! From text to scripts, and to the smaller things that are written in the same language.

use super::commands::statement;
use super::cursor::{Cursor, Parsed};
use super::error::{Found, ScriptError};
use super::names::{Named, Names};
use super::words::Words;
use super::{Condition, Line, Script, Statement, cluster, conditions};
use crate::simulation::ClusterConfig;

impl Script {
    /// The most bytes that a script may have.
    pub const MOST_BYTES: usize = 64 * 1024;

    /// The most lines that a script may have, with those that say nothing.
    pub const MOST_LINES: u32 = 2000;

    /// How many mistakes are looked for before giving up.
    pub const MOST_ERRORS: usize = 20;

    /// The script that `text` says.
    ///
    /// # Errors
    /// Every mistake, at most one for a line and [`Script::MOST_ERRORS`] in all, in order of their places.
    pub fn parse(text: &str) -> Result<Self, Vec<ScriptError>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        check_length(text).map_err(|error| vec![error])?;
        let mut script = Self::default();
        let mut names = Names::default();
        let mut errors = Vec::new();
        let mut first = true;
        for (number, line) in (1..).zip(text.split('\n')) {
            if number > Self::MOST_LINES {
                errors.push(too_many_lines());
            }
            if errors.len() >= Self::MOST_ERRORS || number > Self::MOST_LINES {
                break;
            }
            let words = Words::of(line);
            if words.list.is_empty() {
                continue;
            }
            match script_line(number, words.clone(), &names, std::mem::take(&mut first)) {
                Ok(Meaning::Cluster(config)) => {
                    names = Names::new(&config);
                    script.cluster = config;
                }
                Ok(Meaning::Statement(statement)) => {
                    names.learn(&statement);
                    script.lines.push(Line { number, statement });
                }
                Err(error) => {
                    errors.push(error);
                    presume(&words, &mut names);
                }
            }
        }
        if errors.is_empty() { Ok(script) } else { Err(errors) }
    }
}

impl Statement {
    /// The command that one line says; `names` are those in use before it.
    ///
    /// # Errors
    /// The first mistake, as of line 1. A line without a command is one.
    pub fn parse(line: &str, names: &Names) -> Result<Self, ScriptError> {
        whole_line(line, names, statement)
    }

    /// The command that one line of several says; the lines after it may use what it makes, even if it is mistaken.
    ///
    /// # Errors
    /// The first mistake, as of line 1.
    pub fn parse_next(line: &str, names: &mut Names) -> Result<Self, ScriptError> {
        let read = Self::parse(line, names);
        match &read {
            Ok(statement) => names.learn(statement),
            Err(_) => presume(&Words::of(line), names),
        }
        read
    }
}

impl Condition {
    /// The condition that `text` says, as it follows `expect`; `names` are those in use before it.
    ///
    /// # Errors
    /// The first mistake, as of line 1.
    pub fn parse(text: &str, names: &Names) -> Result<Self, ScriptError> {
        whole_line(text, names, conditions::condition)
    }
}

/// The configuration that a line says which begins with `cluster`.
///
/// # Errors
/// The first mistake, as of line 1.
pub fn parse_cluster(line: &str) -> Result<ClusterConfig, ScriptError> {
    whole_line(line, &names_of_first(&Words::of(line)), |cursor| {
        cursor.one("beginning of a configuration", [("cluster", ())])?;
        cluster::cluster(cursor)
    })
}

/// What could stand in place of the last word of `before_cursor`, a command that is still being written: words that
/// begin as that word does, in the order of the grammar. Nothing where the command is wrong before that word.
#[must_use]
pub fn complete(before_cursor: &str, names: &Names) -> Vec<String> {
    let mut words = Words::of(before_cursor);
    if words.comment || before_cursor.len() > Script::MOST_BYTES {
        return Vec::new();
    }
    let unfinished = words.split_unfinished(before_cursor);
    let mut cursor = Cursor::new(1, words, names);
    // An error at the end of the words is what one expects of a command in the making; any other leaves nothing asked.
    let _ = statement(&mut cursor);
    let mut continuations = cursor.continuations();
    continuations.retain(|word| word.starts_with(unfinished));
    continuations
}

/// The word at the end of `before_cursor` that is still being written: what a completion takes the place of.
#[must_use]
pub fn unfinished(before_cursor: &str) -> &str {
    Words::of(before_cursor).split_unfinished(before_cursor)
}

/// What a line of a script can be.
enum Meaning {
    Cluster(ClusterConfig),
    Statement(Statement),
}

fn script_line(number: u32, words: Words<'_>, names: &Names, first: bool) -> Parsed<Meaning> {
    let of_first = names_of_first(&words);
    let mut cursor = Cursor::new(number, words, if first { &of_first } else { names });
    if first && cursor.accept_one([("cluster", ())]).is_some() {
        return cluster::cluster(&mut cursor).map(Meaning::Cluster);
    }
    statement(&mut cursor).map(Meaning::Statement)
}

/// The names that a first line may use: its nodes are there whichever of its parts comes first.
fn names_of_first(words: &Words<'_>) -> Names {
    let asks_for = |word: &str| words.list.windows(3).any(|three| three[0].text == "replicas" && three[2].text == word);
    let is_first = words.list.first().is_some_and(|word| word.text == "cluster");
    let replicas = if is_first && asks_for("5") { 5 } else { 3 };
    Names::new(&ClusterConfig { replicas, ..ClusterConfig::default() })
}

/// Reads one line to its end.
fn whole_line<T>(line: &str, names: &Names, read: impl FnOnce(&mut Cursor<'_>) -> Parsed<T>) -> Parsed<T> {
    check_length(line)?;
    let mut cursor = Cursor::new(1, Words::of(line), names);
    let meaning = read(&mut cursor)?;
    cursor.end()?;
    Ok(meaning)
}

/// A line that could not be read was still meant to make its request or read: with that name known, one mistake does not bring
/// forth others further down.
fn presume(words: &Words<'_>, names: &mut Names) {
    let mut texts = words.list.iter().map(|word| word.text);
    let kind = match texts.next() {
        Some("reserve" | "release") => Named::Request,
        Some("read") => Named::Read,
        _ => return,
    };
    let named = texts.skip_while(|text| *text != "as").nth(1).and_then(|word| kind.number(word));
    if let Some(number) = named.or_else(|| names.free(kind)) {
        names.make(kind, number);
    }
}

fn check_length(text: &str) -> Parsed<()> {
    if text.len() <= Script::MOST_BYTES {
        return Ok(());
    }
    let last = &text[..text.floor_char_boundary(Script::MOST_BYTES)];
    let line = last.rsplit('\n').next().unwrap_or(last);
    Err(ScriptError {
        line: u32::try_from(last.split('\n').count()).unwrap_or(u32::MAX),
        column: u32::try_from(line.chars().count()).unwrap_or(u32::MAX).saturating_add(1),
        found: Found::Bytes(text.len()),
        expected: vec![format!("at most {}", Script::MOST_BYTES)],
        suggestion: None,
    })
}

fn too_many_lines() -> ScriptError {
    ScriptError {
        line: Script::MOST_LINES + 1,
        column: 1,
        found: Found::Lines,
        expected: vec![format!("at most {} lines", Script::MOST_LINES)],
        suggestion: None,
    }
}
