//! The commit rule, and so what 201 Created means: every rule, from the weakest promise to the strongest.

use crate::replication::CommitRule;
use crate::simulation::Action;
use crate::teaching::frame::rule_means;
use crate::teaching::session::Intent;
use crate::ui::ask::{Dispatch, use_dispatch};
use crate::ui::dialog::Modal;
use yew::prelude::*;

/// The rule in force.
#[derive(Clone, PartialEq, Properties)]
pub struct RuleProps {
    /// Which.
    pub rule: CommitRule,
}

/// The choice of rule, as a panel.
#[component]
pub fn RuleChoice(props: &RuleProps) -> Html {
    let dispatch = use_dispatch();
    html! {
        <section class="panel rules" aria-labelledby="rules-title">
            <div class="panel-head"><h2 id="rules-title">{ "201 Created means" }</h2><p>{ "weakest first" }</p></div>
            { choices(&dispatch, props.rule, "rule-panel") }
        </section>
    }
}

/// The choice of rule, in front of the page.
pub fn rule_dialog(dispatch: &Dispatch, rule: CommitRule) -> Html {
    html! {
        <Modal key="rule" title="What 201 Created means">
            <p class="menu-note">{ "The commit rule says which copies make an entry committed. Only then does the customer hear 201. A stronger rule waits longer; a weaker one can lose a booking in a crash." }</p>
            { choices(dispatch, rule, "rule-dialog") }
        </Modal>
    }
}

/// One choice a rule.
fn choices(dispatch: &Dispatch, current: CommitRule, group: &'static str) -> Html {
    let choice = |rule: CommitRule| {
        let intent = dispatch.intent.clone();
        let onchange = Callback::from(move |_: Event| intent.emit(Intent::Act(Action::SetAck(rule))));
        html! {
            <label key={rule.name()} class={classes!("rule", (rule == current).then_some("is-chosen"))}>
                <input type="radio" name={group} value={rule.name()} checked={rule == current} {onchange} />
                <b>{ rule.name() }</b>
                <span>{ rule_means(rule) }</span>
            </label>
        }
    };
    html! { <div class="rule-list" role="radiogroup" aria-label="Commit rule">{ for CommitRule::ALL.map(choice) }</div> }
}
