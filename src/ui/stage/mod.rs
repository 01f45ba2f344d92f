//! The stage: two regions with the ocean between them, who serves and who books, and every message on its way.
//! Only the tokens move with each frame; all else is drawn anew when its own part of the frame changed.

mod backdrop;
mod deck_plan;
pub mod geometry;
mod link;
mod node_card;
mod offices;
mod token;
mod units;

use crate::replication::Role;
use crate::simulation::Micros;
use crate::teaching::frame::{ClusterView, Flight, LinkView, NodeView, Place};
use crate::ui::media::{Media, use_media};
use crate::ui::same::Same;
use backdrop::Backdrop;
use geometry::{Scene, Shape};
use link::{Link, Wire};
use node_card::NodeCard;
use offices::Offices;
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
    let scene = use_memo((shape, places), |(shape, places)| Scene::new(*shape, places));
    let newest = props.nodes.iter().filter(|node| node.running).map(|node| node.appended.index).max().unwrap_or(0);
    let leader = props.nodes.iter().find(|node| Some(node.node) == props.cluster.leader);
    let newest = leader.map_or(newest, |leader| leader.appended.index);
    let (width, height) = scene.size;
    html! {
        <section class="stage" aria-labelledby="stage-title">
            <h2 id="stage-title" class="visually-hidden">{ "Stage" }</h2>
            <svg viewBox={filled("0 0 # #", &[width, height])} class="stage-drawing" role="group" aria-labelledby="stage-title">
                <Backdrop {shape} {width} {height} />
                { for props.nodes.iter().filter_map(|node| wires(&scene, props, node)) }
                { for props.links.iter().filter_map(|link| {
                    let route = scene.route(Place::Node(link.a), Place::Node(link.b))?;
                    Some(html! { <Link key={format!("{}-{}", link.a, link.b)} link={*link} {route} /> })
                }) }
                <Offices scene={(*scene).clone()} gateway_leader={props.cluster.gateway_leader} />
                { for props.nodes.iter().filter_map(|node| {
                    let area = scene.card(node.node)?;
                    let truth = leader.filter(|leader| leader.node != node.node).map(|leader| Same::of(&leader.cabins));
                    Some(html! { <NodeCard key={node.node.name()} node={Same::of(node)} {area} {newest} {truth} /> })
                }) }
                <Tokens scene={(*scene).clone()} flights={props.flights.clone()} now={props.now} />
            </svg>
        </section>
    }
}

/// The ways from a node to gateway and control plane.
fn wires(scene: &Scene, props: &StageProps, node: &NodeView) -> Option<Html> {
    let to_gateway = scene.route(Place::Gateway, Place::Node(node.node))?;
    let to_control = scene.route(Place::ControlPlane, Place::Node(node.node))?;
    let known = props.cluster.gateway_leader == Some(node.node);
    Some(html! {
        <g key={format!("wires-{}", node.node)}>
            <Wire route={to_control} cut={node.control_cut} used={false} control={true} />
            <Wire route={to_gateway} cut={node.gateway_cut} used={known} control={false} />
        </g>
    })
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
