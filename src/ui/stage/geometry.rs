//! Where things stand on the stage, in the drawing's own units: one arrangement for wide windows, one for narrow.
//! Each link has a route, and each direction of it a lane beside the middle, so that what passes does not collide.

use crate::replication::NodeId;
use crate::simulation::Place;
use crate::teaching::frame::{NodeView, Region};
use crate::ui::markup::filled;
use std::rc::Rc;

/// How wide and high a node's card is.
pub const CARD: (f64, f64) = (264.0, 186.0);
/// How far each direction of a link keeps from the link's middle: room for its tag between them.
const LANE: f64 = 21.0;
/// The same where a link runs along the side of a narrow stage.
const SIDE_LANE: f64 = 8.0;
/// The same on a wire, which is one line.
const WIRE_LANE: f64 = 3.0;
/// How far a lane runs on beneath the card where it ends.
const UNDER_CARD: f64 = 9.0;
/// What is between two cards of a region, above the first and below the last.
const GAP: f64 = 56.0;
const TOP: f64 = 30.0;
const FOOT: f64 = 22.0;

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
        (other.x - self.x).hypot(other.y - self.y)
    }

    /// The right hand of who travels to `other`, one unit long.
    fn side(self, other: Self) -> Self {
        let length = self.distance(other).max(1.0);
        Self::new(-(other.y - self.y) / length, (other.x - self.x) / length)
    }
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Its left edge.
    pub x: f64,
    /// Its top edge.
    pub y: f64,
    /// Its width.
    pub w: f64,
    /// Its height.
    pub h: f64,
}

impl Area {
    const fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w, h }
    }

    const fn card(x: f64, y: f64) -> Self {
        Self::new(x, y, CARD.0, CARD.1)
    }

    fn right(self) -> f64 {
        self.x + self.w
    }

    fn bottom(self) -> f64 {
        self.y + self.h
    }

    fn middle(self) -> Point {
        Point::new(self.x + self.w / 2.0, self.y + self.h / 2.0)
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
    fn new(points: &[Point]) -> Self {
        Self { points: points.to_vec(), lane: WIRE_LANE }
    }

    /// The way back.
    #[must_use]
    pub fn reversed(mut self) -> Self {
        self.points.reverse();
        self
    }

    /// The same way with its lanes so far from the middle.
    fn with_lanes(self, lane: f64) -> Self {
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

/// How the stage is arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Side by side: East Coast, ocean, Singapore.
    Wide,
    /// One above the other.
    Narrow,
}

/// Where everything stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// How it is arranged.
    pub shape: Shape,
    /// The drawing's size.
    pub size: (f64, f64),
    /// The people who book.
    pub customers: Area,
    /// The reservation API.
    pub gateway: Area,
    /// The operator's side.
    pub control: Area,
    cards: Vec<(NodeId, Area)>,
}

impl Scene {
    /// The scene for these nodes.
    #[must_use]
    pub fn new(narrow: bool, nodes: &[Rc<NodeView>]) -> Self {
        let places: Vec<_> = nodes.iter().map(|node| (node.node, node.region)).collect();
        if narrow { Self::narrow(&places) } else { Self::wide(&places) }
    }

    fn wide(nodes: &[(NodeId, Region)]) -> Self {
        let stride = CARD.1 + GAP;
        let count = |region| nodes.iter().filter(|(_, at)| *at == region).count();
        let rows = count(Region::EastCoast).max(count(Region::Singapore)).max(2);
        let height = TOP + stride * rows as f64 - GAP + FOOT;
        let (mut east, mut singapore) = (0, 0);
        let cards = nodes.iter().map(|&(node, region)| {
            let (x, row) = match region {
                Region::EastCoast => (270.0, {
                    east += 1;
                    (east - 1) as f64
                }),
                Region::Singapore => (764.0, {
                    singapore += 1;
                    singapore as f64 - 1.0 + (rows - count(region)) as f64 / 2.0
                }),
            };
            (node, Area::card(x, TOP + stride * row))
        });
        let cards = cards.collect();
        let centre = TOP + (height - TOP - FOOT) / 2.0;
        Self {
            shape: Shape::Wide,
            size: (1040.0, height),
            customers: Area::new(16.0, 58.0, 126.0, 64.0),
            gateway: Area::new(16.0, centre - 32.0, 126.0, 64.0),
            control: Area::new(16.0, height - 106.0, 126.0, 60.0),
            cards,
        }
    }

    fn narrow(nodes: &[(NodeId, Region)]) -> Self {
        let mut y = 190.0;
        let mut last = Region::EastCoast;
        let mut cards = Vec::new();
        let in_order = |region| nodes.iter().filter(move |(_, at)| *at == region);
        for &(node, region) in in_order(Region::EastCoast).chain(in_order(Region::Singapore)) {
            y += if cards.is_empty() { 0.0 } else { CARD.1 + if region == last { 78.0 } else { 136.0 } };
            last = region;
            cards.push((node, Area::card(51.0, y)));
        }
        Self {
            shape: Shape::Narrow,
            size: (366.0, y + CARD.1 + 18.0),
            customers: Area::new(51.0, 34.0, 126.0, 44.0),
            gateway: Area::new(51.0, 112.0, 126.0, 44.0),
            control: Area::new(199.0, 112.0, 116.0, 44.0),
            cards,
        }
    }

    /// Where a node's card is.
    #[must_use]
    pub fn card(&self, node: NodeId) -> Option<Area> {
        self.cards.iter().find(|(other, _)| *other == node).map(|(_, area)| *area)
    }

    /// The way from one place to another, if there is one.
    #[must_use]
    pub fn route(&self, from: Place, to: Place) -> Option<Route> {
        match (from, to) {
            (Place::Customers, Place::Gateway) => Some(self.customers_to_gateway()),
            (Place::Gateway, Place::Customers) => Some(self.customers_to_gateway().reversed()),
            (Place::Gateway, Place::Node(node)) => self.gateway_to(node),
            (Place::Node(node), Place::Gateway) => self.gateway_to(node).map(Route::reversed),
            (Place::ControlPlane, Place::Node(node)) => self.control_to(node),
            (Place::Node(node), Place::ControlPlane) => self.control_to(node).map(Route::reversed),
            (Place::ControlPlane, Place::Gateway) => Some(self.control_to_gateway()),
            (Place::Gateway, Place::ControlPlane) => Some(self.control_to_gateway().reversed()),
            (Place::Node(a), Place::Node(b)) if a < b => self.between(a, b),
            (Place::Node(a), Place::Node(b)) => self.between(b, a).map(Route::reversed),
            _ => None,
        }
    }

    fn customers_to_gateway(&self) -> Route {
        let x = self.customers.middle().x;
        Route::new(&[Point::new(x, self.customers.bottom()), Point::new(x, self.gateway.y)])
    }

    fn control_to_gateway(&self) -> Route {
        match self.shape {
            Shape::Wide => {
                let x = self.gateway.middle().x;
                Route::new(&[Point::new(x, self.control.y), Point::new(x, self.gateway.bottom())])
            }
            Shape::Narrow => {
                let y = self.gateway.middle().y;
                Route::new(&[Point::new(self.control.x, y), Point::new(self.gateway.right(), y)])
            }
        }
    }

    fn gateway_to(&self, node: NodeId) -> Option<Route> {
        let (card, gateway) = (self.card(node)?, self.gateway);
        let row = self.cards.iter().position(|(other, _)| *other == node)?;
        Some(match self.shape {
            Shape::Wide if card.x > 500.0 => {
                let y = gateway.middle().y;
                Route::new(&[Point::new(gateway.right(), y), Point::new(card.x, y)])
            }
            Shape::Wide => {
                let lower = card.middle().y > gateway.middle().y;
                let y = gateway.middle().y + if lower { 20.0 } else { -20.0 };
                let card_y = if lower { card.y + 62.0 } else { card.bottom() - 62.0 };
                Route::new(&[Point::new(gateway.right(), y), Point::new(card.x, card_y)])
            }
            Shape::Narrow if row == 0 => {
                let x = gateway.middle().x;
                Route::new(&[Point::new(x, gateway.bottom()), Point::new(x, card.y)])
            }
            Shape::Narrow => {
                let x = gateway.x - 14.0 * row as f64;
                let (y, card_y) = (gateway.middle().y + 8.0 * (row as f64 - 1.5), card.y + 44.0);
                let points = [(gateway.x, y), (x, y), (x, card_y), (card.x, card_y)];
                Route::new(&points.map(|(x, y)| Point::new(x, y)))
            }
        })
    }

    fn control_to(&self, node: NodeId) -> Option<Route> {
        let (card, control) = (self.card(node)?, self.control);
        let row = self.cards.iter().position(|(other, _)| *other == node)?;
        let points = match self.shape {
            Shape::Wide if card.x > 500.0 => {
                let (low, x) = (self.size.1 - 10.0, control.middle().x);
                vec![(x, control.bottom()), (x, low), (card.middle().x, low), (card.middle().x, card.bottom())]
            }
            Shape::Wide if card.y < control.y && card.bottom() < control.y => {
                let (x, y, card_y) = (control.right() + 76.0, control.y + 16.0, card.y + 40.0);
                vec![(control.right(), y), (x, y), (x, card_y), (card.x, card_y)]
            }
            Shape::Wide => {
                let y = control.middle().y + 8.0;
                vec![(control.right(), y), (card.x, y)]
            }
            Shape::Narrow if row == 0 => {
                let x = control.middle().x;
                vec![(x, control.bottom()), (x, card.y)]
            }
            Shape::Narrow => {
                let (x, y) = (self.size.0 - 10.0, control.middle().y);
                vec![(control.right(), y), (x, y), (x, card.y + 30.0), (card.right(), card.y + 30.0)]
            }
        };
        Some(Route::new(&points.into_iter().map(|(x, y)| Point::new(x, y)).collect::<Vec<_>>()))
    }

    fn between(&self, a: NodeId, b: NodeId) -> Option<Route> {
        let (from, to) = (self.card(a)?, self.card(b)?);
        let near = (from.y - to.y).abs() < CARD.1 + 140.0;
        Some(if (from.x - to.x).abs() < 1.0 {
            let (upper, lower) = if from.y < to.y { (from, to) } else { (to, from) };
            let route = if near {
                let x = upper.middle().x;
                Route::new(&[Point::new(x, upper.bottom()), Point::new(x, lower.y)]).with_lanes(LANE)
            } else {
                let (x, y, low) = (upper.right() + 24.0, upper.y + 96.0, lower.y + 96.0);
                let points = [(upper.right(), y), (x, y), (x, low), (lower.right(), low)];
                Route::new(&points.map(|(x, y)| Point::new(x, y))).with_lanes(SIDE_LANE)
            };
            if from.y < to.y { route } else { route.reversed() }
        } else {
            let (y, to_y) = (from.middle().y, to.middle().y);
            let entry = to_y + (y - to_y).clamp(-56.0, 56.0);
            Route::new(&[Point::new(from.right(), y), Point::new(to.x, entry)]).with_lanes(LANE)
        })
    }
}
