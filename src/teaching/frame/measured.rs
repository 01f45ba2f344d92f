//! What was measured of a run, from the moment when customers began to come by themselves, and what it says of where they
//! wait.

use super::view::Frame;
use crate::replication::{Limits, NodeId};
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
    /// What keeps customers waiting, from the figures; nothing before there are any.
    pub bottleneck: Option<Rc<str>>,
}

/// What was measured. The intervals that are over do not change: as long as none is added, they are the ones before.
pub(super) fn measures(world: &World, before: Option<&Frame>) -> Rc<MeasuresView> {
    let all = world.measures().series();
    let crowd = world.load().arrived() > 0;
    let begun = all.iter().position(|interval| crowd && interval.arrived > 0).unwrap_or(all.len());
    let series = &all[begun..];
    let leader = world.leader().map_or(NodeId(0), |leader| leader.id());
    let cost = world.machine(leader).cpu.cost;
    let before = before.map(|frame| &frame.measures);
    let same_series = before.filter(|before| {
        let (ours, theirs) = (series.last(), before.series.last());
        before.series.len() == series.len() && ours.map(Arc::as_ptr) == theirs.map(Arc::as_ptr)
    });
    if let Some(before) = same_series.filter(|before| before.cost == cost) {
        return Rc::clone(before);
    }
    let (series, bottleneck) = match same_series {
        Some(before) => (Rc::clone(&before.series), before.bottleneck.clone()),
        None => (series.into(), bottleneck(world, series)),
    };
    Rc::new(MeasuresView { nodes: NodeId::all(world.config().replicas).collect(), series, cost, bottleneck })
}

fn bottleneck(world: &World, series: &[Arc<Interval>]) -> Option<Rc<str>> {
    let Limits { bound, throttle, .. } = world.load().limits;
    let waits_for = world.leader().and_then(|node| node.leading()).map_or_else(Vec::new, |leader| {
        let lacking = leader.demand().lacking(&[], u64::MAX);
        lacking.candidates.iter().map(|(node, _)| *node).collect()
    });
    let nodes: Vec<NodeId> = NodeId::all(world.config().replicas).collect();
    let leader = world.leader().map(|leader| leader.id());
    let found = Bottleneck::of(series, leader, &nodes, &waits_for, bound, throttle)?;
    Some(found.to_string().into())
}
