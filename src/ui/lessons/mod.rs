//! Lessons on the page. `welcome` is all that the page begins with; the rest is fetched when the first lesson is opened.
//! The `desk` holds the lesson that is being taken and what is remembered of all of them; after each change it makes a
//! `sheet`, which is what there is to see. `map` is the list of lessons, `reader` the open one; `items` are what it asks.

mod desk;
mod items;
mod map;
mod prose;
mod reader;
mod seat;
mod sheet;
mod shelf;
mod welcome;

pub use desk::open;
pub use reader::settle;
pub use seat::Seat;
pub use welcome::{Resume, welcome};

use crate::teaching::lesson::{Item, Place};
use crate::teaching::session::{Intent, Session};
use crate::ui::msg::Msg;
use crate::ui::view::View;
use std::fmt::Debug;
use std::rc::Rc;
use yew::{Callback, Html};

/// What a reader of lessons asks for.
#[derive(Clone, Debug)]
pub enum Wish {
    /// A lesson of the site's own, by its name.
    Take(Rc<str>),
    /// The text of a lesson came, or word that it did not.
    Came(Rc<str>, Result<Rc<str>, Rc<str>>),
    /// A lesson in the address, by its text.
    Link(Rc<str>),
    /// The list of lessons, as if it had not been touched.
    Look,
    /// The lesson closes.
    Leave,
    /// To the next step.
    Next,
    /// To the step before.
    Back,
    /// To any step.
    Go(usize),
    /// An answer to the open question, by its number.
    Answer(usize),
    /// One more hint.
    Hint,
    /// The open exercise begins again.
    Again,
    /// Something of the lesson happens, or happens again.
    Play(Place),
    /// What an item is about is shown again.
    SetOut(Item),
    /// The core is asked what an item wants to be asked, at the end of its run.
    Ask(Item),
    /// A part of the page is shown, by its selector.
    Find(&'static str),
    /// To the end of the stretch that is being shown.
    ShowEnd,
    /// The run is the reader's own from here.
    TakeOver,
    /// Back to the lesson's run.
    TakeBack,
    /// The link to this lesson goes on the clipboard.
    CopyLink,
    /// What is remembered is handed over as a file.
    Export,
    /// What was handed over as a file is taken in.
    Import(Rc<str>),
    /// What is remembered is forgotten; once asked, and then done.
    Erase(bool),
    /// The report for a teacher is handed over as a file.
    Report,
    /// It is printed.
    Print,
}

/// Where lessons are taken. It stands in the second module, so the page knows it as this alone.
pub trait Desk: Debug {
    /// Does what a reader asks for. Whether something went wrong that only the list of lessons can tell.
    fn take(&mut self, wish: Wish, session: &mut Session, ask: &Callback<Msg>) -> bool;

    /// Whether something may be done to the run now.
    ///
    /// # Errors
    /// A sentence that says what may be done instead.
    fn permits(&self, intent: &Intent, session: &Session) -> Result<(), String>;

    /// Looks what has become of the run, and shows it.
    fn look(&mut self, session: &Session) -> Rc<dyn Sheet>;

    /// What the address says while a lesson is open; nothing if the run speaks for itself.
    fn address(&self) -> Option<String>;
}

/// What there is to see of lessons at one moment.
pub trait Sheet: Debug {
    /// A lesson is open.
    fn is_open(&self) -> bool;

    /// The open lesson.
    fn reader(&self, view: &View) -> Html;

    /// The list of lessons.
    fn map(&self, view: &View) -> Html;
}
