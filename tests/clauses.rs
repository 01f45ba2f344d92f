//! What the design says, clause by clause, each as a short script that fails where the clause does not hold. What needs to
//! be told as a story is a golden; what needs arithmetic is tested beside it.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use harbor_point::replication::NodeId;
use harbor_point::teaching::frame::Frame;
use harbor_point::teaching::timeline::Timeline;
use harbor_point::teaching::why::{Question, explain};
use support::play;

/// The sentence that answers a question at the end of a script.
fn why(text: &str, question: &str) -> String {
    let timeline = play(text);
    let question = Question::parse(question, timeline.world().config().replicas).expect("the question is right");
    explain(&timeline, question).expect("it has come about").finding.to_string()
}

mod commit_rules {
    use super::*;

    /// A booking waits; the rule or the set changes, and it is answered: at once, or when the copies come that now count.
    #[test]
    fn a_change_of_rule_releases_what_the_new_one_proves() {
        for (before, cut, change) in [
            ("sync-quorum", "cut md-db-4 md-db-2", "set ack=leader-fsync"),
            ("sync-quorum", "cut md-db-4 md-db-2", "set ack=leader-memory"),
            ("sync-quorum", "cut md-db-4 md-db-2", "set ack=majority"),
            ("sync-quorum", "cut md-db-4 md-db-2", "set sync=md-db-4,sg-db-1"),
            ("sync-received", "cut md-db-4 md-db-2", "set ack=majority"),
            ("majority", "partition md-db-4", "set ack=leader-fsync"),
            ("all-replicas", "partition sg-db-1", "set ack=majority"),
            ("all-replicas", "partition sg-db-1", "set ack=sync-applied"),
        ] {
            play(&format!(
                "cluster ack={before}\n{cut}\nreserve C14 for 5521 as r1\nrun 1s\nexpect r1 pending\nexpect not committed 981244\n\
                 {change}\nrun until r1 201 within 300ms\nexpect r1 kept\nexpect no violation"
            ));
        }
    }

    /// Under sync-applied the entry is committed, and the answer waits for word that it is applied.
    #[test]
    fn an_answer_that_waits_for_application_is_released_too() {
        let waiting = "cluster ack=sync-applied\nreserve C14 for 5521 as r1\nrun until committed 981244\ncut md-db-4 md-db-2\n\
                       run 500ms\nexpect r1 pending\n";
        play(&format!("{waiting}set ack=sync-quorum\nrun until r1 201 within 20ms"));
        play(&format!("{waiting}heal\nrun until r1 201 within 200ms\nexpect md-db-2 applied 981244"));
    }

    /// A stronger rule holds for what comes after it; what was promised under the weaker one is not called back.
    #[test]
    fn a_stronger_rule_makes_the_next_write_wait() {
        play(
            "cluster ack=leader-fsync\npartition md-db-4\nreserve C14 for 5521 as r1\nrun until r1 201\n\
             set ack=sync-quorum\nreserve C16 for 5521 as r2\nrun 1s\nexpect r1 kept\nexpect r2 pending\n\
             heal\nrun until r2 201 within 200ms",
        );
    }

    #[test]
    fn a_rule_that_cannot_be_met_says_for_whom_it_waits() {
        for (rule, expected) in [
            ("leader-fsync", "leader-fsync waits for md-db-4's own disk."),
            ("sync-received", "sync-received waits for word from md-db-2 that it is in memory."),
            ("sync-quorum", "sync-quorum waits for word from md-db-2 that it is on disk."),
            ("sync-applied", "sync-applied waits for word from md-db-2 that it is on disk."),
            (
                "majority",
                "majority waits for word from md-db-2 that it is on disk or word from sg-db-1 that it is on disk.",
            ),
            (
                "all-replicas",
                "all-replicas waits for word from md-db-2 that it is on disk and word from sg-db-1 that it is on disk.",
            ),
        ] {
            let slow = if rule == "leader-fsync" { "disk md-db-4 fsync=10s\n" } else { "" };
            let script = format!(
                "cluster ack={rule}\n{slow}partition md-db-4\nreserve C14 for 5521 as r1\nrun 1s\nexpect r1 pending"
            );
            assert_eq!(why(&script, "r1"), format!("981244 is not committed: {expected}"));
        }
    }

    /// Raft, figure 8: an entry of an older term may be on a majority and be overwritten all the same. So md-db-4, back in
    /// office, does not commit its old entry when md-db-2 has it, but when its first entry of the new term is there too.
    #[test]
    fn an_entry_of_an_older_term_commits_with_one_of_this_term() {
        let copied = "cluster ack=majority pipeline=off batch=1\npartition md-db-4\nreserve C14 for 5521 as r1\nrun 50ms\n\
                      crash md-db-4\nheal\ncut md-db-4 sg-db-1\nrestart md-db-4\npromote md-db-4\n\
                      run until md-db-2 durable 981244 within 2s\nrun 2ms\nexpect not md-db-2 durable 981245\n";
        let script = format!("{copied}expect not committed 981244");
        let expected = "981244 has its copies, but is of an older term: it commits with the first of this term.";
        assert_eq!(why(&script, "27:981244"), expected);
        play(&format!("{copied}run until committed 981244 within 1s\nexpect committed 981245"));
    }
}

mod failures {
    use super::*;

    /// What was durable survives, what was in memory alone does not, and the commit index is learnt again.
    #[test]
    fn a_crash_leaves_what_was_durable() {
        play(
            "disk md-db-2 fsync=20ms\nreserve C14 for 5521 as r1\nrun until md-db-2 appended 981244\ncrash md-db-2\n\
             restart md-db-2\nexpect not md-db-2 appended 981244\nexpect not md-db-2 committed 981241\n\
             run until r1 201 within 200ms\nrun until md-db-2 applied 981244 within 200ms\n\
             crash md-db-2\nrestart md-db-2\nexpect md-db-2 durable 981244\nexpect not md-db-2 applied 981241\n\
             run until md-db-2 applied 981244 within 100ms\nexpect md-db-2 role follower",
        );
    }

    #[test]
    fn a_paused_leader_wakes_up_believing_that_it_leads() {
        play(
            "pause md-db-4\npartition md-db-4\npromote md-db-2\nrun until leader md-db-2 within 1s\nresume md-db-4\nrun 10ms\n\
             expect md-db-4 role leader\nexpect leader md-db-2\nexpect term 28\n\
             heal\nrun until md-db-4 role follower within 200ms\nexpect no violation",
        );
    }

    /// Its followers hear the leader, and it does not hear them: nothing is committed. The other way round they hear nothing.
    #[test]
    fn a_cut_one_way_stops_one_direction() {
        play(
            "cut md-db-2 > md-db-4\nreserve C14 for 5521 as r1\nrun until md-db-2 durable 981244 within 100ms\nrun 200ms\n\
             expect r1 pending\nexpect not committed 981244\nheal\nrun until r1 201 within 100ms",
        );
        play(
            "cut md-db-4 > md-db-2\nreserve C14 for 5521 as r1\nrun 200ms\nexpect not md-db-2 appended 981244\n\
             expect r1 pending\nexpect sg-db-1 appended 981244\nheal\nrun until r1 201 within 100ms",
        );
        // Reachable both ways is what a promotion asks for.
        play("crash md-db-4\ncut md-db-2 > sg-db-1\nexpect not sg-db-1 promotable\nexpect md-db-2 promotable");
    }

    /// With elections: a leader that is heard but hears nobody steps down; one that hears nobody hear it does too.
    #[test]
    fn a_leader_that_hears_no_majority_steps_down_whichever_way_is_cut() {
        for way in ["md-db-2 > md-db-4\ncut sg-db-1 > md-db-4", "md-db-4 > md-db-2\ncut md-db-4 > sg-db-1"] {
            play(&format!(
                "cluster failover=auto\ncut {way}\nrun until md-db-4 role follower within 1s\n\
                 run until leader md-db-2 within 3s\nreserve C14 for 5521 as r1\nset sync=md-db-2,sg-db-1\n\
                 run until r1 201 within 2s\nexpect no violation"
            ));
        }
    }

    #[test]
    fn what_a_link_loses_is_sent_again() {
        let timeline = play(
            "link md-db-4 md-db-2 loss=60%\nreserve C14 for 5521 as r1\nreserve C16 for 5521 as r2\nreserve C19 for 5521 as r3\n\
             run until r3 201 within 5s\nexpect r1 kept\nexpect r2 kept\nexpect no violation",
        );
        let records = timeline.records();
        let lost = records.iter().filter(|logged| logged.record.event.to_string().contains("the link lost it"));
        assert!(lost.count() > 0, "the link lost something");
    }

    #[test]
    fn a_delay_is_the_delay_of_the_answer() {
        let near = play("reserve C14 for 5521 as r1\nrun until r1 201").world().now();
        let far = play("link md-db-4 md-db-2 latency=81ms\nreserve C14 for 5521 as r1\nrun until r1 201").world().now();
        let more = far.since(near).0;
        assert!((159_900..=160_100).contains(&more), "80 ms more each way, and jitter: {more} us");
    }
}

/// A node that has lost its disk neither counts nor votes, until a leader has caught it up; then it does again.
mod lost_disks {
    use super::*;

    const BOOKED: &str = "reserve C14 for 5521 as r1\nrun until r1 201\nrun 200ms\n";

    #[test]
    fn the_old_leader_comes_back_empty_and_is_made_whole() {
        play(&format!(
            "{BOOKED}lose-disk md-db-4\nrestart md-db-4\nexpect not md-db-4 promotable\nexpect md-db-2 promotable\n\
             promote md-db-2\nrun until leader md-db-2 within 1s\nreserve C16 for 1 as r2\nrun until r2 201 within 2s\n\
             expect md-db-4 durable 981244\nexpect r1 kept\npromote md-db-4\nrun until leader md-db-4 within 1s\n\
             expect r1 kept\nexpect no violation"
        ));
    }

    #[test]
    fn a_node_that_is_whole_again_can_be_elected() {
        play(&format!(
            "cluster failover=auto\n{BOOKED}lose-disk md-db-2\nrestart md-db-2\ncrash md-db-4\nrun 3s\n\
             expect no leader\nexpect not md-db-2 role candidate\nrestart md-db-4\nrun until leader md-db-4 within 9s\n\
             run until md-db-2 durable 981245 within 2s\nrun 500ms\ncrash md-db-4\nrun until leader md-db-2 within 2s\n\
             expect r1 kept\nexpect no violation"
        ));
    }

    #[test]
    fn a_rule_that_wants_every_disk_waits_until_it_counts() {
        play(
            "cluster ack=all-replicas\nlose-disk md-db-2\nrestart md-db-2\nreserve C14 for 5521 as r1\n\
             run until r1 201 within 2s\nexpect md-db-2 durable 981244\nexpect no violation",
        );
    }
}

/// The switches may be turned while the cluster runs.
mod switches {
    use super::*;

    #[test]
    fn terms_that_are_turned_on_again_end_the_older_leader() {
        play(
            "cluster ack=leader-fsync terms=off\npartition md-db-4\npromote md-db-2 force\n\
             run until leader md-db-2 within 1s\nheal\nrun 1s\nexpect md-db-4 role leader\nset terms=on\n\
             run until md-db-4 role follower within 200ms\nreserve C14 for 5521 as r1\nrun until r1 201 within 1s",
        );
    }

    /// Without terms nothing stops the old leader but an order: a switchover gives it one.
    #[test]
    fn a_switchover_without_terms_leaves_one_leader() {
        play(
            "cluster terms=off\nreserve C14 for 5521 as r1\nrun until r1 201\nexpect not md-db-2 promotable\npromote md-db-2\n\
             run until leader md-db-2 within 2s\nexpect md-db-4 role follower\nexpect r1 kept\n\
             reserve C16 for 5521 as r2\nrun until r2 201 within 1s\nexpect no violation",
        );
    }

    /// The operator takes over from elections, in a term that nobody has had, and gives back.
    #[test]
    fn whoever_names_leaders_can_change_at_any_time() {
        play(
            "cluster failover=auto\nreserve C14 for 5521 as r1\nrun until r1 201\ncrash md-db-4\n\
             run until leader md-db-2 within 1s\nset failover=manual\nrun 20ms\ncrash md-db-2\nrestart md-db-4\nrun 2s\n\
             expect no leader\nexpect not md-db-4 promotable\npromote sg-db-1\nrun until leader sg-db-1 within 2s\nexpect term 29\n\
             run 1s\ncrash sg-db-1\nrestart md-db-2\nset failover=auto\nrun until term 30 within 9s\n\
             expect r1 kept\nexpect no violation",
        );
    }

    #[test]
    fn a_lease_that_is_turned_on_silences_a_leader_that_hears_nobody() {
        play(
            "cluster ack=leader-fsync\npartition md-db-4\nrun 1s\nset lease=on\nreserve C14 for 5521 as r1\n\
             read C14 at md-db-4 leader as q1\nrun until q1 refused\nrun 1s\nexpect r1 pending\n\
             set lease=off\nrun until r1 201 within 200ms",
        );
    }
}

mod promotion {
    use super::*;

    /// A planned switchover loses nothing that is under way: the leader ships its tail, and its customers are served on.
    #[test]
    fn a_switchover_ships_the_tail_first() {
        for rule in ["sync-quorum", "leader-fsync", "leader-memory", "majority"] {
            play(&format!(
                "cluster ack={rule}\nreserve C14 for 5521 as r1\nrun until md-db-4 appended 981244\npromote md-db-2\n\
                 reserve C16 for 5521 as r2\nrun until leader md-db-2 within 1s\nexpect md-db-2 durable 981244\n\
                 run until r1 201 within 1s\nexpect r1 kept\nrun until r2 201 within 1s\nexpect r2 kept\nexpect md-db-4 role follower\n\
                 expect no violation"
            ));
        }
    }

    /// A leader that cannot ship its tail refuses, and carries on.
    #[test]
    fn a_switchover_that_comes_to_nothing_is_refused() {
        play(
            "disk md-db-2 fsync=3s\nreserve C14 for 5521 as r1\nrun until md-db-2 appended 981244\npromote md-db-2\nrun 2s\n\
             expect leader md-db-4\nexpect term 27\nreserve C16 for 5521 as r2\nrun until r2 201 within 9s\nexpect no violation",
        );
    }

    /// What force would discard is known before, and is what it then discards.
    #[test]
    fn the_preview_says_what_force_discards() {
        let before = "cluster ack=leader-fsync\npartition md-db-4\nreserve C14 for 5521 as r1\nrun until r1 201\n\
                      reserve C16 for 5521 as r2\nrun until r2 201\n";
        let timeline = play(before);
        let frame = Frame::of(&timeline, None);
        let preview = frame.promotions.iter().find(|it| it.node == NodeId::MD_DB_2).expect("it is offered");
        let discards: Vec<_> =
            preview.discards.iter().map(|it| format!("{} {} {:?}", it.position, it.what, it.promise)).collect();
        let expected =
            ["27:981244 reserve C14 for 5521 Some(RequestId(1))", "27:981245 reserve C16 for 5521 Some(RequestId(2))"];
        assert_eq!(discards, expected);
        assert!(!preview.safe);
        let forced = play(&format!(
            "{before}promote md-db-2 force\nrun until leader md-db-2 within 1s\nexpect r1 lost\nexpect r2 lost\nheal\n\
             run until rolled-back 2 within 1s"
        ));
        let died = &forced.world().machine(NodeId::MD_DB_4).rolled_back;
        let died: Vec<_> = died.iter().map(|entry| format!("{} {}", entry.position(), entry.command)).collect();
        assert_eq!(died, ["27:981244 reserve C14 for 5521", "27:981245 reserve C16 for 5521"]);
    }
}

mod checker {
    use super::*;

    /// md-db-4 goes on committing after md-db-2 has taken office, in the same places.
    const DEPOSED: &str = "cluster ack=leader-fsync\npartition md-db-4\npromote md-db-2 force\n\
                           run until leader md-db-2 within 1s\nreserve C16 for 7007 as r2\nrun until r2 201 within 100ms\n\
                           reserve C14 for 5521 at md-db-4 as r1\nrun 20ms\nreserve C13 for 5521 at md-db-4 as r3\nrun 20ms\n";

    /// What an old leader commits does not hide what the newest one did: a read that lacks it is stale.
    #[test]
    fn a_deposed_leader_does_not_decide_what_is_committed() {
        play(&format!(
            "{DEPOSED}crash md-db-2\nread C16 for 7007 at sg-db-1 local as q1\nrun until q1 free within 1s\nexpect q1 stale"
        ));
    }

    /// Whoever applies the other history is told apart, and nobody who applies the newest leader's.
    #[test]
    fn only_those_who_apply_the_older_history_are_to_blame() {
        let timeline = play(&format!("{DEPOSED}heal\nrun until md-db-4 applied 981245 within 1s\nrun 500ms"));
        let records = timeline.records();
        let told = records.iter().map(|logged| logged.record.event.to_string());
        let blamed: Vec<_> = told.filter(|told| told.contains("same-command-applied")).collect();
        let expected = [
            "27:981244 where another node had applied 28:981244",
            "27:981245 where another node had applied 28:981245",
        ]
        .map(|what| format!("VIOLATION same-command-applied: md-db-4 applied {what}"));
        assert_eq!(blamed, expected);
    }
}

mod customers {
    use super::*;

    fn heard(timeline: &Timeline) -> Vec<String> {
        let told = timeline.records().into_iter().map(|logged| logged.record.event.to_string());
        told.filter(|told| told.starts_with("heard for r1")).collect()
    }

    /// An answer after the customer has given up is recorded as late, and is a promise like any other.
    #[test]
    fn a_late_answer_ends_the_doubt() {
        let timeline = play(
            "cluster timeout=500ms\ncut md-db-4 md-db-2\nreserve C14 for 5521 as r1\nrun 499ms\nexpect r1 pending\nrun 1ms\n\
             expect r1 in-doubt\nheal\nrun until r1 201 within 200ms\nexpect r1 kept",
        );
        assert_eq!(heard(&timeline), ["heard for r1: 201 Created, token 27:981244 (late)"]);
    }

    /// A cabin is taken from the moment at which its entry is appended; nobody else's request is appended beside it.
    #[test]
    fn a_pending_entry_holds_its_cabin() {
        play(
            "cut md-db-4 md-db-2\nreserve C14 for 5521 as r1\nreserve C14 for 7 as r2\nrun until r2 409 within 50ms\n\
             expect r1 pending\nexpect not md-db-4 appended 981245",
        );
    }

    /// What was appended and never answered is no promise. A retry of it is judged afresh when it is rolled back, and
    /// another may have the cabin by then.
    #[test]
    fn an_unanswered_booking_may_go_to_another() {
        play(
            "partition md-db-4\nreserve C14 for 5521 as r1\nrun 50ms\npromote md-db-2\n\
             run until leader md-db-2 within 1s\nset sync=md-db-2,sg-db-1\nreserve C14 for 7 as r2\nrun until r2 201 within 2s\n\
             heal\nrun until rolled-back 1 within 1s\nretry r1\nrun until r1 409 within 1s\nexpect r2 kept\nexpect no violation",
        );
    }
}
