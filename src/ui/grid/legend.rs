//! What every mark of the log grid means, beside the grid at all times.

use crate::ui::markup::markup;
use yew::Html;

/// The legend.
pub fn legend() -> Html {
    markup! {
        "<ul class='legend' aria-label='What the marks mean'>
            <li><span class='entry is-sample term-0 is-appended'></span>appended (memory)</li>
            <li><span class='entry is-sample term-0 is-durable'></span>durable (disk)</li>
            <li><span class='entry is-sample term-0 is-durable is-committed'></span>committed</li>
            <li><span class='entry is-sample term-0 is-durable is-committed is-applied'></span>applied</li>
            <li><span class='entry is-sample term-0 is-rolled-back'></span>rolled back</li>
            <li><span class='legend-terms'><i class='term-0'></i><i class='term-1'></i><i class='term-2'></i></span>term</li>
            <li><span class='marker marker-match'>●</span>match</li>
            <li><span class='marker marker-next'>▸</span>next</li>
        </ul>"
    }
}
