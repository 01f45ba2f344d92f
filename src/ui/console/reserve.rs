//! A customer books a cabin: one large button for the cabin of the story, and a picker for any other.

use crate::replication::{Cabin, CustomerId};
use crate::teaching::frame::CabinView;
use crate::teaching::session::Intent;
use crate::ui::ask::use_dispatch;
use crate::ui::same::Same;
use yew::prelude::*;

/// The cabin and the customer of the story.
const DEFAULT: (u8, u32) = (14, 5521);

/// What the gateway would show.
#[derive(Clone, PartialEq, Properties)]
pub struct ReserveProps {
    /// The cabins as the leader shows them; nothing while nobody leads.
    pub cabins: Option<Same<[CabinView]>>,
}

/// The booking panel.
#[component]
pub fn Reserve(props: &ReserveProps) -> Html {
    let dispatch = use_dispatch();
    let cabin = use_state(|| DEFAULT.0);
    let customer = use_state(|| DEFAULT.1);
    let reserve = {
        let (intent, cabin, customer) = (dispatch.intent.clone(), Cabin::Tonight(*cabin), CustomerId(*customer));
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            intent.emit(Intent::Reserve { cabin, customer });
        })
    };
    let oninput = {
        let customer = customer.clone();
        Callback::from(move |event: InputEvent| {
            let typed =
                event.target_dyn_into::<web_sys::HtmlInputElement>().and_then(|input| input.value().parse().ok());
            if let Some(number) = typed {
                customer.set(number);
            }
        })
    };
    html! {
        <section class="panel reserve" aria-labelledby="reserve-title">
            <h2 id="reserve-title" class="visually-hidden">{ "Book a cabin" }</h2>
            <form onsubmit={reserve}>
                <div class="reserve-row">
                    <button type="submit" class="primary reserve-button">{ format!("Reserve {}", Cabin::Tonight(*cabin)) }</button>
                    <label class="field"><span>{ "for customer" }</span>
                        <input type="number" inputmode="numeric" min="1" max="99999" value={customer.to_string()} {oninput} />
                    </label>
                </div>
                <details class="picker">
                    <summary>{ "another cabin" }</summary>
                    <div class="picker-deck" role="group" aria-label="Cabins as the leader shows them">
                        { for (1..=24_u8).map(|number| pick(number, props.cabins.as_deref(), &cabin)) }
                    </div>
                </details>
            </form>
        </section>
    }
}

/// One cabin that can be picked. A taken one too: then the answer is 409.
fn pick(number: u8, cabins: Option<&[CabinView]>, chosen: &UseStateHandle<u8>) -> Html {
    let view = cabins.and_then(|cabins| cabins.get(usize::from(number) - 1));
    let (state, says) = match view {
        Some(CabinView::Taken(_) | CabinView::Releasing(_)) => ("is-taken", "taken"),
        Some(CabinView::Reserving(_)) => ("is-reserving", "being reserved"),
        Some(CabinView::Free) => ("is-free", "free"),
        None => ("is-free", "unknown"),
    };
    let pressed = **chosen == number;
    let onclick = {
        let chosen = chosen.clone();
        Callback::from(move |_: MouseEvent| chosen.set(number))
    };
    let cabin = Cabin::Tonight(number);
    html! {
        <button key={number} type="button" class={classes!("pick", state)} aria-pressed={pressed.to_string()}
            aria-label={format!("{cabin}, {says}")} {onclick}>{ format!("{number:02}") }</button>
    }
}
