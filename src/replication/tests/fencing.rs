//! Fencing, at one node: the lease by its own clock, and whom it obeys without terms.

use super::*;

fn node(id: NodeId, leads: bool, on: &[Switch], off: &[Switch]) -> Node {
    let disk = Disk { term: 1, vote: None, log: log(&[1, 1, 1]), lost: false };
    let mut node = Node::recover(id, 3, &disk, 1);
    if leads {
        node.settle(id, CommitRule::LeaderMemory, sync());
    }
    let switches = on.iter().fold(Switches::default(), |all, one| all.set(*one, true));
    let switches = off.iter().fold(switches, |all, one| all.set(*one, false));
    node.configure(Configuration { switches, ..Configuration::default() });
    node
}

fn ask(id: u32) -> Input {
    let (booking, cabin, customer) = (Booking::Reserve, Cabin::Tonight(u8::try_from(id).unwrap_or(1)), CustomerId(id));
    Input::Requests(vec![Request { id: RequestId(id), booking, cabin, customer }])
}

fn answers(outputs: &[Output]) -> Vec<Answer> {
    let answer = |output: &Output| match output {
        Output::Answer { answer, .. } => Some(*answer),
        _ => None,
    };
    outputs.iter().filter_map(answer).collect()
}

fn ack(term: Term, index: Index, round: Round) -> Input {
    let message = Message::Acknowledge(Acknowledge { term, received: index, durable: index, applied: index, round });
    Input::Message { from: C, message }
}

fn append(from: NodeId, term: Term) -> Input {
    let (report, entries) = (false, Vec::new().into());
    let append = Append { term, previous: at(1, 3), entries, commit: 3, report, round: 0, as_of: None };
    Input::Message { from, message: Message::Append(append) }
}

#[test]
fn a_lease_ends_400_ms_after_the_sending_of_what_was_acknowledged() {
    let mut leader = node(A, true, &[Switch::Lease], &[]);
    leader.show_clock(Micros(100_000));
    leader.step(Input::Timer(Timer::Heartbeat));
    leader.show_clock(Micros(330_000));
    leader.step(ack(1, 3, 100_000));
    assert_eq!(leader.lease_ends(), Some(Micros(500_000)), "not after the acknowledgement came in");
    leader.show_clock(Micros(499_999));
    assert_eq!(answers(&leader.step(ask(7))), [Answer::Created(at(1, 4))]);
    leader.show_clock(Micros(500_000));
    let outputs = leader.step(ask(8));
    assert_eq!(answers(&outputs), [Answer::NotLeader]);
    assert!(outputs.contains(&Output::Event(Event::LeaseRanOut { at: Micros(500_000) })), "{outputs:?}");
    assert_eq!(leader.log().last(), at(1, 4), "nothing is appended");
}

#[test]
fn an_answer_that_comes_due_without_a_lease_is_kept_until_there_is_one() {
    let mut leader = node(A, true, &[Switch::Lease], &[]);
    leader.step(Input::Order(Order::UseRule { change: 1, rule: CommitRule::LeaderFsync, sync: sync() }));
    assert_eq!(answers(&leader.step(ask(7))), []);
    leader.show_clock(Micros(400_000));
    assert_eq!(answers(&leader.step(Input::Written(at(1, 4)))), []);
    assert_eq!(leader.commit(), 4, "it commits all the same");
    leader.step(Input::Timer(Timer::Heartbeat));
    let outputs = leader.step(ack(1, 4, 400_000));
    assert_eq!(answers(&outputs), [Answer::Created(at(1, 4))]);
    assert!(outputs.contains(&Output::Event(Event::LeaseHeld)));
}

#[test]
fn a_new_leader_writes_at_once_and_answers_400_ms_later() {
    let mut leader = node(B, false, &[Switch::Lease], &[]);
    leader.show_clock(Micros(50_000));
    leader.step(Input::Order(Order::Campaign { term: 2 }));
    leader.step(Input::Order(Order::Lead { term: 2, rule: CommitRule::LeaderMemory, sync: sync() }));
    assert_eq!(answers(&leader.step(ask(7))), []);
    assert_eq!(leader.log().last(), at(2, 5), "appended after its first entry");
    let (booking, cabin, customer) = (Booking::Reserve, Cabin::Tonight(7), CustomerId(8));
    let rival = Input::Request(Request { id: RequestId(8), booking, cabin, customer });
    assert_eq!(answers(&leader.step(rival)), [Answer::NotLeader], "a refusal would be an answer too");
    leader.show_clock(Micros(400_000));
    leader.step(Input::Timer(Timer::Heartbeat));
    leader.show_clock(Micros(449_999));
    assert_eq!(answers(&leader.step(ack(2, 5, 400_000))), []);
    leader.show_clock(Micros(450_000));
    assert_eq!(answers(&leader.step(ack(2, 5, 400_000))), [Answer::Created(at(2, 5))]);
    assert_eq!(answers(&leader.step(ask(7))), [Answer::Created(at(2, 5))], "asked again, there is nothing to wait for");
}

#[test]
fn a_lease_that_is_switched_off_keeps_nothing_back() {
    let mut leader = node(A, true, &[Switch::Lease], &[]);
    leader.step(Input::Order(Order::UseRule { change: 1, rule: CommitRule::LeaderFsync, sync: sync() }));
    leader.step(ask(7));
    leader.show_clock(Micros(900_000));
    leader.step(Input::Written(at(1, 4)));
    assert_eq!(answers(&leader.configure(Configuration::default())), [Answer::Created(at(1, 4))]);
}

#[test]
fn without_terms_a_follower_obeys_the_leader_that_it_was_pointed_at() {
    let mut follower = node(B, false, &[], &[Switch::Terms]);
    follower.step(append(A, 1));
    assert_eq!(follower.step(append(C, 2)), [], "it says nothing to another");
    assert_eq!((follower.term(), follower.following()), (1, Some(A)));
    follower.step(Input::Message { from: C, message: Message::Adopt { term: 2 } });
    follower.step(append(C, 2));
    assert_eq!((follower.term(), follower.following()), (2, Some(C)));
    assert_eq!(follower.step(append(A, 1)), [], "nor to the one of before");
    let late = Message::Adopt { term: 1 };
    assert_eq!(follower.step(Input::Message { from: A, message: late }), [], "whatever it wants");
    assert_eq!(follower.following(), Some(C));
}

#[test]
fn without_terms_leaders_ignore_each_other_and_whoever_follows_nobody_follows_the_first() {
    let mut leader = node(A, true, &[], &[Switch::Terms]);
    for message in [Message::Adopt { term: 2 }, Message::NewerTerm { term: 2 }] {
        assert_eq!(leader.step(Input::Message { from: B, message }), []);
    }
    assert_eq!(leader.step(append(B, 2)), []);
    assert_eq!((leader.role(), leader.term()), (Role::Leader, 1));
    leader.step(Input::Order(Order::StepDown));
    leader.step(append(B, 2));
    assert_eq!((leader.term(), leader.following()), (2, Some(B)));
}
