//! Snapshots: what a log becomes when it is compacted, and both ends of a transfer.

use super::*;

/// The snapshot through index 12: C01 to C12 are reserved, so there are 24 rows.
fn snapshot() -> Snapshot {
    let mut log = log(&[]);
    (1..=12).for_each(|index| log.append(reserve(index, u8::try_from(index).unwrap_or(0))));
    log.compact(12);
    log.snapshot().clone()
}

fn receive(receiving: &mut Option<Box<Receiving>>, chunk: &Chunk) -> u32 {
    Receiving::take(receiving, chunk).expect("it is of the newest snapshot")
}

#[test]
fn compaction_changes_where_the_state_comes_from_and_not_what_it_is() {
    let mut log = log(&[]);
    (1..=6).for_each(|index| log.append(reserve(index, u8::try_from(index).unwrap_or(0))));
    let (whole, before) = (log.replay(6), log.replay(4));
    log.compact(4);
    assert_eq!((log.snapshot().last, log.entries().len(), log.last()), (at(1, 4), 2, at(1, 6)));
    assert_eq!((log.replay(6), &*log.snapshot().bookings), (whole, &before));
    let mut disk = log.clone();
    log.compact(5);
    disk.compact_to(log.snapshot());
    assert_eq!(disk, log);
    disk.compact_to(&Snapshot { last: at(1, 4), ..log.snapshot().clone() });
    assert_eq!(disk, log, "an older snapshot changes nothing");
}

#[test]
fn a_compacted_log_still_knows_the_term_at_each_index() {
    let mut short = log(&[1, 1, 3, 3, 5]);
    let whole = short.clone();
    short.compact(4);
    assert_eq!(short.snapshot().terms[..], [(1, 1), (3, 3)], "and keeps no more of them than it needs");
    for index in 1..=6 {
        assert_eq!(short.term_at(index), whole.term_at(index), "{index}");
        for term in 1..=5 {
            assert_eq!(short.holds(at(term, index)), whole.holds(at(term, index)), "{term}:{index}");
        }
    }
}

#[test]
fn a_compacted_follower_takes_entries_that_agree_with_its_snapshot_and_no_others() {
    let mut follower = log(&[1, 1, 2]);
    follower.compact(3);
    assert_eq!(follower.merge(at(1, 1), &[entry(1, 2), entry(2, 3), entry(2, 4)]), fits(vec![entry(2, 4)]));
    assert_eq!(follower.merge(at(1, 1), &[entry(1, 2), entry(3, 3)]), Merge::Diverged);
    assert_eq!(follower.merge(at(3, 3), &[]), Merge::Diverged);
    assert_eq!(follower.merge(at(3, 4), &[]), Merge::Misfit { hint: at(2, 3) });
    assert_eq!(follower.last(), at(2, 4));
}

fn fits(appended: Vec<Entry>) -> Merge {
    Merge::Fits { rolled_back: vec![], appended }
}

#[test]
fn whoever_installs_a_snapshot_gives_up_what_is_not_part_of_it() {
    let mut leader = log(&[1, 1, 3, 3]);
    leader.compact(4);
    let mut follower = log(&[1, 1, 2, 2, 2]);
    assert_eq!(follower.install(leader.snapshot().clone()), [entry(2, 3), entry(2, 4), entry(2, 5)]);
    assert_eq!(follower, leader);
}

#[test]
fn a_hint_leads_to_the_last_place_where_the_logs_can_agree() {
    let leader = log(&[1, 1, 4, 4, 5]);
    for (hint, agreed) in [(at(1, 2), 2), (at(3, 5), 2), (at(4, 9), 4), (at(5, 9), 5), (at(0, 0), 0)] {
        assert_eq!(leader.may_agree(hint), agreed, "{hint}");
    }
    let mut compacted = leader;
    compacted.compact(3);
    for (hint, agreed) in [(at(1, 2), 2), (at(3, 5), 3), (at(4, 9), 4)] {
        assert_eq!(compacted.may_agree(hint), agreed, "{hint}: it does not look behind its snapshot");
    }
}

#[test]
fn every_row_arrives_once_whatever_the_size_of_a_chunk() {
    for rows in 1..=30 {
        let mut transfer = Transfer::new(snapshot(), rows);
        assert_eq!(transfer.chunks(), 24_u32.div_ceil(rows));
        let mut receiving = None;
        while let Some(chunk) = transfer.next((1, 1), 9) {
            assert!(chunk.part.rows() <= rows as usize && transfer.inflight() <= 4);
            assert_eq!(chunk.head.bookings.rows(), 0, "the state comes in parts alone");
            let chunks = receive(&mut receiving, &chunk);
            assert_eq!(chunks, chunk.number);
            transfer.acknowledge(at(1, 12), chunks, transfer.chunks());
        }
        let received = receiving.expect("something was sent");
        assert_eq!(received.complete(), Some(&*snapshot().bookings), "{rows}");
    }
}

#[test]
fn a_lost_chunk_is_sent_again_and_with_it_those_after_it() {
    let mut transfer = Transfer::new(snapshot(), 4);
    let sent: Vec<Chunk> = std::iter::from_fn(|| transfer.next((1, 1), 3)).collect();
    assert_eq!(sent.len(), 3);
    let mut receiving = None;
    transfer.acknowledge(at(1, 12), receive(&mut receiving, &sent[0]), transfer.chunks());
    transfer.acknowledge(at(1, 12), receive(&mut receiving, &sent[2]), transfer.chunks());
    assert_eq!(transfer.next((1, 1), 3).map(|chunk| chunk.number), Some(2));
    assert_eq!(transfer.next((1, 1), 3), None, "one at a time, until it has arrived");
    transfer.acknowledge(at(1, 12), 1, transfer.chunks());
    assert_eq!(transfer.next((1, 1), 3), None, "a second word of the same gap changes nothing");
    transfer.acknowledge(at(1, 12), 2, transfer.chunks());
    assert_eq!(transfer.next((1, 1), 3).map(|chunk| chunk.number), Some(3));
}

#[test]
fn the_first_chunk_is_sent_again_once_however_often_it_is_missed() {
    let mut transfer = Transfer::new(snapshot(), 4);
    while transfer.next((1, 1), 3).is_some() {}
    transfer.acknowledge(at(1, 12), 0, transfer.chunks());
    assert_eq!(transfer.next((1, 1), 3).map(|chunk| chunk.number), Some(1));
    transfer.acknowledge(at(1, 12), 0, transfer.chunks());
    assert_eq!(transfer.next((1, 1), 3), None);
}

#[test]
fn reports_that_come_late_or_of_another_snapshot_change_nothing() {
    let mut transfer = Transfer::new(snapshot(), 4);
    while transfer.next((1, 1), 3).is_some() {}
    transfer.acknowledge(at(1, 12), 3, transfer.chunks());
    let before = transfer.clone();
    transfer.acknowledge(at(1, 12), 2, transfer.chunks());
    transfer.acknowledge(at(1, 11), 4, transfer.chunks());
    transfer.acknowledge(at(1, 12), 4, transfer.chunks() - 1);
    assert_eq!(transfer, before);
}

#[test]
fn a_follower_that_has_started_again_gets_everything_again() {
    let mut transfer = Transfer::new(snapshot(), 4);
    while transfer.next((1, 1), 3).is_some() {}
    transfer.acknowledge(at(1, 12), 3, transfer.chunks());
    // It goes back to the fourth, which is lost on a follower that has nothing.
    (0..10).for_each(|_| assert!(transfer.tick()));
    transfer.hear();
    assert_eq!(transfer.next((1, 1), 3).map(|chunk| chunk.number), Some(4));
    transfer.acknowledge(at(1, 12), 0, transfer.chunks());
    assert_eq!(transfer.next((1, 1), 3).map(|chunk| chunk.number), Some(1));
}

#[test]
fn a_transfer_without_progress_goes_back_and_waits_longer_each_time() {
    let mut transfer = Transfer::new(snapshot(), 4);
    let mut gone_back = Vec::new();
    for heartbeat in 1..=70 {
        while transfer.next((1, 1), 1).is_some() {}
        assert!(transfer.tick(), "it is heard of");
        transfer.hear();
        if transfer.inflight() == 0 {
            gone_back.push(heartbeat);
        }
    }
    assert_eq!(gone_back, [10, 30, 70]);
}

#[test]
fn a_follower_that_is_not_heard_of_is_given_up() {
    let mut transfer = Transfer::new(snapshot(), 4);
    assert_eq!((1..).find(|_| !transfer.tick()), Some(41));
}

#[test]
fn chunks_of_an_older_snapshot_are_left_alone() {
    let (mut newer, mut older) = (Transfer::new(snapshot(), 4), Transfer::new(snapshot(), 4));
    let mut old = older.next((1, 1), 1).expect("nothing is on its way");
    old.head.last = at(1, 11);
    let mut receiving = None;
    receive(&mut receiving, &newer.next((1, 1), 1).expect("nothing is on its way"));
    assert_eq!(Receiving::take(&mut receiving, &old), None);
    newer.acknowledge(at(1, 12), 1, newer.chunks());
    assert_eq!(receive(&mut receiving, &newer.next((1, 1), 1).expect("the first has arrived")), 2);
}

#[test]
fn chunks_of_another_length_begin_anew() {
    // 24 rows are two chunks of 13, and two of 23.
    let (mut short, mut long) = (Transfer::new(snapshot(), 13), Transfer::new(snapshot(), 23));
    assert_eq!(short.chunks(), long.chunks());
    let mut receiving = None;
    assert_eq!(receive(&mut receiving, &short.next((1, 1), 1).expect("nothing is on its way")), 1);
    let longs: Vec<Chunk> = std::iter::from_fn(|| long.next((1, 1), 2)).collect();
    assert_eq!(receive(&mut receiving, &longs[1]), 0, "what came before it is not there");
    assert_eq!(receive(&mut receiving, &longs[0]), 1);
    assert_eq!(receive(&mut receiving, &longs[1]), 2);
    assert_eq!(receiving.expect("it is there").complete(), Some(&*snapshot().bookings));
}

#[test]
fn a_snapshot_does_not_stand_for_a_newer_term_than_its_first() {
    let snapshot = Snapshot { last: at(5, 12), terms: [(3, 8), (5, 11)].into(), bookings: Arc::default() };
    for (position, covered) in [
        (at(3, 2), true),
        (at(2, 2), true),
        (at(4, 2), false),
        (at(3, 10), true),
        (at(5, 10), false),
        (at(5, 11), true),
        (at(5, 12), true),
        (at(5, 13), false),
    ] {
        assert_eq!(snapshot.covers(position), covered, "{position}");
    }
}

/// A follower in the leader's term whose snapshot through index 3 is of another history than the leader's, from index 3 on.
fn diverged() -> Node {
    let mut log = log(&[1, 1, 2]);
    log.compact(3);
    Node::recover(NodeId::MD_DB_2, 3, &Disk { term: 3, vote: None, log, lost: false }, 1)
}

fn from_leader(node: &mut Node, message: Message) -> Vec<Message> {
    let out = node.step(Input::Message { from: NodeId::MD_DB_4, message });
    let sends = |output: Output| match output {
        Output::Send(send) => vec![send],
        Output::Persist { then, .. } => then,
        _ => Vec::new(),
    };
    let messages = out.into_iter().flat_map(sends).filter_map(|send| match send {
        Send::Peer { message, .. } => Some(message),
        _ => None,
    });
    messages.collect()
}

#[test]
fn a_term_that_came_with_a_chunk_is_on_disk_before_the_chunk_is_acknowledged() {
    let mut node = Node::recover(B, 3, &Disk { term: 1, vote: None, log: log(&[1, 1, 1]), lost: false }, 1);
    let chunk = Transfer::new(snapshot(), 4).next((2, 1), 1).expect("it has not begun");
    let outputs = node.step(Input::Message { from: A, message: Message::Chunk(chunk) });
    let written = outputs.iter().find_map(|output| match output {
        Output::Persist { write, then } => Some((write.term, then.len())),
        _ => None,
    });
    assert_eq!((node.term(), written), (2, Some((Some(2), 1))), "{outputs:?}");
}

#[test]
fn a_snapshot_of_another_history_takes_back_what_was_applied_and_what_was_durable() {
    // Where it does not reach as far as what was applied, the state is older than it was.
    for (terms, as_of) in [(&[1, 1, 2, 2, 2][..], None), (&[1, 1, 2, 2], Some(Micros(0)))] {
        let disk = Disk { term: 2, vote: None, log: log(terms), lost: false };
        let mut node = Node::recover(B, 3, &disk, 1);
        node.settle(A, CommitRule::LeaderMemory, sync());
        let leaders = Snapshot { last: at(3, 4), terms: [(1, 1), (3, 3)].into(), bookings: Arc::default() };
        let chunk = Transfer::new(leaders, 9).next((3, 1), 1).expect("it has not begun");
        from_leader(&mut node, Message::Chunk(chunk));
        assert_eq!((node.applied(), node.durable(), node.as_of()), (4, 2, as_of), "the disk has not got it yet");
        node.step(Input::Written(at(3, 4)));
        assert_eq!(node.durable(), 4);
    }
}

#[test]
fn whoever_holds_what_a_snapshot_stands_for_says_so_and_keeps_its_log() {
    let disk = Disk { term: 1, vote: None, log: log(&[1; 13]), lost: false };
    let mut node = Node::recover(B, 3, &disk, 1);
    let chunk = Transfer::new(snapshot(), 4).next((1, 1), 1).expect("it has not begun");
    let has_all = Message::ChunksReceived { term: 1, last: at(1, 12), chunks: 6, of: 6 };
    assert_eq!(from_leader(&mut node, Message::Chunk(chunk)), [has_all]);
    assert_eq!(node.log().last(), at(1, 13));
}

#[test]
fn a_follower_of_another_history_is_sent_the_snapshot_and_counts_for_nothing_until_it_has_it() {
    let mut node = Node::recover(A, 3, &Disk { term: 1, vote: None, log: log(&[1, 1, 1]), lost: false }, 1);
    node.settle(A, CommitRule::AllReplicas, sync());
    let refusal = Message::Reject { term: 1, previous: at(1, 3), hint: None };
    let outputs = node.step(Input::Message { from: C, message: refusal });
    let is_chunk =
        |output: &Output| matches!(output, Output::Send(Send::Peer { to: C, message: Message::Chunk(_), .. }));
    assert!(outputs.iter().any(is_chunk), "{outputs:?}");
    let progress = node.leading().map(|leader| leader.progress()[&C].clone()).expect("it leads");
    assert_eq!((progress.matched, progress.needs_snapshot()), (0, true));
}

#[test]
fn a_newer_snapshot_leaves_a_node_as_current_as_it_was() {
    let mut node = Node::recover(B, 3, &Disk { term: 1, vote: None, log: log(&[1, 1, 1]), lost: false }, 1);
    node.show_clock(Micros(400));
    node.settle(A, CommitRule::SyncQuorum, sync());
    let chunk = Transfer::new(snapshot(), 99).next((1, 1), 1).expect("it has not begun");
    from_leader(&mut node, Message::Chunk(chunk));
    assert_eq!((node.applied(), node.as_of()), (12, Some(Micros(400))));
}

fn append(previous: Position, entries: &[Entry], round: Round) -> Message {
    let (entries, report) = (entries.into(), false);
    Message::Append(Append { term: 3, previous, entries, commit: 0, report, round, as_of: None })
}

#[test]
fn a_follower_of_another_history_acknowledges_nothing_until_it_has_the_snapshot() {
    let mut node = diverged();
    let refused = |messages: &[Message]| matches!(messages, [Message::Reject { hint: None, .. }]);
    assert!(matches!(from_leader(&mut node, append(at(1, 2), &[], 1))[..], [Message::Acknowledge(_)]));
    assert!(refused(&from_leader(&mut node, append(at(1, 2), &[entry(3, 3)], 2))));
    assert!(
        refused(&from_leader(&mut node, append(at(1, 2), &[], 3))),
        "it will give up even what is in both histories"
    );

    // The leader may have sent a snapshot before it knew: then it counts on what the follower has reported besides.
    let mut leaders = log(&[1, 1]);
    leaders.compact(1);
    let chunk = |round| Transfer::new(leaders.snapshot().clone(), 9).next((3, round), 1).expect("it has not begun");
    assert_eq!(from_leader(&mut node, Message::Chunk(chunk(2))), []);
    let sent = from_leader(&mut node, Message::Chunk(chunk(4)));
    let reported = Acknowledge { term: 3, received: 1, durable: 1, applied: 1, round: 4 };
    assert_eq!(sent.last(), Some(&Message::Acknowledge(reported)));
    assert_eq!((node.log().last(), node.applied()), (at(1, 1), 1));
    assert!(matches!(from_leader(&mut node, append(at(1, 1), &[entry(1, 2)], 5))[..], [Message::Acknowledge(_)]));
}
