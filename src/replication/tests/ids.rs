//! Names and sets of nodes.

use super::*;

fn set(nodes: &[NodeId]) -> NodeSet {
    nodes.iter().copied().collect()
}

#[test]
fn a_set_gains_and_loses_one_node_at_a_time() {
    for node in NodeId::all(NodeId::MOST) {
        let (all, alone) = (NodeId::all(NodeId::MOST).collect::<NodeSet>(), set(&[node]));
        assert_eq!(NodeSet::EMPTY.with(node), alone);
        assert_eq!(alone.with(node), alone, "{node} is in it once");
        assert_eq!(alone.without(node), NodeSet::EMPTY);
        let others = all.without(node);
        assert_eq!((others.len(), others.contains(node)), (NodeId::MOST - 1, false));
        assert_eq!(others.without(node), others);
        assert_eq!(others.with(node), all);
    }
}

#[test]
fn two_sets_have_in_common_what_is_in_both() {
    assert_eq!(set(&[A, B]).intersection(set(&[B, C])), set(&[B]));
    assert!(set(&[A]).intersection(set(&[B, C])).is_empty());
    assert_eq!(set(&[A, B]).intersection(set(&[A, B])), set(&[A, B]));
}

#[test]
fn a_set_is_named_by_its_nodes_in_order() {
    assert_eq!(set(&[C, A, B]).to_string(), "md-db-4,md-db-2,sg-db-1");
    assert_eq!(set(&[B]).to_string(), "md-db-2");
    assert_eq!(NodeSet::EMPTY.to_string(), "nobody");
}
