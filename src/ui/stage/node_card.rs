//! One node: who it is, what it takes itself to be, how far its log has come by each measure, what its disk does, and
//! its own deck plan. Clicking it opens what can be done to it.

use super::deck_plan::{deck_plan, stale_cabins};
use super::geometry::{Area, CARD};
use super::node_state_class;
use super::units::{filled, translate, units};
use crate::replication::Index;
use crate::teaching::frame::{CabinView, DiskWrite, NodeView};
use crate::ui::ask::{Anchor, Ask, Dialog, use_dispatch};
use crate::ui::icon::{Icon, icon_at};
use crate::ui::same::Same;
use crate::ui::words::{index_parts, role_word, term_class};
use yew::prelude::*;

/// A node and where its card is.
#[derive(Clone, PartialEq, Properties)]
pub struct NodeCardProps {
    /// The node.
    pub node: Same<NodeView>,
    /// Where it stands.
    pub area: Area,
    /// The last entry of the leader's log, to tell what lags.
    pub newest: Index,
    /// The leader's cabins, if another node leads.
    pub truth: Option<Same<[CabinView]>>,
}

/// A node's card.
#[component]
pub fn NodeCard(props: &NodeCardProps) -> Html {
    let dispatch = use_dispatch();
    let node = &props.node;
    let open = {
        let (page, node) = (dispatch.page.clone(), node.node);
        move |target: Option<web_sys::Element>| page.emit(Ask::Show(Dialog::Node(node, Anchor::at(target))))
    };
    let onclick = {
        let open = open.clone();
        Callback::from(move |event: MouseEvent| open(event.target_dyn_into()))
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            event.stop_propagation();
            open(event.target_dyn_into());
        }
    });
    let stale = props.truth.as_ref().map(|truth| stale_cabins(&node.cabins, truth)).unwrap_or_default();
    let (caption, caption_class) = match stale.as_slice() {
        [] => ("cabins as read here".to_owned(), "node-caption"),
        [cabin] => (format!("{cabin} differs"), "node-caption is-stale"),
        several => (format!("{} cabins differ", several.len()), "node-caption is-stale"),
    };
    html! {
        <g class={classes!("node", node_state_class(node))} role="button" tabindex="0" aria-haspopup="dialog"
            aria-label={node_words(node, &caption)} {onclick} {onkeydown}
            transform={translate(props.area.x, props.area.y)}>
            <rect class="node-card" width={units(CARD.0)} height={units(CARD.1)} rx="10" />
            { header(node) }
            { positions(node, props.newest) }
            <g transform="translate(10 97)">{ deck_plan(&node.cabins, props.truth.as_deref()) }</g>
            <text class={caption_class} x="12" y="175">{ caption }</text>
            { disk(node.writing, node.running) }
        </g>
    }
}

/// Name, role and term.
fn header(node: &NodeView) -> Html {
    let role = role_word(node);
    let width = 20.0 + 7.0 * role.chars().count() as f64;
    let leads = node_state_class(node) == "is-leader";
    html! {
        <>
            <path class="node-band" d={filled("M10 0H#A10 10 0 0 1 # 10V34H0V10A10 10 0 0 1 10 0Z", &[CARD.0 - 10.0, CARD.0])} />
            if leads { <g class="node-wheel">{ icon_at(Icon::Wheel, 10.0, 5.0, 24.0) }</g> }
            <text class="node-name" x={if leads { "42" } else { "13" }} y="23">{ node.node.name() }</text>
            <g class="node-role" transform={translate(CARD.0 - width - 9.0, 7.0)}>
                <rect width={units(width)} height="21" rx="10.5" />
                <text x={units(width / 2.0)} y="14.8" text-anchor="middle">{ role }</text>
            </g>
            <g class={classes!("node-term", term_class(node.term))} transform="translate(12 46)">
                <rect width="50" height="38" rx="5" />
                <text class="node-term-word" x="25" y="14" text-anchor="middle">{ "term" }</text>
                <text class="node-term-number" x="25" y="31" text-anchor="middle">{ node.term }</text>
            </g>
        </>
    }
}

/// The four measures of how far the log has come, each with the mark that the grid uses.
fn positions(node: &NodeView, newest: Index) -> Html {
    let measures = [
        ("appended", "mark-appended", node.appended.index, 72.0, 39.0),
        ("durable", "mark-durable", node.durable.index, 72.0, 66.0),
        ("committed", "mark-committed", node.committed, 170.0, 39.0),
        ("applied", "mark-applied", node.applied, 170.0, 66.0),
    ];
    html! { <g>{ for measures.into_iter().map(|(word, mark, index, x, y)| measure(word, mark, index, newest, x, y)) }</g> }
}

/// One measure.
fn measure(word: &'static str, mark: &'static str, index: Index, newest: Index, x: f64, y: f64) -> Html {
    let (common, own) = index_parts(index);
    let behind = (index < newest).then_some("is-behind");
    html! {
        <g class={classes!("measure", behind)} transform={translate(x, y)}>
            <g class={classes!("mark", mark)}>
                <rect x="0.7" y="1.5" width="10.5" height="10.5" rx="2" />
                if mark == "mark-applied" { <path class="mark-tick" d="M2.8 6.8L5.2 9.2L9.2 4.3" /> }
            </g>
            <text class="measure-word" x="15" y="11">{ word }</text>
            <text class="measure-index" x="15" y="24"><tspan class="index-common">{ common }</tspan>{ own }</text>
        </g>
    }
}

/// The disk, at work or at rest.
fn disk(writing: Option<DiskWrite>, running: bool) -> Html {
    let (says, class) = match writing {
        Some(DiskWrite { entries: Some((first, last)), .. }) if first == last => {
            (format!("fsync {first}"), "disk is-writing")
        }
        Some(DiskWrite { entries: Some((first, last)), .. }) => {
            (format!("fsync {} entries", last + 1 - first), "disk is-writing")
        }
        Some(DiskWrite { entries: None, .. }) => ("fsync term".to_owned(), "disk is-writing"),
        None if running => ("disk idle".to_owned(), "disk"),
        None => ("disk kept".to_owned(), "disk"),
    };
    html! {
        <g {class} transform={translate(CARD.0 - 24.0, 164.0)}>
            <path class="disk-drum" d="M0 2.5C0 -.8 13 -.8 13 2.5V11C13 14.3 0 14.3 0 11ZM0 2.5C0 5.8 13 5.8 13 2.5" />
            <text x="-6" y="11" text-anchor="end">{ says }</text>
        </g>
    }
}

/// The node in one sentence, for those who hear the page.
fn node_words(node: &NodeView, caption: &str) -> String {
    format!(
        "{}, {}, term {}: appended {}, durable {}, committed {}, applied {}. {caption}. Open what can be done to it.",
        node.node,
        role_word(node),
        node.term,
        node.appended.index,
        node.durable.index,
        node.committed,
        node.applied
    )
}
