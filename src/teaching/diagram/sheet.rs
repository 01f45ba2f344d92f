//! Where everything stands in the drawing of a diagram. Integers all through: ten units are about a pixel.

use super::{Diagram, MarkKind, NodeState, TimeMark, Voyage, Window};
use crate::replication::Term;
use crate::simulation::{LossReason, Micros, Place};

/// How large the drawing is, and what is where in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Its width.
    pub width: i64,
    /// Where time begins: left of it stand the names.
    pub left: i64,
    /// What is left free beside the end of time.
    pub right: i64,
    /// How far apart two lines are.
    pub row: i64,
    /// How wide the letters are that stand in it.
    pub letter: i64,
}

impl Layout {
    /// For a wide window.
    pub const WIDE: Self = Self { width: 9600, left: 1050, right: 100, row: 350, letter: 64 };
    /// For a phone.
    pub const NARROW: Self = Self { width: 3660, left: 760, right: 60, row: 380, letter: 64 };

    /// How wide the stretch is in which time passes.
    #[must_use]
    pub const fn plot(&self) -> i64 {
        self.width - self.left - self.right
    }
}

/// Above the first line: what is done to the world.
const TOP: i64 = 180;
/// Below the last line: the moments.
const FOOT: i64 = 210;
/// What stands closer together on a line than this hides the other.
const CROWDED: i64 = 95;
/// What is left free behind a mark's name.
const GAP: i64 = 20;

/// A point: from the left of the plot, from the top of the drawing.
pub type Point = (i64, i64);

/// How a message's line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Where it arrived.
    Arrived,
    /// Where it was lost.
    Lost,
    /// Where it will arrive, if nothing happens to it.
    UnderWay,
}

/// A message's line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its place among the messages.
    pub voyage: usize,
    /// Where it begins.
    pub from: Point,
    /// Where it ends.
    pub to: Point,
    /// How it ends.
    pub fate: Fate,
}

/// A stretch of a node's line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// From where to where.
    pub x: (i64, i64),
    /// Which line.
    pub y: i64,
    /// What the node was.
    pub state: NodeState,
    /// In which term.
    pub term: Term,
}

/// A mark on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its place among the marks.
    pub mark: usize,
    /// Where.
    pub at: Point,
    /// There is room for its name.
    pub named: bool,
}

/// A name beside a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// The message's place among all.
    pub voyage: usize,
    /// Where it begins.
    pub at: Point,
}

/// A moment at the foot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Where.
    pub x: i64,
    /// When, in words.
    pub says: String,
}

/// Where everything stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// How large it is.
    pub layout: Layout,
    /// Its height.
    pub height: i64,
    /// Each line's place, from the top.
    pub lanes: Vec<(Place, i64)>,
    /// What the nodes were.
    pub bands: Vec<Band>,
    /// The messages.
    pub lines: Vec<Line>,
    /// The names of some of them.
    pub labels: Vec<Label>,
    /// The marks for which there is room.
    pub marks: Vec<Placed>,
    /// The moments.
    pub ticks: Vec<Tick>,
}

impl Sheet {
    /// Places a diagram.
    #[must_use]
    pub fn new(diagram: &Diagram, layout: Layout) -> Self {
        let lanes: Vec<(Place, i64)> =
            diagram.lanes.iter().zip(0..).map(|(lane, row)| (*lane, TOP + layout.row / 2 + layout.row * row)).collect();
        let mut sheet = Self {
            height: TOP + layout.row * i64::try_from(lanes.len()).unwrap_or(0) + FOOT,
            layout,
            lanes,
            bands: Vec::new(),
            lines: Vec::new(),
            labels: Vec::new(),
            marks: Vec::new(),
            ticks: ticks(&diagram.window, layout),
        };
        sheet.bands = diagram
            .spans
            .iter()
            .filter_map(|span| {
                let x = |at| diagram.window.place(at, layout.plot());
                let y = sheet.y(Place::Node(span.node))?;
                Some(Band { x: (x(span.from), x(span.until)), y, state: span.state, term: span.term })
            })
            .collect();
        let lines = diagram.voyages.iter().enumerate();
        sheet.lines = lines.filter_map(|(voyage, it)| sheet.line(voyage, it, &diagram.window)).collect();
        sheet.place_marks(diagram);
        sheet.name_lines(diagram);
        sheet
    }

    /// The first and the last line's outer edges: between them things happen.
    #[must_use]
    pub fn rows(&self) -> (i64, i64) {
        (TOP, self.height - FOOT)
    }

    /// Which line is whose.
    fn y(&self, place: Place) -> Option<i64> {
        self.lanes.iter().find(|(lane, _)| *lane == place).map(|(_, y)| *y)
    }

    fn line(&self, number: usize, voyage: &Voyage, window: &Window) -> Option<Line> {
        let x = |at| window.place(at, self.layout.plot());
        let from = (x(voyage.sent_at), self.y(voyage.from)?);
        let due = (x(voyage.due_at), self.y(voyage.to)?);
        let along = |part: i64, of: i64| {
            (from.0 + (due.0 - from.0) * part / of.max(1), from.1 + (due.1 - from.1) * part / of.max(1))
        };
        let span = |to: Micros, from: Micros| i64::try_from(to.since(from).0).unwrap_or(i64::MAX);
        let whole = span(voyage.due_at, voyage.sent_at);
        let (to, fate) = match voyage.end {
            None => (due, Fate::UnderWay),
            Some(end) => match end.lost {
                None => (due, Fate::Arrived),
                // It never left: the line is as long as it takes to see where it was to go.
                Some(LossReason::Cut) if whole == 0 => {
                    ((from.0 + 60, from.1 + (due.1 - from.1).signum() * 110), Fate::Lost)
                }
                // Where on its way the link lost it, nobody knows.
                Some(LossReason::Chance) => (along(2, 3), Fate::Lost),
                Some(_) => (along(span(end.at, voyage.sent_at).min(whole), whole), Fate::Lost),
            },
        };
        Some(Line { voyage: number, from, to, fate })
    }

    /// The line nearest to a point, if any is so near.
    #[must_use]
    pub fn nearest(&self, at: Point, within: i64) -> Option<&Line> {
        let distance = |line: &Line| {
            let (dx, dy) = (line.to.0 - line.from.0, line.to.1 - line.from.1);
            let along = (at.0 - line.from.0) * dx + (at.1 - line.from.1) * dy;
            let whole = (dx * dx + dy * dy).max(1);
            let part = along.clamp(0, whole);
            let foot = (
                i128::from(dx) * i128::from(part) / i128::from(whole),
                i128::from(dy) * i128::from(part) / i128::from(whole),
            );
            let away = (i128::from(at.0 - line.from.0) - foot.0, i128::from(at.1 - line.from.1) - foot.1);
            away.0 * away.0 + away.1 * away.1
        };
        let near = self.lines.iter().map(|line| (distance(line), line));
        near.filter(|(away, _)| *away <= i128::from(within * within))
            .min_by_key(|(away, _)| *away)
            .map(|(_, line)| line)
    }

    /// Of marks that stand close together on a line, the greatest is seen; a name stands in it where there is room.
    fn place_marks(&mut self, diagram: &Diagram) {
        let mut placed: Vec<(Option<Place>, bool, Placed)> = Vec::new();
        for (number, mark) in diagram.marks.iter().enumerate() {
            let y = match mark.lane {
                Some(lane) => self.y(lane),
                None => Some(TOP / 2),
            };
            let Some(y) = y else { continue };
            let flag = is_flag(mark.kind);
            let x = diagram.window.place(mark.at, self.layout.plot());
            // What is drawn about its moment, and not from it on, would be cut off at the edge.
            let about = flag || mark.kind == MarkKind::Action || mark.kind == MarkKind::Violation;
            let at = (if about { x.max(65) } else { x }, if flag { y - 150 } else { y });
            // What an answer says, its message says beside it.
            let named = mark.kind != MarkKind::Promise;
            let this = (mark.lane, flag, Placed { mark: number, at, named });
            let before = placed.iter_mut().rfind(|(lane, other, _)| (*lane, *other) == (mark.lane, flag));
            match before {
                Some((_, _, before)) if at.0 - before.at.0 < CROWDED => {
                    if diagram.marks[before.mark].kind < mark.kind {
                        *before = this.2;
                    }
                }
                Some((_, _, before)) => {
                    let mark = &diagram.marks[before.mark];
                    before.named &= at.0 - before.at.0 >= width(mark, self.layout) + GAP;
                    placed.push(this);
                }
                None => placed.push(this),
            }
        }
        self.marks = placed.into_iter().map(|(_, _, placed)| placed).collect();
    }

    /// Names the messages that have room for it, each in the gap beside its sender.
    fn name_lines(&mut self, diagram: &Diagram) {
        let (row, letter, plot) = (self.layout.row, self.layout.letter, self.layout.plot());
        let flags = self.marks.iter().filter(|placed| is_flag(diagram.marks[placed.mark].kind));
        let mut taken: Vec<(Point, i64)> = flags
            .map(|placed| {
                let room = if placed.named { width(&diagram.marks[placed.mark], self.layout) } else { CROWDED };
                ((placed.at.0 - 60, placed.at.1), room + 60)
            })
            .collect();
        for line in &self.lines {
            let voyage = &diagram.voyages[line.voyage];
            let (dx, dy) = (line.to.0 - line.from.0, line.to.1 - line.from.1);
            if voyage.routine || dy == 0 {
                continue;
            }
            let width = letter * i64::try_from(voyage.label.chars().count()).unwrap_or(0) + 40;
            let y = line.from.1 + dy.signum() * (row / 2).min(dy.abs() / 2);
            let x = line.from.0 + dx * (y - line.from.1) / dy + 55;
            let free = x >= 0
                && x + width <= plot
                && taken
                    .iter()
                    .all(|((left, top), wide)| (top - y).abs() >= 130 || x >= left + wide || x + width <= *left);
            if free {
                taken.push(((x, y), width));
                self.labels.push(Label { voyage: line.voyage, at: (x, y + 40) });
            }
        }
    }
}

/// Whether a mark stands above its line, and leaves room for a cell on it.
#[must_use]
pub fn is_flag(kind: MarkKind) -> bool {
    matches!(kind, MarkKind::Promise | MarkKind::Refused | MarkKind::Lost | MarkKind::Leads)
}

/// How wide a mark is with its name.
#[must_use]
pub fn width(mark: &TimeMark, layout: Layout) -> i64 {
    let letters = i64::try_from(mark.short.chars().count()).unwrap_or(0);
    let tick = if mark.kind == MarkKind::Applied { 130 } else { 0 };
    (letters * (layout.letter + 12) + 70 + tick).max(250)
}

/// Some round moments.
fn ticks(window: &Window, layout: Layout) -> Vec<Tick> {
    let most = u64::try_from(layout.plot() / 800).unwrap_or(1);
    let mut unit = 1;
    let step = loop {
        if let Some(step) = [unit, 2 * unit, 5 * unit].into_iter().find(|step| step * most >= window.span().0) {
            break step;
        }
        unit *= 10;
    };
    let first = window.from.0.div_ceil(step) * step;
    let moments = (0..).map(|number| Micros(first + number * step)).take_while(|at| *at <= window.until);
    moments.map(|at| Tick { x: window.place(at, layout.plot()), says: moment_words(at) }).collect()
}

/// A round moment: `6 ms`, `0.5 ms`, `1.25 s`.
fn moment_words(at: Micros) -> String {
    let (value, unit) = if at.0 >= 1_000_000 { (at.0 / 1000, "s") } else { (at.0, "ms") };
    let part = format!("{:03}", value % 1000);
    match part.trim_end_matches('0') {
        "" => format!("{} {unit}", value / 1000),
        part => format!("{}.{part} {unit}", value / 1000),
    }
}
