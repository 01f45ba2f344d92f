//! The series that are drawn: how customers fared, and what the machines did.

use super::chart::{Line, chart};
use crate::replication::NodeId;
use crate::simulation::{Interval, Micros, NodeInterval};
use crate::teaching::frame::MeasuresView;
use crate::ui::markup::nodes_of;
use crate::ui::words::span;
use yew::Html;

/// What is drawn of one interval: nothing where nothing was measured.
type Value<'a> = &'a dyn Fn(&Interval) -> Option<u64>;

/// Every chart.
pub fn charts(measures: &MeasuresView) -> Html {
    let series = &measures.series;
    let line = |name: &'static str, value: Value<'_>| Line {
        name,
        points: series.iter().map(|interval| value(interval)).collect(),
    };
    let each_node = |value: &dyn Fn(&Interval, NodeId) -> Option<u64>| -> Vec<Line> {
        measures.nodes.iter().map(|node| line(node.name(), &|interval| value(interval, *node))).collect()
    };
    let of = |interval: &Interval, node: NodeId| -> NodeInterval { interval.nodes[node.slot()] };
    // The leader lags behind nobody; what its disk lacks is on its way there.
    let lag = |interval: &Interval, node: NodeId| (measures.leader != Some(node)).then(|| of(interval, node).lag.0);
    let percentile = |share| move |interval: &Interval| interval.latencies.percentile(share).map(|span| span.0);
    let times =
        (series.first().map_or(Micros(0), |first| first.from), series.last().map_or(Micros(0), |last| last.end()));
    let draw =
        |title, lines: Vec<Line>, shown: fn(u64) -> String, most| chart(title, series, times, &lines, shown, most);
    nodes_of(vec![
        draw(
            "Customers a second",
            vec![
                line("came", &|it| Some(it.per_second(it.arrived))),
                line("heard 201", &|it| Some(it.per_second(it.created))),
                line("heard 503", &|it| Some(it.per_second(it.unavailable))),
            ],
            count,
            None,
        ),
        draw(
            "How long a 201 takes",
            vec![line("half, within", &percentile(500)), line("99 %, within", &percentile(990))],
            time,
            None,
        ),
        draw(
            "Entries together",
            vec![
                line("in a message", &|it| together(it, |node| (node.append_entries, node.appends))),
                line("in a disk write", &|it| together(it, |node| (node.fsync_entries, node.fsyncs))),
            ],
            hundredths,
            None,
        ),
        draw("Processor busy", each_node(&|it, node| Some(it.share_busy(node))), share, Some(1000)),
        draw("Lag behind the leader", each_node(&lag), time, None),
        draw(
            "One disk write takes",
            each_node(&|it, node| of(it, node).fsync.0.checked_div(of(it, node).fsyncs.into())),
            time,
            None,
        ),
    ])
}

/// How many entries there are to one of what carries them, in hundredths.
fn together(interval: &Interval, of: fn(&NodeInterval) -> (u32, u32)) -> Option<u64> {
    let add = |sum: (u64, u64), more: (u32, u32)| (sum.0 + u64::from(more.0), sum.1 + u64::from(more.1));
    let (entries, carriers) = interval.nodes.iter().map(of).fold((0, 0), add);
    (entries * 100).checked_div(carriers)
}

fn count(value: u64) -> String {
    value.to_string()
}

fn hundredths(value: u64) -> String {
    match (value / 100, value % 100 / 10) {
        (whole, 0) => whole.to_string(),
        (whole, tenth) => format!("{whole}.{tenth}"),
    }
}

fn share(value: u64) -> String {
    format!("{} %", (value + 5) / 10)
}

/// A span without more places than one can read off.
fn time(value: u64) -> String {
    let grain = if value >= 1_000_000 {
        100_000
    } else if value >= 10_000 {
        1000
    } else {
        100
    };
    span(Micros((value + grain / 2) / grain * grain))
}
