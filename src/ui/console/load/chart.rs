//! A chart: what was measured in each interval, as steps, on axes that say their units. Lines differ in colour and in
//! their strokes, and each is named with its latest value.

use crate::simulation::{Interval, Micros};
use crate::ui::markup::{each_of, markup, units};
use crate::ui::words::span;
use std::sync::Arc;
use yew::Html;

const WIDTH: f64 = 300.0;
const LEFT: f64 = 52.0;
const RIGHT: f64 = 294.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 100.0;

/// One series.
pub struct Line {
    /// What it is called.
    pub name: &'static str,
    /// A value for each interval, or a gap.
    pub points: Vec<Option<u64>>,
}

/// A chart of some lines. `shown` writes a value with its unit; the axis reaches up to `most`, or as far as it must.
pub fn chart(
    title: &'static str,
    series: &[Arc<Interval>],
    (from, to): (Micros, Micros),
    lines: &[Line],
    shown: fn(u64) -> String,
    most: Option<u64>,
) -> Html {
    let highest = lines.iter().flat_map(|line| &line.points).flatten().copied().max().unwrap_or(0);
    let most = most.unwrap_or_else(|| round_up(highest.max(1)));
    let x = |at: Micros| LEFT + (RIGHT - LEFT) * share(at.since(from).0, to.since(from).0);
    let y = |value: u64| BOTTOM - (BOTTOM - TOP) * share(value, most);
    let draw = |place: usize| {
        let line = &lines[place];
        let mut path = String::new();
        let mut pen_is_down = false;
        for (interval, value) in series.iter().zip(&line.points) {
            if let Some(value) = *value {
                path += &if pen_is_down { "V".to_owned() } else { ["M", &units(x(interval.from)), " "].concat() };
                path += &[&*units(y(value)), "H", &units(x(interval.end()))].concat();
            }
            pen_is_down = value.is_some();
        }
        markup! { "<path class='chart-line " {look(place)} "' d=" {path} "/>" }
    };
    let legend = |place: usize| {
        let line = &lines[place];
        let last = line.points.iter().rev().flatten().next().map_or("–".to_owned(), |value| shown(*value));
        markup! {
            "<li><svg viewBox='0 0 24 8' aria-hidden='true'><path class='chart-line " {look(place)} "' d='M0 4H24'/></svg>"
                {line.name} " <b>" {last} "</b></li>"
        }
    };
    let middle = TOP + (BOTTOM - TOP) / 2.0;
    markup! {
        "<figure key=" {title} " class='chart'>
            <figcaption><b>" {title} "</b><ul>" {each_of(lines.len(), &legend)} "</ul></figcaption>
            <svg viewBox='0 0 " {WIDTH} " 120' aria-hidden='true'>
                <path class='chart-grid' d='M" {LEFT} " " {TOP} "H" {RIGHT} "M" {LEFT} " " {middle} "H" {RIGHT} "'/>
                <path class='chart-axis' d='M" {LEFT} " " {TOP} "V" {BOTTOM} "H" {RIGHT} "'/>"
                {each_of(lines.len(), &draw)}
                "<text x=" {LEFT - 5.0} " y=" {TOP + 4.0} " text-anchor='end'>" {shown(most)} "</text>
                <text x=" {LEFT - 5.0} " y=" {middle + 4.0} " text-anchor='end'>" {shown(most / 2)} "</text>
                <text x=" {LEFT - 5.0} " y=" {BOTTOM + 4.0} " text-anchor='end'>0</text>
                <text x=" {LEFT} " y=" {BOTTOM + 15.0} ">" {span(from)} "</text>
                <text x=" {(LEFT + RIGHT) / 2.0} " y=" {BOTTOM + 15.0} " text-anchor='middle'>on the clock</text>
                <text x=" {RIGHT} " y=" {BOTTOM + 15.0} " text-anchor='end'>" {span(to)} "</text>
            </svg>
        </figure>"
    }
}

/// How a line looks, by its place among the others.
fn look(place: usize) -> &'static str {
    ["look-0", "look-1", "look-2", "look-3", "look-4"][place.min(4)]
}

#[allow(clippy::cast_precision_loss)]
fn share(part: u64, of: u64) -> f64 {
    part as f64 / of.max(1) as f64
}

/// The next of 1, 2, 4, 10, 20, 40, … that is not below: it can be halved and read.
fn round_up(value: u64) -> u64 {
    let mut power: u64 = 1;
    loop {
        for step in [2, 4, 10] {
            if power * step >= value {
                return power * step;
            }
        }
        power *= 10;
    }
}
