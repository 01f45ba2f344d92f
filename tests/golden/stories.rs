//! The golden stories: scripts that explain themselves, and what came of them, to the letter. Both the native tests and
//! the browser's play them, so the transcripts also prove that both targets agree.

use harbor_point::teaching::script::Script;
use harbor_point::teaching::timeline::{Failure, Timeline};

/// A script and its transcript.
pub struct Story {
    pub name: &'static str,
    pub script: &'static str,
    pub transcript: &'static str,
}

macro_rules! stories {
    ($($name:literal),*) => {
        &[$(Story {
            name: $name,
            script: include_str!(concat!($name, ".script")),
            transcript: include_str!(concat!($name, ".transcript")),
        }),*]
    };
}

/// All of them.
pub const STORIES: &[Story] = stories!["write", "failover", "forced", "leader-fsync"];

impl Story {
    /// Plays the script. Its run, and the expectation that failed, if one did.
    pub fn play(&self) -> (Timeline, Option<Failure>) {
        let script = Script::parse(self.script).unwrap_or_else(|errors| panic!("{}: {errors:?}", self.name));
        Timeline::play(self.script, &script)
    }
}

/// What was recorded, a line each.
pub fn transcript(timeline: &Timeline) -> String {
    timeline.records().iter().map(|logged| format!("{}\n", logged.record)).collect()
}
