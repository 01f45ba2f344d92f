//! May this node lead? What comes of asking while the leader is there to hand over; the control plane's verdict, the
//! positions that it rests on, and what force would discard.

use crate::replication::Index;
use crate::simulation::Action;
use crate::teaching::frame::{Discard, PromotionView};
use crate::teaching::session::Intent;
use crate::teaching::why::HandOver;
use crate::ui::dialog::modal;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{each, markup, text};
use crate::ui::msg::{Dialog, Msg};
use crate::ui::view::View;
use crate::ui::words::{index_html, position_html, prose};
use yew::Html;

/// The promotion dialog; `forcing` once force was asked for.
pub fn promotion_dialog(view: &View, of: &PromotionView, forcing: bool) -> Html {
    let node = of.node;
    let calm = of.safe || of.hand_over.is_some();
    let (verdict, drawing) = if calm { ("safe", Icon::Tick) } else { ("unsafe", Icon::Warning) };
    let reasons = markup! { "<ul class='reasons'>" {each(&of.reasons, |reason| markup! { "<li>" {prose(reason)} "</li>" })} "</ul>" };
    let (says, reasons, by_force) = match &of.hand_over {
        None => (prose(&of.verdict), reasons, Html::default()),
        Some(hand_over) => (
            prose(&hand_over.to_string()),
            Html::default(),
            markup! { "<div class='by-force'><h3>By force it would lead at once</h3><p>" {prose(&of.verdict)} "</p>" {reasons} "</div>" },
        ),
    };
    modal(
        view,
        format!("promote-{node}"),
        format!("Promote {node}"),
        markup! {
            "<p class='verdict is-" {verdict} "'>" {icon(drawing)} "<b>" {says} "</b></p>"
            {reasons}
            {values(of)}
            {by_force}
            {discards(of)}
            "<div class='modal-actions'>" {actions(view, of, forcing)} "</div>"
        },
    )
}

/// What can be done about it.
fn actions(view: &View, of: &PromotionView, forcing: bool) -> Html {
    let node = of.node;
    if view.frame.cluster.leader == Some(node) {
        return Html::default();
    }
    let on = view.node(node);
    if on.is_some_and(|on| on.paused || !on.running) {
        let paused = on.is_some_and(|on| on.paused);
        let (action, word) =
            if paused { (Action::Resume(node), "Resume ") } else { (Action::Restart(node), "Restart ") };
        let wake = view.click(Msg::Chosen(Intent::Act(action)));
        return markup! { "<button type='button' class='primary' onclick=" {wake} ">" {word} {node} "</button>" };
    }
    let promote = |force: bool| view.click(Msg::Chosen(Intent::Act(Action::Promote { node, force })));
    let (class, says) = match of.hand_over {
        Some(HandOver { from, .. }) => ("primary", format!("Have {from} hand over to {node}")),
        None if of.safe => ("primary", format!("Promote {node}")),
        None => ("plain", "Ask all the same".to_owned()),
    };
    let ask = markup! { "<button type='button' class='" {class} "' onclick=" {promote(false)} ">" {says} "</button>" };
    let force = match &of.unforceable {
        _ if of.safe => Html::default(),
        Some(refusal) => markup! {
            "<button type='button' class='danger is-quiet' disabled=" {true} " aria-describedby='no-force'>Force …</button>
            <p class='no-force' id='no-force'>Force cannot do it either: " {prose(&refusal.to_string())} ".</p>"
        },
        None if forcing => {
            markup! { "<button type='button' class='danger' onclick=" {promote(true)} ">Yes, promote " {node} " by force</button>" }
        }
        None => {
            let force = view.click(Msg::Show(Dialog::Promotion { node, forcing: true }));
            markup! { "<button type='button' class='danger is-quiet' onclick=" {force} ">Force …</button>" }
        }
    };
    markup! { {ask} {force} }
}

/// The values that a verdict rests on.
fn values(of: &PromotionView) -> Html {
    let index = |index: Option<Index>| index.map_or_else(|| text("unknown"), index_html);
    let lag = if of.lag_entries == 1 { "1 entry".to_owned() } else { format!("{} entries", of.lag_entries) };
    markup! {
        "<dl class='values'>
            <div><dt>last durable position</dt><dd>" {position_html(of.durable, None)} "</dd></div>
            <div><dt>match index</dt><dd>" {index(of.matched)} "</dd></div>
            <div><dt>known commit</dt><dd>" {index(Some(of.known_commit).filter(|commit| *commit > 0))} "</dd></div>
            <div><dt>term</dt><dd>" {of.term} "</dd></div>
            <div><dt>lag</dt><dd>" {lag} "</dd></div>
        </dl>"
    }
}

/// What would be gone.
fn discards(of: &PromotionView) -> Html {
    let item = |discard: &Discard| {
        let promise = discard.promise.map(|promise| {
            markup! { "<b class='broken'>breaks the promise " {promise} "</b>" }
        });
        markup! {
            "<li key=" {discard.position} ">" {position_html(discard.position, None)} "<span>" {&discard.what} "</span>" {promise} "</li>"
        }
    };
    let empty = of.discards.is_empty().then(|| {
        markup! { "<p class='empty'>Nothing that any node is known to hold.</p>" }
    });
    let heading =
        if of.hand_over.is_some() { "So this would be discarded" } else { "If it led now, this would be discarded" };
    markup! {
        "<div class='discards'>
            <h3>" {heading} "</h3>"
            {empty}
            "<ul>" {each(&of.discards, item)} "</ul>
        </div>"
    }
}
