//! The script's words, typed: a line does what a click does. What could come next is offered while one types. The arrow
//! keys choose among it, and bring back earlier lines while nothing is offered; a wrong line stays for mending, with what
//! was expected and where.

use crate::ui::console::completion::{Offer, Offers, meant};
use crate::ui::later::later;
use crate::ui::markup::{each, markup, truth};
use crate::ui::msg::Msg;
use crate::ui::view::View;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::Html;

/// Which line comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recall {
    /// The one before.
    Older,
    /// The one after.
    Newer,
}

/// What is in the command box, and what was.
#[derive(Debug, Default)]
pub struct CommandLine {
    text: Rc<str>,
    offers: Rc<Offers>,
    history: Vec<Rc<str>>,
    place: Option<usize>,
}

impl CommandLine {
    /// What is in the box.
    #[must_use]
    pub fn text(&self) -> &Rc<str> {
        &self.text
    }

    /// What could come next.
    #[must_use]
    pub fn offers(&self) -> &Rc<Offers> {
        &self.offers
    }

    /// The box holds this now, and nothing is offered.
    pub fn set(&mut self, text: &str) {
        self.text = text.into();
        self.offers = Rc::default();
    }

    /// Something is done with what could come next, which `complete` tells of a line.
    pub fn offer(&mut self, offer: Offer, complete: impl Fn(&str) -> (Vec<String>, usize)) {
        match offer {
            Offer::Open => {}
            Offer::Close => return self.offers = Rc::default(),
            Offer::Mark(marked) => return self.offers = Rc::new(Offers { marked, ..(*self.offers).clone() }),
            Offer::Take(place) => {
                let line = self.offers.line(&self.text, place);
                self.set(&line);
            }
        }
        let (words, kept) = complete(&self.text);
        self.offers = Rc::new(Offers { words, kept, marked: None });
    }

    /// An earlier line comes back, or a later one; after the last comes an empty one. Whether one came.
    pub fn recall(&mut self, which: Recall) -> bool {
        let next = match which {
            Recall::Older => self.place.unwrap_or(self.history.len()).checked_sub(1),
            Recall::Newer => self.place.map(|place| place + 1),
        };
        if let Some(next) = next {
            let line = self.history.get(next);
            self.place = line.map(|_| next);
            let line = line.cloned().unwrap_or_default();
            self.set(&line);
        }
        next.is_some()
    }

    /// Takes the line, if there is one, to be done.
    pub fn enter(&mut self) -> Option<Rc<str>> {
        let line: Rc<str> = self.text.trim().into();
        if line.is_empty() {
            return None;
        }
        if self.history.last() != Some(&line) {
            self.history.push(Rc::clone(&line));
        }
        self.place = None;
        self.set("");
        Some(line)
    }
}

/// Where it says what was wrong with a line.
pub const NOTICE: &str = "#command-notice";

/// The command box.
pub fn command_box(view: &View) -> Html {
    let notice = view.notice.as_ref().filter(|notice| notice.from_command_box);
    let says = notice.map(|notice| {
        markup! {
            "<p><b>" {&notice.title} "</b></p>" {each(&notice.details, |detail| markup! { "<p translate='no'>" {detail} "</p>" })}
        }
    });
    let (line, offered) = (Rc::clone(&view.line), Rc::clone(&view.offers));
    let onkeydown = view.on(move |event| {
        let key = event.dyn_ref::<KeyboardEvent>()?;
        let which = match (meant(&offered, &line, &key.key(), key.shift_key()), key.key().as_str()) {
            (Some(offer), _) => Msg::Offer(offer),
            (_, "ArrowUp") => Msg::Recall(Recall::Older),
            (_, "ArrowDown") => Msg::Recall(Recall::Newer),
            _ => return None,
        };
        event.prevent_default();
        Some(which)
    });
    let marked = view.offers.marked.map(|place| format!("offer-{place}"));
    let open = !view.offers.words.is_empty();
    markup! {
        "<section class='panel command' aria-labelledby='command-title'>
            <div class='panel-head'><h2 id='command-title'>Command</h2><p>what a click does, in words</p></div>
            <form onsubmit=" {view.submit(Msg::Enter)} ">
                <div class='command-field'>
                    <input type='text' class='command-line' role='combobox' aria-autocomplete='list' aria-expanded=" {truth(open)} "
                    aria-controls=" {open.then_some("offers")} " aria-activedescendant=" {marked} " value=" {&view.line} " oninput=" {view.input(|text| Some(Msg::Typed(text)))} "
                    onkeydown=" {onkeydown} " placeholder='reserve C14 for 5521' aria-label='Script line'
                    aria-invalid=" {truth(notice.is_some())} " aria-describedby='command-notice' autocomplete='off'
                    autocapitalize='off' spellcheck='false'/>"
                    {later().filter(|_| open).map(|later| (later.offers)(view))}
                "</div>
                <button type='submit' class='plain'>Do it</button>
            </form>
            <div id='command-notice' class='command-notice' role='alert'>" {says} "</div>
        </section>"
    }
}
