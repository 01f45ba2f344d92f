//! Messages on their way: what each is and says, and what can be done to it. They are reached by a click on a token, or by
//! the list of all that are under way.

use crate::simulation::{Action, Micros, Place};
use crate::teaching::frame::{Flight, FlightKind};
use crate::ui::dialog::modal;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{each, markup, nodes_of};
use crate::ui::menus::{act, item};
use crate::ui::msg::{Anchor, Dialog, Msg};
use crate::ui::stage::token_drawing;
use crate::ui::view::View;
use crate::ui::words::{clock, span};
use std::rc::Rc;
use yew::{AttrValue, Html};

/// How many messages the list shows: the first that were sent.
const MOST: usize = 100;

/// By how much a message can be delayed with one click.
const DELAYS: [Micros; 2] = [Micros::from_millis(100), Micros::from_secs(1)];

/// What a message of each kind is, and how it is called.
#[must_use]
pub fn kind_words(kind: FlightKind) -> (&'static str, &'static str) {
    match kind {
        FlightKind::Request => ("request", "A customer asks for something, or whether a cabin is free."),
        FlightKind::Answer => ("answer", "What a node or the gateway answers. A 201 is a promise."),
        FlightKind::Append => ("append", "Entries for a follower, or a piece of a snapshot."),
        FlightKind::Heartbeat => ("heartbeat", "The leader lets itself be heard, and says what is committed."),
        FlightKind::Acknowledge => ("acknowledgement", "A follower reports what it holds of the leader’s log."),
        FlightKind::Reject => ("refusal", "A node refuses: the term is older, or an entry before it is missing."),
        FlightKind::Term => ("term or vote", "A node asks others to follow it into a term, or they answer."),
        FlightKind::Control => {
            ("order or report", "The control plane tells a node or the gateway what to do, or is told.")
        }
    }
}

/// The button that opens the list of messages.
pub fn messages_button(view: &View) -> Html {
    let show = view.click(Msg::Show(Dialog::Messages));
    markup! {
        "<button type='button' class='plain messages' aria-haspopup='dialog' onclick=" {show} ">
            Messages <b class='count'>" {view.frame.flights.len()} "</b>
        </button>"
    }
}

/// Every message on its way.
pub fn message_list(view: &View) -> Html {
    let flights = &view.frame.flights;
    let one = |flight: &Flight| {
        let id = flight.id;
        let open = view.on(move |event| Some(Msg::Show(Dialog::Message(id, Anchor::of(event)))));
        markup! {
            "<li key=" {id} "><button type='button' class='menu-item' onclick=" {open} ">"
                {token_drawing(flight.kind)}
                "<span class='message-label'>" {&flight.label} "</span>
                <span class='run-stands'>" {way(flight)} ", due at " {clock(flight.due_at)} "</span>
            </button></li>"
        }
    };
    let shown = &flights[..flights.len().min(MOST)];
    let none = flights.is_empty().then(|| markup! { "<p class='menu-note'>Nothing is on its way at this moment.</p>" });
    let more = flights.len().checked_sub(MOST).filter(|more| *more > 0);
    let more = more.map(|more| markup! { "<p class='menu-note'>and " {more} " more, sent later</p>" });
    let list = markup! { {none} "<ul class='menu message-list'>" {each(shown, one)} "</ul>" {more} };
    modal(view, "messages", "Messages on their way", list)
}

/// What a message is, and what can be done to it.
pub fn message_menu(view: &View, flight: &Flight) -> Html {
    let (kind, means) = kind_words(flight.kind);
    let message = flight.named();
    let mut items = vec![act(view, Action::Drop(message), Icon::Cross, "Drop it: it never arrives")];
    for delay in DELAYS {
        items.push(act(view, Action::Delay(message, delay), Icon::Pause, format!("Delay it by {}", span(delay))));
    }
    if matches!((flight.from, flight.to), (Place::Node(_), Place::Node(_))) {
        items.push(act(view, Action::Duplicate(message), Icon::Step, "Duplicate it: it arrives twice"));
    }
    if let Some(question) = flight.question(&view.frame.grid) {
        items.push(item(view, Msg::Ask(question), Icon::Question, format!("Why? {question}").into()));
    }
    let left = flight.due_at.since(view.frame.now);
    let body = markup! {
        "<p class='menu-note'>" {icon_of(flight)} "<b>" {kind} "</b> " {way(flight)} ". " {means} "</p>
        <blockquote class='message-says' translate='no'>" {flight.message.payload.to_string()} "</blockquote>
        <p class='menu-note'>Sent at " {clock(flight.sent_at)} ", due at " {clock(flight.due_at)} ": in " {span(left)} ".</p>
        <ul class='menu'>" {nodes_of(items)} "</ul>"
    };
    modal(view, format!("message-{}", flight.id), AttrValue::Rc(Rc::clone(&flight.label)), body)
}

fn icon_of(flight: &Flight) -> Html {
    markup! { "<span class='message-token'>" {token_drawing(flight.kind)} "</span>" }
}

/// From where to where.
fn way(flight: &Flight) -> String {
    format!("{} → {}", flight.from, flight.to)
}

/// A message that has been delivered, or lost: there is nothing to be done to it.
pub fn message_gone(view: &View) -> Html {
    let says = markup! { "<p class='menu-note'>" {icon(Icon::Tick)} " It is on its way no more.</p>" };
    modal(view, "message-gone", "This message", says)
}
