//! The small dialogs beside what was clicked: what can be done to a node, and to a link.

use crate::replication::{NodeId, NodeSet, Role};
use crate::simulation::Action;
use crate::teaching::frame::{LinkView, NodeView, PaceView, ProgressRow};
use crate::teaching::session::Intent;
use crate::teaching::why::Question;
use crate::ui::console::link_quality;
use crate::ui::dialog::modal;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{markup, nodes_of};
use crate::ui::msg::{Dialog, Msg};
use crate::ui::view::View;
use crate::ui::words::{role_word, span};
use yew::{AttrValue, Html};

/// A button that does something and closes the menu.
pub fn act(view: &View, action: Action, drawing: Icon, says: impl Into<AttrValue>) -> Html {
    item(view, Msg::Chosen(Intent::Act(action)), drawing, says.into())
}

/// A button that asks for something.
pub fn item(view: &View, msg: Msg, drawing: Icon, says: AttrValue) -> Html {
    markup! {
        "<li key=" {says.clone()} "><button type='button' class='menu-item' onclick=" {view.click(msg)} ">" {icon(drawing)} {says} "</button></li>"
    }
}

/// What can be done to a node.
pub fn node_menu(view: &View, of: &NodeView) -> Html {
    let node = of.node;
    let mut items = vec![if of.running {
        act(view, Action::Crash(node), Icon::Bolt, format!("Crash {node}: its memory is lost, its disk stays"))
    } else {
        act(view, Action::Restart(node), Icon::Power, format!("Restart {node} from its disk"))
    }];
    items.push(act(view, Action::LoseDisk(node), Icon::Cross, format!("Lose disk of {node}: all that it had is gone")));
    if of.paused {
        items.push(act(view, Action::Resume(node), Icon::Play, format!("Resume {node}: for it, no time has passed")));
    } else if of.running {
        items.push(act(
            view,
            Action::Pause(node),
            Icon::Pause,
            format!("Pause {node}: it freezes, and does not know it"),
        ));
    }
    if view.frame.cluster.leader != Some(node) {
        let promotion = Msg::Show(Dialog::Promotion { node, forcing: false });
        items.push(item(
            view,
            promotion,
            Icon::Promote,
            format!("Promote {node} … first see whether that is safe").into(),
        ));
    }
    if of.role == Some(Role::Leader) {
        items.push(act(view, Action::Demote(node), Icon::Pause, format!("Demote {node}: it stops leading")));
    }
    if view.frame.cluster.leader != Some(node) {
        let why = |question, says: &'static str| item(view, Msg::Ask(question), Icon::Question, says.into());
        items.push(why(Question::Promotion(node), "Why is it safe to promote, or not?"));
        if of.has_led && of.role != Some(Role::Leader) {
            items.push(why(Question::StepDown(node), "Why does it lead no more?"));
        }
        let needs = |row: &ProgressRow| row.follower == node && matches!(row.pace, PaceView::Snapshot { .. });
        if view.frame.progress.rows.iter().any(needs) {
            items.push(why(Question::Snapshot(node), "Why does it need a snapshot?"));
        }
    }
    items.push(act(view, Action::Partition(NodeSet::EMPTY.with(node)), Icon::Scissors, "Cut it from every other node"));
    if !of.gateway_cut {
        items.push(act(view, Action::CutGateway(node), Icon::Scissors, "Cut it from the gateway"));
    }
    if !of.control_cut {
        items.push(act(view, Action::CutControl(node), Icon::Scissors, "Cut it from the control plane"));
    }
    if of.gateway_cut || of.control_cut {
        items.push(act(view, Action::Heal(None), Icon::Join, "Heal every cut"));
    }
    let list = markup! { "<ul class='menu'>" {nodes_of(items)} "</ul>" };
    modal(view, format!("node-{node}"), format!("{node}: {}", role_word(of)), list)
}

/// What can be done to a link.
pub fn link_menu(view: &View, link: &LinkView) -> Html {
    let LinkView { a, b, forth, back } = *link;
    let cut = |from: NodeId, to: NodeId, both: bool, says: String| {
        act(view, Action::Cut { from, to, both }, Icon::Scissors, says)
    };
    let mut items = Vec::new();
    if forth.open || back.open {
        items.push(cut(a, b, true, "Cut both ways".to_owned()));
    }
    if forth.open && back.open {
        items.push(cut(a, b, false, format!("Cut {a} to {b} only")));
        items.push(cut(b, a, false, format!("Cut {b} to {a} only")));
    } else {
        items.push(act(view, Action::Heal(Some((a, b))), Icon::Join, "Heal it"));
    }
    let list = markup! {
        "<p class='menu-note'>" {span(forth.latency)} " one way. What is in flight dies with a cut.</p>
        <ul class='menu'>" {nodes_of(items)} "</ul>"
        {link_quality(view, link)}
    };
    modal(view, format!("link-{a}-{b}"), format!("{a} – {b}"), list)
}
