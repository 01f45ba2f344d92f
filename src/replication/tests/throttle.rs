//! Throttling on lag, at one leader: when it begins, what is held back meanwhile, what lets it in, and when it ends.

use super::*;

const ALLOWED: u64 = 100_000;

/// A leader that commits at once, so that nothing but the lag of followers counts.
fn leader() -> Node {
    let disk = Disk { term: 1, vote: None, log: log(&[1, 1, 1]), lost: false };
    let mut node = Node::recover(A, 3, &disk, 1);
    node.settle(A, CommitRule::LeaderMemory, sync());
    node.set_limits(Limits { throttle: Some(Micros(ALLOWED)), bound: 4, ..Limits::default() });
    node
}

fn ask(node: &mut Node, id: u8) -> Vec<Output> {
    let (booking, cabin, customer) = (Booking::Reserve, Cabin::Tonight(id), CustomerId(u32::from(id)));
    node.step(Input::Request(Request { id: RequestId(u32::from(id)), booking, cabin, customer }))
}

fn ack(node: &mut Node, from: NodeId, index: Index) -> Vec<Output> {
    let message = Message::Acknowledge(Acknowledge { term: 1, received: index, durable: index, applied: 0, round: 0 });
    node.step(Input::Message { from, message })
}

fn heartbeat(node: &mut Node, at: u64) -> Vec<Output> {
    node.show_clock(Micros(at));
    node.step(Input::Timer(Timer::Heartbeat))
}

fn answers(outputs: &[Output]) -> Vec<(u32, Answer)> {
    let answer = |output: &Output| match output {
        Output::Answer { request, answer } => Some((request.0, *answer)),
        _ => None,
    };
    outputs.iter().filter_map(answer).collect()
}

/// For whom throttling begins with a step, and at what lag.
fn begins(outputs: &[Output]) -> Option<(NodeId, u64)> {
    outputs.iter().find_map(|output| match output {
        Output::Event(Event::Throttles { follower, lag }) => Some((*follower, lag.0)),
        _ => None,
    })
}

fn ends(outputs: &[Output]) -> bool {
    outputs.contains(&Output::Event(Event::ThrottlesNoMore))
}

/// Four entries are appended at the beginning. B has them all, and C has none of them at the given moment.
fn lagging(at: u64) -> Node {
    let mut node = leader();
    (1..=4).for_each(|id| drop(ask(&mut node, id)));
    ack(&mut node, B, 7);
    assert_eq!(begins(&heartbeat(&mut node, at)), Some((C, at)));
    node
}

#[test]
fn it_begins_when_a_follower_lags_further_than_is_allowed() {
    let mut node = leader();
    ask(&mut node, 1);
    ack(&mut node, B, 4);
    assert_eq!((begins(&heartbeat(&mut node, ALLOWED)), node.throttled_by()), (None, None));
    assert_eq!(begins(&heartbeat(&mut node, ALLOWED + 1)), Some((C, ALLOWED + 1)));
    assert_eq!(node.throttled_by(), Some(C));
    assert_eq!(begins(&heartbeat(&mut node, ALLOWED + 2)), None, "it is told once");
}

#[test]
fn lag_is_reckoned_from_the_oldest_entry_that_a_follower_lacks() {
    let mut node = leader();
    ask(&mut node, 1);
    node.show_clock(Micros(1));
    ask(&mut node, 2);
    node.show_clock(Micros(ALLOWED + 1));
    ask(&mut node, 3);
    ack(&mut node, B, 6);
    assert_eq!(begins(&heartbeat(&mut node, ALLOWED + 1)), Some((C, ALLOWED + 1)));

    let mut node = leader();
    for (at, id) in [(0, 1), (10, 2), (20, 3)] {
        node.show_clock(Micros(at));
        ask(&mut node, id);
    }
    ack(&mut node, B, 6);
    assert_eq!(begins(&heartbeat(&mut node, ALLOWED + 1)), Some((C, ALLOWED + 1)));

    let mut node = leader();
    ask(&mut node, 1);
    node.show_clock(Micros(50_000));
    ask(&mut node, 2);
    ack(&mut node, B, 5);
    ack(&mut node, C, 4);
    assert_eq!(begins(&heartbeat(&mut node, 150_000)), None, "it lacks the second alone");
    assert_eq!(begins(&heartbeat(&mut node, 150_001)), Some((C, ALLOWED + 1)));
}

#[test]
fn the_follower_that_lags_furthest_is_waited_for() {
    let mut node = leader();
    ask(&mut node, 1);
    node.show_clock(Micros(1000));
    ask(&mut node, 2);
    ack(&mut node, C, 4);
    ack(&mut node, B, 3);
    assert_eq!(begins(&heartbeat(&mut node, 200_000)), Some((B, 200_000)));
}

#[test]
fn a_follower_that_has_said_nothing_for_a_second_does_not_count() {
    for (at, counts) in [(1_000_000, true), (1_000_001, false)] {
        let mut node = leader();
        ask(&mut node, 1);
        ack(&mut node, B, 4);
        assert_eq!(begins(&heartbeat(&mut node, at)).is_some(), counts, "{at}");
    }
    let mut node = leader();
    ask(&mut node, 1);
    ack(&mut node, B, 4);
    node.show_clock(Micros(900_000));
    ack(&mut node, C, 3);
    assert!(begins(&heartbeat(&mut node, 1_500_000)).is_some(), "it has spoken since");
}

#[test]
fn what_is_held_back_appends_nothing_counts_towards_the_bound_and_is_handed_back() {
    let mut node = lagging(200_000);
    for id in 5..=8 {
        let outputs = ask(&mut node, id);
        let held = Event::Judged { request: RequestId(id.into()), judgement: Judgement::HeldBack { follower: C } };
        assert_eq!(outputs, [Output::Event(held)]);
    }
    assert_eq!((node.held_back(), node.log().last()), (4, at(1, 7)));
    assert_eq!(answers(&ask(&mut node, 9)), [(9, Answer::Unavailable)]);
    let outputs = node.step(Input::Order(Order::StepDown));
    assert_eq!(answers(&outputs), [5, 6, 7, 8].map(|id| (id, Answer::NotLeader)));
    assert_eq!((node.held_back(), node.throttled_by()), (0, None));
}

#[test]
fn one_more_is_let_in_for_two_that_are_stored_and_one_besides_once_it_is_near() {
    let mut node = lagging(200_000);
    (5..=8).for_each(|id| drop(ask(&mut node, id)));
    ack(&mut node, B, 7);
    assert_eq!(node.held_back(), 4, "another follower's disk is no matter");
    ack(&mut node, C, 4);
    assert_eq!(node.held_back(), 4, "one is not two");
    let outputs = ack(&mut node, C, 5);
    assert_eq!((node.held_back(), answers(&outputs)), (3, vec![(5, Answer::Created(at(1, 8)))]));
    ack(&mut node, C, 5);
    assert_eq!(node.held_back(), 3, "nothing more is stored");
    ack(&mut node, C, 7);
    assert_eq!((node.held_back(), node.log().last()), (0, at(1, 11)), "what it lacks now is new");
}

#[test]
fn it_ends_with_the_heartbeat_at_which_nobody_lags_and_nothing_is_held_back() {
    let mut node = lagging(200_000);
    assert!(!ends(&heartbeat(&mut node, 210_000)), "it lags still");
    (5..=8).for_each(|id| drop(ask(&mut node, id)));
    ack(&mut node, C, 6);
    assert_eq!(node.held_back(), 3);
    for _ in 0..2 {
        ack(&mut node, C, 7);
        assert_eq!(node.held_back(), 1, "the same word twice lets in nothing more");
    }
    assert!(!ends(&heartbeat(&mut node, 220_000)), "one is held back");
    ack(&mut node, C, 8);
    assert_eq!(node.held_back(), 0);
    assert!(ends(&heartbeat(&mut node, 230_000)));
    assert_eq!(answers(&ask(&mut node, 9)), [(9, Answer::Created(at(1, 12)))]);
}

#[test]
fn when_nobody_is_heard_of_everything_is_let_in() {
    let mut node = lagging(200_000);
    (5..=8).for_each(|id| drop(ask(&mut node, id)));
    let outputs = heartbeat(&mut node, 1_200_001);
    assert!(ends(&outputs));
    assert_eq!(answers(&outputs).len(), 4);
}
