//! One request, asked more than once: whatever fails in between, it is carried out once, and the answer is the same.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use harbor_point::replication::RequestId;
use harbor_point::teaching::timeline::Timeline;
use support::play;

/// Every answer that the customer heard to r1, in order.
fn heard(timeline: &Timeline) -> Vec<String> {
    let lines = timeline.records().into_iter().map(|logged| logged.record.event.to_string());
    lines.filter_map(|line| Some(line.strip_prefix("heard for r1: ")?.to_owned())).collect()
}

/// How many entries of the leader's log carry r1 out.
fn entries(timeline: &Timeline) -> usize {
    let leader = timeline.world().leader().expect("somebody leads");
    let is_first = |entry: &&harbor_point::replication::Entry| entry.command.request() == Some(RequestId(1));
    leader.log().entries().iter().filter(is_first).count()
}

const TOKEN: &str = "201 Created, token 27:981244";

#[test]
fn a_retry_before_during_and_after_the_commit_gets_the_same_answer() {
    for moment in
        ["run 1ms", "run until md-db-4 appended 981244", "run until committed 981244", "run until r1 201", "run 5s"]
    {
        let timeline = play(&format!("reserve C14 for 5521 as r1\n{moment}\nretry r1\nrun 1s\nexpect r1 kept"));
        let heard = heard(&timeline);
        assert!(!heard.is_empty() && heard.iter().all(|answer| answer == TOKEN), "{moment}: {heard:?}");
        assert_eq!(entries(&timeline), 1, "{moment}");
    }
}

/// The leader dies at any moment; the customer asks again, the new leader alone or the dead one first.
#[test]
fn a_retry_across_a_failover_gets_the_same_answer() {
    for moment in ["md-db-2 appended 981244", "md-db-2 durable 981244", "committed 981244", "r1 201"] {
        for before in ["retry r1\n", ""] {
            let timeline = play(&format!(
                "set sync=md-db-4,md-db-2\nreserve C14 for 5521 as r1\nrun until {moment}\ncrash md-db-4\nrun 20ms\n\
                 set ack=majority\n{before}promote md-db-2\nrun until leader md-db-2 within 2s\nretry r1\nrun 3s\n\
                 expect r1 201\nexpect r1 kept\nexpect no violation",
            ));
            let heard = heard(&timeline);
            assert!(!heard.is_empty() && heard.iter().all(|answer| answer.starts_with(TOKEN)), "{moment}: {heard:?}");
            assert_eq!(entries(&timeline), 1, "{moment}");
        }
    }
}

/// What was rolled back was never carried out: the retry is judged afresh, and gets another place in the log.
#[test]
fn a_retry_of_what_was_rolled_back_is_judged_afresh() {
    let timeline = play(
        "cluster ack=leader-fsync\ncut md-db-4 md-db-2\ncut md-db-4 sg-db-1\nreserve C14 for 5521 as r1\n\
         run until r1 201\ncrash md-db-4\nset ack=majority\npromote md-db-2 force\nrun until leader md-db-2\n\
         run 500ms\nexpect r1 lost\nretry r1\nrun 3s\nexpect r1 kept",
    );
    assert_eq!(heard(&timeline), [TOKEN, "201 Created, token 28:981245"]);
    assert_eq!(entries(&timeline), 1);
}

#[test]
fn only_its_holder_gives_a_cabin_back_and_then_another_gets_it() {
    let timeline = play(
        "reserve C14 for 5521 as r1\nrun until r1 201\nrelease C14 for 7 as r2\nrun until r2 409\n\
         reserve C14 for 7 as r3\nrun until r3 409\nrelease C14 for 5521 as r4\nrun until r4 201\n\
         reserve C14 for 7 as r5\nrun until r5 201\nretry r1\nrun 50ms\nexpect r1 201\nretry r4\nrun 50ms\nexpect r4 201\n\
         retry r3\nrun 50ms\nexpect r3 409\nexpect no violation",
    );
    assert_eq!(heard(&timeline), [TOKEN, TOKEN], "the first booking was carried out, whatever came after it");
}

/// Whoever was refused may ask again, waits for an answer again, and may be luckier.
#[test]
fn a_retry_of_what_was_refused_is_judged_afresh() {
    let timeline = play(
        "cluster bound=1\nreserve C13 for 1 as r2\nreserve C14 for 2 as r1\nrun until r1 503\nretry r1\nexpect r1 pending\n\
         run until r1 201 within 1s\nexpect r1 kept",
    );
    assert_eq!(heard(&timeline), ["503 Service Unavailable, nothing appended", "201 Created, token 27:981245"]);
}

/// Asked again while there is no leader, it waits for the next one as a first request does.
#[test]
fn a_retry_of_what_was_refused_waits_for_the_next_leader() {
    play(
        "cluster bound=1 ack=majority\nreserve C13 for 1 as r2\nreserve C14 for 2 as r1\nrun until r1 503\ndemote md-db-4\n\
         run 5ms\nretry r1\nrun 20ms\npromote md-db-2\nrun until r1 201 within 2s\nexpect r1 kept",
    );
}

/// Rounds are counted from half an hour ago on: a leader that has led for longer confirms its reads and holds its lease.
#[test]
fn a_leader_of_more_than_half_an_hour_still_confirms() {
    let timeline = play(
        "cluster lease=on\nrun 2400s\nread C14 at md-db-4 linearizable as q1\nrun 20ms\nexpect q1 free\n\
         reserve C14 for 5521 as r1\nrun 30ms\nexpect r1 201\ncut md-db-4 md-db-2\ncut md-db-4 sg-db-1\nrun 1s\n\
         reserve C13 for 5521 as r2\nread C14 at md-db-4 linearizable as q2\nrun 1s\nexpect r2 pending\nexpect not q2 taken",
    );
    assert_eq!(heard(&timeline), [TOKEN]);
}
