//! A machine's processor: one thing at a time, and what arrives meanwhile waits in a queue.
//!
//! Every message costs something to take in and something to send, every entry something to handle: to judge and append
//! on the leader, to check and append on a follower. What a machine takes in, it works on first and acts on then; what it
//! sends is paid for right after. Timers and finished disk writes do not wait in the queue, as interrupts do not, but
//! what they make a machine send is paid for all the same. Requests that wait when the processor turns to one of them are
//! taken in together, as many as one append may carry; messages of other nodes are taken in one by one.
//!
//! Both costs are nothing until a script says otherwise. Then nothing ever waits.

use super::network::Payload;
use super::{Envelope, Micros};
use crate::replication::Message;
use std::collections::VecDeque;
use std::sync::Arc;

/// What work costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CpuCost {
    /// Each entry.
    pub entry: Micros,
    /// Each message, in or out.
    pub message: Micros,
}

/// A processor at work.
#[derive(Clone, Debug, Default)]
pub struct Cpu {
    /// What work costs here.
    pub cost: CpuCost,
    /// What is being worked on; nothing while the processor is idle, or busy with sending.
    at_work: Vec<Arc<Envelope>>,
    queue: VecDeque<Arc<Envelope>>,
    /// It is busy until then.
    free_at: Micros,
}

impl Cpu {
    /// Whether something that arrives is acted on at once: it costs nothing, and nothing is before it.
    #[must_use]
    pub fn acts_at_once(&self, now: Micros) -> bool {
        self.cost == CpuCost::default() && self.at_work.is_empty() && self.free_at <= now
    }

    /// Puts something into the queue.
    pub fn enqueue(&mut self, envelope: Arc<Envelope>) {
        self.queue.push_back(envelope);
    }

    /// Turns to what waits first, if the processor is not at work: from when to when it will work on it.
    pub fn turn(&mut self, now: Micros, together: usize) -> Option<(Micros, Micros)> {
        if !self.at_work.is_empty() {
            return None;
        }
        self.at_work.push(self.queue.pop_front()?);
        if is_request(&self.at_work[0]) {
            let more = self.queue.iter().filter(|envelope| is_request(envelope)).take(together.saturating_sub(1));
            self.at_work.extend(more.cloned());
            let mut left = self.at_work.len() - 1;
            self.queue.retain(|envelope| {
                let taken = left > 0 && is_request(envelope);
                left -= usize::from(taken);
                !taken
            });
        }
        let work: u64 = self.at_work.iter().map(|envelope| self.price(envelope)).sum();
        let from = self.free_at.max(now);
        self.free_at = from + Micros(work);
        Some((from, self.free_at))
    }

    /// The work is done: what is to be acted on now.
    pub fn finish(&mut self) -> Vec<Arc<Envelope>> {
        std::mem::take(&mut self.at_work)
    }

    /// So many messages are sent: from when to when that keeps the processor busy. Work that was begun is not delayed by
    /// it, what comes after it is.
    pub fn send(&mut self, count: u64, now: Micros) -> (Micros, Micros) {
        let from = self.free_at.max(now);
        self.free_at = from + Micros(count * self.cost.message.0);
        (from, self.free_at)
    }

    /// What has arrived and has not been acted on.
    pub fn waiting(&self) -> usize {
        self.at_work.len() + self.queue.len()
    }

    /// The machine stops: what had arrived is gone.
    pub fn crash(&mut self) -> Vec<Arc<Envelope>> {
        self.free_at = Micros(0);
        let mut lost = std::mem::take(&mut self.at_work);
        lost.extend(std::mem::take(&mut self.queue));
        lost
    }

    fn price(&self, envelope: &Envelope) -> u64 {
        let entries = match &envelope.payload {
            Payload::Ask(_) => 1,
            Payload::Peer(Message::Append(append)) => append.entries.len() as u64,
            _ => 0,
        };
        self.cost.message.0 + entries * self.cost.entry.0
    }
}

fn is_request(envelope: &Arc<Envelope>) -> bool {
    matches!(envelope.payload, Payload::Ask(_))
}
