//! The moment that the page shows, and how it moves: with the clock where time runs, along a glide where it was stepped.
//! Most ticks move it without drawing the page anew.

use super::App;
use crate::simulation::Micros;
use crate::teaching::frame::Frame;
use crate::teaching::session::Intent;
use crate::ui::later;
use crate::ui::msg::Msg;
use crate::ui::stage::Scene;
use crate::ui::transport::show_time;
use std::rc::Rc;

/// How often the clock and the scrubber move while time runs and nothing happens: nobody reads faster.
const CLOCK_MS: u32 = 100;
/// How often the whole page is drawn meanwhile.
const DRAW_MS: f64 = 500.0;
/// How long a page that was drawn stands at least, however much happens.
const STANDS_MS: u32 = 50;
/// It stands so many times as long as it took to be drawn, so that most of the time is left for what moves.
const STANDS_TIMES: f64 = 8.0;
/// What follows on an event so soon is drawn with it.
const TOGETHER_MS: u32 = 12;
/// How often a step that is seen under way moves.
const GLIDE_MS: u32 = 16;

impl App {
    /// The frame that is shown, and its moment: of a step under way, the ones before it.
    pub(super) fn shown(&self) -> (&Rc<Frame>, Micros) {
        match &self.glide {
            Some(glide) => (glide.frame(), glide.now()),
            None => (self.session.frame(), self.session.frame().now),
        }
    }

    /// Shows the moment where no part has to be drawn anew for it.
    pub(super) fn show_moment(&mut self) {
        let (frame, now) = (Rc::clone(self.shown().0), self.shown().1);
        let transport = self.session.transport();
        let speed = transport.playing.then_some(transport.speed);
        // The tokens on the page are those of the frame that was drawn.
        if frame.step == self.drawn_step {
            self.motion.place(&self.scene, &frame.flights, now, speed);
        }
        show_time(now, transport.end);
        if let Some(later) = later::later() {
            // A step that is being shown under way is the end of the run until it is over.
            let end = if self.glide.is_some() && transport.now == transport.end { now } else { transport.end };
            (later.lift)(&mut self.chart, now, end.max(now), speed);
        }
    }

    /// The clock is to tick when there is something to show: when the next event is due, but neither so soon after the
    /// page was drawn that nobody would see it, nor so late that the clock on the page would stand still.
    pub(super) fn wake(&mut self, drawn: bool) {
        let waits = drawn || self.shown().0.step != self.drawn_step;
        let least = if waits { STANDS_MS } else { TOGETHER_MS };
        let due = self.session.due_in().and_then(|due| u32::try_from(due.0 / 1000).ok()).unwrap_or(CLOCK_MS);
        let wait_ms = if self.glide.is_some() { GLIDE_MS } else { (due.min(CLOCK_MS) + TOGETHER_MS).max(least) };
        self.clock.run(wait_ms, &self.ask.reform(Msg::Frame));
    }

    /// Time has run on to this very moment, before something is done in it.
    pub(super) fn catch_up(&mut self) {
        if self.session.transport().playing {
            let (elapsed, _) = self.clock.elapsed(js_sys::Date::now());
            self.session.go(Intent::Tick(elapsed));
        }
    }

    /// The clock ticked. Whether the page is to be drawn; if not, the moment is shown all the same.
    pub(super) fn advance(&mut self, stamp_ms: f64) -> bool {
        let (elapsed, leapt) = self.clock.elapsed(stamp_ms);
        if leapt {
            self.motion.leap();
        }
        let ended = self.glide.take_if(|glide| !glide.advance(stamp_ms)).is_some();
        if self.session.transport().playing {
            self.intend(Intent::Tick(elapsed));
        }
        let stops = ended || !self.session.transport().playing && self.glide.is_none();
        let stood_ms = (stamp_ms - self.drawn_ms).abs();
        let happened = self.shown().0.step != self.drawn_step && stood_ms >= self.took_ms * STANDS_TIMES;
        if stops || happened || stood_ms >= DRAW_MS {
            self.drawn_ms = stamp_ms;
            return true;
        }
        self.show_moment();
        false
    }

    /// Arranges the stage anew if the window or the cluster has another shape now.
    pub(super) fn arrange(&mut self) {
        let nodes = &self.session.frame().nodes;
        if !self.scene.is_for(self.narrow, nodes) {
            self.scene = Rc::new(Scene::new(self.narrow, nodes));
        }
        self.begin_strokes();
    }
}
