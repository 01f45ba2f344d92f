//! What the leader believes of each follower, beside what is so. Belief is always a little behind: news takes time too.

use crate::replication::Index;
use crate::simulation::{Micros, print_duration};
use crate::teaching::frame::{Frame, ObjectiveView, PaceView, ProgressRow};
use crate::ui::console::chooser;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{each, markup, text};
use crate::ui::view::View;
use crate::ui::words::{clock, index_html, prose, span};
use yew::Html;

/// The objectives that are offered; any other can be set in the script's words.
const OBJECTIVES: [&str; 6] = ["off", "50ms", "200ms", "500ms", "2s", "10s"];

/// What the table shows of the clock: whole milliseconds, while any follower lags.
pub fn lag_clock(frame: &Frame) -> u64 {
    let lags = frame.progress.rows.iter().any(|row| row.lagging_since.is_some());
    if lags { frame.now.0 / 1000 } else { 0 }
}

/// The progress table.
pub fn progress_table(view: &View) -> Html {
    let progress = &view.frame.progress;
    let whose =
        progress.leader.map_or("nobody leads".to_owned(), |leader| format!("as {leader} sees it, and as it is"));
    let empty = progress.rows.is_empty().then(|| {
        markup! { "<tr><td class='empty' colspan='11'>Only a leader keeps track of followers.</td></tr>" }
    });
    let waiting = progress.waiting.as_ref().map(|_| " is-waiting");
    let nothing = match progress.leader {
        Some(_) => "No entry waits to be committed.",
        None => "Nobody commits anything until a node leads.",
    };
    markup! {
        "<section class='panel progress' aria-labelledby='progress-title'>
            <div class='panel-head'><h2 id='progress-title'>Follower progress</h2><p>" {whose} "</p></div>
            <div class='table-scroll' tabindex='0' role='group' aria-label='Table'>
                <table class='progress-table'>
                    <thead>
                        <tr>
                            <th rowspan='2' scope='col'>follower</th>
                            <th colspan='4' scope='colgroup' class='belief'>the leader believes</th>
                            <th colspan='3' scope='colgroup' class='truth'>in truth</th>
                            <th colspan='3' scope='colgroup' class='lag'>lag</th>
                        </tr>
                        <tr>
                            <th scope='col' class='belief'>next</th>
                            <th scope='col' class='belief'>received</th>
                            <th scope='col' class='belief'>match</th>
                            <th scope='col' class='belief'>applied</th>
                            <th scope='col' class='truth'>appended</th>
                            <th scope='col' class='truth'>durable</th>
                            <th scope='col' class='truth'>applied</th>
                            <th scope='col' class='lag'>entries</th>
                            <th scope='col' class='lag'>time</th>
                            <th scope='col' class='objective'>objective</th>
                        </tr>
                    </thead>
                    <tbody>" {each(&progress.rows, |follower| row(view, follower))} {empty} "</tbody>
                </table>
            </div>
            <p class='waiting" {waiting} "'>" {prose(progress.waiting.as_deref().unwrap_or(nothing))} "</p>
        </section>"
    }
}

/// One follower.
fn row(view: &View, row: &ProgressRow) -> Html {
    let leader = view.frame.progress.leader;
    let entry = |index: Index| view.frame.grid.held(leader?, index).map(|cell| cell.position);
    let kind = match (row.pace, row.synchronous) {
        (PaceView::Probing, _) => "probing".to_owned(),
        (PaceView::Snapshot { of: 0, .. }, _) => "needs a snapshot".to_owned(),
        (PaceView::Snapshot { has, of }, _) => format!("snapshot {has}/{of}"),
        (_, true) => "synchronous".to_owned(),
        (_, false) => "asynchronous".to_owned(),
    };
    let known = |index: Index| match index {
        0 => markup! { "<span aria-hidden='true'>?</span><span class='visually-hidden'>unknown</span>" },
        index => index_html(index),
    };
    let belief = |index: Index| markup! { "<td class='belief' data-entry=" {entry(index)} ">" {known(index)} "</td>" };
    let fact = |index: Option<Index>, believed: Index| {
        let ahead = index.filter(|index| *index != believed).map(|_| " is-ahead");
        markup! { "<td class='truth" {ahead} "' data-entry=" {index.and_then(entry)} ">" {index.map_or_else(|| text("down"), index_html)} "</td>" }
    };
    let behind = (row.lag_entries > 0).then_some(" is-behind");
    let whole_millis = |since| Micros(view.frame.now.since(since).0 / 1000 * 1000);
    let lag_time = row.lagging_since.map_or("–".to_owned(), |since| span(whole_millis(since)));
    let truth = row.truth;
    let limit = row.objective.map_or("off".to_owned(), |objective| print_duration(objective.limit));
    markup! {
        "<tr key=" {row.follower} ">
            <th scope='row'>" {row.follower} "<span>" {kind} "</span></th>"
            {belief(row.next)} {belief(row.received)} {belief(row.matched)} {belief(row.applied)}
            {fact(truth.map(|truth| truth.0), row.received)}
            {fact(truth.map(|truth| truth.1), row.matched)}
            {fact(truth.map(|truth| truth.2), row.applied)}
            "<td class='lag" {behind} "'>" {row.lag_entries} "</td>
            <td class='lag" {behind} "'>" {lag_time} "</td>
            <td class='objective'>"
                {chooser(view, format!("objective {} lag=#", row.follower), Some(format!("lag objective of {}", row.follower)), &OBJECTIVES, &limit)}
                {row.objective.map(standing)}
            "</td>
        </tr>"
    }
}

/// Whether the operator's wish is met, and since when it is not.
fn standing(objective: ObjectiveView) -> Html {
    if objective.met {
        return markup! { "<span class='standing is-held'>" {icon(Icon::Tick)} " met</span>" };
    }
    markup! { "<span class='standing is-broken'>" {icon(Icon::Cross)} " broken since " {clock(objective.since)} "</span>" }
}
