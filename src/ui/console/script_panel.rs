//! The script so far: every click as the line that does the same. It can be saved, opened and linked.

use crate::teaching::session::{Branch, Intent};
use crate::ui::browser;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{Handler, each, markup};
use crate::ui::msg::Msg;
use crate::ui::view::View;
use crate::ui::words::clock;
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
            </details>"
            {branches(view)}
        "
        </section>"
    }
}

/// The runs that were left: doing something in the past, or opening another script, keeps what was there.
fn branches(view: &View) -> Option<Html> {
    let branch = |branch: &Branch| {
        let open = view.click(Intent::Open(branch.script.to_string()));
        markup! {
            "<li><button type='button' class='menu-item' onclick=" {open} ">"
                {icon(Icon::Open)} {format!("… {}, left at {}", branch.last, clock(branch.end))}
            "</button></li>"
        }
    };
    (!view.branches.is_empty()).then(|| {
        markup! { "<details class='stories'><summary>runs that were left</summary><ul>" {each(&view.branches, branch)} "</ul></details>" }
    })
}
