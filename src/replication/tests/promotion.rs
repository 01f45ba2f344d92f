//! Who is provably safe to promote.

use super::*;

fn report(node: NodeId, term: Term, index: Index) -> Report {
    Report { node, last: at(term, index), commit: 0, starts: 1, lost_disk: false }
}

fn period(rule: CommitRule, term: Term, leader: NodeId, to: Option<Index>) -> Period {
    Period { term, leader, rule, sync: sync(), from: 0, to, starts: vec![1; 3] }
}

fn safe(candidate: NodeId, reports: &[Report], periods: &[Period]) -> bool {
    judge(candidate, reports, periods, true).is_safe()
}

#[test]
fn a_node_that_has_not_reported_is_out_of_the_question() {
    let verdict = judge(A, &[report(B, 1, 5)], &[], true);
    assert_eq!(verdict.objections, [Objection::Unreachable]);
}

#[test]
fn a_synchronous_follower_can_tell_alone_under_sync_quorum() {
    let periods = [period(CommitRule::SyncQuorum, 1, A, None)];
    assert!(safe(B, &[report(B, 1, 5)], &periods));
    assert!(!safe(C, &[report(C, 1, 5)], &periods));
    assert!(safe(C, &[report(C, 1, 5), report(B, 1, 5)], &periods));
}

#[test]
fn a_more_up_to_date_log_speaks_against_it() {
    let periods = [period(CommitRule::SyncQuorum, 1, A, None)];
    let verdict = judge(C, &[report(C, 1, 4), report(B, 1, 5)], &periods, true);
    assert_eq!(verdict.objections, [Objection::Behind { peer: B, theirs: at(1, 5), ours: at(1, 4) }]);
    assert!(!safe(B, &[report(B, 1, 9), report(C, 2, 3)], &[]), "a newer term outweighs a longer log");
}

#[test]
fn under_leader_fsync_only_the_leader_knows() {
    let periods = [period(CommitRule::LeaderFsync, 1, A, None)];
    assert!(!safe(B, &[report(B, 1, 5), report(C, 1, 5)], &periods));
    assert!(safe(A, &[report(A, 1, 5)], &periods));
    assert!(safe(B, &[report(A, 1, 5), report(B, 1, 5)], &periods));
}

#[test]
fn a_copy_in_memory_does_not_outlive_a_start() {
    let memory = [period(CommitRule::LeaderMemory, 1, A, None)];
    let received = [period(CommitRule::SyncReceived, 1, A, None)];
    let again = |node| Report { starts: 2, ..report(node, 1, 5) };
    assert!(safe(A, &[report(A, 1, 5)], &memory) && !safe(A, &[again(A)], &memory));
    assert!(safe(B, &[report(B, 1, 5)], &received) && !safe(B, &[again(B)], &received));
    assert!(safe(A, &[again(A)], &received), "the leader's own copy is on disk");
}

#[test]
fn among_five_a_majority_takes_three_to_overlap() {
    let periods = [Period { starts: vec![1; 5], ..period(CommitRule::Majority, 1, A, None) }];
    assert!(!safe(B, &[report(B, 1, 5), report(C, 1, 5)], &periods), "three others may hold what these two lack");
    assert!(safe(B, &[report(A, 1, 5), report(B, 1, 5), report(C, 1, 5)], &periods));
}

#[test]
fn majorities_overlap() {
    let periods = [period(CommitRule::Majority, 1, A, None)];
    assert!(!safe(B, &[report(B, 1, 5)], &periods));
    assert!(safe(B, &[report(B, 1, 5), report(C, 1, 5)], &periods));
    let all = [period(CommitRule::AllReplicas, 1, A, None)];
    assert!(safe(C, &[report(C, 1, 5)], &all), "nothing was committed without it");
}

#[test]
fn a_rule_that_ended_covers_only_what_was_appended_by_then() {
    let ended = [period(CommitRule::LeaderFsync, 1, A, Some(5)), period(CommitRule::SyncQuorum, 1, A, None)];
    assert!(!safe(B, &[report(B, 1, 4)], &ended));
    assert!(safe(B, &[report(B, 1, 5)], &ended));
    let empty = Period { from: 5, ..period(CommitRule::LeaderFsync, 1, A, Some(5)) };
    assert!(safe(B, &[report(B, 1, 4)], &[empty]), "a rule under which nothing was appended committed nothing");
}

/// A longer log of an older term says nothing about what a newer leader committed at the same indexes.
#[test]
fn a_long_log_of_an_old_term_is_not_beyond_a_newer_one() {
    let newer = [period(CommitRule::SyncQuorum, 2, B, Some(7))];
    let on_old_leader = [report(C, 1, 9)];
    assert!(!safe(C, &on_old_leader, &newer));
}

#[test]
fn a_log_that_ends_in_a_newer_term_has_taken_over_what_counts() {
    let older = [period(CommitRule::LeaderFsync, 1, A, None)];
    assert!(safe(B, &[report(B, 2, 3)], &older));
}

/// A leader that was not seen to stop is an objection while terms are off, whatever its rule could have committed.
#[test]
fn without_terms_every_older_leader_must_have_been_seen_to_stop() {
    let periods = [
        period(CommitRule::SyncQuorum, 1, A, Some(4)),
        period(CommitRule::SyncQuorum, 2, C, Some(4)),
        period(CommitRule::SyncQuorum, 3, A, None),
    ];
    let may = |leader, term| Objection::MayStillLead { leader, term };
    let objections = |reports: &[Report]| judge(B, reports, &periods, false).objections;
    assert_eq!(objections(&[report(B, 3, 5)]), [may(A, 3), may(C, 2)]);
    assert_eq!(objections(&[report(B, 3, 5), report(A, 3, 5)]), [may(C, 2)]);
    assert_eq!(objections(&[report(B, 3, 5), report(A, 3, 5), report(C, 2, 4)]), []);
    assert!(safe(B, &[report(B, 3, 5)], &periods), "with terms on, the synchronous follower can tell alone");
}
