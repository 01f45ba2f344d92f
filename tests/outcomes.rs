//! What a customer was told, and what survives, for every commit rule and every moment at which the leader can crash:
//! found by running it, and written to `docs/outcomes.md`. After a change that is meant:
//! `UPDATE_GOLDENS=1 cargo test --test outcomes`.
#![cfg(not(target_arch = "wasm32"))]

use harbor_point::replication::{CommitRule, NodeId};
use harbor_point::simulation::{ClusterConfig, Outcome, Standing};
use harbor_point::teaching::script::{Names, Statement};
use harbor_point::teaching::timeline::Timeline;
use std::fmt::Write;

/// The moments at which md-db-4 crashes, as the script finds them.
const CRASHES: [(&str, &str); 6] = [
    ("before its own fsync", "md-db-4 appended 981244"),
    ("once md-db-2 has it in memory", "md-db-2 appended 981244"),
    ("once its own disk has it", "md-db-4 durable 981244"),
    ("once md-db-2's disk has it", "md-db-2 durable 981244"),
    ("once it is committed", "committed 981244"),
    ("once the customer has heard", "r1 201"),
];

fn run(timeline: &mut Timeline, lines: &[&str]) {
    let mut names = Names::new(&ClusterConfig::default());
    for line in lines {
        let statement = Statement::parse(line, &names).unwrap_or_else(|error| panic!("{line}: {error}"));
        names.learn(&statement);
        names.add(harbor_point::replication::RequestId(1));
        timeline.execute(&statement).unwrap_or_else(|failure| panic!("{line}: {failure:?}"));
    }
}

/// The run up to the crash, under one rule. What is on its way from md-db-4 dies with it.
fn crashed(rule: CommitRule, moment: &str) -> Timeline {
    let mut timeline = Timeline::new(ClusterConfig { ack: rule, ..ClusterConfig::default() });
    run(&mut timeline, &["reserve C14 for 5521 as r1", &format!("run until {moment}"), "crash md-db-4"]);
    run(&mut timeline, &["partition md-db-4", "heal"]);
    timeline
}

/// What the customer has been told in the end.
fn told(rule: CommitRule, moment: &str) -> &'static str {
    let mut timeline = crashed(rule, moment);
    run(&mut timeline, &["run 3s"]);
    let tickets = timeline.world().gateway().tickets();
    match tickets.first().expect("there is one request").outcome {
        Outcome::Answered { .. } => "201",
        Outcome::InDoubt => "nothing",
        Outcome::Pending => unreachable!("the customer's patience is over"),
    }
}

/// What has become of C14 once a node leads that was asked, or forced if asking was not enough. A promotion that looked
/// safe can still be refused on the reports: an entry that was on its way has arrived meanwhile.
fn under(rule: CommitRule, moment: &str, node: NodeId) -> String {
    let mut timeline = crashed(rule, moment);
    run(&mut timeline, &[&format!("promote {node}"), "run 1s"]);
    let safe = timeline.world().leader().is_some();
    if !safe {
        run(&mut timeline, &[&format!("promote {node} force")]);
    }
    run(&mut timeline, &[&format!("run until leader {node} within 2s"), "run 3s"]);
    let world = timeline.world();
    let promise = world.promises().all().next();
    let entry =
        world.machine(node).log().entries().iter().any(|entry| entry.command.request().is_some_and(|id| id.0 == 1));
    let fate = match promise.map(|promise| promise.standing) {
        Some(Standing::Kept) => "kept",
        Some(Standing::Lost) => "**lost**",
        Some(Standing::InDoubt) => "in doubt",
        None if entry => "there, though nobody was told",
        None => "not there, and nobody was told",
    };
    format!("{}: {fate}", if safe { "safe" } else { "by force" })
}

fn table() -> String {
    let mut text = String::from(
        "# What survives the leader's crash\n\n\
         Customer 5521 reserves C14 at md-db-4, which crashes at one of six moments, and whatever is on its way from it to\n\
         the other nodes is lost with it. Then another node leads, because it is provably safe or, where it is not, by\n\
         force. Every cell is the outcome of a run: `UPDATE_GOLDENS=1 cargo test\n\
         --test outcomes` makes this file, and the tests fail when it is stale. Moments are in the order in which they come\n\
         about under the default latencies: 1 ms to md-db-2, 110 ms to sg-db-1, 2 ms for an fsync.\n",
    );
    for rule in CommitRule::ALL {
        let _ = write!(
            text,
            "\n## {rule}\n\n| md-db-4 crashes | the customer hears | md-db-2 leads | sg-db-1 leads |\n| --- | --- | --- | --- |\n"
        );
        for (name, moment) in CRASHES {
            let [east, far] = [NodeId::MD_DB_2, NodeId::SG_DB_1].map(|node| under(rule, moment, node));
            let _ = writeln!(text, "| {name} | {} | {east} | {far} |", told(rule, moment));
        }
    }
    text
}

#[test]
fn the_table_of_outcomes_is_what_the_runs_say() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/outcomes.md");
    let table = table();
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        std::fs::write(file, table).expect("the table can be written");
        return;
    }
    let written = std::fs::read_to_string(file).unwrap_or_default();
    assert!(written == table, "docs/outcomes.md is stale; the runs say:\n{table}");
}

/// Whatever the rule, a promotion that is judged safe keeps every promise.
#[test]
fn no_safe_promotion_loses_a_promise() {
    let table = table();
    assert!(table.contains("by force: **lost**"), "some forced promotions lose one");
    assert!(!table.contains("safe: **lost**"), "{table}");
}
