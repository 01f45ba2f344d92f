//! The script's words, typed: a line does what a click does. The arrow keys bring back earlier lines; a wrong line stays
//! for mending, with what was expected and where.

use crate::teaching::session::{Intent, Notice};
use crate::ui::ask::use_dispatch;
use crate::ui::same::Same;
use yew::prelude::*;

/// What went wrong, if something did.
#[derive(Clone, PartialEq, Properties)]
pub struct CommandBoxProps {
    /// The notice that the last line caused.
    pub notice: Option<Same<Notice>>,
}

/// The command box.
#[component]
pub fn CommandBox(props: &CommandBoxProps) -> Html {
    let dispatch = use_dispatch();
    let text = use_state(String::new);
    let history = use_state(Vec::<String>::new);
    let place = use_state(|| None::<usize>);
    {
        let (text, history) = (text.clone(), history.clone());
        use_effect_with(props.notice.clone(), move |notice| {
            if let (Some(_), true, Some(last)) = (notice, text.is_empty(), history.last()) {
                text.set(last.clone());
            }
        });
    }
    let onsubmit = {
        let (text, history, place, intent) = (text.clone(), history.clone(), place.clone(), dispatch.intent.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let line = text.trim().to_owned();
            if line.is_empty() {
                return;
            }
            if history.last() != Some(&line) {
                history.set([history.as_slice(), std::slice::from_ref(&line)].concat());
            }
            place.set(None);
            text.set(String::new());
            intent.emit(Intent::Command(line));
        })
    };
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<web_sys::HtmlInputElement>() {
                text.set(input.value());
            }
        })
    };
    let onkeydown = {
        let (text, history, place) = (text.clone(), history.clone(), place.clone());
        Callback::from(move |event: KeyboardEvent| {
            let next = match event.key().as_str() {
                "ArrowUp" => place.unwrap_or(history.len()).checked_sub(1),
                "ArrowDown" => place.map(|place| place + 1),
                _ => return,
            };
            event.prevent_default();
            if let Some(next) = next {
                text.set(history.get(next).cloned().unwrap_or_default());
                place.set((next < history.len()).then_some(next));
            }
        })
    };
    let wrong = props.notice.is_some();
    html! {
        <section class="panel command" aria-labelledby="command-title">
            <div class="panel-head"><h2 id="command-title">{ "Command" }</h2><p>{ "what a click does, in words" }</p></div>
            <form {onsubmit}>
                <input type="text" class="command-line" value={(*text).clone()} {oninput} {onkeydown} placeholder="reserve C14 for 5521"
                    aria-label="Script line" aria-invalid={wrong.to_string()} aria-describedby="command-notice"
                    autocomplete="off" autocapitalize="off" spellcheck="false" />
                <button type="submit" class="plain">{ "Do it" }</button>
            </form>
            <div id="command-notice" class="command-notice" role="alert">
                if let Some(notice) = &props.notice {
                    <p><b>{ notice.title.to_string() }</b></p>
                    { for notice.details.iter().enumerate().map(|(key, detail)| html! { <p {key}>{ detail.to_string() }</p> }) }
                }
            </div>
        </section>
    }
}
