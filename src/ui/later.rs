//! What the page does not begin with: whatever opens only when somebody asks for it is a module of its own, which is
//! fetched the first time; lessons are another. `scripts/pack.mjs` splits the program at [`split`] and [`split_lessons`]:
//! what can be reached through [`Later`] or [`Lessons`] alone, code and texts, leaves the first module. So nothing else
//! may call what stands there.

use crate::simulation::Micros;
use crate::teaching::keep::{Kept, KeptError};
use crate::teaching::session::{Intent, Session};
use crate::teaching::vocabulary::Vocabulary;
use crate::teaching::why::Question;
use crate::ui::diagram::Chart;
use crate::ui::lessons::{self, Desk};
use crate::ui::msg::{Msg, Panel};
use crate::ui::view::View;
use crate::ui::why::Answered;
use crate::ui::{console, diagram, layout, legend, why};
use std::cell::Cell;
use std::rc::Rc;
use wasm_split_helpers::SplitLoaderError;
use yew::{Callback, Html};

/// The doors into the second module.
#[derive(Debug)]
pub struct Later {
    /// The dialog in front of the page.
    pub in_front: fn(&View) -> Option<Html>,
    /// What is in a panel that was folded.
    pub panel: fn(&Rc<View>, Panel) -> Html,
    /// What could come next in a line of script, and how many bytes of it stay.
    pub complete: fn(&Session, &str) -> (Vec<String>, usize),
    /// That, as a list.
    pub offers: fn(&View) -> Html,
    /// Asks the core why.
    pub answer: fn(&Session, Question) -> Answered,
    /// The answer.
    pub why: fn(&View) -> Html,
    /// Draws the run over time.
    pub draw: fn(&mut Chart, &mut Session, bool),
    /// What is in the timeline's head, and the drawing.
    pub timeline: fn(&Rc<View>) -> [Html; 2],
    /// Moves what covers the time to come.
    pub lift: fn(&mut Chart, Micros, Micros, Option<u32>),
    /// Hands the drawing over as a file.
    pub save_timeline: fn(&Chart, &mut Session),
    /// Does what is said in the script's language.
    pub understand: fn(&mut Session, Intent),
    /// The session of a visit.
    pub begin: fn(Option<Kept>, &str) -> Session,
    /// What the browser keeps, read.
    pub kept: fn(&str) -> Result<Kept, KeptError>,
    /// Takes in what another window kept.
    pub join: fn(&mut Session, Option<Kept>, Kept),
    /// The legend, pinned.
    pub legend: fn(&View) -> Html,
    /// A text in other words than the project's own.
    pub rewrite: fn(Vocabulary, &str) -> Option<String>,
}

/// All of them; a constant, so that it is part of the second module's data.
const DOORS: &Later = &Later {
    in_front: layout::in_front,
    offers: console::offers,
    answer: Answered::now,
    why: why::why,
    draw: diagram::draw,
    timeline: diagram::inside,
    lift: diagram::lift,
    save_timeline: diagram::save,
    panel: console::inside,
    understand: Session::understand,
    begin: Session::begin,
    kept: Kept::decode,
    join: Session::join,
    complete: Session::completions,
    legend: legend::pinned_legend,
    rewrite: Vocabulary::rewrite,
};

/// The doors into the third module.
#[derive(Debug)]
pub struct Lessons {
    /// Opens the place where lessons are taken.
    pub desk: fn() -> Box<dyn Desk>,
    /// Brings focus back after an answer.
    pub settle: fn(),
}

const LESSONS: &Lessons = &Lessons { desk: lessons::open, settle: lessons::settle };

/// What must have been fetched before something can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing.
    Nothing,
    /// The second module.
    Later,
    /// The second and the third.
    Lessons,
}

thread_local! {
    static FETCHED: Cell<Option<&'static Later>> = const { Cell::new(None) };
    static TAUGHT: Cell<Option<&'static Lessons>> = const { Cell::new(None) };
}

/// The second module, once it is there.
#[must_use]
pub fn later() -> Option<&'static Later> {
    FETCHED.get()
}

/// The third module, once it is there.
#[must_use]
pub fn lessons() -> Option<&'static Lessons> {
    TAUGHT.get()
}

impl Need {
    /// Whether all of it is there.
    #[must_use]
    pub fn is_met(self) -> bool {
        (self == Self::Nothing || later().is_some()) && (self != Self::Lessons || lessons().is_some())
    }

    /// Fetches what of it is not there. Whether all is there now.
    pub async fn come(self) -> bool {
        if self != Self::Nothing && later().is_none() {
            FETCHED.set(split().await.ok());
        }
        if self == Self::Lessons && lessons().is_none() {
            TAUGHT.set(split_lessons().await.ok());
        }
        self.is_met()
    }
}

/// Fetches what a wish needs; then it comes again, or word that there is none.
pub fn fetch(ask: Callback<Msg>, wanted: Msg) {
    wasm_bindgen_futures::spawn_local(async move {
        ask.emit(if wanted.needs().come().await { wanted } else { Msg::NotFetched });
    });
}

#[allow(unsafe_code, improper_ctypes_definitions, improper_ctypes)] // What the macro makes of it calls across modules.
#[wasm_split_helpers::wasm_split(later, fallible)]
fn split() -> Result<&'static Later, SplitLoaderError> {
    Ok(DOORS)
}

#[allow(unsafe_code, improper_ctypes_definitions, improper_ctypes)] // As above.
#[wasm_split_helpers::wasm_split(lessons, fallible)]
fn split_lessons() -> Result<&'static Lessons, SplitLoaderError> {
    Ok(LESSONS)
}
