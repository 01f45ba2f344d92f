//! Whose words the page speaks: Raft's, PostgreSQL's or MongoDB's. One choice for the whole page, as a language is: every
//! text that is shown or read out passes through [`said`], and what is to stay as written stands directly in an element
//! with `translate='no'`, in `pre`, `code` or `kbd`.

use crate::teaching::vocabulary::{TERMS, Term, Vocabulary};
use crate::ui::browser;
use crate::ui::dialog::modal;
use crate::ui::later::later;
use crate::ui::markup::{each, markup};
use crate::ui::msg::Msg;
use crate::ui::view::View;
use std::cell::Cell;
use yew::{AttrValue, Html};

/// The name under which the choice is remembered.
const KEY: &str = "harbor-point-words";

thread_local! {
    static CHOSEN: Cell<Vocabulary> = const { Cell::new(Vocabulary::Raft) };
}

/// The words that were chosen.
#[must_use]
pub fn chosen() -> Vocabulary {
    CHOSEN.get()
}

/// The page speaks so for now: a link says it.
pub fn speak(vocabulary: Vocabulary) {
    CHOSEN.set(vocabulary);
}

/// From now on the page speaks so, also after a reload.
pub fn choose(vocabulary: Vocabulary) {
    speak(vocabulary);
    browser::remember(KEY, vocabulary.name());
}

/// The choice of an earlier visit, if there was one.
#[must_use]
pub fn recalled() -> Option<Vocabulary> {
    browser::recall(KEY).and_then(|name| Vocabulary::named(&name))
}

/// A text in the words that were chosen.
#[must_use]
#[inline(never)]
pub fn said(text: AttrValue) -> AttrValue {
    rewritten(&text).map_or(text, AttrValue::from)
}

/// A text in the words that were chosen; nothing if it stays as it is.
#[must_use]
pub fn rewritten(text: &str) -> Option<String> {
    (later()?.rewrite)(chosen(), text)
}

/// The choice, with what each calls what, and where its words mislead.
pub fn vocabulary_dialog(view: &View) -> Html {
    let choice = |vocabulary: &Vocabulary| {
        markup! {
            "<label>
                <input type='radio' name='words' value=" {vocabulary.name()} " checked=" {*vocabulary == chosen()} " onchange=" {view.click(Msg::Speak(*vocabulary))} "/>"
                {vocabulary.name()}
            "</label>"
        }
    };
    let row = |term: &Term| {
        markup! { "<tr key=" {term[0]} " translate='no'><th scope='row'>" {term[0]} "</th><td>" {term[1]} "</td><td>" {term[2]} "</td></tr>" }
    };
    modal(
        view,
        "words",
        "Words",
        markup! {
            "<fieldset class='sync-set'><legend>The page speaks the words of</legend>" {each(&Vocabulary::ALL, choice)} "</fieldset>
            <table class='words-table'>
                <thead><tr><th scope='col'>Raft</th><th scope='col'>PostgreSQL</th><th scope='col'>MongoDB</th></tr></thead>
                <tbody>" {each(&TERMS, row)} "</tbody>
            </table>
            <h3>Mind</h3>
            <ul class='words-notes'>" {each(chosen().false_friends(), |note| markup! { "<li translate='no'>" {*note} "</li>" })} "</ul>"
        },
    )
}
