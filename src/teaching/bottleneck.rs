//! What keeps customers waiting, told from the figures that were measured, and from nothing else.
//!
//! A cluster keeps up if it answers as many as come. If not, something has no more to give: a processor that never rests,
//! or a rule that makes each entry wait, so that no more of them are done in a second than may wait at a time.

use super::listed::Listed;
use crate::replication::NodeId;
use crate::simulation::{Interval, Micros};
use std::fmt;
use std::sync::Arc;

/// How many intervals back the figures reach.
const INTERVALS: usize = 5;

/// A processor that works for so many thousandths of the time never rests.
const NEVER_RESTS: u64 = 950;

/// Whoever answers so many thousandths of those who come keeps up: in so short a time some are always on their way.
const KEEPS_UP: u64 = 900;

/// What keeps customers waiting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bottleneck {
    /// Nothing is at its limit.
    Nothing(Figures),
    /// A processor never rests.
    Processor {
        /// Whose.
        node: NodeId,
        /// For how many thousandths of the time it worked.
        busy: u64,
        /// How many messages waited for it, at most.
        queue: u32,
        /// How busy the others were.
        others: Vec<(NodeId, u64)>,
        /// How many entries travelled in one message, in hundredths.
        together: u64,
        /// The customers.
        figures: Figures,
    },
    /// The leader holds requests back for a follower that lags.
    Throttle {
        /// Which.
        follower: NodeId,
        /// How far it lags behind.
        lag: Micros,
        /// How far it may.
        limit: Micros,
        /// The customers.
        figures: Figures,
    },
    /// As many entries wait for copies as may.
    Copies {
        /// How many may.
        bound: u64,
        /// For whose copies, the leader's own left out where others are waited for.
        nodes: Vec<NodeId>,
        /// For how many thousandths of the time the busiest processor worked.
        busy: u64,
        /// The customers.
        figures: Figures,
    },
    /// No processor and no rule is at its limit, but a follower falls ever further behind.
    Behind {
        /// Which.
        follower: NodeId,
        /// How far it lagged at first.
        was: Micros,
        /// How far it lags since.
        lag: Micros,
        /// How much later that is.
        span: Micros,
        /// How many entries its disk lacks by then.
        entries: u64,
        /// As many are answered as come.
        served: bool,
        /// The customers.
        figures: Figures,
    },
    /// Fewer were answered than came, and nothing is at its limit: their answers are under way, or nobody can answer.
    UnderWay(Figures),
}

/// How customers fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// How many came in a second.
    pub arrived: u64,
    /// How many heard 201 in a second.
    pub created: u64,
    /// How many heard 503 in a second.
    pub unavailable: u64,
    /// Half of the 201s came within this time.
    pub half_within: Option<Micros>,
}

impl Bottleneck {
    /// What kept customers waiting lately; nothing before anything was measured. `waits_for` are those without whose copies
    /// nothing is committed.
    #[must_use]
    pub fn of(
        series: &[Arc<Interval>],
        leader: Option<NodeId>,
        nodes: &[NodeId],
        waits_for: &[NodeId],
        bound: u64,
        throttle: Option<Micros>,
    ) -> Option<Self> {
        let busy = busy(series)?;
        let sum = merged(&busy[busy.len().saturating_sub(INTERVALS)..]);
        let figures = Figures {
            arrived: sum.per_second(sum.arrived),
            created: sum.per_second(sum.created),
            unavailable: sum.per_second(sum.unavailable),
            half_within: sum.latencies.percentile(500),
        };
        let share = |node: NodeId| (node, sum.share_busy(node));
        let keeps_up = figures.unavailable == 0 && figures.created * 1000 >= figures.arrived * KEEPS_UP;
        let behind = || Self::of_lag(busy, nodes, keeps_up, figures);
        if keeps_up {
            return Some(behind().unwrap_or(Self::Nothing(figures)));
        }
        let busiest = nodes.iter().copied().map(share).max_by_key(|(node, busy)| (*busy, leader == Some(*node)));
        if let Some((node, busy)) = busiest.filter(|(_, busy)| *busy >= NEVER_RESTS) {
            let measured = sum.nodes[node.slot()];
            let together = u64::from(measured.append_entries) * 100;
            return Some(Self::Processor {
                node,
                busy,
                queue: measured.queue,
                others: nodes.iter().copied().filter(|other| *other != node).map(share).collect(),
                together: together.checked_div(u64::from(measured.appends)).unwrap_or(0),
                figures,
            });
        }
        let lag = |node: &NodeId| (*node, sum.nodes[node.slot()].lag);
        let slowest = nodes.iter().map(lag).max_by_key(|(_, lag)| *lag);
        if let (Some(limit), Some((follower, lag))) = (throttle, slowest)
            && lag >= limit
        {
            return Some(Self::Throttle { follower, lag, limit, figures });
        }
        if figures.unavailable > 0 && figures.created > 0 {
            let others: Vec<NodeId> = waits_for.iter().copied().filter(|node| leader != Some(*node)).collect();
            let nodes = if others.is_empty() { waits_for.to_vec() } else { others };
            return Some(Self::Copies { bound, nodes, busy: busiest.map_or(0, |(_, busy)| busy), figures });
        }
        Some(behind().unwrap_or(Self::UnderWay(figures)))
    }

    /// The follower that is furthest behind, of those whose lag grows: by a tenth of the time at least, and in the later
    /// half it was never as near as it had been at any moment of the earlier. (A slow disk catches up in jumps.)
    fn of_lag(busy: &[Arc<Interval>], nodes: &[NodeId], served: bool, figures: Figures) -> Option<Self> {
        let recent = &busy[busy.len().checked_sub(2 * INTERVALS)?..];
        let (first, last) = (recent.first()?, recent.last()?);
        let span = last.end().since(first.end());
        let at = |interval: &Arc<Interval>, node: NodeId| interval.nodes[node.slot()].lag;
        let grows = |node: &NodeId| {
            let (earlier, later) = recent.split_at(INTERVALS);
            let farthest = earlier.iter().map(|interval| at(interval, *node)).max();
            let nearest = later.iter().map(|interval| at(interval, *node)).min();
            nearest > farthest && at(last, *node).since(at(first, *node)).0 >= span.0 / 10
        };
        let follower = nodes.iter().copied().filter(grows).max_by_key(|node| at(last, *node))?;
        let (was, lag) = (at(first, follower), at(last, follower));
        let entries = last.nodes[follower.slot()].lag_entries.into();
        Some(Self::Behind { follower, was, lag, span, entries, served, figures })
    }
}

/// The latest intervals in which customers came, at least one. The first in which any did is left out if others follow: in it
/// the first of them are still on their way.
fn busy(series: &[Arc<Interval>]) -> Option<&[Arc<Interval>]> {
    let end = series.iter().rposition(|interval| interval.arrived > 0)? + 1;
    let begin = series[..end].iter().rposition(|interval| interval.arrived == 0).map_or(0, |quiet| quiet + 1);
    // In the last one, the burst may have ended before the interval did.
    let whole = if end - begin > 2 { begin + 1..end.max(2) } else { begin..end };
    Some(&series[whole])
}

fn merged(intervals: &[Arc<Interval>]) -> Interval {
    let mut sum = (*intervals[0]).clone();
    intervals[1..].iter().for_each(|interval| sum.merge(interval));
    sum
}

fn percent(thousandths: u64) -> u64 {
    (thousandths + 5) / 10
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { arrived, created, unavailable, half_within } = self;
        write!(f, "{arrived} customers came in a second, {created} heard 201")?;
        if *unavailable > 0 {
            write!(f, ", {unavailable} heard 503")?;
        }
        match half_within {
            Some(span) => write!(f, "; half of the 201s came within {} ms", span.0.div_ceil(1000)),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Bottleneck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing(figures) => write!(f, "Nothing is at its limit: {figures}."),
            Self::UnderWay(figures) => {
                write!(f, "Nothing is at its limit, but not all are answered yet: {figures}.")
            }
            Self::Behind { follower, was, lag, span, entries, served, figures } => {
                let customers = if *served { "Customers are served" } else { "Not all are answered yet" };
                let [was, lag, span] = [was, lag, span].map(|it| it.0 / 1000);
                write!(
                    f,
                    "{customers}, but {follower} does not keep up: its lag grew from {was} ms to {lag} ms within "
                )?;
                write!(f, "{span} ms, and its disk lacks {entries} entries. {figures}.")
            }
            Self::Processor { node, busy, queue, others, together, figures } => {
                write!(f, "The bottleneck is {node}'s processor: it worked {} % of the time", percent(*busy))?;
                write!(f, ", and up to {queue} messages waited for it, while ")?;
                let others: Vec<String> =
                    others.iter().map(|(other, busy)| format!("{other} worked {} %", percent(*busy))).collect();
                write!(f, "{}", Listed(&others))?;
                if *together > 0 {
                    write!(f, ". {}.{} entries travelled in a message", together / 100, together % 100 / 10)?;
                }
                write!(f, ". {figures}.")
            }
            Self::Throttle { follower, lag, limit, figures } => {
                write!(f, "The bottleneck is {follower}: it lags {} ms behind, and the leader holds ", lag.0 / 1000)?;
                write!(f, "requests back while that is more than {} ms. {figures}.", limit.0 / 1000)
            }
            Self::Copies { bound, nodes, busy, figures } => {
                write!(f, "The bottleneck is the wait for copies")?;
                if !nodes.is_empty() {
                    f.write_str(" on ")?;
                    write!(f, "{}", Listed(nodes))?;
                }
                write!(
                    f,
                    ": {bound} entries may wait to be committed, and as many do; whoever comes then hears 503. "
                )?;
                write!(f, "No processor worked more than {} % of the time. {figures}.", percent(*busy))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::replication::NodeId;
    use crate::teaching::frame::Frame;
    use crate::teaching::script::Script;
    use crate::teaching::timeline::Timeline;

    fn check(text: &str, parts: &[&str]) {
        let script = Script::parse(text).unwrap_or_else(|errors| panic!("{}", errors[0]));
        let (timeline, failure) = Timeline::play(text, &script);
        assert!(failure.is_none());
        let frame = Frame::of(&timeline, None);
        let says = frame.measures.bottleneck().map_or("nothing was measured".to_owned(), |found| found.to_string());
        assert!(parts.iter().all(|part| says.contains(part)), "{text}\n{says}");
    }

    /// The scripts of `docs/bottleneck.md`, and what its tables say of them.
    #[test]
    fn the_bottleneck_follows_from_the_figures() {
        let costs = |first: &str| {
            let cost = |node: NodeId| format!("cpu {node} entry=40us message=40us\n");
            let costs: String = NodeId::all(3).map(cost).collect();
            format!("{first}\n{costs}burst 4000/s for 2s\nrun 2s")
        };
        let busy = ["The bottleneck is md-db-4's processor: it worked 100 % of the time", "1.0 entries travelled"];
        check(&costs("cluster batch=1"), &busy);
        check(&costs("cluster batch=64"), &["Nothing is at its limit"]);
        let far = "cluster sync=md-db-4,sg-db-1 bound=100\nburst 1000/s for 2s\nrun 2s";
        check(far, &["the wait for copies on sg-db-1: 100 entries may wait", "heard 503"]);
        check("burst 200/s for 2s\nrun 2s", &["Nothing is at its limit: ", " customers came in a second"]);
        check(
            "set throttle=50ms\nburst 200/s for 2s\nrun 2s",
            &["The bottleneck is sg-db-1: it lags", "while that is more than 50 ms"],
        );
        check("burst 200/s for 2s\nrun 1s\ncrash md-db-4\nrun 900ms", &["not all are answered yet"]);
        check("reserve C14 for 5521\nrun 1s", &["nothing was measured"]);
        // A follower that cannot keep up is named, whether customers wait for it or not.
        check(
            "disk sg-db-1 fsync=700ms\nlink md-db-4 sg-db-1 bandwidth=20kB/s\nburst 400/s for 3s\nrun 3s",
            &["Customers are served, but sg-db-1 does not keep up: its lag grew from ", " entries. "],
        );
        check(
            "cut md-db-4 md-db-2\nset bound=100000\nburst 200/s for 2s\nrun 2s",
            &["Not all are answered yet, but md-db-2 does not keep up: its lag grew from "],
        );
    }
}
