//! The switches: how an old leader is kept from doing harm, and who names a new one. Each says what it stops, and what
//! it does not.

use crate::replication::Switch;
use crate::simulation::Action;
use crate::teaching::session::Intent;
use crate::ui::markup::{each, markup};
use crate::ui::view::View;
use yew::Html;

/// The switches, as a panel.
pub fn switches(view: &View) -> Html {
    let on = view.frame.cluster.switches;
    let choice = |switch: &Switch| {
        let (switch, is_on) = (*switch, on.has(*switch));
        let (title, means) = words(switch);
        markup! {
            "<label class='rule" {is_on.then_some(" is-chosen")} "'>
                <input type='checkbox' role='switch' checked=" {is_on} " onchange=" {view.click(Intent::Act(Action::SetSwitch(switch, !is_on)))} "/>
                <b translate='no'>" {title} "</b>
                <span>" {means} "</span>
            </label>"
        }
    };
    markup! {
        "<section class='panel rules' aria-labelledby='switches-title'>
            <div class='panel-head'><h2 id='switches-title'>Old leaders and new ones</h2></div>
            <div class='rule-list'>" {each(&Switch::ALL, choice)} "</div>
        </section>"
    }
}

/// What a switch is called, and what it does.
fn words(switch: Switch) -> (&'static str, &'static str) {
    match switch {
        Switch::Terms => (
            "Terms",
            "Whoever hears of a newer leader obeys it. An old leader that nobody can reach hears of none, and goes on.",
        ),
        Switch::Lease => (
            "Lease",
            "A leader that a majority has not confirmed for 400 ms answers nothing. A promotion forced without a majority is not covered.",
        ),
        Switch::GatewayToken => (
            "Gateway token",
            "The gateway passes on no answer of an older leader. Its entry stays in that leader’s log until it hears of the new one.",
        ),
        Switch::Failover => (
            "Automatic failover",
            "Nodes that miss the leader elect another, by a majority. Off, the operator promotes one.",
        ),
    }
}
