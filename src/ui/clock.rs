//! The one animation-frame clock: while time runs, each frame asks for the next and tells how much real time has passed.

use crate::simulation::Micros;
use gloo_render::{AnimationFrame, request_animation_frame};
use yew::Callback;

/// A pause in the frames longer than this (a hidden tab, a slow machine) does not make time leap.
const FRAME_MS_MAX: f64 = 100.0;

/// Asks for one frame at a time; dropping it stops the clock.
#[derive(Debug, Default)]
pub struct Clock {
    waiting: Option<AnimationFrame>,
    last_ms: Option<f64>,
}

impl Clock {
    /// Asks for a frame, unless one is already on its way; `each` gets the browser's time stamp in milliseconds.
    pub fn run(&mut self, each: &Callback<f64>) {
        if self.waiting.is_none() {
            let each = each.clone();
            self.waiting = Some(request_animation_frame(move |stamp_ms| each.emit(stamp_ms)));
        }
    }

    /// Stops; the next frame after it counts no time.
    pub fn stop(&mut self) {
        *self = Self::default();
    }

    /// A frame came: the real time since the last one.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn elapsed(&mut self, stamp_ms: f64) -> Micros {
        self.waiting = None;
        let since = self.last_ms.map_or(0.0, |last| (stamp_ms - last).clamp(0.0, FRAME_MS_MAX));
        self.last_ms = Some(stamp_ms);
        Micros((since * 1000.0) as u64)
    }
}
