//! Where the names of messages stand: each beside its token, clear of cards, tags, tokens and other names, and inside of
//! the stage. A name that would cover what is there is shown only when its token is pointed at.

use super::connections::TAG;
use super::geometry::{Area, Scene, Shape};
use super::route::Point;

/// About how wide a letter of a name is, and how high a name.
const LETTER: f64 = 8.2;
const HEIGHT: f64 = 16.0;
/// How far a name keeps from the edge of the stage, for letters may be wider.
const EDGE: f64 = 5.0;
/// How far a token reaches from its middle.
const TOKEN: f64 = 11.0;
/// How far from its token's middle a name is still next to it.
const NEXT_TO: f64 = TOKEN + 10.0;
/// How much larger names are for a class.
const FOR_A_CLASS: f64 = 1.44;

/// How much worse than a free place it is to cover all of a name's length of something.
const CARD_COST: f64 = 1.0;
const TAG_COST: f64 = 2.0;
const TOKEN_COST: f64 = 2.0;
const NAME_COST: f64 = 4.0;
const OUTSIDE_COST: f64 = 40.0;
/// From here on a name is not shown.
const DEAR: f64 = 0.75;

/// How far a name is moved along its side, in shares of its length.
const SLIDES: [f64; 5] = [0.0, 0.25, -0.25, 0.5, -0.5];
/// How many places are tried: so many slides on four sides, at three distances.
const OFFERS: usize = SLIDES.len() * 4 * 3;

/// A name's place.
#[derive(Clone, Copy, Debug)]
pub struct Beside {
    /// From the token's middle to the name's.
    pub offset: Point,
    /// It runs upwards.
    pub turned: bool,
    /// It is not next to its token: a line leads there.
    pub apart: bool,
    /// It would cover too much.
    pub hidden: bool,
}

/// What is on the stage already.
#[derive(Debug)]
pub struct Labels {
    taken: Vec<(Area, f64)>,
    stage: Area,
    scale: f64,
}

impl Labels {
    /// A stage with no tokens; for a class, names are larger where there is room.
    #[must_use]
    pub fn new(scene: &Scene, classroom: bool) -> Self {
        let boxes = scene.cards().chain([scene.customers, scene.gateway, scene.control]);
        let tags = scene.links().iter().map(|link| (Area::around(link.tag, TAG), TAG_COST));
        Self {
            taken: boxes.map(|area| (area, CARD_COST)).chain(tags).collect(),
            stage: Area { x: EDGE, y: EDGE, w: scene.size.0 - 2.0 * EDGE, h: scene.size.1 - 2.0 * EDGE },
            scale: if classroom && scene.shape == Shape::Wide { FOR_A_CLASS } else { 1.0 },
        }
    }

    /// Where a name goes that is seen only while its token is pointed at.
    #[must_use]
    pub fn routine(side: Point) -> Beside {
        let down = if side.y < -0.5 { -1.0 } else { 1.0 };
        Beside { offset: Point::new(0.0, down * (TOKEN + HEIGHT / 2.0)), turned: false, apart: false, hidden: true }
    }

    /// A token is here.
    pub fn token(&mut self, at: Point) {
        self.taken.push((Area::around(at, (TOKEN * 2.0, TOKEN * 2.0)), TOKEN_COST));
    }

    /// Where a name of so many letters goes whose token is at the first of these points, and soon at the others. It
    /// keeps to the token's `side` if it can.
    pub fn place(&mut self, at: &[Point], side: Point, letters: usize) -> Beside {
        let (w, h) = (letters as f64 * LETTER * self.scale, HEIGHT * self.scale);
        // Only what is near can be covered.
        let reach = |area: &Area| at.iter().any(|at| area.shared(Area::around(*at, (w * 2.6, w * 2.6))) > 0.0);
        let near: Vec<_> = self.taken.iter().filter(|(area, _)| reach(area)).copied().collect();
        let cost = |name: Area| {
            let covered: f64 = near.iter().map(|(area, cost)| area.shared(name) * cost).sum();
            (covered + (w * h - self.stage.shared(name)) * OUTSIDE_COST) / (w * h)
        };
        let mut best = (f64::MAX, Beside { offset: Point::new(0.0, 0.0), turned: false, apart: false, hidden: false });
        'found: for turned in [false, true] {
            let size = if turned { (h, w) } else { (w, h) };
            for which in 0..OFFERS {
                let offset = offer(side, size, which);
                let moved = |at: &Point| cost(Area::around(Point::new(at.x + offset.x, at.y + offset.y), size));
                let cost = at.iter().map(moved).sum::<f64>() / at.len() as f64;
                // What is hardly better is not worth another place.
                if cost < best.0 - 0.02 {
                    let apart = offset.x.abs() > size.0 / 2.0 + NEXT_TO || offset.y.abs() > size.1 / 2.0 + NEXT_TO;
                    best = (cost, Beside { offset, turned, apart, hidden: cost > DEAR });
                }
                if cost < 0.02 {
                    break 'found;
                }
            }
        }
        let (_, found) = best;
        if !found.hidden {
            let size = if found.turned { (h, w) } else { (w, h) };
            let middle = Point::new(at[0].x + found.offset.x, at[0].y + found.offset.y);
            self.taken.push((Area::around(middle, size), NAME_COST));
        }
        found
    }
}

/// The place for a name of this size around a token that is the next best for one that travels on this side.
fn offer(side: Point, (w, h): (f64, f64), which: usize) -> Point {
    let (slide, way, level) = (SLIDES[which % 5], which / 5 % 4, (which / 20) as f64);
    let along = side.x.abs() > side.y.abs();
    let sign = if along { side.x } else { side.y }.signum() * if way % 2 == 0 { 1.0 } else { -1.0 };
    let (across, up) = (TOKEN + 3.0 + w / 2.0, TOKEN + 2.0 + h / 2.0);
    match (along == (way < 2), h > w) {
        (true, false) => Point::new(sign * across, slide * h * 2.0 * (level + 1.0)),
        (true, true) => Point::new(sign * (across + level * w), slide * h),
        (false, false) => Point::new(slide * w, sign * (up + level * h)),
        (false, true) => Point::new(slide * w, sign * up),
    }
}
