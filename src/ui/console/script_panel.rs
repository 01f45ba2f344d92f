//! The script so far: every click as the line that does the same. It can be saved, opened and linked.

use crate::teaching::session::Intent;
use crate::ui::browser;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{Handler, markup};
use crate::ui::msg::Msg;
use crate::ui::view::View;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::Html;

/// Where a file is chosen; a button stands for it.
pub const CHOOSER: &str = "input[type=file]";

/// The script panel.
pub fn script_panel(view: &View) -> Html {
    let ask = view.ask.clone();
    let chosen = Handler::new(move |event| {
        let Some(input) = event.target().and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            browser::read(file, ask.reform(|text| Intent::Open(text).into()));
        }
        input.set_value("");
    });
    let tool = |msg: Msg, drawing: Icon, says: &'static str| {
        markup! { "<button type='button' class='plain' onclick=" {view.click(msg)} ">" {icon(drawing)} {says} "</button>" }
    };
    markup! {
        "<section class='panel script' aria-labelledby='script-title'>
            <div class='panel-head'><h2 id='script-title'>Script</h2><p>this run, line by line</p></div>
            <div class='script-tools'>
                <input type='file' class='visually-hidden' accept='.txt,.hp,.md,text/plain' tabindex='-1' aria-hidden='true' onchange=" {chosen} "/>"
                {tool(Msg::ChooseFile, Icon::Open, "Open …")}
                {tool(Msg::SaveScript, Icon::Save, "Save")}
                {tool(Msg::SaveDiagram, Icon::Save, "Save timeline as SVG")}
                {tool(Msg::CopyLink, Icon::Link, "Copy link")}
            "</div>
            <details open='open'>
                <summary>the script so far</summary>
                <pre class='script-text' tabindex='0'>" {&view.script} "</pre>
            </details>
        </section>"
    }
}
