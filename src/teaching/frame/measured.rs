//! What was measured of a run, from the moment when customers began to come by themselves, and what it says of where they
//! wait.

use super::view::Frame;
use crate::replication::{Index, Limits, Node, NodeId};
use crate::simulation::{CpuCost, Interval, World};
use crate::teaching::bottleneck::Bottleneck;
use std::rc::Rc;
use std::sync::Arc;

/// What was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasuresView {
    /// The nodes that were measured.
    pub nodes: Rc<[NodeId]>,
    /// The intervals that are over, from the first in which somebody came.
    pub series: Rc<[Arc<Interval>]>,
    /// What work costs the leader's processor, or the first one's while nobody leads.
    pub cost: CpuCost,
    /// Who leads.
    pub leader: Option<NodeId>,
    /// Those without whose copies nothing is committed.
    pub waits_for: Rc<[NodeId]>,
    /// What a leader took on at most.
    pub limits: Limits,
}

impl MeasuresView {
    /// What keeps customers waiting, from the figures; nothing before there are any.
    #[must_use]
    pub fn bottleneck(&self) -> Option<Bottleneck> {
        let Limits { bound, throttle, .. } = self.limits;
        Bottleneck::of(&self.series, self.leader, &self.nodes, &self.waits_for, bound.into(), throttle)
    }
}

/// What was measured. The intervals that are over do not change: as long as none is added, they are the ones before.
pub(super) fn measures(world: &World, before: Option<&Frame>) -> MeasuresView {
    let all = world.measures().series();
    let crowd = world.load().arrived() > 0;
    let begun = all.iter().position(|interval| crowd && interval.arrived > 0).unwrap_or(all.len());
    let series = &all[begun..];
    let (leader, limits) = (world.leader(), world.load().limits);
    let cost = world.machine(leader.map_or(NodeId(0), Node::id)).cpu.cost;
    let before = before.map(|frame| &frame.measures);
    let same_series = before.filter(|before| {
        let (ours, theirs) = (series.last(), before.series.last());
        before.series.len() == series.len() && ours.map(Arc::as_ptr) == theirs.map(Arc::as_ptr)
    });
    let waits_for = leader.and_then(Node::leading).map(|leader| leader.demand().lacking(&[], Index::MAX));
    MeasuresView {
        nodes: NodeId::all(world.config().replicas).collect(),
        series: same_series.map_or_else(|| series.into(), |before| Rc::clone(&before.series)),
        cost,
        leader: leader.map(Node::id),
        waits_for: waits_for.iter().flat_map(|lacking| &lacking.candidates).map(|(node, _)| *node).collect(),
        limits,
    }
}
