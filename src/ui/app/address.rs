//! What the page has the browser do: follow the run with the address, keep the runs, hand over links and files.

use super::App;
use crate::teaching::link::Shown;
use crate::teaching::session::Session;
use crate::teaching::vocabulary::Vocabulary;
use crate::ui::browser;
use crate::ui::console::CHOOSER;
use crate::ui::keep::Keeper;
use crate::ui::later::{self, Later};
use crate::ui::legend;
use crate::ui::media::Media;
use crate::ui::msg::{Dialog, Msg};
use crate::ui::vocabulary;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::Callback;

/// How long the address waits for the run to settle.
const ADDRESS_DELAY_MS: u32 = 400;
/// How often the address follows a run whose time runs: more of it is never lost.
const ADDRESS_PLAYING_MS: u32 = 2000;

impl App {
    /// The address takes up the run soon.
    pub(super) fn address_soon(&mut self) {
        if !self.session.transport().playing {
            self.address = Some(self.later(ADDRESS_DELAY_MS, Msg::WriteAddress));
        } else if self.address.is_none() {
            self.address = Some(self.later(ADDRESS_PLAYING_MS, Msg::WriteAddress));
        }
    }

    /// What is shown besides the moment, as a link says it.
    pub(super) fn shown_besides(&self) -> Shown {
        Shown {
            panel: self.dialog.and_then(Dialog::panel),
            why: self.why.as_ref().map(|answered| answered.question()),
            words: Some(vocabulary::chosen()).filter(|words| *words != Vocabulary::Raft),
            class: self.classroom,
        }
    }

    /// Whether a visit begins with something that the second module has to read: an address, or what an earlier one left.
    /// With it come the shapes that stand for colours.
    pub fn begins_with_later() -> bool {
        !browser::fragment().is_empty()
            || Keeper::new().waits()
            || vocabulary::recalled().is_some()
            || legend::recall()
            || Media::ForcedColours.holds()
    }

    /// The visit begins: with what an earlier one left, at what the address names.
    pub(super) fn begin(later: Option<&'static Later>, ask: &Callback<Msg>) -> (Session, Keeper) {
        let (mut keeper, fragment) = (Keeper::new(), browser::fragment());
        let Some(later) = later else { return (Session::new(), keeper) };
        let kept = keeper.open(later);
        let lesson = Msg::lesson_in(&fragment);
        let session = (later.begin)(kept, if lesson.is_some() { "" } else { &fragment });
        vocabulary::recalled().into_iter().for_each(vocabulary::speak);
        lesson.into_iter().for_each(|lesson| ask.emit(lesson));
        (session, keeper)
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

    /// What the address says: the open lesson, or the run.
    pub(super) fn fragment(&self) -> String {
        self.seat.address().unwrap_or_else(|| self.session.link(self.shown_besides()))
    }

    /// Puts the moment into the address, and has the browser keep the runs. The address's fragment.
    pub(super) fn write_down(&mut self) -> String {
        self.address = None;
        let fragment = self.fragment();
        browser::replace_fragment(&fragment);
        self.keep();
        fragment
    }

    /// Has the browser keep the runs, those of other windows too.
    fn keep(&mut self) {
        if let Some(later) = later::later()
            && let Some((before, now)) = self.keeper.look(later)
        {
            (later.join)(&mut self.session, before, now);
        }
        self.keeper.keep(&self.session.kept());
    }

    /// Does what the page does not look different for.
    pub(super) fn tell_browser(&mut self, msg: Msg) {
        match msg {
            Msg::SwitchTheme => browser::switch_theme(),
            Msg::CopyLink => {
                self.write_down();
                let fragment = self.session.link(self.shown_besides());
                browser::copy(browser::address_with(&fragment), self.ask.reform(Msg::Copied));
            }
            Msg::SaveDiagram => {
                if let Some(later) = later::later() {
                    (later.save_timeline)(&self.chart, &mut self.session);
                }
            }
            Msg::SaveScript => browser::save("harbor-point.txt", "text/plain", &self.session.whole_script()),
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
