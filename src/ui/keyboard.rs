//! The page's keys. They do nothing while someone types, while a dialog stands in front of the
//! page, or once they were switched off.

use crate::teaching::session::Intent;
use crate::ui::browser;
use crate::ui::msg::{Dialog, Msg};
use gloo_events::{EventListener, EventListenerOptions};
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::Callback;

/// Each key and what it does, as the list of keys shows them.
pub const KEYS: [(&str, &str); 10] = [
    ("Space", "play or pause"),
    ("→", "one event on"),
    ("←", "one event back"),
    ("Shift →", "on to the next milestone"),
    ("Shift ←", "one event back"),
    ("↑ ↓ Enter", "on the timeline: from message to message, and to where it leaves"),
    ("↑ ↓", "in the command box: to earlier lines, and to later ones"),
    ("c", "large, for a class"),
    ("?", "this list"),
    ("Esc", "close what stands in front"),
];

/// The name under which it is remembered that the page's keys are off.
const KEY: &str = "harbor-point-keys";

thread_local! {
    static OFF: Cell<bool> = const { Cell::new(false) };
}

/// Whether the page's keys are off: who speaks to the computer, or hits keys unawares, sets off none of them then.
#[must_use]
pub fn are_off() -> bool {
    OFF.get()
}

/// Switches them, also for later visits.
pub fn switch(off: bool) {
    OFF.set(off);
    browser::remember(KEY, if off { "off" } else { "" });
}

/// Listens to the window until dropped.
#[must_use]
pub fn listen(pressed: Callback<Msg>) -> Option<EventListener> {
    OFF.set(browser::recall(KEY).is_some_and(|kept| !kept.is_empty()));
    let window = web_sys::window()?;
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(&window, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if let Some(meant) = meaning(event) {
            event.prevent_default();
            pressed.emit(meant);
        }
    }))
}

/// What the key means here and now.
fn meaning(event: &KeyboardEvent) -> Option<Msg> {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.default_prevented() {
        return None;
    }
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let within =
        |selector: &str| target.as_ref().is_some_and(|target| target.closest(selector).ok().flatten().is_some());
    if within("input:not([type=range]), textarea, select, dialog") {
        return None;
    }
    match event.key().as_str() {
        // An open dialog has the key to itself, wherever focus is.
        "Escape" if browser::find::<Element>("dialog[open]").is_none() => Some(Msg::AskNothing),
        _ if are_off() => None,
        " " if !within("button, summary, a, [role=button]") => Some(Msg::PlayOrPause),
        "ArrowRight" if event.shift_key() => Some(Intent::StepMilestone.into()),
        "ArrowRight" if !within(".grid-scroll, .table-scroll") => Some(Intent::Step.into()),
        "ArrowLeft" if !within(".grid-scroll, .table-scroll") => Some(Intent::StepBack.into()),
        "c" => Some(Msg::Classroom),
        "?" => Some(Msg::Show(Dialog::Keys)),
        _ => None,
    }
}
