//! A link between two nodes: a lane for each direction, broken where nothing passes, and its latency in the middle.

use super::geometry::Route;
use super::units::{translate, units};
use crate::teaching::frame::{LinkDirection, LinkView};
use crate::ui::ask::{Anchor, Ask, Dialog, use_dispatch};
use crate::ui::words::span;
use yew::prelude::*;

/// A link and its way.
#[derive(Clone, PartialEq, Properties)]
pub struct LinkProps {
    /// The link.
    pub link: LinkView,
    /// From its lower to its higher end.
    pub route: Route,
}

/// A link that can be clicked.
#[component]
pub fn Link(props: &LinkProps) -> Html {
    let dispatch = use_dispatch();
    let LinkProps { link, route } = props;
    let open = {
        let (page, a, b) = (dispatch.page.clone(), link.a, link.b);
        Callback::from(move |target: Option<web_sys::Element>| {
            page.emit(Ask::Show(Dialog::Link(a, b, Anchor::at(target))))
        })
    };
    let onclick = {
        let open = open.clone();
        Callback::from(move |event: MouseEvent| open.emit(event.target_dyn_into()))
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            event.stop_propagation();
            open.emit(event.target_dyn_into());
        }
    });
    let back = props.route.clone().reversed();
    let middle = route.middle_at(0.5);
    let (says, state) = link_says(link);
    let width = 9.0 + 7.2 * says.chars().count() as f64;
    html! {
        <g class={classes!("link", state)} role="button" tabindex="0" aria-haspopup="dialog"
            aria-label={format!("Link {} to {}: {}", link.a, link.b, link_words(link))} {onclick} {onkeydown}>
            <path class="link-touch" d={route.middle_path()} />
            { lane(route, link.forth.open) }
            { lane(&back, link.back.open) }
            <g class="link-tag" transform={translate(middle.at.x, middle.at.y)}>
                <rect x={units(-width / 2.0)} y="-11" width={units(width)} height="22" rx="11" />
                <text text-anchor="middle" y="4.5">{ says }</text>
            </g>
        </g>
    }
}

/// One direction.
fn lane(route: &Route, open: bool) -> Html {
    if open {
        return html! { <path class="lane" d={route.lane_path()} /> };
    }
    let crosses = [0.24, 0.76].map(|fraction| {
        let spot = route.at(fraction);
        html! { <path class="lane-cross" d="M-5 -5L5 5M5 -5L-5 5" transform={translate(spot.at.x, spot.at.y)} /> }
    });
    html! { <g><path class="lane is-cut" d={route.lane_path()} />{ for crosses }</g> }
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
    let way = |way: &LinkDirection| if way.open { format!("open, {}", span(way.latency)) } else { "cut".to_owned() };
    if link.forth == link.back {
        return way(&link.forth);
    }
    format!("{} to {} {}; back {}", link.a, link.b, way(&link.forth), way(&link.back))
}
