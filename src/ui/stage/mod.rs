//! The stage: two regions with the ocean between them, who serves and who books, and every message on its way.
//! Only the tokens move with each frame; all else is drawn anew when its own part of the frame changed.

mod backdrop;
mod deck_plan;
pub mod geometry;
mod ground;
mod link;
mod node_card;
mod offices;
mod token;
mod units;

use crate::replication::Role;
use crate::simulation::{Micros, Place};
use crate::teaching::frame::{ClusterView, Flight, LinkView, NodeView};
use crate::ui::media::{Media, use_media};
use crate::ui::same::Same;
use geometry::{Scene, Shape};
use ground::{Cuts, Ground};
use link::Link;
use node_card::NodeCard;
use std::rc::Rc;
use token::Tokens;
pub use units::{filled, translate, units};
use yew::prelude::*;

/// What the stage shows.
#[derive(Clone, PartialEq, Properties)]
pub struct StageProps {
    /// Who leads.
    pub cluster: Same<ClusterView>,
    /// The nodes.
    pub nodes: Same<[Rc<NodeView>]>,
    /// The links between them.
    pub links: Same<[LinkView]>,
    /// The messages.
    pub flights: Same<[Flight]>,
    /// The moment.
    pub now: Micros,
}

/// The stage.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let narrow = use_media(Media::Narrow);
    let shape = if narrow { Shape::Narrow } else { Shape::Wide };
    let places: Vec<_> = props.nodes.iter().map(|node| (node.node, node.region)).collect();
    let scene = use_memo((shape, places), |(shape, places)| Rc::new(Scene::new(*shape, places)));
    let scene = Same::of(&*scene);
    let cuts: Vec<_> = props
        .nodes
        .iter()
        .map(|node| Cuts { node: node.node, gateway: node.gateway_cut, control: node.control_cut })
        .collect();
    let newest = props.nodes.iter().filter(|node| node.running).map(|node| node.appended.index).max().unwrap_or(0);
    let leader = props.nodes.iter().find(|node| Some(node.node) == props.cluster.leader);
    let newest = leader.map_or(newest, |leader| leader.appended.index);
    let (width, height) = scene.size;
    html! {
        <section class="stage" aria-labelledby="stage-title">
            <h2 id="stage-title" class="visually-hidden">{ "Stage" }</h2>
            <svg viewBox={filled("0 0 # #", &[width, height])} class="stage-drawing" role="group" aria-labelledby="stage-title">
                <Ground scene={scene.clone()} gateway_leader={props.cluster.gateway_leader} {cuts} />
                { for props.links.iter().filter_map(|link| {
                    let route = scene.route(Place::Node(link.a), Place::Node(link.b))?;
                    Some(html! { <Link key={format!("{}-{}", link.a, link.b)} link={*link} {route} /> })
                }) }
                { for props.nodes.iter().filter_map(|node| {
                    let area = scene.card(node.node)?;
                    let truth = leader.filter(|leader| leader.node != node.node).map(|leader| Same::of(&leader.cabins));
                    Some(html! { <NodeCard key={node.node.name()} node={Same::of(node)} {area} {newest} {truth} /> })
                }) }
                <Tokens {scene} flights={props.flights.clone()} now={props.now} />
            </svg>
        </section>
    }
}

/// How a node that leads, follows or is down is marked, card and lane alike.
#[must_use]
pub fn node_state_class(node: &NodeView) -> &'static str {
    match (node.running, node.stale_leader, node.role) {
        (false, ..) => "is-down",
        (_, true, _) => "is-stale-leader",
        (_, _, Some(Role::Leader)) => "is-leader",
        (_, _, Some(Role::Candidate)) => "is-candidate",
        _ => "is-follower",
    }
}
