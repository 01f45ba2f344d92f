//! Where things stand on the stage, in the drawing's own units: one arrangement for wide windows, one for narrow.

use super::connections::{Connection, connections};
use super::route::{Point, Route};
use crate::replication::NodeId;
use crate::simulation::Place;
use crate::teaching::frame::{NodeView, Region};
use std::rc::Rc;

/// How wide and high a node's card is.
pub const CARD: (f64, f64) = (264.0, 186.0);
/// How wide each arrangement is.
const WIDTH: f64 = 1040.0;
const NARROW_WIDTH: f64 = 366.0;
/// Where Singapore's column begins.
const FAR: f64 = 758.0;
/// What is between two cards of a region, above the first and below the last.
const GAP: f64 = 56.0;
const TOP: f64 = 30.0;
const FOOT: f64 = 22.0;
/// What is below the last card of a narrow stage: room for its buttons.
const NARROW_FOOT: f64 = 54.0;
/// How far below a card a wire passes that crosses its column.
const UNDER_CARD: f64 = 9.0;

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

    /// The rectangle of this size around a point.
    #[must_use]
    pub fn around(middle: Point, (w, h): (f64, f64)) -> Self {
        Self::new(middle.x - w / 2.0, middle.y - h / 2.0, w, h)
    }

    /// How much of it another covers, in square units.
    #[must_use]
    pub fn shared(self, other: Self) -> f64 {
        let w = self.right().min(other.right()) - self.x.max(other.x);
        let h = self.bottom().min(other.bottom()) - self.y.max(other.y);
        w.max(0.0) * h.max(0.0)
    }

    pub(super) fn right(self) -> f64 {
        self.x + self.w
    }

    pub(super) fn bottom(self) -> f64 {
        self.y + self.h
    }

    pub(super) fn middle(self) -> Point {
        Point::new(self.x + self.w / 2.0, self.y + self.h / 2.0)
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
    links: Vec<Connection>,
}

impl Scene {
    /// The scene for these nodes.
    #[must_use]
    pub fn new(narrow: bool, nodes: &[Rc<NodeView>]) -> Self {
        let places: Vec<_> = nodes.iter().map(|node| (node.node, node.region)).collect();
        if narrow { Self::narrow(&places) } else { Self::wide(&places) }
    }

    /// Whether this is the scene for these nodes.
    #[must_use]
    pub fn is_for(&self, narrow: bool, nodes: &[Rc<NodeView>]) -> bool {
        (self.shape == Shape::Narrow) == narrow && self.cards.len() == nodes.len()
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
                Region::Singapore => (FAR, {
                    singapore += 1;
                    singapore as f64 - 1.0 + (rows - count(region)) as f64 / 2.0
                }),
            };
            (node, Area::card(x, TOP + stride * row))
        });
        let cards: Vec<_> = cards.collect();
        let centre = TOP + (height - TOP - FOOT) / 2.0;
        Self {
            shape: Shape::Wide,
            size: (WIDTH, height),
            customers: Area::new(16.0, 58.0, 126.0, 64.0),
            gateway: Area::new(16.0, centre - 32.0, 126.0, 64.0),
            control: Area::new(16.0, height - 106.0, 126.0, 60.0),
            links: connections(Shape::Wide, WIDTH, &cards),
            cards,
        }
    }

    fn narrow(nodes: &[(NodeId, Region)]) -> Self {
        // Of more than three nodes, more links run beside the cards.
        let left = if nodes.len() > 3 { 42.0 } else { 46.0 };
        let mut y = 190.0;
        let mut last = Region::EastCoast;
        let mut cards = Vec::new();
        let in_order = |region| nodes.iter().filter(move |(_, at)| *at == region);
        for &(node, region) in in_order(Region::EastCoast).chain(in_order(Region::Singapore)) {
            y += if cards.is_empty() { 0.0 } else { CARD.1 + if region == last { 78.0 } else { 136.0 } };
            last = region;
            cards.push((node, Area::card(left, y)));
        }
        Self {
            shape: Shape::Narrow,
            size: (NARROW_WIDTH, y + CARD.1 + NARROW_FOOT),
            customers: Area::new(left, 34.0, 126.0, 44.0),
            gateway: Area::new(left, 112.0, 126.0, 44.0),
            control: Area::new(left + 148.0, 112.0, 116.0, 44.0),
            links: connections(Shape::Narrow, NARROW_WIDTH, &cards),
            cards,
        }
    }

    /// Where a node's card is.
    #[must_use]
    pub fn card(&self, node: NodeId) -> Option<Area> {
        self.cards.iter().find(|(other, _)| *other == node).map(|(_, area)| *area)
    }

    /// How far down Singapore's first card begins.
    #[must_use]
    pub fn far(&self) -> f64 {
        self.cards.iter().find(|(node, _)| node.is_far()).map_or(0.0, |(_, area)| area.y)
    }

    /// Every card.
    pub fn cards(&self) -> impl Iterator<Item = Area> {
        self.cards.iter().map(|(_, area)| *area)
    }

    /// Every link between two nodes.
    #[must_use]
    pub fn links(&self) -> &[Connection] {
        &self.links
    }

    /// The link between two nodes, the lower number first.
    #[must_use]
    pub fn link(&self, a: NodeId, b: NodeId) -> Option<&Connection> {
        self.links.iter().find(|link| link.ends == (a, b))
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
            (Place::Node(a), Place::Node(b)) if a < b => Some(self.link(a, b)?.route.clone()),
            (Place::Node(a), Place::Node(b)) => Some(self.link(b, a)?.route.clone().reversed()),
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

    /// Which place a card has among those of its column.
    fn row(&self, card: Area) -> usize {
        self.cards.iter().filter(|(_, other)| (other.x - card.x).abs() < 1.0 && other.y < card.y).count()
    }

    fn gateway_to(&self, node: NodeId) -> Option<Route> {
        let (card, gateway) = (self.card(node)?, self.gateway);
        let (row, from, middle) = (self.row(card) as f64, gateway.right(), gateway.middle());
        let points = match self.shape {
            Shape::Wide if card.x > 500.0 => {
                // Between two cards of the East Coast, straight from the gateway where that is level.
                let y = self.cards.first()?.1.bottom() + UNDER_CARD + (CARD.1 + GAP) * row;
                let start = y.clamp(gateway.y + 6.0, gateway.bottom() - 6.0);
                vec![(from, start), (from + 50.0, y), (card.x, y)]
            }
            Shape::Wide => {
                let off = (card.middle().y - middle.y).clamp(-31.0, 31.0);
                vec![(from, middle.y + off * 0.65), (card.x, card.middle().y - off)]
            }
            Shape::Narrow if row < 0.5 => vec![(middle.x, gateway.bottom()), (middle.x, card.y)],
            Shape::Narrow => {
                let spacing = if self.cards.len() > 3 { 8.0 } else { 14.0 };
                let x = gateway.x - spacing * row;
                let (y, card_y) = (middle.y + 8.0 * (1.5 - row), card.y + 44.0);
                vec![(gateway.x, y), (x, y), (x, card_y), (card.x, card_y)]
            }
        };
        Some(route(&points))
    }

    fn control_to(&self, node: NodeId) -> Option<Route> {
        let (card, control) = (self.card(node)?, self.control);
        let row = self.row(card);
        let points = match self.shape {
            Shape::Wide if card.x > 500.0 => {
                let (low, x) = (self.size.1 - 10.0, control.middle().x);
                let mut points = vec![(x, control.bottom()), (x, low)];
                if self.cards().any(|other| other.x > 500.0 && other.y > card.y) {
                    // Around what is below it.
                    let (edge, y) = (card.right() + 9.0, card.middle().y);
                    points.extend([(edge, low), (edge, y), (card.right(), y)]);
                } else {
                    points.extend([(card.middle().x, low), (card.middle().x, card.bottom())]);
                }
                points
            }
            Shape::Wide if card.bottom() < control.y => {
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
                let edge = if self.cards.len() > 3 { 3.0 } else { 10.0 };
                let (x, y) = (self.size.0 - edge, control.middle().y);
                vec![(control.right(), y), (x, y), (x, card.y + 30.0), (card.right(), card.y + 30.0)]
            }
        };
        Some(route(&points))
    }
}

/// The way through these points, as wide as a wire.
fn route(points: &[(f64, f64)]) -> Route {
    Route::new(&points.iter().map(|&(x, y)| Point::new(x, y)).collect::<Vec<_>>())
}
