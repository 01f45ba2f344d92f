//! A node that has lost its disk: what it does not do, and what it takes to count again.

use super::*;

fn lost(id: NodeId) -> Node {
    let mut node = Node::recover(id, 3, &Disk::lost(), 2);
    let switches = Switches::default().set(Switch::Failover, true);
    node.configure(Configuration { switches, ..Configuration::default() });
    node
}

fn leader(rule: CommitRule) -> Node {
    let disk = Disk { term: 1, vote: None, log: log(&[1, 1, 1]), lost: false };
    let mut node = Node::recover(A, 3, &disk, 1);
    node.settle(A, rule, sync());
    node
}

fn hear(node: &mut Node, from: NodeId, message: Message) -> Vec<Output> {
    node.step(Input::Message { from, message })
}

fn ack(node: &mut Node, from: NodeId, index: Index, round: Round) -> Vec<Output> {
    let ack = Acknowledge { term: 1, received: index, durable: index, applied: index, round };
    hear(node, from, Message::Acknowledge(ack))
}

/// Which round the appends to a follower are of, and whether it is told that it is whole.
fn sent(outputs: &[Output], follower: NodeId) -> (Option<Round>, bool) {
    let messages = outputs.iter().filter_map(|output| match output {
        Output::Send(Send::Peer { to, message, .. }) if *to == follower => Some(message),
        _ => None,
    });
    let mut found = (None, false);
    for message in messages {
        match message {
            Message::Append(append) => found.0 = Some(append.round),
            Message::Whole { .. } => found.1 = true,
            _ => {}
        }
    }
    found
}

fn heartbeat(node: &mut Node) -> Round {
    let outputs = node.step(Input::Timer(Timer::Heartbeat));
    sent(&outputs, B).0.expect("every follower is sent to")
}

#[test]
fn a_node_that_lost_its_disk_neither_votes_nor_stands_nor_reports() {
    let mut node = lost(B);
    let outputs = hear(&mut node, C, Message::AskVote(AskVote { term: 5, last: at(4, 9), pre: false }));
    let event = Event::Voted { candidate: C, pre: false, refusal: Some(VoteRefusal::LostDisk) };
    assert!(outputs.contains(&Output::Event(event)), "{outputs:?}");
    node.step(Input::Timer(Timer::Election));
    node.step(Input::Order(Order::Stand));
    assert_eq!((node.role(), node.term()), (Role::Follower, 5));
    let outputs = hear(&mut node, C, Message::Adopt { term: 6 });
    let report = outputs.iter().find_map(|output| match output {
        Output::Persist { then, .. } => then.iter().find_map(|send| match send {
            Send::Peer { message: Message::Adopted { report, .. }, .. } => Some(*report),
            _ => None,
        }),
        _ => None,
    });
    let report = report.expect("it adopts the term, and says so");
    assert!(report.lost_disk);
    let verdict = judge(B, &[report], &[], true);
    assert_eq!(verdict.objections, [Objection::LostDisk]);
    let period = Period { rule: CommitRule::SyncQuorum, leader: A, ..period() };
    let whole = Report { node: C, lost_disk: false, ..report };
    assert!(!judge(C, &[report, whole], &[period], true).is_safe(), "nobody can tell what B once held");
}

fn period() -> Period {
    Period { term: 1, leader: A, rule: CommitRule::Majority, sync: sync(), from: 0, to: None, starts: vec![1; 3] }
}

#[test]
fn its_copies_count_once_it_has_everything_and_a_majority_without_it_has_confirmed_the_leader() {
    let mut node = leader(CommitRule::SyncQuorum);
    let request =
        Request { id: RequestId(7), booking: Booking::Reserve, cabin: Cabin::Tonight(14), customer: CustomerId(7) };
    node.step(Input::Requests(vec![request]));
    node.step(Input::Written(at(1, 4)));
    hear(&mut node, B, Message::LostDisk { term: 1, round: 0, durable: 0 });
    ack(&mut node, B, 4, 0);
    assert_eq!(node.commit(), 3, "what it acknowledged before the loss was heard of is void");

    let round = heartbeat(&mut node);
    let outputs = ack(&mut node, B, 4, round);
    assert_eq!((node.commit(), sent(&outputs, B).1), (3, false), "it has everything, but is this leader the newest?");
    ack(&mut node, C, 3, round);
    assert_eq!(node.commit(), 3);
    let outputs = ack(&mut node, B, 4, round);
    assert_eq!((node.commit(), sent(&outputs, B).1), (3, true), "it is told, and has not heard it yet");
    ack(&mut node, B, 4, round);
    assert_eq!(node.commit(), 3, "this was sent before it was told");

    let round = heartbeat(&mut node);
    hear(&mut node, B, Message::LostDisk { term: 1, round, durable: 4 });
    let outputs = ack(&mut node, B, 4, round);
    assert_eq!((node.commit(), sent(&outputs, B).1), (3, true), "the word was lost, and goes out again");

    let round = heartbeat(&mut node);
    let outputs = ack(&mut node, B, 4, round);
    assert!(outputs.contains(&Output::Event(Event::FollowerWhole { follower: B })), "{outputs:?}");
    assert_eq!(node.commit(), 4);
}

#[test]
fn a_leader_that_is_confirmed_waits_until_the_log_is_there() {
    let mut node = leader(CommitRule::Majority);
    hear(&mut node, B, Message::LostDisk { term: 1, round: 0, durable: 0 });
    let round = heartbeat(&mut node);
    ack(&mut node, C, 3, round);
    assert!(!sent(&ack(&mut node, B, 2, round), B).1);
    assert!(sent(&ack(&mut node, B, 3, round), B).1);
}

#[test]
fn a_disk_lost_again_on_the_way_back_starts_over() {
    let mut node = leader(CommitRule::Majority);
    hear(&mut node, B, Message::LostDisk { term: 1, round: 0, durable: 0 });
    let round = heartbeat(&mut node);
    ack(&mut node, B, 3, round);
    let outputs = hear(&mut node, B, Message::LostDisk { term: 1, round, durable: 0 });
    let event = Event::FollowerLostDisk { follower: B, through: 3 };
    assert!(outputs.contains(&Output::Event(event)), "it had acknowledged 3: {outputs:?}");
    ack(&mut node, C, 3, round);
    assert!(!sent(&ack(&mut node, B, 3, round), B).1, "what it acknowledged in between is void");
    let round = heartbeat(&mut node);
    ack(&mut node, C, 3, round);
    assert!(!sent(&ack(&mut node, B, 2, round), B).1);
    assert!(sent(&ack(&mut node, B, 3, round), B).1);
}

/// The leader has just told B that it is whole. The round in which B acknowledged what it took.
fn told() -> (Node, Round) {
    let mut node = leader(CommitRule::Majority);
    hear(&mut node, B, Message::LostDisk { term: 1, round: 0, durable: 0 });
    let round = heartbeat(&mut node);
    ack(&mut node, C, 3, round);
    assert!(sent(&ack(&mut node, B, 3, round), B).1);
    (node, round)
}

#[test]
fn what_was_said_before_it_was_told_that_it_is_whole_is_no_matter() {
    let (mut node, round) = told();
    hear(&mut node, B, Message::LostDisk { term: 1, round, durable: 3 });
    let round = heartbeat(&mut node);
    let outputs = ack(&mut node, B, 3, round);
    assert!(outputs.contains(&Output::Event(Event::FollowerWhole { follower: B })), "{outputs:?}");
}

#[test]
fn a_disk_lost_once_it_was_told_that_it_is_whole_starts_over() {
    let (mut node, _) = told();
    let round = heartbeat(&mut node);
    let outputs = hear(&mut node, B, Message::LostDisk { term: 1, round, durable: 0 });
    let event = Event::FollowerLostDisk { follower: B, through: 3 };
    assert!(outputs.contains(&Output::Event(event)), "{outputs:?}");
}

#[test]
fn a_node_that_lost_its_disk_does_not_count_again_because_it_needs_a_snapshot() {
    let mut node = leader(CommitRule::Majority);
    let recovers = |node: &Node| node.leading().is_some_and(|leader| leader.progress()[&B].recovery.is_some());
    hear(&mut node, B, Message::LostDisk { term: 1, round: 0, durable: 0 });
    assert!(recovers(&node));
    hear(&mut node, B, Message::Reject { term: 1, previous: at(1, 3), hint: None });
    assert!(recovers(&node));
}

#[test]
fn only_its_leader_makes_a_node_whole_and_its_disk_remembers() {
    let mut node = lost(B);
    let (report, entries) = (false, vec![entry(1, 1)].into());
    let append = Append { term: 1, previous: at(0, 0), entries, commit: 0, report, round: 9, as_of: None };
    let outputs = hear(&mut node, A, Message::Append(append));
    let confession = peer_message(&outputs, &Message::LostDisk { term: 1, round: 9, durable: 0 });
    assert!(confession, "{outputs:?}");
    hear(&mut node, C, Message::Whole { term: 1 });
    assert!(node.has_lost_its_disk());
    let outputs = hear(&mut node, A, Message::Whole { term: 1 });
    assert!(!node.has_lost_its_disk());
    let mut disk = Disk::lost();
    outputs.iter().for_each(|output| {
        if let Output::Persist { write, .. } = output {
            disk.apply(write);
        }
    });
    assert!(!disk.lost);
}

fn peer_message(outputs: &[Output], wanted: &Message) -> bool {
    outputs.iter().any(|output| matches!(output, Output::Send(Send::Peer { message, .. }) if message == wanted))
}
