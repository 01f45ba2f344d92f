//! What the page asks of the browser: its address, its clipboard, its files, its colours. Where the browser refuses,
//! nothing happens, and the page goes on.

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::Callback;

/// The first element that a selector finds.
#[must_use]
pub fn find<T: JsCast>(selector: &str) -> Option<T> {
    query(selector).and_then(|element| element.dyn_into().ok())
}

/// What has the focus. A part of a drawing can have it too, and takes it back as an element of HTML does.
#[must_use]
pub fn focused() -> Option<web_sys::HtmlElement> {
    web_sys::window()?.document()?.active_element().map(JsCast::unchecked_into)
}

/// Gives focus to what a selector finds, without scrolling there.
pub fn focus_in_place(selector: &str) {
    if let Some(element) = find::<web_sys::HtmlElement>(selector) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}

fn query(selector: &str) -> Option<web_sys::Element> {
    web_sys::window()?.document()?.query_selector(selector).ok().flatten()
}

/// Scrolls no further than it takes to see what a selector finds.
pub fn show(selector: &str) {
    if let Some(element) = query(selector) {
        show_element(&element);
    }
}

/// Scrolls no further than it takes to see an element.
pub fn show_element(element: &web_sys::Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Scrolls to where what a selector finds begins.
pub fn show_start(selector: &str) {
    if let Some(element) = query(selector) {
        element.scroll_into_view_with_bool(true);
    }
}

/// The address's fragment, without its `#`.
#[must_use]
pub fn fragment() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// Puts a fragment into the address without a new entry in the history.
pub fn replace_fragment(fragment: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let address = if fragment.is_empty() { "./".to_owned() } else { format!("#{fragment}") };
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// Tells of a fragment that someone else put into the address, until dropped.
#[must_use]
pub fn on_fragment(changed: Callback<String>) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "hashchange", move |_| changed.emit(fragment())))
}

/// Tells when the page is about to go, or to be put aside, until dropped.
#[must_use]
pub fn on_leaving(leaving: Callback<()>) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "pagehide", move |_| leaving.emit(())))
}

/// The whole address with another fragment.
#[must_use]
pub fn address_with(fragment: &str) -> String {
    let here = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    format!("{}#{fragment}", here.split('#').next().unwrap_or_default())
}

/// Puts text on the clipboard, and says whether that worked.
pub fn copy(text: String, done: Callback<bool>) {
    let clipboard =
        web_sys::window().map(|window| window.navigator()).filter(|navigator| js_has(navigator, "clipboard"));
    spawn_local(async move {
        let copied = match clipboard {
            Some(navigator) => JsFuture::from(navigator.clipboard().write_text(&text)).await.is_ok(),
            None => false,
        };
        done.emit(copied);
    });
}

/// Whether an object has a property that is there; a page that is not served safely has no clipboard.
fn js_has(object: &JsValue, name: &str) -> bool {
    js_sys::Reflect::get(object, &JsValue::from_str(name)).is_ok_and(|value| !value.is_undefined() && !value.is_null())
}

/// Reads a file as text.
pub fn read(file: web_sys::File, done: Callback<String>) {
    spawn_local(async move {
        if let Ok(text) = JsFuture::from(file.text()).await
            && let Some(text) = text.as_string()
        {
            done.emit(text);
        }
    });
}

/// Hands text of a kind over as a file.
pub fn save(name: &str, kind: &str, text: &str) {
    let _ = try_save(name, kind, text);
}

fn try_save(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(&format!("{kind};charset=utf-8"));
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let anchor: web_sys::HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // The browser takes the file after this turn of its loop.
    Timeout::new(10_000, move || drop(web_sys::Url::revoke_object_url(&url))).forget();
    Ok(())
}

/// Prints text under a title, and nothing of the page.
pub fn print(text: &str) {
    let Some((window, root)) = web_sys::window().zip(root()) else { return };
    let Some(document) = window.document() else { return };
    if let Ok(sheet) = document.create_element("pre") {
        sheet.set_class_name("print-only");
        sheet.set_text_content(Some(text));
        let _ = document.body().map(|body| body.append_child(&sheet));
        let _ = root.set_attribute("data-prints", "");
        let _ = window.print();
        let _ = root.remove_attribute("data-prints");
        sheet.remove();
    }
}

/// The time, in milliseconds.
#[must_use]
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// The name under which the chosen colours are remembered.
const THEME: &str = "harbor-point-theme";

/// Takes up the colours that were chosen last, if any were.
pub fn recall_theme() {
    if let Some(theme) = recall(THEME) {
        set_theme(&theme);
    }
}

/// The other colours than those that are showing.
pub fn switch_theme() {
    let window = web_sys::window();
    let chosen = root().and_then(|root| root.get_attribute("data-theme"));
    let dark = chosen.map_or_else(
        || {
            window
                .and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok().flatten())
                .is_some_and(|list| list.matches())
        },
        |theme| theme == "dark",
    );
    let theme = if dark { "light" } else { "dark" };
    set_theme(theme);
    remember(THEME, theme);
}

/// What was remembered under a name, by this visit or an earlier one.
#[must_use]
pub fn recall(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Remembers a text under a name, where the browser lets pages remember anything.
pub fn remember(name: &str, text: &str) {
    let _ = try_remember(name, text);
}

/// The same, and whether it is remembered now.
#[must_use]
pub fn try_remember(name: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(name, text).is_ok())
}

fn set_theme(theme: &str) {
    if let Some(root) = root() {
        let _ = root.set_attribute("data-theme", theme);
    }
}

fn root() -> Option<web_sys::Element> {
    web_sys::window()?.document()?.document_element()
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
