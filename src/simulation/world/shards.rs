//! A second shard: another log with a leader, machines, a gateway and a control plane of its own, on the same clock.
//!
//! With `shards=2` the weekend's sailings are divided: places with odd numbers stay with shard 184, those with even
//! numbers are shard 185's. The two have nothing in common but the time, the settings and the customers' crowd: shard 185
//! is a whole world of its own kind, kept inside the first. Settings are for both; faults and promotions befall shard 184,
//! whose story the records tell. Of shard 185 they tell what must never happen, and the measurements tell the rest.

use super::World;
use crate::replication::{Cabin, Request};
use crate::simulation::agenda::Due;
use crate::simulation::{Action, ClusterConfig, Event, Record, Step};

/// Where the other shard's numbering of scheduled events begins, so that nobody confuses them with this shard's.
const FIRST_OF_THE_OTHER: u64 = 1 << 63;

impl World {
    /// The cluster as the story finds it: at rest, every entry committed and applied everywhere.
    #[must_use]
    pub fn new(config: ClusterConfig) -> Self {
        let mut world = Self::shard(config, 0);
        if config.shards > 1 {
            let other = ClusterConfig { shards: 1, seed: config.seed.wrapping_add(1 << 32), ..config };
            world.other_shard = Some(Box::new(Self::shard(other, FIRST_OF_THE_OTHER)));
        }
        world
    }

    /// Every shard, this one first.
    pub fn shards(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(self.other_shard.as_deref())
    }

    /// Whether a place is the other shard's.
    pub(super) fn is_elsewhere(&self, cabin: Cabin) -> bool {
        self.other_shard.is_some() && matches!(cabin, Cabin::Weekend(number) if number.is_multiple_of(2))
    }

    /// Something is due in the other shard, and happens. Whether that is where it is due.
    pub(super) fn take_elsewhere(&mut self, due: Due, records: &mut Vec<Record>) -> bool {
        if self.other_shard.is_none() || due.sequence() < FIRST_OF_THE_OTHER {
            return false;
        }
        self.wait_until(due.at);
        self.elsewhere(|other, theirs| other.take(Step::Due(due), theirs), records);
        true
    }

    /// A setting is for every shard.
    pub(super) fn set_elsewhere(&mut self, action: Action, records: &mut Vec<Record>) {
        let is_setting = matches!(
            action,
            Action::SetAck(_)
                | Action::SetSync(_)
                | Action::SetTimeout(_)
                | Action::SetReads(_)
                | Action::SetSwitch(..)
                | Action::SetLink(..)
                | Action::SetDisk(..)
                | Action::SetCpu(..)
                | Action::SetBound(_)
                | Action::SetBatch(_)
                | Action::SetFlow(..)
                | Action::SetThrottle(_)
        );
        if is_setting {
            self.elsewhere(|other, theirs| other.take(Step::Act(action), theirs), records);
        }
    }

    /// A customer who came by himself asks the other shard.
    pub(super) fn ask_elsewhere(&mut self, request: Request, records: &mut Vec<Record>) {
        self.elsewhere(|other, theirs| other.serve(request, theirs), records);
    }

    /// Has the other shard do something now. Of its records, those of what must never happen are kept.
    fn elsewhere(&mut self, act: impl FnOnce(&mut Self, &mut Vec<Record>), records: &mut Vec<Record>) {
        let now = self.now;
        if let Some(other) = &mut self.other_shard {
            let mut theirs = Vec::new();
            other.wait_until(now);
            act(other, &mut theirs);
            records.extend(theirs.into_iter().filter(|record| matches!(record.event, Event::Violated(_))));
        }
    }
}
