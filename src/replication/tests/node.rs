//! Nodes, stepped by hand.

use super::*;

fn disk(terms: &[Term]) -> Disk {
    Disk { term: terms.last().copied().unwrap_or(1), vote: None, log: log(terms), lost: false }
}

fn settled(id: NodeId, rule: CommitRule) -> Node {
    let mut node = Node::recover(id, 3, &disk(&[1, 1, 1]), 1);
    node.settle(A, rule, sync());
    node
}

fn ask(id: u32, cabin: u8) -> Input {
    let request = RequestId(id);
    Input::Request(Request {
        id: request,
        booking: Booking::Reserve,
        cabin: Cabin::Tonight(cabin),
        customer: CustomerId(id),
    })
}

fn append(term: Term, previous: Position, entries: &[Entry], commit: Index) -> Input {
    let report = false;
    let message =
        Message::Append(Append { term, previous, entries: entries.into(), commit, report, round: 0, as_of: None });
    Input::Message { from: A, message }
}

fn ack(from: NodeId, term: Term, index: Index) -> Input {
    let message = Message::Acknowledge(Acknowledge { term, received: index, durable: index, applied: 0, round: 0 });
    Input::Message { from, message }
}

fn answers(outputs: &[Output]) -> Vec<Answer> {
    let answer = |output: &Output| match output {
        Output::Answer { answer, .. } => Some(*answer),
        _ => None,
    };
    outputs.iter().filter_map(answer).collect()
}

/// Everything that leaves at once, without waiting for the disk.
fn sent_at_once(outputs: &[Output]) -> Vec<&Message> {
    let message = |output| match output {
        &Output::Send(Send::Peer { ref message, .. }) => Some(message),
        _ => None,
    };
    outputs.iter().filter_map(message).collect()
}

#[test]
fn no_acknowledgement_of_entries_outruns_the_disk() {
    let mut node = settled(B, CommitRule::SyncQuorum);
    let outputs = node.step(append(1, at(1, 3), &[entry(1, 4)], 3));
    assert_eq!(sent_at_once(&outputs), Vec::<&Message>::new());
    let waits = outputs.iter().any(|output| matches!(output, Output::Persist { then, .. } if !then.is_empty()));
    assert!(waits, "{outputs:?}");
}

#[test]
fn a_report_never_passes_what_was_checked_against_this_leader() {
    let mut node = Node::recover(B, 3, &disk(&[1, 1, 1, 1, 1]), 1);
    let outputs = node.step(append(1, at(1, 3), &[], 5));
    let [Message::Acknowledge(ack)] = sent_at_once(&outputs)[..] else { panic!("{outputs:?}") };
    assert_eq!((ack.received, ack.durable, ack.applied), (3, 3, 3));
    assert_eq!(node.commit(), 3, "nor does the commit index");
}

#[test]
fn a_leader_answers_when_the_rule_is_met_and_not_before() {
    let mut node = settled(A, CommitRule::SyncQuorum);
    assert_eq!(answers(&node.step(ask(7, 14))), []);
    assert_eq!(answers(&node.step(Input::Written(at(1, 4)))), []);
    assert_eq!(answers(&node.step(ack(C, 1, 4))), [], "Singapore is not in the synchronous set");
    assert_eq!(answers(&node.step(ack(B, 1, 4))), [Answer::Created(at(1, 4))]);
    assert_eq!(node.applied(), 4);
}

#[test]
fn a_cabin_is_taken_from_the_moment_its_entry_is_appended() {
    let mut node = settled(A, CommitRule::SyncQuorum);
    node.step(ask(7, 14));
    assert_eq!(answers(&node.step(ask(8, 14))), [Answer::Conflict { holder: Some(CustomerId(7)) }]);
    assert_eq!(node.log().last(), at(1, 4), "nothing is appended for it");
}

#[test]
fn the_same_request_is_carried_out_once() {
    let mut node = settled(A, CommitRule::LeaderMemory);
    assert_eq!(answers(&node.step(ask(7, 14))), [Answer::Created(at(1, 4))]);
    assert_eq!(answers(&node.step(ask(7, 14))), [Answer::Created(at(1, 4))]);
    assert_eq!(node.log().last(), at(1, 4));
}

#[test]
fn a_request_that_is_asked_for_again_waits_for_its_entry() {
    let mut node = settled(A, CommitRule::SyncApplied);
    node.step(ask(7, 14));
    assert_eq!(answers(&node.step(ask(7, 14))), [], "its entry is not committed");
    node.step(Input::Written(at(1, 4)));
    node.step(ack(B, 1, 4));
    assert_eq!((node.applied(), answers(&node.step(ask(7, 14)))), (4, vec![]), "the rule asks for more");
    let applied = Message::Acknowledge(Acknowledge { term: 1, received: 4, durable: 4, applied: 4, round: 0 });
    let outputs = node.step(Input::Message { from: B, message: applied });
    assert_eq!(answers(&outputs), [Answer::Created(at(1, 4))], "there is one answer to one request");
}

#[test]
fn a_request_that_the_leader_before_appended_waits_for_its_entry_too() {
    let mut disk = disk(&[1, 1, 1]);
    disk.log.append(reserve(4, 14));
    let mut node = Node::recover(B, 3, &disk, 1);
    node.step(Input::Order(Order::Campaign { term: 2 }));
    node.step(Input::Order(Order::Lead { term: 2, rule: CommitRule::LeaderFsync, sync: sync() }));
    assert_eq!(answers(&node.step(ask(4, 14))), []);
    assert_eq!(answers(&node.step(Input::Written(at(2, 5)))), [Answer::Created(at(1, 4))]);
}

#[test]
fn a_leader_commits_by_counting_only_entries_of_its_own_term() {
    let mut node = Node::recover(B, 3, &disk(&[1, 1, 1]), 1);
    node.step(Input::Order(Order::Campaign { term: 2 }));
    node.step(Input::Order(Order::Lead { term: 2, rule: CommitRule::Majority, sync: sync() }));
    node.step(ack(C, 2, 3));
    assert_eq!(node.commit(), 0, "three copies of an older term's entry prove nothing");
    node.step(Input::Written(at(2, 4)));
    node.step(ack(C, 2, 4));
    assert_eq!(node.commit(), 4, "the first of its own commits them all");
}

#[test]
fn a_stale_leader_is_turned_away_and_steps_down() {
    let mut follower = settled(B, CommitRule::SyncQuorum);
    follower.step(Input::Message { from: C, message: Message::Adopt { term: 2 } });
    let outputs = follower.step(append(1, at(1, 3), &[entry(1, 4)], 3));
    assert_eq!(sent_at_once(&outputs), [&Message::NewerTerm { term: 2 }]);
    assert_eq!(follower.log().last(), at(1, 3));

    let mut leader = settled(A, CommitRule::SyncQuorum);
    leader.step(Input::Message { from: B, message: Message::NewerTerm { term: 2 } });
    assert_eq!((leader.role(), leader.term()), (Role::Follower, 2));
    assert_eq!(answers(&leader.step(ask(7, 14))), [Answer::NotLeader]);
}

#[test]
fn word_of_an_adopted_term_leaves_only_once_the_term_is_on_disk() {
    let mut node = settled(B, CommitRule::SyncQuorum);
    let outputs = node.step(Input::Message { from: C, message: Message::Adopt { term: 2 } });
    assert_eq!(sent_at_once(&outputs), Vec::<&Message>::new());
    let term_first = outputs
        .iter()
        .any(|output| matches!(output, Output::Persist { write, then } if write.term == Some(2) && then.len() == 1));
    assert!(term_first, "{outputs:?}");
}

#[test]
fn a_finished_write_of_what_was_rolled_back_makes_nothing_durable() {
    let mut node = settled(B, CommitRule::SyncQuorum);
    node.step(append(1, at(1, 3), &[entry(1, 4)], 3));
    node.step(append(2, at(1, 3), &[entry(2, 4)], 3));
    node.step(Input::Written(at(1, 4)));
    assert_eq!(node.durable(), 3);
    node.step(Input::Written(at(2, 4)));
    assert_eq!(node.durable(), 4);
}

#[test]
fn a_write_that_adds_nothing_is_not_told_of() {
    let mut node = settled(B, CommitRule::SyncQuorum);
    node.step(append(1, at(1, 3), &[entry(1, 4)], 3));
    assert_eq!(node.step(Input::Written(at(1, 4))), [Output::Event(Event::Durable { last: at(1, 4) })]);
    assert_eq!(node.step(Input::Written(at(1, 4))), []);
    assert_eq!(node.step(Input::Written(at(1, 3))), []);
}

#[test]
fn what_was_applied_and_rolled_back_leaves_the_state() {
    let mut node = settled(B, CommitRule::LeaderMemory);
    node.step(append(1, at(1, 3), &[reserve(4, 14)], 4));
    assert_eq!(node.bookings().holder(Cabin::Tonight(14)), Some(CustomerId(1)));
    node.step(append(2, at(1, 3), &[entry(2, 4)], 3));
    assert_eq!((node.applied(), node.bookings().holder(Cabin::Tonight(14))), (3, None));
}

#[test]
fn under_sync_applied_the_answer_waits_for_the_synchronous_followers_to_apply() {
    let mut node = settled(A, CommitRule::SyncApplied);
    node.step(ask(7, 14));
    node.step(Input::Written(at(1, 4)));
    assert_eq!(answers(&node.step(ack(B, 1, 4))), []);
    assert_eq!(node.commit(), 4, "it is committed, though");
    let applied = Message::Acknowledge(Acknowledge { term: 1, received: 4, durable: 4, applied: 4, round: 0 });
    let outputs = node.step(Input::Message { from: B, message: applied });
    assert_eq!(answers(&outputs), [Answer::Created(at(1, 4))]);
}

#[test]
fn a_weaker_rule_releases_what_it_now_proves() {
    let mut node = settled(A, CommitRule::SyncQuorum);
    node.step(ask(7, 14));
    node.step(Input::Written(at(1, 4)));
    let order = Order::UseRule { change: 1, rule: CommitRule::LeaderFsync, sync: sync() };
    let outputs = node.step(Input::Order(order));
    assert_eq!(answers(&outputs), [Answer::Created(at(1, 4))]);
}

#[test]
fn a_leader_that_hands_over_accepts_nothing_more_and_says_when_the_log_is_there() {
    let mut node = settled(A, CommitRule::SyncQuorum);
    node.step(ask(7, 14));
    node.step(Input::Order(Order::HandOver { to: C }));
    assert_eq!(answers(&node.step(ask(8, 15))), [Answer::NotLeader]);
    let done = |outputs: &[Output]| outputs.contains(&Output::Send(Send::ControlPlane(Notice::HandedOver { to: C })));
    assert!(!done(&node.step(ack(C, 1, 3))));
    assert!(done(&node.step(ack(C, 1, 4))));
    let carries_on = |outputs: &[Output]| outputs.contains(&Output::Event(Event::CarriesOn));
    let heartbeat = (1..=100).find(|_| carries_on(&node.step(Input::Timer(Timer::Heartbeat))));
    assert_eq!(heartbeat, Some(24), "nobody takes over");
    assert_eq!(answers(&node.step(ask(8, 14))), [Answer::Conflict { holder: Some(CustomerId(7)) }]);
}

/// How many appends with entries a step sends to B.
fn appends_to_b(outputs: &[Output]) -> usize {
    let is_one = |output: &&Output| {
        let Output::Send(Send::Peer { to: B, message: Message::Append(append), .. }) = output else { return false };
        !append.entries.is_empty()
    };
    outputs.iter().filter(is_one).count()
}

#[test]
fn a_leader_that_keeps_in_step_sends_the_next_append_when_the_last_is_answered() {
    let mut node = settled(A, CommitRule::SyncQuorum);
    node.keep_in_step();
    assert_eq!(appends_to_b(&node.step(ask(7, 14))), 1);
    assert_eq!(appends_to_b(&node.step(ask(8, 15))), 0);
    assert_eq!(appends_to_b(&node.step(ack(B, 1, 4))), 1);
    assert_eq!(appends_to_b(&node.step(ask(9, 16))), 0);
}

#[test]
fn a_heartbeat_in_step_repeats_what_may_have_been_lost_and_stands_in_nobodys_way() {
    let mut node = settled(A, CommitRule::SyncQuorum);
    node.keep_in_step();
    let outputs = node.step(Input::Timer(Timer::Heartbeat));
    assert_eq!((sent_at_once(&outputs).len(), appends_to_b(&outputs)), (2, 0), "there is nothing to repeat");
    assert_eq!(appends_to_b(&node.step(ask(7, 14))), 1, "it is not waited for");
    assert_eq!(appends_to_b(&node.step(Input::Timer(Timer::Heartbeat))), 1);
}

#[test]
fn a_probe_is_a_heartbeat_of_one_follower_with_all_that_it_lacks() {
    let mut node = settled(A, CommitRule::SyncQuorum);
    node.keep_in_step();
    node.step(ask(7, 14));
    let outputs = node.step(Input::Probe(B));
    assert_eq!((sent_at_once(&outputs).len(), appends_to_b(&outputs)), (1, 1));
}

#[test]
fn what_is_on_its_way_fills_the_window_until_it_is_acknowledged() {
    let mut node = settled(A, CommitRule::SyncQuorum);
    node.set_limits(Limits { flow: Flow { window: 1, ..Flow::default() }, ..Limits::default() });
    assert_eq!(appends_to_b(&node.step(ask(7, 14))), 1);
    assert_eq!(appends_to_b(&node.step(ask(8, 15))), 0);
    assert_eq!(appends_to_b(&node.step(ack(B, 1, 4))), 1);
}

/// Commit news go with what a follower is sent, and by themselves only as far as it was sent what they are about.
#[test]
fn commit_news_do_not_run_ahead_of_what_was_sent() {
    let mut node = settled(A, CommitRule::LeaderMemory);
    node.set_limits(Limits { flow: Flow { window: 1, ..Flow::default() }, ..Limits::default() });
    let to_b = |outputs: &[Output]| {
        outputs.iter().filter(|output| matches!(output, Output::Send(Send::Peer { to: B, .. }))).count()
    };
    assert_eq!(to_b(&node.step(ask(7, 14))), 2, "the entry, and word that it is committed");
    assert_eq!(to_b(&node.step(ask(8, 15))), 0, "the window is full");
    assert_eq!(node.commit(), 5);
}

#[test]
fn a_leader_that_keeps_in_step_goes_on_with_a_snapshot_when_it_hears_an_old_report() {
    let mut node = settled(A, CommitRule::SyncQuorum);
    node.keep_in_step();
    node.set_limits(Limits { flow: Flow { retain: 1, ..Flow::default() }, ..Limits::default() });
    for (request, index) in (1..=5).zip(4..) {
        node.step(ask(u32::from(request), request));
        node.step(Input::Written(at(1, index)));
        node.step(ack(B, 1, index));
    }
    let transfer = |node: &Node| {
        let progress = node.leading().map(|leader| leader.progress()[&C].clone()).expect("it leads");
        (progress.needs_snapshot(), progress.transfer().is_some())
    };
    assert_eq!(transfer(&node), (true, false), "what Singapore lacks is compacted, and nothing was heard of it");
    let refusal = Message::Reject { term: 1, previous: at(1, 7), hint: Some(at(1, 3)) };
    node.step(Input::Message { from: C, message: refusal });
    assert_eq!(transfer(&node), (true, true));
    node.step(ack(C, 1, 3));
    assert_eq!(transfer(&node), (true, true));
}
