//! What lies beneath nodes and links: the chart, the offices, and the quiet wires from them to every node.

use super::backdrop::backdrop;
use super::link::cross;
use super::offices::offices;
use super::route::Route;
use crate::simulation::Place;
use crate::teaching::frame::NodeView;
use crate::ui::markup::{each, markup};
use crate::ui::view::View;
use std::rc::Rc;
use yew::Html;

/// The ground.
pub fn ground(view: &View) -> Html {
    let known = view.frame.cluster.gateway_leader;
    let wires = |node: &Rc<NodeView>| {
        let used = if known == Some(node.node) { "wire is-used" } else { "wire" };
        let wire = |from: Place, class: &'static str, cut: bool| {
            view.scene.route(from, Place::Node(node.node)).map(|route| wire(&route, class, cut))
        };
        markup! {
            "<g>"
                {wire(Place::ControlPlane, "wire is-control", node.control_cut)}
                {wire(Place::Gateway, used, node.gateway_cut)}
            "</g>"
        }
    };
    markup! { "<g>" {backdrop(&view.scene)} {each(&view.frame.nodes, wires)} {offices(&view.scene, known)} "</g>" }
}

/// One wire, crossed out where nothing passes.
fn wire(route: &Route, class: &'static str, cut: bool) -> Html {
    let (state, cross) = if cut { (Some(" is-cut"), Some(cross(route.middle_at(0.5)))) } else { (None, None) };
    markup! { "<g class='" {class} {state} "'><path class='wire-line' d=" {route.middle_path()} "/>" {cross} "</g>" }
}
