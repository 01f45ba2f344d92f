//! What a search needs to know of a node: whether anything would come of a probe, a message or an order, and which of two
//! states are one.

use super::*;
use std::hash::{DefaultHasher, Hash, Hasher};

fn recovered(id: NodeId, terms: &[Term]) -> Node {
    let disk = Disk { term: terms.last().copied().unwrap_or(1), vote: None, log: log(terms), lost: false };
    Node::recover(id, 3, &disk, 1)
}

fn settled(id: NodeId, rule: CommitRule) -> Node {
    let mut node = recovered(id, &[2, 2, 2]);
    node.settle(A, rule, sync());
    node
}

fn hear(node: &mut Node, from: NodeId, message: Message) -> Vec<Output> {
    node.step(Input::Message { from, message })
}

fn ask() -> Input {
    let (booking, cabin, customer) = (Booking::Reserve, Cabin::Tonight(14), CustomerId(7));
    Input::Requests(vec![Request { id: RequestId(7), booking, cabin, customer }])
}

/// Everything for B that a step sends, be it at once or after a write.
fn to_b(outputs: &[Output]) -> Vec<Message> {
    let for_b = |send: &Send| match send {
        Send::Peer { to: B, message, .. } => Some(message.clone()),
        _ => None,
    };
    let of = |output: &Output| match output {
        Output::Send(send) => for_b(send).into_iter().collect(),
        Output::Persist { then, .. } => then.iter().filter_map(for_b).collect(),
        _ => Vec::new(),
    };
    outputs.iter().flat_map(of).collect()
}

fn acknowledged(index: Index, applied: Index) -> Message {
    Message::Acknowledge(Acknowledge { term: 2, received: index, durable: index, applied, round: 0 })
}

fn fingerprint(state: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    state.hash(&mut hasher);
    hasher.finish()
}

/// The leader has appended the entry at 4, and B has it in memory. B's disk has not, and the leader has heard nothing.
fn in_memory(rule: CommitRule) -> (Node, Node) {
    let (mut leader, mut follower) = (settled(A, rule), settled(B, rule));
    let sent = to_b(&leader.step(ask()));
    assert!(leader.probe_would_change(&follower), "the follower lacks an entry");
    sent.into_iter().for_each(|message| drop(hear(&mut follower, A, message)));
    (leader, follower)
}

/// The entry at 4 is committed, as both know; B has applied it, and the leader has heard of its disk alone.
fn applied(rule: CommitRule) -> (Node, Node) {
    let (mut leader, mut follower) = in_memory(rule);
    follower.step(Input::Written(at(2, 4)));
    assert!(leader.probe_would_change(&follower), "it is on the follower's disk");
    leader.step(Input::Written(at(2, 4)));
    let sent = to_b(&hear(&mut leader, B, acknowledged(4, 3)));
    assert_eq!(leader.commit(), 4);
    assert!(leader.probe_would_change(&follower), "it is committed");
    sent.into_iter().for_each(|message| drop(hear(&mut follower, A, message)));
    assert_eq!(follower.applied(), 4);
    (leader, follower)
}

#[test]
fn where_leader_and_follower_know_everything_a_probe_changes_nothing() {
    for rule in CommitRule::ALL {
        let (leader, follower) = (settled(A, rule), settled(B, rule));
        assert!(!leader.probe_would_change(&follower), "{rule}");
        assert!(!follower.probe_would_change(&leader), "{rule}: only a leader probes");
    }
}

#[test]
fn a_probe_reaches_whoever_does_not_follow_its_sender() {
    let settled = |id, leader| {
        let mut node = recovered(id, &[]);
        node.settle(leader, CommitRule::SyncQuorum, sync());
        node
    };
    assert!(!settled(A, A).probe_would_change(&settled(B, A)));
    assert!(settled(A, A).probe_would_change(&settled(B, C)), "it follows another, and lacks nothing");
    let mut candidate = settled(B, A);
    candidate.step(Input::Order(Order::Campaign { term: 2 }));
    assert!(settled(A, A).probe_would_change(&candidate));
}

#[test]
fn word_of_a_copy_in_memory_is_news_where_the_rule_asks_for_it() {
    for rule in [CommitRule::SyncReceived, CommitRule::SyncQuorum, CommitRule::SyncApplied, CommitRule::Majority] {
        let (leader, follower) = in_memory(rule);
        assert_eq!(leader.probe_would_change(&follower), rule == CommitRule::SyncReceived, "{rule}");
    }
}

#[test]
fn word_that_an_entry_is_applied_is_news_where_the_rule_asks_for_it() {
    for rule in [CommitRule::SyncReceived, CommitRule::SyncQuorum, CommitRule::SyncApplied, CommitRule::Majority] {
        let (leader, follower) = applied(rule);
        assert_eq!(leader.probe_would_change(&follower), rule == CommitRule::SyncApplied, "{rule}");
    }
}

/// Whether a message of the term before, of this one and of the next would come too late.
fn past(node: &Node, message: impl Fn(Term) -> Message) -> [bool; 3] {
    [1, 2, 3].map(|term| node.is_past(&message(term)))
}

fn report() -> Report {
    Report { node: C, last: at(2, 3), commit: 3, starts: 1, lost_disk: false }
}

fn elects(mut node: Node) -> Node {
    let switches = Switches::default().set(Switch::Failover, true);
    node.configure(Configuration { switches, ..Configuration::default() });
    node
}

/// A node that stands for election in term 2.
fn candidate() -> Node {
    let mut node = elects(recovered(B, &[1, 1, 1]));
    node.step(Input::Order(Order::Stand));
    node
}

/// A node that the control plane has asked to lead term 2.
fn campaigning() -> Node {
    let mut node = recovered(B, &[1, 1, 1]);
    node.step(Input::Order(Order::Campaign { term: 2 }));
    node
}

#[test]
fn what_a_follower_reports_is_for_the_leader_of_its_term_and_for_whoever_may_still_lead_a_later_one() {
    let (leader, follower) = (settled(A, CommitRule::SyncQuorum), settled(B, CommitRule::SyncQuorum));
    let (previous, last) = (at(1, 3), at(1, 3));
    let reports: [&dyn Fn(Term) -> Message; 4] = [
        &|term| Message::Acknowledge(Acknowledge { term, received: 3, durable: 3, applied: 3, round: 0 }),
        &|term| Message::Reject { term, previous, hint: None },
        &|term| Message::ChunksReceived { term, last, chunks: 1, of: 2 },
        &|term| Message::LostDisk { term, round: 0, durable: 0 },
    ];
    for report in reports {
        assert_eq!(past(&leader, report), [true, false, false], "{:?}", report(2));
        assert_eq!(past(&follower, report), [true, true, false], "{:?}", report(2));
    }
}

#[test]
fn word_of_a_term_is_too_late_for_whoever_knows_it() {
    let leader = settled(A, CommitRule::SyncQuorum);
    assert_eq!(past(&leader, |term| Message::NewerTerm { term }), [true, true, false]);
}

#[test]
fn word_that_it_is_whole_is_for_a_node_that_lost_its_disk() {
    let whole = |term| Message::Whole { term };
    assert_eq!(past(&settled(B, CommitRule::SyncQuorum), whole), [true, true, true]);
    let disk = Disk { term: 2, ..Disk::lost() };
    assert_eq!(past(&Node::recover(B, 3, &disk, 2), whole), [true, false, false]);
}

#[test]
fn votes_are_for_candidates() {
    let vote = |term| Message::Vote { term, pre: false, refusal: None };
    assert_eq!(past(&candidate(), vote), [true, false, false]);
    assert_eq!(past(&settled(B, CommitRule::SyncQuorum), vote), [true, true, true]);
}

#[test]
fn reports_to_a_campaign_are_for_whoever_campaigns_in_that_term_or_may_in_a_later_one() {
    let adopted = |term| Message::Adopted { term, report: report() };
    assert_eq!(past(&campaigning(), adopted), [true, false, false]);
    assert_eq!(past(&settled(B, CommitRule::SyncQuorum), adopted), [true, true, false]);
}

/// Even a message of an older term is turned away, of which its sender hears.
#[test]
fn what_is_always_answered_is_never_too_late() {
    let node = settled(B, CommitRule::SyncQuorum);
    let append = |term| {
        let (entries, report) = (Vec::new().into(), false);
        Message::Append(Append { term, previous: at(1, 3), entries, commit: 3, report, round: 0, as_of: None })
    };
    let ask_vote = |term| Message::AskVote(AskVote { term, last: at(1, 3), pre: false });
    assert_eq!(past(&node, append), [false; 3]);
    assert_eq!(past(&node, ask_vote), [false; 3]);
    assert_eq!(past(&node, |term| Message::Adopt { term }), [false; 3]);
}

#[test]
fn a_verdict_is_for_whoever_campaigns_and_every_other_order_for_anybody() {
    let verdicts: [&dyn Fn(Term) -> Order; 2] =
        [&|term| Order::Lead { term, rule: CommitRule::Majority, sync: sync() }, &|term| Order::StandDown { term }];
    for verdict in verdicts {
        let past = |node: &Node| [1, 2, 3].map(|term| node.is_past_order(&verdict(term)));
        assert_eq!(past(&campaigning()), [true, false, false], "{}", verdict(2));
        assert_eq!(past(&settled(B, CommitRule::Majority)), [true, true, false], "{}", verdict(2));
    }
    for order in [Order::Campaign { term: 1 }, Order::HandOver { to: C }, Order::Stand, Order::StepDown] {
        assert!(!settled(B, CommitRule::Majority).is_past_order(&order), "{order}");
    }
}

#[test]
fn a_leader_takes_requests_until_it_hands_over() {
    let mut leader = settled(A, CommitRule::SyncQuorum);
    assert!(leader.takes_requests());
    assert!(!settled(B, CommitRule::SyncQuorum).takes_requests());
    leader.step(Input::Order(Order::HandOver { to: B }));
    assert!(!leader.takes_requests());
}

#[test]
fn states_that_hold_something_else_are_not_one() {
    let leader = settled(A, CommitRule::SyncQuorum);
    assert_eq!(fingerprint(&leader), fingerprint(&settled(A, CommitRule::SyncQuorum)));
    let mut other_rule = leader.clone();
    other_rule.step(Input::Order(Order::UseRule { change: 1, rule: CommitRule::Majority, sync: sync() }));
    assert_ne!(fingerprint(&leader), fingerprint(&other_rule));
    let mut other_entry = log(&[2, 2]);
    other_entry.append(Entry { term: 2, ..reserve(3, 14) });
    assert_ne!(fingerprint(&log(&[2, 2, 2])), fingerprint(&other_entry));
}

/// Two leaders of one rule, of which one has heard B report what the other has not.
fn differ(rule: CommitRule, received: Index, durable: Index, applied: Index) -> bool {
    let (mut one, mut other) = (settled(A, rule), settled(A, rule));
    for (node, reported) in [(&mut one, (3, 3, 3)), (&mut other, (received, durable, applied))] {
        // Neither is committed by what is reported: the leader's own disk has not got it.
        node.step(ask());
        let (received, durable, applied) = reported;
        let ack = Acknowledge { term: 2, received, durable, applied, round: 0 };
        hear(node, B, Message::Acknowledge(ack));
        assert_eq!(node.leading().map(|leader| leader.progress()[&B].next), Some(5));
    }
    fingerprint(&one) != fingerprint(&other)
}

#[test]
fn what_a_leader_knows_of_its_followers_tells_states_apart_as_far_as_the_rule_asks_for_it() {
    use CommitRule::{AllReplicas, Majority, SyncApplied, SyncQuorum};
    for rule in [SyncQuorum, SyncApplied, Majority, AllReplicas] {
        assert!(differ(rule, 4, 4, 3), "{rule}: the match index");
        assert_eq!(differ(rule, 3, 3, 4), rule == SyncApplied, "{rule}: the applied index");
    }
}

/// A new leader's first append is on its way to B, of which it may have heard already.
#[test]
fn what_is_known_of_copies_in_memory_tells_states_apart_where_the_rule_asks_for_it() {
    let newly_leading = |rule| {
        let mut node = recovered(A, &[1, 1, 1]);
        node.keep_in_step();
        node.step(Input::Order(Order::Campaign { term: 2 }));
        node.step(Input::Order(Order::Lead { term: 2, rule, sync: sync() }));
        node
    };
    for rule in CommitRule::ALL {
        let (one, mut other) = (newly_leading(rule), newly_leading(rule));
        let ack = Acknowledge { term: 2, received: 3, durable: 0, applied: 0, round: 0 };
        hear(&mut other, B, Message::Acknowledge(ack));
        assert_eq!(fingerprint(&one) != fingerprint(&other), rule == CommitRule::SyncReceived, "{rule}");
    }
}

#[test]
fn messages_that_say_or_do_something_else_are_not_one() {
    let append = |commit, as_of| {
        let (entries, report) = (Vec::new().into(), false);
        Append { term: 1, previous: at(1, 3), entries, commit, report, round: 0, as_of }
    };
    assert_ne!(fingerprint(&append(3, None)), fingerprint(&append(2, None)));
    assert_eq!(fingerprint(&append(3, None)), fingerprint(&append(3, Some(Micros(9)))), "a search knows no time");
    let send = |to, routine| Send::Peer { to, message: Message::Append(append(3, None)), routine };
    assert_ne!(fingerprint(&send(B, false)), fingerprint(&send(C, false)));
    assert_eq!(fingerprint(&send(B, false)), fingerprint(&send(B, true)), "that it says nothing new is no matter");
}
