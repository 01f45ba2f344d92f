//! Who stands beside the nodes: the people who book, the gateway that serves them, the operator's control plane.

use super::geometry::{Area, Scene};
use crate::replication::NodeId;
use crate::ui::markup::markup;
use yew::{AttrValue, Html};

/// Customers, gateway and control plane.
pub fn offices(scene: &Scene, gateway_leader: Option<NodeId>) -> Html {
    let knows = gateway_leader.map_or("knows no leader".into(), |node| format!("writes to {node}").into());
    markup! {
        "<g>"
            {office(scene.customers, "Customers", "book cabins".into(), "office-customers")}
            {office(scene.gateway, "Gateway", knows, "office-gateway")}
            {office(scene.control, "Control plane", "the operator".into(), "office-control")}
        "</g>"
    }
}

/// One box with its name and one line on it.
fn office(area: Area, name: &'static str, says: AttrValue, class: &'static str) -> Html {
    let Area { x, y, w, h } = area;
    markup! {
        "<g class='office " {class} "' transform='translate(" {x} " " {y} ")'>
            <rect width=" {w} " height=" {h} " rx='8'/>
            <text class='office-name' x=" {w / 2.0} " y=" {h / 2.0 - 3.0} " text-anchor='middle'>" {name} "</text>
            <text class='office-says' x=" {w / 2.0} " y=" {h / 2.0 + 14.0} " text-anchor='middle'>" {says} "</text>
        </g>"
    }
}
