//! The ways between places on the stage. Each direction has a lane beside the middle, so that what passes does not collide.

use crate::ui::markup::filled;

/// How far a lane keeps from the middle of a wire, which is one line.
const WIRE_LANE: f64 = 3.0;
/// How far a lane runs on beneath the card where it ends.
const UNDER_CARD: f64 = 22.0;

/// A point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl Point {
    /// A point from its two parts.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    fn toward(self, other: Self, fraction: f64) -> Self {
        Self { x: self.x + (other.x - self.x) * fraction, y: self.y + (other.y - self.y) * fraction }
    }

    fn distance(self, other: Self) -> f64 {
        let (x, y) = (other.x - self.x, other.y - self.y);
        (x * x + y * y).sqrt()
    }

    /// The right hand of who travels to `other`, one unit long.
    fn side(self, other: Self) -> Self {
        let length = self.distance(other).max(1.0);
        Self::new(-(other.y - self.y) / length, (other.x - self.x) / length)
    }
}

/// A way from one place to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    points: Vec<Point>,
    lane: f64,
}

/// A place on a route.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Where.
    pub at: Point,
    /// The side that lies on the right hand of who travels there, one unit long.
    pub side: Point,
}

/// The straight part of a route that something is on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leg {
    /// Which, from 0.
    pub number: usize,
    /// The share of the whole way after which it begins.
    pub from: f64,
    /// The share after which it ends.
    pub until: f64,
    /// The share that has been made.
    pub done: f64,
    /// Where it begins.
    pub start: Point,
    /// Where it ends.
    pub end: Point,
    /// Where one is on it.
    pub at: Point,
}

impl Route {
    /// The way through these points, as wide as a wire.
    #[must_use]
    pub fn new(points: &[Point]) -> Self {
        Self { points: points.to_vec(), lane: WIRE_LANE }
    }

    /// The way back.
    #[must_use]
    pub fn reversed(mut self) -> Self {
        self.points.reverse();
        self
    }

    /// The same way with its lanes so far from the middle.
    #[must_use]
    pub fn with_lanes(self, lane: f64) -> Self {
        Self { lane, ..self }
    }

    fn length(&self) -> f64 {
        self.points.windows(2).map(|pair| pair[0].distance(pair[1])).sum()
    }

    /// The leg after `fraction` of the way, so far from the middle of the link: 1 is the lane of this direction.
    fn leg_beside(&self, fraction: f64, lane: f64) -> Leg {
        let (whole, lane) = (self.length().max(1.0), self.lane * lane);
        let (mut from, mut number, last) = (0.0, 0, self.points.len() - 2);
        loop {
            let (start, end) = (self.points[number], self.points[number + 1]);
            let until = from + start.distance(end) / whole;
            if fraction <= until || number == last {
                let side = start.side(end);
                let beside = |point: Point| Point::new(point.x + side.x * lane, point.y + side.y * lane);
                let (start, end, done) = (beside(start), beside(end), fraction.max(from).min(until));
                let along = (done - from) / (until - from).max(1e-9);
                return Leg { number, from, until, done, start, end, at: start.toward(end, along) };
            }
            (from, number) = (until, number + 1);
        }
    }

    /// The leg after `fraction` of the way, on the lane of this direction.
    #[must_use]
    pub fn leg(&self, fraction: f64) -> Leg {
        self.leg_beside(fraction, 1.0)
    }

    /// The spot after `fraction` of the way, in the middle of the link.
    #[must_use]
    pub fn middle_at(&self, fraction: f64) -> Spot {
        self.beside(fraction, 0.0)
    }

    /// The spot after `fraction` of the way, on the lane of this direction.
    #[must_use]
    pub fn at(&self, fraction: f64) -> Spot {
        self.beside(fraction, 1.0)
    }

    /// The spot after `fraction` of the way, so far from the middle: 1 is the lane of this direction.
    #[must_use]
    pub fn beside(&self, fraction: f64, lane: f64) -> Spot {
        let leg = self.leg_beside(fraction, lane);
        Spot { at: leg.at, side: leg.start.side(leg.end) }
    }

    /// The lane of this direction, as path data.
    #[must_use]
    pub fn lane_path(&self) -> String {
        self.path(self.lane)
    }

    /// The link's middle, as path data.
    #[must_use]
    pub fn middle_path(&self) -> String {
        self.path(0.0)
    }

    fn path(&self, lane: f64) -> String {
        let sides: Vec<Point> = self.points.windows(2).map(|pair| pair[0].side(pair[1])).collect();
        let last = self.points.len() - 1;
        let mut path = String::new();
        for (place, point) in self.points.iter().enumerate() {
            let (before, after) = (sides[place.saturating_sub(1)], sides[place.min(last - 1)]);
            let ends = place == 0 || place == last;
            let bend = if ends || before == after { after } else { Point::new(before.x + after.x, before.y + after.y) };
            // A lane beside the middle would end short of a card's slanted-to edge: it runs on beneath the card.
            let run_on = if ends && lane > 0.0 { UNDER_CARD } else { 0.0 } * if place == 0 { -1.0 } else { 1.0 };
            let (x, y) = (bend.x * lane + after.y * run_on, bend.y * lane - after.x * run_on);
            let letter = if place == 0 { 'M' } else { 'L' };
            path.push(letter);
            path.push_str(&filled("# #", &[point.x + x, point.y + y]));
        }
        path
    }
}
