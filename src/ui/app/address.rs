//! What leaves the page: the run in its address, on the clipboard, in a file.

use super::App;
use crate::ui::browser;
use crate::ui::console::CHOOSER;
use crate::ui::later;
use crate::ui::msg::Msg;
use web_sys::HtmlElement;

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

    /// What the address says: the open lesson, or the run.
    pub(super) fn fragment(&self) -> String {
        self.seat.address().unwrap_or_else(|| self.session.link())
    }

    /// Does what the page does not look different for.
    pub(super) fn tell_browser(&mut self, msg: Msg) {
        match msg {
            Msg::SwitchTheme => browser::switch_theme(),
            Msg::CopyLink => {
                let fragment = self.fragment();
                browser::replace_fragment(&fragment);
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
            Msg::WriteAddress => {
                self.address = None;
                browser::replace_fragment(&self.fragment());
            }
            _ => {}
        }
    }
}
