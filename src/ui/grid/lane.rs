//! One node's lane: its name, the stub of what its snapshot holds, its entries, and where the leader believes it to be.

use super::cell::{entry, ghost};
use crate::replication::Index;
use crate::teaching::frame::{Cell, Lane, NodeView};
use crate::ui::icon::{Icon, icon};
use crate::ui::same::Same;
use crate::ui::stage::node_state_class;
use crate::ui::words::{index_html, role_word};
use yew::prelude::*;

/// A lane and the columns that all lanes share.
#[derive(Clone, PartialEq, Properties)]
pub struct LaneRowProps {
    /// The lane.
    pub lane: Same<Lane>,
    /// Whose it is.
    pub node: Same<NodeView>,
    /// The first column.
    pub first: Index,
    /// The last column.
    pub last: Index,
    /// The commit line stands behind this column.
    pub committed: Index,
}

/// A node's lane.
#[component]
pub fn LaneRow(props: &LaneRowProps) -> Html {
    let LaneRowProps { lane, node, first, last, committed } = props;
    let leads = node_state_class(node) == "is-leader";
    html! {
        <tr class={classes!("lane-row", node_state_class(node))}>
            <th scope="row" class="lane-head">
                <span class="lane-name">if leads { { icon(Icon::Wheel) } }{ lane.node.name() }</span>
                <span class="lane-role">{ role_word(node) }</span>
            </th>
            <td class="grid-stub">
                <span class="stub" title={format!("Everything up to {} is in this node’s snapshot", lane.compacted_through)}>
                    <span>{ "snapshot" }</span><span>{ "≤ " }{ index_html(lane.compacted_through) }</span>
                </span>
            </td>
            { for (*first..=*last).map(|index| column(lane, index, *committed)) }
        </tr>
    }
}

/// What the lane holds at one index.
fn column(lane: &Lane, index: Index, committed: Index) -> Html {
    let here = at(&lane.cells, index);
    let gone = lane.rolled_back.iter().rev().find(|cell| cell.position.index == index);
    let edge = (index == committed).then_some("is-commit-edge");
    html! {
        <td key={index} class={classes!("slot", edge)}>
            if let Some(cell) = here { { entry(cell) } }
            else if let Some(cell) = gone { { ghost(cell, false) } }
            else if index <= lane.compacted_through { <span class="entry is-compacted" title="in the snapshot"></span> }
            else { <span class="entry is-empty"></span> }
            <span class="slot-strip">
                if lane.matched == Some(index) { <span class="marker marker-match" title="match index: the leader knows this to be on the node’s disk">{ "●" }<span class="visually-hidden">{ "match" }</span></span> }
                if let (Some(cell), true) = (gone, here.is_some()) { { ghost(cell, true) } }
                if lane.next == Some(index) { <span class="marker marker-next" title="next index: what the leader will send next">{ "▸" }<span class="visually-hidden">{ "next" }</span></span> }
            </span>
        </td>
    }
}

/// The entry at an index; the cells have no gaps.
fn at(cells: &[Cell], index: Index) -> Option<&Cell> {
    let first = cells.first()?.position.index;
    cells.get(usize::try_from(index.checked_sub(first)?).ok()?)
}
