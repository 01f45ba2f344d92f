//! What is asked of the lessons: the page around them follows.

use super::App;
use crate::ui::browser;
use crate::ui::lessons::Wish;
use crate::ui::msg::Dialog;
use std::rc::Rc;

impl App {
    /// Does what a reader of lessons asks for.
    pub(super) fn take_wish(&mut self, wish: Wish) {
        self.seat.open();
        let (opens, leaves) = (matches!(wish, Wish::Take(_) | Wish::Came(..)), matches!(wish, Wish::Leave));
        let before = Rc::clone(self.session.frame());
        if self.seat.take(wish, &mut self.session, &self.ask) {
            self.show(Some(Dialog::Lessons));
        } else if opens {
            self.show(None);
        }
        // What was asked was asked of another run.
        self.why = None;
        self.glide = None;
        self.unfold(&before);
        if leaves {
            // Its own button goes with the lesson.
            browser::focus_in_place(".head .tool");
        }
        self.write_down();
    }
}
