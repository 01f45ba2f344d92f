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

/// The first lesson.
const FIRST: &str = "01-the-write";

/// The lesson of the site that was taken last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resume {
    /// The name of its file.
    pub name: Rc<str>,
    /// What it is called.
    pub title: Rc<str>,
}

impl Resume {
    /// The lesson that an earlier visit stopped at.
    #[must_use]
    pub fn recalled() -> Option<Self> {
        let kept = browser::recall(KEY)?;
        let (name, title) =
            kept.split_once(' ').filter(|(name, _)| name.as_bytes().first().is_some_and(u8::is_ascii_digit))?;
        Some(Self { name: name.into(), title: title.into() })
    }

    /// Remembers it for later visits, unless it is a reader's `own`.
    pub fn remember(&self, own: bool) {
        if !own {
            browser::remember(KEY, &[&*self.name, &*self.title].join(" "));
        }
    }

    /// Remembers none.
    pub fn forget() {
        browser::remember(KEY, "");
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
