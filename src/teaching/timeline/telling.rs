//! What an opened script says of itself: its comments, each from the moment on in which the line below it is next.

use super::Timeline;
use crate::simulation::Micros;
use std::rc::Rc;

/// The comment lines before a script line, as one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Passage {
    step: u64,
    at: Micros,
    text: Rc<str>,
}

impl Timeline {
    /// The script that was opened has come to its line `number`; the one before it was line `after`.
    pub(super) fn tell(&mut self, script: &str, after: u32, number: u32) {
        let (after, until) = (after as usize, number.saturating_sub(1) as usize);
        let above = script.lines().take(until).skip(after);
        let comments: Vec<&str> = above.filter_map(|line| line.trim().strip_prefix('#')).map(str::trim).collect();
        if comments.is_empty() {
            return;
        }
        let (step, at, mut text) = (self.step, self.world.now(), comments.join(" "));
        // Between two comments that stand at one moment, nothing is to be seen: they are one.
        if let Some(before) = self.passages.pop_if(|before| (before.step, before.at) == (step, at)) {
            text = format!("{} {text}", before.text);
        }
        self.passages.push(Passage { step, at, text: text.into() });
    }

    /// What the opened script says at the present moment: the comment before the line that is being done, or before one
    /// above it. Nothing once anything was done that the script does not do.
    #[must_use]
    pub fn passage(&self) -> Option<&Rc<str>> {
        let done = self.placed.partition_point(|placed| placed.step <= self.step);
        if self.placed[..done].last().is_some_and(|placed| placed.step > self.source_end.0) {
            return None;
        }
        let here = (self.step, self.world.now());
        let told = self.passages.partition_point(|passage| (passage.step, passage.at) <= here);
        self.passages[..told].last().map(|passage| &passage.text)
    }

    /// The text of the script that was opened, as far as it still holds.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
}
