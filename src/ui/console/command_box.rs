//! The script's words, typed: a line does what a click does. The arrow keys bring back earlier lines; a wrong line stays
//! for mending, with what was expected and where.

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
    history: Vec<Rc<str>>,
    place: Option<usize>,
}

impl CommandLine {
    /// What is in the box.
    #[must_use]
    pub fn text(&self) -> &Rc<str> {
        &self.text
    }

    /// Something was typed.
    pub fn set(&mut self, text: &str) {
        self.text = text.into();
    }

    /// An earlier line comes back, or a later one; after the last comes an empty one.
    pub fn recall(&mut self, which: Recall) {
        let next = match which {
            Recall::Older => self.place.unwrap_or(self.history.len()).checked_sub(1),
            Recall::Newer => self.place.map(|place| place + 1),
        };
        if let Some(next) = next {
            let line = self.history.get(next);
            self.place = line.map(|_| next);
            self.text = line.cloned().unwrap_or_default();
        }
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
        self.text = Rc::default();
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
    let onkeydown = view.on(|event| {
        let which = match event.dyn_ref::<KeyboardEvent>()?.key().as_str() {
            "ArrowUp" => Recall::Older,
            "ArrowDown" => Recall::Newer,
            _ => return None,
        };
        event.prevent_default();
        Some(Msg::Recall(which))
    });
    markup! {
        "<section class='panel command' aria-labelledby='command-title'>
            <div class='panel-head'><h2 id='command-title'>Command</h2><p>what a click does, in words</p></div>
            <form onsubmit=" {view.submit(Msg::Enter)} ">
                <input type='text' class='command-line' value=" {&view.line} " oninput=" {view.input(|text| Some(Msg::Typed(text)))} "
                    onkeydown=" {onkeydown} " placeholder='reserve C14 for 5521' aria-label='Script line'
                    aria-invalid=" {truth(notice.is_some())} " aria-describedby='command-notice' autocomplete='off'
                    autocapitalize='off' spellcheck='false'/>
                <button type='submit' class='plain'>Do it</button>
            </form>
            <div id='command-notice' class='command-notice' role='alert'>" {says} "</div>
        </section>"
    }
}
