//! What stands where on the page. Each part takes only what it shows, so that a part of the frame that did not change
//! is not drawn again.

use crate::teaching::frame::Frame;
use crate::teaching::session::Mark;
use crate::teaching::session::{Intent, Notice, Transport};
use crate::ui::ask::{Dispatch, use_dispatch};
use crate::ui::console::{CommandBox, Faults, Reserve, RuleChoice, ScriptPanel};
use crate::ui::grid::LogGrid;
use crate::ui::header::Header;
use crate::ui::icon::{Icon, icon};
use crate::ui::progress::ProgressTable;
use crate::ui::promises::Promises;
use crate::ui::same::Same;
use crate::ui::stage::Stage;
use crate::ui::story::{Now, Transcript};
use crate::ui::transport::TransportBar;
use crate::ui::violations::Violations;
use yew::prelude::*;

/// Everything that the page shows.
#[derive(Clone, PartialEq, Properties)]
pub struct PageProps {
    /// The moment.
    pub frame: Same<Frame>,
    /// Where time stands.
    pub transport: Transport,
    /// What is marked on the scrubber.
    pub marks: Same<[Mark]>,
    /// The script so far.
    pub script: Same<str>,
    /// What must be told.
    pub notice: Option<Same<Notice>>,
    /// The link was just copied.
    pub copied: bool,
}

/// The page.
#[component]
pub fn Page(props: &PageProps) -> Html {
    let dispatch = use_dispatch();
    let PageProps { frame, transport, marks, script, notice, copied } = props;
    let (at_box, at_top) = match notice {
        Some(notice) if notice.from_command_box => (Some(notice.clone()), None),
        other => (None, other.clone()),
    };
    let leader = frame.nodes.iter().find(|node| Some(node.node) == frame.cluster.leader);
    let (cluster, nodes, links) = (Same::of(&frame.cluster), Same::of(&frame.nodes), Same::of(&frame.links));
    let story = Same::of(&frame.story);
    html! {
        <>
            <Header cluster={cluster.clone()} grid={Same::of(&frame.grid)} copied={*copied} />
            { notice_banner(&dispatch, at_top.as_deref()) }
            <main class="page">
                <div class="page-stage">
                    <Violations violations={Same::of(&frame.violations)} />
                    <Stage {cluster} nodes={nodes.clone()} links={links.clone()} flights={Same::of(&frame.flights)} now={transport.now} />
                </div>
                <div class="page-side">
                    <Now story={story.clone()} playing={transport.playing} />
                    <Reserve cabins={leader.map(|leader| Same::of(&leader.cabins))} />
                    <Promises requests={Same::of(&frame.requests)} />
                </div>
                <div class="page-grid"><LogGrid grid={Same::of(&frame.grid)} nodes={nodes.clone()} /></div>
                <div class="page-progress"><ProgressTable progress={Same::of(&frame.progress)} /></div>
                <div class="page-console">
                    <Faults {nodes} {links} promotions={Same::of(&frame.promotions)} />
                    <RuleChoice rule={frame.cluster.rule} />
                </div>
                <div class="page-words">
                    <CommandBox notice={at_box} />
                    <ScriptPanel script={script.clone()} />
                </div>
                <div class="page-transcript"><Transcript {story} playing={transport.playing} /></div>
            </main>
            <TransportBar transport={*transport} marks={marks.clone()} />
        </>
    }
}

/// A notice that is not about the command box.
fn notice_banner(dispatch: &Dispatch, notice: Option<&Notice>) -> Html {
    html! {
        <div role="alert">
            if let Some(notice) = notice {
                <div class="notice">
                    { icon(Icon::Warning) }
                    <div>
                        <p><b>{ notice.title.to_string() }</b></p>
                        { for notice.details.iter().enumerate().map(|(key, detail)| html! { <p {key}>{ detail.to_string() }</p> }) }
                    </div>
                    <button type="button" class="plain" onclick={dispatch.click(Intent::Dismiss)}>{ "Go on" }</button>
                </div>
            }
        </div>
    }
}
