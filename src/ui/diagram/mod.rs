//! The run over time, which is also a scrubber: the core's drawing, a slider that lies over it unseen, and the fog that
//! covers what has not happened yet. A message that someone points at is named.

mod fog;
mod plot;

use crate::simulation::Micros;
use crate::teaching::diagram::{Diagram, Layout, Sheet, Voyage, Zoom, file};
use crate::teaching::session::Session;
use crate::ui::browser;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{each, markup, truth};
use crate::ui::msg::Msg;
use crate::ui::part::{part, same};
use crate::ui::view::View;
use crate::ui::vocabulary;
use crate::ui::words::clock;
pub use fog::Fog;
use std::rc::Rc;
use yew::Html;

/// How much is shown until somebody chooses otherwise.
pub const ZOOM: Zoom = Zoom::Span(Micros::from_millis(25));

/// From which speed on it is not drawn at every event, and how long it rests then.
const FAST: u32 = 100;
const REST_MS: f64 = 150.0;

/// The choice of how much is shown.
const ZOOMS: [(Zoom, &str); 5] = [
    (Zoom::Span(Micros::from_millis(10)), "10 ms"),
    (ZOOM, "25 ms"),
    (Zoom::Span(Micros::from_millis(150)), "150 ms"),
    (Zoom::Span(Micros::from_secs(1)), "1 s"),
    (Zoom::All, "all"),
];

/// What is drawn of the run, and where everything stands in it.
#[derive(Debug)]
pub struct Drawn {
    /// What is drawn.
    pub diagram: Rc<Diagram>,
    /// Where.
    pub sheet: Sheet,
}

/// The run over time, as the page remembers it.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What is drawn of it; nothing while it is folded away.
    pub drawn: Option<Rc<Drawn>>,
    /// It is to be folded away.
    pub folded: bool,
    /// How much of it is to be seen.
    pub zoom: Zoom,
    /// The message that someone points at, by its place among those that are drawn.
    pub pointed: Option<usize>,
    /// When it was drawn last.
    drawn_ms: f64,
}

impl Chart {
    /// A run as it begins.
    pub fn new(session: &mut Session, narrow: bool) -> Self {
        let mut chart = Self { drawn: None, folded: false, zoom: ZOOM, pointed: None, drawn_ms: 0.0 };
        chart.redraw(session, narrow);
        chart
    }

    /// Draws the run, unless it looks as before.
    pub fn redraw(&mut self, session: &mut Session, narrow: bool) {
        if self.folded {
            (self.drawn, self.pointed) = (None, None);
            return;
        }
        // What runs so fast that something happens all the time, nobody reads event by event.
        let (transport, now_ms) = (session.transport(), js_sys::Date::now());
        if transport.playing && transport.speed > FAST && (now_ms - self.drawn_ms).abs() < REST_MS {
            return;
        }
        self.drawn_ms = now_ms;
        let layout = if narrow { Layout::NARROW } else { Layout::WIDE };
        let diagram = session.draw(self.zoom);
        if self.drawn.as_ref().is_some_and(|it| Rc::ptr_eq(&it.diagram, &diagram) && it.sheet.layout == layout) {
            return;
        }
        let before = self.pointed_at().cloned();
        self.drawn = Some(Rc::new(Drawn { sheet: Sheet::new(&diagram, layout), diagram }));
        if self.pointed_at().map(Voyage::sent) != before.as_ref().map(Voyage::sent) {
            self.pointed = None;
        }
    }

    /// The message that someone points at.
    pub fn pointed_at(&self) -> Option<&Voyage> {
        self.drawn.as_ref()?.diagram.voyages.get(self.pointed?)
    }

    /// Tells one look at it from another.
    fn look(&self) -> [u64; 2] {
        [self.drawn.as_ref().map_or(0, same), self.pointed.map_or(0, |place| place as u64 + 1)]
    }
}

/// Hands the drawing over as a file.
pub fn save(session: &mut Session, zoom: Zoom) {
    let diagram = session.draw(zoom);
    let transport = session.transport();
    let text = file(&diagram, transport.now, transport.end, vocabulary::chosen());
    browser::save("harbor-point.svg", "image/svg+xml", &text);
}

/// The panel.
pub fn panel(view: &Rc<View>) -> Html {
    let open = view.chart.drawn.is_some();
    let fold = view.click(Msg::Unfold(!open));
    markup! {
        "<section class='panel timeline' aria-labelledby='timeline-title'>
            <div class='panel-head'>
                <h2 id='timeline-title'>
                    <button type='button' class='fold' aria-expanded=" {truth(open)} " onclick=" {fold} ">Timeline</button>
                </h2>"
                {part(view, &view.chart.look(), |view| readout(view))}
                {open.then(|| part(view, &[zoom_number(view)], |view| tools(view)))}
            "</div>"
            {open.then(|| plot::plot(view))}
        "</section>"
    }
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
