//! What stands in front of the page: a real dialog element, so that focus stays inside, Escape closes it, and focus
//! returns to where it was.

use crate::ui::browser;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{markup, units};
use crate::ui::msg::{Anchor, Dialog, Msg};
use crate::ui::view::View;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDialogElement};
use yew::{AttrValue, Html};

/// How far a small dialog keeps from the window's edges.
const MARGIN: f64 = 8.0;

/// A dialog; it is there as long as it is open.
pub fn modal(view: &View, key: impl Into<String>, title: impl Into<AttrValue>, children: Html) -> Html {
    frame(view, key.into(), title.into(), children)
}

fn frame(view: &View, key: String, title: AttrValue, children: Html) -> Html {
    let small = view.dialog.and_then(Dialog::anchor).map(|_| " is-small");
    let itself = |event: &Event| event.target()?.dyn_into::<HtmlDialogElement>().ok();
    // A click on the dialog itself, and not on what it holds, is a click beside it.
    let beside = view.on(move |event| itself(event).map(|_| Msg::Close));
    // The browser tells of a closing afterwards: by then the dialog may have been opened again.
    let closed = view.on(move |event| itself(event).filter(|dialog| !dialog.open()).map(|_| Msg::Close));
    markup! {
        "<dialog key=" {key} " class='modal" {small} "' aria-labelledby='modal-title' onclick=" {beside} " onclose=" {closed} ">
            <div class='modal-body'>
                <div class='modal-head'>
                    <h2 id='modal-title'>" {title} "</h2>
                    <button type='button' class='tool' aria-label='Close' onclick=" {view.click(Msg::Close)} ">" {icon(Icon::Cross)} "</button>
                </div>"
                {children}
            "</div>
        </dialog>"
    }
}

/// Brings a dialog in front that was just drawn.
pub fn open(dialog: Dialog) {
    if let Some(element) = browser::find::<HtmlDialogElement>("dialog:not([open])") {
        let _ = element.show_modal();
        if let Some(anchor) = dialog.anchor() {
            stand_beside(&element, anchor);
        }
    }
}

/// Closes the dialog that is open: focus returns to where it was.
pub fn close() {
    if let Some(element) = browser::find::<HtmlDialogElement>("dialog[open]") {
        element.close();
    }
}

/// Puts the dialog beside a place, wholly inside the window.
fn stand_beside(dialog: &HtmlDialogElement, anchor: Anchor) {
    let Some(root) = dialog.owner_document().and_then(|document| document.document_element()) else { return };
    let rect = dialog.get_bounding_client_rect();
    let inside = |wish: f64, size: f64, window: i32| wish.min(f64::from(window) - size - MARGIN).max(MARGIN);
    let left = inside(anchor.x - rect.width() / 2.0, rect.width(), root.client_width());
    let top = inside(anchor.y + MARGIN, rect.height(), root.client_height());
    let style = dialog.style();
    let _ = style.set_property("left", &(units(left) + "px"));
    let _ = style.set_property("top", &(units(top) + "px"));
}
