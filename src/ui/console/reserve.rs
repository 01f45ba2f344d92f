//! A customer books a cabin: one large button for the cabin of the story, and a picker for any other.

use crate::replication::{CABINS, Cabin, CustomerId};
use crate::teaching::frame::CabinView;
use crate::teaching::session::Intent;
use crate::ui::markup::{each_of, markup, truth};
use crate::ui::msg::Msg;
use crate::ui::view::View;
use yew::Html;

/// The cabin and the customer of the story.
pub const FIRST_BOOKING: (u8, u32) = (14, 5521);

/// The booking panel.
pub fn reserve(view: &View) -> Html {
    let (cabin, customer) = (Cabin::Tonight(view.booking.0), view.booking.1);
    let intent = Intent::Reserve { cabin, customer: CustomerId(customer) };
    let oninput = view.input(|typed| typed.parse().ok().map(Msg::Customer));
    markup! {
        "<section class='panel reserve' aria-labelledby='reserve-title'>
            <h2 id='reserve-title' class='visually-hidden'>Book a cabin</h2>
            <form onsubmit=" {view.submit(intent.into())} ">
                <div class='reserve-row'>
                    <button type='submit' class='primary reserve-button'>Reserve " {cabin} "</button>
                    <label class='field'><span>for customer</span>
                        <input type='number' inputmode='numeric' min='1' max='99999' value=" {customer} " oninput=" {oninput} "/>
                    </label>
                </div>
                <details class='picker'>
                    <summary>another cabin</summary>
                    <div class='picker-deck' role='group' aria-label='Cabins as the leader shows them'>"
                        {each_of(CABINS.into(), &|place| pick(view, place))}
                    "</div>
                </details>
            </form>
        </section>"
    }
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
