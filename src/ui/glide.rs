//! A single step is seen, not only its end: for a moment the tokens of the frame before it move on to where the step
//! finds them, and then the new frame is shown. Whoever asked for less motion sees the new frame at once.

use crate::simulation::Micros;
use crate::teaching::frame::Frame;
use std::rc::Rc;

/// How long a step is seen.
const GLIDE_MS: f64 = 260.0;

/// A step under way.
#[derive(Clone, Debug)]
pub struct Glide {
    from: Rc<Frame>,
    to: Micros,
    began_ms: Option<f64>,
    done: f64,
}

impl Glide {
    /// The way from one frame to a later one, if there is anything to see on it.
    #[must_use]
    pub fn between(from: Rc<Frame>, to: &Frame) -> Option<Self> {
        let seen = to.step > from.step && to.now > from.now && !from.flights.is_empty();
        seen.then_some(Self { from, to: to.now, began_ms: None, done: 0.0 })
    }

    /// An animation frame came; whether the step is still under way.
    pub fn advance(&mut self, stamp_ms: f64) -> bool {
        let began = *self.began_ms.get_or_insert(stamp_ms);
        self.done = ((stamp_ms - began) / GLIDE_MS).clamp(0.0, 1.0);
        self.done < 1.0
    }

    /// The frame that is still shown.
    #[must_use]
    pub fn frame(&self) -> &Rc<Frame> {
        &self.from
    }

    /// The moment that its tokens have reached: fast at first, then gently to the end.
    #[must_use]
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn now(&self) -> Micros {
        let eased = 1.0 - (1.0 - self.done).powi(2);
        self.from.now + Micros((self.to.since(self.from.now).0 as f64 * eased) as u64)
    }
}
