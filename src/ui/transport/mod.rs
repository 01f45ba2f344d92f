//! Time is the learner's: play, pause, one event on or back, on to the next milestone, any moment on the scrubber.

mod scrubber;

use crate::teaching::session::Mark;
use crate::teaching::session::{Intent, Transport};
use crate::ui::ask::{Dispatch, use_dispatch};
use crate::ui::icon::{Icon, icon};
use crate::ui::same::Same;
use crate::ui::words::clock;
use scrubber::Scrubber;
use yew::prelude::*;

/// The speeds: simulated time per thousand units of real time, and how they are called.
const SPEEDS: [(u32, &str, &str); 8] = [
    (1, "1/1000", "1 ms takes 1 s"),
    (2, "1/500", "1 ms takes 0.5 s"),
    (5, "1/200", "1 ms takes 0.2 s"),
    (10, "1/100", "1 ms takes 0.1 s"),
    (50, "1/20", "1 ms takes 0.02 s"),
    (100, "1/10", "10 ms take 0.1 s"),
    (1000, "1×", "as fast as it would be"),
    (10_000, "10×", "ten times as fast"),
];

/// What the transport shows.
#[derive(Clone, PartialEq, Properties)]
pub struct TransportProps {
    /// Where it stands.
    pub transport: Transport,
    /// What is marked on the scrubber.
    pub marks: Same<[Mark]>,
}

/// The bar that is always at the foot of the window.
#[component]
pub fn TransportBar(props: &TransportProps) -> Html {
    let dispatch = use_dispatch();
    let transport = props.transport;
    html! {
        <section class="transport" aria-label="Time">
            { buttons(&dispatch, transport.playing, transport.step > 0) }
            <Scrubber now={transport.now} end={transport.end} marks={props.marks.clone()} />
            <div class="clock" role="timer" aria-label="clock">
                <b>{ clock(transport.now) }</b><span>{ format!("step {} of {}", transport.step, transport.last_step.max(transport.step)) }</span>
            </div>
            { speeds(&dispatch, transport.speed) }
        </section>
    }
}

/// The buttons.
fn buttons(dispatch: &Dispatch, playing: bool, can_go_back: bool) -> Html {
    let button = |intent: Intent, drawing: Icon, says: &'static str, hint: &'static str, disabled: bool| {
        html! {
            <button type="button" class="tool" onclick={dispatch.click(intent)} title={hint} aria-label={says} {disabled}>
                { icon(drawing) }
            </button>
        }
    };
    let (intent, drawing, word) =
        if playing { (Intent::Pause, Icon::Pause, "Pause") } else { (Intent::Play, Icon::Play, "Play") };
    html! {
        <div class="transport-buttons">
            { button(Intent::Seek(0), Icon::Start, "To the start", "To the start", !can_go_back) }
            { button(Intent::StepBack, Icon::StepBack, "Step back", "One event back (←)", !can_go_back) }
            <button type="button" class="play" onclick={dispatch.click(intent)} title="Space">{ icon(drawing) }<span>{ word }</span></button>
            <button type="button" class="tool tool-wide" onclick={dispatch.click(Intent::Step)} title="One event on (→)">
                { icon(Icon::Step) }<span>{ "Step" }</span>
            </button>
            { button(Intent::StepMilestone, Icon::Milestone, "Next milestone", "On to the next milestone (Shift →)", false) }
        </div>
    }
}

/// The choice of speed.
fn speeds(dispatch: &Dispatch, current: u32) -> Html {
    let intent = dispatch.intent.clone();
    let says = SPEEDS.into_iter().find(|(speed, ..)| *speed == current).map_or("", |(.., says)| says);
    let onchange = Callback::from(move |event: Event| {
        let chosen =
            event.target_dyn_into::<web_sys::HtmlSelectElement>().and_then(|select| select.value().parse().ok());
        if let Some(speed) = chosen {
            intent.emit(Intent::Speed(speed));
        }
    });
    html! {
        <label class="speed">
            <span class="visually-hidden">{ "Speed" }</span>
            <select {onchange}>
                { for SPEEDS.into_iter().map(|(speed, name, _)| html! {
                    <option key={speed} value={speed.to_string()} selected={speed == current}>{ name }</option>
                }) }
            </select>
            <span class="speed-says">{ says }</span>
        </label>
    }
}
