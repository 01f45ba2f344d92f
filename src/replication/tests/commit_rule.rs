//! The commit rules, over every placing of three logs of up to three entries.

use super::*;

fn copies(node: NodeId, received: Index, durable: Index) -> Copies {
    Copies { node, received, durable, applied: 0 }
}

/// Every placing: what each node has received, and how much of that is durable.
fn placings() -> impl Iterator<Item = Vec<Copies>> {
    let one = || (0..=3 as Index).flat_map(|received| (0..=received).map(move |durable| (received, durable)));
    one().flat_map(move |a| {
        one().flat_map(move |b| one().map(move |c| vec![copies(A, a.0, a.1), copies(B, b.0, b.1), copies(C, c.0, c.1)]))
    })
}

/// What each rule says in words, counted out for one index.
fn meets(rule: CommitRule, copies: &[Copies], index: Index) -> bool {
    let [a, b, c] = copies else { return false };
    match rule {
        CommitRule::LeaderMemory => a.received >= index,
        CommitRule::LeaderFsync => a.durable >= index,
        CommitRule::SyncReceived => a.durable >= index && b.received >= index,
        CommitRule::SyncQuorum | CommitRule::SyncApplied => a.durable >= index && b.durable >= index,
        CommitRule::Majority => [a, b, c].iter().filter(|copy| copy.durable >= index).count() >= 2,
        CommitRule::AllReplicas => [a, b, c].iter().all(|copy| copy.durable >= index),
    }
}

#[test]
fn a_rule_commits_exactly_what_its_words_say() {
    for rule in CommitRule::ALL {
        let demand = rule.demand(A, sync(), 3);
        for copies in placings() {
            let expected = (1..=3).rev().find(|index| meets(rule, &copies, *index)).unwrap_or(0);
            assert_eq!(demand.committed(&copies), expected, "{rule} {copies:?}");
        }
    }
}

#[test]
fn what_lacks_is_what_would_commit_it() {
    for rule in CommitRule::ALL {
        let demand = rule.demand(A, sync(), 3);
        for mut copies in placings() {
            let lacking = demand.lacking(&copies, 2);
            assert_eq!(lacking.count == 0, demand.committed(&copies) >= 2, "{rule} {copies:?}");
            for (node, kind) in lacking.candidates.iter().take(lacking.count) {
                let copy = &mut copies[node.slot()];
                copy.received = copy.received.max(2);
                if *kind == CopyKind::Durable {
                    copy.durable = copy.durable.max(2);
                }
            }
            assert!(demand.committed(&copies) >= 2, "{rule} {copies:?}");
        }
    }
}

#[test]
fn a_leader_outside_the_set_waits_for_every_member() {
    let demand = CommitRule::SyncQuorum.demand(C, sync(), 3);
    let rows = |a, b, c| [copies(A, a, a), copies(B, b, b), copies(C, c, c)];
    assert_eq!(demand.committed(&rows(1, 2, 3)), 1);
    assert_eq!(demand.committed(&rows(3, 0, 3)), 0);
    assert_eq!(demand.committed(&rows(3, 3, 2)), 2);
}

#[test]
fn a_node_that_nobody_has_heard_of_has_no_copy() {
    let demand = CommitRule::SyncQuorum.demand(A, sync(), 3);
    assert_eq!(demand.committed(&[copies(A, 3, 3)]), 0);
}

#[test]
fn a_majority_is_more_than_half() {
    let wanted = [(3, 2), (5, 3)];
    for (members, count) in wanted {
        assert_eq!(CommitRule::Majority.demand(A, sync(), members), Demand::AnyDurable(count));
    }
}

#[test]
fn names_read_back() {
    for rule in CommitRule::ALL {
        assert_eq!(CommitRule::from_name(rule.name()), Some(rule));
    }
    assert_eq!(CommitRule::from_name("some"), None);
}

/// Elections rest on it: whoever leads, an entry on fewer disks is not committed, and on so many it can be.
#[test]
fn an_entry_is_committed_on_no_fewer_disks_than_the_rule_says() {
    for (members, rule) in [3, 5].into_iter().flat_map(|members| CommitRule::ALL.map(|rule| (members, rule))) {
        let sets = || (0..1_u8 << members).map(move |bits| set_of(bits, members));
        for sync in sets().filter(|set| set.len() >= 2) {
            let commits = |holders: &NodeSet| {
                let copies: Vec<_> = holders.iter().map(|node| copies(node, 1, 1)).collect();
                NodeId::all(members).any(|leader| rule.demand(leader, sync, members).committed(&copies) == 1)
            };
            let fewest = sets().filter(commits).map(NodeSet::len).min().expect("all of them are enough");
            let weak = matches!(rule, CommitRule::LeaderMemory | CommitRule::LeaderFsync | CommitRule::SyncReceived);
            assert_eq!(rule.fewest_disks(sync, members), Some(fewest).filter(|_| !weak), "{rule} {sync}");
        }
    }
}

fn set_of(bits: u8, members: usize) -> NodeSet {
    NodeId::all(members).filter(|node| bits & (1 << node.0) != 0).collect()
}
