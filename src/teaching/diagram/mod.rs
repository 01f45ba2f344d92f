//! A run drawn over time: a line for each who sends and receives, and every message as a slanted line from when and where
//! it was sent to when and where it arrived. It shows one window of the run, and says what it leaves out.
//!
//! A [`Watch`] follows the run with a world of its own, which keeps a book of all messages; so a run that nobody draws
//! pays nothing for it. What lies far from the present moment is not followed: a window costs so many steps at most,
//! however long the run has become.

mod build;
mod mark;
mod sheet;
mod svg;
mod turns;
mod watch;
mod window;

pub use mark::{MarkKind, TimeMark};
pub use sheet::{Band, Fate, Label, Layout, Line, Placed, Sheet, Tick};
pub use svg::{KINDS, drawing, file, kind_class, pointed, term_class};
pub use turns::{NodeState, Turn};
pub(super) use turns::{Turns, turns};
pub use watch::Watch;
pub use window::{Window, Zoom};

use crate::replication::{NodeId, Term};
use crate::simulation::{LossReason, Micros, Place};
use crate::teaching::frame::FlightKind;
use std::rc::Rc;

/// A window of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagram {
    /// The stretch of time.
    pub window: Window,
    /// Whose lines there are, from the top.
    pub lanes: Rc<[Place]>,
    /// What each node was, and when.
    pub spans: Rc<[Span]>,
    /// The messages, in the order of sending.
    pub voyages: Rc<[Voyage]>,
    /// What else came about, in order.
    pub marks: Rc<[TimeMark]>,
    /// How many messages of the stretch that was followed are not among them.
    pub left_out: usize,
    /// The stretch of the window whose messages were followed, as far as the run has come.
    pub followed: (Micros, Micros),
}

/// A stretch of time in which a node was the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Which node.
    pub node: NodeId,
    /// Since when, or since before the window.
    pub from: Micros,
    /// Until when, or until the end of the window.
    pub until: Micros,
    /// What it was.
    pub state: NodeState,
    /// The term that it knew.
    pub term: Term,
}

/// A message and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voyage {
    /// What it is.
    pub kind: FlightKind,
    /// Its name, such as `append 981244`.
    pub label: Rc<str>,
    /// It says nothing new.
    pub routine: bool,
    /// Where it was sent.
    pub from: Place,
    /// Where it was to go.
    pub to: Place,
    /// When it was sent.
    pub sent_at: Micros,
    /// The step that sent it: seeking there shows it leave. Nothing if that was before all that was followed.
    pub step: Option<u64>,
    /// When it was due.
    pub due_at: Micros,
    /// What came of it; nothing while it is under way.
    pub end: Option<End>,
}

impl Voyage {
    /// Tells it from other messages: when it was sent, from where, to where.
    #[must_use]
    pub fn sent(&self) -> (Micros, Place, Place) {
        (self.sent_at, self.from, self.to)
    }
}

/// What came of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// When.
    pub at: Micros,
    /// Why it was not acted on; nothing if it was.
    pub lost: Option<LossReason>,
}
