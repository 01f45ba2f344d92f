//! A form that is a sentence of the script language. Each field says the words that stand before its value in
//! `data-says`; together, in order, they are the line. So what is clicked leaves the line that does the same, and what a
//! form can say is what a script can say.

use crate::teaching::session::Intent;
use crate::ui::markup::{Handler, each, markup};
use crate::ui::view::View;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlFormElement, HtmlInputElement};
use yew::{AttrValue, Html};

/// The attribute in which a field says what stands before its value.
const SAYS: &str = "data-says";

/// What a form does when it is sent: the line that it says.
pub fn says(view: &View) -> Handler {
    view.on(|event| {
        event.prevent_default();
        let line = line_of(&event.target()?.dyn_into().ok()?)?;
        Some(Intent::Say(line).into())
    })
}

/// The line of a form: its own words, if it has any, and those of each field that is shown and filled in. A field in
/// which `data-if-changed` stands is left out as long as it holds what it held at first; a form of such fields alone says
/// nothing until one has changed.
fn line_of(form: &HtmlFormElement) -> Option<String> {
    let mut line = form.get_attribute(SAYS).unwrap_or_default();
    let (mut said, mut asked) = (false, false);
    let fields = form.elements();
    for place in 0..fields.length() {
        let Some(field) = fields.get_with_index(place) else { continue };
        let Some(words) = field.get_attribute(SAYS) else { continue };
        asked = true;
        let value = field.unchecked_ref::<HtmlInputElement>().value();
        let value = value.trim();
        let unchanged =
            field.has_attribute("data-if-changed") && field.get_attribute("value").as_deref() == Some(value);
        if value.is_empty() || unchanged || !is_shown(&field) {
            continue;
        }
        said = true;
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&words);
        line.push_str(value);
        line.push_str(&field.get_attribute("data-unit").unwrap_or_default());
    }
    (said || !asked).then_some(line)
}

fn is_shown(field: &Element) -> bool {
    field.get_bounding_client_rect().width() > 0.0
}

/// A choice that is made at once, with its name in front.
pub fn choice(view: &View, says: &str, label: &'static str, values: &[&'static str], now: &str) -> Html {
    markup! { "<label class='field'><span>" {label} "</span>" {chooser(view, says.to_owned(), None, values, now)} "</label>" }
}

/// A choice that is made at once: what it says, where `#` stands for the chosen value; the values; and the one that holds
/// now, which is offered too if it is none of the values.
pub fn chooser(view: &View, says: String, name: Option<String>, values: &[&'static str], now: &str) -> Html {
    let chosen = view.on(move |event: &Event| {
        let value = event.target()?.unchecked_into::<HtmlInputElement>().value();
        Some(Intent::Say(says.replace('#', &value)).into())
    });
    let unlisted = (!values.contains(&now)).then(|| option(&now.to_owned().into(), true));
    let listed = |value: &&'static str| option(&AttrValue::Static(value), *value == now);
    markup! {
        "<select value=" {now.to_owned()} " aria-label=" {name} " onchange=" {chosen} ">" {unlisted} {each(values, listed)} "</select>"
    }
}

/// A value that can be chosen, as a script writes it.
pub fn option(value: &AttrValue, chosen: bool) -> Html {
    markup! { "<option key=" {value.clone()} " value=" {value.clone()} " selected=" {chosen} " translate='no'>" {value.clone()} "</option>" }
}
