//! The head of the page: its name, and what must be read at a glance: who leads, what is committed, what is only
//! appended, and what 201 means.

use crate::teaching::frame::{ClusterView, Grid};
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{markup, truth};
use crate::ui::msg::{Dialog, Msg};
use crate::ui::view::View;
use crate::ui::words::{index_html, term_class};
use yew::Html;

/// The head of the page.
pub fn header(view: &View) -> Html {
    let tool = |msg: Msg, drawing: Icon, says: &'static str, pressed: Option<&'static str>| {
        markup! { "<button type='button' class='tool' onclick=" {view.click(msg)} " title=" {says} " aria-label=" {says} " aria-pressed=" {pressed} ">" {icon(drawing)} "</button>" }
    };
    markup! {
        "<header class='head'>
            <div class='brand'>
                <span class='brand-mark'>" {icon(Icon::Lighthouse)} "</span>
                <div>
                    <h1>Harbor Point</h1>
                    <p>One log, three copies: when is a booking real?</p>
                </div>
            </div>"
            {headline(view)}
            "<div class='tools'>"
                {tool(Msg::Show(Dialog::Lessons), Icon::Map, "Lessons", None)}
                {tool(Msg::CopyLink, Icon::Link, "Copy a link to this moment", None)}
                {tool(Msg::Classroom, Icon::Screen, "Large, for a class", Some(truth(view.classroom)))}
                {tool(Msg::Show(Dialog::Words), Icon::Words, "Words: Raft, PostgreSQL or MongoDB", None)}
                {tool(Msg::Show(Dialog::Keys), Icon::Keyboard, "Keys", None)}
                {tool(Msg::SwitchTheme, Icon::Theme, "Light or dark", None)}
            "</div>
        </header>"
    }
}

/// The state of the cluster in five facts.
fn headline(view: &View) -> Html {
    let cluster = &view.frame.cluster;
    let term = markup! { "<span class='term-chip " {term_class(cluster.term)} "'>term " {cluster.term} "</span>" };
    let leader = match cluster.leader {
        Some(leader) => markup! { "<dt>leader</dt><dd>" {icon(Icon::Wheel)} {leader} {term} "</dd>" },
        None => markup! { "<dt>leader <b>nobody</b> " {term} "</dt><dd>" {successor(view)} "</dd>" },
    };
    markup! {
        "<dl class='headline'>
            <div class='fact fact-leader'>" {leader} "</div>
            <div class='fact fact-committed'>
                <dt><span class='mark-sample is-filled'></span>committed up to</dt>
                <dd>" {index_html(cluster.committed)} "</dd>
            </div>
            <div class='fact fact-appended'>
                <dt><span class='mark-sample is-dashed'></span>not yet committed</dt>
                <dd>" {uncommitted(cluster, &view.frame.grid)} "</dd>
            </div>
            <div class='fact fact-rule'>
                <dt>201 Created means <b>" {cluster.rule.name()} "</b></dt>
                <dd>
                    <button type='button' class='rule-button' onclick=" {view.click(Msg::Show(Dialog::Rule))} " aria-haspopup='dialog'>"
                        {cluster.rule_means}
                    "</button>
                </dd>
            </div>
        </dl>"
    }
}

/// While nobody leads: who may, and the way to let it.
fn successor(view: &View) -> Option<Html> {
    let promotions = &view.frame.promotions;
    let safe = promotions.iter().find(|promotion| promotion.safe);
    let (node, says) = match safe {
        Some(safe) => (safe.node, format!("Promote {}: safe", safe.node)),
        None => (promotions.last()?.node, "Nobody is provably safe".to_owned()),
    };
    let show = view.click(Msg::Show(Dialog::Promotion { node, forcing: false }));
    Some(
        markup! { "<button type='button' class='successor' aria-haspopup='dialog' onclick=" {show} ">" {says} "</button>" },
    )
}

/// What stands past the commit index in the leader's log; while nobody leads, in the most up-to-date one that runs.
fn uncommitted(cluster: &ClusterView, grid: &Grid) -> Html {
    let mut longest = None;
    for lane in grid.lanes.iter() {
        let last = lane.cells.last().map(|cell| cell.position);
        let better = if cluster.leader.is_some() {
            cluster.leader == Some(lane.node)
        } else {
            lane.running && longest.is_none_or(|(_, longest)| last >= longest)
        };
        if better {
            longest = Some((lane, last));
        }
    }
    let mut waiting = (None, None);
    for cell in longest.iter().flat_map(|(lane, _)| lane.cells.iter()) {
        let index = cell.position.index;
        if index > cluster.committed {
            waiting = (waiting.0.or(Some(index)), Some(index));
        }
    }
    match waiting {
        (Some(first), Some(last)) if first == last => index_html(first),
        (Some(first), Some(last)) => {
            markup! { "<span title='" {first} " – " {last} "'>" {last + 1 - first} " entries</span>" }
        }
        _ => markup! { "<span class='fact-none'>nothing</span>" },
    }
}
