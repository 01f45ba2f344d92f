//! What the page can be told: by a person, by the browser, by the clock.

use crate::replication::NodeId;
use crate::teaching::diagram::Zoom;
use crate::teaching::lesson::carries;
use crate::teaching::link::{Panel as Shows, Shown};
use crate::teaching::session::Intent;
use crate::teaching::vocabulary::Vocabulary;
use crate::teaching::why::Question;
use crate::ui::console::{Offer, Recall};
use crate::ui::keep::Remedy;
use crate::ui::later::Need;
use crate::ui::lessons::Wish;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// What reaches the page.
#[derive(Clone, Debug)]
pub enum Msg {
    /// For the session.
    Intent(Intent),
    /// For the session, from a dialog that closes with it.
    Chosen(Intent),
    /// Time runs if it stands, and stands if it runs.
    PlayOrPause,
    /// A dialog comes in front.
    Show(Dialog),
    /// Whichever dialog is open closes.
    Close,
    /// Why does something stand as it does?
    Ask(Question),
    /// The answer has been read.
    AskNothing,
    /// Something of the lessons.
    Lesson(Wish),
    /// The page speaks other words.
    Speak(Vocabulary),
    /// The page's keys are off, or on again.
    SwitchKeys(bool),
    /// The other colours.
    SwitchTheme,
    /// The link to this moment goes on the clipboard.
    CopyLink,
    /// A script is to be chosen among the files at hand.
    ChooseFile,
    /// A ready-made story replaces the run, and stands at its beginning.
    Tell(&'static str),
    /// The script is handed over as a file.
    SaveScript,
    /// The timeline is handed over as a drawing.
    SaveDiagram,
    /// The timeline is drawn, or folded away.
    Unfold(bool),
    /// So much of the run is drawn.
    Zoom(Zoom),
    /// Someone points at a message of the timeline, by its place, or at none.
    Point(Option<usize>),
    /// The next booking is of this cabin.
    Cabin(u8),
    /// The next booking is for this customer, as typed.
    Customer(String),
    /// The command box holds another text.
    Typed(String),
    /// An earlier line comes back to the command box, or a later one.
    Recall(Recall),
    /// Something is done with what could come next in the command box.
    Offer(Offer),
    /// The command box's line is to be done.
    Enter,
    /// This line is to be done.
    Do(Rc<str>),
    /// A tick of the clock, with its time stamp in milliseconds.
    Frame(f64),
    /// The window became narrow, or wide.
    Narrow(bool),
    /// Someone changed the address.
    Follow(String),
    /// A link was followed that shows this besides its moment.
    Arrive(Shown),
    /// The run has settled: the address takes it up.
    WriteAddress,
    /// The page is about to go.
    Leaving,
    /// Whether the clipboard took the link.
    Copied(bool),
    /// What was told for a moment has been read.
    Read,
    /// The next part of the page shows the moment too.
    Stroke,
    /// What was asked for needs what could not be fetched.
    NotFetched,
    /// A panel opens, or closes.
    Fold(Panel),
    /// Only what a class looks at, or everything again.
    Classroom,
    /// The legend stays below the stage, or goes.
    PinLegend(bool),
    /// Something is done about what the browser keeps.
    Remedy(Remedy),
}

impl Msg {
    /// What must have been fetched before it can be done.
    #[must_use]
    pub fn needs(&self) -> Need {
        match self {
            Self::Lesson(_) | Self::Show(Dialog::Lessons) => Need::Lessons,
            Self::Follow(fragment) if Self::lesson_in(fragment).is_some() => Need::Lessons,
            _ if self.needs_later() => Need::Later,
            _ => Need::Nothing,
        }
    }

    fn needs_later(&self) -> bool {
        match self {
            Self::Intent(intent) | Self::Chosen(intent) => intent.is_written(),
            Self::Arrive(shown) => shown.panel.is_some() || shown.why.is_some() || shown.words.is_some(),
            Self::Follow(_)
            | Self::Tell(_)
            | Self::Do(_)
            | Self::Show(_)
            | Self::Ask(_)
            | Self::Speak(_)
            | Self::PinLegend(true)
            | Self::Fold(_)
            | Self::Offer(_)
            | Self::Unfold(true)
            | Self::SaveDiagram
            | Self::Classroom => true,
            _ => false,
        }
    }

    /// The lesson that an address speaks of.
    #[must_use]
    pub fn lesson_in(fragment: &str) -> Option<Self> {
        let carried = || carries(fragment).then(|| Wish::Link(fragment.into()));
        fragment.strip_prefix("lesson=").map(|name| Wish::Take(name.into())).or_else(carried).map(Self::Lesson)
    }
}

impl From<Intent> for Msg {
    fn from(intent: Intent) -> Self {
        Self::Intent(intent)
    }
}

impl From<Wish> for Msg {
    fn from(wish: Wish) -> Self {
        Self::Lesson(wish)
    }
}

/// A panel that is folded until somebody opens it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Panel {
    /// Reads and what came of them.
    Reads,
    /// Customers by the hundred, and what was measured.
    Load,
}

/// What stands in front of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Dialog {
    /// What can be done to a node, beside where it was clicked.
    Node(NodeId, Anchor),
    /// What can be done to a link.
    Link(NodeId, NodeId, Anchor),
    /// What a message on its way is, and what can be done to it.
    Message(u64, Anchor),
    /// Every message on its way.
    Messages,
    /// Are the runs that were left to be forgotten?
    Forget,
    /// What every mark means.
    Legend,
    /// May this node lead?
    Promotion {
        /// Which.
        node: NodeId,
        /// Force was asked for, and is to be asked for once more.
        forcing: bool,
    },
    /// The list of keys.
    Keys,
    /// What each commit rule means.
    Rule,
    /// Whose words the page speaks.
    Words,
    /// All the lessons.
    Lessons,
}

impl Dialog {
    /// The dialog that a link shows.
    #[must_use]
    pub fn of(panel: Shows) -> Self {
        match panel {
            Shows::Keys => Self::Keys,
            Shows::Rule => Self::Rule,
            Shows::Words => Self::Words,
            Shows::Messages => Self::Messages,
            Shows::Legend => Self::Legend,
            Shows::Promotion(node) => Self::Promotion { node, forcing: false },
        }
    }

    /// How a link names it, if a link shows it.
    #[must_use]
    pub fn panel(self) -> Option<Shows> {
        match self {
            Self::Lessons => None,
            Self::Keys => Some(Shows::Keys),
            Self::Rule => Some(Shows::Rule),
            Self::Words => Some(Shows::Words),
            Self::Messages => Some(Shows::Messages),
            Self::Legend => Some(Shows::Legend),
            Self::Promotion { node, .. } => Some(Shows::Promotion(node)),
            Self::Node(..) | Self::Link(..) | Self::Message(..) | Self::Forget => None,
        }
    }

    /// The place that a small dialog stands beside.
    #[must_use]
    pub fn anchor(self) -> Option<Anchor> {
        match self {
            Self::Node(_, anchor) | Self::Link(_, _, anchor) | Self::Message(_, anchor) => Some(anchor),
            _ => None,
        }
    }
}

/// A place in the window, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchor {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl Anchor {
    /// The middle of the button that an event reached, whichever part of its drawing was hit.
    #[must_use]
    pub fn of(event: &Event) -> Self {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let button = target.and_then(|element| element.closest("button, [role=button], [data-flight]").ok().flatten());
        button.map_or(Self { x: 0.0, y: 0.0 }, |element| {
            let rect = element.get_bounding_client_rect();
            Self { x: rect.left() + rect.width() / 2.0, y: rect.top() + rect.height() / 2.0 }
        })
    }
}
