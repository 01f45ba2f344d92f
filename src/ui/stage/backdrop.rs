//! Land and water, drawn like a harbour chart. Nothing on it moves or means more than where things stand.

use super::geometry::{Scene, Shape};
use crate::ui::markup::{each, filled, markup};
use yew::Html;

/// The chart behind everything.
pub fn backdrop(scene: &Scene) -> Html {
    let (shape, (w, h), far) = (scene.shape, scene.size, scene.far());
    let coasts = match shape {
        Shape::Wide => [east_coast(h, 0.0), singapore(w, h, 0.0)],
        Shape::Narrow => [east_coast_narrow(w, far, 0.0), singapore_narrow(w, h, far, 0.0)],
    };
    let shallows = [10.0, 22.0, 38.0].map(|depth| match shape {
        Shape::Wide => [east_coast(h, depth), singapore(w, h, depth)],
        Shape::Narrow => [east_coast_narrow(w, far, depth), singapore_narrow(w, h, far, depth)],
    });
    let (east, ocean, far) = match shape {
        Shape::Wide => ((16.0, 26.0, "start"), (650.0, h - 34.0, "middle"), (w - 16.0, 26.0, "end")),
        Shape::Narrow => ((12.0, 22.0, "start"), (14.0, far - 64.0, "start"), (12.0, far - 10.0, "start")),
    };
    let title = |(x, y, anchor): (f64, f64, &'static str), class: &'static str, text: &'static str| {
        markup! { "<text x=" {x} " y=" {y} " text-anchor=" {anchor} " class=" {class} ">" {text} "</text>" }
    };
    markup! {
        "<g class='chart'>
            <rect class='chart-water' width=" {w} " height=" {h} "/>"
            {each(&shallows, |[one, other]| markup! { "<path class='chart-depth' d='" {one.clone()} {other.clone()} "'/>" })}
            {each(&coasts, |path| markup! { "<path class='chart-land' d=" {path.clone()} "/>" })}
            {title(east, "chart-region", "East Coast")}
            {title(ocean, "chart-ocean", "ocean")}
            {title(far, "chart-region", "Singapore")}
        "</g>"
    }
}

/// The land at the left, its coast moved seawards by `out`.
fn east_coast(h: f64, out: f64) -> String {
    let x = |at: f64| at + out;
    filled(
        "M-2 -2H#C# # # # # #S# # # #V#H-2Z",
        &[
            x(566.0),
            x(596.0),
            h * 0.14,
            x(548.0),
            h * 0.26,
            x(566.0),
            h * 0.44,
            x(592.0),
            h * 0.78,
            x(558.0),
            h + 2.0,
            h + 2.0,
        ],
    )
}

/// The land at the right, its coast moved seawards by `out`.
fn singapore(w: f64, h: f64, out: f64) -> String {
    let x = |at: f64| at - out;
    filled(
        "M# -2H#C# # # # # #S# # # #H#Z",
        &[
            w + 2.0,
            x(752.0),
            x(716.0),
            h * 0.18,
            x(742.0),
            h * 0.34,
            x(734.0),
            h * 0.52,
            x(724.0),
            h * 0.86,
            x(756.0),
            h + 2.0,
            w + 2.0,
        ],
    )
}

/// The land above.
fn east_coast_narrow(w: f64, far: f64, out: f64) -> String {
    let y = far - 114.0 + out;
    filled(
        "M-2 -2H#V#C# # # # # #S# # -2 #Z",
        &[w + 2.0, y + 8.0, w * 0.8, y - 10.0, w * 0.66, y + 16.0, w * 0.5, y + 6.0, w * 0.16, y - 12.0, y + 6.0],
    )
}

/// The land below.
fn singapore_narrow(w: f64, h: f64, far: f64, out: f64) -> String {
    let y = far - 28.0 - out;
    filled(
        "M-2 #C# # # # # #S# # # #V#H-2Z",
        &[y + 4.0, w * 0.2, y - 12.0, w * 0.36, y + 12.0, w * 0.55, y, w * 0.9, y - 10.0, w + 2.0, y + 6.0, h + 2.0],
    )
}
