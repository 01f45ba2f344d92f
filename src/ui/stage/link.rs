//! A link between two nodes: a lane for each direction, broken where nothing passes, and its latency on a tag.

use super::connections::Connection;
use super::route::{Route, Spot};
use crate::simulation::LinkQuality;
use crate::teaching::frame::LinkView;
use crate::ui::markup::markup;
use crate::ui::msg::Dialog;
use crate::ui::view::View;
use crate::ui::words::span;
use yew::Html;

/// Its lanes. They lie beneath every tag.
pub fn lanes(view: &View, place: usize) -> Html {
    let link = &view.frame.links[place];
    let Some(Connection { route, .. }) = view.scene.link(link.a, link.b) else { return Html::default() };
    let forth = lane(route, link.forth.open);
    markup! { "<g>" {forth} {lane(&route.clone().reversed(), link.back.open)} "</g>" }
}

/// What of it can be clicked.
pub fn link(view: &View, place: usize) -> Html {
    let link = &view.frame.links[place];
    let (a, b) = (link.a, link.b);
    let Some(Connection { route, tag, .. }) = view.scene.link(a, b) else { return Html::default() };
    let open = view.opens(move |anchor| Dialog::Link(a, b, anchor));
    let (says, state) = link_says(link);
    let width = 9.0 + 7.6 * says.chars().count() as f64;
    let x = tag.x.min(view.scene.size.0 - width / 2.0 - 1.0);
    markup! {
        "<g class='link " {state} "' role='button' tabindex='0' aria-haspopup='dialog'
            aria-label='Link " {a} " to " {b} ": " {link_words(link)} "' onclick=" {open.clone()} " onkeydown=" {open} ">
            <path class='link-touch' d=" {route.middle_path()} "/>
            <g class='link-tag' transform='translate(" {x} " " {tag.y} ")'>
                <rect x=" {-width / 2.0} " y='-11' width=" {width} " height='22' rx='11'/>
                <text text-anchor='middle' y='4.5'>" {says} "</text>
            </g>
        </g>"
    }
}

/// One direction.
fn lane(route: &Route, open: bool) -> Html {
    let path = route.lane_path();
    if open {
        return markup! { "<path class='lane' d=" {path} "/>" };
    }
    markup! { "<g><path class='lane is-cut' d=" {path} "/>" {cross(route.at(0.24))} {cross(route.at(0.76))} "</g>" }
}

/// Nothing passes here.
pub fn cross(spot: Spot) -> Html {
    markup! {
        "<path class='lane-cross' d='M-5 -5L5 5M5 -5L-5 5' transform='translate(" {spot.at.x} " " {spot.at.y} ")'/>"
    }
}

/// The tag in the middle, and the class that goes with it.
fn link_says(link: &LinkView) -> (String, &'static str) {
    match (link.forth.open, link.back.open) {
        (true, true) => (span(link.forth.latency), "is-open"),
        (false, false) => ("cut".to_owned(), "is-cut"),
        _ => ("cut one way".to_owned(), "is-cut"),
    }
}

/// The link in words.
fn link_words(link: &LinkView) -> String {
    let way = |way: &LinkQuality| if way.open { format!("open, {}", span(way.latency)) } else { "cut".to_owned() };
    if link.forth == link.back {
        return way(&link.forth);
    }
    format!("{} to {} {}; back {}", link.a, link.b, way(&link.forth), way(&link.back))
}
