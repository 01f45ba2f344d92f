//! What the page writes down of itself: its address, and what the browser keeps.

use super::App;
use crate::teaching::link::Shown;
use crate::teaching::vocabulary::Vocabulary;
use crate::ui::browser;
use crate::ui::msg::Dialog;
use crate::ui::vocabulary;
use crate::ui::why::Answered;
use std::rc::Rc;

impl App {
    /// What is shown besides the moment, as a link says it.
    pub(super) fn shown_besides(&self) -> Shown {
        Shown {
            panel: self.dialog.and_then(Dialog::panel),
            why: self.why.as_ref().map(|answered| answered.question()),
            words: Some(vocabulary::chosen()).filter(|words| *words != Vocabulary::Raft),
            class: self.classroom,
        }
    }

    /// Shows what a link that was followed shows besides its moment.
    pub(super) fn show_besides(&mut self) {
        let Some(shown) = self.session.arrived() else { return };
        self.show(shown.panel.map(Dialog::of));
        self.why = shown.why.map(|question| Rc::new(Answered::now(&self.session, question)));
        shown.words.into_iter().for_each(vocabulary::speak);
        self.classroom = shown.class;
        self.besides = self.shown_besides();
    }

    /// Puts the moment into the address, and has the browser keep the runs. The address's fragment.
    pub(super) fn write_down(&mut self) -> String {
        self.address = None;
        let fragment = self.session.link(self.shown_besides());
        browser::replace_fragment(&fragment);
        if let Some(others) = self.keeper.look() {
            self.session.join(others);
        }
        self.keeper.keep(&self.session.kept());
        fragment
    }
}
