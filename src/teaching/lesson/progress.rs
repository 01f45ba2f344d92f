//! What is remembered of lessons: how far one came, and what one answered. It is plain data, written and read as JSON,
//! and putting two of them together loses nothing of either.

use super::{Item, ItemKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The version in which progress is written. A newer one is refused rather than misread.
const VERSION: u32 = 1;

/// The most bytes that progress may have.
const MOST_BYTES: usize = 1024 * 1024;

/// The most answers to one question that are remembered.
const MOST_CHOICES: usize = 32;

/// What is remembered of every lesson, by the lesson's name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Each lesson that was begun.
    pub lessons: BTreeMap<String, Record>,
}

/// What is remembered of one lesson.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The step that one is at, from 0.
    pub step: u32,
    /// The last step has been reached.
    #[serde(default)]
    pub finished: bool,
    /// Every item that was tried.
    pub items: BTreeMap<Item, Given>,
}

/// What one did about one item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// How often one tried.
    pub tries: u32,
    /// It is answered; an exercise or a diagnosis: rightly.
    pub done: bool,
    /// The first try was right, without a hint.
    pub first_right: bool,
    /// How many hints one took.
    #[serde(default)]
    pub hints: u32,
    /// What one answered, in order: which choice or cause, from 0.
    #[serde(default)]
    pub choices: Vec<u32>,
    /// With how few commands the goal was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commands: Option<u32>,
    /// How long it took, in thousandths of a second.
    #[serde(default)]
    pub ms: u64,
}

/// As it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "harbor-point-progress")]
    version: u32,
    lessons: BTreeMap<String, Record>,
}

/// What is looked at first.
#[derive(Deserialize)]
struct Version {
    #[serde(rename = "harbor-point-progress")]
    version: u32,
}

/// Why a text is no progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProgressError {
    /// It has more bytes than it may.
    TooLong(usize),
    /// It was written by a newer page.
    Newer(u32),
    /// It is not what was expected: what, and where.
    Wrong(String),
}

impl fmt::Display for ProgressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(bytes) => write!(f, "the file has {bytes} bytes; expected at most {MOST_BYTES}"),
            Self::Newer(version) => {
                write!(f, "the file is of version {version}, written by a newer page; expected at most {VERSION}")
            }
            Self::Wrong(what) => write!(f, "this is not the progress of lessons: {what}"),
        }
    }
}

impl std::error::Error for ProgressError {}

impl Progress {
    /// As JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let written = Written { version: VERSION, lessons: self.lessons.clone() };
        // Numbers, texts and maps of them with texts for keys can always be written.
        serde_json::to_string_pretty(&written).unwrap_or_default()
    }

    /// Progress that was written as JSON.
    ///
    /// # Errors
    /// If it was not, what is wrong, and where.
    pub fn from_json(text: &str) -> Result<Self, ProgressError> {
        if text.len() > MOST_BYTES {
            return Err(ProgressError::TooLong(text.len()));
        }
        let wrong = |error: serde_json::Error| ProgressError::Wrong(error.to_string());
        let Version { version } = serde_json::from_str(text).map_err(wrong)?;
        if version > VERSION {
            return Err(ProgressError::Newer(version));
        }
        let Written { mut lessons, .. } = serde_json::from_str(text).map_err(wrong)?;
        for (item, given) in lessons.values_mut().flat_map(|record| record.items.iter_mut()) {
            given.choices.truncate(MOST_CHOICES);
            // Without an answer there is nothing to show for it: it is asked again.
            given.done &= item.kind == ItemKind::Do || !given.choices.is_empty();
        }
        Ok(Self { lessons })
    }

    /// Takes in what is remembered elsewhere. Whatever either side has, the two together have.
    pub fn merge(&mut self, other: Self) {
        for (name, theirs) in other.lessons {
            self.lessons.entry(name).or_default().merge(theirs);
        }
    }
}

impl Record {
    fn merge(&mut self, other: Self) {
        self.step = self.step.max(other.step);
        self.finished |= other.finished;
        for (item, theirs) in other.items {
            self.items.entry(item).or_default().merge(theirs);
        }
    }

    /// How many items of a kind are done.
    #[must_use]
    pub fn done(&self, kind: ItemKind) -> usize {
        self.items.iter().filter(|(item, given)| item.kind == kind && given.done).count()
    }
}

impl Given {
    fn merge(&mut self, other: Self) {
        self.tries = self.tries.max(other.tries);
        self.done |= other.done;
        self.first_right |= other.first_right;
        self.hints = self.hints.max(other.hints);
        self.ms = self.ms.max(other.ms);
        self.commands = [self.commands, other.commands].into_iter().flatten().min();
        if (other.choices.len(), &other.choices) > (self.choices.len(), &self.choices) {
            self.choices = other.choices;
        }
    }

    /// Notes an answer, and whether it was right.
    pub(super) fn answer(&mut self, choice: usize, right: bool) {
        self.tries += 1;
        self.first_right |= right && self.tries == 1 && self.hints == 0;
        if self.choices.len() < MOST_CHOICES {
            self.choices.push(u32::try_from(choice).unwrap_or(u32::MAX));
        }
    }
}

/// As a word.
impl From<Item> for String {
    fn from(item: Item) -> Self {
        item.to_string()
    }
}

impl TryFrom<String> for Item {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| {
            format!("{} is no item; expected one such as predict-1, do-1 or diagnose-1", super::error::shown(&text))
        })
    }
}
