//! The page's model: one run that can be played, stepped, sought and changed. It knows no browser: the page hands it
//! intents and shows its frame.

use super::frame::Frame;
use crate::simulation::{Action, Micros};
use std::rc::Rc;

/// What a person asks of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Something is done to the world, at the present moment. In the past, it opens a branch.
    Act(Action),
    /// A customer reserves a cabin; the session names the request.
    Reserve {
        /// As a script writes it.
        cabin: crate::replication::Cabin,
        /// For whom.
        customer: crate::replication::CustomerId,
    },
    /// A line typed into the command box.
    Command(String),
    /// A whole script replaces the run.
    Open(String),
    /// The address's fragment replaces the run.
    Follow(String),
    /// Time runs.
    Play,
    /// Time stands.
    Pause,
    /// The next event happens.
    Step,
    /// The next event that the story hangs on happens.
    StepMilestone,
    /// The last event is taken back.
    StepBack,
    /// To the state after so many steps.
    Seek(u64),
    /// To the moment when the clock shows this.
    SeekTime(Micros),
    /// How much simulated time passes while a thousand units of real time do: 1000 is real time.
    Speed(u32),
    /// So much real time has passed since the last tick.
    Tick(Micros),
    /// The notice has been read.
    Dismiss,
}

/// Something that the page must tell: an error, with where and what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What went wrong, in one sentence.
    pub title: Rc<str>,
    /// Each error, with its place.
    pub details: Rc<[Rc<str>]>,
    /// The command box's text was wrong; it stays there for mending.
    pub from_command_box: bool,
}

/// Where the transport stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transport {
    /// Time runs.
    pub playing: bool,
    /// Simulated time per thousand units of real time.
    pub speed: u32,
    /// The present step.
    pub step: u64,
    /// The last step that has ever been reached on this branch.
    pub last_step: u64,
    /// The clock.
    pub now: Micros,
    /// The latest moment that has been reached on this branch.
    pub end: Micros,
}

/// The page's model.
#[derive(Debug)]
pub struct Session {
    frame: Rc<Frame>,
}

impl Session {
    /// Does what was asked. Nothing that goes wrong loses the running state: it becomes a notice.
    pub fn update(&mut self, _intent: Intent) {}

    /// What to show.
    pub fn frame(&self) -> &Rc<Frame> {
        &self.frame
    }
    /* also, when done: transport() -> Transport, notice() -> Option<&Notice>, script_text() -> Rc<str>,
    link() -> String (fragment for the address), marks() -> Rc<[Mark]> for the scrubber (step, at, kind). */
}
