//! How fast the core is: `make bench`. One element is one step of the world: a message delivered, a disk write done, a
//! timer fired. Compare figures of one run with each other; between runs the machine differs.
#![cfg(not(target_arch = "wasm32"))]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use harbor_point::replication::{Booking, Cabin, CustomerId, RequestId};
use harbor_point::simulation::{Action, ClusterConfig, Micros, Record, Step, World, clock};
use harbor_point::teaching::frame::Frame;
use harbor_point::teaching::timeline::Timeline;
use std::hint::black_box;

/// Customers who each book a place of the weekend's sailings, a thousand a second.
fn booking(number: u32) -> Action {
    let (request, cabin, customer) = (RequestId(number), Cabin::Weekend(number), CustomerId(number));
    Action::Request { request, booking: Booking::Reserve, cabin, customer, at: None }
}

/// So many bookings in a bare world, with checks and records. How many steps that took.
fn run_world(bookings: u32) -> u64 {
    let mut world = World::new(ClusterConfig::default());
    let mut records: Vec<Record> = Vec::new();
    let mut steps = 0;
    for number in 1..=bookings {
        world.take(Step::Act(booking(number)), &mut records);
        let end = Micros::from_millis(u64::from(number));
        while world.next_due().is_some_and(|(_, at)| at <= end) {
            clock::step(&mut world, &mut records);
            steps += 1;
        }
        records.clear();
    }
    steps
}

/// The same with everything that the page keeps: records, marks and checkpoints.
fn run_timeline(bookings: u32) -> Timeline {
    let mut timeline = Timeline::new(ClusterConfig::default());
    for number in 1..=bookings {
        timeline.act(booking(number));
        timeline.run_until(Micros::from_millis(u64::from(number))).expect("it is short");
    }
    timeline
}

fn speed(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("steps");
    for bookings in [500, 4000] {
        group.throughput(Throughput::Elements(run_world(bookings)));
        group.bench_function(format!("world, {bookings} bookings"), |bencher| bencher.iter(|| run_world(bookings)));
        group.throughput(Throughput::Elements(run_timeline(bookings).step()));
        group.bench_function(format!("timeline, {bookings} bookings"), |bencher| {
            bencher.iter_with_large_drop(|| run_timeline(bookings));
        });
    }
    group.finish();
}

fn moments(criterion: &mut Criterion) {
    let mut idle = Timeline::new(ClusterConfig::default());
    idle.act(booking(1));
    idle.run_until(Micros::from_secs(600)).expect("ten minutes fit");
    let end = idle.reach().0;
    criterion.bench_function("any moment of ten quiet minutes", |bencher| {
        let mut place = 0;
        bencher.iter(|| {
            place = (place + 7) % 100;
            idle.seek(end * place / 100);
        });
    });
    criterion.bench_function("a frame, nothing before it", |bencher| {
        let busy = run_timeline(200);
        bencher.iter(|| black_box(Frame::of(&busy, None)));
    });
    criterion.bench_function("a frame after a step", |bencher| {
        let mut busy = run_timeline(200);
        let before = Frame::of(&busy, None);
        busy.step_forward();
        bencher.iter_batched(|| (), |()| black_box(Frame::of(&busy, Some(&before))), BatchSize::SmallInput);
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = speed, moments
}
criterion_main!(benches);
