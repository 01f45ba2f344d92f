//! One node's lane: its name, the stub of what its snapshot holds, its entries, and where the leader believes it to be.

use super::cell::{entry, ghost};
use super::{RING, columns, index_of};
use crate::replication::Index;
use crate::teaching::frame::{Cell, Lane};
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{markup, nodes_of};
use crate::ui::part::{Fingerprint, stretches};
use crate::ui::stage::node_state_class;
use crate::ui::view::View;
use crate::ui::words::{index_html, role_word};
use std::hash::Hash;
use std::rc::Rc;
use yew::Html;

/// So many columns before the newest, a lane's end may be out of sight.
const OUT_OF_SIGHT: Index = 6;

/// A node's lane.
pub fn lane_row(view: &Rc<View>, place: usize) -> Html {
    let grid = &view.frame.grid;
    let lane = &grid.lanes[place];
    let (state, role) = view.node(lane.node).map_or(("", ""), |node| (node_state_class(node), role_word(node)));
    let last = lane.cells.last().map_or(lane.compacted_through, |cell| cell.position.index);
    let ends = (last + OUT_OF_SIGHT < grid.last).then(|| {
        markup! { "<span class='lane-ends'>◂ ends at " {index_html(last)} "</span>" }
    });
    let wheel = (state == "is-leader").then(|| icon(Icon::Wheel));
    markup! {
        "<tr class='lane-row " {state} "'>
            <th scope='row' class='lane-head'>
                <span class='lane-name'>" {wheel} {lane.node} "</span>
                <span class='lane-role'>" {role} "</span>"
                {ends}
            "</th>
            <td class='grid-stub'>
                <span class='stub' title='Everything up to " {lane.compacted_through} " is in this node’s snapshot'>
                    <span>snapshot</span><span>≤ " {index_html(lane.compacted_through)} "</span>
                </span>
            </td>"
            {slots(view, place)}
        "</tr>"
    }
}

/// What the lane holds at each index.
fn slots(view: &Rc<View>, place: usize) -> Html {
    let grid = &view.frame.grid;
    let lane = &grid.lanes[place];
    let tells = |column: usize, told: &mut Fingerprint| Slot::of(view, lane, index_of(view, column)).hash(told);
    stretches(
        view,
        (place, RING),
        columns(view),
        &|column| index_of(view, column).into(),
        &tells,
        |view, place, which| {
            let grid = &view.frame.grid;
            let lane = &grid.lanes[place];
            let drawn = |column: usize| slot(view, &Slot::of(view, lane, index_of(view, column)));
            nodes_of(which.map(drawn).collect())
        },
    )
}

/// All that one slot shows.
#[derive(Hash)]
struct Slot<'a> {
    here: Option<&'a Cell>,
    gone: Option<&'a Cell>,
    /// Each entry is reached by Tab once; its other copies answer alike.
    copied: bool,
    compacted: bool,
    edge: bool,
    matched: bool,
    next: bool,
}

impl<'a> Slot<'a> {
    fn of(view: &View, lane: &'a Lane, index: Index) -> Self {
        let here = at(&lane.cells, index);
        let led = leaders_lane(view).filter(|led| led.node != lane.node).and_then(|led| at(&led.cells, index));
        Self {
            here,
            gone: lane.rolled_back.iter().rev().find(|cell| cell.position.index == index),
            copied: led.zip(here).is_some_and(|(led, here)| led.position == here.position),
            compacted: index <= lane.compacted_through,
            edge: index == view.frame.grid.committed,
            matched: lane.matched == Some(index),
            next: lane.next == Some(index),
        }
    }
}

/// What the lane holds at one index.
fn slot(view: &View, slot: &Slot) -> Html {
    let tab = if slot.copied { "-1" } else { "0" };
    let (holds, beside) = match (slot.here, slot.gone) {
        (Some(cell), gone) => (entry(view, cell, tab), gone.map(|cell| ghost(view, cell, " is-small"))),
        (None, Some(cell)) => (ghost(view, cell, ""), None),
        (None, None) if slot.compacted => {
            (markup! { "<span class='entry is-compacted' title='in the snapshot'></span>" }, None)
        }
        (None, None) => (markup! { "<span class='entry is-empty'></span>" }, None),
    };
    let edge = slot.edge.then_some(" is-commit-edge");
    let matched = slot.matched.then(|| {
        markup! {
            "<span class='marker marker-match' title='match index: the leader knows this to be on the node’s disk'>●<span class='visually-hidden'>match</span></span>"
        }
    });
    let next = slot.next.then(|| {
        markup! {
            "<span class='marker marker-next' title='next index: what the leader will send next'>▸<span class='visually-hidden'>next</span></span>"
        }
    });
    markup! {
        "<td class='slot" {edge} "'>" {holds} "<span class='slot-strip'>" {matched} {beside} {next} "</span></td>"
    }
}

/// The lane of the node that leads.
pub fn leaders_lane(view: &View) -> Option<&Rc<Lane>> {
    let leader = view.frame.cluster.leader?;
    view.frame.grid.lanes.iter().find(|lane| lane.node == leader)
}

/// The entry at an index; the cells have no gaps.
fn at(cells: &[Cell], index: Index) -> Option<&Cell> {
    let first = cells.first()?.position.index;
    cells.get(usize::try_from(index.checked_sub(first)?).ok()?)
}
