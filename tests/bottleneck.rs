//! The leader at its limit, and what does and does not relieve it: found by running it, and written to
//! `docs/bottleneck.md`. After a change that is meant: `UPDATE_GOLDENS=1 cargo test --test bottleneck`.
#![cfg(not(target_arch = "wasm32"))]

use harbor_point::replication::NodeId;
use harbor_point::simulation::{Interval, Micros, World};
use harbor_point::teaching::script::Script;
use harbor_point::teaching::timeline::Timeline;
use std::fmt::Write;

/// The stretch of the burst that is measured: once queues have formed, and before the last customer comes.
const MEASURED: (Micros, Micros) = (Micros::from_millis(500), Micros::from_secs(2));

/// The leader's processor is what everybody waits for: it pays for each message that it takes in or sends.
const LIMITED_BY_THE_LEADER: (&str, &[Case]) = (
    "cpu md-db-4 entry=40us message=40us\n\
     cpu md-db-2 entry=40us message=40us\n\
     cpu sg-db-1 entry=40us message=40us\n\
     burst 4000/s for 2s\n\
     run 2s\n",
    &[
        Case { name: "as it is", first_line: "cluster batch=1", more: "" },
        Case {
            name: "five replicas",
            first_line: "cluster batch=1 replicas=5",
            more: "cpu md-db-6 entry=40us message=40us\ncpu sg-db-2 entry=40us message=40us\n",
        },
        Case { name: "a larger batch: 16", first_line: "cluster batch=16", more: "" },
        Case { name: "a larger batch: 64", first_line: "cluster batch=64", more: "" },
        Case {
            name: "another acknowledgement set: leader-fsync",
            first_line: "cluster batch=1 ack=leader-fsync",
            more: "",
        },
        Case {
            name: "another acknowledgement set: sync-received",
            first_line: "cluster batch=1 ack=sync-received",
            more: "",
        },
        Case { name: "two shards", first_line: "cluster batch=1 shards=2", more: "" },
    ],
);

/// Nobody is busy: the leader waits for Singapore, and may have no more than so many entries under way.
const LIMITED_BY_A_COPY: (&str, &[Case]) = (
    "burst 1000/s for 2s\n\
     run 2s\n",
    &[
        Case {
            name: "Singapore in the synchronous set",
            first_line: "cluster sync=md-db-4,sg-db-1 bound=100",
            more: "",
        },
        Case { name: "five replicas", first_line: "cluster sync=md-db-4,sg-db-1 bound=100 replicas=5", more: "" },
        Case { name: "a smaller batch: 1", first_line: "cluster sync=md-db-4,sg-db-1 bound=100 batch=1", more: "" },
        Case {
            name: "another acknowledgement set: md-db-2 in place of Singapore",
            first_line: "cluster sync=md-db-4,md-db-2 bound=100",
            more: "",
        },
        Case { name: "two shards", first_line: "cluster sync=md-db-4,sg-db-1 bound=100 shards=2", more: "" },
    ],
);

struct Case {
    name: &'static str,
    first_line: &'static str,
    more: &'static str,
}

impl Case {
    /// The run, and then ten seconds more, in which everybody must be answered.
    fn play(&self, load: &str) -> Timeline {
        let text = format!("{}\n{}{load}", self.first_line, self.more);
        let script = Script::parse(&text).unwrap_or_else(|errors| panic!("{}", errors[0]));
        let (mut timeline, failure) = Timeline::play(&text, &script);
        assert!(failure.is_none(), "{}", self.name);
        timeline.run_until(timeline.world().now() + Micros::from_secs(10)).expect("it is short");
        for shard in timeline.world().shards() {
            let totals = shard.measures().totals();
            assert_eq!(totals.arrived, totals.created + totals.unavailable, "{}: nobody is forgotten", self.name);
            assert_eq!(shard.checker().violations(), 0, "{}", self.name);
        }
        timeline
    }
}

fn measured(shard: &World) -> Interval {
    shard.measures().between(MEASURED.0, MEASURED.1)
}

/// What both shards did together; what machines did, as the mean of the shards.
fn together(world: &World) -> (Interval, u64) {
    let mut shards = world.shards().map(measured);
    let mut sum = shards.next().expect("there is one");
    let span = sum.span;
    let mut count = 1;
    for shard in shards {
        sum.merge(&shard);
        count += 1;
    }
    sum.span = span;
    (sum, count)
}

fn millis(span: Option<Micros>) -> String {
    span.map_or("–".to_owned(), |span| format!("{}", span.0.div_ceil(1000)))
}

fn mean(sum: u32, count: u32) -> String {
    let tenths = (u64::from(sum) * 10).checked_div(u64::from(count)).unwrap_or(0);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn row(name: &str, world: &World) -> String {
    let (all, shards) = together(world);
    let [leader, follower, singapore] = [NodeId::MD_DB_4, NodeId::MD_DB_2, NodeId::SG_DB_1].map(|node| {
        let percent = all.share_busy(node).div_ceil(10) / shards;
        format!("{percent} %")
    });
    let own = all.nodes[0];
    let [behind, far_behind] = [1, 2].map(|node| all.nodes[node].lag_entries);
    let figures = [
        name.to_owned(),
        all.per_second(all.created).to_string(),
        all.per_second(all.unavailable).to_string(),
        millis(all.latencies.percentile(500)),
        millis(all.latencies.percentile(990)),
        leader,
        follower,
        singapore,
        own.queue.to_string(),
        mean(own.append_entries, own.appends),
        mean(own.fsync_entries, own.fsyncs),
        behind.to_string(),
        far_behind.to_string(),
    ];
    format!("| {} |\n", figures.join(" | "))
}

fn table((load, cases): (&str, &[Case])) -> String {
    let mut text = format!("```script\n{}\n{load}```\n\n", cases[0].first_line);
    text.push_str(
        "| | 201 a second | 503 a second | half answered within, ms | 99 % within, ms | md-db-4 busy | md-db-2 busy | \
         sg-db-1 busy | md-db-4's queue, at most | entries an append | entries an fsync | md-db-2 behind, entries | \
         sg-db-1 behind, entries |\n",
    );
    text.push_str(&format!("|{}\n", " --- |".repeat(13)));
    for case in cases {
        text.push_str(&row(case.name, case.play(load).world()));
    }
    text
}

fn document() -> String {
    let mut text = String::from(
        "# The leader at its limit\n\n\
         What relieves a shard depends on what it waits for. Both tables are measured in the run of a script, from 500 ms\n\
         after the burst begins to its end, with everything the same but what the first column names.\n\
         `UPDATE_GOLDENS=1 cargo test --test bottleneck` makes this file, and the tests fail when it is stale.\n\n\
         ## When it waits for the leader's processor\n\n\
         One processor gives every entry its place, sends it to every follower, takes in every acknowledgement and answers\n\
         every customer, while the followers' processors are half idle. More replicas are more messages for it. A larger\n\
         batch makes one message of many; a rule under which the leader's own disk is enough lets one disk write commit many\n\
         entries, so that there is less commit news to spread; a second shard has a processor of its own. `sync-received`\n\
         asks for an acknowledgement more.\n\n",
    );
    let _ = write!(text, "{}", table(LIMITED_BY_THE_LEADER));
    text.push_str(
        "\n## When it waits for a copy\n\n\
         No processor is busy: each commit waits for Singapore and back, and no more than 100 entries may wait. Whoever comes\n\
         then is told 503, and nothing of theirs is appended. Batches and replicas change nothing about that; another\n\
         acknowledgement set does, and a second shard may have as many entries under way again.\n\n",
    );
    let _ = write!(text, "{}", table(LIMITED_BY_A_COPY));
    text
}

#[test]
fn the_figures_are_what_the_runs_say() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/bottleneck.md");
    let document = document();
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        std::fs::write(file, document).expect("the document can be written");
        return;
    }
    let written = std::fs::read_to_string(file).unwrap_or_default();
    assert!(written == document, "docs/bottleneck.md is stale; the runs say:\n{document}");
}

/// What the document claims, held to the figures.
#[test]
fn what_relieves_the_leader_and_what_does_not() {
    let (load, cases) = LIMITED_BY_THE_LEADER;
    let figures: Vec<Interval> = cases.iter().map(|case| together(case.play(load).world()).0).collect();
    let [base, five, batch, large, fsync, received, shards] = figures.as_slice() else { panic!("seven cases") };
    assert!(base.share_busy(NodeId::MD_DB_4) >= 990, "the leader saturates");
    assert!(base.share_busy(NodeId::MD_DB_2) <= 500 && base.share_busy(NodeId::SG_DB_1) <= 500, "the followers idle");
    assert!(five.created < base.created, "five replicas do not help");
    assert!(received.created < base.created, "nor does an acknowledgement more");
    for relief in [batch, large, fsync, shards] {
        assert!(
            relief.created * 10 > base.created * 11,
            "{} is not a tenth more than {}",
            relief.created,
            base.created
        );
    }
    let (load, cases) = LIMITED_BY_A_COPY;
    let figures: Vec<Interval> = cases.iter().map(|case| together(case.play(load).world()).0).collect();
    let [base, five, batch, nearer, shards] = figures.as_slice() else { panic!("five cases") };
    assert!(base.unavailable > base.created && nearer.unavailable == 0);
    assert!(five.created.abs_diff(base.created) * 20 < base.created, "five replicas change nothing");
    assert!(batch.created.abs_diff(base.created) * 20 < base.created, "nor do batches");
    assert!(nearer.created > base.created * 2 && shards.created * 10 > base.created * 15);
}
