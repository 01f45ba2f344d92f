//! One node: who it is, what it takes itself to be, how far its log has come by each measure, what its disk does, and
//! its own deck plan. Clicking it opens what can be done to it.

use super::deck_plan::{deck_plan, stale_cabins, truth};
use super::{newest, node_state_class};
use crate::replication::Index;
use crate::teaching::frame::NodeView;
use crate::ui::icon::{Icon, icon_at};
use crate::ui::markup::markup;
use crate::ui::msg::Dialog;
use crate::ui::view::View;
use crate::ui::vocabulary::said;
use crate::ui::words::{index_parts, role_word, term_class};
use std::rc::Rc;
use yew::Html;

/// What is told of a node that runs again after it lost its disk.
const LOST: &str = "disk lost: no vote, not counted";

/// A node's card.
pub fn node_card(view: &Rc<View>, place: usize) -> Html {
    let node = &view.frame.nodes[place];
    let name = node.node;
    let Some(area) = view.scene.card(name) else { return Html::default() };
    let stale = truth(view, place).map(|truth| stale_cabins(&node.cabins, truth)).unwrap_or_default();
    let (caption, warns) = match stale.as_slice() {
        _ if node.lost_disk && node.running => (LOST.to_owned(), Some(" is-stale")),
        [] => ("cabins as read here".to_owned(), None),
        [(cabin, says)] => (format!("{cabin} {says} here"), Some(" is-stale")),
        several => (format!("{} cabins differ", several.len()), Some(" is-stale")),
    };
    let open = view.opens(move |anchor| Dialog::Node(name, anchor));
    markup! {
        "<g class='node " {node_state_class(node)} "' role='button' tabindex='0' aria-haspopup='dialog'
            aria-label=" {node_words(node, &caption)} " onclick=" {open.clone()} " onkeydown=" {open} "
            transform='translate(" {area.x} " " {area.y} ")'>
            <rect class='node-card' width=" {area.w} " height=" {area.h} " rx='10'/>"
            {header(node)}
            {positions(node, newest(view))}
            {deck_plan(view, place)}
            "<text class='node-caption" {warns} "' x='12' y='175'>" {caption} "</text>"
            {disk(node)}
        "</g>"
    }
}

/// Name, role and term.
fn header(node: &NodeView) -> Html {
    let role = said(role_word(node).into());
    let width = 20.0 + 7.0 * role.len() as f64;
    let leads = node_state_class(node) == "is-leader";
    let (wheel, left) = if leads { (Some(icon_at(Icon::Wheel, 10.0, 5.0)), "42") } else { (None, "13") };
    markup! {
        "<path class='node-band' d='M10 0H254A10 10 0 0 1 264 10V34H0V10A10 10 0 0 1 10 0Z'/>
        <g class='node-wheel'>" {wheel} "</g>
        <text class='node-name' x=" {left} " y='23'>" {node.node} "</text>
        <g class='node-role' transform='translate(" {255.0 - width} " 7)'>
            <rect width=" {width} " height='21' rx='10.5'/>
            <text x=" {width / 2.0} " y='14.8' text-anchor='middle'>" {role} "</text>
        </g>
        <g class='node-term " {term_class(node.term)} "' transform='translate(12 46)'>
            <rect width='50' height='38' rx='5'/>
            <text class='node-term-word' x='25' y='14' text-anchor='middle'>term</text>
            <text class='node-term-number' x='25' y='31' text-anchor='middle'>" {node.term} "</text>
        </g>"
    }
}

/// How far the log has come by each measure.
fn positions(node: &NodeView, newest: Index) -> Html {
    let measure = |word: &'static str, index: Index, tick: &'static str, x: f64, y: f64| {
        let (common, own) = index_parts(index);
        let behind = (index < newest).then_some(" is-behind");
        markup! {
            "<g class='measure" {behind} "' transform='translate(" {x} " " {y} ")'>
                <g class='mark mark-" {word} "'>
                    <rect x='0.7' y='1.5' width='10.5' height='10.5' rx='2'/>
                    <path class='mark-tick' d=" {tick} "/>
                </g>
                <text class='measure-word' x='15' y='11'>" {word} "</text>
                <text class='measure-index' x='15' y='24'><tspan class='index-common'>" {common} "</tspan>" {own} "</text>
            </g>"
        }
    };
    markup! {
        "<g>"
            {measure("appended", node.appended.index, "", 72.0, 39.0)}
            {measure("durable", node.durable.index, "", 72.0, 66.0)}
            {measure("committed", node.committed, "", 170.0, 39.0)}
            {measure("applied", node.applied, "M2.8 6.8L5.2 9.2L9.2 4.3", 170.0, 66.0)}
        "</g>"
    }
}

/// What is told of the disk, at work or at rest, kept or lost.
fn disk_says(node: &NodeView) -> String {
    match node.writing.map(|write| write.entries) {
        // The caption tells it.
        _ if node.lost_disk && node.running => String::new(),
        Some(Some((first, last))) if first == last => format!("fsync {first}"),
        Some(Some((first, last))) => format!("fsync {} entries", last + 1 - first),
        Some(None) => "fsync term".to_owned(),
        None if node.running => "disk idle".to_owned(),
        None if node.lost_disk => "disk lost".to_owned(),
        None => "disk kept".to_owned(),
    }
}

/// The disk.
fn disk(node: &NodeView) -> Html {
    let says = disk_says(node);
    let busy = if node.writing.is_some() { " is-writing" } else { "" };
    let lost = node.lost_disk.then_some("M0 0L13 13.5M13 0L0 13.5");
    markup! {
        "<g class='disk" {busy} "' transform='translate(240 164)'>
            <path class='disk-drum' d='M0 2.5C0 -.8 13 -.8 13 2.5V11C13 14.3 0 14.3 0 11ZM0 2.5C0 5.8 13 5.8 13 2.5'/>
            <path class='disk-cross' d=" {lost} "/>
            <text x='-6' y='11' text-anchor='end'>" {says} "</text>
        </g>"
    }
}

/// The node in one sentence, for those who hear the page.
fn node_words(node: &NodeView, caption: &str) -> String {
    let disk = match (node.lost_disk, node.running) {
        (true, true) => "So it is until a leader has caught it up".to_owned(),
        _ => disk_says(node),
    };
    format!(
        "{}, {}, term {}: appended {}, durable {}, committed {}, applied {}. {caption}. {disk}. Open what can be done to it.",
        node.node,
        role_word(node),
        node.term,
        node.appended.index,
        node.durable.index,
        node.committed,
        node.applied
    )
}
