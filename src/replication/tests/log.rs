//! The log: conflict check, truncation, hints (Raft, section 5.3 and figure 7).

use super::*;

fn fits(rolled_back: Vec<Entry>, appended: Vec<Entry>) -> Merge {
    Merge::Fits { rolled_back, appended }
}

#[test]
fn entries_that_follow_are_taken_in() {
    let mut log = log(&[1, 1]);
    assert_eq!(log.merge(at(1, 2), &[entry(1, 3), entry(2, 4)]), fits(vec![], vec![entry(1, 3), entry(2, 4)]));
    assert_eq!(terms(&log), [1, 1, 1, 2]);
}

#[test]
fn a_gap_is_refused_with_the_end_of_the_log() {
    let mut log = log(&[1, 1]);
    assert_eq!(log.merge(at(1, 5), &[entry(1, 6)]), Merge::Misfit { hint: at(1, 2) });
    assert_eq!(terms(&log), [1, 1]);
}

#[test]
fn another_term_is_refused_with_the_place_before_it() {
    let mut log = log(&[1, 1, 2, 2, 2]);
    assert_eq!(log.merge(at(3, 4), &[entry(3, 5)]), Merge::Misfit { hint: at(1, 2) });
}

#[test]
fn a_conflicting_tail_gives_way() {
    let mut log = log(&[1, 2, 2, 2]);
    assert_eq!(
        log.merge(at(1, 1), &[entry(3, 2)]),
        fits(vec![entry(2, 2), entry(2, 3), entry(2, 4)], vec![entry(3, 2)])
    );
    assert_eq!(terms(&log), [1, 3]);
}

#[test]
fn an_old_message_cuts_nothing_off() {
    let mut log = log(&[1, 1, 1, 1]);
    assert_eq!(log.merge(at(1, 1), &[entry(1, 2)]), fits(vec![], vec![]));
    assert_eq!(log.merge(at(1, 2), &[]), fits(vec![], vec![]));
    assert_eq!(terms(&log), [1, 1, 1, 1]);
}

#[test]
fn what_is_partly_known_is_taken_in_from_where_it_is_new() {
    let mut log = log(&[1, 1, 2]);
    assert_eq!(
        log.merge(at(1, 1), &[entry(1, 2), entry(3, 3), entry(3, 4)]),
        fits(vec![entry(2, 3)], vec![entry(3, 3), entry(3, 4)],)
    );
    assert_eq!(terms(&log), [1, 1, 3, 3]);
}

/// Over every pair of short logs that real terms could have left: after the leader's entries are taken in from the
/// place where they agree, the logs agree, and a refusal's hint always leads there in the end.
#[test]
fn any_follower_comes_to_agree_with_its_leader() {
    let shapes: Vec<Vec<Term>> = vec![
        vec![],
        vec![1],
        vec![1, 1],
        vec![1, 1, 1],
        vec![2],
        vec![1, 2],
        vec![1, 1, 2],
        vec![1, 2, 2],
        vec![2, 2, 2],
        vec![1, 3],
        vec![3],
        vec![1, 1, 3],
        vec![1, 2, 3],
        vec![2, 3, 3],
    ];
    for leader in &shapes {
        for follower in &shapes {
            // Where both hold a position they hold the same before it, or no cluster could have left them so.
            let shared = |place: usize| leader[place] == follower[place];
            let common = leader.len().min(follower.len());
            if (0..common).any(|place| shared(place) && !(0..place).all(shared)) {
                continue;
            }
            let (leader, mut follower) = (log(leader), log(follower));
            let mut next = leader.last().index + 1;
            for round in 0.. {
                assert!(round < 5, "{leader:?} {follower:?}");
                let sent = leader.slice(next, 9);
                match follower.merge(leader.position_at(next - 1), &sent) {
                    Merge::Misfit { hint } => {
                        assert!(hint.index < next - 1, "each refusal leads further back");
                        next = leader.may_agree(hint) + 1;
                    }
                    Merge::Fits { .. } => break,
                    Merge::Diverged => panic!("neither log has a snapshot"),
                }
            }
            assert_eq!(terms(&follower)[..terms(&leader).len()], terms(&leader)[..]);
        }
    }
}

#[test]
fn a_snapshot_stands_for_what_it_swallowed() {
    let bookings = Arc::new(Bookings::taken([(Cabin::Tonight(1), CustomerId(7))]));
    let mut log = Log::new(Snapshot { last: at(3, 10), terms: [(3, 10)].into(), bookings });
    log.append(entry(3, 11));
    assert!(log.holds(at(1, 4)) && log.holds(at(3, 10)) && log.holds(at(3, 11)));
    assert!(!log.holds(at(2, 10)) && !log.holds(at(3, 12)));
    assert_eq!((log.term_at(9), log.term_at(10), log.term_at(11), log.term_at(12)), (None, Some(3), Some(3), None));
    assert_eq!(log.slice(9, 5).len(), 1);
    assert_eq!(log.entry(10), None);
}

#[test]
fn replaying_stops_where_it_is_told() {
    let mut log = log(&[]);
    log.append(reserve(1, 4));
    log.append(reserve(2, 5));
    assert_eq!(log.replay(1).holder(Cabin::Tonight(4)), Some(CustomerId(1)));
    assert_eq!(log.replay(1).holder(Cabin::Tonight(5)), None);
    assert_eq!(log.replay(2).carried_out(RequestId(2)), Some(at(1, 2)));
}

#[test]
#[should_panic(expected = "indexes are consecutive")]
fn no_index_is_left_out() {
    log(&[1]).append(entry(1, 3));
}

#[test]
#[should_panic(expected = "terms never fall")]
fn no_term_falls() {
    log(&[2]).append(entry(1, 2));
}
