//! What the page does not begin with: whatever opens only when somebody asks for it is a module of its own, which is
//! fetched the first time. `scripts/pack.mjs` splits the program at [`split`]: what can be reached through [`Later`]
//! alone, code and texts, leaves the first module. So nothing else may call what stands there.

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
    /// Opens the place where lessons are taken.
    pub desk: fn() -> Box<dyn Desk>,
    /// Brings focus back after an answer.
    pub settle: fn(),
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
    desk: lessons::open,
    settle: lessons::settle,
    draw: diagram::draw,
    timeline: diagram::inside,
    lift: diagram::lift,
    save_timeline: diagram::save,
    panel: console::inside,
    understand: Session::understand,
    begin: Session::begin,
    kept: Kept::decode,
    complete: Session::completions,
    legend: legend::pinned_legend,
    rewrite: Vocabulary::rewrite,
};

thread_local! {
    static FETCHED: Cell<Option<&'static Later>> = const { Cell::new(None) };
}

/// The second module, once it is there.
#[must_use]
pub fn later() -> Option<&'static Later> {
    FETCHED.get()
}

/// Fetches the second module, if it is not there. Whether it is there now.
pub async fn come() -> bool {
    if later().is_none() {
        FETCHED.set(split().await.ok());
    }
    later().is_some()
}

/// Fetches the second module; then `wanted` comes again, or word that there is none.
pub fn fetch(ask: Callback<Msg>, wanted: Msg) {
    wasm_bindgen_futures::spawn_local(async move {
        ask.emit(if come().await { wanted } else { Msg::NotFetched });
    });
}

#[allow(unsafe_code, improper_ctypes_definitions, improper_ctypes)] // What the macro makes of it calls across modules.
#[wasm_split_helpers::wasm_split(later, fallible)]
fn split() -> Result<&'static Later, SplitLoaderError> {
    Ok(DOORS)
}
