//! The list of keys, and the switch that takes them off.

use crate::ui::dialog::modal;
use crate::ui::keyboard::{KEYS, are_off};
use crate::ui::markup::{each, markup};
use crate::ui::msg::Msg;
use crate::ui::view::View;
use yew::Html;

/// Every key and what it does.
pub fn keys(view: &View) -> Html {
    let off = are_off();
    let list = each(&KEYS, |(key, does)| {
        markup! { "<div key=" {*key} "><dt><kbd>" {*key} "</kbd></dt><dd>" {*does} "</dd></div>" }
    });
    modal(
        view,
        "keys",
        "Keys",
        markup! {
            "<dl class='keys'>" {list} "</dl>
        <label class='rule'>
            <input type='checkbox' role='switch' checked=" {!off} " onchange=" {view.click(Msg::SwitchKeys(!off))} "/>
            <b>Keys of the page</b>
            <span>Off, none of them does anything but Esc, and those of a field that has focus. It is remembered.</span>
        </label>
        <p class='menu-note'>
            Nodes and links on the stage are buttons: Tab reaches them, Enter opens them. Keys do nothing while you type.
        </p>"
        },
    )
}
