//! Who stands beside the nodes: the people who book, the gateway that serves them, the operator's control plane.

use super::geometry::{Area, Scene};
use super::units::units;
use crate::replication::NodeId;
use yew::prelude::*;

/// Customers, gateway and control plane.
pub fn offices(scene: &Scene, gateway_leader: Option<NodeId>) -> Html {
    let knows = gateway_leader.map_or("knows no leader".to_owned(), |node| format!("writes to {node}"));
    html! {
        <g>
            { office(scene.customers, "Customers", "book cabins", "office-customers") }
            { office(scene.gateway, "Gateway", &knows, "office-gateway") }
            { office(scene.control, "Control plane", "the operator", "office-control") }
        </g>
    }
}

/// One box with its name and one line on it.
fn office(area: Area, name: &'static str, says: &str, class: &'static str) -> Html {
    let Area { x, y, w, h } = area;
    let (centre, line) = (x + w / 2.0, y + h / 2.0);
    html! {
        <g class={classes!("office", class)}>
            <rect x={units(x)} y={units(y)} width={units(w)} height={units(h)} rx="8" />
            <text class="office-name" x={units(centre)} y={units(line - 3.0)} text-anchor="middle">{ name }</text>
            <text class="office-says" x={units(centre)} y={units(line + 14.0)} text-anchor="middle">
                { says.to_owned() }
            </text>
        </g>
    }
}
