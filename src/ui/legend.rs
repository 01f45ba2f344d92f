//! What every mark of the page means. It stands in front of the page when it is asked for, or stays below the stage once
//! it is pinned there, also on the next visit.

use crate::teaching::frame::FlightKind;
use crate::teaching::session::MarkKind;
use crate::ui::browser;
use crate::ui::dialog::modal;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{each, markup};
use crate::ui::messages::kind_words;
use crate::ui::msg::{Dialog, Msg};
use crate::ui::stage::token_drawing;
use crate::ui::transport::tick;
use crate::ui::view::View;
use yew::Html;

/// The name under which it is remembered that the legend is pinned.
const KEY: &str = "harbor-point-legend";

/// Whether it was pinned on an earlier visit.
#[must_use]
pub fn recall() -> bool {
    browser::recall(KEY).as_deref() == Some("pinned")
}

/// From now on it is pinned, or not.
pub fn remember(pinned: bool) {
    browser::remember(KEY, if pinned { "pinned" } else { "" });
}

/// The button that shows it.
pub fn legend_button(view: &View) -> Html {
    let show = view.click(Msg::Show(Dialog::Legend));
    markup! { "<button type='button' class='plain' aria-haspopup='dialog' onclick=" {show} ">Legend</button>" }
}

/// The legend in front of the page.
pub fn legend_dialog(view: &View) -> Html {
    let pin = if view.legend { "Unpin it" } else { "Pin it below the stage" };
    let body = markup! {
        {marks()}
        "<div class='modal-actions'><button type='button' class='plain' onclick=" {view.click(Msg::PinLegend(!view.legend))} ">" {pin} "</button></div>"
    };
    modal(view, "legend", "Legend", body)
}

/// The pinned legend.
pub fn pinned_legend(view: &View) -> Html {
    markup! {
        "<section class='panel marks-panel' aria-labelledby='legend-title'>
            <div class='panel-head'>
                <h2 id='legend-title'>Legend</h2>
                <button type='button' class='plain' onclick=" {view.click(Msg::PinLegend(false))} ">Unpin</button>
            </div>"
            {marks()}
        "</section>"
    }
}

/// Every mark with its meaning.
fn marks() -> Html {
    markup! { "<div class='marks'>" {messages()} {time()} {log()} {stage()} "</div>" }
}

fn messages() -> Html {
    let one = |kind: &FlightKind| markup! { "<li>" {token_drawing(*kind)} {kind_words(*kind).0} "</li>" };
    markup! { "<div><h3>Messages</h3><ul>" {each(&FlightKind::ALL, one)} "</ul></div>" }
}

/// The marks of the log, and what stands beside an index.
fn log() -> Html {
    let sample = "entry is-sample term-0";
    markup! {
        "<div><h3>Log</h3><ul>
            <li><span class='" {sample} " is-appended'></span>appended: in memory alone</li>
            <li><span class='" {sample} " is-durable'></span>durable: on disk</li>
            <li><span class='" {sample} " is-durable is-committed'></span>committed, as the node knows</li>
            <li><span class='" {sample} " is-durable is-committed is-applied'></span>applied: reads see it</li>
            <li><span class='" {sample} " is-rolled-back'></span>rolled back</li>
            <li><span class='" {sample} " is-compacted'></span>in the snapshot</li>
            <li><span class='mark-edge'></span>committed up to here</li>
            <li><span class='marker marker-match'>●</span>match index: the leader knows it is on disk</li>
            <li><span class='marker marker-next'>▸</span>next index: sent next</li>
            <li><span class='legend-terms'><i class='term-0'></i><i class='term-1'></i><i class='term-2'></i></span>a colour for each term, beside its number</li>
            <li><span class='mark-lit'></span>the entry that you point at, wherever it is</li>
        </ul></div>"
    }
}

/// The marks of nodes, links and cabins.
fn stage() -> Html {
    let card = |class: &'static str, says: &'static str| markup! { "<li><span class='mark-card " {class} "'></span>" {says} "</li>" };
    let cabin = |class: &'static str, says: &'static str| markup! { "<li><span class='mark-cabin " {class} "'>14</span>" {says} "</li>" };
    markup! {
        "<div><h3>Stage</h3><ul>
            <li>" {icon(Icon::Wheel)} "the leader of the newest term</li>"
            {card("is-old", "an old leader, who does not know it")}
            {card("is-candidate", "a candidate")}
            {card("is-down", "a node that is down")}
            "<li><span class='mark-cut'>" {icon(Icon::Cross)} "</span>a connection that is cut</li>"
            {cabin("", "a free cabin")}
            {cabin("is-taken", "a cabin that is taken")}
            {cabin("is-reserving", "being reserved: not applied yet")}
            {cabin("is-releasing", "being given back")}
            {cabin("is-stale", "reads otherwise here than at the leader")}
            "<li><span class='mark-disk'></span>a disk that writes</li>
        </ul></div>"
    }
}

/// The marks of time, and of promises.
fn time() -> Html {
    let tick = |kind: MarkKind, says: &'static str| {
        markup! { "<li><svg class='mark-tick-sample' viewBox='-8 -2 16 18' aria-hidden='true'>" {tick(kind)} "</svg>" {says} "</li>" }
    };
    let stamp = |class: &'static str, drawing: Icon, word: &'static str, says: &'static str| {
        markup! { "<li><span class='strip-like'><b class='stamp " {class} "'>" {icon(drawing)} {word} "</b></span>" {says} "</li>" }
    };
    markup! {
        "<div><h3>Time</h3><ul>"
            {tick(MarkKind::Action, "something was done")}
            {tick(MarkKind::Milestone, "the commit index moved")}
            {tick(MarkKind::Promise, "a promise was made")}
            {tick(MarkKind::Violation, "what must never happen did")}
            "<li><span class='mark-stretch'></span>the stretch that the timeline shows</li>
        </ul><h3>Promises</h3><ul>"
            {stamp("is-kept", Icon::Tick, "kept", "the deciding leader has it")}
            {stamp("is-doubt", Icon::Question, "in doubt", "nobody can tell now")}
            {stamp("is-lost", Icon::Cross, "lost", "the deciding leader lacks it")}
        "</ul></div>"
    }
}
