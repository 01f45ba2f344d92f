//! Terms: what is on disk before anybody hears of it, and how a campaign ends.

use super::*;

fn recovered(id: NodeId) -> Node {
    Node::recover(id, 3, &Disk { term: 1, vote: None, log: log(&[1, 1, 1]), lost: false }, 1)
}

/// The term and the vote that a step writes, and how much is sent afterwards.
fn written(outputs: &[Output]) -> Option<(Option<Term>, Option<NodeId>, usize)> {
    outputs.iter().find_map(|output| match output {
        Output::Persist { write, then } => Some((write.term, write.vote, then.len())),
        _ => None,
    })
}

#[test]
fn a_term_that_was_heard_of_is_written_down() {
    let outputs = recovered(B).step(Input::Message { from: C, message: Message::NewerTerm { term: 2 } });
    assert_eq!(written(&outputs), Some((Some(2), None, 0)));
}

#[test]
fn a_campaign_is_on_disk_before_anybody_hears_of_it() {
    let mut node = recovered(B);
    let outputs = node.step(Input::Order(Order::Campaign { term: 2 }));
    assert_eq!(written(&outputs), Some((Some(2), Some(B), 3)), "the control plane and two nodes");
    assert!(!outputs.iter().any(|output| matches!(output, Output::Send(_))), "{outputs:?}");
    assert_eq!(node.step(Input::Order(Order::Campaign { term: 2 })), [], "once a term");
}

#[test]
fn a_campaign_ends_with_the_verdict_on_it_and_no_other() {
    let because = StepDownReason::NotSafe;
    let mut node = recovered(B);
    node.step(Input::Order(Order::Campaign { term: 2 }));
    assert_eq!(node.step(Input::Order(Order::StandDown { term: 3 })), []);
    assert_eq!(node.role(), Role::Candidate);
    let outputs = node.step(Input::Order(Order::StandDown { term: 2 }));
    assert_eq!((node.role(), outputs), (Role::Follower, vec![Output::Event(Event::SteppedDown { because })]));
    let lead = Order::Lead { term: 2, rule: CommitRule::Majority, sync: sync() };
    assert_eq!(node.step(Input::Order(lead)), [], "it is over");
}
