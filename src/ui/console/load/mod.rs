//! Load: customers by the hundred, what a leader takes on at most, and what was measured meanwhile.

mod chart;
mod charts;

use crate::simulation::print_duration;
use crate::teaching::session::Intent;
use crate::ui::console::sentence::{choice, says};
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::markup;
use crate::ui::part::{part, same};
use crate::ui::view::View;
use crate::ui::words::prose;
use charts::charts;
use std::rc::Rc;
use yew::Html;

/// What is in the panel.
pub fn load(view: &Rc<View>) -> Html {
    let measures = &view.frame.measures;
    let measured = (!measures.series.is_empty()).then(|| part(view, &[same(&measures.series)], |view| measured(view)));
    markup! {
        "<form class='sentence' onsubmit=" {says(view)} ">
                <label class='field'><span>customers a second</span>
                    <input type='text' inputmode='numeric' autocomplete='off' initially='200' data-says='burst ' data-unit='/s'/>
                </label>
                <label class='field'><span>for</span>
                    <input type='text' autocomplete='off' spellcheck='false' initially='2s' data-says='for '/>
                </label>
                <button type='submit' class='plain'>" {icon(Icon::Play)} "Let them come</button>
                <button type='button' class='plain' onclick=" {view.click(Intent::Say(limit(view)))} ">Too many for the leader</button>
            </form>"
            {settings(view)}
            {measured}
    }
}

/// Costs for every processor, an entry a message, and more customers than the leader's can serve so.
fn limit(view: &View) -> String {
    format!("set batch=1\n{}\nburst 4000/s for 2s", costs(view).replace('#', "40us"))
}

/// What work costs each processor: `#` stands for how long.
fn costs(view: &View) -> String {
    let cost = |node: &crate::replication::NodeId| format!("cpu {node} entry=# message=#");
    view.frame.measures.nodes.iter().map(cost).collect::<Vec<_>>().join("\n")
}

/// What a leader takes on at most, and what work costs.
fn settings(view: &View) -> Html {
    let limits = &view.frame.cluster.limits;
    let throttle = limits.throttle.map_or("off".to_owned(), print_duration);
    let cost = print_duration(view.frame.measures.cost.entry);
    markup! {
        "<div class='sentence settings' role='group' aria-label='What a leader takes on at most'>"
            {choice(view, "set batch=#", "entries in a message, at most", &["1", "16", "64", "256"], &limits.batch.to_string())}
            {choice(view, "set bound=#", "uncommitted entries, then 503", &["20", "100", "1000", "10000"], &limits.bound.to_string())}
            {choice(view, "set throttle=#", "holds back at a follower’s lag of", &["off", "50ms", "200ms", "500ms", "2s"], &throttle)}
            {choice(view, &costs(view), "work on an entry or a message", &["0ms", "20us", "40us", "100us"], &cost)}
        "</div>"
    }
}

/// What was measured: what keeps customers waiting, and the series that say so.
fn measured(view: &View) -> Html {
    let measures = &view.frame.measures;
    markup! {
        "<section class='measures' aria-labelledby='measures-title'>
            <h3 id='measures-title'>Measures</h3>
            <p class='bottleneck' role='status'>" {measures.bottleneck().map(|found| prose(&found.to_string()))} "</p>
            <div class='charts'>" {charts(measures)} "</div>
        </section>"
    }
}
