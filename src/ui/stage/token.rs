//! The messages on their way: a shape for each kind, its name beside it, placed by the clock alone. They lie on a layer of
//! their own above the stage. While time runs they are the style's animations, which the browser moves without the page:
//! nothing is laid out or painted for them.

use super::geometry::Scene;
use super::labels::{Beside, Labels};
use super::route::{Leg, Point, Route, Spot};
use crate::simulation::Micros;
use crate::teaching::frame::{Carried, Flight, FlightKind};
use crate::teaching::session::DEFAULT_SPEED;
use crate::ui::browser;
use crate::ui::markup::{filled, markup, nodes_of, units};
use crate::ui::msg::{Anchor, Dialog, Msg};
use crate::ui::view::View;
use crate::ui::words::{about, kind_class};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, Element, HtmlElement};
use yew::Html;

/// So many messages of one kind on one way are named one by one. Of more, one says how many they are.
const NAMED: usize = 4;

/// About so many of them are drawn, whatever their number: a sample that stays the same while they are under way.
const DRAWN: usize = 10;

/// While time runs, a name suits its place so many milliseconds later, too.
const SOON_MS: u64 = 250;

/// While time races, a way that takes fewer milliseconds is over before anyone has seen it: one message stands for all of
/// its kind, in the middle, and says how many they are.
const SWIFT_MS: f64 = 300.0;

/// Whether a message's way is over too soon to be watched at a speed.
fn is_swift(flight: &Flight, speed: Option<u32>) -> bool {
    speed.is_some_and(|speed| speed > DEFAULT_SPEED && whole(flight) / f64::from(speed) < SWIFT_MS)
}

/// How many messages of one kind there are on one way.
fn company(flights: &[Flight]) -> Vec<(&Flight, usize)> {
    let mut kinds: Vec<(&Flight, usize)> = Vec::new();
    for flight in flights {
        match kinds.iter_mut().find(|(other, _)| is_of(other, flight)) {
            Some((_, count)) => *count += 1,
            None => kinds.push((flight, 1)),
        }
    }
    kinds
}

fn is_of(one: &Flight, other: &Flight) -> bool {
    (one.from, one.to, one.kind) == (other.from, other.to, other.kind)
}

/// The messages that are drawn at a speed, the ways that they take, and how many there are of each kind on its way.
fn on_their_way<'a>(
    scene: &'a Scene,
    flights: &'a [Flight],
    speed: Option<u32>,
) -> impl Iterator<Item = (&'a Flight, Route, usize)> {
    let kinds = company(flights);
    flights.iter().filter_map(move |flight| {
        let (first, count) = kinds.iter().find(|(other, _)| is_of(other, flight))?;
        if is_swift(flight, speed) {
            let stands = first.id == flight.id;
            return Some((flight, stands.then(|| scene.route(flight.from, flight.to)).flatten()?, *count));
        }
        // One of two, four, eight …, told by its number, so that fewer are always among more.
        let one_of = (count / DRAWN).next_power_of_two() as u64;
        let number = flight.id.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let drawn = *count <= DRAWN || number.is_multiple_of(one_of);
        Some((flight, drawn.then(|| scene.route(flight.from, flight.to)).flatten()?, *count))
    })
}

/// Every message on its way. Where it is, its [`Motion`] says.
pub fn tokens(view: &View) -> Html {
    let mut labels = Labels::new(&view.scene, view.classroom);
    let transport = view.transport;
    let soon = Micros(if transport.playing { SOON_MS * u64::from(transport.speed) } else { 0 });
    let speed = transport.playing.then_some(transport.speed);
    let way = |flight: &Flight| done(flight, transport.now, speed);
    let drawn: Vec<_> = on_their_way(&view.scene, &view.frame.flights, speed).collect();
    drawn.iter().for_each(|(flight, route, _)| labels.token(route.at(way(flight)).at));
    let tokens = drawn.iter().map(|(flight, route, count)| {
        let done = way(flight);
        let swift = is_swift(flight, speed);
        let crowded = *count > if swift { 1 } else { NAMED };
        // Of a crowd, the one speaks that is nearest the middle of the way.
        let nearer = |other: &Flight| (way(other) - 0.5).abs() < (done - 0.5).abs();
        let silent = crowded && drawn.iter().any(|(other, ..)| is_of(other, flight) && nearer(other));
        let Spot { at, side } = route.at(done);
        // A heartbeat, or news of a commit, keeps inside of its lane: it would hide the entries that it runs after.
        let inside = if flight.kind == FlightKind::Heartbeat { route.beside(done, 0.7).at } else { at };
        let label = if crowded { format!("{count} {}", several(flight.kind)).into() } else { Rc::clone(&flight.label) };
        // What comes and goes at rest is named only when it is asked for.
        let routine = matches!(&*flight.label, "heartbeat" | "ack");
        let name = (!silent).then(|| {
            let then = if swift { at } else { route.at(fraction(flight, transport.now + soon)).at };
            let (way, letters) = (&[at, then][..if then == at { 1 } else { 2 }], label.chars().count());
            let place = if routine { Labels::routine(side) } else { labels.place(way, side, letters) };
            (name(&label, place), place.hidden)
        });
        let shy = (routine || name.as_ref().is_some_and(|(_, hidden)| *hidden)).then_some(" is-shy");
        let Carried { entries, request } = flight.carries(&view.frame.grid);
        markup! {
            "<div key=" {flight.id} " class='token " {kind_class(flight.kind)} {shy} "'>
                <svg viewBox='-12 -12 24 24' data-flight=" {flight.id} " data-entry=" {about(&entries, request)} ">"
                    {name.map(|(name, _)| name)}
                    "<g transform='translate(" {inside.x - at.x} " " {inside.y - at.y} ")'>" {shape(flight.kind)} "</g>
                </svg>
            </div>"
        }
    });
    let tokens = tokens.collect();
    let opens = view.on(|event| {
        let element = event.target()?.dyn_into::<Element>().ok()?.closest("[data-flight]").ok()??;
        let id = element.get_attribute("data-flight")?.parse().ok()?;
        // A token has no focus to return to: its place among the messages has.
        browser::focus_in_place(".messages");
        Some(Msg::Show(Dialog::Message(id, Anchor::of(event))))
    });
    markup! { "<div class='tokens' aria-hidden='true' onclick=" {opens} ">" {nodes_of(tokens)} "</div>" }
}

/// How tokens move: by themselves, so that a moving token costs the page nothing, or not at all while time stands.
#[derive(Debug, Default)]
pub struct Motion {
    speed: Option<u32>,
    again: bool,
}

impl Motion {
    /// Time has leapt: tokens on their way are to be put where it is now.
    pub fn leap(&mut self) {
        self.again = !self.again;
    }

    /// Puts every token that is drawn where the clock has it. At a `speed` it goes on from there; one that is on its
    /// way already is left alone, unless time has leapt. The page may not have drawn the latest of them yet, and may
    /// still show some that have arrived: both are passed over.
    pub fn place(&mut self, scene: &Scene, flights: &[Flight], now: Micros, speed: Option<u32>) {
        if self.speed != speed {
            self.speed = speed;
            self.leap();
        }
        let Some(layer) = browser::find::<Element>(".tokens") else { return };
        let mut next = layer.first_element_child();
        for (flight, route, _) in on_their_way(scene, flights, speed) {
            // Both are in the order of their numbers.
            while let Some(token) = next.take_if(|token| number(token) < Some(flight.id)) {
                next = token.next_element_sibling();
            }
            let Some(token) = next.take_if(|token| number(token) == Some(flight.id)) else { continue };
            if let Some(token) = token.dyn_ref::<HtmlElement>() {
                let moves = !is_swift(flight, speed);
                self.set(&token.style(), scene, &route.leg(done(flight, now, speed)), moves.then(|| whole(flight)));
            }
            next = token.next_element_sibling();
        }
    }

    /// One token: its style names the leg that it is on, and how long that takes; nothing if it stands.
    #[allow(clippy::cast_possible_truncation)]
    fn set(&self, style: &CssStyleDeclaration, scene: &Scene, leg: &Leg, whole: Option<f64>) {
        let share = |part: f64, of: f64| units(part / of * 1e3);
        let (w, h) = scene.size;
        let at = |point: Point| format!("calc({}%/10),calc({}%/10)", share(point.x, w), share(point.y, h));
        let (Some(speed), Some(whole)) = (self.speed, whole) else {
            style.set_css_text(&format!("transform:translate({})", at(leg.at)));
            return;
        };
        let name = if self.again == leg.number.is_multiple_of(2) { "leg" } else { "next-leg" };
        if style.get_property_value("animation-name").as_deref() != Ok(name) {
            let millis = |share: f64| (share * whole / f64::from(speed)) as i32;
            let (takes, gone) = (millis(leg.until - leg.from), millis(leg.done - leg.from));
            style.set_css_text(&format!(
                "--from:{};--to:{};animation:{name} {takes}ms linear -{gone}ms both",
                at(leg.start),
                at(leg.end)
            ));
        }
    }
}

/// Which message a token stands for.
fn number(token: &Element) -> Option<u64> {
    token.first_element_child()?.get_attribute("data-flight")?.parse().ok()
}

/// How long a message is on its way, in microseconds.
#[allow(clippy::cast_precision_loss)]
fn whole(flight: &Flight) -> f64 {
    flight.due_at.since(flight.sent_at).0.max(1) as f64
}

/// Where on its way a message is shown at a speed.
fn done(flight: &Flight, now: Micros, speed: Option<u32>) -> f64 {
    match (is_swift(flight, speed), flight.kind) {
        (false, _) => fraction(flight, now),
        (true, FlightKind::Heartbeat) => 0.25,
        // Both take the same line, each from its end.
        (true, FlightKind::Request | FlightKind::Answer) => 0.35,
        (true, _) => 0.5,
    }
}

/// How much of its way a message has made.
#[allow(clippy::cast_precision_loss)]
fn fraction(flight: &Flight, now: Micros) -> f64 {
    (now.since(flight.sent_at).0 as f64 / whole(flight)).min(1.0)
}

/// The name beside the token.
fn name(label: &Rc<str>, Beside { offset: Point { x, y }, turned, apart, .. }: Beside) -> Html {
    let lead = apart.then(|| markup! { "<path class='token-lead' d=" {filled("M0 0L# #", &[x, y])} "/>" });
    let turn = turned.then(|| filled("rotate(-90 # #)", &[x, y]));
    markup! {
        {lead}
        "<text class='token-name' x=" {x} " y=" {y} " dy='.35em' text-anchor='middle' transform=" {turn} ">" {label} "</text>"
    }
}

/// What several of a kind are called.
fn several(kind: FlightKind) -> &'static str {
    match kind {
        FlightKind::Request => "asked",
        FlightKind::Answer => "answers",
        FlightKind::Append => "appends",
        FlightKind::Heartbeat => "heartbeats",
        FlightKind::Acknowledge => "acknowledgements",
        FlightKind::Reject => "rejections",
        FlightKind::Term => "terms",
        FlightKind::Control => "orders and reports",
    }
}

/// A kind's token by itself, beside a word.
pub fn token_drawing(kind: FlightKind) -> Html {
    markup! { "<svg class='token-drawing " {kind_class(kind)} "' viewBox='-12 -12 24 24' aria-hidden='true'>" {shape(kind)} "</svg>" }
}

/// The shape of a kind.
fn shape(kind: FlightKind) -> Html {
    let mark = match kind {
        FlightKind::Acknowledge => Some("M-4 .5L-1 3.5L4.5 -3"),
        FlightKind::Reject => Some("M-3 -3L3 3M3 -3L-3 3"),
        _ => None,
    };
    let shape = match kind {
        FlightKind::Request => "M-9 -6.5H9V6.5H-9ZM-9 -6.5L0 1L9 -6.5",
        FlightKind::Answer => "M-10 -7H10V-3A3 3 0 0 0 10 3V7H-10V3A3 3 0 0 0 -10 -3Z",
        FlightKind::Append => "M-8 -8H8V8H-8Z",
        FlightKind::Heartbeat => "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0Z",
        FlightKind::Acknowledge => "M-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0Z",
        FlightKind::Reject => "M0 -10L10 0L0 10L-10 0Z",
        FlightKind::Term => "M-6 10V-9H9L5 -4L9 1H-6",
        FlightKind::Control => "M0 -9L9 7H-9Z",
    };
    let mark = mark.map(|mark| markup! { "<path class='token-mark' d=" {mark} "/>" });
    markup! { "<path class='token-shape' d=" {shape} "/>" {mark} }
}
