//! What can be measured of a run, over time: how many customers came and were answered, how long they waited, how busy
//! each machine was, how much travelled and was written together, how far each follower lagged.
//!
//! A run is cut into intervals. When there are too many, neighbours are merged and every later interval is twice as long:
//! the series of a long run takes no more room than that of a short one, and counting costs the same however long it
//! goes on. Copies of a world share the intervals that are over.

mod histogram;
mod interval;
mod table;

pub use histogram::Histogram;
pub use interval::{Interval, NodeInterval};

use super::{Lag, Micros};
use crate::replication::{Answer, NodeId};
use std::sync::Arc;

/// How long the intervals of a short run are.
const SHORTEST: Micros = Micros::from_millis(100);

/// How many intervals a series has at most.
const MOST: usize = 128;

/// The measurements of one run.
#[derive(Clone, Debug)]
pub struct Measures {
    over: Arc<Vec<Arc<Interval>>>,
    current: Arc<Interval>,
    /// Work that was begun and reaches beyond the current interval, by node.
    ahead: [Micros; NodeId::MOST],
    total: Totals,
}

/// How many customers, since the beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Came.
    pub arrived: u64,
    /// Heard 201.
    pub created: u64,
    /// Heard 503.
    pub unavailable: u64,
}

impl Measures {
    /// Nothing was measured yet.
    #[must_use]
    pub fn new() -> Self {
        let current = Interval { span: SHORTEST, ..Interval::default() };
        Self {
            over: Arc::default(),
            current: Arc::new(current),
            ahead: [Micros(0); NodeId::MOST],
            total: Totals::default(),
        }
    }

    /// The intervals that are over, in order, each as long as the last or half as long.
    #[must_use]
    pub fn series(&self) -> &[Arc<Interval>] {
        &self.over
    }

    /// The last interval that is over.
    #[must_use]
    pub fn last(&self) -> Option<&Interval> {
        self.over.last().map(|interval| &**interval)
    }

    /// How many customers, since the beginning.
    #[must_use]
    pub fn totals(&self) -> Totals {
        self.total
    }

    /// Everything that was measured in the intervals that lie between two moments, as one.
    #[must_use]
    pub fn between(&self, from: Micros, to: Micros) -> Interval {
        let within = |interval: &&Arc<Interval>| interval.from >= from && interval.end() <= to;
        let mut sum = Interval { from, ..Interval::default() };
        self.over.iter().filter(within).for_each(|interval| sum.merge(interval));
        sum
    }

    /// When the current interval ends.
    #[must_use]
    pub fn end(&self) -> Micros {
        self.current.end()
    }

    /// The current interval is over. `lags` says how far each node is behind at its end.
    pub fn close(&mut self, lags: impl Iterator<Item = Lag>) {
        let end = self.current.end();
        let current = Arc::make_mut(&mut self.current);
        for (node, lag) in current.nodes.iter_mut().zip(lags) {
            (node.lag_entries, node.lag) = (lag.entries, lag.time);
        }
        let mut span = current.span;
        let over = Arc::make_mut(&mut self.over);
        over.push(std::mem::take(&mut self.current));
        if over.len() == MOST {
            *over = over.chunks(2).map(merged).collect();
            span = Micros(span.0 * 2);
        }
        let mut next = Interval { from: end, span, ..Interval::default() };
        for (node, ahead) in next.nodes.iter_mut().zip(&mut self.ahead) {
            node.busy = Micros(ahead.0.min(span.0));
            ahead.0 -= node.busy.0;
        }
        self.current = Arc::new(next);
    }

    /// A customer comes.
    pub fn arrived(&mut self) {
        self.total.arrived += 1;
        self.now().arrived += 1;
    }

    /// A customer hears an answer after some time.
    pub fn heard(&mut self, answer: Answer, after: Micros) {
        match answer {
            Answer::Created(_) => {
                self.total.created += 1;
                let now = self.now();
                now.created += 1;
                now.latencies.add(after);
            }
            Answer::Conflict { .. } => self.now().conflicts += 1,
            Answer::Unavailable | Answer::NotLeader => {
                self.total.unavailable += 1;
                self.now().unavailable += 1;
            }
        }
    }

    /// A customer has waited long enough.
    pub fn in_doubt(&mut self) {
        self.now().in_doubt += 1;
    }

    /// A processor works from one moment to another, the first of which may lie ahead.
    pub fn busy(&mut self, node: NodeId, from: Micros, to: Micros) {
        if to > from {
            let inside = self.end().0.clamp(from.0, to.0) - from.0;
            self.now().nodes[node.slot()].busy.0 += inside;
            self.ahead[node.slot()].0 += to.0 - from.0 - inside;
        }
    }

    /// So many messages wait for a processor.
    pub fn queued(&mut self, node: NodeId, waiting: usize) {
        let node = &mut self.now().nodes[node.slot()];
        node.queue = node.queue.max(waiting as u32);
    }

    /// A leader sends entries in one message.
    pub fn sent(&mut self, node: NodeId, entries: usize) {
        let node = &mut self.now().nodes[node.slot()];
        node.appends += 1;
        node.append_entries += entries as u32;
    }

    /// A disk has made entries durable, in some time.
    pub fn written(&mut self, node: NodeId, entries: usize, took: Micros) {
        let node = &mut self.now().nodes[node.slot()];
        node.fsyncs += 1;
        node.fsync_entries += entries as u32;
        node.fsync.0 += took.0;
    }

    fn now(&mut self) -> &mut Interval {
        Arc::make_mut(&mut self.current)
    }
}

impl Default for Measures {
    fn default() -> Self {
        Self::new()
    }
}

fn merged(pair: &[Arc<Interval>]) -> Arc<Interval> {
    let mut sum = (*pair[0]).clone();
    pair[1..].iter().for_each(|later| sum.merge(later));
    Arc::new(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replication::Position;

    const A: NodeId = NodeId::MD_DB_4;

    fn run(millis: u64, mut at: impl FnMut(u64, &mut Measures)) -> Measures {
        let mut measures = Measures::new();
        for now in 0..=millis {
            while measures.end() <= Micros::from_millis(now) {
                measures.close(
                    [Lag::default(), Lag { entries: u32::try_from(now).unwrap_or(u32::MAX), time: Micros(now) }]
                        .into_iter(),
                );
            }
            at(now, &mut measures);
        }
        measures
    }

    #[test]
    fn a_long_run_takes_no_more_room_than_a_short_one_and_loses_no_count() {
        let measures = run(100_000, |_, measures| measures.arrived());
        assert!(measures.series().len() < MOST);
        let counted: u32 = measures.series().iter().map(|interval| interval.arrived).sum();
        let end = measures.series().last().expect("there are some").end();
        assert_eq!(u64::from(counted), end.0 / 1000, "one a millisecond");
        let gapless = |pair: &[Arc<Interval>]| pair[0].end() == pair[1].from;
        assert!(measures.series().windows(2).all(gapless));
        assert_eq!(measures.totals().arrived, 100_001);
    }

    #[test]
    fn work_that_reaches_beyond_an_interval_is_divided() {
        let at = |millis: u64| Micros::from_millis(millis);
        let measures = run(400, |now, measures| {
            if now == 90 {
                measures.busy(A, at(90), at(220));
                measures.busy(A, at(220), at(230));
            }
        });
        let busy: Vec<u64> = measures.series().iter().map(|interval| interval.nodes[0].busy.0 / 1000).collect();
        assert_eq!(busy, [10, 100, 30, 0]);
        assert_eq!(measures.between(at(100), at(300)).share_busy(A), 650);
    }

    #[test]
    fn answers_are_counted_by_kind_and_only_a_booking_has_a_latency() {
        let created = Answer::Created(Position::default());
        let measures = run(100, |now, measures| match now {
            1..=99 => measures.heard(created, Micros::from_millis(now)),
            0 => {
                measures.heard(Answer::Unavailable, Micros::from_secs(9));
                measures.heard(Answer::Conflict { holder: None }, Micros::from_secs(9));
                measures.in_doubt();
            }
            _ => {}
        });
        let all = measures.last().expect("it is over");
        assert_eq!((all.created, all.unavailable, all.conflicts, all.in_doubt), (99, 1, 1, 1));
        assert_eq!(all.per_second(all.created), 990);
        let [half, most] = [500, 990].map(|share| all.latencies.percentile(share).expect("some were answered").0);
        assert!((50_000..=56_250).contains(&half), "{half}");
        assert!((98_000..=111_000).contains(&most), "{most}");
        assert_eq!(all.nodes[1].lag_entries, 100);
    }
}
