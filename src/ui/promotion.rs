//! May this node lead? The control plane's verdict, the positions that it rests on, and what force would discard.

use crate::replication::Index;
use crate::simulation::Action;
use crate::teaching::frame::{Discard, PromotionView};
use crate::teaching::session::Intent;
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
    let promote = |force: bool| view.click(Msg::Chosen(Intent::Act(Action::Promote { node, force })));
    let (verdict, drawing) = if of.safe { ("safe", Icon::Tick) } else { ("unsafe", Icon::Warning) };
    let on = view.node(node);
    let actions = if view.frame.cluster.leader == Some(node) {
        Html::default()
    } else if on.is_some_and(|on| on.paused || !on.running) {
        let paused = on.is_some_and(|on| on.paused);
        let (action, word) =
            if paused { (Action::Resume(node), "Resume ") } else { (Action::Restart(node), "Restart ") };
        let wake = view.click(Msg::Chosen(Intent::Act(action)));
        markup! { "<button type='button' class='primary' onclick=" {wake} ">" {word} {node} "</button>" }
    } else if of.safe {
        markup! { "<button type='button' class='primary' onclick=" {promote(false)} ">Promote " {node} "</button>" }
    } else {
        let force = if forcing {
            markup! { "<button type='button' class='danger' onclick=" {promote(true)} ">Yes, promote " {node} " by force</button>" }
        } else {
            let force = view.click(Msg::Show(Dialog::Promotion { node, forcing: true }));
            markup! { "<button type='button' class='danger is-quiet' onclick=" {force} ">Force …</button>" }
        };
        markup! { "<button type='button' class='plain' onclick=" {promote(false)} ">Ask all the same</button>" {force} }
    };
    modal(
        view,
        format!("promote-{node}"),
        format!("Promote {node}"),
        markup! {
            "<p class='verdict is-" {verdict} "'>" {icon(drawing)} "<b>" {prose(&of.verdict)} "</b></p>
            <ul class='reasons'>" {each(&of.reasons, |reason| markup! { "<li>" {prose(reason)} "</li>" })} "</ul>"
            {values(of)}
            {discards(of)}
            "<div class='modal-actions'>" {actions} "</div>"
        },
    )
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
    markup! {
        "<div class='discards'>
            <h3>If it led now, this would be discarded</h3>"
            {empty}
            "<ul>" {each(&of.discards, item)} "</ul>
        </div>"
    }
}
