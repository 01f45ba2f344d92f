//! The list of keys.

use crate::ui::dialog::modal;
use crate::ui::keyboard::KEYS;
use crate::ui::markup::{each, markup};
use crate::ui::view::View;
use yew::Html;

/// Every key and what it does.
pub fn keys(view: &View) -> Html {
    let list = each(&KEYS, |(key, does)| {
        markup! { "<div key=" {*key} "><dt><kbd>" {*key} "</kbd></dt><dd>" {*does} "</dd></div>" }
    });
    modal(
        view,
        "keys",
        "Keys",
        markup! {
            "<dl class='keys'>" {list} "</dl>
        <p class='menu-note'>
            Nodes and links on the stage are buttons: Tab reaches them, Enter opens them. Keys do nothing while you type.
        </p>"
        },
    )
}
