//! The run over time, as the page draws it: what was drawn last is kept, so that what did not change stays the same.

use super::{DEFAULT_SPEED, Session};
use crate::simulation::Micros;
use crate::teaching::diagram::{Diagram, Watch, Window, Zoom};
use std::rc::Rc;

/// How far past a drawn window one looks for what became of its messages.
const LOOK_AHEAD: Micros = Micros::from_millis(250);

/// A run of more steps is not followed message by message when all of it is drawn, but so far around the present moment.
const LONG: u64 = 8192;
const AROUND: Micros = Micros::from_millis(150);

/// While time runs fast, so many steps are followed at once at most: what is drawn may be behind, what moves must not wait.
const AT_ONCE: u64 = 4000;

impl Session {
    /// The run over time, as much of it as is asked for. What did not change is the same diagram.
    pub fn draw(&mut self, zoom: Zoom) -> Rc<Diagram> {
        let (now, end) = (self.timeline.world().now(), self.timeline.reach().1);
        let zoom = match zoom {
            // While time runs, two seconds of it at least lie in a window: it would turn over too often to be read.
            Zoom::Span(span) if self.playing => Zoom::Span(span.max(Micros(u64::from(self.speed) * 2000))),
            zoom => zoom,
        };
        let (watch, before) = self.drawn.take().unzip();
        let window = Window::at(now, end, zoom, self.playing, before.as_ref().map(|it: &Rc<Diagram>| it.window));
        let (from, through) = match zoom {
            Zoom::All if self.timeline.reach().0 > LONG => (Micros(now.since(AROUND).0), now + AROUND),
            _ => (window.from, window.until + LOOK_AHEAD),
        };
        let most = if self.playing && self.speed > DEFAULT_SPEED { AT_ONCE } else { u64::MAX };
        let watch = Watch::over(&self.timeline, watch, from, through, most);
        let diagram = Diagram::of(&self.timeline, &watch, window, now);
        let diagram = before.filter(|before| **before == diagram).unwrap_or_else(|| Rc::new(diagram));
        self.drawn = Some((watch, Rc::clone(&diagram)));
        diagram
    }
}
