//! A disk that takes its time: one fsync at a time, and everything that came in meanwhile goes with the next (group
//! commit).

use super::Micros;
use crate::replication::{Disk, Position, Send, Write};
use std::hash::{Hash, Hasher};

/// A write and what is to be sent once it is durable.
type Pending = (Write, Vec<Send>);

/// A node's disk, at work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiskUnit {
    /// What is durable.
    pub durable: Disk,
    /// How long one fsync takes.
    pub fsync: Micros,
    in_flight: Vec<Pending>,
    queued: Vec<Pending>,
    /// When the fsync under way began and will be done.
    busy: Option<(Micros, Micros)>,
}

impl DiskUnit {
    /// An idle disk.
    #[must_use]
    pub fn new(durable: Disk, fsync: Micros) -> Self {
        Self { durable, fsync, in_flight: Vec::new(), queued: Vec::new(), busy: None }
    }

    /// Takes a write in. When the next fsync will be done, if this write starts one.
    pub fn submit(&mut self, write: Write, then: Vec<Send>, now: Micros) -> Option<Micros> {
        self.queued.push((write, then));
        self.start(now)
    }

    /// The fsync under way is done: what it made durable, and what may be sent now. When the next will be done.
    pub fn finish(&mut self, now: Micros) -> (Option<Position>, Vec<Send>, Option<Micros>) {
        self.busy = None;
        let mut last = None;
        let mut sends = Vec::new();
        for (write, then) in self.in_flight.drain(..) {
            self.durable.apply(&write);
            last = write.last().or(last);
            sends.extend(then);
        }
        (last, sends, self.start(now))
    }

    /// Begins with what is queued, if anything there cannot wait.
    fn start(&mut self, now: Micros) -> Option<Micros> {
        if self.busy.is_some() || self.queued.iter().all(|(write, _)| write.can_wait()) {
            return None;
        }
        std::mem::swap(&mut self.in_flight, &mut self.queued);
        let done = now + self.fsync;
        self.busy = Some((now, done));
        Some(done)
    }

    /// A crash: what is not durable yet is gone, and what waited for it is never sent.
    pub fn crash(&mut self) {
        self.in_flight.clear();
        self.queued.clear();
        self.busy = None;
    }

    /// What waits to be sent until it is durable.
    pub fn held_back(&self) -> impl Iterator<Item = &Send> {
        self.in_flight.iter().chain(&self.queued).flat_map(|(_, then)| then)
    }

    /// Everything on it is lost, and an empty one takes its place.
    pub fn lose(&mut self) {
        self.crash();
        self.durable = Disk::lost();
    }

    /// The writes that the fsync under way carries, when it began and when it will be done.
    #[must_use]
    pub fn writing(&self) -> Option<(impl Iterator<Item = &Write>, Micros, Micros)> {
        self.busy.map(|(from, until)| (self.in_flight.iter().map(|(write, _)| write), from, until))
    }
}

/// What tells two disks apart where time does not count.
impl Hash for DiskUnit {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { durable, fsync: _, in_flight, queued, busy: _ } = self;
        (durable, in_flight, queued).hash(state);
    }
}
