//! How fast the core is: `make bench`. One element is one message delivered, with records, checks and checkpoints. Compare
//! figures of one run with each other; between runs the machine differs.
#![cfg(not(target_arch = "wasm32"))]

mod loops;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use harbor_point::replication::{Booking, Cabin, CustomerId, RequestId};
use harbor_point::simulation::{Action, ClusterConfig, Micros, Record, Step, World, clock};
use harbor_point::teaching::frame::Frame;
use harbor_point::teaching::timeline::Timeline;
use std::hint::black_box;

/// The burst of 200 a second in a bare world, with checks and records.
fn bare(seconds: u64) -> World {
    let mut world = World::new(ClusterConfig::default());
    let mut records: Vec<Record> = Vec::new();
    let span = Micros::from_secs(seconds);
    world.take(Step::Act(Action::Burst { rate: 200, span }), &mut records);
    while world.next_due().is_some_and(|(_, at)| at <= span) {
        records.clear();
        clock::step(&mut world, &mut records);
    }
    world
}

fn speed(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("messages");
    let mut timed = |name: &str, run: &dyn Fn() -> Timeline| {
        group.throughput(Throughput::Elements(run().world().messages()));
        group.bench_function(name, |bencher| bencher.iter_with_large_drop(run));
    };
    timed("quiet, 600 s", &|| loops::quiet(600));
    timed("burst of 200/s, 10 s", &|| loops::burst(200, 10));
    timed("burst of 200/s, 60 s", &|| loops::burst(200, 60));
    timed("burst of 1000/s, 12 s", &|| loops::burst(1000, 12));
    group.throughput(Throughput::Elements(bare(10).messages()));
    group.bench_function("bare world, burst of 200/s, 10 s", |bencher| bencher.iter_with_large_drop(|| bare(10)));
    group.finish();
}

fn moments(criterion: &mut Criterion) {
    for (name, mut run) in [("quiet minutes", loops::quiet(600)), ("minutes of burst", loops::burst(200, 600))] {
        let end = run.reach().0;
        criterion.bench_function(&format!("any moment of ten {name}"), |bencher| {
            let mut place = 0;
            bencher.iter(|| {
                place = (place + 37) % 101;
                run.seek(end * place / 101);
            });
        });
        criterion.bench_function(&format!("a frame of ten {name}"), |bencher| {
            bencher.iter(|| black_box(Frame::of(&run, None)));
        });
    }
    criterion.bench_function("a frame after a step", |bencher| {
        let mut busy = Timeline::new(ClusterConfig::default());
        for number in 1..=200 {
            let (request, cabin, customer) = (RequestId(number), Cabin::Weekend(number), CustomerId(number));
            busy.act(Action::Request { request, booking: Booking::Reserve, cabin, customer, at: None });
            busy.run_until(Micros::from_millis(u64::from(number))).expect("it is short");
        }
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
