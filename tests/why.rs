//! Every "why" has an answer, with the positions that decide it and the events that led there.
#![cfg(not(target_arch = "wasm32"))]

use harbor_point::teaching::script::Script;
use harbor_point::teaching::stories;
use harbor_point::teaching::timeline::Timeline;
use harbor_point::teaching::why::{Question, explain};

fn played(script: &str) -> Timeline {
    let parsed = Script::parse(script).expect("the script is right");
    let (timeline, failure) = Timeline::play(script, &parsed);
    assert!(failure.is_none(), "{}", failure.expect("it is there"));
    timeline
}

/// The finding's sentence, and the transcript lines that led there without their times.
fn why(timeline: &Timeline, question: &str) -> (String, Vec<String>) {
    let question = Question::parse(question, 3).expect("the question is right");
    let explanation = explain(timeline, question).expect("it has come about");
    let events = explanation.chain.iter().map(|logged| logged.record.event.to_string());
    (explanation.finding.to_string(), events.collect())
}

fn story(name: &str) -> Timeline {
    let story = stories::ALL.iter().find(|story| story.name == name).expect("there is such a story");
    story.play().0
}

#[track_caller]
fn in_this_order(chain: &[String], expected: &[&str]) {
    let mut rest = chain.iter();
    for wanted in expected {
        assert!(rest.any(|line| line.contains(wanted)), "no \"{wanted}\" at its place in {chain:#?}");
    }
}

#[test]
fn a_write_waits_for_named_copies() {
    let timeline = played("cut md-db-4 md-db-2\nreserve C14 for 5521 as r1\nrun 100ms");
    let expected = "981244 is not committed: sync-quorum waits for word from md-db-2 that it is on disk.";
    let (finding, chain) = why(&timeline, "r1");
    assert_eq!(finding, expected);
    in_this_order(&chain, &["cut md-db-4 md-db-2", "request r1", "appended 27:981244", "lost from md-db-4 to md-db-2"]);
    assert_eq!(why(&timeline, "27:981244").0, expected);
}

#[test]
fn a_committed_entry_names_the_leader_that_committed_it() {
    let timeline = played("reserve C14 for 5521 as r1\nrun 50ms");
    assert_eq!(
        why(&timeline, "27:981244").0,
        "md-db-4 leads, holds 27:981244, and has committed everything through 981244."
    );
    assert_eq!(why(&timeline, "r1").0, "md-db-4, the leader of term 27, holds 27:981244.");
}

#[test]
fn a_lost_promise_has_a_history() {
    let timeline = story("forced");
    let (finding, chain) = why(&timeline, "r1");
    assert_eq!(finding, "md-db-4 promised 27:981244, but sg-db-1, the leader of term 28, does not hold it.");
    in_this_order(
        &chain,
        &[
            "cut md-db-4 sg-db-1",
            "request r1",
            "commit index 981244 under sync-quorum",
            "answered r1: 201 Created",
            "crash md-db-4",
            "promote sg-db-1 force",
            "lets sg-db-1 lead term 28, by force",
            "leads",
            "promise r1 at 27:981244 is lost",
            "rolled back 27:981244",
        ],
    );
    assert!(!chain.iter().any(|line| line.contains("heartbeat")), "only what decides it: {chain:#?}");
}

#[test]
fn a_rolled_back_entry_says_what_stands_in_its_place() {
    assert_eq!(
        why(&story("forced"), "27:981244").0,
        "27:981244 was rolled back on md-db-4 and md-db-2: sg-db-1 leads, and its history has 28:981244 there."
    );
}

#[test]
fn an_entry_that_the_leader_does_not_hold_will_give_way() {
    let timeline = played(
        "cluster ack=leader-fsync\npartition md-db-4\nreserve C14 for 5521 as r1\nrun 50ms\n\
         promote md-db-2 force\nrun 600ms",
    );
    assert_eq!(
        why(&timeline, "27:981244").0,
        "27:981244 is on md-db-4 alone: md-db-2 leads, and its history has 28:981244 there."
    );
}

#[test]
fn a_request_says_why_it_was_refused_or_is_in_doubt() {
    let taken = played("reserve C14 for 5521\nrun 50ms\nreserve C14 for 5530 as r2\nrun 50ms");
    assert_eq!(why(&taken, "r2").0, "C14 is held by 5521; nothing was appended.");
    in_this_order(&why(&taken, "r2").1, &["request r2", "cannot reserve C14 for 5530", "answered r2: 409"]);

    let doubtful = played("cut md-db-4 md-db-2\nreserve C14 for 5521 as r1\nrun 3s");
    assert_eq!(
        why(&doubtful, "r1").0,
        "No answer came in time; its entry 27:981244 is on md-db-4 and sg-db-1. \
         981244 is not committed: sync-quorum waits for word from md-db-2 that it is on disk."
    );
    let dead = played("crash md-db-4\nreserve C14 for 5521 as r1\nrun 3s");
    assert_eq!(why(&dead, "r1").0, "No answer came in time, and its entry is on no node.");
    let refused = played("reserve C14 for 5521 at md-db-2 as r1\nrun 3s");
    assert_eq!(why(&refused, "r1").0, "md-db-2: refused, this node does not lead; nothing appended.");
}

#[test]
fn a_request_that_no_node_takes_says_which_one_it_waits_for() {
    for (obstacle, told) in [
        ("crash md-db-4", "md-db-4 is down"),
        ("cut gateway md-db-4", "md-db-4 cannot be reached"),
        ("pause md-db-4", "md-db-4 is paused"),
        ("set lease=on\npartition md-db-4\nrun 1s", "md-db-4 has no lease"),
    ] {
        let timeline = played(&format!("{obstacle}\nreserve C14 for 5521 as r9\nrun 100ms"));
        let (finding, _) = why(&timeline, "r9");
        assert!(finding.contains(told), "after {obstacle}: {finding}");
    }
}

#[test]
fn a_committed_entry_without_an_answer_says_what_keeps_it() {
    let timeline = played("cluster ack=sync-applied\nreserve C14 for 5521 as r1\nrun until committed 981244");
    let expected = "Its entry 27:981244 is committed, and no answer has come: \
                    md-db-4 waits for word from md-db-2 that it is applied.";
    assert_eq!(why(&timeline, "r1").0, expected);
}

#[test]
fn a_lost_disk_counts_for_nothing() {
    let lost =
        "cut md-db-4 md-db-2\nreserve C14 for 5521 as r1\nrun 100ms\nlose-disk md-db-2\nrestart md-db-2\nrun 100ms";
    let timeline = played(lost);
    assert!(why(&timeline, "md-db-2 promotable").0.starts_with("md-db-2 has lost its disk"));
    let gone = played(
        "cluster ack=leader-memory\npartition md-db-4\nreserve C14 for 5521 as r1\nrun until r1 201\nlose-disk md-db-4",
    );
    assert_eq!(why(&gone, "27:981244").0, "No node holds 27:981244 any more.");
}

#[test]
fn a_promise_is_in_doubt_while_the_leader_that_made_it_is_down() {
    let timeline = played("reserve C14 for 5521 as r1\nrun until r1 201\ncrash md-db-4");
    assert_eq!(
        why(&timeline, "r1").0,
        "md-db-4, the leader of term 27, went down; a copy of 27:981244 is on md-db-4 and md-db-2."
    );
    assert_eq!(
        why(&timeline, "27:981244").0.split(';').next(),
        Some("Nobody leads who could count the copies of 27:981244")
    );
}

#[test]
fn an_entry_of_an_older_term_waits_for_one_of_this_term() {
    let timeline = played(
        "cluster ack=leader-fsync\nreserve C14 for 5521 as r1\nrun 50ms\ncrash md-db-4\nrestart md-db-4\n\
         promote md-db-4\nrun until md-db-4 role leader",
    );
    assert_eq!(
        why(&timeline, "27:981244").0,
        "981244 has its copies, but is of an older term: it commits with the first of this term."
    );
}

#[test]
fn a_request_is_told_of_its_own_entry_not_of_the_leaders_next() {
    let timeline = played("cut md-db-4 md-db-2\nreserve C14 for 5521 as r1\nreserve C07 for 5530 as r2\nrun 100ms");
    assert!(why(&timeline, "r1").0.starts_with("981244 is not committed"));
    assert!(why(&timeline, "r2").0.starts_with("981245 is not committed"));
    let divergent = played(
        "partition md-db-4\nreserve C14 for 5521 as r1\nrun 50ms\npromote md-db-2\nrun until leader md-db-2\nrun 600ms",
    );
    assert_eq!(
        why(&divergent, "r1").0,
        "27:981244 is on md-db-4 alone: md-db-2 leads, and its history has 28:981244 there."
    );
}

#[test]
fn a_promotion_and_a_step_down_have_reasons() {
    let timeline = story("slept");
    let (finding, chain) = why(&timeline, "md-db-4 stepped-down");
    assert!(finding.starts_with("md-db-4 leads no more: term 28 is newer than 27"), "{finding}");
    in_this_order(&chain, &["pause md-db-4", "lets md-db-2 lead term 28", "leads", "steps down"]);

    let timeline = played(
        "cut md-db-4 sg-db-1\ncut md-db-2 sg-db-1\nreserve C14 for 5521\nrun 50ms\ncrash md-db-4\npromote sg-db-1",
    );
    let (finding, chain) = why(&timeline, "sg-db-1 promotable");
    assert_eq!(finding, "Not provably safe: a booking that was answered 201 could be lost.");
    in_this_order(&chain, &["cut md-db-4 sg-db-1", "crash md-db-4", "refuses to promote sg-db-1"]);
}

#[test]
fn a_read_was_stale_or_refused_or_waits_for_reasons() {
    let booked = "link md-db-4 sg-db-1 latency=250ms\nreserve C14 for 5521 as r1\nrun until r1 201\n";
    let timeline = played(&format!("{booked}read C14 for 5521 at sg-db-1 local as q1\nrun until q1 stale"));
    let (finding, chain) = why(&timeline, "q1");
    let expected = "q1 is stale: sg-db-1 has applied 27:981243, and 27:981244 was committed when it was asked; \
                    the customer's own r1 at 27:981244 is not in it.";
    assert_eq!(finding, expected);
    let led_there = ["appended 27:981244", "commit index 981244", "read C14", "answered q1: C14 is free"];
    in_this_order(&chain, &led_there);

    let waits = format!("{booked}read C14 at sg-db-1 token r1 as q1\nrun 150ms");
    let (finding, _) = why(&played(&waits), "q1");
    assert_eq!(finding, "sg-db-1 waits for 981244, applied so far 981243.");

    let timeline = played("partition md-db-4\nread C14 at md-db-4 linearizable as q1\nrun until q1 refused");
    let (finding, chain) = why(&timeline, "q1");
    let expected = "md-db-4: no answer in time; it still waits until the copies confirm that this node leads.";
    assert_eq!(finding, expected);
    in_this_order(&chain, &["partition md-db-4", "q1 waits until", "heard for q1: refused"]);

    let (finding, _) = why(&played("read C14 at md-db-2 leader as q1\nrun until q1 refused"), "q1");
    assert_eq!(finding, "md-db-2: not the leader.");
}

#[test]
fn what_has_not_come_about_has_no_answer() {
    let timeline = played("run 1ms");
    for question in ["r1", "q1", "27:981244", "md-db-4 stepped-down", "sg-db-1 snapshot"] {
        let question = Question::parse(question, 3).expect("the question is right");
        assert_eq!(explain(&timeline, question), None);
        assert_eq!(Question::parse(&question.to_string(), 3), Ok(question));
    }
}

#[test]
fn a_wrong_question_says_what_was_expected() {
    for (text, expected) in [
        (
            "",
            "expected a request (r1), a read (q1), an entry (27:981244), or a node with \"promotable\", \"stepped-down\" or \"snapshot\"",
        ),
        ("rx", "expected a request, such as r1"),
        ("27:", "expected a term and an index, such as 27:981244"),
        ("md-db-9 promotable", "expected the name of a node"),
    ] {
        assert_eq!(Question::parse(text, 3), Err(expected), "{text}");
    }
}

#[test]
fn a_follower_that_needs_a_snapshot_lacks_what_the_leader_has_compacted() {
    let played = played(
        "cluster retain=1 chunk=4\npartition sg-db-1\nreserve C07 for 5521\nreserve C10 for 5522\n\
         reserve C13 for 5523\nrun 100ms\nheal\nrun until sg-db-1 needs snapshot within 1s\nrun 300ms",
    );
    let (finding, chain) = why(&played, "sg-db-1 snapshot");
    assert_eq!(finding, "sg-db-1 lacks 981244, and the log of md-db-4 begins after 27:981245: it has 4 of 6 chunks.");
    in_this_order(&chain, &["partition sg-db-1", "compacted its log through 981245", "sg-db-1 needs a snapshot"]);
    let question = Question::parse("md-db-2 snapshot", 3).expect("the question is right");
    assert_eq!(explain(&played, question), None, "it needs none");
}
