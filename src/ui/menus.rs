//! The small dialogs beside what was clicked: what can be done to a node, and to a link.

use crate::replication::{NodeId, Role};
use crate::simulation::Action;
use crate::teaching::frame::{LinkView, NodeView};
use crate::teaching::session::Intent;
use crate::ui::ask::{Anchor, Ask, Dialog, Dispatch};
use crate::ui::dialog::Modal;
use crate::ui::icon::{Icon, icon};
use crate::ui::words::{role_word, span};
use yew::prelude::*;

/// A button that does something and closes the menu.
fn item(dispatch: &Dispatch, intent: Intent, drawing: Icon, says: String) -> Html {
    let (intents, page) = (dispatch.intent.clone(), dispatch.page.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        intents.emit(intent.clone());
        page.emit(Ask::Close);
    });
    html! { <li key={says.clone()}><button type="button" class="menu-item" {onclick}>{ icon(drawing) }{ says }</button></li> }
}

/// What can be done to a node.
pub fn node_menu(dispatch: &Dispatch, view: &NodeView, anchor: Anchor) -> Html {
    let node = view.node;
    let act = |action: Action, drawing: Icon, says: String| item(dispatch, Intent::Act(action), drawing, says);
    let promote = Ask::Show(Dialog::Promotion(node));
    html! {
        <Modal key={format!("node-{node}")} title={format!("{node}: {}", role_word(view))} {anchor}>
            <ul class="menu">
                if view.running {
                    { act(Action::Crash(node), Icon::Bolt, format!("Crash {node}: its memory is lost, its disk stays")) }
                } else {
                    { act(Action::Restart(node), Icon::Power, format!("Restart {node} from its disk")) }
                }
                <li key="promote">
                    <button type="button" class="menu-item" onclick={dispatch.click_page(promote)}>
                        { icon(Icon::Promote) }{ format!("Promote {node} … first see whether that is safe") }
                    </button>
                </li>
                if view.role == Some(Role::Leader) {
                    { act(Action::Demote(node), Icon::Pause, format!("Demote {node}: it stops leading")) }
                }
                if !view.gateway_cut { { act(Action::CutGateway(node), Icon::Scissors, "Cut it from the gateway".to_owned()) } }
                if !view.control_cut { { act(Action::CutControl(node), Icon::Scissors, "Cut it from the control plane".to_owned()) } }
                if view.gateway_cut || view.control_cut { { act(Action::Heal(None), Icon::Join, "Heal every cut".to_owned()) } }
            </ul>
        </Modal>
    }
}

/// What can be done to a link.
pub fn link_menu(dispatch: &Dispatch, link: &LinkView, anchor: Anchor) -> Html {
    let LinkView { a, b, forth, back } = *link;
    let cut = |from: NodeId, to: NodeId, both: bool, says: String| {
        item(dispatch, Intent::Act(Action::Cut { from, to, both }), Icon::Scissors, says)
    };
    html! {
        <Modal key={format!("link-{a}-{b}")} title={format!("{a} – {b}")} {anchor}>
            <p class="menu-note">{ format!("{} one way.", span(forth.latency)) }{ " What is in flight dies with a cut." }</p>
            <ul class="menu">
                if forth.open || back.open { { cut(a, b, true, "Cut both ways".to_owned()) } }
                if forth.open && back.open {
                    { cut(a, b, false, format!("Cut {a} to {b} only")) }
                    { cut(b, a, false, format!("Cut {b} to {a} only")) }
                }
                if !(forth.open && back.open) {
                    { item(dispatch, Intent::Act(Action::Heal(Some((a, b)))), Icon::Join, "Heal it".to_owned()) }
                }
            </ul>
        </Modal>
    }
}
