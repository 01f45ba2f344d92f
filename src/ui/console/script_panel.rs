//! The script so far: every click as the line that does the same. It can be saved, opened and linked.

use crate::teaching::session::Intent;
use crate::ui::ask::{Ask, use_dispatch};
use crate::ui::browser;
use crate::ui::icon::{Icon, icon};
use crate::ui::same::Same;
use yew::prelude::*;

/// The script.
#[derive(Clone, PartialEq, Properties)]
pub struct ScriptPanelProps {
    /// Its text.
    pub script: Same<str>,
}

/// The script panel.
#[component]
pub fn ScriptPanel(props: &ScriptPanelProps) -> Html {
    let dispatch = use_dispatch();
    let file = use_node_ref();
    let onchange = {
        let intent = dispatch.intent.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<web_sys::HtmlInputElement>() else { return };
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                browser::read(file, intent.reform(Intent::Open));
            }
            input.set_value("");
        })
    };
    let choose = {
        let file = file.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = file.cast::<web_sys::HtmlElement>() {
                input.click();
            }
        })
    };
    html! {
        <section class="panel script" aria-labelledby="script-title">
            <div class="panel-head"><h2 id="script-title">{ "Script" }</h2><p>{ "this run, line by line" }</p></div>
            <div class="script-tools">
                <input ref={file} type="file" class="visually-hidden" accept=".txt,.hp,.md,text/plain" tabindex="-1" aria-hidden="true" {onchange} />
                <button type="button" class="plain" onclick={choose}>{ icon(Icon::Open) }{ "Open …" }</button>
                <button type="button" class="plain" onclick={dispatch.click_page(Ask::SaveScript)}>{ icon(Icon::Save) }{ "Save" }</button>
                <button type="button" class="plain" onclick={dispatch.click_page(Ask::CopyLink)}>{ icon(Icon::Link) }{ "Copy link" }</button>
            </div>
            <details open={true}>
                <summary>{ "the script so far" }</summary>
                <pre class="script-text" tabindex="0">{ props.script.to_string() }</pre>
            </details>
        </section>
    }
}
