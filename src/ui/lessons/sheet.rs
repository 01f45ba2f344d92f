//! What there is to see of lessons at one moment: what the desk has found out, and nothing to be found out any more.

use crate::teaching::lesson::course::{Standing, Verdict};
use crate::teaching::lesson::progress::{Given, Progress};
use crate::teaching::lesson::{Item, Lesson, Place};
use crate::ui::lessons::{Sheet, map, reader};
use crate::ui::view::View;
use std::rc::Rc;
use yew::Html;

/// What there is to see.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// The open lesson.
    pub open: Option<Open>,
    /// What is remembered.
    pub progress: Rc<Progress>,
    /// What went wrong, a sentence each: first what it is about.
    pub trouble: Vec<String>,
    /// Somebody asked to forget everything, and is asked whether they mean it.
    pub erasing: bool,
}

/// The open lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// The name that its progress goes by.
    pub name: Rc<str>,
    /// It is no lesson of the site.
    pub own: bool,
    /// The lesson.
    pub lesson: Rc<Lesson>,
    /// The step, from 0.
    pub step: usize,
    /// How many of its parts are shown.
    pub shown: usize,
    /// Each item of the step that is shown.
    pub asked: Vec<Asked>,
    /// Of each loop that is shown, what was recorded of the lines that the run has just gone through.
    pub lit: Vec<(Place, Vec<Vec<String>>)>,
    /// What was asked in earlier steps, if the run of this one goes on from it.
    pub before: Option<Before>,
    /// Of each step, whether all that it asks is done; nothing if it asks nothing.
    pub steps: Vec<Option<bool>>,
    /// The reader has left the lesson's run for one of their own.
    pub away: bool,
    /// There is a step after this one.
    pub has_next: bool,
    /// Everything that the step asks is done.
    pub done: bool,
}

/// What the run of a step goes on from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// Something that was passed over.
    PassedOver,
    /// An exercise that was done.
    Exercise,
}

/// An item that is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Which.
    pub item: Item,
    /// Where it stands.
    pub place: Place,
    /// It waits for an answer.
    pub open: bool,
    /// The run that decides the answer is still playing.
    pub deciding: bool,
    /// What was done about it.
    pub given: Given,
    /// What came of the last answer.
    pub verdict: Option<Rc<Verdict>>,
    /// The hints that were taken.
    pub hints: Vec<String>,
    /// How the exercise stands.
    pub standing: Option<Standing>,
}

impl Sheet for Shown {
    fn is_open(&self) -> bool {
        self.open.is_some()
    }

    fn reader(&self, view: &View) -> Html {
        self.open.as_ref().map(|open| reader::reader(view, open, &self.trouble)).unwrap_or_default()
    }

    fn map(&self, view: &View) -> Html {
        map::map(view, self)
    }
}
