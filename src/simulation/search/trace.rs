//! What the steps of a world without time bring about: which message is sent by which step and arrives with which.

use crate::replication::{Node, NodeId, NodeSet};
use crate::simulation::world::Occurrence;
use crate::simulation::{Action, Due, Place, Step, World};

/// One step, and what it began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traced {
    /// What happened.
    pub what: What,
    /// The messages that it put on their way, and the disk writes that it started.
    pub began: Vec<Begun>,
    /// A promotion begins with it.
    pub promotes: bool,
    /// A promotion ends with it, granted or refused.
    pub decides: bool,
    /// A customer is promised something with it, by this node.
    pub promised_by: Option<NodeId>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Something was done to the world.
    Done(Action),
    /// A message arrived, or a write was done, or a promotion was out of time.
    Came(Occurrence),
    /// A leader spoke to one follower, though there was nothing to say.
    Probed {
        /// Who spoke.
        leader: NodeId,
        /// A node became leader with this earlier step; nothing if it led from the beginning.
        since: Option<usize>,
    },
    /// A node stood for election.
    Stood {
        /// Which.
        node: NodeId,
        /// The leader that it took to be gone.
        leader: Option<NodeId>,
    },
    /// A message was lost, doubled or overtaken.
    Meddled,
}

/// Something that a step began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begun {
    /// What will come of it.
    pub what: Occurrence,
    /// The later step with which that comes; nothing if it never does.
    pub comes: Option<usize>,
}

impl What {
    /// The node at which it happened, if it happened at one.
    #[must_use]
    pub fn node(&self) -> Option<NodeId> {
        match self {
            Self::Came(Occurrence::Message { to: Place::Node(node), .. } | Occurrence::Written(node)) => Some(*node),
            Self::Probed { leader, .. } => Some(*leader),
            _ => None,
        }
    }
}

/// Takes the steps one after another, and says what each of them began and what came of it.
#[must_use]
pub fn trace(start: &World, steps: &[Step]) -> Vec<Traced> {
    let mut world = start.clone();
    let mut traced: Vec<Traced> = Vec::new();
    let mut begun: Vec<(Due, usize, usize)> = Vec::new();
    let mut offices: Vec<(NodeId, usize)> = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let before = world.pending();
        let (promotions, promoting) = (world.control().promotions, world.control().promotion.is_some());
        let promises = world.promises().all().count();
        let led: NodeSet = leaders(&world).collect();
        let what = match *step {
            Step::Act(action) => What::Done(action),
            Step::Due(due) => {
                let Some((_, what)) = before.iter().find(|(other, _)| *other == due) else { break };
                if let Some((_, from, place)) = begun.iter().find(|(other, ..)| *other == due) {
                    traced[*from].began[*place].comes = Some(number);
                }
                What::Came(*what)
            }
            Step::Probe { leader, .. } => {
                let since = offices.iter().rev().find(|(node, _)| *node == leader).map(|(_, since)| *since);
                What::Probed { leader, since }
            }
            Step::Stand(node) => What::Stood { node, leader: world.leader().map(Node::id) },
            Step::Lose(_) | Step::Duplicate(_) | Step::Overtake(_) => What::Meddled,
        };
        world.take(*step, &mut Vec::new());
        let mut began = Vec::new();
        for (due, what) in world.pending() {
            if !before.iter().any(|(other, _)| *other == due) {
                begun.push((due, number, began.len()));
                began.push(Begun { what, comes: None });
            }
        }
        offices.extend(leaders(&world).filter(|id| !led.contains(*id)).map(|id| (id, number)));
        let promised = world.promises().all();
        let promised_by = promised.skip(promises).last().map(|promise| promise.by);
        let promotes = world.control().promotions > promotions;
        let decides = promoting && (promotes || world.control().promotion.is_none());
        traced.push(Traced { what, began, promotes, decides, promised_by });
    }
    traced
}

fn leaders(world: &World) -> impl Iterator<Item = NodeId> {
    let nodes = world.machines().iter().filter_map(|machine| machine.node.as_ref());
    nodes.filter(|node| node.leading().is_some()).map(Node::id)
}
