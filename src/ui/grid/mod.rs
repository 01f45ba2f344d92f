//! The log grid: a lane for each node on shared index columns. What an entry has come to is told by shape and fill, the
//! term by colour and number. It scrolls inside its own box, to the newest entry whenever one is added.

mod cell;
mod lane;
mod legend;

use crate::replication::Index;
use crate::teaching::frame::Grid;
use crate::ui::browser;
use crate::ui::markup::{each_of, markup, nodes_of};
use crate::ui::part::{Fingerprint, part_of, same, stretches};
use crate::ui::view::View;
use crate::ui::words::index_html;
use lane::{lane_row, leaders_lane};
use legend::legend;
use std::cmp::Ordering;
use std::hash::Hash;
use std::rc::Rc;
use web_sys::{Element, HtmlElement};
use yew::Html;

/// The fewest columns, so that the grid does not grow at the first entries.
const COLUMNS_MIN: Index = 8;

/// So many stretches of columns are more than are ever shown.
const RING: u64 = 64;

/// How many columns there are at most while time races: about as many as are in sight.
const COLUMNS_RACING: Index = 40;

/// The first column's index.
fn first(view: &View) -> Index {
    let grid = &view.frame.grid;
    if view.races { grid.first.max(grid.last.saturating_sub(COLUMNS_RACING)) } else { grid.first }
}

/// A column's index.
#[allow(clippy::cast_possible_truncation)]
fn index_of(view: &View, column: usize) -> Index {
    first(view) + column as Index
}

/// How many columns there are: up to one past the last index, where the next entry goes.
#[allow(clippy::cast_possible_truncation)]
fn columns(view: &View) -> usize {
    (view.frame.grid.last + 2 - first(view)).max(COLUMNS_MIN) as usize
}

/// The log grid.
pub fn log_grid(view: &Rc<View>) -> Html {
    let grid = &view.frame.grid;
    let columns = columns(view);
    let lane = |place: usize| {
        let lane = &grid.lanes[place];
        let node = view.node(lane.node).map_or(0, same);
        let led = leaders_lane(view).map_or(0, same);
        let depends = [same(lane), node, first(view).into(), columns as u64, grid.committed.into(), led];
        part_of(view, &depends, place, lane_row)
    };
    markup! {
        "<section class='panel grid-panel' aria-labelledby='grid-title'>
            <div class='panel-head'>
                <h2 id='grid-title'>Log</h2>"
                {legend()}
            "</div>
            <div class='grid-scroll' tabindex='0' role='region' aria-label='Log of every node, by index'>
                <table class='grid'>
                    <thead>
                        <tr>
                            <th scope='col' class='grid-corner'>index</th>
                            <th scope='col' class='grid-stub'><span class='visually-hidden'>in the snapshot</span></th>"
                            {heads(view)}
                        "</tr>
                    </thead>
                    <tbody>" {each_of(grid.lanes.len(), &lane)} "</tbody>
                </table>
            </div>
        </section>"
    }
}

/// Scrolls so far that the newest entry, and the place of the next one, can be seen.
pub fn follow() {
    if let (Some(scroller), Some(newest)) =
        (browser::find::<Element>(".grid-scroll"), browser::find::<HtmlElement>(".is-newest"))
    {
        scroller.set_scroll_left(newest.offset_left() + 2 * newest.offset_width() - scroller.client_width());
    }
}

/// The heads of the columns.
fn heads(view: &Rc<View>) -> Html {
    let grid = &view.frame.grid;
    let tells = |column: usize, told: &mut Fingerprint| age(grid, index_of(view, column)).hash(told);
    stretches(view, (0, RING), columns(view), &|column| index_of(view, column).into(), &tells, |view, _, which| {
        let grid = &view.frame.grid;
        nodes_of(which.map(|column| column_head(grid, index_of(view, column))).collect())
    })
}

/// How a column compares with the last one, and whether the commit line stands behind it.
fn age(grid: &Grid, index: Index) -> (Ordering, bool) {
    (index.cmp(&grid.last), index == grid.committed)
}

/// The head of one column; the commit line's flag stands on the last committed one.
fn column_head(grid: &Grid, index: Index) -> Html {
    let (age, edge) = age(grid, index);
    let age = match age {
        Ordering::Equal => Some(" is-newest"),
        Ordering::Greater => Some(" is-future"),
        Ordering::Less => None,
    };
    let edge = edge.then_some(" is-commit-edge");
    let flag = edge.map(|_| markup! { "<span class='commit-flag'>committed</span>" });
    markup! { "<th scope='col' class='grid-index" {edge} {age} "'>" {index_html(index)} {flag} "</th>" }
}
