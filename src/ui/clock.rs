//! The one clock: while time runs, each tick asks for the next and tells how much real time has passed. It is a timer, and
//! not the browser's animation frames: a frame that shows nothing new costs more than what the page does in it. Nor does
//! it tick in between: it waits until there will be something to show.

use crate::simulation::Micros;
use gloo_timers::callback::Timeout;
use yew::Callback;

/// A pause longer than this (a hidden tab, a slow machine) does not make time leap.
const PAUSE_MS_MAX: f64 = 500.0;

/// Asks for one tick at a time; dropping it stops the clock.
#[derive(Debug, Default)]
pub struct Clock {
    waiting: Option<Timeout>,
    last_ms: Option<f64>,
}

impl Clock {
    /// Asks for a tick after a while, unless one is already on its way; `each` gets a time stamp in milliseconds.
    pub fn run(&mut self, wait_ms: u32, each: &Callback<f64>) {
        if self.waiting.is_none() {
            self.last_ms.get_or_insert_with(js_sys::Date::now);
            let each = each.clone();
            self.waiting = Some(Timeout::new(wait_ms, move || each.emit(js_sys::Date::now())));
        }
    }

    /// Stops; the next tick after it counts no time.
    pub fn stop(&mut self) {
        *self = Self::default();
    }

    /// A tick came, or something else that must know the time: what has passed since the last one, and whether more had
    /// than counts.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn elapsed(&mut self, stamp_ms: f64) -> (Micros, bool) {
        self.waiting = None;
        let since = self.last_ms.map_or(0.0, |last| stamp_ms - last);
        self.last_ms = Some(stamp_ms);
        let counts = since.clamp(0.0, PAUSE_MS_MAX);
        (Micros((counts * 1000.0) as u64), counts.total_cmp(&since).is_ne())
    }
}
