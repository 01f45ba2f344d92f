//! What is inside of the timeline's frame: part of the second module.

use super::plot::plot;
use super::{Chart, Drawn, ZOOM};
use crate::simulation::Micros;
use crate::teaching::diagram::{Layout, Sheet, Voyage, Zoom, file};
use crate::teaching::session::Session;
use crate::ui::browser;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{each, markup, truth};
use crate::ui::msg::Msg;
use crate::ui::part::part;
use crate::ui::view::View;
use crate::ui::vocabulary;
use crate::ui::words::clock;
use std::rc::Rc;
use yew::Html;

/// From which speed on it is not drawn at every event, and how long it rests then.
const FAST: u32 = 100;
const REST_MS: f64 = 150.0;

/// How long it rests for each thing in it: the more there is, the longer it takes to draw, and to be read.
const REST_EACH_MS: f64 = 2.0;

/// The choice of how much is shown.
const ZOOMS: [(Zoom, &str); 5] = [
    (Zoom::Span(Micros::from_millis(10)), "10 ms"),
    (ZOOM, "25 ms"),
    (Zoom::Span(Micros::from_millis(150)), "150 ms"),
    (Zoom::Span(Micros::from_secs(1)), "1 s"),
    (Zoom::All, "all"),
];

/// Draws the run, unless it looks as before.
pub fn draw(chart: &mut Chart, session: &mut Session, narrow: bool) {
    let look = &mut chart.look;
    if chart.folded {
        (look.drawn, look.pointed) = (None, None);
        return;
    }
    // What runs so fast that something happens all the time, nobody reads event by event.
    let (transport, now_ms) = (session.transport(), js_sys::Date::now());
    let things = look.drawn.as_ref().map_or(0, |it| it.diagram.voyages.len() + it.diagram.marks.len());
    let rest_ms = if transport.speed > FAST { REST_MS } else { 0.0 }.max(things as f64 * REST_EACH_MS);
    if transport.playing && (now_ms - chart.drawn_ms).abs() < rest_ms {
        return;
    }
    chart.drawn_ms = now_ms;
    let layout = if narrow { Layout::NARROW } else { Layout::WIDE };
    let diagram = session.draw(look.zoom);
    if look.drawn.as_ref().is_some_and(|it| Rc::ptr_eq(&it.diagram, &diagram) && it.sheet.layout == layout) {
        return;
    }
    let before = look.pointed_at().map(Voyage::sent);
    look.drawn = Some(Rc::new(Drawn { sheet: Sheet::new(&diagram, layout), diagram }));
    if look.pointed_at().map(Voyage::sent) != before {
        look.pointed = None;
    }
}

/// Hands the drawing over as a file.
pub fn save(chart: &Chart, session: &mut Session) {
    let (diagram, transport) = (session.draw(chart.look.zoom), session.transport());
    let text = file(&diagram, transport.now, transport.end, vocabulary::chosen());
    browser::save("harbor-point.svg", "image/svg+xml", &text);
}

/// What stands in the panel's head, and the drawing.
pub fn inside(view: &Rc<View>) -> [Html; 2] {
    let readout = part(view, &view.chart.key(), |view| readout(view));
    let tools = part(view, &[zoom_number(view)], |view| tools(view));
    [markup! { {readout} {tools} "" }, plot(view)]
}

fn zoom_number(view: &View) -> u64 {
    match view.chart.zoom {
        Zoom::Span(span) => span.0,
        Zoom::All => 0,
    }
}

/// How much is shown, and the way to keep it.
fn tools(view: &View) -> Html {
    let choice = |(zoom, name): &(Zoom, &'static str)| {
        let pressed = truth(*zoom == view.chart.zoom);
        markup! {
            "<button type='button' class='zoom' aria-pressed=" {pressed} " onclick=" {view.click(Msg::Zoom(*zoom))} ">" {*name} "</button>"
        }
    };
    markup! {
        "<div class='zooms' role='group' aria-label='How much time is shown'>" {each(&ZOOMS, choice)} "</div>
        <button type='button' class='zoom' onclick=" {view.click(Msg::SaveDiagram)} ">" {icon(Icon::Save)} "Save as SVG</button>"
    }
}

/// The message that someone points at, or how to.
fn readout(view: &View) -> Html {
    let left_out = view.chart.drawn.as_ref().map_or(0, |drawn| drawn.diagram.left_out);
    let says = match view.chart.pointed_at() {
        Some(voyage) => told(voyage),
        None if left_out > 0 => format!("+{left_out} more messages: choose a shorter time to see them"),
        None => "drag; point at a message, or choose one with ↑ ↓ Enter".to_owned(),
    };
    markup! { "<p class='readout'>" {says} "</p>" }
}

/// A message in words.
pub fn told(voyage: &Voyage) -> String {
    let (label, from, to, sent) = (&voyage.label, voyage.from, voyage.to, clock(voyage.sent_at));
    let end = match voyage.end {
        None => "under way".to_owned(),
        Some(end) => match end.lost {
            None => format!("arrived {}", clock(end.at)),
            Some(because) => format!("lost {}: {because}", clock(end.at)),
        },
    };
    format!("{label}, {from} to {to}: sent {sent}, {end}")
}
