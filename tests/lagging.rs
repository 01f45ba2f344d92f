//! How far a follower lags is counted from where its log and the leader's part, not from where its own ends.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use harbor_point::replication::NodeId;
use harbor_point::simulation::Micros;
use harbor_point::teaching::frame::Frame;
use support::play;

/// The deposed leader holds an entry that its successor has another for, and cannot be reached.
const DIVERGED: &str = "cluster ack=leader-fsync\nrun 10ms\npartition md-db-4 | md-db-2 sg-db-1\ncut control md-db-4\n\
                        reserve C14 for 5521 at md-db-4\nrun 10ms\npromote md-db-2 force\nrun 3s";

#[test]
fn a_node_whose_log_went_another_way_lags() {
    let timeline = play(&format!(
        "{DIVERGED}\nexpect md-db-4 durable 981244\nexpect md-db-2 durable 981244\nexpect md-db-4 lag 1\n\
         expect not md-db-4 lag 2\nexpect md-db-4 lag 2s\nobjective md-db-4 lag=200ms\nrun 1ms\n\
         expect not md-db-4 meets objective"
    ));
    let frame = Frame::of(&timeline, None);
    let row = frame.progress.rows.iter().find(|row| row.follower == NodeId::MD_DB_4).expect("it is a follower");
    let taken_over = timeline.world().appended_at(981244).expect("its successor appended one");
    assert_eq!((row.lag_entries, row.lagging_since), (1, Some(taken_over)));
    assert_eq!(row.objective.map(|objective| objective.met), Some(false));
    assert_eq!(frame.promotions[NodeId::MD_DB_4.slot()].lag_entries, 1);
}

/// However many entries of its own it has: it lacks what the leader has, and has lacked it for as long as it is there.
#[test]
fn what_a_deposed_leader_goes_on_to_append_changes_no_lag() {
    let timeline = play(&format!(
        "{DIVERGED}\nset lease=off\nreserve C16 for 1 at md-db-4\nreserve C22 for 2 at md-db-4\nreserve C24 for 3 at md-db-2 as r9\n\
         run until r9 201 within 2s\nexpect md-db-4 durable 981246\nexpect md-db-4 lag 2\nexpect not md-db-4 lag 3\n\
         heal\nrun until not md-db-4 lag 1 within 2s\nexpect rolled-back 3"
    ));
    assert_eq!(timeline.world().lag(NodeId::MD_DB_4).map(|lag| lag.time), Some(Micros(0)));

    // It appends later where its successor has appended before.
    let timeline = play(&format!(
        "{DIVERGED}\nreserve C24 for 3 at md-db-2\nrun 1s\nreserve C16 for 1 at md-db-4 as r8\nrun 100ms"
    ));
    let lag = timeline.world().lag(NodeId::MD_DB_4).expect("somebody leads");
    assert!(lag.entries == 2 && lag.time > Micros::from_secs(3), "{lag:?}");
    let since = |index| timeline.world().appended_at(index).expect("it was appended");
    assert!(timeline.world().now().since(since(981245)) > Micros::from_secs(1));
    assert!(timeline.world().last_appended_at(981245) > Some(since(981245)));
}

/// Nor does it once the world has forgotten what everybody has.
#[test]
fn the_time_of_a_diverged_node_is_not_forgotten() {
    play(&format!("{DIVERGED}\nburst 500/s for 2s\nrun 4s\nexpect md-db-4 lag 500\nexpect md-db-4 lag 6s"));
}
