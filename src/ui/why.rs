//! Why something stands as it does: the core's answer, and below it the events that led there. Each event leads to its
//! moment. The answer stays as it was given while one looks around, and says of which moment it is.

use crate::simulation::Micros;
use crate::teaching::session::{Intent, Session};
use crate::teaching::why::Question;
use crate::ui::browser;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{each, markup};
use crate::ui::media::Media;
use crate::ui::msg::Msg;
use crate::ui::view::View;
use crate::ui::words::{clock, prose};
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::{AttrValue, Html};

/// What was asked, and answered.
#[derive(Debug)]
pub struct Answered {
    question: Question,
    step: u64,
    at: Micros,
    /// The finding, and what speaks against a promotion.
    says: Vec<String>,
    chain: Vec<Link>,
}

/// An event that led there.
#[derive(Debug)]
struct Link {
    step: u64,
    at: Micros,
    place: AttrValue,
    text: AttrValue,
}

impl Answered {
    /// Asks the core, about the present moment.
    #[must_use]
    pub fn now(session: &Session, question: Question) -> Self {
        let (mut says, mut chain) = (Vec::new(), Vec::new());
        match session.explain(question) {
            None => says.push("That has not come about in this run so far.".to_owned()),
            Some(explanation) => {
                says.push(explanation.says());
                says.extend(explanation.objections().iter().map(ToString::to_string));
                for logged in &explanation.chain {
                    let record = &logged.record;
                    let place = record.place.map_or(AttrValue::Static("world"), |place| place.to_string().into());
                    let text = record.event.to_string().into();
                    chain.push(Link { step: logged.step, at: record.at, place, text });
                }
            }
        }
        Self { question, step: session.frame().step, at: session.frame().now, says, chain }
    }

    /// What was asked.
    #[must_use]
    pub fn question(&self) -> Question {
        self.question
    }
}

/// The answer.
pub fn why(view: &View) -> Html {
    view.why.as_ref().map(|answered| panel(view, answered)).unwrap_or_default()
}

fn panel(view: &View, answered: &Rc<Answered>) -> Html {
    let here = view.frame.step;
    let event = |link: &Link| {
        let current = (link.step == here).then_some("step");
        markup! {
            "<li class='line'><button type='button' aria-current=" {current} " onclick=" {view.click(Intent::Seek(link.step))} ">
                <span class='line-at'>" {clock(link.at)} "</span>
                <span class='line-place'>" {link.place.clone()} "</span>
                <span class='line-text'>" {link.text.clone()} "</span>
            </button></li>"
        }
    };
    let elsewhere = (answered.step != here).then(|| {
        markup! {
            "<p class='why-moment'>
                <button type='button' class='plain' onclick=" {view.click(Intent::Seek(answered.step))} ">Back to " {clock(answered.at)} "</button>
                <button type='button' class='plain' onclick=" {view.click(Msg::Ask(answered.question))} ">Ask again here</button>
            </p>"
        }
    });
    let chain = (!answered.chain.is_empty()).then(|| {
        markup! {
            "<h3>What led there</h3>
            <ol class='why-chain' aria-label='What led there'>" {each(&answered.chain, event)} "</ol>"
        }
    });
    markup! {
        "<section class='panel why' aria-labelledby='why-title'>
            <div class='panel-head'>
                <h2 id='why-title' tabindex='-1'>Why? <span class='why-about'>" {about(answered.question)} "</span></h2>
                <button type='button' class='tool' aria-label='Close the answer' onclick=" {view.click(Msg::AskNothing)} ">" {icon(Icon::Cross)} "</button>
            </div>"
            "<div role='status'>" {each(&answered.says, |says| markup! { "<p class='why-says'>" {prose(says)} "</p>" })} "</div>"
            {elsewhere}
            {chain}
        "</section>"
    }
}

/// What is asked, in words.
fn about(question: Question) -> String {
    match question {
        Question::Request(request) => request.to_string(),
        Question::Read(read) => read.to_string(),
        Question::Entry(position) => position.to_string(),
        Question::Promotion(node) => format!("May {node} lead?"),
        Question::StepDown(node) => format!("{node} leads no more"),
        Question::Snapshot(node) => format!("{node} needs a snapshot"),
    }
}

/// Whether an element is no part of an answer.
#[must_use]
pub fn is_outside(element: &HtmlElement) -> bool {
    element.closest(".why").is_ok_and(|answer| answer.is_none())
}

/// Brings the answer into view, and focus to it: whoever asked by a key goes on from there.
pub fn show() {
    // On a phone nothing of it would be seen otherwise.
    match Media::Narrow.holds() {
        true => browser::show_start(".why"),
        false => browser::show(".why"),
    }
    if let Some(title) = browser::find::<HtmlElement>("#why-title") {
        let _ = title.focus();
    }
    // What decides it came last.
    if let Some(chain) = browser::find::<HtmlElement>(".why-chain") {
        chain.set_scroll_top(chain.scroll_height());
    }
}

/// Where a lesson asked stays in view beside the answer, if there is room for both.
pub fn keep_in_view(from: &HtmlElement) {
    if !Media::Narrow.holds() && from.closest(".lesson").is_ok_and(|lesson| lesson.is_some()) {
        browser::show_element(from);
    }
}
