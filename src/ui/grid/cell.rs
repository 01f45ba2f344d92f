//! One entry on one node, as a mark whose outline, fill and tick say how far it has come there.

use crate::teaching::frame::Cell;
use crate::teaching::why::Question;
use crate::ui::markup::markup;
use crate::ui::msg::Msg;
use crate::ui::view::View;
use crate::ui::words::{about, cell_text, term_class};
use yew::Html;

/// An entry in its lane.
pub fn entry(view: &View, cell: &Cell, tab: &'static str) -> Html {
    let (outline, disk) = if cell.durable { ("is-durable", "durable") } else { ("is-appended", "appended only") };
    let fill = cell.committed.then_some(" is-committed");
    let rest = match (cell.committed, cell.applied) {
        (_, true) => ", committed, applied",
        (true, false) => ", committed",
        (false, false) => "",
    };
    let tick = cell.applied.then_some(" is-applied");
    let Cell { position, command, .. } = *cell;
    markup! {
        "<button type='button' tabindex=" {tab} " data-entry=" {about(&[position], command.request())} " onclick=" {view.click(Msg::Ask(Question::Entry(position)))} " class='entry " {term_class(position.term)} " " {outline} {fill} {tick} "' title='" {position} ": " {command} "; " {disk} {rest} "'>
            <span class='entry-what'>" {cell_text(command)} "</span>
            <span class='entry-term'>t" {position.term} "</span>
            <span class='visually-hidden'>" {disk} {rest} "</span>
        </button>"
    }
}

/// An entry that the node had to give up.
pub fn ghost(view: &View, cell: &Cell, size: &'static str) -> Html {
    let Cell { position, command, .. } = *cell;
    markup! {
        "<button type='button' data-entry=" {about(&[position], command.request())} " onclick=" {view.click(Msg::Ask(Question::Entry(position)))} " title='rolled back here: " {position} ", " {command} "' class='entry is-rolled-back" {size} " " {term_class(position.term)} "'>
            <span class='entry-what'>" {cell_text(command)} "</span>
            <span class='entry-term'>t" {position.term} "</span>
            <span class='visually-hidden'>rolled back</span>
        </button>"
    }
}
