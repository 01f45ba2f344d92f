//! Receipts: what each customer asked for, what was answered, and what has become of the promise.

use crate::teaching::frame::{Fate, RequestView};
use crate::ui::icon::{Icon, icon};
use crate::ui::same::Same;
use crate::ui::words::{clock, prose, term_class};
use yew::prelude::*;

/// The requests.
#[derive(Clone, PartialEq, Properties)]
pub struct PromisesProps {
    /// Oldest first.
    pub requests: Same<[RequestView]>,
}

/// The receipts, newest first.
#[component]
pub fn Promises(props: &PromisesProps) -> Html {
    html! {
        <section class="panel promises" aria-labelledby="promises-title">
            <div class="panel-head"><h2 id="promises-title">{ "Promises" }</h2><p>{ "what customers were told" }</p></div>
            if props.requests.is_empty() {
                <p class="empty">{ "Nobody has asked for anything yet. An answer of 201 is a promise, and its receipt appears here." }</p>
            }
            <ol class="receipts" reversed={true}>
                { for props.requests.iter().rev().map(receipt) }
            </ol>
        </section>
    }
}

/// How a fate is shown.
struct Stamp {
    answer: &'static str,
    word: &'static str,
    icon: Option<Icon>,
    class: &'static str,
}

fn stamp(fate: Fate) -> Stamp {
    let (answer, word, icon, class) = match fate {
        Fate::Pending => ("…", "waiting", None, "is-pending"),
        Fate::Unanswered => ("no answer", "in doubt", Some(Icon::Question), "is-doubt"),
        Fate::Conflict => ("409", "refused", Some(Icon::Cross), "is-refused"),
        Fate::Unavailable => ("503", "refused", Some(Icon::Cross), "is-refused"),
        Fate::Kept => ("201", "kept", Some(Icon::Tick), "is-kept"),
        Fate::InDoubt => ("201", "in doubt", Some(Icon::Question), "is-doubt"),
        Fate::Lost => ("201", "lost", Some(Icon::Cross), "is-lost"),
    };
    Stamp { answer, word, icon, class }
}

/// One receipt.
fn receipt(request: &RequestView) -> Html {
    let Stamp { answer, word, icon: drawing, class } = stamp(request.fate);
    html! {
        <li key={request.request.0} class={classes!("receipt", class)}>
            <div class="receipt-answer"><b class={(answer.len() > 3).then_some("is-words")}>{ answer }</b><span>{ request.request.to_string() }</span></div>
            <div class="receipt-body">
                <p class="receipt-what">
                    { request.what.to_string() }
                    if let Some(position) = request.position {
                        <span class={classes!("position", term_class(position.term))} title="commit token: term and index of the entry">{ position.to_string() }</span>
                    }
                </p>
                <p class="receipt-why">{ prose(&request.why) }</p>
                <p class="receipt-times">
                    { "asked " }{ clock(request.asked_at) }
                    if let Some(heard) = request.answered_at { { " · answered " }{ clock(heard) } }
                </p>
            </div>
            <span class="receipt-stamp">if let Some(drawing) = drawing { { icon(drawing) } }{ word }</span>
        </li>
    }
}
