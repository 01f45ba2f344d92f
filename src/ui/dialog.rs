//! What stands in front of the page: a real dialog element, so that focus stays inside, Escape closes it, and focus
//! returns to where it was.

use crate::ui::ask::{Anchor, Ask, use_dispatch};
use crate::ui::icon::{Icon, icon};
use crate::ui::stage::filled;
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// How far a small dialog keeps from the window's edges.
const MARGIN: f64 = 8.0;

/// What a dialog shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ModalProps {
    /// Its heading.
    pub title: AttrValue,
    /// A small dialog stands beside this place; a large one in the middle.
    #[prop_or_default]
    pub anchor: Option<Anchor>,
    /// What it holds.
    pub children: Html,
}

/// A dialog; it is there as long as it is open.
#[component]
pub fn Modal(props: &ModalProps) -> Html {
    let dispatch = use_dispatch();
    let element = use_node_ref();
    {
        let element = element.clone();
        let page = dispatch.page.clone();
        let anchor = props.anchor;
        use_effect_with((), move |()| {
            let dialog = element.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                let _ = dialog.show_modal();
                if let Some(anchor) = anchor {
                    stand_beside(dialog, anchor);
                }
            }
            let closed =
                dialog.as_ref().map(|dialog| EventListener::new(dialog, "close", move |_| page.emit(Ask::Close)));
            move || {
                drop(closed);
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    // A click on the dialog itself, and not on what it holds, is a click beside it.
    let beside = {
        let (element, page) = (element.clone(), dispatch.page.clone());
        Callback::from(move |event: MouseEvent| {
            let own = element
                .get()
                .zip(event.target())
                .is_some_and(|(own, target)| target.dyn_into::<web_sys::Node>().is_ok_and(|target| own == target));
            if own {
                page.emit(Ask::Close);
            }
        })
    };
    html! {
        <dialog ref={element} class={if props.anchor.is_some() { "modal is-small" } else { "modal" }} aria-labelledby="modal-title" onclick={beside}>
            <div class="modal-body">
                <div class="modal-head">
                    <h2 id="modal-title">{ props.title.clone() }</h2>
                    <button type="button" class="tool" aria-label="Close" onclick={dispatch.click_page(Ask::Close)}>{ icon(Icon::Cross) }</button>
                </div>
                { props.children.clone() }
            </div>
        </dialog>
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
    let _ = style.set_property("left", &filled("#px", &[left]));
    let _ = style.set_property("top", &filled("#px", &[top]));
}
