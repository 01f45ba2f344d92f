//! How components speak to the page. A component never owns what it changes: it hands an [`Intent`] to the session, or
//! an [`Ask`] to the page itself, through the one context there is.

use crate::replication::NodeId;
use crate::teaching::session::Intent;
use yew::prelude::*;

/// What concerns the page alone and leaves no trace in the script.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ask {
    /// Show a dialog.
    Show(Dialog),
    /// Close whichever dialog is open.
    Close,
    /// The other colours.
    SwitchTheme,
    /// Put the link to this moment on the clipboard.
    CopyLink,
    /// Hand the script over as a file.
    SaveScript,
}

/// What stands in front of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Dialog {
    /// What can be done to a node, beside where it was clicked.
    Node(NodeId, Anchor),
    /// What can be done to a link.
    Link(NodeId, NodeId, Anchor),
    /// May this node lead?
    Promotion(NodeId),
    /// The list of keys.
    Keys,
    /// What each commit rule means.
    Rule,
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
    pub fn at(element: Option<web_sys::Element>) -> Self {
        let button = element.and_then(|element| element.closest("[role=button]").ok().flatten());
        button.map_or(Self { x: 0.0, y: 0.0 }, |element| {
            let rect = element.get_bounding_client_rect();
            Self { x: rect.left() + rect.width() / 2.0, y: rect.top() + rect.height() / 2.0 }
        })
    }
}

/// Carries what components ask for to the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Dispatch {
    /// To the session.
    pub intent: Callback<Intent>,
    /// To the page.
    pub page: Callback<Ask>,
}

impl Dispatch {
    /// A click handler that asks the session for `intent`.
    #[must_use]
    pub fn click(&self, intent: Intent) -> Callback<MouseEvent> {
        let dispatch = self.intent.clone();
        Callback::from(move |_| dispatch.emit(intent.clone()))
    }

    /// A click handler that asks the page for `ask`.
    #[must_use]
    pub fn click_page(&self, ask: Ask) -> Callback<MouseEvent> {
        let dispatch = self.page.clone();
        Callback::from(move |_| dispatch.emit(ask))
    }
}

/// The dispatcher of the page around this component. Outside the page, nothing listens.
#[hook]
pub fn use_dispatch() -> Dispatch {
    use_context::<Dispatch>().unwrap_or_else(|| Dispatch { intent: Callback::noop(), page: Callback::noop() })
}
