//! The measurements as a table: a line for each interval, with tabs between its columns.

use super::{Interval, Measures};
use crate::replication::NodeId;
use std::fmt;

/// Hundredths, so that a mean of two whole numbers says enough.
fn hundredths(sum: u64, count: u64) -> u64 {
    (sum * 100).checked_div(count).unwrap_or(0)
}

fn line(f: &mut fmt::Formatter<'_>, interval: &Interval, nodes: usize) -> fmt::Result {
    let percentile = |share| interval.latencies.percentile(share).unwrap_or_default().0;
    write!(f, "{}\t{}", interval.from.0 / 1000, interval.span.0 / 1000)?;
    for count in [interval.arrived, interval.created, interval.unavailable, interval.conflicts, interval.in_doubt] {
        write!(f, "\t{count}")?;
    }
    write!(f, "\t{}\t{}\t{}", interval.per_second(interval.created), percentile(500), percentile(990))?;
    for id in NodeId::all(nodes) {
        let node = interval.nodes[id.slot()];
        let appends = hundredths(u64::from(node.append_entries), u64::from(node.appends));
        let fsyncs = hundredths(u64::from(node.fsync_entries), u64::from(node.fsyncs));
        let fsync = node.fsync.0.checked_div(u64::from(node.fsyncs)).unwrap_or(0);
        write!(f, "\t{}\t{}\t{appends}\t{fsyncs}\t{fsync}", interval.share_busy(id), node.queue)?;
        write!(f, "\t{}\t{}", node.lag_entries, node.lag.0)?;
    }
    writeln!(f)
}

/// Counts are of the interval. Shares are in thousandths, means in hundredths, durations in microseconds but for the
/// first two columns, which are in milliseconds.
impl fmt::Display for Measures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let took_part = |interval: &Interval| interval.nodes.iter().rposition(|node| node.fsyncs > 0);
        let nodes = self.series().iter().filter_map(|interval| took_part(interval)).max().map_or(3, |last| last + 1);
        f.write_str("from_ms\tspan_ms\tarrived\tanswered_201\tanswered_503\tanswered_409\tin_doubt\tthroughput_per_s")?;
        f.write_str("\tlatency_p50_us\tlatency_p99_us")?;
        for node in NodeId::all(nodes.max(3)) {
            for column in [
                "busy_per_mille",
                "queue",
                "entries_per_append_x100",
                "entries_per_fsync_x100",
                "fsync_us",
                "lag_entries",
                "lag_us",
            ] {
                write!(f, "\t{node}_{column}")?;
            }
        }
        writeln!(f)?;
        self.series().iter().try_for_each(|interval| line(f, interval, nodes.max(3)))
    }
}
