//! What happened, in words: one plain sentence for the last step, said aloud politely, and the transcript behind it.

use crate::teaching::frame::{Story, StoryLine};
use crate::teaching::session::Intent;
use crate::ui::ask::{Dispatch, use_dispatch};
use crate::ui::same::Same;
use crate::ui::words::{clock, prose};
use yew::prelude::*;

/// The story so far.
#[derive(Clone, PartialEq, Properties)]
pub struct StoryProps {
    /// The story.
    pub story: Same<Story>,
    /// While time runs, only milestones are said aloud.
    pub playing: bool,
}

/// The sentence of the step.
#[component]
pub fn Now(props: &StoryProps) -> Html {
    let newest = props.story.lines.last();
    let milestone = newest.is_some_and(|line| line.milestone);
    let said = if props.playing {
        props.story.lines.iter().rev().find(|line| line.milestone).map(|line| line.text.to_string()).unwrap_or_default()
    } else {
        props.story.sentence.to_string()
    };
    html! {
        <section class={classes!("panel", "now", milestone.then_some("is-milestone"))} aria-labelledby="now-title">
            <h2 id="now-title">{ "What just happened" }</h2>
            <p class="now-sentence">{ prose(&props.story.sentence) }</p>
            <p class="visually-hidden" role="status" aria-live="polite">{ said }</p>
        </section>
    }
}

/// The transcript; each line leads to its moment.
#[component]
pub fn Transcript(props: &StoryProps) -> Html {
    let dispatch = use_dispatch();
    let list = use_node_ref();
    {
        let list = list.clone();
        use_effect_with(props.story.clone(), move |_| {
            if let Some(list) = list.cast::<web_sys::Element>() {
                list.set_scroll_top(list.scroll_height());
            }
        });
    }
    html! {
        <section class="panel transcript" aria-labelledby="transcript-title">
            <div class="panel-head"><h2 id="transcript-title">{ "Transcript" }</h2><p>{ "a line leads to its moment" }</p></div>
            <ol class="lines" ref={list} tabindex="0" aria-labelledby="transcript-title">
                { for props.story.lines.iter().enumerate().map(|(place, line)| self::line(&dispatch, place, line)) }
            </ol>
            if props.story.lines.is_empty() { <p class="empty">{ "Nothing has happened yet." }</p> }
        </section>
    }
}

/// One line.
fn line(dispatch: &Dispatch, number: usize, line: &StoryLine) -> Html {
    html! {
        <li key={format!("{}-{number}", line.step)} class={classes!("line", line.milestone.then_some("is-milestone"))}>
            <button type="button" onclick={dispatch.click(Intent::Seek(line.step))}>
                <span class="line-at">{ clock(line.at) }</span>
                <span class="line-place">{ line.place.map_or_else(|| "world".to_owned(), |place| place.to_string()) }</span>
                <span class="line-text">{ line.text.to_string() }</span>
            </button>
        </li>
    }
}
