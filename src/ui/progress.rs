//! What the leader believes of each follower, beside what is so. Belief is always a little behind: news takes time too.

use crate::replication::Index;
use crate::teaching::frame::{Progress, ProgressRow};
use crate::ui::same::Same;
use crate::ui::words::{index_html, prose, span};
use yew::prelude::*;

/// The leader's view.
#[derive(Clone, PartialEq, Properties)]
pub struct ProgressTableProps {
    /// Its rows.
    pub progress: Same<Progress>,
}

/// The progress table.
#[component]
pub fn ProgressTable(props: &ProgressTableProps) -> Html {
    let progress = &props.progress;
    let whose =
        progress.leader.map_or("nobody leads".to_owned(), |leader| format!("as {leader} sees it, and as it is"));
    html! {
        <section class="panel progress" aria-labelledby="progress-title">
            <div class="panel-head"><h2 id="progress-title">{ "Follower progress" }</h2><p>{ whose }</p></div>
            <div class="table-scroll" tabindex="0" role="region" aria-labelledby="progress-title">
                <table class="progress-table">
                    <thead>
                        <tr>
                            <th rowspan="2" scope="col">{ "follower" }</th>
                            <th colspan="4" scope="colgroup" class="belief">{ "the leader believes" }</th>
                            <th colspan="3" scope="colgroup" class="truth">{ "in truth" }</th>
                            <th colspan="2" scope="colgroup" class="lag">{ "lag" }</th>
                        </tr>
                        <tr>
                            { for ["next", "received", "match", "applied"].map(|word| html! { <th scope="col" class="belief">{ word }</th> }) }
                            { for ["appended", "durable", "applied"].map(|word| html! { <th scope="col" class="truth">{ word }</th> }) }
                            { for ["entries", "time"].map(|word| html! { <th scope="col" class="lag">{ word }</th> }) }
                        </tr>
                    </thead>
                    <tbody>
                        { for progress.rows.iter().map(row) }
                        if progress.rows.is_empty() {
                            <tr><td class="empty" colspan="10">{ "Only a leader keeps track of followers." }</td></tr>
                        }
                    </tbody>
                </table>
            </div>
            <p class={classes!("waiting", progress.waiting.is_some().then_some("is-waiting"))}>
                { prose(progress.waiting.as_deref().unwrap_or("No entry waits to be committed.")) }
            </p>
        </section>
    }
}

/// One follower.
fn row(row: &ProgressRow) -> Html {
    let truth = row.truth;
    let kind = match (row.probing, row.synchronous) {
        (true, _) => "probing",
        (false, true) => "synchronous",
        (false, false) => "asynchronous",
    };
    let fact = |index: Option<Index>, believed: Index| {
        let ahead = index.is_some_and(|index| index != believed);
        html! { <td class={classes!("truth", ahead.then_some("is-ahead"))}>{ index.map_or_else(|| html! { "down" }, index_html) }</td> }
    };
    html! {
        <tr key={row.follower.name()}>
            <th scope="row">{ row.follower.name() }<span>{ kind }</span></th>
            <td class="belief">{ index_html(row.next) }</td>
            <td class="belief">{ index_html(row.received) }</td>
            <td class="belief">{ index_html(row.matched) }</td>
            <td class="belief">{ index_html(row.applied) }</td>
            { fact(truth.map(|truth| truth.0), row.received) }
            { fact(truth.map(|truth| truth.1), row.matched) }
            { fact(truth.map(|truth| truth.2), row.applied) }
            <td class={classes!("lag", (row.lag_entries > 0).then_some("is-behind"))}>{ row.lag_entries }</td>
            <td class={classes!("lag", (row.lag_entries > 0).then_some("is-behind"))}>{ if row.lag_entries > 0 { span(row.lag_time) } else { "–".to_owned() } }</td>
        </tr>
    }
}
