//! Ready-made stories: scripts that explain themselves. The page offers them, and the tests hold each to its transcript.

use super::script::Script;
use super::timeline::{Failure, Timeline};

/// A script with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Story {
    /// Its name in files and tests.
    pub name: &'static str,
    /// What it is about, in a few words.
    pub title: &'static str,
    /// The script, with its explanations as comments.
    pub script: &'static str,
}

/// All of them, the simplest first.
pub const ALL: &[Story] = &[
    Story { name: "write", title: "The write, step by step", script: include_str!("write.script") },
    Story { name: "failover", title: "The leader crashes, nothing is lost", script: include_str!("failover.script") },
    Story { name: "forced", title: "The wrong node, promoted by force", script: include_str!("forced.script") },
    Story { name: "leader-fsync", title: "When 201 rests on one disk", script: include_str!("leader-fsync.script") },
    Story { name: "slept", title: "The leader that slept", script: include_str!("slept.script") },
];

impl Story {
    /// Plays the script: its run, and the expectation that failed, if one did.
    ///
    /// # Panics
    /// If the script is not understood; a test plays them all.
    #[must_use]
    pub fn play(&self) -> (Timeline, Option<Failure>) {
        match Script::parse(self.script) {
            Ok(script) => Timeline::play(self.script, &script),
            Err(errors) => panic!("{}: {}", self.name, errors[0]),
        }
    }
}
