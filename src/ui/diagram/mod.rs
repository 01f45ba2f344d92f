//! The run over time, which is also a scrubber: the core's drawing, a slider that lies over it unseen, and the fog that
//! covers what has not happened yet. A message that someone points at is named.
//!
//! It is there once there is something to draw: all but its frame is part of the second module
//! ([`Later`](crate::ui::later::Later)), which is fetched as soon as anything happens.

mod fog;
mod inside;
mod plot;

use crate::simulation::Micros;
use crate::teaching::diagram::{Diagram, Sheet, Voyage, Zoom};
use crate::teaching::session::Session;
use crate::ui::later::later;
use crate::ui::markup::{markup, truth};
use crate::ui::msg::Msg;
use crate::ui::part::same;
use crate::ui::view::View;
pub use fog::{Fog, lift};
pub use inside::{draw, inside, save};
use std::rc::Rc;
use yew::Html;

/// How much is shown until somebody chooses otherwise.
const ZOOM: Zoom = Zoom::Span(Micros::from_millis(25));

/// What is drawn of the run, and where everything stands in it.
#[derive(Debug)]
pub struct Drawn {
    /// What is drawn.
    pub diagram: Rc<Diagram>,
    /// Where.
    pub sheet: Sheet,
}

/// What is to be seen of it.
#[derive(Clone, Debug)]
pub struct Look {
    /// The drawing; nothing while it is folded away, or has not been fetched.
    pub drawn: Option<Rc<Drawn>>,
    /// How much of the run it shows.
    pub zoom: Zoom,
    /// The message that someone points at, by its place among those that are drawn.
    pub pointed: Option<usize>,
}

/// The run over time, as the page remembers it.
#[derive(Debug)]
pub struct Chart {
    /// What is to be seen.
    pub look: Look,
    /// It is to be folded away.
    pub folded: bool,
    /// It was asked for.
    asked: bool,
    fog: Fog,
    /// When it was drawn last.
    drawn_ms: f64,
}

impl Default for Chart {
    fn default() -> Self {
        let look = Look { drawn: None, zoom: ZOOM, pointed: None };
        Self { look, folded: false, asked: false, fog: Fog::default(), drawn_ms: 0.0 }
    }
}

impl Chart {
    /// Whether it is to be fetched: once, as soon as there is something to draw.
    pub fn is_wanted(&mut self, session: &Session) -> bool {
        let wanted = !self.folded && !self.asked && session.transport().last_step > 0;
        self.asked |= wanted;
        wanted
    }

    /// It is drawn anew the next time, however short a while it has stood.
    pub fn has_rested(&mut self) {
        self.drawn_ms = 0.0;
    }

    /// It did not come: whoever unfolds it asks anew.
    pub fn miss(&mut self) {
        self.folded |= self.asked;
    }
}

impl Look {
    /// The message that someone points at.
    pub fn pointed_at(&self) -> Option<&Voyage> {
        self.drawn.as_ref()?.diagram.voyages.get(self.pointed?)
    }

    /// Tells one look from another.
    fn key(&self) -> [u64; 2] {
        [self.drawn.as_ref().map_or(0, same), self.pointed.map_or(0, |place| place as u64 + 1)]
    }
}

/// The panel.
pub fn panel(view: &Rc<View>) -> Html {
    let inside = later().filter(|_| view.chart.drawn.is_some()).map(|later| (later.timeline)(view));
    let fold = view.click(Msg::Unfold(view.folded));
    let [tools, plot] = inside.unwrap_or_else(|| {
        let room = markup! {
            "<div class='sheet-box is-empty'><p>Nothing has happened yet. Once something does, every message is drawn here:
                when it left, when it arrived, and what came of it.</p></div>"
        };
        [Html::default(), if view.folded { Html::default() } else { room }]
    });
    markup! {
        "<section class='panel timeline' aria-labelledby='timeline-title'>
            <div class='panel-head'>
                <h2 id='timeline-title'>
                    <button type='button' class='fold' aria-expanded=" {truth(!view.folded)} " onclick=" {fold} ">Timeline</button>
                </h2>"
                {tools}
            "</div>"
            {plot}
        "</section>"
    }
}
