//! What is printed reads back as the same.

use crate::teaching::script::{ClusterLine, Names, Script, Statement, parse_cluster};

/// Lines as they are printed.
const CANONICAL: &[&str] = &[
    "reserve C14 for 5521 as r2",
    "reserve W3 for 5521 at md-db-4 as r3",
    "release C01 for 4294967295 as r9999",
    "retry r1",
    "read C14 as q2",
    "read W3 for 5521 as q9999",
    "read C14 for 5521 at sg-db-1 local as q2",
    "read C14 at md-db-4 leader as q2",
    "read C14 at md-db-4 linearizable as q2",
    "read C14 at sg-db-1 token 27:981244 as q2",
    "read C14 for 5521 at sg-db-1 token r1 as q2",
    "read C14 at sg-db-1 bounded 500ms as q2",
    "set reads=leader",
    "expect q1 stale",
    "expect not q1 read-your-writes",
    "expect q1 monotonic-reads",
    "crash md-db-4",
    "restart md-db-2",
    "lose-disk md-db-2",
    "promote md-db-2",
    "promote sg-db-1 force",
    "demote md-db-4",
    "partition md-db-4",
    "partition md-db-4 sg-db-1",
    "cut md-db-4 md-db-2",
    "cut md-db-4 > md-db-2",
    "cut gateway md-db-4",
    "cut control sg-db-1",
    "heal",
    "heal md-db-4 md-db-2",
    "drop append md-db-4 > md-db-2",
    "drop answer gateway > customers",
    "drop order control > md-db-2 number=2",
    "delay ack md-db-2 > md-db-4 by 100ms",
    "delay request customers > gateway number=3 by 1s",
    "duplicate heartbeat md-db-4 > sg-db-1",
    "duplicate append md-db-4 > sg-db-1 number=9999",
    "link md-db-4 sg-db-1 latency=110ms jitter=0ms loss=0%",
    "link md-db-4 md-db-2 latency=1.25ms",
    "link md-db-4 md-db-2 jitter=7us",
    "link md-db-4 md-db-2 loss=99.9%",
    "link md-db-4 md-db-2 duplicate=0.5% reorder=5% bandwidth=64kB/s",
    "link md-db-4 md-db-2 bandwidth=2MB/s",
    "link md-db-4 md-db-2 bandwidth=unlimited",
    "disk md-db-2 fsync=2ms",
    "cpu md-db-4 entry=50us message=20us",
    "burst 200/s for 2s",
    "set bound=200",
    "set batch=1",
    "set retain=0",
    "set window=8",
    "set chunk=8",
    "expect sg-db-1 needs snapshot",
    "expect sg-db-1 lag 2.5ms",
    "expect not sg-db-1 meets objective",
    "objective sg-db-1 lag=2s",
    "objective md-db-2 lag=off",
    "set throttle=500ms",
    "set throttle=off",
    "set ack=leader-memory",
    "set sync=md-db-4,md-db-2",
    "set timeout=2s",
    "set terms=off",
    "set failover=auto",
    "set gateway-token=on",
    "run 50ms",
    "run until r1 201",
    "run until r1 409 within 1s",
    "step",
    "step 12",
    "expect r1 pending",
    "expect not r1 in-doubt",
    "expect r1 kept",
    "expect r1 lost",
    "expect r1 503",
    "expect leader md-db-4",
    "expect no leader",
    "expect not no violation",
    "expect term 27",
    "expect md-db-2 durable 981244",
    "expect committed 981244",
    "expect sg-db-1 lag 3",
    "expect md-db-2 promotable",
    "expect md-db-2 role follower",
    "expect md-db-4 busy 99.5%",
    "expect arrived 400",
    "expect answered 400",
    "expect refused 1",
    "run until throughput 900",
    "expect not p50 20ms",
    "run until p99 50ms within 2s",
    "expect violation no-double-booking",
];

fn names() -> Names {
    let mut names = Names::default();
    names.add(crate::replication::RequestId(1));
    names.learn(&Statement::parse("read C14 as q1", &names).unwrap());
    names
}

#[test]
fn a_canonical_line_is_printed_as_it_was_written() {
    for &line in CANONICAL {
        let statement = Statement::parse(line, &names()).unwrap_or_else(|error| panic!("{line}: {error}"));
        assert_eq!(statement.to_string(), line);
    }
}

#[test]
fn other_ways_to_write_a_line_are_printed_in_the_canonical_one() {
    for (line, expected) in [
        ("reserve C14 for 05521 # hurry", "reserve C14 for 5521 as r2"),
        ("partition md-db-4 | sg-db-1 md-db-2", "partition md-db-4"),
        ("set sync = md-db-2 , md-db-4", "set sync=md-db-4,md-db-2"),
        ("drop append md-db-4>md-db-2 number = 1", "drop append md-db-4 > md-db-2"),
        ("link md-db-4 md-db-2 bandwidth=2000kB/s reorder=5.0%", "link md-db-4 md-db-2 reorder=5% bandwidth=2MB/s"),
        ("link md-db-4 md-db-2 loss=1.0% latency=1000us", "link md-db-4 md-db-2 latency=1ms loss=1%"),
        ("cpu md-db-2 message=20us", "cpu md-db-2 entry=0ms message=20us"),
        ("read C14", "read C14 as q2"),
        ("run 2min", "run 120s"),
        ("step 1", "step"),
    ] {
        assert_eq!(Statement::parse(line, &names()).map(|statement| statement.to_string()).as_deref(), Ok(expected));
    }
}

#[test]
fn a_cluster_line_names_what_is_not_the_default() {
    for (line, expected) in [
        ("cluster", "cluster"),
        ("cluster seed=1 ack=sync-quorum sync=md-db-2,md-db-4 timeout=2000ms replicas=3 terms=on", "cluster"),
        ("cluster seed=2 ack=leader-fsync", "cluster ack=leader-fsync seed=2"),
        ("cluster failover=auto lease=on terms=off", "cluster terms=off lease=on failover=auto"),
        ("cluster chunk=8 retain=4 window=4096", "cluster retain=4 chunk=8"),
        ("cluster replicas=5 batch=1 bound=0200", "cluster bound=200 batch=1 replicas=5"),
        ("cluster batch=2 throttle=1s", "cluster throttle=1s batch=2"),
        ("cluster throttle=off", "cluster"),
        ("cluster sync=md-db-6,md-db-4 replicas=5", "cluster sync=md-db-4,md-db-6 replicas=5"),
        ("cluster seed=2 shards=2", "cluster shards=2 seed=2"),
        ("cluster sync=md-db-2,sg-db-1 timeout=1s", "cluster sync=md-db-2,sg-db-1 timeout=1s"),
        ("cluster pipeline=off seed=2", "cluster pipeline=off seed=2"),
        ("cluster reads=token seed=2", "cluster reads=token seed=2"),
    ] {
        let config = parse_cluster(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        assert_eq!(ClusterLine(&config).to_string(), expected);
        assert_eq!(parse_cluster(expected), Ok(config));
    }
}

#[test]
fn a_script_is_printed_without_what_says_nothing() {
    let text = "# a story\ncluster seed=7\n\nreserve C14 for 5521\nrun until r1 201 # soon\n";
    let printed = "cluster seed=7\nreserve C14 for 5521 as r1\nrun until r1 201\n";
    assert_eq!(Script::parse(text).unwrap().to_string(), printed);
    assert_eq!(Script::parse(printed).unwrap().to_string(), printed);
    assert_eq!(Script::parse("cluster\nheal").unwrap().to_string(), "heal\n");
}

#[cfg(not(target_arch = "wasm32"))]
mod generated {
    use super::super::generate;
    use crate::teaching::script::{Condition, Names, Script, Statement, complete, parse_cluster};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_printed_reads_back(script in generate::script()) {
            let read = Script::parse(&script.to_string()).expect("what is printed is a script");
            prop_assert_eq!(read.cluster, script.cluster);
            let statements = |script: &Script| script.lines.iter().map(|line| line.statement).collect::<Vec<_>>();
            prop_assert_eq!(statements(&read), statements(&script));
        }

        #[test]
        fn any_text_is_a_script_or_has_its_mistakes_in_order(text in generate::text()) {
            match Script::parse(&text) {
                Ok(script) => {
                    let printed = script.to_string();
                    let read = Script::parse(&printed).map(|script| script.to_string());
                    prop_assert_eq!(read.as_deref(), Ok(printed.as_str()));
                }
                Err(errors) => {
                    prop_assert!(!errors.is_empty() && errors.len() <= Script::MOST_ERRORS);
                    prop_assert!(errors.is_sorted_by_key(|error| (error.line, error.column)));
                    for error in &errors {
                        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
                        let line = text.split('\n').nth(error.line as usize - 1).expect("the line exists");
                        prop_assert!((1..=line.chars().count() + 1).contains(&(error.column as usize)));
                        prop_assert!(!error.expected.is_empty(), "{}", error);
                    }
                }
            }
        }

        #[test]
        fn any_line_can_be_read_and_completed(text in generate::text()) {
            let names = Names::default();
            let _ = (Statement::parse(&text, &names), Condition::parse(&text, &names), parse_cluster(&text));
            for word in complete(&text, &names) {
                prop_assert!(!word.is_empty());
            }
        }
    }
}
