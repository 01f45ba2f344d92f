//! How far nodes lag behind the leader, and whether that is as near as the operator wants them.
//!
//! What counts is what the leader's log holds too: a node whose log went another way lacks everything since the logs
//! parted, however long its own is.

use super::{Happening, World};
use crate::replication::{Index, NodeId, Position};
use crate::simulation::{Event, Micros, Record};

/// How far a node is behind the leader of the highest term.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lag {
    /// How many entries of the leader's log are not on its disk.
    pub entries: Index,
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
    pub(super) fn lag_behind(&self, node: NodeId, end: Index, moment: Micros) -> Lag {
        let held = self.agreed(node);
        let entries = end.saturating_sub(held);
        if entries == 0 {
            return Lag::default();
        }
        Lag { entries, time: moment.since(self.appended_at(held + 1).unwrap_or(Micros(0))) }
    }

    /// The last index up to which a node's disk holds what the log of the leader of the highest term holds, be that one
    /// running or down.
    #[must_use]
    pub fn agreed(&self, node: NodeId) -> Index {
        let (_, decider) = self.deciding();
        let (machine, leads) = (self.machine(node), self.machine(decider).log());
        let durable = machine.durable();
        if leads.holds(durable) {
            return durable.index;
        }
        let disk = &machine.disk.durable.log;
        let log = if machine.log().holds(durable) { machine.log() } else { disk };
        let agrees = |index| log.term_at(index).is_none_or(|term| leads.holds(Position { term, index }));
        // Two logs that hold the same position agree on everything before it, so the place where they part can be halved
        // down to. Both agree before the first entry there ever was.
        let (mut low, mut high) = (0, durable.index.min(leads.last().index));
        while low < high {
            let middle = high - (high - low) / 2;
            if agrees(middle) { low = middle } else { high = middle - 1 }
        }
        low
    }

    /// A leader appended an entry. One that is deposed does not change since when its followers lack what the newer one
    /// has at that index.
    pub(super) fn note_appended(&mut self, leader: NodeId, index: Index) {
        let deposed = self.machine(leader).term() < self.deciding().0;
        let table = match deposed && self.appended_at.get(index).is_some() {
            true => &mut self.appended_late,
            false => &mut self.appended_at,
        };
        table.insert((index, self.now));
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
