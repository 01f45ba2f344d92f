//! A customer books a cabin: one large button for the cabin of the story, and a picker for any other; or a story is told.

use crate::replication::{CABINS, Cabin, CustomerId};
use crate::teaching::frame::CabinView;
use crate::teaching::session::Intent;
use crate::teaching::stories::{self, Story};
use crate::ui::markup::{each, each_of, markup, truth};
use crate::ui::msg::Msg;
use crate::ui::view::View;
use yew::Html;

/// The cabin and the customer of the story.
pub const FIRST_BOOKING: (u8, &str) = (14, "5521");

/// The booking panel.
pub fn reserve(view: &View) -> Html {
    let (cabin, typed) = (Cabin::Tonight(view.booking.0), &view.booking.1);
    let customer = typed.trim().parse().ok().filter(|number| *number > 0).map(CustomerId);
    let asks = view.on(move |event| {
        event.prevent_default();
        Some(Intent::Reserve { cabin, customer: customer? }.into())
    });
    let expected = customer.is_none().then_some("A number from 1 to 4294967295 is expected.");
    markup! {
        "<section class='panel reserve' aria-labelledby='reserve-title'>
            <h2 id='reserve-title' class='visually-hidden'>Book a cabin</h2>
            <form onsubmit=" {asks} ">
                <div class='reserve-row'>
                    <button type='submit' class='primary reserve-button'>Reserve " {cabin} "</button>
                    <label class='field'><span>for customer</span>
                        <input type='text' inputmode='numeric' autocomplete='off' value=" {typed} " oninput=" {view.input(|typed| Some(Msg::Customer(typed)))} "
                            aria-invalid=" {truth(customer.is_none())} " aria-describedby='customer-expected'/>
                    </label>
                </div>
                <p id='customer-expected' class='expected' role='alert'>" {expected} "</p>
                <details class='picker'>
                    <summary>another cabin</summary>
                    <div class='picker-deck' role='group' aria-label='Cabins as the leader shows them'>"
                        {each_of(CABINS.into(), &|place| pick(view, place))}
                    "</div>
                </details>
            </form>
            <div class='stories' role='group' aria-labelledby='stories-title'>
                <h3 id='stories-title'>or watch a story</h3>
                <ul>" {each(stories::ALL, |story| tell(view, story))} "</ul>
            </div>
        </section>"
    }
}

/// A story that can be told.
fn tell(view: &View, story: &'static Story) -> Html {
    markup! { "<li><button type='button' class='plain' onclick=" {view.click(Msg::Tell(story.script))} ">" {story.title} "</button></li>" }
}

/// One cabin that can be picked. A taken one too: then the answer is 409.
#[allow(clippy::cast_possible_truncation)]
fn pick(view: &View, place: usize) -> Html {
    let (state, says) = match view.leader().and_then(|leader| leader.cabins.get(place)) {
        Some(CabinView::Taken(_) | CabinView::Releasing(_)) => ("taken", "taken"),
        Some(CabinView::Reserving(_)) => ("reserving", "being reserved"),
        Some(CabinView::Free) => ("free", "free"),
        None => ("free", "unknown"),
    };
    let number = place as u8 + 1;
    markup! {
        "<button type='button' class='pick is-" {state} "' aria-pressed=" {truth(view.booking.0 == number)} "
            aria-label='" {Cabin::Tonight(number)} ", " {says} "' onclick=" {view.click(Msg::Cabin(number))} ">" {format!("{number:02}")} "</button>"
    }
}
