//! Logs that are compacted, and what a frame shows of followers that need snapshots.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use harbor_point::replication::NodeId;
use harbor_point::simulation::Micros;
use harbor_point::teaching::frame::{Frame, PaceView, ProgressRow};
use harbor_point::teaching::timeline::Timeline;
use support::play;

/// More bookings than any log keeps, with a follower down for most of them: what it holds, and what is held for it, stays
/// short, in memory and on disk.
#[test]
fn logs_stay_short_however_long_the_run() {
    let timeline = play(
        "cluster retain=100\nburst 300/s for 6s\nrun 1s\ncrash sg-db-1\nrun 4s\nrestart sg-db-1\n\
         run until sg-db-1 needs snapshot within 1s\nrun until not sg-db-1 needs snapshot within 3s\nburst 300/s for 2s\nrun 4s\n\
         expect not sg-db-1 lag 1\nexpect no violation",
    );
    assert!(timeline.world().measures().totals().created > 1500);
    let last = timeline.world().machine(NodeId::MD_DB_4).log().last().index;
    for machine in timeline.world().machines() {
        for log in [machine.log(), &machine.disk.durable.log] {
            assert!((100..=130).contains(&log.entries().len()), "{}", log.entries().len());
            assert_eq!(log.replay(last), timeline.world().machines()[0].log().replay(last));
        }
    }
}

/// A follower that is not heard of holds nothing back, even if a snapshot was on its way to it.
#[test]
fn nothing_is_kept_for_a_follower_that_has_fallen_silent() {
    let timeline = play(
        "cluster retain=20 chunk=8\nlink md-db-4 sg-db-1 bandwidth=2kB/s\ncut md-db-4 sg-db-1\nburst 100/s for 8s\nrun 1s\n\
         heal\nrun until sg-db-1 needs snapshot within 1s\nrun 200ms\ncut md-db-4 sg-db-1\nrun 1s",
    );
    let kept = |timeline: &Timeline| timeline.world().machine(NodeId::MD_DB_4).log().entries().len();
    assert!(kept(&timeline) > 100, "it may go on: {}", kept(&timeline));
    let mut timeline = timeline;
    timeline.run_until(timeline.world().now() + Micros::from_millis(2000)).expect("it is short");
    assert!(kept(&timeline) < 40, "it is given up: {}", kept(&timeline));
}

#[test]
fn a_frame_shows_how_each_follower_is_sent_to() {
    let singapore = |script: &str| -> ProgressRow {
        let script = format!("cluster retain=1 chunk=4\nobjective sg-db-1 lag=500ms\n{script}");
        let rows = Frame::of(&play(&script), None).progress.rows.clone();
        *rows.iter().find(|row| row.follower == NodeId::SG_DB_1).expect("it is a follower")
    };
    let write = "reserve C07 for 5521\nreserve C10 for 5522\nreserve C13 for 5523\n";
    let row = singapore(&format!("{write}run 20ms"));
    assert_eq!(
        (row.pace, row.inflight, row.objective.map(|it| (it.limit, it.met))),
        (PaceView::Replicating, 3, Some((Micros::from_millis(500), true)))
    );
    let silent = format!("partition sg-db-1\n{write}run 600ms\n");
    let row = singapore(&silent);
    assert_eq!(
        (row.lag_entries, row.objective.map(|it| (it.limit, it.met))),
        (3, Some((Micros::from_millis(500), false)))
    );
    let row = singapore(&format!("{silent}heal\nrun until sg-db-1 needs snapshot within 1s"));
    assert_eq!((row.pace, row.inflight), (PaceView::Snapshot { has: 0, of: 6 }, 4));
    let row = singapore(&format!("{silent}heal\nrun until sg-db-1 needs snapshot within 1s\nrun 300ms"));
    assert_eq!((row.pace, row.inflight), (PaceView::Snapshot { has: 4, of: 6 }, 2));
}
