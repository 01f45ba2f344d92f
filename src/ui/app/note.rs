//! What is typed, chosen and folded beside the run.

use super::{App, NOT_FETCHED};
use crate::teaching::frame::Frame;
use crate::teaching::session::Intent;
use crate::ui::browser;
use crate::ui::console::{Offer, Recall, filled};
use crate::ui::keyboard;
use crate::ui::later;
use crate::ui::legend;
use crate::ui::msg::{Msg, Panel};
use std::rc::Rc;
use web_sys::HtmlElement;

impl App {
    /// Notes what is typed and chosen beside the run, or has the browser do something. Whether the page looks different now.
    pub(super) fn note(&mut self, msg: Msg) -> bool {
        match msg {
            Msg::PinLegend(pinned) => {
                self.show(None);
                self.legend = pinned;
                legend::remember(pinned);
            }
            Msg::SwitchKeys(off) => keyboard::switch(off),
            Msg::Cabin(cabin) => self.booking.0 = cabin,
            Msg::Customer(customer) => self.booking.1 = customer.into(),
            Msg::Typed(text) => {
                self.line.set(&text);
                if !text.trim().is_empty() {
                    self.ask.emit(Msg::Offer(Offer::Open));
                }
            }
            Msg::Offer(offer) => {
                if let Some(later) = later::later() {
                    self.line.offer(offer, |line| (later.complete)(&self.session, line));
                }
                // A click took focus to what was clicked.
                if let (Offer::Take(_), Some(line)) = (offer, browser::find::<HtmlElement>(".command-line")) {
                    let _ = line.focus();
                }
            }
            Msg::Recall(which) => {
                if !self.line.recall(which) && which == Recall::Newer {
                    self.ask.emit(Msg::Offer(Offer::Open));
                }
            }
            // The line is what it was when the key was pressed, however long it takes to be understood.
            Msg::Enter => match self.line.enter() {
                Some(line) => self.ask.emit(Msg::Do(line)),
                None => return false,
            },
            Msg::Do(line) => {
                let command = Intent::Command(line.to_string());
                let refused = self.seat.objection(&command, &self.session).is_some();
                self.intend(command);
                let wrong = refused || self.session.notice().is_some_and(|notice| notice.from_command_box);
                if wrong && self.line.text().is_empty() {
                    self.line.set(&line);
                }
            }
            Msg::Copied(copied) => {
                self.tell(if copied { "link copied" } else { "the browser keeps its clipboard closed" })
            }
            Msg::NotFetched => {
                self.chart.miss();
                self.tell(NOT_FETCHED);
            }
            Msg::Read => self.told = None,
            Msg::Stroke => self.make_stroke(),
            Msg::Unfold(open) => {
                self.chart.folded = !open;
                self.draw_timeline_now();
            }
            Msg::Zoom(zoom) => {
                self.chart.look.zoom = zoom;
                self.draw_timeline_now();
            }
            Msg::Point(place) if place == self.chart.look.pointed => return false,
            Msg::Point(place) => self.chart.look.pointed = place,
            Msg::Fold(panel) => {
                let open = &mut self.unfolded[panel as usize];
                *open = !*open;
            }
            Msg::Classroom => self.classroom = !self.classroom,
            silent => {
                // What another window did to the runs shows up in the list of them.
                let runs = Rc::clone(self.session.runs());
                self.tell_browser(silent);
                return !Rc::ptr_eq(&runs, self.session.runs());
            }
        }
        true
    }

    /// Opens the panels that have something to show now.
    pub(super) fn unfold(&mut self, before: &Frame) {
        for (panel, filled) in [Panel::Reads, Panel::Load].into_iter().zip(filled(before, self.session.frame())) {
            if filled && !self.unfolded[panel as usize] {
                self.ask.emit(Msg::Fold(panel));
            }
        }
    }
}
