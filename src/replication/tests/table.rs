//! The shape of a table, which no reader of its rows can see: how full its leaves are, and what it owns together with
//! another. That it is a map, `tests/table.rs` shows.

use super::*;

type Rows = Table<(u32, u32)>;

fn rows(keys: impl IntoIterator<Item = u32>) -> Rows {
    keys.into_iter().map(|key| (key, key)).collect()
}

/// Whether both have this row, in the same place of memory.
fn own_together(one: &Rows, other: &Rows, key: u32) -> bool {
    let (one, other) = (one.get(key).expect("it has the row"), other.get(key).expect("it has the row"));
    std::ptr::eq(one, other)
}

#[test]
fn rows_that_come_in_order_fill_their_leaves() {
    assert_eq!(rows(0..32).leaves(), [32]);
    assert_eq!(rows(0..33).leaves(), [32, 1]);
    assert_eq!(rows(0..97).leaves(), [32, 32, 32, 1]);
}

#[test]
fn a_full_leaf_is_halved_unless_the_row_comes_near_its_end() {
    for (place, leaves) in
        [(0, [17, 16]), (15, [17, 16]), (16, [16, 17]), (23, [16, 17]), (24, [24, 9]), (31, [31, 2]), (32, [32, 1])]
    {
        let mut table = rows((0..32).map(|key| 2 * key + 1));
        table.insert((2 * place, 0));
        assert_eq!(table.leaves(), leaves, "a row comes before the one at {place}");
    }
}

#[test]
fn tables_that_hold_the_same_come_to_own_it_together() {
    for count in [1, 32, 33, 2000] {
        let (mut one, other) = (rows(0..count), rows(0..count));
        assert!(!one.is_one_with(&other), "{count}");
        one.share_with(&other);
        assert!(one.is_one_with(&other), "{count}");
        assert_eq!(one, other);
    }
}

#[test]
fn tables_that_differ_come_to_own_together_the_leaves_that_do_not() {
    let (mut one, mut other) = (rows(0..2000), rows(0..2000));
    one.insert((1999, 7));
    other.insert((0, 7));
    let (before, others) = (one.clone(), other.clone());
    one.share_with(&other);
    assert_eq!((&one, &other), (&before, &others), "nothing changes that can be seen");
    let together: Vec<bool> = [0, 31, 32, 1000, 1900, 1999].map(|key| own_together(&one, &other, key)).into();
    assert_eq!(together, [false, false, true, true, true, false]);
}

#[test]
fn a_table_that_has_shrunk_is_no_deeper_than_one_that_was_never_larger() {
    let (mut shrunk, small) = (rows(0..2000), rows(1999..2000));
    shrunk.forget_before(1999);
    shrunk.share_with(&small);
    assert!(shrunk.is_one_with(&small));
}

#[test]
fn whoever_has_nothing_to_forget_goes_on_sharing() {
    let table = rows(0..2000);
    let mut copy = table.clone();
    copy.forget_before(0);
    assert!(copy.is_one_with(&table));
    copy.forget_before(1);
    assert!(!copy.is_one_with(&table));
}

#[test]
fn a_table_prints_as_a_list_of_its_rows() {
    assert_eq!(format!("{:?}", rows(1..3)), "[(1, 1), (2, 2)]");
}

#[test]
fn a_table_that_goes_on_where_another_ends_keeps_what_comes_after() {
    let (mut long, short) = (rows(0..2000), rows(0..1024));
    long.share_with(&short);
    assert_eq!(long, rows(0..2000));
    let (mut short, long) = (rows(0..1024), rows(0..2000));
    short.share_with(&long);
    assert_eq!(short, rows(0..1024));
}

/// A booking of each cabin of tonight's, twice over, so that the state has more than one leaf.
fn booked(terms: Term) -> Log {
    let mut log = log(&[]);
    (1..=40).for_each(|index| log.append(reserve(index, u8::try_from(index % 24 + 1).unwrap_or(1))));
    (41..41 + terms).for_each(|index| log.append(entry(2, index)));
    log
}

fn recovered(log: &Log) -> Node {
    let mut node = Node::recover(A, 3, &Disk { term: 2, vote: None, log: log.clone(), lost: false }, 1);
    node.settle(A, CommitRule::SyncQuorum, sync());
    node
}

#[test]
fn nodes_come_to_own_their_logs_and_states_together() {
    let (mut one, other) = (recovered(&booked(1)), recovered(&booked(1)));
    let speculative = |node: &Node| node.leading().map(|leader| leader.speculative().clone()).expect("it leads");
    assert!(!one.bookings().is_one_with(other.bookings()) && !one.log().entries().is_one_with(other.log().entries()));
    one.share_with(other.log(), other.bookings());
    assert!(one.log().entries().is_one_with(other.log().entries()));
    assert!(one.bookings().is_one_with(other.bookings()));
    assert!(speculative(&one).is_one_with(other.bookings()));
}

#[test]
fn logs_come_to_own_their_snapshots_together_as_far_as_these_are_the_same() {
    let compacted = |through| {
        let mut log = booked(2);
        log.compact(through);
        log
    };
    let (mut one, other) = (compacted(41), compacted(41));
    one.share_with(&other);
    assert!(Arc::ptr_eq(&one.snapshot().bookings, &other.snapshot().bookings), "they stand for the same");
    let mut later = compacted(42);
    later.share_with(&other);
    assert_eq!(later, compacted(42));
    assert!(!Arc::ptr_eq(&later.snapshot().bookings, &other.snapshot().bookings));
    assert!(later.snapshot().bookings.is_one_with(&other.snapshot().bookings), "a no-op changes nothing in the state");
    let mut earlier = compacted(20);
    earlier.share_with(&other);
    assert_eq!(earlier, compacted(20), "what differs stays as it is");
}
