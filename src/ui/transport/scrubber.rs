//! The scrubber: any moment that has been reached, with marks where the story advanced.

use crate::simulation::Micros;
use crate::teaching::session::Intent;
use crate::teaching::session::{Mark, MarkKind};
use crate::ui::ask::use_dispatch;
use crate::ui::same::Same;
use crate::ui::words::clock;
use yew::prelude::*;

/// The moment, and how far it can go.
#[derive(Clone, PartialEq, Properties)]
pub struct ScrubberProps {
    /// The moment.
    pub now: Micros,
    /// The latest moment reached.
    pub end: Micros,
    /// What is marked.
    pub marks: Same<[Mark]>,
}

/// The scrubber.
#[component]
pub fn Scrubber(props: &ScrubberProps) -> Html {
    let dispatch = use_dispatch();
    let end = props.end.max(props.now);
    let oninput = Callback::from(move |event: InputEvent| {
        let input = event.target_dyn_into::<web_sys::HtmlInputElement>();
        if let Some(at) = input.and_then(|input| input.value().parse().ok()) {
            dispatch.intent.emit(Intent::SeekTime(Micros(at)));
        }
    });
    html! {
        <div class="scrubber">
            <Marks {end} marks={props.marks.clone()} />
            <input type="range" min="0" max={end.0.max(1).to_string()} step="1" value={props.now.0.to_string()} {oninput}
                aria-label="Moment" aria-valuetext={clock(props.now)} disabled={end.0 == 0} />
        </div>
    }
}

/// The marks and how long the track is.
#[derive(Clone, PartialEq, Properties)]
struct MarksProps {
    end: Micros,
    marks: Same<[Mark]>,
}

/// The marks above the track, in thousandths of its length.
#[component]
fn Marks(props: &MarksProps) -> Html {
    let whole = props.end.0.max(1);
    let mark = |(number, mark): (usize, &Mark)| {
        let x = mark.at.0.min(whole) * 1000 / whole;
        let class = match mark.kind {
            MarkKind::Action => "tick-action",
            MarkKind::Milestone => "tick-milestone",
            MarkKind::Promise => "tick-promise",
            MarkKind::Violation => "tick-violation",
        };
        html! { <path key={number} {class} d={format!("M{x} 0V12")} /> }
    };
    html! {
        <svg class="ticks" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">
            { for props.marks.iter().enumerate().map(mark) }
        </svg>
    }
}
