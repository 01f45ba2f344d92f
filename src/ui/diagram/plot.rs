//! The drawing with the slider over it.

use super::inside::told;
use crate::simulation::Micros;
use crate::teaching::diagram::{Voyage, drawing, pointed};
use crate::teaching::session::Intent;
use crate::ui::markup::{Handler, markup};
use crate::ui::msg::Msg;
use crate::ui::part::part;
use crate::ui::view::View;
use crate::ui::vocabulary;
use crate::ui::words::clock;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent, MouseEvent};
use yew::Html;

/// How near to a message one has to point, in the drawing's units.
const NEAR: i64 = 90;

/// The drawing with the slider over it.
pub fn plot(view: &Rc<View>) -> Html {
    let look = view.chart.key();
    markup! {
        "<div class='sheet-box'>"
            {part(view, &look[..1], |view| sheet(view))}
            {part(view, &look, |view| message(view))}
            "<div class='fog' aria-hidden='true'><div class='fog-known'></div><div class='fog-unknown'></div></div>"
            {slider(view)}
        "</div>"
    }
}

/// The core's drawing. Whatever it says is escaped there.
fn sheet(view: &View) -> Html {
    let text = view.chart.drawn.as_ref().map(|drawn| drawing(&drawn.diagram, &drawn.sheet, vocabulary::chosen()));
    Html::from_html_unchecked(text.unwrap_or_default().into())
}

/// The message that someone points at, before all others.
fn message(view: &View) -> Html {
    let text = view
        .chart
        .drawn
        .as_ref()
        .zip(view.chart.pointed)
        .map(|(drawn, place)| pointed(&drawn.diagram, &drawn.sheet, place));
    Html::from_html_unchecked(text.unwrap_or_default().into())
}

/// The slider: the drawing's own stretch of time.
fn slider(view: &View) -> Option<Html> {
    let drawn = Rc::clone(view.chart.drawn.as_ref()?);
    let (window, plot) = (drawn.diagram.window, drawn.sheet.layout.plot());
    let now = view.transport.now;
    let mut says = clock(now);
    let marks = drawn.diagram.marks.iter().filter(|mark| mark.at == now && mark.step <= view.frame.step);
    let what = match view.chart.pointed_at() {
        Some(voyage) => Some(told(voyage)),
        None => marks.max_by_key(|mark| (mark.step, mark.kind)).map(|mark| mark.label.to_string()),
    };
    if let Some(what) = what {
        says.push_str(", ");
        says.push_str(&what);
    }
    let whole = u64::try_from(plot).unwrap_or(1);
    let seek = view.on(move |event| {
        let place: u64 = event.target()?.unchecked_into::<HtmlInputElement>().value().parse().ok()?;
        Some(Intent::SeekTime(window.moment(place, whole)).into())
    });
    let near = Rc::clone(&drawn);
    let hit = move |event: &Event| {
        let mouse = event.dyn_ref::<MouseEvent>()?;
        let area = event.target()?.unchecked_into::<Element>();
        let (top, bottom) = (0, near.sheet.rows().1);
        let x = i64::from(mouse.offset_x()) * plot / i64::from(area.client_width().max(1));
        let y = top + i64::from(mouse.offset_y()) * (bottom - top) / i64::from(area.client_height().max(1));
        near.sheet.nearest((x, y), NEAR).map(|line| line.voyage)
    };
    let (pointed, hits) = (view.chart.pointed, Rc::new(hit));
    let hit = Rc::clone(&hits);
    // Whoever drags means a moment, and no message.
    let point = view.on(move |event| {
        let held = event.dyn_ref::<MouseEvent>().is_some_and(|mouse| mouse.buttons() != 0);
        Some(Msg::Point(hit(event).filter(|_| !held)))
    });
    let leave = view.click(Msg::Point(None));
    let there = Rc::clone(&drawn);
    let go = view.on(move |event| {
        let place = hits(event).filter(|place| Some(*place) == pointed)?;
        sending(&there.diagram.voyages[place])
    });
    Some(markup! {
        "<input type='range' class='sheet-slider' min='0' max=" {whole} " step='1' value=" {place(view, now)} "
            aria-label='Point in time, in the drawing' aria-valuetext=" {says} " oninput=" {seek} " onclick=" {go} "
            onpointermove=" {point} " onpointerout=" {leave} " onkeydown=" {keys(view)} "/>"
    })
}

/// Up and down lead from message to message, Enter to where it leaves.
fn keys(view: &View) -> Handler {
    let (drawn, pointed, now) = (view.chart.drawn.clone(), view.chart.pointed, view.transport.now);
    view.on(move |event| {
        let voyages = &drawn.as_ref()?.diagram.voyages;
        let meant = match event.dyn_ref::<KeyboardEvent>()?.key().as_str() {
            "ArrowDown" => {
                let next = pointed.map_or_else(|| voyages.partition_point(|it| it.sent_at < now), |place| place + 1);
                Msg::Point(Some(next.min(voyages.len().checked_sub(1)?)))
            }
            "ArrowUp" => {
                let next = pointed.unwrap_or_else(|| voyages.partition_point(|it| it.sent_at <= now));
                Msg::Point(Some(next.saturating_sub(1)).filter(|_| !voyages.is_empty()))
            }
            "Enter" => sending(voyages.get(pointed?)?)?,
            _ => return None,
        };
        event.prevent_default();
        Some(meant)
    })
}

/// To where a message leaves.
fn sending(voyage: &Voyage) -> Option<Msg> {
    Some(voyage.step.map_or(Intent::SeekTime(voyage.sent_at), Intent::Seek).into())
}

/// Where a moment lies on the slider.
fn place(view: &View, now: Micros) -> u64 {
    let drawn = view.chart.drawn.as_ref();
    let place = drawn.map_or(0, |drawn| drawn.diagram.window.place(now, drawn.sheet.layout.plot()));
    u64::try_from(place).unwrap_or(0)
}
