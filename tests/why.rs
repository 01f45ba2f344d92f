//! Every "why" has an answer, with the positions that decide it and the events that led there.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use harbor_point::teaching::frame::Frame;
use harbor_point::teaching::stories;
use harbor_point::teaching::timeline::Timeline;
use harbor_point::teaching::why::{Question, explain};
use support::play;

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
    let timeline = play("cut md-db-4 md-db-2\nreserve C14 for 5521 as r1\nrun 100ms");
    let expected = "981244 is not committed: sync-quorum waits for word from md-db-2 that it is on disk.";
    let (finding, chain) = why(&timeline, "r1");
    assert_eq!(finding, expected);
    in_this_order(&chain, &["cut md-db-4 md-db-2", "request r1", "appended 27:981244", "lost from md-db-4 to md-db-2"]);
    assert_eq!(why(&timeline, "27:981244").0, expected);
}

#[test]
fn a_committed_entry_names_the_leader_that_committed_it() {
    let timeline = play("reserve C14 for 5521 as r1\nrun 50ms");
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
    let timeline = play(
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
    let taken = play("reserve C14 for 5521\nrun 50ms\nreserve C14 for 5530 as r2\nrun 50ms");
    assert_eq!(why(&taken, "r2").0, "C14 is held by 5521; nothing was appended.");
    in_this_order(&why(&taken, "r2").1, &["request r2", "cannot reserve C14 for 5530", "answered r2: 409"]);

    let doubtful = play("cut md-db-4 md-db-2\nreserve C14 for 5521 as r1\nrun 3s");
    let expected = "No answer came in time; its entry 27:981244 is on md-db-4 and sg-db-1. \
                    981244 is not committed: sync-quorum waits for word from md-db-2 that it is on disk.";
    assert_eq!(why(&doubtful, "r1").0, expected);
    let dead = play("crash md-db-4\nreserve C14 for 5521 as r1\nrun 3s");
    assert_eq!(why(&dead, "r1").0, "No answer came in time, and its entry is on no node.");
    let gone = play("partition md-db-4\nreserve C14 for 5521 as r1\nrun 50ms\npromote md-db-2\nrun 2s\nheal\nrun 1s");
    let expected = "No answer came in time, and its entry is on no node. \
                    27:981244 was rolled back on md-db-4: md-db-2 leads, and its history has 28:981244 there.";
    assert_eq!(why(&gone, "r1").0, expected);
}

/// Whatever keeps a request from being taken or answered is named, with the node that it is up to.
#[test]
fn a_write_that_waits_or_is_refused_says_who_keeps_it() {
    let asked = "reserve C14 for 5521 as r1\n";
    for (script, expected) in [
        ("crash md-db-4\nASKED run 1s", "No node has appended it yet: md-db-4 is down."),
        ("pause md-db-4\nASKED run 1s", "No node has appended it yet: md-db-4 is paused."),
        ("cut gateway md-db-4\nASKED run 1s", "No node has appended it yet: md-db-4 cannot be reached."),
        ("demote md-db-4\nrun 5ms\nASKED run 1s", "No node has appended it yet: md-db-4 does not lead."),
        ("ASKED run 5ms", "It is on its way; no node has appended it yet."),
        (
            "crash md-db-4\nASKED run 20ms\npromote md-db-2\nrun until leader md-db-2\nrun 10ms",
            "It was lost on its way, or the answer to it; the customer waits until the time is up.",
        ),
        (
            "disk md-db-2 fsync=400ms\nreserve C16 for 1 as r2\nrun 10ms\npromote md-db-2\nASKED run 100ms",
            "No node has appended it yet: md-db-4 hands over to md-db-2.",
        ),
        (
            "cluster ack=leader-fsync throttle=100ms\ndisk md-db-2 fsync=400ms\nreserve C16 for 1 as r2\nrun 300ms\nASKED run 20ms",
            "No node has appended it yet: md-db-4 holds requests back until md-db-2 has caught up.",
        ),
        (
            "cluster lease=on\npartition md-db-4\nrun 1s\nASKED run 1s",
            "No node has appended it yet: md-db-4 has no lease.",
        ),
        (
            "cluster lease=on\npromote md-db-2\nrun until leader md-db-2\nASKED run 100ms",
            "Its entry 28:981245 is committed, and no answer has come: md-db-2 has no lease.",
        ),
        (
            "cluster ack=sync-applied\nASKED run until committed 981244\ncut md-db-4 md-db-2\nrun 100ms",
            "Its entry 27:981244 is committed, and no answer has come: md-db-4 waits for word from md-db-2 that it is applied.",
        ),
        (
            "lose-disk md-db-2\nlose-disk sg-db-1\nrestart md-db-2\nASKED run 1s",
            "981244 is not committed: sync-quorum waits for word from md-db-2 that it is on disk. \
             What was on md-db-2 is lost: no copy there counts before a leader has caught it up.",
        ),
        (
            "ASKED run until r1 201\nreserve C16 for 1 at md-db-2 as r2\nrun 3s",
            "md-db-4, the leader of term 27, holds 27:981244.",
        ),
    ] {
        let timeline = play(&script.replace("ASKED ", asked));
        assert_eq!(why(&timeline, "r1").0, expected, "{script}");
    }
    for (script, expected) in [
        (
            "reserve C14 for 5521 at md-db-2 as r1\nrun 3s",
            "md-db-2: refused, this node does not lead; nothing appended.",
        ),
        (
            "cluster bound=1\nreserve C16 for 1 as r2\nreserve C14 for 5521 as r1\nrun 20ms",
            "md-db-4: refused, 1 entries wait to be committed; nothing appended.",
        ),
        (
            "cluster lease=on\npartition md-db-4\nrun 1s\nreserve C14 for 5521 as r1\nrun 3s",
            "md-db-4: refused, this leader has no lease; nothing appended.",
        ),
    ] {
        assert_eq!(why(&play(script), "r1").0, expected, "{script}");
    }
}

/// What the gateway kept from the customer is part of the story.
#[test]
fn an_answer_that_was_fenced_off_is_in_the_chain() {
    let timeline = play(
        "cluster ack=leader-fsync gateway-token=on\npartition md-db-4\npromote md-db-2 force\n\
         run until leader md-db-2 within 1s\nrun 10ms\nreserve C14 for 5521 at md-db-4 as r1\nrun 3s",
    );
    let (finding, chain) = why(&timeline, "r1");
    assert!(finding.starts_with("No answer came in time; its entry 27:981244 is on md-db-4."), "{finding}");
    let refusal = "refuses what md-db-4 says of r1 (201 Created, token 27:981244): term 27 is older than 28";
    in_this_order(&chain, &["promote md-db-2 force", "answered r1: 201", refusal, "in doubt"]);
}

#[test]
fn a_promise_whose_copies_are_gone_is_lost_and_its_entry_is_nowhere() {
    let timeline = play(
        "cluster ack=leader-fsync\npartition md-db-4\nreserve C14 for 5521 as r1\nrun until r1 201\nlose-disk md-db-4\nrun 1ms",
    );
    let (finding, chain) = why(&timeline, "r1");
    assert_eq!(finding, "md-db-4 promised 27:981244, and does not hold it any more.");
    in_this_order(&chain, &["appended 27:981244", "answered r1: 201", "lose-disk md-db-4", "is lost"]);
    assert_eq!(why(&timeline, "27:981244").0, "No node holds 27:981244 any more.");
}

/// The positions that a verdict rests on stand below it.
#[test]
fn a_promotion_that_is_not_safe_says_by_which_positions() {
    let said = |script: &str, node: &str| {
        let question = Question::parse(&format!("{node} promotable"), 3).expect("the question is right");
        let explanation = explain(&play(script), question).expect("there is a verdict").to_string();
        explanation.lines().take_while(|line| !line.contains(" ms ")).map(str::to_owned).collect::<Vec<_>>()
    };
    let booked =
        "cut md-db-4 sg-db-1\ncut md-db-2 sg-db-1\nreserve C14 for 5521 as r1\nrun until r1 201\ncrash md-db-4\n";
    let unsafe_ = "Not provably safe: a booking that was answered 201 could be lost.";
    let unseen = "- md-db-4 may have committed entries after 27:981243 under sync-quorum in term 27; their copies would be \
                  on md-db-4's disk and on md-db-2's disk, and none can be seen";
    assert_eq!(said(booked, "sg-db-1"), [unsafe_, unseen]);
    let behind = "- md-db-2 is more up to date: its log ends with 27:981244, the candidate's with 27:981243";
    assert_eq!(said(&format!("{booked}heal"), "sg-db-1"), [unsafe_, behind]);
    let safe = "Provably safe: its log ends with 27:981244, and md-db-2 can tell that nothing beyond it was committed.";
    assert_eq!(said(booked, "md-db-2"), [safe]);
    let down = "md-db-4 is down, or the control plane cannot reach it: nobody can promote it now.";
    assert_eq!(said(booked, "md-db-4")[0], down);
    let lost = "md-db-2 has lost its disk: nobody can promote it before a leader has caught it up.";
    assert_eq!(said(&format!("{booked}lose-disk md-db-2\nrestart md-db-2"), "md-db-2")[0], lost);
    let terms = said("cluster terms=off\npartition md-db-4", "md-db-2");
    assert_eq!(terms, [unsafe_, "- terms are off, and md-db-4 may still lead in term 27"]);
}

/// Every reason for which a node leads no more.
#[test]
fn whoever_stepped_down_says_which_way_it_lost_its_office() {
    for (script, expected) in [
        ("demote md-db-4\nrun 5ms", "the control plane ordered it"),
        ("promote md-db-2\nrun 500ms", "term 28 is newer than 27"),
        ("cluster failover=auto\npartition md-db-4\nrun 900ms", "no majority has acknowledged it since 0.000 ms"),
    ] {
        let finding = why(&play(script), "md-db-4 stepped-down").0;
        assert_eq!(finding, format!("md-db-4 leads no more: {expected}."), "{script}");
    }
}

#[test]
fn a_promise_is_in_doubt_while_the_leader_that_made_it_is_down() {
    let timeline = play("reserve C14 for 5521 as r1\nrun until r1 201\ncrash md-db-4");
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
    let timeline = play(
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
    let timeline = play("cut md-db-4 md-db-2\nreserve C14 for 5521 as r1\nreserve C07 for 5530 as r2\nrun 100ms");
    assert!(why(&timeline, "r1").0.starts_with("981244 is not committed"));
    assert!(why(&timeline, "r2").0.starts_with("981245 is not committed"));
    let divergent = play(
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

    let timeline = play(
        "cut md-db-4 sg-db-1\ncut md-db-2 sg-db-1\nreserve C14 for 5521\nrun 50ms\ncrash md-db-4\npromote sg-db-1",
    );
    let (finding, chain) = why(&timeline, "sg-db-1 promotable");
    assert_eq!(finding, "Not provably safe: a booking that was answered 201 could be lost.");
    in_this_order(&chain, &["cut md-db-4 sg-db-1", "crash md-db-4", "refuses to promote sg-db-1"]);
}

#[test]
fn a_read_was_stale_or_refused_or_waits_for_reasons() {
    let booked = "link md-db-4 sg-db-1 latency=250ms\nreserve C14 for 5521 as r1\nrun until r1 201\n";
    let timeline = play(&format!("{booked}read C14 for 5521 at sg-db-1 local as q1\nrun until q1 stale"));
    let (finding, chain) = why(&timeline, "q1");
    let expected = "q1 is stale: sg-db-1 has applied 27:981243, and 27:981244 was committed when it was asked; \
                    the customer's own r1 at 27:981244 is not in it.";
    assert_eq!(finding, expected);
    let led_there = ["appended 27:981244", "commit index 981244", "read C14", "answered q1: C14 is free"];
    in_this_order(&chain, &led_there);

    let waits = format!("{booked}read C14 at sg-db-1 token r1 as q1\nrun 150ms");
    let (finding, _) = why(&play(&waits), "q1");
    assert_eq!(finding, "sg-db-1 waits for 981244, applied so far 981243.");

    let timeline = play("partition md-db-4\nread C14 at md-db-4 linearizable as q1\nrun until q1 refused");
    let (finding, chain) = why(&timeline, "q1");
    let expected = "md-db-4: no answer in time; it still waits until the copies confirm that this node leads.";
    assert_eq!(finding, expected);
    in_this_order(&chain, &["partition md-db-4", "q1 waits until", "heard for q1: refused"]);

    let (finding, _) = why(&play("read C14 at md-db-2 leader as q1\nrun until q1 refused"), "q1");
    assert_eq!(finding, "md-db-2: not the leader.");
}

#[test]
fn what_has_not_come_about_has_no_answer() {
    let timeline = play("run 1ms");
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
    let played = play(
        "cluster retain=1 chunk=4\npartition sg-db-1\nreserve C07 for 5521\nreserve C10 for 5522\n\
         reserve C13 for 5523\nrun 100ms\nheal\nrun until sg-db-1 needs snapshot within 1s\nrun 300ms",
    );
    let (finding, chain) = why(&played, "sg-db-1 snapshot");
    assert_eq!(finding, "sg-db-1 lacks 981244, and the log of md-db-4 begins after 27:981245: it has 4 of 6 chunks.");
    in_this_order(&chain, &["partition sg-db-1", "compacted its log through 981245", "sg-db-1 needs a snapshot"]);
    let question = Question::parse("md-db-2 snapshot", 3).expect("the question is right");
    assert_eq!(explain(&played, question), None, "it needs none");
}

/// A leader that went down did not step down, and has a reason all the same; who never led has none.
#[test]
fn a_leader_that_went_down_leads_no_more() {
    let led = |timeline: &Timeline| Frame::of(timeline, None).nodes.iter().map(|node| node.has_led).collect::<Vec<_>>();
    let timeline =
        play("run 10ms\ncrash md-db-4\npromote md-db-2\nrun until leader md-db-2\nrestart md-db-4\nrun 300ms");
    let (finding, chain) = why(&timeline, "md-db-4 stepped-down");
    assert_eq!(finding, "md-db-4 leads no more: it went down.");
    in_this_order(&chain, &["crash md-db-4", "lets md-db-2 lead term 28", "leads"]);
    assert_eq!(led(&timeline), [true, true, false]);
    for never in ["md-db-2 stepped-down", "sg-db-1 stepped-down"] {
        let question = Question::parse(never, 3).expect("the question is right");
        assert_eq!(explain(&timeline, question), None, "{never}");
    }
    // It went down as a follower: what counts is why it had stepped down before.
    let timeline = play("promote md-db-2\nrun until leader md-db-2\nrun 100ms\ncrash md-db-4");
    assert!(why(&timeline, "md-db-4 stepped-down").0.contains("term 28"));
}
