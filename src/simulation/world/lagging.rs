//! How far nodes lag behind the leader, and whether that is as near as the operator wants them.

use super::{Happening, World};
use crate::replication::NodeId;
use crate::simulation::{Event, Micros, Record};

/// How far a node is behind the leader of the highest term.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lag {
    /// How many entries of the leader's log are not on its disk.
    pub entries: u64,
    /// How long ago a leader appended the first of them.
    pub time: Micros,
}

/// How near a node is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Objective {
    /// How far it may lag behind.
    pub limit: Micros,
    /// It is no further behind, or was not when somebody led last.
    pub met: bool,
    /// Since when that is so.
    pub since: Micros,
    /// When to look next, whatever else happens.
    look_at: Micros,
}

impl World {
    /// How far a node lags behind; nothing if nobody leads.
    #[must_use]
    pub fn lag(&self, node: NodeId) -> Option<Lag> {
        let end = self.leader()?.log().last().index;
        Some(self.lag_behind(node, end, self.now))
    }

    /// How far a node lags at a moment behind a log that ends with an index. What the story began with has been there
    /// from the beginning.
    pub(super) fn lag_behind(&self, node: NodeId, end: u64, moment: Micros) -> Lag {
        let held = self.machine(node).durable().index;
        let entries = end.saturating_sub(held);
        if entries == 0 {
            return Lag::default();
        }
        Lag { entries, time: moment.since(self.appended_at(held + 1).unwrap_or(Micros(0))) }
    }

    /// How near a node is wanted, if the operator has said so.
    #[must_use]
    pub fn objective(&self, node: NodeId) -> Option<&Objective> {
        self.objectives.get(&node)
    }

    pub(super) fn set_objective(&mut self, node: NodeId, limit: Option<Micros>) {
        match limit {
            Some(limit) => {
                let objective = Objective { limit, met: true, since: self.now, look_at: Micros(0) };
                self.objectives.insert(node, objective)
            }
            None => self.objectives.remove(&node),
        };
    }

    /// Tells which objectives have come to be broken or met. Time alone can break one: the moment is looked forward to.
    pub(super) fn review_objectives(&mut self, records: &mut Vec<Record>) {
        if self.objectives.is_empty() {
            return;
        }
        for node in NodeId::all(self.config.replicas) {
            let (Some(lag), Some(objective)) = (self.lag(node), self.objectives.get_mut(&node)) else { continue };
            let limit = objective.limit;
            let met = lag.time <= limit;
            let turned = std::mem::replace(&mut objective.met, met) != met;
            if turned {
                objective.since = self.now;
            }
            let looks = met && lag.entries > 0 && objective.look_at <= self.now;
            if looks {
                let at = self.now + Micros(limit.0 - lag.time.0 + 1);
                objective.look_at = at;
                self.schedule(at, Happening::Look);
            }
            if turned {
                self.record(None, Event::Objective { node, limit, met, lag }, records);
            }
        }
    }
}
