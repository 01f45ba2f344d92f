//! Reads, at one node: what is answered at once, what waits, and what ends a wait.

use super::*;

const CABIN: Cabin = Cabin::Tonight(14);

fn disk(terms: &[Term]) -> Disk {
    Disk { term: terms.last().copied().unwrap_or(1), vote: None, log: log(terms), lost: false }
}

fn settled(id: NodeId, rule: CommitRule) -> Node {
    let mut node = Node::recover(id, 3, &disk(&[1, 1, 1]), 1);
    node.settle(A, rule, sync());
    node
}

fn read(id: u32, consistency: Consistency) -> Input {
    Input::Read(Read { id: ReadId(id), cabin: CABIN, consistency })
}

/// What was answered, by number.
fn answers(outputs: &[Output]) -> Vec<(u32, ReadAnswer)> {
    let answer = |output: &Output| match output {
        Output::AnswerRead { read, answer } => Some((read.id.0, *answer)),
        _ => None,
    };
    outputs.iter().filter_map(answer).collect()
}

fn seen(holder: Option<u32>, applied: Position) -> ReadAnswer {
    ReadAnswer::Seen { holder: holder.map(CustomerId), applied }
}

fn refused(refusal: ReadRefusal) -> ReadAnswer {
    ReadAnswer::Refused(refusal)
}

fn ack(from: NodeId, term: Term, index: Index, round: Round) -> Input {
    let message = Message::Acknowledge(Acknowledge { term, received: index, durable: index, applied: index, round });
    Input::Message { from, message }
}

fn append(term: Term, previous: Position, entries: &[Entry], commit: Index, as_of: Option<u64>) -> Input {
    let (report, as_of) = (false, as_of.map(Micros));
    let append = Append { term, previous, entries: entries.into(), commit, report, round: 0, as_of };
    Input::Message { from: A, message: Message::Append(append) }
}

/// The round of the appends that a step sent.
fn round(outputs: &[Output]) -> Round {
    let sent = outputs.iter().filter_map(|output| match output {
        Output::Send(Send::Peer { message: Message::Append(append), .. }) => Some(append.round),
        _ => None,
    });
    sent.max().expect("an append is sent")
}

/// Leads term 2 after term 1, and has committed nothing of it.
fn newly_leading(rule: CommitRule) -> Node {
    let mut node = Node::recover(B, 3, &disk(&[1, 1, 1]), 1);
    node.step(Input::Order(Order::Campaign { term: 2 }));
    node.step(Input::Order(Order::Lead { term: 2, rule, sync: sync() }));
    node
}

#[test]
fn a_local_read_takes_whatever_is_applied() {
    let mut node = settled(C, CommitRule::SyncQuorum);
    assert_eq!(answers(&node.step(read(1, Consistency::Local))), [(1, seen(None, at(1, 3)))]);
    node.step(append(1, at(1, 3), &[reserve(4, 14)], 3, None));
    assert_eq!(answers(&node.step(read(2, Consistency::Local))), [(2, seen(None, at(1, 3)))], "not applied yet");
    node.step(append(1, at(1, 4), &[], 4, None));
    assert_eq!(answers(&node.step(read(3, Consistency::Local))), [(3, seen(Some(1), at(1, 4)))]);
}

#[test]
fn a_leader_answers_leader_reads_once_it_has_committed_in_its_own_term() {
    assert_eq!(
        answers(&settled(A, CommitRule::SyncQuorum).step(read(1, Consistency::Leader))),
        [(1, seen(None, at(1, 3)))]
    );
    for consistency in [Consistency::Leader, Consistency::Linearizable] {
        let mut follower = settled(B, CommitRule::SyncQuorum);
        assert_eq!(answers(&follower.step(read(1, consistency))), [(1, refused(ReadRefusal::NotLeader))]);
    }
    let mut node = newly_leading(CommitRule::SyncQuorum);
    let not_yet = refused(ReadRefusal::NotEstablished { term: 2 });
    assert_eq!(answers(&node.step(read(1, Consistency::Leader))), [(1, not_yet)]);
    node.step(Input::Written(at(2, 4)));
    node.step(ack(A, 2, 4, 0));
    assert_eq!(answers(&node.step(read(2, Consistency::Leader))), [(2, seen(None, at(2, 4)))]);
}

#[test]
fn a_linearizable_read_waits_for_a_round_that_began_after_it() {
    let mut node = settled(A, CommitRule::SyncQuorum);
    node.show_clock(Micros(1000));
    let before = round(&node.step(Input::Timer(Timer::Heartbeat)));
    let outputs = node.step(read(1, Consistency::Linearizable));
    let of_the_read = round(&outputs);
    assert!(of_the_read > before, "{of_the_read} > {before}, in the same moment too");
    assert_eq!(answers(&outputs), []);
    assert_eq!(answers(&node.step(ack(B, 1, 3, before))), [], "an older round's acknowledgement proves nothing");
    assert_eq!(answers(&node.step(ack(B, 1, 3, of_the_read))), [(1, seen(None, at(1, 3)))]);
}

/// The leader and these followers confirm; whether that is enough under a rule.
fn confirmed_by(rule: CommitRule, followers: &[NodeId]) -> bool {
    let mut node = settled(A, rule);
    let outputs = node.step(read(1, Consistency::Linearizable));
    let round = round(&outputs);
    let mut answered = answers(&outputs).len();
    for follower in followers {
        answered += answers(&node.step(ack(*follower, 1, 3, round))).len();
    }
    answered > 0
}

#[test]
fn a_leader_is_confirmed_by_the_copies_that_the_rule_demands_and_a_majority() {
    for rule in CommitRule::ALL {
        let enough = [&[][..], &[B], &[C], &[B, C]].map(|followers| confirmed_by(rule, followers));
        let expected = match rule {
            CommitRule::LeaderMemory | CommitRule::LeaderFsync | CommitRule::Majority => [false, true, true, true],
            CommitRule::SyncReceived | CommitRule::SyncQuorum | CommitRule::SyncApplied => [false, true, false, true],
            CommitRule::AllReplicas => [false, false, false, true],
        };
        assert_eq!(enough, expected, "{rule}: nobody, md-db-2, sg-db-1, both");
    }
}

#[test]
fn a_new_leader_answers_linearizable_reads_once_it_has_committed_too() {
    let mut node = newly_leading(CommitRule::SyncQuorum);
    let round = round(&node.step(read(1, Consistency::Linearizable)));
    assert_eq!(answers(&node.step(ack(A, 2, 4, round))), [], "confirmed, and nothing of its own is committed");
    assert_eq!(answers(&node.step(Input::Written(at(2, 4)))), [(1, seen(None, at(2, 4)))]);
}

#[test]
fn a_leader_that_leads_no_more_refuses_what_waits() {
    let mut node = settled(A, CommitRule::SyncQuorum);
    let round = round(&node.step(read(1, Consistency::Linearizable)));
    let outputs = node.step(Input::Message { from: B, message: Message::NewerTerm { term: 2 } });
    assert_eq!(answers(&outputs), [(1, refused(ReadRefusal::LeadsNoMore))]);
    assert_eq!(answers(&node.step(ack(B, 2, 3, round))), [], "and only once");
}

#[test]
fn a_leader_that_stops_within_its_term_refuses_what_waits() {
    let mut node = settled(A, CommitRule::SyncQuorum);
    node.step(read(1, Consistency::Linearizable));
    let outputs = node.step(Input::Order(Order::StepDown));
    assert_eq!((node.term(), answers(&outputs)), (1, vec![(1, refused(ReadRefusal::LeadsNoMore))]));
}

#[test]
fn a_node_says_what_a_read_waits_for() {
    let mut node = settled(A, CommitRule::SyncQuorum);
    node.step(read(1, Consistency::Token(at(1, 5))));
    let round = round(&node.step(read(2, Consistency::Linearizable)));
    assert_eq!(node.read_wait(ReadId(1)), Some(ReadWait::Applied { index: 5, applied: 3 }));
    assert_eq!(node.read_wait(ReadId(2)), Some(ReadWait::Round(round)));
    assert_eq!(node.read_wait(ReadId(3)), None);
}

#[test]
fn three_of_five_are_a_majority() {
    let mut node = Node::recover(A, 5, &disk(&[1, 1, 1]), 1);
    node.settle(A, CommitRule::Majority, sync());
    node.show_clock(Micros(1000));
    node.step(Input::Timer(Timer::Heartbeat));
    node.step(ack(B, 1, 3, 1000));
    assert_eq!(node.majority_round(), 0);
    node.step(ack(C, 1, 3, 1000));
    assert_eq!(node.majority_round(), 1000);
}

#[test]
fn a_token_read_waits_for_its_entry_and_is_refused_where_another_is_in_its_place() {
    let mut node = settled(C, CommitRule::SyncQuorum);
    assert_eq!(answers(&node.step(read(1, Consistency::Token(at(1, 3))))), [(1, seen(None, at(1, 3)))]);
    assert_eq!(answers(&node.step(read(2, Consistency::Token(at(1, 4))))), []);
    assert_eq!(answers(&node.step(append(1, at(1, 3), &[reserve(4, 14)], 3, None))), [], "appended is not applied");
    assert_eq!(answers(&node.step(append(1, at(1, 4), &[], 4, None))), [(2, seen(Some(1), at(1, 4)))]);

    node.step(read(3, Consistency::Token(at(1, 5))));
    let rolled_back = refused(ReadRefusal::RolledBack { holds: at(2, 5) });
    assert_eq!(answers(&node.step(append(2, at(1, 4), &[entry(2, 5)], 5, None))), [(3, rolled_back)]);
    assert_eq!(answers(&node.step(read(4, Consistency::Token(at(1, 5))))), [(4, rolled_back)]);
}

#[test]
fn a_bounded_read_is_refused_with_the_age_of_what_the_node_knows() {
    let bounded = |id| read(id, Consistency::Bounded(Micros(500)));
    let too_old = |age| refused(ReadRefusal::TooOld { age: Some(Micros(age)) });
    let mut node = settled(C, CommitRule::SyncQuorum);
    node.show_clock(Micros(500));
    assert_eq!(answers(&node.step(bounded(1))), [(1, seen(None, at(1, 3)))]);
    node.show_clock(Micros(501));
    assert_eq!(answers(&node.step(bounded(2))), [(2, too_old(501))]);
    node.step(append(1, at(1, 3), &[], 3, Some(400)));
    assert_eq!(answers(&node.step(bounded(3))), [(3, seen(None, at(1, 3)))]);
    node.show_clock(Micros(2000));
    node.step(append(1, at(1, 3), &[entry(1, 4)], 5, Some(1900)));
    assert_eq!(answers(&node.step(bounded(4))), [(4, too_old(1600))], "it lacks an entry that was committed by then");

    let mut restarted = Node::recover(C, 3, &disk(&[1, 1, 1]), 2);
    let cannot_tell = refused(ReadRefusal::TooOld { age: None });
    assert_eq!(answers(&restarted.step(bounded(5))), [(5, cannot_tell)]);
}

#[test]
fn a_node_that_had_to_roll_back_what_it_applied_cannot_tell_how_current_it_is() {
    let mut node = settled(C, CommitRule::LeaderMemory);
    node.step(append(1, at(1, 3), &[reserve(4, 14)], 4, Some(400)));
    assert_eq!(node.as_of(), Some(Micros(400)));
    node.step(append(2, at(1, 3), &[entry(2, 4)], 3, None));
    assert_eq!((node.applied(), node.as_of()), (3, None));
}

/// A leader that has been replaced unawares must not pass its own moment off as everybody's.
#[test]
fn a_leader_vouches_only_for_what_a_round_has_confirmed() {
    let mut node = settled(A, CommitRule::SyncQuorum);
    let vouched = |outputs: &[Output]| {
        outputs.iter().find_map(|output| match output {
            Output::Send(Send::Peer { message: Message::Append(append), .. }) => Some(append.as_of),
            _ => None,
        })
    };
    node.show_clock(Micros(1000));
    let outputs = node.step(Input::Timer(Timer::Heartbeat));
    assert_eq!(vouched(&outputs), Some(Some(Micros(0))));
    node.show_clock(Micros(1100));
    node.step(ack(C, 1, 3, round(&outputs)));
    assert_eq!(vouched(&node.step(Input::Timer(Timer::Heartbeat))), Some(Some(Micros(0))), "C's word is not enough");
    node.step(ack(B, 1, 3, round(&outputs)));
    assert_eq!(vouched(&node.step(Input::Timer(Timer::Heartbeat))), Some(Some(Micros(1000))));

    let mut node = newly_leading(CommitRule::SyncQuorum);
    let outputs = node.step(Input::Timer(Timer::Heartbeat));
    node.step(ack(A, 2, 4, round(&outputs)));
    assert_eq!(vouched(&node.step(Input::Timer(Timer::Heartbeat))), Some(None), "nothing of its term is committed");
}
