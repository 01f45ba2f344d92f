//! What lies beneath nodes and links: the chart, the offices, and the quiet wires from them to every node.

use super::backdrop::backdrop;
use super::geometry::{Route, Scene};
use super::offices::offices;
use super::units::translate;
use crate::replication::NodeId;
use crate::simulation::Place;
use crate::ui::same::Same;
use yew::prelude::*;

/// A node's wires that carry nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cuts {
    /// Whose.
    pub node: NodeId,
    /// The wire to the gateway.
    pub gateway: bool,
    /// The wire to the control plane.
    pub control: bool,
}

/// What the ground depends on.
#[derive(Clone, PartialEq, Properties)]
pub struct GroundProps {
    /// Where everything stands.
    pub scene: Same<Scene>,
    /// The leader that the gateway knows.
    pub gateway_leader: Option<NodeId>,
    /// Each node's wires.
    pub cuts: Vec<Cuts>,
}

/// The ground.
#[component]
pub fn Ground(props: &GroundProps) -> Html {
    let scene = &props.scene;
    let wires = props.cuts.iter().filter_map(|cuts| {
        let to_gateway = scene.route(Place::Gateway, Place::Node(cuts.node))?;
        let to_control = scene.route(Place::ControlPlane, Place::Node(cuts.node))?;
        let known = props.gateway_leader == Some(cuts.node);
        Some(html! {
            <g key={cuts.node.name()}>
                { wire(&to_control, "wire is-control", cuts.control) }
                { wire(&to_gateway, if known { "wire is-used" } else { "wire" }, cuts.gateway) }
            </g>
        })
    });
    html! {
        <g>
            { backdrop(scene) }
            { for wires }
            { offices(scene, props.gateway_leader) }
        </g>
    }
}

/// One wire, crossed out where nothing passes.
fn wire(route: &Route, class: &'static str, cut: bool) -> Html {
    let middle = route.middle_at(0.5).at;
    html! {
        <g class={classes!(class, cut.then_some("is-cut"))}>
            <path class="wire-line" d={route.middle_path()} />
            if cut { <path class="lane-cross" d="M-5 -5L5 5M5 -5L-5 5" transform={translate(middle.x, middle.y)} /> }
        </g>
    }
}
