//! What every mark of the log grid means, beside the grid at all times.

use crate::ui::icon::{Icon, icon};
use yew::prelude::*;

/// The legend.
pub fn legend() -> Html {
    let sample = |class: &'static str, tick: bool, says: &'static str| {
        html! {
            <li>
                <span class={classes!("entry", "is-sample", "term-0", class.split(' ').collect::<Vec<_>>())}>
                    if tick { <span class="entry-tick">{ icon(Icon::Tick) }</span> }
                </span>
                { says }
            </li>
        }
    };
    html! {
        <ul class="legend" aria-label="What the marks mean">
            { sample("is-appended", false, "appended (memory)") }
            { sample("is-durable", false, "durable (disk)") }
            { sample("is-durable is-committed", false, "committed") }
            { sample("is-durable is-committed", true, "applied") }
            { sample("is-rolled-back", false, "rolled back") }
            <li><span class="legend-terms"><i class="term-0"></i><i class="term-1"></i><i class="term-2"></i></span>{ "term" }</li>
            <li><span class="marker marker-match">{ "●" }</span>{ "match" }</li>
            <li><span class="marker marker-next">{ "▸" }</span>{ "next" }</li>
        </ul>
    }
}
