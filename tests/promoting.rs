//! What is said of a promotion before it is asked for is what then comes of it.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use harbor_point::teaching::frame::Frame;
use harbor_point::teaching::timeline::Timeline;
use harbor_point::teaching::why::{Question, explain};
use support::play;

fn why(timeline: &Timeline, question: &str) -> String {
    let question = Question::parse(question, 3).expect("the question is right");
    explain(timeline, question).expect("there is a verdict").says()
}

/// While the leader is there, to ask is to have it hand over; the present verdict is on force alone.
#[test]
fn a_promotion_that_is_handed_over_says_what_is_shipped() {
    let booked =
        "reserve C14 for 5521 as r1\nreserve C16 for 1\nrun 18ms\nexpect r1 201\nexpect not sg-db-1 promotable";
    let timeline = play(booked);
    let asked = "Asked, md-db-4 hands over: it takes no more requests, ships 981244 through 981245 to sg-db-1, and only then \
                 does sg-db-1 lead. Nothing is lost.";
    let forced = "By force it would lead at once. Not provably safe: a booking that was answered 201 could be lost.";
    assert_eq!(why(&timeline, "sg-db-1 promotable"), format!("{asked} {forced}"));
    let views = Frame::of(&timeline, None).promotions;
    assert_eq!(views[2].hand_over.map(|it| it.to_string()).as_deref(), Some(asked));
    assert_eq!((views[2].discards.len(), views[0].hand_over), (2, None), "the leader does not hand over to itself");
    assert!(why(&timeline, "md-db-2 promotable").contains(", has nothing to ship to md-db-2, and only then"));

    // And so it is.
    play(&format!(
        "{booked}\npromote sg-db-1\nrun until leader sg-db-1 within 1s\nexpect sg-db-1 durable 981245\nexpect r1 kept\n\
         run 1s\nexpect not rolled-back 1\nexpect no violation"
    ));

    // Nobody hands over who cannot be asked, or cannot ship.
    for gone in [
        "crash md-db-4",
        "pause md-db-4",
        "cut control md-db-4",
        "cut control sg-db-1",
        "cut md-db-4 sg-db-1",
        "lose-disk sg-db-1",
    ] {
        let view = &Frame::of(&play(&format!("{booked}\n{gone}")), None).promotions[2];
        assert_eq!(view.hand_over, None, "{gone}");
    }
}

/// The preview knows when not even force helps, and says nothing of a match index that nobody knows.
#[test]
fn what_force_cannot_do_is_known_before() {
    for (script, refusal) in [
        ("crash md-db-4\ncut control sg-db-1", Some("it is down or out of reach")),
        ("cluster failover=auto\ncrash md-db-4", Some("leaders are elected, and no term comes from anywhere else")),
        (
            "lose-disk sg-db-1\nrestart sg-db-1\ncrash md-db-4",
            Some("it has lost its disk, and no leader has caught it up since"),
        ),
        ("crash md-db-4", None),
    ] {
        let view = &Frame::of(&play(script), None).promotions[2];
        assert_eq!(view.unforceable.as_ref().map(ToString::to_string).as_deref(), refusal, "{script}");
        let forced = play(&format!("{script}\npromote sg-db-1 force\nrun 1s"));
        let leads = forced.world().leader().is_some_and(|leader| leader.id() == view.node);
        assert_eq!(leads, refusal.is_none(), "{script}");
    }
    let view = |script: &str| Frame::of(&play(script), None).promotions[2].matched;
    assert_eq!(view("run 1ms"), Some(981_243));
    assert_eq!(
        view("cut md-db-2 sg-db-1\ncut md-db-4 sg-db-1\ncrash md-db-4\npromote md-db-2\nrun until leader md-db-2"),
        None
    );
}
