//! The list of keys.

use crate::ui::dialog::Modal;
use crate::ui::keyboard::KEYS;
use yew::prelude::*;

/// Every key and what it does.
pub fn keys() -> Html {
    html! {
        <Modal key="keys" title="Keys">
            <dl class="keys">
                { for KEYS.map(|(key, does)| html! { <div {key}><dt><kbd>{ key }</kbd></dt><dd>{ does }</dd></div> }) }
            </dl>
            <p class="menu-note">{ "Nodes and links on the stage are buttons: Tab reaches them, Enter opens them. Keys do nothing while you type." }</p>
        </Modal>
    }
}
