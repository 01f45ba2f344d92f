//! May this node lead? The control plane's verdict, the positions that it rests on, and what force would discard.

use crate::replication::Index;
use crate::simulation::Action;
use crate::teaching::frame::{Discard, PromotionView};
use crate::teaching::session::Intent;
use crate::ui::ask::{Ask, use_dispatch};
use crate::ui::dialog::Modal;
use crate::ui::icon::{Icon, icon};
use crate::ui::words::{index_html, prose, term_class};
use yew::prelude::*;

/// What the control plane says.
#[derive(Clone, PartialEq, Properties)]
pub struct PromotionDialogProps {
    /// The verdict.
    pub promotion: PromotionView,
}

/// The promotion dialog.
#[component]
pub fn PromotionDialog(props: &PromotionDialogProps) -> Html {
    let dispatch = use_dispatch();
    let sure = use_state(|| false);
    let view = &props.promotion;
    let promote = |force: bool| {
        let (intent, page, node) = (dispatch.intent.clone(), dispatch.page.clone(), view.node);
        Callback::from(move |_: MouseEvent| {
            intent.emit(Intent::Act(Action::Promote { node, force }));
            page.emit(Ask::Close);
        })
    };
    let consider = {
        let sure = sure.clone();
        Callback::from(move |_: MouseEvent| sure.set(true))
    };
    let (verdict, drawing) = if view.safe { ("is-safe", Icon::Tick) } else { ("is-unsafe", Icon::Warning) };
    html! {
        <Modal title={format!("Promote {}", view.node)}>
            <p class={classes!("verdict", verdict)}>{ icon(drawing) }<b>{ prose(&view.verdict) }</b></p>
            <ul class="reasons">{ for view.reasons.iter().enumerate().map(|(key, reason)| html! { <li {key}>{ prose(reason) }</li> }) }</ul>
            { values(view) }
            { discards(view) }
            <div class="modal-actions">
                if view.safe {
                    <button type="button" class="primary" onclick={promote(false)}>{ format!("Promote {}", view.node) }</button>
                } else {
                    <button type="button" class="plain" onclick={promote(false)}>{ "Ask all the same" }</button>
                    if *sure {
                        <button type="button" class="danger" onclick={promote(true)}>{ format!("Yes, promote {} by force", view.node) }</button>
                    } else {
                        <button type="button" class="danger is-quiet" onclick={consider}>{ "Force …" }</button>
                    }
                }
            </div>
        </Modal>
    }
}

/// The values that a verdict rests on.
fn values(view: &PromotionView) -> Html {
    let value = |name: &'static str, value: Html| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> };
    let index = |index: Option<Index>| index.map_or_else(|| html! { "unknown" }, index_html);
    html! {
        <dl class="values">
            { value("last durable position", html! { <span class={classes!("position", term_class(view.durable.term))}>{ view.durable.to_string() }</span> }) }
            { value("match index", index(view.matched)) }
            { value("known commit", index_html(view.known_commit)) }
            { value("term", html! { view.term }) }
            { value("lag", html! { if view.lag_entries == 1 { { "1 entry" } } else { { format!("{} entries", view.lag_entries) } } }) }
        </dl>
    }
}

/// What would be gone.
fn discards(view: &PromotionView) -> Html {
    let item = |discard: &Discard| {
        html! {
            <li key={discard.position.to_string()}>
                <span class={classes!("position", term_class(discard.position.term))}>{ discard.position.to_string() }</span>
                <span>{ discard.what.to_string() }</span>
                if let Some(promise) = discard.promise { <b class="broken">{ format!("breaks the promise {promise}") }</b> }
            </li>
        }
    };
    html! {
        <div class="discards">
            <h3>{ "If it led now, this would be discarded" }</h3>
            if view.discards.is_empty() { <p class="empty">{ "Nothing that any node is known to hold." }</p> }
            <ul>{ for view.discards.iter().map(item) }</ul>
        </div>
    }
}
