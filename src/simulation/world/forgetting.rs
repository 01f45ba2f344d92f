//! What the world forgets, so that a long run is no heavier than what it still has to know.

use super::World;
use crate::replication::RequestId;
use crate::simulation::load::UNNAMED;

/// After how many messages the world looks for what it can forget.
const EVERY: u64 = 256;

/// How many customers of bursts come before the ticket of one who was answered is thrown away.
const TICKETS: u32 = 1000;

impl World {
    /// What every log has compacted, in memory and on disk, cannot be appended or applied again: nothing need be known of
    /// it to see whether it happens twice the same way.
    pub(super) fn forget_now_and_then(&mut self) {
        if !self.messages.is_multiple_of(EVERY) {
            return;
        }
        let logs = self.machines.iter().flat_map(|machine| [machine.log(), &machine.disk.durable.log]);
        if let Some(floor) = logs.map(|log| log.snapshot().last).min_by_key(|last| last.index) {
            self.checker.forget_before(floor);
            self.appended_at.forget_before(floor.index);
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
