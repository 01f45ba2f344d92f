//! What could come next in the command box, from the grammar itself: a list that the arrow keys go through. Tab or Enter
//! takes what is marked, Escape closes the list.

use crate::teaching::script::unfinished;
use crate::ui::markup::{each_of, markup, truth};
use crate::ui::msg::Msg;
use crate::ui::view::View;
use yew::Html;

/// What could come next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// The words.
    pub words: Vec<String>,
    /// So many bytes of the line stay when one is taken.
    pub kept: usize,
    /// The one that is marked.
    pub marked: Option<usize>,
}

impl Offers {
    /// The line with a word taken.
    #[must_use]
    pub fn line(&self, text: &str, place: usize) -> String {
        let (Some(kept), Some(word)) = (text.get(..self.kept), self.words.get(place)) else { return text.to_owned() };
        // A value follows on an equals sign without a space.
        let space = if word.ends_with('=') { "" } else { " " };
        [kept, word, space].concat()
    }
}

/// What is done with what could come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// It is asked for.
    Open,
    /// It is not wanted.
    Close,
    /// One is marked, or none.
    Mark(Option<usize>),
    /// One is taken.
    Take(usize),
}

/// What a key means to the list. It leaves alone what it has no use for: with nothing marked, Enter does the line and the
/// arrow up brings back an earlier one, and Tab goes on unless a word was begun.
#[must_use]
pub fn meant(offers: &Offers, line: &str, key: &str, shift: bool) -> Option<Offer> {
    let count = offers.words.len();
    if count == 0 {
        return None;
    }
    match (key, offers.marked) {
        ("ArrowDown", marked) => Some(Offer::Mark(Some(marked.map_or(0, |marked| (marked + 1) % count)))),
        ("ArrowUp", Some(marked)) => Some(Offer::Mark(marked.checked_sub(1))),
        ("Enter", Some(marked)) => Some(Offer::Take(marked)),
        ("Tab", Some(marked)) if !shift => Some(Offer::Take(marked)),
        ("Tab", None) if !shift && !unfinished(line).is_empty() => Some(Offer::Take(0)),
        ("Escape", _) => Some(Offer::Close),
        _ => None,
    }
}

/// The list.
pub fn offers(view: &View) -> Html {
    let offers = &view.offers;
    let offer = |place: usize| {
        let marked = offers.marked == Some(place);
        markup! {
            "<li key=" {place} " id='offer-" {place} "' role='option' tabindex='-1' class='offer' aria-selected=" {truth(marked)} "
                translate='no' onclick=" {view.click(Msg::Offer(Offer::Take(place)))} ">" {offers.words[place].clone()} "</li>"
        }
    };
    markup! {
        "<div class='offers'>
            <ul id='offers' role='listbox' aria-label='What could come next'>" {each_of(offers.words.len(), &offer)} "</ul>
            <p aria-hidden='true'><kbd>↓</kbd> chooses, <kbd>Tab</kbd> or <kbd>Enter</kbd> takes, <kbd>Esc</kbd> closes</p>
        </div>"
    }
}
