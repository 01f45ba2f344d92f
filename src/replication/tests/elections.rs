//! Elections, at one node: who gets a vote, what must be on disk before, and who leads.

use super::*;

const D: NodeId = NodeId(3);

fn configuration(floor: Term) -> Configuration {
    let switches = Switches::default().set(Switch::Failover, true);
    Configuration { switches, floor, rule: CommitRule::Majority, sync: sync(), votes: 0 }
}

fn recovered(id: NodeId, members: usize, term: Term, vote: Option<NodeId>) -> Node {
    let disk = Disk { term, vote, log: log(&[1, 1, 1]), lost: false };
    let mut node = Node::recover(id, members, &disk, 1);
    node.configure(configuration(0));
    node
}

fn hear(node: &mut Node, from: NodeId, message: Message) -> Vec<Output> {
    node.step(Input::Message { from, message })
}

fn ask(node: &mut Node, from: NodeId, term: Term, last: Position, pre: bool) -> Vec<Output> {
    hear(node, from, Message::AskVote(AskVote { term, last, pre }))
}

/// A term and a vote that are written first.
type Written = (Option<Term>, Option<NodeId>);

/// What is said of a vote, and whether that waits for the disk to have the term and the vote.
fn vote(outputs: &[Output]) -> (Option<VoteRefusal>, Option<Written>) {
    let said = |send: &Send| match send {
        Send::Peer { message: Message::Vote { refusal, .. }, .. } => Some(*refusal),
        _ => None,
    };
    let found = outputs.iter().find_map(|output| match output {
        Output::Send(send) => said(send).map(|refusal| (refusal, None)),
        Output::Persist { write, then } => then.iter().find_map(said).map(|it| (it, Some((write.term, write.vote)))),
        _ => None,
    });
    found.expect("the question is answered")
}

fn granted(node: &mut Node, from: NodeId, term: Term, pre: bool) -> Vec<Output> {
    hear(node, from, Message::Vote { term, pre, refusal: None })
}

#[test]
fn a_vote_leaves_once_it_is_on_disk_and_there_is_one_a_term() {
    let mut node = recovered(B, 3, 1, None);
    assert_eq!(vote(&ask(&mut node, A, 2, at(1, 3), false)), (None, Some((Some(2), Some(A)))));
    assert_eq!(vote(&ask(&mut node, C, 2, at(1, 9), false)), (Some(VoteRefusal::VotedFor(A)), None));
    assert_eq!(vote(&ask(&mut node, A, 2, at(1, 3), false)), (None, Some((Some(2), Some(A)))), "asked again");
    assert_eq!(vote(&ask(&mut node, C, 3, at(1, 3), false)), (None, Some((Some(3), Some(C)))), "a new term");
    let mut again = recovered(B, 3, 2, Some(A));
    assert_eq!(vote(&ask(&mut again, C, 2, at(1, 9), false)).0, Some(VoteRefusal::VotedFor(A)), "after a restart");
}

#[test]
fn a_disk_remembers_the_vote_of_its_term_alone() {
    let mut disk = Disk { term: 1, vote: None, log: log(&[1]), lost: false };
    disk.apply(&Write { term: Some(2), vote: Some(A), ..Write::default() });
    disk.apply(&Write { entries: vec![entry(2, 2)], ..Write::default() });
    assert_eq!((disk.term, disk.vote), (2, Some(A)));
    disk.apply(&Write { term: Some(1), vote: Some(C), ..Write::default() });
    assert_eq!((disk.term, disk.vote), (2, Some(A)));
    disk.apply(&Write { term: Some(3), ..Write::default() });
    assert_eq!((disk.term, disk.vote), (3, None));
}

#[test]
fn a_candidate_that_lacks_something_is_refused_and_its_term_kept() {
    let mut node = recovered(B, 3, 1, None);
    let refusal = VoteRefusal::Behind { theirs: at(1, 2), ours: at(1, 3) };
    assert_eq!(vote(&ask(&mut node, C, 2, at(1, 2), false)), (Some(refusal), Some((Some(2), None))));
    assert_eq!(vote(&ask(&mut node, C, 2, at(2, 1), false)).0, None, "a newer term outweighs a longer log");
}

#[test]
fn whoever_hears_a_leader_would_not_vote_for_another() {
    let mut node = recovered(B, 3, 1, None);
    node.settle(A, CommitRule::Majority, sync());
    node.show_clock(Micros(ELECTION_TIMEOUT.0 - 1));
    let outputs = ask(&mut node, C, 1, at(1, 3), true);
    assert_eq!(vote(&outputs), (Some(VoteRefusal::HearsLeader(A)), None));
    node.show_clock(ELECTION_TIMEOUT);
    assert_eq!(vote(&ask(&mut node, C, 1, at(1, 3), true)), (None, None), "a mere word needs no disk");
    assert_eq!((node.term(), node.following()), (1, Some(A)), "and changes nothing");

    let mut leader = recovered(A, 3, 1, None);
    leader.settle(A, CommitRule::Majority, sync());
    leader.show_clock(Micros::from_secs(9));
    assert_eq!(vote(&ask(&mut leader, C, 1, at(1, 3), true)).0, Some(VoteRefusal::HearsLeader(A)));
}

#[test]
fn a_majority_of_five_leads_and_no_vote_counts_twice() {
    let mut node = recovered(B, 5, 1, None);
    node.step(Input::Timer(Timer::Election));
    granted(&mut node, A, 1, true);
    assert_eq!(node.term(), 1, "one word and its own are no majority of five");
    granted(&mut node, A, 1, true);
    assert_eq!(node.term(), 1);
    granted(&mut node, C, 1, true);
    assert_eq!((node.term(), node.role()), (2, Role::Candidate));
    granted(&mut node, C, 2, true);
    granted(&mut node, A, 2, false);
    granted(&mut node, A, 2, false);
    hear(&mut node, D, Message::Vote { term: 2, pre: false, refusal: Some(VoteRefusal::VotedFor(D)) });
    assert_eq!(node.role(), Role::Candidate, "a word is no vote, and two of five are no majority");
    let outputs = granted(&mut node, C, 2, false);
    assert_eq!((node.role(), node.leading().map(Leader::rule)), (Role::Leader, Some(CommitRule::Majority)));
    let notice = Notice::Elected { node: B, term: 2 };
    assert!(outputs.contains(&Output::Send(Send::Announce { notice, routine: false })), "{outputs:?}");
}

#[test]
fn where_two_of_five_disks_may_be_all_a_majority_is_not_enough() {
    let mut node = recovered(B, 5, 1, None);
    node.configure(Configuration { votes: 4, ..configuration(0) });
    node.step(Input::Timer(Timer::Election));
    for (pre, term) in [(true, 1), (false, 2)] {
        granted(&mut node, A, term, pre);
        granted(&mut node, C, term, pre);
        assert_eq!((node.term(), node.role()), (term, Role::Candidate), "three of five");
        granted(&mut node, D, term, pre);
    }
    assert_eq!((node.term(), node.role()), (2, Role::Leader));
}

#[test]
fn a_candidate_asks_once_its_own_vote_is_on_disk() {
    let mut node = recovered(B, 3, 1, None);
    node.configure(configuration(7));
    let outputs = node.step(Input::Order(Order::Stand));
    let asks = outputs.iter().find_map(|output| match output {
        Output::Persist { write, then } => Some((write.term, write.vote, then.len())),
        _ => None,
    });
    assert_eq!(asks, Some((Some(8), Some(B), 2)), "in a term that the control plane never handed out");
    let at_once = outputs.iter().any(|output| matches!(output, Output::Send(_)));
    assert!(!at_once, "{outputs:?}");
}

#[test]
fn a_leader_without_a_majority_steps_down() {
    let mut node = recovered(A, 3, 1, None);
    node.settle(A, CommitRule::SyncQuorum, sync());
    let acknowledge = |round| {
        let (received, durable, applied) = (3, 3, 3);
        Message::Acknowledge(Acknowledge { term: 1, received, durable, applied, round })
    };
    let since = Micros(200_000);
    node.show_clock(since);
    node.step(Input::Timer(Timer::Heartbeat));
    hear(&mut node, C, acknowledge(since.0));
    node.show_clock(since + Micros(2 * ELECTION_TIMEOUT.0));
    node.step(Input::Timer(Timer::Heartbeat));
    assert_eq!(node.role(), Role::Leader, "one of two followers is enough, whoever it is");
    node.show_clock(since + Micros(2 * ELECTION_TIMEOUT.0 + 1));
    let outputs = node.step(Input::Timer(Timer::Heartbeat));
    let because = StepDownReason::NoMajority { since };
    assert!(outputs.contains(&Output::Event(Event::SteppedDown { because })), "{outputs:?}");
    assert!(outputs.contains(&Output::SetTimer(Timer::Election)));
}

#[test]
fn nobody_is_elected_once_elections_are_off() {
    let mut node = recovered(B, 3, 1, None);
    node.step(Input::Order(Order::Stand));
    node.configure(Configuration::default());
    granted(&mut node, A, 2, false);
    assert_eq!(node.role(), Role::Follower);
    assert_eq!(node.step(Input::Timer(Timer::Election)), []);
    assert_eq!(node.step(Input::Order(Order::Stand)), []);
    let outputs = node.configure(configuration(0));
    assert_eq!(outputs, [Output::SetTimer(Timer::Election)], "from here on it watches for a leader again");
}

#[test]
fn who_stands_says_how_many_votes_it_takes_where_a_majority_is_not_enough() {
    let stands = |members, votes| {
        let mut node = recovered(B, members, 1, None);
        node.configure(Configuration { votes, ..configuration(0) });
        node.step(Input::Timer(Timer::Election)).into_iter().find_map(|output| match output {
            Output::Event(Event::Stands { votes, .. }) => Some(votes),
            _ => None,
        })
    };
    for (members, votes, said) in [(3, 0, None), (3, 2, None), (3, 3, Some(3)), (5, 3, None), (5, 4, Some(4))] {
        assert_eq!(stands(members, votes), Some(said), "{votes} of {members}");
    }
}

#[test]
fn an_elected_leader_announces_itself_again_with_every_twentieth_heartbeat() {
    let mut node = recovered(A, 3, 1, None);
    node.settle(A, CommitRule::SyncQuorum, sync());
    let announced = |outputs: &[Output]| {
        let notice = Notice::Elected { node: A, term: 1 };
        outputs.contains(&Output::Send(Send::Announce { notice, routine: true }))
    };
    let heartbeats = (1..=60).filter(|_| announced(&node.step(Input::Timer(Timer::Heartbeat))));
    assert_eq!(heartbeats.collect::<Vec<_>>(), [20, 40, 60]);
}
