//! What can be seen of the world.

use super::opening::FIRST_TERM;
use super::{Happening, Machine, World};
use crate::replication::{Index, Node, NodeId, RequestId, Term};
use crate::simulation::{
    Checker, ClusterConfig, ControlPlane, Envelope, Gateway, Load, Measures, Micros, Network, Payload, Promises, Reads,
};
use std::sync::Arc;

impl World {
    /// How many messages have been sent.
    #[must_use]
    pub fn messages(&self) -> u64 {
        self.messages
    }

    /// The clock.
    #[must_use]
    pub fn now(&self) -> Micros {
        self.now
    }

    /// The configuration that the run started from.
    #[must_use]
    pub fn config(&self) -> &ClusterConfig {
        &self.config
    }

    /// Every node with its disk.
    #[must_use]
    pub fn machines(&self) -> &[Machine] {
        &self.machines
    }

    /// One node with its disk.
    #[must_use]
    pub fn machine(&self, node: NodeId) -> &Machine {
        &self.machines[node.slot()]
    }

    /// The connections.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// What the operator and the public ask of the cluster.
    #[must_use]
    pub fn load(&self) -> &Load {
        &self.load
    }

    /// What was measured so far.
    #[must_use]
    pub fn measures(&self) -> &Measures {
        &self.measures
    }

    /// The gateway.
    #[must_use]
    pub fn gateway(&self) -> &Gateway {
        &self.gateway
    }

    /// The control plane.
    #[must_use]
    pub fn control(&self) -> &ControlPlane {
        &self.control
    }

    /// The promises.
    #[must_use]
    pub fn promises(&self) -> &Promises {
        &self.promises
    }

    /// The reads.
    #[must_use]
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// The checker.
    #[must_use]
    pub fn checker(&self) -> &Checker {
        &self.checker
    }

    /// The messages on their way, in no particular order.
    pub fn flights(&self) -> impl Iterator<Item = &Arc<Envelope>> {
        self.agenda.iter().filter_map(|(_, happening)| match happening {
            Happening::Deliver(envelope) => Some(envelope),
            _ => None,
        })
    }

    /// Whether a request or an answer to it is on its way, or some node has yet to look at what came for it.
    #[must_use]
    pub fn is_under_way(&self, id: RequestId) -> bool {
        let concerns = |envelope: &Arc<Envelope>| match &envelope.payload {
            Payload::Ask(request) => request.id == id,
            Payload::Reply { request, .. } => *request == id,
            _ => false,
        };
        let looks_later = |machine: &Machine| !machine.backlog.is_empty() || machine.cpu.waiting() > 0;
        self.flights().any(concerns) || self.machines.iter().any(looks_later)
    }

    /// The highest term that any leader held, and that leader: it decides what became of promises.
    #[must_use]
    pub fn deciding(&self) -> (Term, NodeId) {
        self.checker.latest_leader().unwrap_or((FIRST_TERM, NodeId::MD_DB_4))
    }

    /// The node that runs and leads in the highest term.
    #[must_use]
    pub fn leader(&self) -> Option<&Node> {
        let (term, node) = self.deciding();
        self.machine(node).node.as_ref().filter(|node| node.term() == term && node.leading().is_some())
    }

    /// What the last leader knew to be on a follower's disk when it went down.
    #[must_use]
    pub fn last_matched(&self, node: NodeId) -> Option<Index> {
        self.last_matched.iter().find(|(known, _)| *known == node).map(|(_, index)| *index)
    }

    /// When the newest leader that appended an entry at an index did so; nothing if the story began with it.
    #[must_use]
    pub fn appended_at(&self, index: Index) -> Option<Micros> {
        self.appended_at.get(index).map(|(_, at)| *at)
    }

    /// When any leader last appended an entry at an index: none that is there is younger.
    #[must_use]
    pub fn last_appended_at(&self, index: Index) -> Option<Micros> {
        let late = self.appended_late.get(index).map(|(_, at)| *at);
        self.appended_at(index).max(late)
    }
}
