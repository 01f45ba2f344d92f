//! What the page has the browser do: follow the run with the address, keep the runs, hand over links and files.

use super::App;
use crate::teaching::link::Shown;
use crate::teaching::vocabulary::Vocabulary;
use crate::ui::browser;
use crate::ui::console::CHOOSER;
use crate::ui::later::Later;
use crate::ui::msg::{Dialog, Msg};
use crate::ui::vocabulary;
use std::rc::Rc;
use web_sys::HtmlElement;

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

    /// Asks for what a link that was followed shows besides its moment.
    pub(super) fn arrive(&mut self) {
        if let Some(shown) = self.session.arrived() {
            self.ask.emit(Msg::Arrive(shown));
        }
    }

    /// Shows it. What it does not say of words, the reader has chosen.
    pub(super) fn show_besides(&mut self, later: Option<&'static Later>, shown: Shown) {
        self.show(shown.panel.map(Dialog::of));
        let asked = shown.why.zip(later);
        self.why = asked.map(|(question, later)| Rc::new((later.answer)(&self.session, question)));
        shown.words.into_iter().for_each(vocabulary::speak);
        self.classroom = shown.class;
    }

    /// Puts the moment into the address, and has the browser keep the runs. The address's fragment.
    pub(super) fn write_down(&mut self) -> String {
        self.address = None;
        let fragment = self.session.link(self.shown_besides());
        browser::replace_fragment(&fragment);
        self.keep();
        fragment
    }

    /// Has the browser keep the runs, those of other windows too.
    fn keep(&mut self) {
        if let Some(others) = self.keeper.look() {
            self.session.join(others);
        }
        self.keeper.keep(&self.session.kept());
    }

    /// Does what the page does not look different for.
    pub(super) fn tell_browser(&mut self, msg: Msg) {
        match msg {
            Msg::SwitchTheme => browser::switch_theme(),
            Msg::CopyLink => {
                let fragment = self.write_down();
                browser::copy(browser::address_with(&fragment), self.ask.reform(Msg::Copied));
            }
            Msg::SaveScript => browser::save("harbor-point.txt", &self.session.whole_script()),
            Msg::ChooseFile => {
                if let Some(input) = browser::find::<HtmlElement>(CHOOSER) {
                    input.click();
                }
            }
            Msg::WriteAddress => drop(self.write_down()),
            // A link that could not be opened stays in the address.
            Msg::Leaving if self.address.is_none() => self.keep(),
            Msg::Leaving => drop(self.write_down()),
            _ => {}
        }
    }
}
