//! The links between nodes: where each leaves a card, which way it takes, and where its tag stands. None passes behind a
//! card: those that would go around, outside of the column, each on a track of its own where they run side by side.

use super::geometry::{Area, Shape};
use super::route::{Point, Route};
use crate::replication::NodeId;
use std::cmp::Ordering;

/// How far each direction of a link keeps from the link's middle: room for its tag between them, over the ocean, where
/// many cross it, and from card to card.
const LANE: f64 = 21.0;
const CLOSE_LANE: f64 = 16.0;
const SHORT_LANE: f64 = 32.0;
/// The same where a link runs along the side of a column, alone or beside others.
const SIDE_LANES: (f64, f64) = (8.0, 2.5);
/// How wide and high a tag is, with a margin.
pub const TAG: (f64, f64) = (58.0, 26.0);
/// The shares of a link's way at which its tag may stand, the best first.
const TAG_AT: [f64; 9] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];

/// A link's way.
#[derive(Clone, Debug, PartialEq)]
pub struct Connection {
    /// What it connects, the lower number first.
    pub ends: (NodeId, NodeId),
    /// The way from the first to the second.
    pub route: Route,
    /// The middle of its tag.
    pub tag: Point,
}

type Card = (NodeId, Area);

/// Every link between the nodes of these cards, on a stage of this shape and width.
pub fn connections(shape: Shape, width: f64, cards: &[Card]) -> Vec<Connection> {
    let detours = detours(cards);
    let mut all = Vec::new();
    for a in cards {
        for b in cards.iter().filter(|b| a.0 < b.0) {
            let reverse = (b.1.x, b.1.y).partial_cmp(&(a.1.x, a.1.y)) == Some(Ordering::Less);
            let (first, second) = if reverse { (b, a) } else { (a, b) };
            let route = if !same_column(first, second) {
                across(first, second, cards)
            } else if let Some(place) = detours.iter().position(|it| (it.upper, it.lower) == (first.0, second.0)) {
                around(shape, first.1, second.1, place, &detours)
            } else {
                let x = first.1.middle().x;
                Route::new(&[Point::new(x, first.1.bottom()), Point::new(x, second.1.y)]).with_lanes(SHORT_LANE)
            };
            let route = if reverse { route.reversed() } else { route };
            all.push(Connection { ends: (a.0, b.0), route, tag: Point::new(0.0, 0.0) });
        }
    }
    for place in 0..all.len() {
        all[place].tag = tag(place, &all, width);
    }
    all
}

fn same_column(one: &Card, other: &Card) -> bool {
    (one.1.x - other.1.x).abs() < 1.0
}

/// Over the ocean: what a card sends there leaves it in the order in which it arrives.
fn across(left: &Card, right: &Card, cards: &[Card]) -> Route {
    let port = |card: &Card, to: &Card| {
        let others = || cards.iter().filter(|other| !same_column(card, other));
        let (count, above) = (others().count(), others().filter(|other| other.1.y < to.1.y).count());
        let step = if count > 2 { 62.0 } else { 112.0 };
        (card.1.middle().y + (above as f64 - (count as f64 - 1.0) / 2.0) * step, count)
    };
    let ((from, _), (to, count)) = (port(left, right), port(right, left));
    let lane = if count > 2 { CLOSE_LANE } else { LANE };
    Route::new(&[Point::new(left.1.right(), from), Point::new(right.1.x, to)]).with_lanes(lane)
}

/// A link past the cards between its two.
struct Detour {
    upper: NodeId,
    lower: NodeId,
    /// Which places in the column its ends are.
    rows: (usize, usize),
    /// How far outside it runs: the longer, the farther.
    track: usize,
}

/// Every link that has to go around, those first that go around fewest cards.
fn detours(cards: &[Card]) -> Vec<Detour> {
    let row = |card: &Card| cards.iter().filter(|other| same_column(card, other) && other.1.y < card.1.y).count();
    let mut detours: Vec<Detour> = Vec::new();
    for passes in 1..cards.len() {
        for upper in cards {
            for lower in cards {
                let rows = (row(upper), row(lower));
                if rows.1 == rows.0 + passes + 1 && same_column(upper, lower) {
                    let meets = |it: &Detour| it.rows.1 > rows.0 && rows.1 > it.rows.0;
                    let is_free = |track: &usize| !detours.iter().any(|it| it.track == *track && meets(it));
                    let track = (0..).find(is_free).unwrap_or(0);
                    detours.push(Detour { upper: upper.0, lower: lower.0, rows, track });
                }
            }
        }
    }
    detours
}

/// Around the cards between. On each card those that come from above are above those that go down, and so ordered that
/// they do not cross there.
fn around(shape: Shape, upper: Area, lower: Area, place: usize, detours: &[Detour]) -> Route {
    let it = &detours[place];
    let (points, lane) = match shape {
        Shape::Wide => {
            let (y, low) = (upper.bottom() - 26.0, lower.y + 26.0);
            let x = upper.x - 24.0;
            ([(upper.x, y), (x, y), (x, low), (lower.x, low)], SIDE_LANES.0)
        }
        Shape::Narrow => {
            let port = |card: Area, row: usize, down: bool| {
                let before = detours.iter().filter(|other| match (other.rows.1 == row, other.rows.0 == row) {
                    (true, _) => down || other.track < it.track,
                    (_, true) => down && other.track > it.track,
                    _ => false,
                });
                card.y + 64.0 + 22.0 * before.count() as f64
            };
            let (y, low) = (port(upper, it.rows.0, true), port(lower, it.rows.1, false));
            let (x, lane) = match detours.len() {
                1 => (upper.right() + 24.0, SIDE_LANES.0),
                _ => (upper.right() + 9.0 + 10.0 * it.track as f64, SIDE_LANES.1),
            };
            ([(upper.right(), y), (x, y), (x, low), (lower.right(), low)], lane)
        }
    };
    Route::new(&points.map(|(x, y)| Point::new(x, y))).with_lanes(lane)
}

/// Where a link's tag stands: near its middle, clear of the tags before it and of other links.
fn tag(place: usize, all: &[Connection], width: f64) -> Point {
    let half = TAG.0 / 2.0;
    let mut best = (f64::MAX, Point::new(0.0, 0.0));
    for share in TAG_AT {
        let spot = all[place].route.middle_at(share).at;
        // On a narrow stage it stands between the column's edge and the stage's.
        let at = Point::new(if spot.x > width - TAG.0 { width - half } else { spot.x }, spot.y);
        let hides = |other: &Connection| {
            (0..=16).any(|part| {
                let point = other.route.middle_at(f64::from(part) / 16.0).at;
                (point.x - at.x).abs() < half && (point.y - at.y).abs() < TAG.1
            })
        };
        let hits = |other: &Connection| (other.tag.x - at.x).abs() < TAG.0 && (other.tag.y - at.y).abs() < TAG.1;
        let tags = all[..place].iter().filter(|other| hits(other)).count();
        let links = all.iter().filter(|other| other.ends != all[place].ends && hides(other)).count();
        let cost = tags as f64 * 100.0 + links as f64 * 2.0 + (share - 0.5).abs();
        if cost < best.0 {
            best = (cost, at);
        }
    }
    best.1
}
