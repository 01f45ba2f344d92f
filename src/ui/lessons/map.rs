//! All the lessons: what each is about, how far one has come, and what can be done with what is remembered.

use super::Wish;
use super::reader::troubles;
use super::sheet::Shown;
use super::welcome::OWN;
use crate::teaching::lesson::{Entry, LESSONS};
use crate::ui::browser;
use crate::ui::dialog::modal;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{each_of, markup};
use crate::ui::msg::Msg;
use crate::ui::view::View;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};
use yew::Html;

/// All the lessons.
pub fn map(view: &View, shown: &Shown) -> Html {
    let next = next(shown);
    let card = |place: usize| {
        let entry = &LESSONS[place];
        let record = shown.progress.lessons.get(entry.name);
        let (class, drawing, far) = match record {
            Some(record) if record.finished => ("is-finished", Some(Icon::Tick), "finished".to_owned()),
            Some(record) => ("is-begun", None, format!("at step {}", record.step + 1)),
            None => ("is-new", None, format!("{} minutes", entry.minutes)),
        };
        let current = (place == next).then_some("true");
        markup! {
            "<li><button type='button' class='lesson-card " {class} "' aria-current=" {current} " onclick=" {view.click(Wish::Take(entry.name.into()))} ">
                <b class='lesson-number'>" {place + 1} "</b>
                <span class='lesson-name'>" {entry.title} "</span>
                <span class='lesson-about'>" {entry.about} "</span>
                <span class='lesson-far'>" {drawing.map(icon)} {far} "</span>
            </button></li>"
        }
    };
    let entry = &LESSONS[next];
    let begun = shown.progress.lessons.contains_key(entry.name);
    let first = if begun {
        "Continue: "
    } else if next == 0 {
        "Start: "
    } else {
        "Go on: "
    };
    let own = view.resume.as_ref().filter(|resume| &*resume.name == OWN).map(|resume| {
        let take = view.click(Wish::Take(Rc::clone(&resume.name)));
        markup! { "<button type='button' class='plain' onclick=" {take} ">Continue: " {&resume.title} "</button>" }
    });
    modal(
        view,
        "lessons",
        "Lessons",
        markup! {
            {troubles(&shown.trouble)}
            "<p class='map-lead'>Twelve lessons. You say what will happen, and the cluster shows you: every answer is found by running it.</p>
        <p><button type='button' class='primary map-start' onclick=" {view.click(Wish::Take(entry.name.into()))} ">" {icon(Icon::Play)} {first} {entry.title} "</button></p>
        <ol class='lesson-map'>" {each_of(LESSONS.len(), &card)} "</ol>
        <div class='map-tools'>"
                {own}
                {file(view, "lesson-file", "Open a lesson of your own", ".md,.txt,text/*", |text| Wish::Came("file".into(), Ok(text)))}
                {kept(view, shown)}
            "</div>"
        },
    )
}

/// The lesson that comes next: one that was begun, else the first that is not finished.
fn next(shown: &Shown) -> usize {
    let record = |entry: &Entry| shown.progress.lessons.get(entry.name);
    let begun = LESSONS.iter().position(|entry| record(entry).is_some_and(|record| !record.finished));
    begun.or_else(|| LESSONS.iter().position(|entry| record(entry).is_none())).unwrap_or_default()
}

/// What can be done with what is remembered.
fn kept(view: &View, shown: &Shown) -> Html {
    let erase = if shown.erasing {
        markup! { "<button type='button' class='danger' onclick=" {view.click(Wish::Erase(true))} ">Yes, erase what I did</button>
        <button type='button' class='plain' onclick=" {view.click(Wish::Look)} ">Keep it</button>" }
    } else {
        markup! { "<button type='button' class='plain' onclick=" {view.click(Wish::Erase(false))} ">Erase …</button>" }
    };
    markup! {
        "<fieldset class='kept'><legend>What you did, kept in this browser alone</legend>
            <button type='button' class='plain' onclick=" {view.click(Wish::Report)} ">Save a report</button>
            <button type='button' class='plain' onclick=" {view.click(Wish::Print)} ">Print it</button>
            <button type='button' class='plain' onclick=" {view.click(Wish::Export)} ">Save progress</button>"
            {file(view, "progress-file", "Load progress", ".json,application/json", Wish::Import)}
            {erase}
        "</fieldset>"
    }
}

/// A file that can be chosen; its text then means something.
fn file(view: &View, id: &'static str, says: &'static str, kinds: &'static str, meaning: fn(Rc<str>) -> Wish) -> Html {
    let ask = view.ask.clone();
    let chosen = view.on(move |event: &Event| {
        let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
        let file = input.files()?.get(0)?;
        browser::read(file, ask.reform(move |text: String| Msg::from(meaning(text.into()))));
        // The same file can be chosen again.
        input.set_value("");
        None
    });
    markup! {
        "<label class='plain file-button'><input type='file' id=" {id} " class='visually-hidden' accept=" {kinds} " onchange=" {chosen} "/>" {says} "</label>"
    }
}
