//! What this browser keeps of the runs from one visit to the next. Where it keeps something that this page cannot read,
//! nothing is written over that until somebody says so; where it takes nothing, that is told once.

use crate::teaching::keep::Kept;
use crate::ui::browser;
use crate::ui::icon::{Icon, icon};
use crate::ui::later::Later;
use crate::ui::markup::markup;
use crate::ui::msg::Msg;
use crate::ui::view::View;
use std::rc::Rc;
use yew::Html;

/// The name under which the runs are kept.
const KEY: &str = "harbor-point-runs";

/// Why nothing is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// What is there cannot be read: why.
    Unread(String),
    /// The browser takes nothing, or nothing more.
    Refused,
}

/// What can be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// What cannot be read is handed over as a file.
    Save,
    /// The runs of this visit take its place.
    Replace,
    /// It stays, and nothing is kept of this visit.
    Leave,
}

/// Keeps the runs.
#[derive(Debug, Default)]
pub struct Keeper {
    /// What the browser holds, as far as this page knows.
    held: Option<String>,
    /// What it holds has not been read yet.
    waits: bool,
    /// It holds what cannot be read.
    closed: bool,
    told: bool,
    trouble: Option<Rc<Trouble>>,
}

impl Keeper {
    /// Looks whether an earlier visit left anything. Until that has been read, nothing is written.
    #[must_use]
    pub fn new() -> Self {
        Self { waits: browser::recall(KEY).is_some(), ..Self::default() }
    }

    /// Whether an earlier visit left something that has not been read yet.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.waits
    }

    /// What the last visit left, if it can be read.
    #[must_use]
    pub fn open(&mut self, later: &Later) -> Option<Kept> {
        self.waits = false;
        self.look(later).map(|(_, now)| now)
    }

    /// What was there as far as this page knows, and what is there now, if this page did not write it: another window
    /// did, or an earlier visit.
    #[must_use]
    pub fn look(&mut self, later: &Later) -> Option<(Option<Kept>, Kept)> {
        let held = browser::recall(KEY);
        if self.closed || self.waits || held == self.held {
            return None;
        }
        let before = std::mem::replace(&mut self.held, held);
        match (later.kept)(self.held.as_deref()?) {
            Ok(now) => Some((before.and_then(|text| (later.kept)(&text).ok()), now)),
            Err(error) => {
                self.closed = true;
                self.trouble = Some(Rc::new(Trouble::Unread(error.to_string())));
                None
            }
        }
    }

    /// Keeps the runs as they stand.
    pub fn keep(&mut self, kept: &Kept) {
        // What another window wrote meanwhile has to be read first.
        if self.closed || self.waits || browser::recall(KEY) != self.held {
            return;
        }
        let text = kept.encode();
        if self.held.as_ref() == Some(&text) {
            return;
        }
        if browser::try_remember(KEY, &text) {
            self.held = Some(text);
        } else if !std::mem::replace(&mut self.told, true) {
            self.trouble = Some(Rc::new(Trouble::Refused));
        }
    }

    /// Does something about it.
    pub fn remedy(&mut self, remedy: Remedy) {
        if remedy == Remedy::Save {
            return browser::save("harbor-point-kept.txt", "text/plain", self.held.as_deref().unwrap_or_default());
        }
        self.closed &= remedy == Remedy::Leave;
        self.trouble = None;
    }

    /// What must be told.
    #[must_use]
    pub fn trouble(&self) -> Option<&Rc<Trouble>> {
        self.trouble.as_ref()
    }
}

/// Tells why nothing is kept, with what can be done about it.
pub fn keep_notice(view: &View) -> Html {
    let button = |remedy: Remedy, says: &'static str| {
        markup! { "<button type='button' class='plain' onclick=" {view.click(Msg::Remedy(remedy))} ">" {says} "</button>" }
    };
    let notice = view.trouble.as_ref().map(|trouble| {
        let (says, more, remedies) = match &**trouble {
            Trouble::Unread(why) => (
                format!("The runs that this browser keeps cannot be read: {why}."),
                "They are left as they are. Until you decide, nothing of this visit is kept beside the address.",
                markup! {
                    {button(Remedy::Save, "Save what is there")}
                    {button(Remedy::Replace, "Replace it")}
                    {button(Remedy::Leave, "Leave it")}
                },
            ),
            Trouble::Refused => (
                "This browser keeps nothing more for this page.".to_owned(),
                "The address still follows the run, and a script can be saved as a file; runs that you leave are lost with the window.",
                button(Remedy::Leave, "Go on"),
            ),
        };
        markup! {
            "<div class='notice'>"
                {icon(Icon::Warning)}
                "<div><p><b>" {says} "</b></p><p>" {more} "</p></div>"
                {remedies}
            "</div>"
        }
    });
    markup! { "<div class='notices' role='alert'>" {notice} "</div>" }
}
