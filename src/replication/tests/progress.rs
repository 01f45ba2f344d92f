//! What a leader believes of a follower.

use super::*;

fn ack(received: Index, durable: Index, applied: Index) -> Acknowledge {
    Acknowledge { term: 1, received, durable, applied, round: 0 }
}

#[test]
fn reports_only_ever_add() {
    let mut progress = Progress::unknown(5);
    assert!(progress.acknowledge(&ack(6, 5, 4)));
    assert!(!progress.acknowledge(&ack(5, 4, 3)), "an older report is no news");
    assert_eq!((progress.received, progress.matched, progress.applied, progress.next), (6, 5, 4, 7));
    assert_eq!(progress.pace, Pace::Replicate);
}

#[test]
fn a_refusal_leads_back_but_never_behind_what_is_durable() {
    let mut progress = Progress::settled(4);
    progress.next = 9;
    assert!(progress.reject(8, 2));
    assert_eq!((progress.next, progress.matched), (5, 4));
    assert!(matches!(progress.pace, Pace::Probe { outstanding: false }));
}

#[test]
fn a_stale_refusal_means_nothing() {
    let mut progress = Progress::settled(4);
    assert!(!progress.reject(4, 1), "what is durable there cannot be lacking");
    progress.next = 9;
    assert!(progress.reject(8, 6));
    assert!(!progress.reject(7, 5), "only the probe that is out can be refused");
    assert_eq!(progress.next, 7);
}

#[test]
fn a_refusal_takes_back_what_was_only_received() {
    let mut progress = Progress::settled(4);
    progress.acknowledge(&ack(8, 4, 4));
    assert!(progress.reject(8, 4));
    assert_eq!(progress.received, 4);
}

#[test]
fn what_is_void_counts_no_more() {
    let mut progress = Progress { round: 7, ..Progress::settled(9) };
    progress.void(8, 12);
    assert_eq!(progress, Progress { round: 7, since: 8, ..Progress::unknown(13) });
}

#[test]
fn no_more_than_a_window_of_appends_is_on_its_way() {
    let mut progress = Progress::settled(4);
    progress.inflight = vec![5, 8];
    assert!(progress.may_send(3) && !progress.may_send(2));
    progress.acknowledge(&ack(7, 4, 4));
    assert_eq!(progress.inflight, [8], "only what has arrived as a whole leaves the window");
    progress.acknowledge(&ack(8, 4, 4));
    assert!(progress.inflight.is_empty());
    progress.inflight = vec![9];
    progress.next = 10;
    assert!(progress.reject(9, 8) && progress.inflight.is_empty(), "what was refused is on its way no more");
}

#[test]
fn a_follower_needs_its_snapshot_until_it_reports_it() {
    let snapshot = Snapshot { last: at(1, 9), terms: Arc::default(), bookings: Arc::default() };
    let mut progress = Progress { next: 20, ..Progress::settled(4) };
    progress.need_snapshot(Some(Box::new(Transfer::new(snapshot, 1))));
    assert!(!progress.may_send(9) && !progress.reject(8, 2));
    progress.acknowledge(&ack(8, 4, 4));
    assert!(progress.needs_snapshot(), "an old report is not about the snapshot");
    progress.acknowledge(&ack(9, 4, 4));
    assert_eq!((progress.next, &progress.pace), (10, &Pace::Replicate));
}
