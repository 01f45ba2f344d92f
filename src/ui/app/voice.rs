//! What is said aloud of the story: the sentence of each step; while time runs, no more of them than one can hear out.

use crate::teaching::frame::Story;
use std::rc::Rc;

/// While time runs, a sentence is left so long to be heard.
const HEARD_MS: f64 = 2000.0;

/// The sentence that is said, and since when.
#[derive(Debug)]
pub struct Voice {
    said: Rc<str>,
    since_ms: f64,
}

impl Voice {
    /// Says the story's sentence.
    pub fn of(story: &Story) -> Self {
        Self { said: Rc::clone(&story.sentence), since_ms: 0.0 }
    }

    /// The sentence.
    pub fn said(&self) -> &Rc<str> {
        &self.said
    }

    /// The story stands here now. While time runs, it is told by its milestones.
    pub fn tell(&mut self, story: &Story, plays: bool, now_ms: f64) {
        let due = now_ms - self.since_ms >= HEARD_MS && story.lines.iter().any(|line| line.milestone);
        if self.said != story.sentence && (due || !plays) {
            *self = Self { said: Rc::clone(&story.sentence), since_ms: now_ms };
        }
    }
}
