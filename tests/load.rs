//! Customers in crowds: what a cluster under load does, told as scripts.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use harbor_point::replication::{Answer, Cabin, Command, Entry, NodeId};
use harbor_point::simulation::{Event, Outcome};
use harbor_point::teaching::frame::Frame;
use harbor_point::teaching::timeline::Timeline;
use support::play;

/// How many records say this.
fn count(timeline: &Timeline, words: &str) -> usize {
    timeline.records().iter().filter(|logged| logged.record.event.to_string().contains(words)).count()
}

/// The places of the weekend that are booked on a node, in the order of its log.
fn booked(timeline: &Timeline, node: NodeId) -> Vec<Cabin> {
    let entries = timeline.world().machine(node).log().entries();
    let cabin = |entry: &Entry| match entry.command {
        Command::Booking { cabin: cabin @ Cabin::Weekend(_), .. } => Some(cabin),
        _ => None,
    };
    entries.iter().filter_map(cabin).collect()
}

#[test]
fn every_customer_of_a_burst_is_one_entry_everywhere() {
    let timeline = play("burst 200/s for 2s\nrun 4s\nexpect no violation");
    let arrived = timeline.world().load().arrived();
    assert!((340..=460).contains(&arrived), "{arrived}");
    let places: Vec<Cabin> = (1..=arrived).map(Cabin::Weekend).collect();
    for node in NodeId::all(3) {
        assert_eq!(booked(&timeline, node), places, "{node}");
    }
    assert_eq!(count(&timeline, "201 Created"), 2 * arrived as usize, "each is answered, and each hears it");
}

/// A burst is an open loop: what the cluster does with it changes nothing about who comes when.
#[test]
fn the_same_customers_come_whatever_the_cluster_does() {
    let arrivals = |text: &str| -> Vec<String> {
        let is_arrival = |event: &Event| matches!(event, Event::Arrived(_));
        let timeline = play(text);
        let records = timeline.records().into_iter().map(|logged| logged.record);
        records.filter(|record| is_arrival(&record.event)).map(|record| record.to_string()).collect()
    };
    let calm = arrivals("burst 300/s for 1s\nrun 2s");
    assert!(calm.len() > 200);
    assert_eq!(
        calm,
        arrivals("cluster replicas=5 ack=all-replicas\nburst 300/s for 1s\nrun 100ms\ncrash md-db-4\nrun 2s")
    );
    assert_ne!(calm, arrivals("cluster seed=2\nburst 300/s for 1s\nrun 2s"));
}

/// Singapore is in the way of each commit, so entries pile up: up to the bound. Whoever comes then is told 503, and told
/// the truth: nothing of theirs is in any log, and everything that was accepted is answered.
#[test]
fn beyond_the_bound_customers_are_refused_and_nothing_is_lost() {
    let timeline = play("cluster ack=all-replicas bound=20\nburst 400/s for 1s\nrun 3s\nexpect no violation");
    let world = timeline.world();
    let told = world.measures().totals();
    assert_eq!(told.created + told.unavailable, told.arrived, "everybody is told");
    let [created, refused] = [told.created, told.unavailable].map(|count| usize::try_from(count).expect("a few"));
    assert!(created > 40 && refused > created, "{created} and {refused}");
    assert_eq!(booked(&timeline, NodeId::SG_DB_1).len(), created);
    assert_eq!(count(&timeline, "refused, 20 entries wait to be committed"), refused);
    assert_eq!(count(&timeline, "refused, 21 entries"), 0);
}

/// While a processor is busy, what arrives waits; requests that waited together travel together.
#[test]
fn requests_that_waited_together_travel_together() {
    let three = "reserve W1 for 1 as r1\nreserve W2 for 2 as r2\nreserve W3 for 3 as r3\nrun 100ms";
    let busy = format!("cpu md-db-4 entry=1ms\n{three}");
    for (script, appends) in [(three, 3), (busy.as_str(), 2), (&format!("cluster batch=1\n{busy}"), 3)] {
        let timeline = play(script);
        let sent = timeline.records().into_iter().map(|logged| logged.record.to_string());
        assert_eq!(sent.filter(|line| line.contains("sent to md-db-2: append")).count(), appends, "{script}");
        assert_eq!(booked(&timeline, NodeId::SG_DB_1).len(), 0, "Singapore is 110 ms away");
    }
}

/// What a message costs is paid before it is acted on: 20 us to take it in, 300 us for its entry.
#[test]
fn work_takes_its_time() {
    let moment = |cost: &str, words: &str| -> u64 {
        let timeline = play(&format!("{cost}link md-db-4 md-db-2 jitter=0ms\nreserve W1 for 1\nrun 1s"));
        let mut records = timeline.records().into_iter().map(|logged| logged.record);
        records.find(|record| record.to_string().contains(words)).expect("it happens").at.0
    };
    let (leader, follower) =
        ("appended 27:981244 reserve W1 for 1", "appended 27:981244 reserve W1 for 1 from md-db-4");
    assert_eq!((moment("", leader), moment("", follower)), (6000, 7000));
    let cost = "cpu md-db-4 entry=300us message=20us\n";
    assert_eq!((moment(cost, leader), moment(cost, follower)), (6320, 7320));
    let cost = "cpu md-db-2 entry=300us message=20us\n";
    assert_eq!((moment(cost, leader), moment(cost, follower)), (6000, 7320));
    // Two messages sent cost 40 us, which the next request has to wait for.
    let busy = "cpu md-db-4 message=20us\nreserve W2 for 2\n";
    assert_eq!(moment(busy, "appended 27:981245"), 6000 + 20 + 40 + 20);
}

/// What waits for a processor dies with its machine, and is told so.
#[test]
fn a_crash_loses_what_waits_for_the_processor() {
    let timeline = play(
        "cpu md-db-4 entry=10ms\nburst 2000/s for 20ms\nrun 26ms\ncrash md-db-4\nrun 1ms\n\
         restart md-db-4\nrun 3s\nexpect no violation",
    );
    assert!(count(&timeline, "lost from gateway to md-db-4") >= 20);
    assert!(booked(&timeline, NodeId::MD_DB_4).len() <= 2);
}

/// A machine that sleeps does not work meanwhile, and goes on with what waited.
#[test]
fn a_paused_machine_keeps_its_queue() {
    let timeline = play(
        "cpu md-db-4 entry=1ms\nburst 2000/s for 20ms\nrun 26ms\npause md-db-4\nrun 500ms\nresume md-db-4\nrun 2s\n\
         expect no violation",
    );
    assert_eq!(booked(&timeline, NodeId::MD_DB_2).len(), timeline.world().load().arrived() as usize);
}

/// Two shards: each has half of the customers, a leader and a log of its own, and they share the clock.
#[test]
fn two_shards_divide_the_customers_and_share_the_clock() {
    let text = "cluster shards=2\nburst 300/s for 1s\nrun 3s\nexpect no violation\nexpect answered 250";
    let timeline = play(text);
    let shards: Vec<_> = timeline.world().shards().collect();
    let arrived = timeline.world().load().arrived();
    let cabin = |entry: &Entry| match entry.command {
        Command::Booking { cabin: Cabin::Weekend(number), .. } => Some(number),
        _ => None,
    };
    for (shard, parity) in shards.iter().zip([1, 0]) {
        let log = shard.machine(NodeId::SG_DB_1).log();
        let places: Vec<u32> = log.entries().iter().filter_map(cabin).collect();
        assert_eq!(places, (1..=arrived).filter(|number| number % 2 == parity).collect::<Vec<_>>());
        assert_eq!(shard.measures().totals().created, places.len() as u64);
        assert_eq!(shard.now(), timeline.world().now());
    }
    let told = |timeline: &Timeline| -> Vec<String> {
        timeline.records().iter().map(|logged| logged.record.to_string()).collect()
    };
    assert_eq!(told(&timeline), told(&play(text)));
}

/// Settings are for both shards, faults for shard 184 alone: the other serves on.
#[test]
fn settings_are_for_both_shards_and_faults_for_one() {
    let timeline = play(
        "cluster shards=2\nset bound=7\ncpu md-db-4 entry=10us\ncrash md-db-4\nburst 100/s for 500ms\nrun 3s\n\
         expect not leader md-db-4\nreserve W2 for 1 as r1",
    );
    let shards: Vec<_> = timeline.world().shards().collect();
    assert_eq!(shards[0].measures().totals().created, 0);
    assert!(shards[1].measures().totals().created > 10 && shards[1].leader().is_some());
    assert!(shards.iter().all(|shard| shard.load().limits.bound == 7));
    assert_eq!(count(&timeline, "shard 185 has that place"), 1);
}

/// A run with two shards that is sought back and forth is the run that was, in both of them.
#[test]
fn two_shards_can_be_sought() {
    let mut timeline = play("cluster shards=2\ncpu md-db-4 entry=200us\nburst 900/s for 300ms\nrun 1s");
    let state = |timeline: &Timeline| {
        let shards = timeline.world().shards();
        shards.map(|shard| format!("{:?}{:?}", shard.machines(), shard.measures())).collect::<Vec<_>>()
    };
    let (end, there) = (timeline.step(), state(&timeline));
    for step in [end / 3, 5, end / 2] {
        timeline.seek(step);
    }
    timeline.seek_time(timeline.reach().1);
    assert_eq!(timeline.step(), end);
    assert!(state(&timeline) == there);
}

/// What is measured does not depend on how a moment was reached, and conditions can wait for it.
#[test]
fn conditions_can_wait_for_what_is_measured() {
    let timeline = play(
        "cluster batch=1\ncpu md-db-4 entry=40us message=40us\nburst 4000/s for 1s\nrun until md-db-4 busy 100% within 1s\n\
         run until p99 100ms within 1s\nexpect throughput 1500\nexpect not throughput 4000\nexpect arrived 300\n\
         expect not md-db-2 busy 60%\nrun until answered 3500 within 4s\nrun 1s\nexpect not md-db-4 busy 50%\n\
         expect not refused 4000",
    );
    assert!(timeline.world().measures().series().len() > 20);
}

/// Singapore's disk is slow. Without throttling it falls behind without end; with it, the leader takes in no more than
/// Singapore stores, and says so when it begins and when it ends. Nobody is forgotten.
#[test]
fn a_leader_that_throttles_keeps_its_followers_near() {
    let script = |cluster: &str| {
        format!(
            "{cluster}\ndisk sg-db-1 fsync=300ms\ncpu sg-db-1 entry=4ms\nburst 500/s for 6s\nrun 40s\nexpect no violation"
        )
    };
    let lag = |timeline: &Timeline| {
        let series = timeline.world().measures().series();
        series.iter().map(|interval| interval.nodes[NodeId::SG_DB_1.slot()].lag).max().expect("it was measured").0
            / 1000
    };
    let (free, held) =
        (play(&script("cluster")), play(&script("cluster throttle=1s timeout=1min bound=5000 retain=5000")));
    assert_eq!(count(&free, "holds requests back"), 0);
    assert!(lag(&free) > 5500, "{}", lag(&free));
    assert!(lag(&held) < 3000, "{}", lag(&held));
    assert!(count(&held, "holds requests back: sg-db-1 is 1") > 0);
    assert_eq!(count(&held, "holds requests back"), count(&held, "takes requests in again"));
    assert!(count(&held, "held back until sg-db-1 has caught up") > 100);
    let totals = held.world().measures().totals();
    assert_eq!((totals.created, totals.unavailable), (totals.arrived, 0));
    assert_eq!(booked(&held, NodeId::SG_DB_1).len() as u64, totals.arrived);
}

/// A follower that is down stops nobody; one that is held back for is forgotten when it goes down.
#[test]
fn a_follower_that_is_down_holds_nobody_back() {
    let timeline = play(
        "cluster throttle=300ms\ncut md-db-4 sg-db-1\nburst 100/s for 3s\nrun 4s\nexpect not refused 1\nexpect answered 250",
    );
    assert!(count(&timeline, "held back until") < 120, "no longer than it takes to believe that it is down");
}

/// A leader that stops leading hands back what it holds, and the next one carries it out.
#[test]
fn what_is_held_back_goes_to_the_next_leader() {
    let timeline = play(
        "cluster throttle=300ms ack=majority timeout=1min\ncpu sg-db-1 entry=20ms\nburst 100/s for 1s\nrun 950ms\n\
         demote md-db-4\nrun 20ms\nset throttle=off\npromote md-db-2\nrun 10s\nexpect no violation",
    );
    assert!(count(&timeline, "held back until") > 10);
    let arrived = timeline.world().load().arrived() as usize;
    assert_eq!(booked(&timeline, NodeId::MD_DB_2).len(), arrived);
}

/// Everybody who asked is counted once, by what became of it.
#[test]
fn a_crowd_is_counted_once() {
    let script = "reserve C14 for 5521 as r1\nburst 200/s for 1s\n";
    for rest in [
        "run 3ms",
        "run 117ms",
        "run 503ms",
        "run 2s",
        "run 300ms\ncrash md-db-4\nrun 1s",
        "run 300ms\ncrash md-db-4\nrun 5s",
    ] {
        let timeline = play(&format!("{script}{rest}"));
        let crowd = Frame::of(&timeline, None).crowd;
        let told = crowd.waiting + crowd.unanswered + crowd.kept + crowd.in_doubt + crowd.lost;
        let refused = timeline.world().gateway().tickets().iter().filter(|ticket| {
            matches!(ticket.outcome, Outcome::Answered { answer: Answer::Unavailable | Answer::Conflict { .. }, .. })
        });
        assert_eq!(told as usize + refused.count(), crowd.asked as usize, "{rest}: {crowd:?}");
        assert_eq!(crowd.asked, timeline.world().load().arrived() + 1);
    }
}

/// Several promises that a crash puts in doubt are told in one sentence.
#[test]
fn promises_that_share_a_fate_are_told_together() {
    let booked: String = (1..=6)
        .map(|number| format!("reserve C{:02} for 5521 as r{number}\n", [7, 10, 13, 14, 16, 19][number - 1]))
        .collect();
    for (count, expected) in [
        (2, "Promises r1 and r2 are in doubt"),
        (4, "Promises r1, r2, r3 and r4 are in doubt"),
        (6, "6 promises are in doubt"),
    ] {
        let asked: String = booked.lines().take(count).map(|line| format!("{line}\n")).collect();
        let frame = Frame::of(&play(&format!("{asked}run 100ms\ncrash md-db-4")), None);
        assert!(frame.story.sentence.contains(expected), "{}", frame.story.sentence);
    }
    let lost = Frame::of(
        &play(
            "cluster ack=leader-fsync\npartition md-db-4\nreserve C10 for 1 as r1\nreserve C07 for 1 as r2\nrun 50ms\ncrash md-db-4\npromote md-db-2 force\nrun until leader md-db-2",
        ),
        None,
    );
    assert!(
        lost.story.sentence.contains("Promises r1 and r2 are lost: md-db-2 leads, and does not hold their entries."),
        "{}",
        lost.story.sentence
    );
}
