//! What must never happen and did: said calmly, in full, and with a way to its moment.

use crate::teaching::frame::ViolationView;
use crate::teaching::session::Intent;
use crate::ui::ask::use_dispatch;
use crate::ui::icon::{Icon, icon};
use crate::ui::same::Same;
use crate::ui::words::clock;
use yew::prelude::*;

/// The violations.
#[derive(Clone, PartialEq, Properties)]
pub struct ViolationsProps {
    /// Oldest first.
    pub violations: Same<[ViolationView]>,
}

/// The first ones are the causes; the rest is in the transcript.
const SHOWN: usize = 2;

/// The banner, where there is something to say.
#[component]
pub fn Violations(props: &ViolationsProps) -> Html {
    let dispatch = use_dispatch();
    html! {
        <div class="violations" role="alert">
            { for props.violations.iter().enumerate().take(SHOWN).map(|(number, violation)| html! {
                <div key={number} class="violation">
                    { icon(Icon::Warning) }
                    <p>
                        <b>{ violation.invariant.name().replace('-', " ") }</b>{ " is broken: " }{ violation.text.to_string() }
                        <button type="button" class="quiet" onclick={dispatch.click(Intent::Seek(violation.step))}>
                            { "see " }{ clock(violation.at) }
                        </button>
                    </p>
                </div>
            }) }
        </div>
    }
}
