//! What a person can ask of a [`session`](super::session).

use crate::replication::{Cabin, CustomerId};
use crate::simulation::{Action, Micros};

/// What a person asks of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Something is done to the world, at the present moment. In the past, it opens a branch.
    Act(Action),
    /// A customer reserves a cabin; the session names the request.
    Reserve {
        /// As a script writes it.
        cabin: Cabin,
        /// For whom.
        customer: CustomerId,
    },
    /// A line typed into the command box.
    Command(String),
    /// What a form says: a line of the script language, or several.
    Say(String),
    /// A whole script replaces the run.
    Open(String),
    /// The address's fragment replaces the run.
    Follow(String),
    /// A run that was left is taken up again, by its number.
    TakeUp(u32),
    /// A run in which nothing was done yet.
    NewRun,
    /// Every run but the present one is forgotten.
    Forget,
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

impl Intent {
    /// Whether it is said in the script's language, or takes up what was.
    #[must_use]
    pub fn is_written(&self) -> bool {
        matches!(self, Self::Command(_) | Self::Say(_) | Self::Open(_) | Self::Follow(_) | Self::TakeUp(_))
    }

    /// Whether another run takes the place of the one that is shown.
    #[must_use]
    pub fn replaces_run(&self) -> bool {
        matches!(self, Self::NewRun | Self::Open(_) | Self::Follow(_) | Self::TakeUp(_))
    }

    /// What it does to the cluster, as lines of script; nothing if it does nothing to it.
    #[must_use]
    pub fn lines(&self) -> Option<String> {
        match self {
            Self::Act(action) => Some(action.to_string()),
            Self::Reserve { cabin, customer } => Some(format!("reserve {cabin} for {customer}")),
            Self::Command(line) | Self::Say(line) => Some(line.clone()),
            Self::Open(_)
            | Self::Follow(_)
            | Self::TakeUp(_)
            | Self::NewRun
            | Self::Forget
            | Self::Play
            | Self::Pause
            | Self::Step
            | Self::StepMilestone
            | Self::StepBack
            | Self::Seek(_)
            | Self::SeekTime(_)
            | Self::Speed(_)
            | Self::Tick(_)
            | Self::Dismiss => None,
        }
    }
}
