//! Time is the learner's: play, pause, one event on or back, on to the next milestone, any moment on the scrubber.

mod scrubber;

use crate::teaching::session::Intent;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{each, markup, truth};
use crate::ui::part::{part, same};
use crate::ui::promises::strip;
use crate::ui::view::View;
use crate::ui::words::clock;
use scrubber::scrubber;
pub use scrubber::{show_time, tick};
use std::rc::Rc;
use yew::Html;

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

/// The bar that is always at the foot of the window.
pub fn transport_bar(view: &Rc<View>) -> Html {
    let transport = view.transport;
    let can_go_back = transport.step > 0;
    markup! {
        "<section class='transport' aria-label='Time'>"
            {part(view, &[same(&view.frame.story), same(&view.frame.requests)], |view| strip(view))}
            {part(view, &[transport.playing.into(), can_go_back.into()], |view| buttons(view))}
            {scrubber(view)}
            "<div class='clock' role='timer' aria-label='clock'>
                <b>" {clock(transport.now)} "</b>
                <span>step " {transport.step} " of " {transport.last_step.max(transport.step)} "</span>
            </div>"
            {part(view, &[transport.speed.into()], |view| speeds(view))}
        "</section>"
    }
}

/// The buttons.
fn buttons(view: &View) -> Html {
    let button = |intent: Intent, drawing: Icon, says: &'static str, hint: &'static str, disabled: bool| {
        markup! {
            "<button type='button' class='tool' onclick=" {view.click(intent)} " title=" {hint} " aria-label=" {says} " aria-disabled=" {truth(disabled)} ">"
                {icon(drawing)}
            "</button>"
        }
    };
    let at_start = view.transport.step == 0;
    let (intent, drawing, word) =
        if view.transport.playing { (Intent::Pause, Icon::Pause, "Pause") } else { (Intent::Play, Icon::Play, "Play") };
    markup! {
        "<div class='transport-buttons'>"
            {button(Intent::Seek(0), Icon::Start, "To the start", "To the start", at_start)}
            {button(Intent::StepBack, Icon::StepBack, "Step back", "One event back (←)", at_start)}
            "<button type='button' class='play' onclick=" {view.click(intent)} " title='Space'>" {icon(drawing)} "<span>" {word} "</span></button>
            <button type='button' class='tool tool-wide' onclick=" {view.click(Intent::Step)} " title='One event on (→)'>"
                {icon(Icon::Step)} "<span>Step</span>
            </button>"
            {button(Intent::StepMilestone, Icon::Milestone, "Next milestone", "On to the next milestone (Shift →)", false)}
        "</div>"
    }
}

/// The choice of speed.
fn speeds(view: &View) -> Html {
    let current = view.transport.speed;
    let says = SPEEDS.iter().find(|(speed, ..)| *speed == current).map(|(.., says)| *says);
    // A lesson shows each stretch of a run in the same few seconds.
    let other = says.is_none().then(|| markup! { "<option value='' selected='selected'>lesson</option>" });
    let onchange = view.input(|chosen| chosen.parse().ok().map(|speed| Intent::Speed(speed).into()));
    let option = |(speed, name, _): &(u32, &'static str, &str)| {
        markup! { "<option value=" {*speed} " selected=" {*speed == current} ">" {*name} "</option>" }
    };
    markup! {
        "<label class='speed'>
            <span class='visually-hidden'>Speed</span>
            <select onchange=" {onchange} ">" {other} {each(&SPEEDS, option)} "</select>
            <span class='speed-says'>" {says.unwrap_or("as the lesson goes")} "</span>
        </label>"
    }
}
