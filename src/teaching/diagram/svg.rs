//! Draws a diagram as SVG: the same drawing for the page, which brings its own colours, and for a file that stands alone.

use super::sheet::width;
use super::{Band, Diagram, Fate, Layout, Line, MarkKind, NodeState, Placed, Sheet, Voyage};
use crate::replication::Term;
use crate::simulation::{Micros, Place};
use crate::teaching::frame::FlightKind;
use crate::teaching::vocabulary::Vocabulary;
use litemap::LiteMap;
use std::fmt::Write;

/// The kinds of messages: the class, and the name that the legend has for it.
pub const KINDS: [(FlightKind, &str, &str); 8] = [
    (FlightKind::Request, "kind-request", "request"),
    (FlightKind::Answer, "kind-answer", "answer"),
    (FlightKind::Append, "kind-append", "append"),
    (FlightKind::Acknowledge, "kind-acknowledge", "acknowledge"),
    (FlightKind::Heartbeat, "kind-heartbeat", "heartbeat"),
    (FlightKind::Reject, "kind-reject", "reject"),
    (FlightKind::Term, "kind-term", "term"),
    (FlightKind::Control, "kind-control", "order"),
];

/// The looks of a file that stands alone: as the page looks by day.
const STYLE: &str = concat!(include_str!("ways.css"), include_str!("file.css"));

/// From how many messages on they run so close that their dashes cannot be told apart, and take most of the time that
/// the browser needs to draw them.
const CROWDED: usize = 80;

/// A drawing under way.
struct Pen<'a> {
    out: String,
    diagram: &'a Diagram,
    sheet: &'a Sheet,
    words: Vocabulary,
    /// Where it ends.
    end: i64,
}

/// The drawing for the page.
#[must_use]
pub fn drawing(diagram: &Diagram, sheet: &Sheet, words: Vocabulary) -> String {
    let mut pen = Pen { out: String::new(), diagram, sheet, words, end: sheet.layout.plot() - 10 };
    let (width, height) = (sheet.layout.width, sheet.height);
    let crowded = if is_crowded(diagram) { " is-crowded" } else { "" };
    pen.put(&format!("<svg class='sheet{crowded}' viewBox='0 0 {width} {height}' aria-hidden='true'>"));
    pen.all();
    pen.put("</svg>");
    pen.out
}

/// The drawing as a file, with a title that says which moment it was taken at, and a legend; the run ends at `reach`.
#[must_use]
pub fn file(diagram: &Diagram, now: Micros, reach: Micros, words: Vocabulary) -> String {
    let sheet = Sheet::new(diagram, Layout::WIDE);
    let plot = sheet.layout.plot();
    let end = diagram.window.place(reach, plot).clamp(0, plot);
    let mut pen = Pen { out: String::new(), diagram, sheet: &sheet, words, end };
    let (width, height) = (sheet.layout.width + 200, sheet.height + 860);
    let title = format!("Harbor Point at {now}");
    pen.put("<?xml version='1.0' encoding='UTF-8'?>\n");
    pen.put(&format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{}' height='{}' viewBox='0 0 {width} {height}'>\n",
        width / 10,
        height / 10
    ));
    pen.put(&format!("<title>{title}</title>\n<style>{STYLE}</style>\n"));
    pen.put(&format!("<rect class='paper' width='{width}' height='{height}'/>"));
    pen.put(&format!("<text class='file-title' x='150' y='270'>{title}</text>"));
    let (from, until) = (diagram.followed.0, diagram.followed.1.min(reach));
    let mut says = format!("{} messages, sent or under way from {from} to {until}", diagram.voyages.len());
    if diagram.left_out > 0 {
        says.push_str(&format!("; {} more are left out", diagram.left_out));
    }
    pen.put(&format!("<text class='file-says' x='150' y='450'>{says}. Time runs to the right.</text>\n"));
    pen.put("<svg x='100' y='500' width='");
    pen.put(&format!(
        "{}' height='{}' viewBox='0 0 {} {}'>\n",
        sheet.layout.width, sheet.height, sheet.layout.width, sheet.height
    ));
    pen.all();
    let x = sheet.layout.left + diagram.window.place(now, plot).clamp(0, plot);
    pen.put(&format!("<path class='present' d='M{x} 0V{}'/>", sheet.rows().1));
    pen.put("</svg>\n");
    pen.legend(sheet.height + 640);
    pen.put("</svg>\n");
    pen.out
}

impl Pen<'_> {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// A text that may hold anything, in the words that the page speaks.
    fn say(&mut self, text: &str) {
        let said = self.words.rewrite(text);
        for letter in said.as_deref().unwrap_or(text).chars() {
            match letter {
                '&' => self.put("&amp;"),
                '<' => self.put("&lt;"),
                '>' => self.put("&gt;"),
                '\'' => self.put("&apos;"),
                '"' => self.put("&quot;"),
                letter => self.out.push(letter),
            }
        }
    }

    /// Everything. What lies behind the end is cut off; what has not happened yet, the page covers.
    fn all(&mut self) {
        let sheet = self.sheet;
        let Layout { left, .. } = sheet.layout;
        let (top, foot) = sheet.rows();
        for (lane, y) in &sheet.lanes {
            let y = *y;
            self.put(&format!("<text class='lane-name' x='{}' y='{}'>", left - 90, y + 42));
            self.say(&lane_name(*lane, sheet.layout));
            self.put("</text>");
        }
        for tick in &sheet.ticks {
            let x = left + tick.x;
            self.put(&format!(
                "<path class='tick' d='M{x} {top}V{foot}'/><text class='tick-says' x='{x}' y='{}'>{}</text>",
                foot + 150,
                tick.says
            ));
        }
        let height = sheet.height;
        let seen = self.end;
        // An inner drawing cuts off what is outside of its window.
        self.put(&format!("\n<svg x='{left}' y='0' width='{seen}' height='{height}' viewBox='0 0 {seen} {height}'>"));
        for (lane, y) in &sheet.lanes {
            if !matches!(lane, Place::Node(_)) {
                self.put(&format!("<path class='lane' d='M0 {y}H{}'/>", seen));
            }
        }
        sheet.bands.iter().for_each(|band| self.band(band));
        self.lines();
        sheet.marks.iter().for_each(|placed| self.mark(placed));
        for label in &sheet.labels {
            self.put(&format!("<text class='voyage-says' x='{}' y='{}'>", label.at.0, label.at.1));
            self.say(&self.diagram.voyages[label.voyage].label);
            self.put("</text>");
        }
        self.put("</svg>");
    }

    fn band(&mut self, band: &Band) {
        let (from, until, y) = (band.x.0, band.x.1, band.y);
        let term = term_class(band.term);
        let state = match band.state {
            NodeState::Down => "down",
            NodeState::Paused => "paused",
            NodeState::Follower => "follower",
            NodeState::Candidate => "candidate",
            NodeState::Leader => "leader",
        };
        self.put(&format!("<path class='band is-{state} {term}' d='M{from} {y}H{until}'/>"));
    }

    /// The messages, each by itself. In a crowd, nobody tells two of a kind apart: they are one drawing, which the browser
    /// has far less to do with.
    fn lines(&mut self) {
        let (diagram, lines) = (self.diagram, &self.sheet.lines);
        if !is_crowded(diagram) {
            lines.iter().for_each(|line| self.alike(&[line], "voyage"));
            return;
        }
        let mut kinds: LiteMap<_, Vec<&Line>> = LiteMap::new();
        for line in lines {
            let Voyage { kind, routine, .. } = diagram.voyages[line.voyage];
            kinds.entry((kind, routine, line.fate == Fate::Lost)).or_insert_with(Vec::new).push(line);
        }
        kinds.values().for_each(|lines| self.alike(lines, "voyage"));
    }

    /// Messages in the colour and dashes of their kind, which is that of the first; what was lost ends in a cross.
    fn alike(&mut self, lines: &[&Line], class: &str) {
        let Some(first) = lines.first() else { return };
        let voyage = &self.diagram.voyages[first.voyage];
        let lost = first.fate == Fate::Lost;
        let routine = if voyage.routine { " is-routine" } else { "" };
        let fate = if lost { " is-lost" } else { "" };
        self.put(&format!("<g class='{class} {}{routine}{fate}'><path class='way' d='", kind_class(voyage.kind)));
        for Line { from: (x, y), to: (to_x, to_y), .. } in lines {
            let _ = write!(self.out, "M{x} {y}L{to_x} {to_y}");
        }
        self.put(if lost { "'/><path class='cross' d='" } else { "'/><path class='head' d='" });
        for line in lines {
            let (to_x, to_y) = line.to;
            let _ = if lost {
                write!(self.out, "M{} {}l110 110m0 -110l-110 110", to_x - 55, to_y - 55)
            } else {
                let (dx, dy) = (to_x - line.from.0, to_y - line.from.1);
                let length = (dx * dx + dy * dy).isqrt().max(1);
                let back = (to_x - dx * 100 / length, to_y - dy * 100 / length);
                let side = (dy * 42 / length, dx * 42 / length);
                let [one, other] = [(back.0 - side.0, back.1 + side.1), (back.0 + side.0, back.1 - side.1)];
                write!(self.out, "M{to_x} {to_y}L{} {}L{} {}Z", one.0, one.1, other.0, other.1)
            };
        }
        self.put("'/></g>");
    }

    /// What came about: a cell as in the log for an entry, a flag above the line for the rest.
    fn mark(&mut self, placed: &Placed) {
        let mark = &self.diagram.marks[placed.mark];
        let (x, y) = placed.at;
        let (class, drawing) = match mark.kind {
            MarkKind::Appended => ("cell is-appended", ""),
            MarkKind::Durable => ("cell is-durable", ""),
            MarkKind::Committed => ("cell is-committed", ""),
            MarkKind::Applied => ("cell is-committed is-applied", ""),
            MarkKind::RolledBack => ("cell is-rolled-back", ""),
            MarkKind::Action => ("point is-action", "v-50m-60 50h120l-60 75Z"),
            MarkKind::Promise => ("point is-promise", "m-60 0l45 45l90 -100"),
            MarkKind::Up => ("point is-up", "m-60 50l60 -110l60 110Z"),
            MarkKind::Down => ("point is-down", "m-60 -60l120 120m0 -120l-120 120"),
            MarkKind::Refused => ("point is-refused", "m-60 0h120"),
            MarkKind::Leads => ("point is-leads", "m0 -80l22 55h58l-46 36l18 57l-52 -36l-52 36l18 -57l-46 -36h58Z"),
            MarkKind::Lost => ("point is-lost", "m-60 -60l120 120m0 -120l-120 120"),
            MarkKind::Violation => ("point is-violation", "m0 -80l80 140h-160Z"),
        };
        self.put(&format!("<g class='{class} {}'>", mark.term.map(term_class).unwrap_or_default()));
        if class.starts_with("cell") {
            let width = if placed.named { width(mark, self.sheet.layout) } else { 90 };
            self.put(&format!("<rect x='{x}' y='{}' width='{width}' height='180' rx='40'/>", y - 90));
            if placed.named {
                let applied = mark.kind == MarkKind::Applied;
                let middle = x + width / 2 - if applied { 65 } else { 0 };
                self.put(&format!("<text x='{middle}' y='{}'>", y + 40));
                self.say(&mark.short);
                self.put("</text>");
                if applied {
                    self.put(&format!("<path class='applied' d='M{} {y}l28 32l52 -70'/>", x + width - 120));
                }
            }
        } else {
            self.put(&format!("<path d='M{x} {y}{drawing}'/>"));
            if placed.named {
                self.put(&format!("<text x='{}' y='{}'>", x + 100, y + 40));
                self.say(&mark.short);
                self.put("</text>");
            }
        }
        self.put("</g>");
    }

    /// What the lines mean.
    fn legend(&mut self, y: i64) {
        let mut x = 200;
        for (_, class, name) in KINDS {
            self.put(&format!("<g class='voyage {class}'><path class='way' d='M{x} {y}h320'/></g><text class='file-says' x='{}' y='{}'>{name}</text>", x + 370, y + 45));
            x += 1180;
        }
    }
}

/// One message, to be seen before all others.
#[must_use]
pub fn pointed(diagram: &Diagram, sheet: &Sheet, voyage: usize) -> String {
    let mut pen = Pen { out: String::new(), diagram, sheet, words: Vocabulary::default(), end: 0 };
    let (plot, height) = (sheet.layout.plot(), sheet.height);
    pen.put(&format!(
        "<svg class='sheet-pointed' viewBox='0 0 {plot} {height}' preserveAspectRatio='none' aria-hidden='true'>"
    ));
    if let Some(line) = sheet.lines.iter().find(|line| line.voyage == voyage) {
        pen.alike(&[line], "voyage is-pointed");
    }
    pen.put("</svg>");
    pen.out
}

fn is_crowded(diagram: &Diagram) -> bool {
    diagram.voyages.len() > CROWDED
}

/// The class that gives a kind of message its look.
#[must_use]
pub fn kind_class(kind: FlightKind) -> &'static str {
    KINDS.iter().find(|(other, ..)| *other == kind).map_or("", |(_, class, _)| class)
}

/// The class that gives a term its colour; the story begins in the first. The number is always written beside it.
#[must_use]
pub fn term_class(term: Term) -> &'static str {
    ["term-0", "term-1", "term-2", "term-3", "term-4", "term-5"][usize::try_from((term + 3) % 6).unwrap_or(0)]
}

fn lane_name(lane: Place, layout: Layout) -> String {
    match lane {
        Place::ControlPlane if layout == Layout::NARROW => "control".to_owned(),
        lane => lane.to_string(),
    }
}
