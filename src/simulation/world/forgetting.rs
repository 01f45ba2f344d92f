//! What the world forgets or holds but once, so that a long run is no heavier than what it still has to know.

use super::World;
use crate::replication::{NodeId, RequestId};
use crate::simulation::load::UNNAMED;

/// After how many messages the world looks for what it can forget.
const EVERY: u64 = 256;

/// After how many customers of bursts the ticket of one who was answered is thrown away.
const TICKETS: u32 = 100;

impl World {
    /// What every log has compacted, in memory and on disk, cannot be appended or applied again: nothing need be known of
    /// it to see whether it happens twice the same way.
    pub(super) fn forget_now_and_then(&mut self) {
        if !self.messages.is_multiple_of(EVERY) {
            return;
        }
        // How long ago an entry was appended is asked of those that somebody lacks.
        let agreed = NodeId::all(self.config.replicas).map(|node| self.agreed(node)).min().unwrap_or(0);
        self.appended_at.forget_before(agreed);
        self.appended_late.forget_before(agreed);
        let logs = self.machines.iter().flat_map(|machine| [machine.log(), &machine.disk.durable.log]);
        if let Some(floor) = logs.map(|log| log.snapshot().last).min_by_key(|last| last.index) {
            self.checker.forget_before(floor);
        }
    }

    /// Nodes and disks come to hold the same, each on its own. Here they come to own it together, so that a copy of the
    /// world that is kept costs what differs between them. Nothing changes that can be seen.
    pub fn share(&mut self) {
        let (_, leader) = self.deciding();
        let machine = self.machine(leader);
        let mut log = machine.log().clone();
        let bookings =
            machine.node.as_ref().map_or_else(|| (*log.snapshot().bookings).clone(), |it| it.bookings().clone());
        log.share_snapshot_with(&bookings);
        for machine in &mut self.machines {
            machine.disk.durable.log.share_with(&log);
            if let Some(node) = &mut machine.node {
                node.share_with(&log, &bookings);
            }
        }
        self.checker.share_with(&log);
        if let Some(other) = &mut self.other_shard {
            other.share();
        }
    }

    /// A customer of a burst came. No script can name such a request, and who was answered never asks again: what is left
    /// of an old one is its entry, and its promise.
    pub(super) fn forget_tickets_before(&mut self, newest: RequestId) {
        let old = newest.0.saturating_sub(TICKETS);
        if old > UNNAMED {
            self.gateway.forget_answered(RequestId(old));
        }
    }
}
