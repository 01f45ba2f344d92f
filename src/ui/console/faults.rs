//! Faults at hand, by what they hit: nodes, the links between them, and who outside of the cluster reaches a node.

use crate::replication::NodeSet;
use crate::simulation::Action;
use crate::teaching::frame::{LinkView, NodeView};
use crate::teaching::session::Intent;
use crate::ui::console::quality::flaws;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{each, markup, truth};
use crate::ui::msg::{Dialog, Msg};
use crate::ui::stage::node_state_class;
use crate::ui::view::View;
use crate::ui::words::role_word;
use std::rc::Rc;
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
            <h3 id='faults-nodes'>Nodes</h3>
            <ul class='fault-list' aria-labelledby='faults-nodes'>" {each(&frame.nodes, |of| node(view, of))} "</ul>
            <h3 id='faults-links'>Links between nodes</h3>
            <ul class='fault-list' aria-labelledby='faults-links'>" {each(&frame.links, |of| link(view, of))} "</ul>
            <div class='fault-row' role='group' aria-labelledby='faults-apart'>
                <h3 id='faults-apart'>One node apart from all others</h3>"
                {each(&frame.nodes, |of| apart(view, of))}
            "</div>
            <div class='fault-row' role='group' aria-labelledby='faults-gateway'>
                <h3 id='faults-gateway'>From the gateway: no requests, no answers</h3>"
                {each(&frame.nodes, |of| outside(view, of, "the gateway", of.gateway_cut, Action::CutGateway(of.node)))}
            "</div>
            <div class='fault-row' role='group' aria-labelledby='faults-control'>
                <h3 id='faults-control'>From the control plane: no orders, no reports</h3>"
                {each(&frame.nodes, |of| outside(view, of, "the control plane", of.control_cut, Action::CutControl(of.node)))}
            "</div>
            <button type='button' class='plain heal-all' aria-disabled=" {truth(!broken)} " onclick=" {heal} ">"
                {icon(Icon::Join)} "Heal every cut
            </button>
        </section>"
    }
}

/// A button that does something at once; it says its word, and to whom when it is read out. Without an action it cannot
/// be pressed.
fn does(view: &View, action: Option<Action>, drawing: Icon, word: &'static str, name: String) -> Html {
    let disabled = truth(action.is_none());
    let onclick = action.map(|action| view.click(Intent::Act(action)));
    markup! {
        "<button type='button' class='plain' aria-label=" {name} " aria-disabled=" {disabled} " onclick=" {onclick} ">" {icon(drawing)} {word} "</button>"
    }
}

/// A node's row: stop it, freeze it, take its disk, make it lead or stop leading.
fn node(view: &View, of: &NodeView) -> Html {
    let node = of.node;
    let (stop, drawing, word) = if of.running {
        (Action::Crash(node), Icon::Bolt, "Crash")
    } else {
        (Action::Restart(node), Icon::Power, "Restart")
    };
    let (freeze, held, hold) = if of.paused {
        (Action::Resume(node), Icon::Play, "Resume")
    } else {
        (Action::Pause(node), Icon::Pause, "Pause")
    };
    let says = |word: &str| format!("{word} {node}");
    markup! {
        "<li class='fault " {node_state_class(of)} "'>
            <span class='fault-name'><b>" {node} "</b><span>" {role_word(of)} "</span></span>
            <span class='fault-acts'>"
                {does(view, Some(stop), drawing, word, says(word))}
                {does(view, of.running.then_some(freeze), held, hold, says(hold))}
                {does(view, Some(Action::LoseDisk(node)), Icon::Cross, "Lose disk", format!("Lose disk of {node}: it stops, and all that it had is gone"))}
                {lead(view, of)}
            "</span>
        </li>"
    }
}

/// To make a node the leader, after a look at what that would lose; or to stop the one that leads.
fn lead(view: &View, of: &NodeView) -> Html {
    let node = of.node;
    if view.frame.cluster.leader == Some(node) {
        return does(
            view,
            Some(Action::Demote(node)),
            Icon::Promote,
            "Demote",
            format!("Demote {node}: it stops leading"),
        );
    }
    let promotion = view.frame.promotions.iter().find(|promotion| promotion.node == node);
    let verdict = match promotion {
        Some(of) if of.hand_over.is_some() => "the leader hands over",
        Some(of) if of.safe => "safe now",
        _ => "not safe now",
    };
    markup! {
        "<button type='button' class='plain' aria-haspopup='dialog' aria-label='Promote " {node} ": " {verdict} "'
            onclick=" {view.click(Msg::Show(Dialog::Promotion { node, forcing: false }))} ">" {icon(Icon::Promote)} "Promote …</button>"
    }
}

/// A link's row: cut it, or one way of it, or make it worse.
fn link(view: &View, of: &LinkView) -> Html {
    let (a, b) = (of.a, of.b);
    let (forth, back) = (of.forth.open, of.back.open);
    let state = match (forth, back) {
        (true, true) => flaws(of),
        (false, false) => "cut".to_owned(),
        (false, true) => format!("{a} to {b} is cut"),
        (true, false) => format!("{b} to {a} is cut"),
    };
    let cut = (!(forth && back)).then_some(" is-cut");
    let way = |from, to, open: bool, word: &'static str| {
        let action = Action::Cut { from, to, both: false };
        does(view, open.then_some(action), Icon::Scissors, word, format!("Cut {word}, {from} to {to} only"))
    };
    let whole = if forth || back {
        let action = Action::Cut { from: a, to: b, both: true };
        does(view, Some(action), Icon::Scissors, "Cut", format!("Cut the link {a} to {b}"))
    } else {
        does(view, Some(Action::Heal(Some((a, b)))), Icon::Join, "Heal", format!("Heal the link {a} to {b}"))
    };
    let heal = (forth != back)
        .then(|| does(view, Some(Action::Heal(Some((a, b)))), Icon::Join, "Heal", format!("Heal the link {a} to {b}")));
    markup! {
        "<li class='fault" {cut} "'>
            <span class='fault-name'><b>" {a} " – " {b} "</b><span>" {state} "</span></span>
            <span class='fault-acts'>"
                {whole} {heal} {way(a, b, forth, "→")} {way(b, a, back, "←")}
                "<button type='button' class='plain' aria-haspopup='dialog' aria-label='Quality … of the link " {a} " to " {b} "'
                    onclick=" {view.opens(move |anchor| Dialog::Link(a, b, anchor))} ">Quality …</button>
            </span>
        </li>"
    }
}

/// All links of a node, cut in one go.
fn apart(view: &View, of: &Rc<NodeView>) -> Html {
    let node = of.node;
    let links = || view.frame.links.iter().filter(|link| link.a == node || link.b == node);
    let alone = links().all(|link| !link.forth.open && !link.back.open);
    let action = (!alone).then(|| Action::Partition(NodeSet::EMPTY.with(node)));
    does(view, action, Icon::Scissors, node.name(), format!("Cut {node} off from every other node"))
}

/// What lies between a node and somebody outside.
fn outside(view: &View, of: &NodeView, whom: &str, cut: bool, action: Action) -> Html {
    let node = of.node;
    let name = format!("{} {node} off from {whom}", if cut { "Already cut:" } else { "Cut" });
    does(view, (!cut).then_some(action), Icon::Scissors, node.name(), name)
}
