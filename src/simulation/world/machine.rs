//! One node with its disk, as the world keeps it.

use super::Happening;
use super::electing::ElectionClock;
use crate::replication::{Entry, Log, Node, Position, Term, Timer};
use crate::simulation::{Cpu, DiskUnit};
use litemap::LiteMap;
use std::sync::Arc;

/// One node with its disk.
#[derive(Clone, Debug)]
pub struct Machine {
    /// The node, while it runs.
    pub node: Option<Node>,
    /// Its disk.
    pub disk: DiskUnit,
    /// Its processor.
    pub cpu: Cpu,
    /// How often the node has started.
    pub starts: u32,
    /// What it held and had to give up, in the order in which it did.
    pub rolled_back: Arc<Vec<Entry>>,
    /// It is frozen.
    pub paused: bool,
    /// What was due for it while it was frozen, in order.
    pub(super) backlog: Vec<Happening>,
    /// Which setting of each timer counts; earlier ones are void.
    pub(super) timers: LiteMap<Timer, u64>,
    pub(super) election: ElectionClock,
}

impl Machine {
    /// It runs and is not frozen: it can answer.
    #[must_use]
    pub fn is_awake(&self) -> bool {
        self.node.is_some() && !self.paused
    }

    /// The log as far as it can be seen: in memory, or on disk while the node is down.
    #[must_use]
    pub fn log(&self) -> &Log {
        self.node.as_ref().map_or(&self.disk.durable.log, Node::log)
    }

    /// The term that the node knows, or has on disk while it is down.
    #[must_use]
    pub fn term(&self) -> Term {
        self.node.as_ref().map_or(self.disk.durable.term, Node::term)
    }

    /// The last position that is on disk.
    #[must_use]
    pub fn durable(&self) -> Position {
        match &self.node {
            // A snapshot is on its way to the disk, which still holds the log that it replaces.
            Some(node) if node.durable() < node.log().snapshot().last.index => self.disk.durable.log.last(),
            Some(node) => node.log().position_at(node.durable()),
            None => self.disk.durable.log.last(),
        }
    }
}
