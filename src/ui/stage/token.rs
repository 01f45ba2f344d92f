//! The messages on their way: a shape for each kind, its name beside it, placed by the clock alone.

use super::geometry::{Point, Scene};
use super::units::{translate, units};
use crate::simulation::{Micros, Place};
use crate::teaching::frame::{Flight, FlightKind};
use crate::ui::same::Same;
use crate::ui::words::kind_class;
use yew::prelude::*;

/// The messages and the moment.
#[derive(Clone, PartialEq, Properties)]
pub struct TokensProps {
    /// Where everything stands.
    pub scene: Same<Scene>,
    /// The messages.
    pub flights: Same<[Flight]>,
    /// The moment.
    pub now: Micros,
}

/// Every message on its way.
#[component]
pub fn Tokens(props: &TokensProps) -> Html {
    let mut lately: Vec<(Place, Place, f64, u32)> = Vec::new();
    let tokens = props.flights.iter().filter_map(|flight| {
        let route = props.scene.route(flight.from, flight.to)?;
        let done = fraction(flight, props.now);
        let crowd = lately
            .iter()
            .filter(|(from, to, at, _)| (*from, *to) == (flight.from, flight.to) && (at - done).abs() < 0.2);
        let level = crowd.map(|(.., level)| level + 1).max().unwrap_or(0);
        lately.push((flight.from, flight.to, done, level));
        let spot = route.at(done);
        Some(html! {
            <g key={flight.id} class={classes!("token", kind_class(flight.kind))}
                transform={translate(spot.at.x, spot.at.y)}>
                { shape(flight.kind) }
                { name(&flight.label, spot.side, done, level) }
            </g>
        })
    });
    html! { <g class="tokens" aria-hidden="true">{ for tokens }</g> }
}

/// How much of its way a message has made.
#[allow(clippy::cast_precision_loss)]
fn fraction(flight: &Flight, now: Micros) -> f64 {
    let whole = flight.due_at.since(flight.sent_at).0.max(1);
    (now.since(flight.sent_at).0.min(whole)) as f64 / whole as f64
}

/// The name beside the token: on its own side of the link, kept from running over what stands at the ends.
fn name(label: &str, side: Point, done: f64, level: u32) -> Html {
    let rise = f64::from(level) * 15.0;
    let (x, y, anchor) = if side.x.abs() > side.y.abs() {
        (side.x.signum() * 14.0, 4.0 + rise, if side.x > 0.0 { "start" } else { "end" })
    } else {
        let travel = if side.y > 0.0 { 1.0 } else { -1.0 };
        let slack = (0.5 - done) * 6.4 * label.chars().count() as f64 * travel;
        (slack, if side.y > 0.0 { 24.0 + rise } else { -15.0 - rise }, "middle")
    };
    html! { <text class="token-name" x={units(x)} y={units(y)} text-anchor={anchor}>{ label.to_owned() }</text> }
}

/// The shape of a kind.
pub fn shape(kind: FlightKind) -> Html {
    match kind {
        FlightKind::Request => html! { <path class="token-shape" d="M-9 -6.5H9V6.5H-9ZM-9 -6.5L0 1L9 -6.5" /> },
        FlightKind::Answer => {
            html! { <path class="token-shape" d="M-10 -7H10V-3A3 3 0 0 0 10 3V7H-10V3A3 3 0 0 0 -10 -3Z" /> }
        }
        FlightKind::Append => html! { <path class="token-shape" d="M-8 -8H8V8H-8Z" /> },
        FlightKind::Heartbeat => html! { <circle class="token-shape" r="4.5" /> },
        FlightKind::Acknowledge => {
            html! { <><circle class="token-shape" r="9" /><path class="token-mark" d="M-4 .5L-1 3.5L4.5 -3" /></> }
        }
        FlightKind::Reject => {
            html! { <><path class="token-shape" d="M0 -10L10 0L0 10L-10 0Z" /><path class="token-mark" d="M-3 -3L3 3M3 -3L-3 3" /></> }
        }
        FlightKind::Term => html! { <path class="token-shape" d="M-6 10V-9H9L5 -4L9 1H-6" /> },
        FlightKind::Control => html! { <path class="token-shape" d="M0 -9L9 7H-9Z" /> },
    }
}
