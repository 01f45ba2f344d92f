//! One entry on one node, as a mark whose outline, fill and tick say how far it has come there.

use crate::teaching::frame::Cell;
use crate::ui::icon::{Icon, icon};
use crate::ui::words::{cell_text, term_class};
use yew::prelude::*;

/// An entry in its lane.
pub fn entry(cell: &Cell) -> Html {
    html! {
        <span class={classes!("entry", term_class(cell.position.term), outline(cell), cell.committed.then_some("is-committed"))}
            title={entry_words(cell)}>
            <span class="entry-what">{ cell_text(cell.command) }</span>
            <span class="entry-term">{ "t" }{ cell.position.term }</span>
            if cell.applied { <span class="entry-tick">{ icon(Icon::Tick) }</span> }
            <span class="visually-hidden">{ state_words(cell) }</span>
        </span>
    }
}

/// An entry that the node had to give up.
pub fn ghost(cell: &Cell, small: bool) -> Html {
    html! {
        <span key={format!("ghost-{}", cell.position)} title={format!("rolled back here: {}, {}", cell.position, cell.command)}
            class={classes!("entry", "is-rolled-back", small.then_some("is-small"), term_class(cell.position.term))}>
            <span class="entry-what">{ cell_text(cell.command) }</span>
            <span class="entry-term">{ "t" }{ cell.position.term }</span>
            <span class="visually-hidden">{ "rolled back" }</span>
        </span>
    }
}

/// Dashed while it is in memory alone.
fn outline(cell: &Cell) -> &'static str {
    if cell.durable { "is-durable" } else { "is-appended" }
}

/// How far the entry has come, in words.
fn state_words(cell: &Cell) -> String {
    let disk = if cell.durable { "durable" } else { "appended only" };
    let rest = match (cell.committed, cell.applied) {
        (_, true) => ", committed, applied",
        (true, false) => ", committed",
        (false, false) => "",
    };
    format!("{disk}{rest}")
}

/// The entry in full.
fn entry_words(cell: &Cell) -> String {
    format!("{}: {}; {}", cell.position, cell.command, state_words(cell))
}
