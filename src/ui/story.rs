//! What happened, in words: one plain sentence for the last step, said aloud politely, and the transcript behind it.

use crate::teaching::frame::StoryLine;
use crate::teaching::session::Intent;
use crate::ui::browser;
use crate::ui::markup::{markup, nodes_of};
use crate::ui::part::{Fingerprint, stretches};
use crate::ui::view::View;
use crate::ui::words::{clock, prose};
use std::hash::Hash;
use std::rc::Rc;
use web_sys::Element;
use yew::Html;

/// How many lines there are while time races: more than are in sight.
const LINES_RACING: usize = 32;

/// The sentence of the step. Aloud it is said when the one before has been heard out.
pub fn now(view: &View) -> Html {
    let story = &view.frame.story;
    let milestone = story.lines.last().is_some_and(|line| line.milestone).then_some(" is-milestone");
    let next = waits(view).then(|| markup! { "<p class='now-next'>Now press Play, or step on with →.</p>" });
    markup! {
        "<section class='panel now" {milestone} "' aria-labelledby='now-title'>
            <h2 id='now-title'>What just happened</h2>
            <p class='now-sentence'>" {prose(&story.sentence)} "</p>"
            {next}
            "<div class='telling' role='status'>" {telling(view)} "</div>
            <p class='visually-hidden' role='status' aria-live='polite'>" {&view.said} "</p>
        </section>"
    }
}

/// What the story says here, if one is told.
fn telling(view: &View) -> Option<Html> {
    let (title, text) = view.telling.as_ref()?;
    let next = (view.frame.step == 0)
        .then(|| markup! { "<p class='telling-next'>Step on with → or Shift →, or press Play.</p>" });
    Some(markup! {
        "<h3>" {title.unwrap_or("The script says")} "</h3><p>" {prose(text)} "</p>" {next}
    })
}

/// Something was done, and it is for the visitor to let time pass: nothing has happened yet.
pub fn waits(view: &View) -> bool {
    let transport = view.transport;
    transport.step > 0
        && transport.end.0 == 0
        && view.telling.is_none()
        && !transport.playing
        && view.sheet.as_ref().is_none_or(|sheet| !sheet.is_open())
}

/// The transcript; each line leads to its moment.
pub fn transcript(view: &Rc<View>) -> Html {
    let lines = &view.frame.story.lines;
    let empty = lines.is_empty().then(|| markup! { "<p class='empty'>Nothing has happened yet.</p>" });
    markup! {
        "<section class='panel transcript' aria-labelledby='transcript-title'>
            <div class='panel-head'><h2 id='transcript-title'>Transcript</h2><p>a line leads to its moment</p></div>
            <ol class='lines' tabindex='0' aria-labelledby='transcript-title'>"
                {told(view)}
            "</ol>"
            {empty}
        "</section>"
    }
}

/// The lines that are drawn: all, or what is in sight while time races.
fn drawn(view: &View) -> &[StoryLine] {
    let lines = &view.frame.story.lines;
    &lines[if view.races { lines.len().saturating_sub(LINES_RACING) } else { 0 }..]
}

/// The lines. What was told stays as it is.
fn told(view: &Rc<View>) -> Html {
    let lines = drawn(view);
    let tells = |place: usize, told: &mut Fingerprint| lines[place].hash(told);
    stretches(view, (0, u64::MAX), lines.len(), &|place| lines[place].step, &tells, |view, _, which| {
        let lines = drawn(view);
        let number = |place: usize| lines[..place].iter().rev().take_while(|it| it.step == lines[place].step).count();
        nodes_of(which.map(|place| line(view, number(place), &lines[place])).collect())
    })
}

/// One line; its number is the one among those of its step.
fn line(view: &View, number: usize, line: &StoryLine) -> Html {
    let milestone = line.milestone.then_some(" is-milestone");
    let place = line.place.map_or_else(|| "world".to_owned(), |place| place.to_string());
    markup! {
        "<li key='" {line.step} "-" {number} "' class='line" {milestone} "'>
            <button type='button' onclick=" {view.click(Intent::Seek(line.step))} ">
                <span class='line-at'>" {clock(line.at)} "</span>
                <span class='line-place'>" {place} "</span>
                <span class='line-text'>" {&line.text} "</span>
            </button>
        </li>"
    }
}

/// Scrolls to the newest line.
pub fn follow() {
    if let Some(lines) = browser::find::<Element>(".lines") {
        lines.set_scroll_top(lines.scroll_height());
    }
}
