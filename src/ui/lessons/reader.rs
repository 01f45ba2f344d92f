//! The open lesson: one step at a time, and always the same buttons in the same places.

use super::Wish;
use super::items::{diagnose, exercise, predict};
use super::prose::{blocks, line, words};
use super::sheet::{Asked, Before, Open};
use crate::teaching::lesson::{Cycle, LESSONS, Part, Place, Scenario};
use crate::ui::browser;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{each, each_of, markup, truth};
use crate::ui::media::Media;
use crate::ui::msg::{Dialog, Msg};
use crate::ui::view::View;
use crate::ui::words::prose;
use std::cell::RefCell;
use web_sys::HtmlElement;
use yew::Html;

/// The open lesson.
pub fn reader(view: &View, open: &Open, trouble: &[String]) -> Html {
    let number = LESSONS.iter().position(|entry| entry.name == &*open.name);
    let which = number
        .map_or_else(|| "Your own lesson".to_owned(), |place| format!("Lesson {} of {}", place + 1, LESSONS.len()));
    let away = open.away.then(|| {
        markup! {
            "<div class='away' role='status'>
                <p>The run is yours: do with it what you like. The lesson waits here.</p>
            </div>"
        }
    });
    // What was told of an answer last is brought into view.
    let told = open.asked.iter().rfind(|asked| asked.verdict.is_some()).map(|asked| asked.item.to_string());
    let deciding = open.asked.iter().find(|asked| asked.deciding).map(|asked| asked.item.to_string());
    let lines = open.lit.iter().flat_map(|(_, lines)| lines.iter().enumerate());
    let lit: String = lines.filter(|(_, says)| !says.is_empty()).map(|(place, _)| place.to_string()).collect();
    markup! {
        "<section class='lesson' aria-labelledby='lesson-title' data-step='" {open.name.to_string()} "-" {open.step} "' data-told=" {told} " data-deciding=" {deciding} " data-lit=" {lit} ">
            <div class='lesson-head'>
                <div><p class='lesson-which'>" {which} "</p><h2 id='lesson-title'>" {open.lesson.title.clone()} "</h2></div>
                <button type='button' class='tool' title='All lessons' aria-label='All lessons' onclick=" {view.click(Msg::Show(Dialog::Lessons))} ">" {icon(Icon::Map)} "</button>
                <button type='button' class='tool' title='Copy a link to this lesson' aria-label='Copy a link to this lesson' onclick=" {view.click(Wish::CopyLink)} ">" {icon(Icon::Link)} "</button>
                <button type='button' class='tool' title='Close the lesson' aria-label='Close the lesson' onclick=" {view.click(Wish::Leave)} ">" {icon(Icon::Cross)} "</button>
            </div>"
            {steps(view, open)}
            "<p class='visually-hidden' role='status'>Step " {open.step + 1} " of " {open.lesson.steps.len()} "</p>
            <div key=" {open.step} " class='lesson-body' tabindex='0' role='group' aria-labelledby='lesson-step'>"
                {troubles(trouble)}
                {away}
                {step(view, open)}
            "</div>"
            {turn(view, open)}
        "</section>"
    }
}

thread_local! {
    /// The step that was shown last, what was told in it, what was being decided, and which lines of a loop were lit.
    static SEEN: RefCell<[Option<String>; 4]> = const { RefCell::new([None, None, None, None]) };
}

/// Brings a new step into view on a phone, and what is told of an answer; and focus back that went with its button.
pub fn settle() {
    let lesson = browser::find::<HtmlElement>(".lesson");
    let says = |name| lesson.as_ref().and_then(|lesson| lesson.get_attribute(name));
    let now = ["data-step", "data-told", "data-deciding", "data-lit"].map(says);
    let [step_before, told_before, deciding_before, lit_before] = SEEN.replace(now.clone());
    let [step, told, deciding, lit] = now;
    let lost = browser::focused().is_none_or(|element| element.tag_name() == "BODY");
    if let Some(body) = browser::find::<HtmlElement>(".lesson-body").filter(|_| lost) {
        let _ = body.focus();
    }
    if step.is_some() && step != step_before && Media::Narrow.holds() {
        // On a phone the next step begins where the last one did, not where its button was.
        browser::show_start(".lesson");
    }
    if deciding.is_some() && deciding != deciding_before && Media::Narrow.holds() {
        // What is to be watched stands above or below the question there.
        browser::show_start(".page-stage");
    }
    if lit.is_some() && step == step_before && lit != lit_before {
        browser::show(".cycle .is-lit");
    }
    let decided = deciding.is_none() && deciding_before.is_some();
    if let Some(item) = told.filter(|told| step == step_before && (decided || Some(told) != told_before.as_ref())) {
        match Media::Narrow.holds() {
            true => browser::show_start(&["#", &item].concat()),
            false => browser::show(&["#", &item, " .verdict-told"].concat()),
        }
    }
}

/// What went wrong.
pub fn troubles(trouble: &[String]) -> Option<Html> {
    (!trouble.is_empty()).then(|| {
        markup! { "<div class='trouble' role='alert'>" {each(trouble, |says| markup! { "<p translate='no'>" {says.clone()} "</p>" })} "</div>" }
    })
}

/// Each step as a dot; where one is, and a way to any other.
fn steps(view: &View, open: &Open) -> Html {
    let all = open.lesson.steps.len();
    let dot = |place: usize| {
        let current = (place == open.step).then_some("step");
        let (class, stands) = match open.steps.get(place).copied().flatten() {
            Some(true) => ("is-done", ", done"),
            Some(false) if place < open.step => ("is-passed", ", passed over"),
            _ => ("", ""),
        };
        let says = format!("Step {}: {}{stands}", place + 1, open.lesson.steps[place].title);
        markup! {
            "<li><button type='button' class='" {class} "' aria-current=" {current} " title=" {says.clone()} " aria-label=" {says} " onclick=" {view.click(Wish::Go(place))} "><span></span></button></li>"
        }
    };
    markup! { "<ol class='lesson-steps' aria-label='Steps'>" {each_of(all, &dot)} "</ol>" }
}

fn step(view: &View, open: &Open) -> Html {
    let Some(step) = open.lesson.steps.get(open.step) else { return Html::default() };
    let closing = !open.has_next;
    let first = (open.step == 0).then(|| {
        markup! {
            "<div class='lesson-intro'>" {blocks(&open.lesson.intro, false)}
                "<p class='lesson-able'><b>After this you can</b> " {words(&open.lesson.able, false)} "</p>
            </div>"
        }
    });
    let draw = |part: usize| {
        let place = Place { step: open.step, part };
        let asked = open.asked.iter().find(|asked| asked.place == place);
        match &step.parts[part] {
            Part::Prose(prose) => blocks(prose, closing),
            Part::Cycle(of) => {
                cycle(of, open.lit.iter().find(|(other, _)| *other == place).map_or(&[], |(_, lit)| lit))
            }
            Part::Scenario(scenario) => happens(view, place, scenario),
            Part::Predict(of) => item(asked, |asked| predict(view, asked, of)),
            Part::Do(of) => item(asked, |asked| exercise(view, asked, of)),
            Part::Diagnose(of) => item(asked, |asked| diagnose(view, asked, of)),
        }
    };
    let after = open.before.map(|before| {
        let says = match before {
            Before::PassedOver => "You passed over something. The run goes on as if you had seen what it came to.",
            Before::Exercise => "The run goes on from the lesson's own way through the last exercise.",
        };
        markup! { "<p class='lesson-note'>" {says} "</p>" }
    });
    markup! {
        {first}
        "<h3 id='lesson-step'>" {step.title.clone()} "</h3>"
        {after}
        {each_of(open.shown.min(step.parts.len()), &draw)}
    }
}

fn item(asked: Option<&Asked>, draw: impl FnOnce(&Asked) -> Html) -> Html {
    asked.map(draw).unwrap_or_default()
}

/// A loop: the lines that the run has just gone through are lit, with what was recorded of them.
fn cycle(of: &Cycle, lit: &[Vec<String>]) -> Html {
    let line_of = |place: usize| {
        let says = lit.get(place).map_or(&[][..], |says| says);
        let (class, current) = if says.is_empty() { ("", None) } else { ("is-lit", Some("step")) };
        let reasons = each(says, |says| markup! { "<span class='reason'>" {prose(says)} "</span>" });
        markup! { "<li class='" {class} "' aria-current=" {current} ">" {line(&of.lines[place].text)} {reasons} "</li>" }
    };
    markup! { "<ol class='cycle' aria-label='The loop; where the run is now is lit'>" {each_of(of.lines.len(), &line_of)} "</ol>" }
}

/// Something that happens: a button to see it. A run that only begins has nothing to see.
fn happens(view: &View, place: Place, scenario: &Scenario) -> Html {
    if scenario.lines.is_empty() {
        return Html::default();
    }
    markup! {
        "<p class='item-tools'><button type='button' class='plain' onclick=" {view.click(Wish::Play(place))} ">" {icon(Icon::Play)} "Watch it happen</button></p>"
    }
}

/// Back and on, and away.
fn turn(view: &View, open: &Open) -> Html {
    let on = if open.has_next {
        let class = if open.done && !open.away { "primary" } else { "plain" };
        markup! { "<button type='button' class='" {class} "' onclick=" {view.click(Wish::Next)} ">Next</button>" }
    } else {
        let next = LESSONS.iter().position(|entry| entry.name == &*open.name).and_then(|place| LESSONS.get(place + 1));
        match next {
            Some(entry) => {
                markup! { "<button type='button' class='primary' onclick=" {view.click(Wish::Take(entry.name.into()))} ">Next lesson</button>" }
            }
            None => {
                markup! { "<button type='button' class='primary' onclick=" {view.click(Msg::Show(Dialog::Lessons))} ">All lessons</button>" }
            }
        }
    };
    let own = match open.away {
        false => {
            markup! { "<button type='button' class='quiet' onclick=" {view.click(Wish::TakeOver)} ">Take over from here</button>" }
        }
        true => {
            markup! { "<button type='button' class='primary' onclick=" {view.click(Wish::TakeBack)} ">Back to the lesson</button>" }
        }
    };
    markup! {
        "<div class='lesson-turn'>
            <button type='button' class='plain' aria-disabled=" {truth(open.step == 0)} " onclick=" {view.click(Wish::Back)} ">Back</button>"
            {own}
            {on}
        "</div>"
    }
}
