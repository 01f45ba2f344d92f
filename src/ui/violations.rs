//! What must never happen and did: said calmly, in full, and with a way to its moment.

use crate::teaching::frame::ViolationView;
use crate::teaching::session::Intent;
use crate::ui::ask::use_dispatch;
use crate::ui::icon::{Icon, icon};
use crate::ui::same::Same;
use crate::ui::words::{clock, prose};
use yew::prelude::*;

/// The violations.
#[derive(Clone, PartialEq, Properties)]
pub struct ViolationsProps {
    /// Oldest first.
    pub violations: Same<[ViolationView]>,
}

/// The first ones are the causes; what followed from them is in the transcript.
const SHOWN: usize = 2;

/// The banner, where there is something to say. Each line leads to its moment.
#[component]
pub fn Violations(props: &ViolationsProps) -> Html {
    let dispatch = use_dispatch();
    let heading = match props.violations.len() {
        0 => None,
        1 => Some("This must never happen, and did".to_owned()),
        many => Some(format!("{many} things must never happen, and did")),
    };
    let line = |(number, violation): (usize, &ViolationView)| {
        let name = violation.invariant.name();
        let text = violation.text.strip_prefix(name).map_or(&*violation.text, |text| text.trim_start_matches(": "));
        html! {
            <li key={number}>
                <button type="button" title={format!("See {}", clock(violation.at))} onclick={dispatch.click(Intent::Seek(violation.step))}>
                    <b>{ name.replace('-', " ") }{ ": " }</b>{ prose(text) }
                </button>
            </li>
        }
    };
    html! {
        <div class="violations" role="alert">
            if let Some(heading) = heading {
                <div class="violation">
                    { icon(Icon::Warning) }
                    <div><p>{ heading }</p><ul>{ for props.violations.iter().enumerate().take(SHOWN).map(line) }</ul></div>
                </div>
            }
        </div>
    }
}
