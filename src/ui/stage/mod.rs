//! The stage: two regions with the ocean between them, who serves and who books, and every message on its way.
//! Only the tokens move with each frame, on a layer above; all else is drawn anew when its own part of the frame changed.

mod backdrop;
mod connections;
mod deck_plan;
mod geometry;
mod ground;
mod labels;
mod link;
mod node_card;
mod offices;
mod route;
mod token;

use crate::replication::{Index, Role};
use crate::teaching::frame::NodeView;
use crate::ui::legend::legend_button;
use crate::ui::markup::{each_of, markup, truth as in_words};
use crate::ui::messages::messages_button;
use crate::ui::part::{part, part_of, same};
use crate::ui::view::View;
pub use geometry::Scene;
use ground::ground;
use link::{lanes, link};
use node_card::node_card;
use std::rc::Rc;
use token::tokens;
pub use token::{Motion, token_drawing};
use yew::Html;

/// The stage.
pub fn stage(view: &Rc<View>) -> Html {
    let frame = &view.frame;
    let scene = same(&view.scene);
    let knows = frame.cluster.gateway_leader.map_or(0, |node| node.slot() as u64 + 1);
    let wires = frame
        .nodes
        .iter()
        .fold(0, |wires, node| wires << 2 | u64::from(node.gateway_cut) << 1 | u64::from(node.control_cut));
    let leader = view.leader();
    let truth = leader.map_or(0, |leader| same(&leader.cabins));
    let links = each_of(frame.links.len(), &|place| {
        part_of(view, &[scene, same(&frame.links)], place, |view, place| link(view, place))
    });
    let lanes = each_of(frame.links.len(), &|place| {
        part_of(view, &[scene, same(&frame.links)], place, |view, place| lanes(view, place))
    });
    let cards = each_of(frame.nodes.len(), &|place| {
        let node = &frame.nodes[place];
        part_of(view, &[scene, same(node), newest(view).into(), truth], place, node_card)
    });
    let (width, height) = view.scene.size;
    markup! {
        "<section class='stage' aria-labelledby='stage-title' aria-busy=" {in_words(view.gliding)} ">
            <h2 id='stage-title' class='visually-hidden'>Stage</h2>
            <svg viewBox='0 0 " {width} " " {height} "' class='stage-drawing' role='group' aria-labelledby='stage-title'>"
                {part(view, &[scene, knows, wires], |view| ground(view))}
                {lanes}
                {links}
                {cards}
            "</svg>"
            {tokens(view)}
            "<div class='stage-tools'>"
                {part(view, &[], |view| legend_button(view))}
                {part(view, &[frame.flights.len() as u64], |view| messages_button(view))}
            "</div>
        </section>"
    }
}

/// The last entry of the leader's log, to tell what lags; while nobody leads, of the longest that runs.
fn newest(view: &View) -> Index {
    if let Some(leader) = view.leader() {
        return leader.appended.index;
    }
    view.frame.nodes.iter().filter(|node| node.running).map(|node| node.appended.index).max().unwrap_or(0)
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
