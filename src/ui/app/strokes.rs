//! A moment is drawn in strokes where drawing all of it would take longer than a frame of the browser lasts: the stage and
//! what is small at once, then the log, the figures, the transcript and the timeline, each in a frame of its own. So what
//! moves goes on moving while a run races by, and whoever scrubs sees at once where nodes and messages are.

use super::App;
use crate::teaching::frame::Frame;
use crate::teaching::session::{DEFAULT_SPEED, Intent};
use crate::ui::browser;
use crate::ui::later;
use crate::ui::msg::Msg;
use gloo_timers::callback::Timeout;
use std::rc::Rc;

/// A run of so many steps is long to draw, and how long a hand rests that does not scrub on.
const LONG: u64 = 4096;
const REST_MS: u32 = 100;
/// A stroke has a frame of the browser for itself.
const STROKE_MS: u32 = 17;
/// So many messages on their way are a crowd.
const CROWD: usize = 60;

/// What takes long to draw, and gets a stroke of its own.
#[derive(Clone, Copy, Debug)]
pub enum Stroke {
    Log,
    Figures,
    Transcript,
    Timeline,
}

/// All of them, in their order.
const ALL: [Stroke; 4] = [Stroke::Log, Stroke::Figures, Stroke::Transcript, Stroke::Timeline];

/// What holds rows that go while time races.
const FLEETING: [&str; 3] = [".lines", ".grid-scroll", ".receipts"];

/// How far the page is with drawing a moment.
#[derive(Debug)]
pub struct Strokes {
    /// The moment that each part shows.
    shown: [Rc<Frame>; ALL.len()],
    /// Someone scrubs; and their hand has rested since.
    scrubs: bool,
    rested: bool,
    /// The next stroke comes then.
    coming: Option<Timeout>,
    /// The part in which focus was before.
    focus: Option<&'static str>,
}

impl Strokes {
    /// Everything shows a moment.
    pub fn of(frame: &Rc<Frame>) -> Self {
        Self {
            shown: [(); ALL.len()].map(|()| Rc::clone(frame)),
            scrubs: false,
            rested: false,
            coming: None,
            focus: None,
        }
    }

    /// The moments that the parts show, but for the timeline, which is drawn by itself.
    pub fn shown(&self) -> &[Rc<Frame>; ALL.len()] {
        &self.shown
    }

    /// The next stroke, if the page is not done with a moment yet.
    fn next(&self, frame: &Frame) -> Option<Stroke> {
        ALL.into_iter().find(|stroke| self.shown[*stroke as usize].step != frame.step)
    }
}

impl App {
    /// Notes whether someone scrubs over a run that takes long to draw.
    pub(super) fn note_scrubbing(&mut self, intent: &Intent) {
        let scrubs = matches!(intent, Intent::SeekTime(_)) && self.session.transport().last_step > LONG;
        let strokes = &mut self.strokes;
        (strokes.scrubs, strokes.rested) = (scrubs, false);
        strokes.coming.take_if(|_| scrubs);
    }

    /// Time runs so fast, or over so much, that nobody reads back meanwhile.
    pub(super) fn races(&self) -> bool {
        let transport = self.session.transport();
        transport.playing && (transport.speed > DEFAULT_SPEED || self.session.frame().flights.len() > CROWD)
    }

    /// Lets the parts that take long show the moment too, unless their strokes come later.
    pub(super) fn begin_strokes(&mut self) {
        let waits = self.races() || self.strokes.scrubs;
        if !waits {
            self.strokes = Strokes { focus: self.strokes.focus, ..Strokes::of(self.shown().0) };
        }
        // While nothing happens there are no strokes, and yet time runs out of what the timeline shows.
        if !waits || self.races() && self.strokes.next(self.session.frame()).is_none() {
            self.draw_timeline();
        }
    }

    /// Draws the timeline as somebody wants it from now on.
    pub(super) fn draw_timeline_now(&mut self) {
        self.chart.has_rested();
        self.draw_timeline();
    }

    /// Notes in which of the parts focus is whose rows go while time races.
    pub(super) fn note_focus(&mut self) {
        let focused = browser::focused();
        let inside = |part: &&str| focused.as_ref().is_some_and(|it| it.closest(part).is_ok_and(|it| it.is_some()));
        self.strokes.focus = FLEETING.into_iter().find(inside);
    }

    /// Focus stays in that part, though what had it has gone.
    pub(super) fn keep_focus(&mut self) {
        if let Some(part) = self.strokes.focus.take()
            && browser::focused().is_none_or(|it| it.tag_name() == "BODY")
        {
            browser::focus_in_place(part);
        }
    }

    /// Makes the next stroke.
    pub(super) fn make_stroke(&mut self) {
        (self.strokes.coming, self.strokes.rested) = (None, true);
        // It took as long to draw the moment as all its strokes take.
        self.began_ms -= self.took_ms;
        let frame = Rc::clone(self.session.frame());
        if let Some(stroke) = self.strokes.next(&frame) {
            self.strokes.shown[stroke as usize] = frame;
            if matches!(stroke, Stroke::Timeline) {
                self.draw_timeline();
            }
        }
    }

    /// A stroke or more are left to be made, and the next one comes soon.
    pub(super) fn has_strokes_left(&mut self) -> bool {
        let left = self.glide.is_none() && self.strokes.next(self.session.frame()).is_some();
        self.strokes.scrubs &= left;
        if left && self.strokes.coming.is_none() {
            let rests = self.strokes.scrubs && !self.strokes.rested;
            self.strokes.coming = Some(self.later(if rests { REST_MS } else { STROKE_MS }, Msg::Stroke));
        }
        left
    }

    fn draw_timeline(&mut self) {
        if let Some(later) = later::later() {
            (later.draw)(&mut self.chart, &mut self.session, self.narrow);
        }
    }
}
