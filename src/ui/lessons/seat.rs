//! Lessons as the root of the page holds them: nothing but where one stopped, until the first is opened.

use super::{Desk, Resume, Sheet, Wish};
use crate::teaching::session::{Intent, Session};
use crate::ui::later::lessons;
use crate::ui::msg::Msg;
use std::rc::Rc;
use yew::Callback;

/// Where a reader of lessons sits.
#[derive(Debug)]
pub struct Seat {
    desk: Option<Box<dyn Desk>>,
    sheet: Option<Rc<dyn Sheet>>,
    resume: Option<Resume>,
}

impl Default for Seat {
    fn default() -> Self {
        Self { desk: None, sheet: None, resume: Resume::recalled() }
    }
}

impl Seat {
    /// Opens the desk, unless it is open.
    pub fn open(&mut self) {
        self.desk = self.desk.take().or_else(|| lessons().map(|lessons| (lessons.desk)()));
    }

    /// Does what a reader asks for. Whether something went wrong that only the list of lessons can tell.
    pub fn take(&mut self, wish: Wish, session: &mut Session, ask: &Callback<Msg>) -> bool {
        let only_the_list = self.desk.as_mut().is_some_and(|desk| desk.take(wish, session, ask));
        self.resume = Resume::recalled();
        only_the_list
    }

    /// Looks what has become of the run.
    pub fn look(&mut self, session: &Session) {
        self.sheet = self.desk.as_mut().map(|desk| desk.look(session));
    }

    /// What there is to see of lessons, once any was opened.
    #[must_use]
    pub fn sheet(&self) -> Option<Rc<dyn Sheet>> {
        self.sheet.clone()
    }

    /// The lesson that was taken last.
    #[must_use]
    pub fn resume(&self) -> Option<Resume> {
        self.resume.clone()
    }

    /// What speaks against doing something to the run now.
    #[must_use]
    pub fn objection(&self, intent: &Intent, session: &Session) -> Option<String> {
        self.desk.as_ref()?.permits(intent, session).err()
    }

    /// What the address says while a lesson is open.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        self.desk.as_ref()?.address()
    }
}
