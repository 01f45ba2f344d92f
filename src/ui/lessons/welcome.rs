//! What a visitor sees first: what this is, and one click into the first lesson, or to where an earlier visit stopped.

use crate::ui::browser;
use crate::ui::lessons::Wish;
use crate::ui::markup::markup;
use crate::ui::msg::{Dialog, Msg};
use crate::ui::view::View;
use std::rc::Rc;
use yew::Html;

/// The name under which the lesson is remembered that was taken last.
const KEY: &str = "harbor-point-lesson";

/// The name under which the text of a reader's own lesson is remembered.
const OWN_TEXT: &str = "harbor-point-own-lesson";

/// The name of a reader's own lesson.
pub const OWN: &str = "own";

/// The first lesson.
const FIRST: &str = "01-the-write";

/// The lesson that was taken last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resume {
    /// The name of its file, or [`OWN`].
    pub name: Rc<str>,
    /// What it is called.
    pub title: Rc<str>,
}

impl Resume {
    /// The lesson that an earlier visit stopped at.
    #[must_use]
    pub fn recalled() -> Option<Self> {
        let kept = browser::recall(KEY)?;
        let (name, title) = kept.split_once(' ')?;
        Some(Self { name: name.into(), title: title.into() })
    }

    /// Remembers it for later visits, with its text if it is a reader's own.
    pub fn remember(&self, own: Option<&str>) {
        if own.is_none_or(|text| browser::try_remember(OWN_TEXT, text)) {
            browser::remember(KEY, &[&*self.name, &*self.title].join(" "));
        }
    }

    /// The text of the reader's own lesson that was taken last.
    #[must_use]
    pub fn own() -> Option<String> {
        browser::recall(OWN_TEXT)
    }

    /// Remembers none.
    pub fn forget() {
        browser::remember(KEY, "");
        browser::remember(OWN_TEXT, "");
    }
}

/// What this is, and where to begin.
pub fn welcome(view: &View) -> Html {
    let start = match &view.resume {
        Some(resume) => {
            let take = view.click(Wish::Take(Rc::clone(&resume.name)));
            markup! { "<button type='button' class='primary' onclick=" {take} ">Continue: " {&resume.title} "</button>" }
        }
        None => {
            let take = view.click(Wish::Take(FIRST.into()));
            markup! { "<button type='button' class='primary' onclick=" {take} ">Start the first lesson</button>" }
        }
    };
    markup! {
        "<section class='panel welcome' aria-labelledby='welcome-title'>
            <h2 id='welcome-title'>You hear “201 Created”. Is your cabin yours?</h2>
            <p>A real three-node cluster runs in this page. Find out what makes a booking real, and break it.</p>
            <p class='welcome-ways'>" {start} "<button type='button' class='plain' onclick=" {view.click(Msg::Show(Dialog::Lessons))} ">All lessons</button></p>
        </section>"
    }
}
