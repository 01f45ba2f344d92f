//! Where lessons and what is remembered of them lie: the site's own files, and the browser's storage. What is stored
//! and cannot be understood is left as it is until somebody says that it may go.

use crate::teaching::lesson::progress::Progress;
use crate::ui::browser;
use crate::ui::lessons::Wish;
use crate::ui::msg::Msg;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;
use yew::Callback;

/// The name under which progress is remembered.
const PROGRESS: &str = "harbor-point-progress";

/// The progress of earlier visits.
///
/// # Errors
/// Why what is stored is none.
pub fn recall() -> Result<Progress, String> {
    let Some(text) = browser::recall(PROGRESS) else { return Ok(Progress::default()) };
    Progress::from_json(&text).map_err(|error| error.to_string())
}

/// What is stored, as it is.
#[must_use]
pub fn stored() -> Option<String> {
    browser::recall(PROGRESS)
}

/// Remembers progress for later visits. Whether the browser took it.
#[must_use]
pub fn remember(progress: &Progress) -> bool {
    let text = progress.to_json();
    browser::remember(PROGRESS, &text);
    browser::recall(PROGRESS).as_deref() == Some(&text)
}

/// Fetches a lesson of the site; then its text comes, or word that it did not.
pub fn fetch(name: Rc<str>, ask: Callback<Msg>) {
    spawn_local(async move {
        let text = text_of(&name).await;
        ask.emit(Wish::Came(name, text.map(Rc::from).map_err(Rc::from)).into());
    });
}

/// Fetches several lessons of the site, as far as they come.
pub async fn fetch_all(names: Vec<Rc<str>>) -> Vec<(Rc<str>, String)> {
    let mut texts = Vec::new();
    for name in names {
        if let Ok(text) = text_of(&name).await {
            texts.push((name, text));
        }
    }
    texts
}

async fn text_of(name: &str) -> Result<String, String> {
    let address = format!("lessons/{name}.md");
    let not_there = || format!("{address} could not be fetched. Check the connection, then ask again.");
    let window = web_sys::window().ok_or_else(not_there)?;
    let answer = JsFuture::from(window.fetch_with_str(&address)).await.map_err(|_| not_there())?;
    let answer: Response = answer.dyn_into().map_err(|_| not_there())?;
    if !answer.ok() {
        return Err(format!("{address} could not be fetched: the host answered {}.", answer.status()));
    }
    let text = JsFuture::from(answer.text().map_err(|_| not_there())?).await.map_err(|_| not_there())?;
    text.as_string().ok_or_else(not_there)
}
