//! Faults at hand: each node and each link with what can be done to it now.

use crate::replication::NodeSet;
use crate::simulation::Action;
use crate::teaching::frame::{LinkView, NodeView};
use crate::teaching::session::Intent;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{each, markup, truth};
use crate::ui::msg::{Dialog, Msg};
use crate::ui::stage::node_state_class;
use crate::ui::view::View;
use crate::ui::words::{role_word, span};
use yew::Html;

/// The faults panel.
pub fn faults(view: &View) -> Html {
    let frame = &view.frame;
    let broken = frame.links.iter().any(|link| !link.forth.open || !link.back.open)
        || frame.nodes.iter().any(|node| node.gateway_cut || node.control_cut);
    let heal = broken.then(|| view.click(Intent::Act(Action::Heal(None))));
    markup! {
        "<section class='panel faults' aria-labelledby='faults-title'>
            <div class='panel-head'><h2 id='faults-title'>Break things</h2></div>
            <ul class='fault-list'>"
                {each(&frame.nodes, |of| node(view, of))}
                {each(&frame.links, |of| link(view, of))}
            "</ul>
            <button type='button' class='plain heal-all' aria-disabled=" {truth(!broken)} " onclick=" {heal} ">"
                {icon(Icon::Join)} "Heal every cut
            </button>
        </section>"
    }
}

/// A node's row.
fn node(view: &View, of: &NodeView) -> Html {
    let node = of.node;
    let (action, drawing, word) = if of.running {
        (Action::Crash(node), Icon::Bolt, "Crash")
    } else {
        (Action::Restart(node), Icon::Power, "Restart")
    };
    let links = || view.frame.links.iter().filter(|link| link.a == node || link.b == node);
    let cut_off = links().all(|link| !link.forth.open && !link.back.open);
    let safe = view.frame.promotions.iter().any(|promotion| promotion.node == node && promotion.safe);
    let leads = view.frame.cluster.leader == Some(node);
    let verdict = match (leads, safe) {
        (true, _) => "it leads already",
        (_, true) => "safe now",
        _ => "not safe now",
    };
    let cut = (!cut_off).then(|| view.click(Intent::Act(Action::Partition(NodeSet::EMPTY.with(node)))));
    let promote = (!leads).then(|| view.click(Msg::Show(Dialog::Promotion { node, forcing: false })));
    let why = leads.then_some("It leads already");
    markup! {
        "<li class='fault " {node_state_class(of)} "'>
            <span class='fault-name'><b>" {node} "</b><span>" {role_word(of)} "</span></span>
            <button type='button' class='plain' aria-label='" {word} " " {node} "' onclick=" {view.click(Intent::Act(action))} ">"
                {icon(drawing)} {word}
            "</button>
            <button type='button' class='tool' title='Cut it off' aria-label='Cut " {node} " off from every other node'
                aria-disabled=" {truth(cut_off)} " onclick=" {cut} ">"
                {icon(Icon::Scissors)}
            "</button>
            <button type='button' class='plain' aria-haspopup='dialog' aria-label='Promote " {node} ": " {verdict} "'
                title=" {why} " aria-disabled=" {truth(leads)} " onclick=" {promote} ">" {icon(Icon::Promote)} "Promote …</button>
        </li>"
    }
}

/// A link's row.
fn link(view: &View, of: &LinkView) -> Html {
    let (a, b) = (of.a, of.b);
    let whole = of.forth.open && of.back.open;
    let (action, drawing, word, state, says) = if whole {
        (Action::Cut { from: a, to: b, both: true }, Icon::Scissors, "Cut", None, span(of.forth.latency))
    } else {
        (Action::Heal(Some((a, b))), Icon::Join, "Heal", Some(" is-cut"), "cut".to_owned())
    };
    markup! {
        "<li class='fault" {state} "'>
            <span class='fault-name'><b>" {a} " – " {b} "</b><span>" {says} "</span></span>
            <button type='button' class='plain' aria-label='" {word} " the link " {a} " to " {b} "'
                onclick=" {view.click(Intent::Act(action))} ">" {icon(drawing)} {word} "</button>
        </li>"
    }
}
