//! The head of the page: its name, and what must be read at a glance: who leads, what is committed, what is only
//! appended, and what 201 means.

use crate::replication::Index;
use crate::teaching::frame::{ClusterView, Grid};
use crate::ui::ask::{Ask, Dialog, Dispatch, use_dispatch};
use crate::ui::icon::{Icon, icon};
use crate::ui::same::Same;
use crate::ui::words::{index_html, term_class};
use yew::prelude::*;

/// What the head shows.
#[derive(Clone, PartialEq, Properties)]
pub struct HeaderProps {
    /// Who leads, under which rule.
    pub cluster: Same<ClusterView>,
    /// The logs, for what is only appended.
    pub grid: Same<Grid>,
    /// The link was just copied.
    pub copied: bool,
}

/// The head of the page.
#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let dispatch = use_dispatch();
    let tool = |ask: Ask, drawing: Icon, says: &'static str| {
        html! { <button type="button" class="tool" onclick={dispatch.click_page(ask)} title={says} aria-label={says}>{ icon(drawing) }</button> }
    };
    html! {
        <header class="head">
            <div class="brand">
                <span class="brand-mark">{ icon(Icon::Lighthouse) }</span>
                <div>
                    <h1>{ "Harbor Point" }</h1>
                    <p>{ "One log, three copies: when is a booking real?" }</p>
                </div>
            </div>
            { headline(&dispatch, &props.cluster, &props.grid) }
            <div class="tools">
                <span class="copied" role="status">if props.copied { { "link copied" } }</span>
                { tool(Ask::CopyLink, Icon::Link, "Copy a link to this moment") }
                { tool(Ask::Show(Dialog::Keys), Icon::Keyboard, "Keys") }
                { tool(Ask::SwitchTheme, Icon::Theme, "Light or dark") }
            </div>
        </header>
    }
}

/// The state of the cluster in five facts.
fn headline(dispatch: &Dispatch, cluster: &ClusterView, grid: &Grid) -> Html {
    let rule = Ask::Show(Dialog::Rule);
    html! {
        <dl class="headline">
            <div class={classes!("fact", "fact-leader", cluster.leader.is_none().then_some("is-missing"))}>
                <dt>{ "leader" }</dt>
                <dd>
                    if let Some(leader) = cluster.leader { { icon(Icon::Wheel) }{ leader.name() } } else { { "nobody" } }
                    <span class={classes!("term-chip", term_class(cluster.term))}>{ "term " }{ cluster.term }</span>
                </dd>
            </div>
            <div class="fact fact-committed">
                <dt><span class="mark-sample is-filled"></span>{ "committed up to" }</dt>
                <dd>{ index_html(cluster.committed) }</dd>
            </div>
            <div class="fact fact-appended">
                <dt><span class="mark-sample is-dashed"></span>{ "not yet committed" }</dt>
                <dd>{ uncommitted(cluster, grid) }</dd>
            </div>
            <div class="fact fact-rule">
                <dt>{ "201 Created means " }<b>{ cluster.rule.name() }</b></dt>
                <dd>
                    <button type="button" class="rule-button" onclick={dispatch.click_page(rule)} aria-haspopup="dialog">{ cluster.rule_means }</button>
                </dd>
            </div>
        </dl>
    }
}

/// What stands past the commit index in the leader's log; while nobody leads, in the most up-to-date one that runs.
fn uncommitted(cluster: &ClusterView, grid: &Grid) -> Html {
    let longest =
        || grid.lanes.iter().filter(|lane| lane.running).max_by_key(|lane| lane.cells.last().map(|cell| cell.position));
    let lane = grid.lanes.iter().find(|lane| Some(lane.node) == cluster.leader).or_else(longest);
    let waiting: Vec<Index> = lane
        .map(|lane| {
            lane.cells.iter().map(|cell| cell.position.index).filter(|index| *index > cluster.committed).collect()
        })
        .unwrap_or_default();
    match waiting.as_slice() {
        [] => html! { <span class="fact-none">{ "nothing" }</span> },
        [only] => index_html(*only),
        [first, .., last] => html! { <>{ index_html(*first) }{ " – " }{ last % 1000 }</> },
    }
}
