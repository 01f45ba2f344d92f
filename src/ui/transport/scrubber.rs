//! The scrubber: any moment that has been reached, with marks where the story advanced. It spans the whole run; the
//! timeline, which can be dragged as well, shows a stretch of it closely, and which stretch that is stands here.

use crate::simulation::Micros;
use crate::teaching::session::{Intent, Mark, MarkKind};
use crate::ui::browser;
use crate::ui::markup::{each, markup};
use crate::ui::part::{part, same};
use crate::ui::view::View;
use crate::ui::words::clock;
use std::rc::Rc;
use web_sys::{Element, HtmlInputElement};
use yew::Html;

/// The latest moment that it leads to.
fn end(view: &View) -> Micros {
    view.transport.end.max(view.transport.now)
}

/// The scrubber.
pub fn scrubber(view: &Rc<View>) -> Html {
    let (now, end) = (view.transport.now, end(view));
    let oninput = view.input(|at| at.parse().ok().map(|at| Intent::SeekTime(Micros(at)).into()));
    markup! {
        "<div class='scrubber'>"
            {part(view, &[end.0, same(&view.marks), stretch(view).0.0, stretch(view).1.0], |view| marks(view))}
            "<input type='range' min='0' max=" {end.0.max(1)} " step='1' value=" {now.0} " oninput=" {oninput} "
                aria-label='Moment, in the whole run' aria-valuetext=" {clock(now)} " disabled=" {end.0 == 0} "/>
        </div>"
    }
}

/// Moves the thumb and the clock beside it without drawing either anew.
pub fn show_time(now: Micros, end: Micros) {
    let says = clock(now);
    if let Some(text) = browser::find::<Element>(".clock b").and_then(|text| text.first_child()) {
        text.set_node_value(Some(&says));
    }
    if let Some(input) = browser::find::<HtmlInputElement>(".scrubber input") {
        input.set_max(&end.max(now).0.max(1).to_string());
        input.set_value(&now.0.to_string());
        let _ = input.set_attribute("aria-valuetext", &says);
    }
}

/// What the timeline shows, from when until when; the whole run where it shows that, or is folded away.
fn stretch(view: &View) -> (Micros, Micros) {
    let whole = (Micros(0), end(view));
    view.chart
        .drawn
        .as_ref()
        .map_or(whole, |drawn| (drawn.diagram.window.from, drawn.diagram.window.until.min(whole.1)))
}

/// The marks above the track, and the stretch that the timeline shows, in shares of its length.
fn marks(view: &View) -> Html {
    let whole = end(view).0.max(1);
    let share = |at: Micros| {
        let share = at.0.min(whole) * 1000 / whole;
        [&*(share / 10).to_string(), ".", &*(share % 10).to_string(), "%"].concat()
    };
    let mark = |mark: &Mark| {
        markup! { "<svg x=" {share(mark.at)} ">" {tick(mark.kind)} "</svg>" }
    };
    let (from, until) = stretch(view);
    let shown = (until.since(from).0 < whole).then(|| {
        markup! { "<rect class='tick-stretch' x=" {share(from)} " width=" {share(until.since(from))} " height='100%'/>" }
    });
    markup! { "<svg class='ticks' aria-hidden='true'>" {shown} {each(&view.marks, mark)} "</svg>" }
}

/// A mark: a stroke, a diamond, a tick or a cross, at 0 from the left and 14 units high.
pub fn tick(kind: MarkKind) -> Html {
    let (class, shape) = match kind {
        MarkKind::Action => ("tick-action", "M0 4V14"),
        MarkKind::Milestone => ("tick-milestone", "M0 7L3.5 10.5L0 14L-3.5 10.5Z"),
        MarkKind::Promise => ("tick-promise", "M-4 2.5L-1 5.5L4.5 -.5"),
        MarkKind::Violation => ("tick-violation", "M-4 -1L4 7M4 -1L-4 7M0 9V14"),
    };
    markup! { "<path class=" {class} " d=" {shape} "/>" }
}
