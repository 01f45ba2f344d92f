//! What was measured in one stretch of time.

use super::{Histogram, Micros};
use crate::replication::{Index, NodeId};

/// What was measured in one stretch of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    /// When it began.
    pub from: Micros,
    /// How long it was.
    pub span: Micros,
    /// Customers who came.
    pub arrived: u32,
    /// Customers who heard 201.
    pub created: u32,
    /// Customers who heard 409.
    pub conflicts: u32,
    /// Customers who heard 503.
    pub unavailable: u32,
    /// Customers who had waited long enough.
    pub in_doubt: u32,
    /// How long it took until customers heard 201.
    pub latencies: Histogram,
    /// What each machine did.
    pub nodes: [NodeInterval; NodeId::MOST],
}

/// What one machine did in one stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NodeInterval {
    /// How long its processor worked.
    pub busy: Micros,
    /// How many messages waited for its processor, at most.
    pub queue: u32,
    /// Messages with entries that it sent as a leader.
    pub appends: u32,
    /// The entries in them.
    pub append_entries: u32,
    /// Disk writes that were finished.
    pub fsyncs: u32,
    /// The entries in them.
    pub fsync_entries: u32,
    /// How long they took, together.
    pub fsync: Micros,
    /// How many entries of the leader's log its disk lacked at the end.
    pub lag_entries: Index,
    /// How long ago the leader had appended the first of them.
    pub lag: Micros,
}

impl Interval {
    /// When it ends.
    #[must_use]
    pub fn end(&self) -> Micros {
        self.from + self.span
    }

    /// So many in this stretch are how many a second.
    #[must_use]
    pub fn per_second(&self, count: u32) -> u64 {
        (u64::from(count) * 1_000_000).checked_div(self.span.0).unwrap_or(0)
    }

    /// For how many thousandths of the time a processor worked.
    #[must_use]
    pub fn share_busy(&self, node: NodeId) -> u64 {
        (self.nodes[node.slot()].busy.0 * 1000).checked_div(self.span.0).unwrap_or(0)
    }

    /// Adds the stretch that follows.
    pub fn merge(&mut self, later: &Self) {
        self.span.0 += later.span.0;
        self.arrived += later.arrived;
        self.created += later.created;
        self.conflicts += later.conflicts;
        self.unavailable += later.unavailable;
        self.in_doubt += later.in_doubt;
        self.latencies.merge(&later.latencies);
        for (node, then) in self.nodes.iter_mut().zip(&later.nodes) {
            node.busy.0 += then.busy.0;
            node.queue = node.queue.max(then.queue);
            node.appends += then.appends;
            node.append_entries += then.append_entries;
            node.fsyncs += then.fsyncs;
            node.fsync_entries += then.fsync_entries;
            node.fsync.0 += then.fsync.0;
            node.lag_entries = node.lag_entries.max(then.lag_entries);
            node.lag = node.lag.max(then.lag);
        }
    }
}
