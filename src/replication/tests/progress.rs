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
