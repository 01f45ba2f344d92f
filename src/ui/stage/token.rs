//! The messages on their way: a shape for each kind, its name beside it, placed by the clock alone.

use super::geometry::Point;
use crate::simulation::{Micros, Place};
use crate::teaching::frame::{Flight, FlightKind};
use crate::ui::markup::{markup, nodes_of};
use crate::ui::view::View;
use crate::ui::words::kind_class;
use yew::Html;

/// Every message on its way.
pub fn tokens(view: &View) -> Html {
    let mut lately: Vec<(Place, Place, f64, u32)> = Vec::new();
    let mut tokens = Vec::new();
    for flight in view.frame.flights.iter() {
        let Some(route) = view.scene.route(flight.from, flight.to) else { continue };
        let done = fraction(flight, view.transport.now);
        let mut level = 0;
        for (from, to, at, taken) in &lately {
            if (*from, *to) == (flight.from, flight.to) && (at - done).abs() < 0.2 {
                level = level.max(taken + 1);
            }
        }
        lately.push((flight.from, flight.to, done, level));
        let spot = route.at(done);
        // A heartbeat, or news of a commit, keeps inside of its lane: it would hide the entries that it runs after.
        let inside = if flight.kind == FlightKind::Heartbeat { route.beside(done, 0.4).at } else { spot.at };
        tokens.push(markup! {
            "<g key=" {flight.id} " class='token " {kind_class(flight.kind)} "' transform='translate(" {spot.at.x} " " {spot.at.y} ")'>"
                "<g transform='translate(" {inside.x - spot.at.x} " " {inside.y - spot.at.y} ")'>" {shape(flight.kind)} "</g>"
                {name(flight, spot.side, done, level)}
            "</g>"
        });
    }
    markup! { "<g class='tokens' aria-hidden='true'>" {nodes_of(tokens)} "</g>" }
}

/// How much of its way a message has made.
#[allow(clippy::cast_precision_loss)]
fn fraction(flight: &Flight, now: Micros) -> f64 {
    let whole = flight.due_at.since(flight.sent_at).0.max(1);
    (now.since(flight.sent_at).0.min(whole)) as f64 / whole as f64
}

/// The name beside the token: on its own side of the link, kept from running over what stands at the ends.
fn name(flight: &Flight, side: Point, done: f64, level: u32) -> Html {
    let rise = f64::from(level) * 15.0;
    let (x, y, anchor) = if side.x.abs() > side.y.abs() {
        (side.x.signum() * 14.0, 4.0 + rise, if side.x > 0.0 { "start" } else { "end" })
    } else {
        let travel = if side.y > 0.0 { 1.0 } else { -1.0 };
        let slack = (0.5 - done) * 6.4 * flight.label.chars().count() as f64 * travel;
        (slack, if side.y > 0.0 { 24.0 + rise } else { -15.0 - rise }, "middle")
    };
    markup! { "<text class='token-name' x=" {x} " y=" {y} " text-anchor=" {anchor} ">" {&flight.label} "</text>" }
}

/// The shape of a kind.
fn shape(kind: FlightKind) -> Html {
    let (shape, mark) = match kind {
        FlightKind::Request => ("M-9 -6.5H9V6.5H-9ZM-9 -6.5L0 1L9 -6.5", ""),
        FlightKind::Answer => ("M-10 -7H10V-3A3 3 0 0 0 10 3V7H-10V3A3 3 0 0 0 -10 -3Z", ""),
        FlightKind::Append => ("M-8 -8H8V8H-8Z", ""),
        FlightKind::Heartbeat => ("M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0Z", ""),
        FlightKind::Acknowledge => ("M-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0Z", "M-4 .5L-1 3.5L4.5 -3"),
        FlightKind::Reject => ("M0 -10L10 0L0 10L-10 0Z", "M-3 -3L3 3M3 -3L-3 3"),
        FlightKind::Term => ("M-6 10V-9H9L5 -4L9 1H-6", ""),
        FlightKind::Control => ("M0 -9L9 7H-9Z", ""),
    };
    markup! { "<path class='token-shape' d=" {shape} "/><path class='token-mark' d=" {mark} "/>" }
}
