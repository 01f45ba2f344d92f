//! What the page does not begin with: whatever opens only when somebody asks for it is a module of its own, which is
//! fetched the first time. `scripts/pack.mjs` splits the program at [`split`]: what can be reached through [`Later`]
//! alone, code and texts, leaves the first module. So nothing else may call what stands there.

use crate::teaching::session::Session;
use crate::teaching::vocabulary::Vocabulary;
use crate::teaching::why::Question;
use crate::ui::msg::{Msg, Panel};
use crate::ui::view::View;
use crate::ui::why::Answered;
use crate::ui::{console, layout, why};
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
    /// A text in other words than the project's own.
    pub rewrite: fn(Vocabulary, &str) -> Option<String>,
}

/// All of them; a constant, so that it is part of the second module's data.
const DOORS: &Later = &Later {
    in_front: layout::in_front,
    panel: console::inside,
    complete: Session::completions,
    offers: console::offers,
    answer: Answered::now,
    why: why::why,
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

/// Fetches the second module; then `wanted` comes again, or word that there is none.
pub fn fetch(ask: Callback<Msg>, wanted: Msg) {
    wasm_bindgen_futures::spawn_local(async move {
        let came = split().await;
        FETCHED.set(came.as_ref().ok().copied());
        ask.emit(if came.is_ok() { wanted } else { Msg::NotFetched });
    });
}

#[allow(unsafe_code, improper_ctypes_definitions, improper_ctypes)] // What the macro makes of it calls across modules.
#[wasm_split_helpers::wasm_split(later, fallible)]
fn split() -> Result<&'static Later, SplitLoaderError> {
    Ok(DOORS)
}
