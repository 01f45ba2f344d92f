//! Faults at hand: each node and each link with what can be done to it now.

use crate::simulation::Action;
use crate::teaching::frame::{LinkView, NodeView, PromotionView};
use crate::teaching::session::Intent;
use crate::ui::ask::{Ask, Dialog, Dispatch, use_dispatch};
use crate::ui::icon::{Icon, icon};
use crate::ui::same::Same;
use crate::ui::stage::node_state_class;
use crate::ui::words::{role_word, span};
use std::rc::Rc;
use yew::prelude::*;

/// What can be broken.
#[derive(Clone, PartialEq, Properties)]
pub struct FaultsProps {
    /// The nodes.
    pub nodes: Same<[Rc<NodeView>]>,
    /// The links.
    pub links: Same<[LinkView]>,
    /// May they lead?
    pub promotions: Same<[PromotionView]>,
}

/// The faults panel.
#[component]
pub fn Faults(props: &FaultsProps) -> Html {
    let dispatch = use_dispatch();
    let safe = |node: &NodeView| {
        props.promotions.iter().find(|promotion| promotion.node == node.node).is_some_and(|promotion| promotion.safe)
    };
    let broken = props.links.iter().any(|link| !link.forth.open || !link.back.open)
        || props.nodes.iter().any(|node| node.gateway_cut || node.control_cut);
    html! {
        <section class="panel faults" aria-labelledby="faults-title">
            <div class="panel-head"><h2 id="faults-title">{ "Break things" }</h2></div>
            <ul class="fault-list">
                { for props.nodes.iter().map(|view| node(&dispatch, view, safe(view))) }
                { for props.links.iter().map(|view| link(&dispatch, view)) }
            </ul>
            <button type="button" class="plain heal-all" disabled={!broken} onclick={dispatch.click(Intent::Act(Action::Heal(None)))}>
                { icon(Icon::Join) }{ "Heal every cut" }
            </button>
        </section>
    }
}

/// A node's row.
fn node(dispatch: &Dispatch, view: &NodeView, safe: bool) -> Html {
    let node = view.node;
    let (action, drawing, word) = if view.running {
        (Action::Crash(node), Icon::Bolt, "Crash")
    } else {
        (Action::Restart(node), Icon::Power, "Restart")
    };
    let verdict = if safe { "safe" } else { "not safe" };
    html! {
        <li key={node.name()} class={classes!("fault", node_state_class(view))}>
            <span class="fault-name"><b>{ node.name() }</b><span>{ role_word(view) }</span></span>
            <button type="button" class="plain" aria-label={format!("{word} {node}")} onclick={dispatch.click(Intent::Act(action))}>{ icon(drawing) }{ word }</button>
            <button type="button" class="plain" aria-haspopup="dialog" aria-label={format!("Promote {node}: {verdict} now")}
                onclick={dispatch.click_page(Ask::Show(Dialog::Promotion(node)))}>
                { icon(Icon::Promote) }{ "Promote …" }
            </button>
        </li>
    }
}

/// A link's row.
fn link(dispatch: &Dispatch, view: &LinkView) -> Html {
    let (a, b) = (view.a, view.b);
    let whole = view.forth.open && view.back.open;
    let (action, drawing, word) = if whole {
        (Action::Cut { from: a, to: b, both: true }, Icon::Scissors, "Cut")
    } else {
        (Action::Heal(Some((a, b))), Icon::Join, "Heal")
    };
    let says = if whole { span(view.forth.latency) } else { "cut".to_owned() };
    html! {
        <li key={format!("{a}-{b}")} class={classes!("fault", (!whole).then_some("is-cut"))}>
            <span class="fault-name"><b>{ format!("{a} – {b}") }</b><span>{ says }</span></span>
            <button type="button" class="plain" aria-label={format!("{word} the link {a} to {b}")} onclick={dispatch.click(Intent::Act(action))}>{ icon(drawing) }{ word }</button>
        </li>
    }
}
