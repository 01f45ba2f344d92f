//! Receipts: what each customer asked for, what was answered, and what has become of the promise.

use crate::teaching::frame::{Fate, RequestView};
use crate::teaching::why::Question;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{each_of, markup};
use crate::ui::msg::Msg;
use crate::ui::view::View;
use crate::ui::words::{about, clock, position_html, prose};
use yew::Html;

/// The receipts, newest first.
pub fn promises(view: &View) -> Html {
    let requests = &view.frame.requests;
    let empty = requests.is_empty().then(|| {
        markup! {
            "<p class='empty'>
                Nobody has asked for anything yet. An answer of 201 is a promise, and its receipt appears here.
            </p>"
        }
    });
    markup! {
        "<section class='panel promises' aria-labelledby='promises-title'>
            <div class='panel-head'><h2 id='promises-title'>Promises</h2><p>what customers were told</p></div>"
            {empty}
            {crowd(view)}
            "<ol class='receipts' reversed='reversed' tabindex='-1'>"
                {each_of(requests.len(), &|place| receipt(view, &requests[requests.len() - 1 - place]))}
            "</ol>
        </section>"
    }
}

/// Everybody who asked, in figures, once there are too many to tell one by one.
fn crowd(view: &View) -> Option<Html> {
    let crowd = &view.frame.crowd;
    let figure = |count: u64, words: &'static str, class: &'static str| {
        (count > 0).then(|| markup! { "<li class='crowd-figure " {class} "'><b>" {count} "</b> " {words} "</li>" })
    };
    (crowd.asked > 0).then(|| {
        markup! {
            "<ul class='crowd' aria-label='All customers together'>"
                {figure(crowd.asked.into(), "asked", "")}
                {figure(crowd.waiting.into(), "wait", "")}
                {figure(crowd.kept.into(), "promises kept", "is-held")}
                {figure(crowd.in_doubt.into(), "promises in doubt", "is-doubtful")}
                {figure(crowd.lost.into(), "promises lost", "is-broken")}
                {figure(crowd.unavailable, "times 503", "")}
                {figure(crowd.unanswered.into(), "never answered", "is-doubtful")}
            "</ul>"
        }
    })
}

/// How a fate is shown.
struct Stamp {
    answer: &'static str,
    word: &'static str,
    icon: Option<Icon>,
    class: &'static str,
}

/// What just happened and how the newest promise stands, in two lines: for windows in which neither may be in view.
pub fn strip(view: &View) -> Html {
    let newest = view.frame.requests.last().map(|request| {
        let Stamp { answer, word, icon: drawing, class } = stamp(request.fate);
        markup! { "<b class='stamp " {class} "'>" {drawing.map(icon)} {request.request} " " {answer} " " {word} "</b>" }
    });
    markup! { "<div class='strip' aria-hidden='true'><p>" {prose(&view.frame.story.sentence)} "</p>" {newest} "</div>" }
}

fn stamp(fate: Fate) -> Stamp {
    let (answer, word, icon, class) = match fate {
        Fate::Pending => ("…", "waiting", None, "is-pending"),
        Fate::Unanswered => ("no answer", "in doubt", Some(Icon::Question), "is-doubt"),
        Fate::Conflict => ("409", "refused", Some(Icon::Cross), "is-refused"),
        Fate::Unavailable => ("503", "refused", Some(Icon::Cross), "is-refused"),
        Fate::Kept => ("201", "kept", Some(Icon::Tick), "is-kept"),
        Fate::InDoubt => ("201", "in doubt", Some(Icon::Question), "is-doubt"),
        Fate::Lost => ("201", "lost", Some(Icon::Cross), "is-lost"),
    };
    Stamp { answer, word, icon, class }
}

/// One receipt.
fn receipt(view: &View, request: &RequestView) -> Html {
    let Stamp { answer, word, icon: drawing, class } = stamp(request.fate);
    let words = (answer.len() > 3).then_some("is-words");
    let position =
        request.position.map(|position| position_html(position, Some("commit token: term and index of the entry")));
    markup! {
        "<li key=" {request.request} " class='receipt " {class} "' data-entry=" {about(request.position.as_slice(), Some(request.request))} ">
            <div class='receipt-answer'><b class=" {words} ">" {answer} "</b><span>" {request.request} "</span></div>
            <div class='receipt-body'>
                <p class='receipt-what'>" {&request.what} " " {position} "</p>
                <p class='receipt-why'>" {prose(&request.why)} "</p>
                <div class='receipt-foot'>
                    <p class='receipt-times'>
                        <span class='whole'>asked " {clock(request.asked_at)} "</span>"
                        {request.answered_at.map(|heard| markup! { " · <span class='whole'>heard " {clock(heard)} "</span>" })}
                    "</p>
                    <button type='button' class='plain' aria-label='Why? " {request.request} "' onclick=" {view.click(Msg::Ask(Question::Request(request.request)))} ">Why?</button>
                </div>
            </div>
            <span class='stamp'>" {drawing.map(icon)} {word} "</span>
        </li>"
    }
}
