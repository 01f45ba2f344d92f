//! What the page can be told: by a person, by the browser, by the clock.

use crate::replication::NodeId;
use crate::teaching::session::Intent;
use crate::teaching::vocabulary::Vocabulary;
use crate::teaching::why::Question;
use crate::ui::console::{Offer, Recall};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// What reaches the page.
#[derive(Clone, Debug, PartialEq)]
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
    /// The page speaks other words.
    Speak(Vocabulary),
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
    /// A tick of the clock, with its time stamp in milliseconds.
    Frame(f64),
    /// The window became narrow, or wide.
    Narrow(bool),
    /// Someone changed the address.
    Follow(String),
    /// The run has settled: the address takes it up.
    WriteAddress,
    /// Whether the clipboard took the link.
    Copied(bool),
    /// What was told for a moment has been read.
    Read,
    /// What was asked for needs what could not be fetched.
    NotFetched,
    /// A panel opens, or closes.
    Fold(Panel),
    /// Only what a class looks at, or everything again.
    Classroom,
}

impl Msg {
    /// Whether what is asked for stands in the second module.
    #[must_use]
    pub fn needs_later(&self) -> bool {
        matches!(self, Self::Show(_) | Self::Ask(_) | Self::Speak(_) | Self::Fold(_) | Self::Offer(_))
    }
}

impl From<Intent> for Msg {
    fn from(intent: Intent) -> Self {
        Self::Intent(intent)
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
}

impl Dialog {
    /// The place that a small dialog stands beside.
    #[must_use]
    pub fn anchor(self) -> Option<Anchor> {
        match self {
            Self::Node(_, anchor) | Self::Link(_, _, anchor) => Some(anchor),
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
        let button = target.and_then(|element| element.closest("button, [role=button]").ok().flatten());
        button.map_or(Self { x: 0.0, y: 0.0 }, |element| {
            let rect = element.get_bounding_client_rect();
            Self { x: rect.left() + rect.width() / 2.0, y: rect.top() + rect.height() / 2.0 }
        })
    }
}
