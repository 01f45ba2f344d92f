//! The log grid: a lane for each node on shared index columns. What an entry has come to is told by shape and fill, the
//! term by colour and number. It scrolls inside its own box, to the newest entry whenever one is added.

mod cell;
mod lane;
mod legend;

use crate::replication::{Index, NodeId};
use crate::teaching::frame::{Grid, NodeView};
use crate::ui::same::Same;
use crate::ui::words::index_html;
use lane::LaneRow;
use legend::legend;
use std::cmp::Ordering;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// The fewest columns, so that the grid does not grow at the first entries.
const COLUMNS_MIN: u64 = 8;

/// What the grid shows.
#[derive(Clone, PartialEq, Properties)]
pub struct LogGridProps {
    /// The logs.
    pub grid: Same<Grid>,
    /// The nodes, for their roles.
    pub nodes: Same<[Rc<NodeView>]>,
}

/// The columns from the first to one past the last: there is where the next entry goes.
fn columns(grid: &Grid) -> (Index, Index) {
    (grid.first, (grid.last + 1).max(grid.first + COLUMNS_MIN - 1))
}

/// The log grid.
#[component]
pub fn LogGrid(props: &LogGridProps) -> Html {
    let scroller = use_node_ref();
    {
        let scroller = scroller.clone();
        use_effect_with(props.grid.last, move |_| {
            if let Some(scroller) = scroller.cast::<web_sys::Element>() {
                follow(&scroller);
            }
        });
    }
    let grid = &props.grid;
    let (first, last) = columns(grid);
    let view = |node: NodeId| props.nodes.iter().find(|view| view.node == node);
    html! {
        <section class="panel grid-panel" aria-labelledby="grid-title">
            <div class="panel-head">
                <h2 id="grid-title">{ "Log" }</h2>
                { legend() }
            </div>
            <div class="grid-scroll" ref={scroller} tabindex="0" role="region" aria-label="Log of every node, by index">
                <table class="grid">
                    <thead>
                        <tr>
                            <th scope="col" class="grid-corner">{ "index" }</th>
                            <th scope="col" class="grid-stub"><span class="visually-hidden">{ "in the snapshot" }</span></th>
                            { for (first..=last).map(|index| column_head(grid, index)) }
                        </tr>
                    </thead>
                    <tbody>
                        { for grid.lanes.iter().filter_map(|lane| {
                            let node = Same::of(view(lane.node)?);
                            Some(html! {
                                <LaneRow key={lane.node.name()} lane={Same::of(lane)} {node} {first} {last} committed={grid.committed} />
                            })
                        }) }
                    </tbody>
                </table>
            </div>
        </section>
    }
}

/// Scrolls so far that the newest entry, and the place of the next one, can be seen.
fn follow(scroller: &web_sys::Element) {
    let newest = scroller
        .query_selector(".is-newest")
        .ok()
        .flatten()
        .and_then(|head| head.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(newest) = newest {
        scroller.set_scroll_left(newest.offset_left() + 2 * newest.offset_width() - scroller.client_width());
    }
}

/// The head of one column; the commit line's flag stands on the last committed one.
fn column_head(grid: &Grid, index: Index) -> Html {
    let edge = index == grid.committed;
    let age = match index.cmp(&grid.last) {
        Ordering::Less => None,
        Ordering::Equal => Some("is-newest"),
        Ordering::Greater => Some("is-future"),
    };
    html! {
        <th key={index} scope="col" class={classes!("grid-index", edge.then_some("is-commit-edge"), age)}>
            { index_html(index) }
            if edge { <span class="commit-flag">{ "committed" }</span> }
        </th>
    }
}
