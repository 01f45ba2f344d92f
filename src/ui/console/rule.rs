//! The commit rule, and so what 201 Created means: every rule, from the weakest promise to the strongest.

use crate::replication::CommitRule;
use crate::simulation::Action;
use crate::teaching::frame::{NodeView, rule_means};
use crate::teaching::session::Intent;
use crate::ui::dialog::modal;
use crate::ui::markup::{each, markup};
use crate::ui::msg::Msg;
use crate::ui::view::View;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent};
use yew::Html;

/// The choice of rule, as a panel.
pub fn rule_choice(view: &View) -> Html {
    markup! {
        "<section class='panel rules' aria-labelledby='rules-title'>
            <div class='panel-head'><h2 id='rules-title'>201 Created means</h2><p>weakest first</p></div>"
            {choices(view, "rule-panel")}
            {sync_set(view)}
        "</section>"
    }
}

/// The synchronous set: whose copies the rules with "sync" in their names count. It never has fewer than two members.
fn sync_set(view: &View) -> Html {
    let set = view.frame.cluster.sync;
    let choice = |of: &Rc<NodeView>| {
        let node = of.node;
        let member = set.contains(node);
        let other = if member { set.without(node) } else { set.with(node) };
        markup! {
            "<label>
                <input type='checkbox' checked=" {member} " disabled=" {other.len() < 2} " onchange=" {view.click(Intent::Act(Action::SetSync(other)))} "/>"
                {node}
            "</label>"
        }
    };
    markup! { "<fieldset class='sync-set'><legend>Synchronous set</legend>" {each(&view.frame.nodes, choice)} "</fieldset>" }
}

/// The choice of rule, in front of the page.
pub fn rule_dialog(view: &View) -> Html {
    modal(
        view,
        "rule",
        "What 201 Created means",
        markup! {
            "<p class='menu-note'>
            The commit rule says which copies make an entry committed. Only then does the customer hear 201. A stronger rule waits longer; a weaker one can lose a booking in a crash.
        </p>"
            {choices(view, "rule-dialog")}
        },
    )
}

/// One choice a rule.
fn choices(view: &View, group: &'static str) -> Html {
    let choice = |rule: &CommitRule| {
        let chosen = *rule == view.frame.cluster.rule;
        markup! {
            "<label class='rule" {chosen.then_some(" is-chosen")} "'>
                <input type='radio' name=" {group} " value=" {rule.name()} " checked=" {chosen} "
                    onchange=" {view.click(Intent::Act(Action::SetAck(*rule)))} "/>
                <b>" {rule.name()} "</b>
                <span>" {rule_means(*rule)} "</span>
            </label>"
        }
    };
    markup! { "<div class='rule-list' role='radiogroup' aria-label='Commit rule' onkeydown=" {view.on(move_on)} ">" {each(&CommitRule::ALL, choice)} "</div>" }
}

/// Each rule that is set is a line of the script: arrows only lead to another, and Space or Enter sets it.
fn move_on(event: &Event) -> Option<Msg> {
    let radio: HtmlElement = event.target()?.dyn_into().ok()?;
    let rule = radio.parent_element()?;
    let to = match event.dyn_ref::<KeyboardEvent>()?.key().as_str() {
        "ArrowDown" | "ArrowRight" => rule.next_element_sibling(),
        "ArrowUp" | "ArrowLeft" => rule.previous_element_sibling(),
        "Enter" => {
            radio.click();
            return None;
        }
        _ => return None,
    };
    event.prevent_default();
    let _ = to?.first_element_child()?.dyn_into::<HtmlElement>().ok()?.focus();
    None
}
