//! Ten simulated minutes of a burst, with everything that the page keeps: how fast, how much memory, and how long it takes
//! to get to any moment of it. `cargo run --release --example burst -- [SECONDS] [BOOKINGS A SECOND]`

use harbor_point::simulation::{Action, ClusterConfig, Micros};
use harbor_point::teaching::frame::Frame;
use harbor_point::teaching::timeline::Timeline;
use std::time::Instant;

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|word| word.parse::<u32>().ok());
    let (seconds, rate) = (numbers.next().unwrap_or(600), numbers.next().unwrap_or(200));
    let start = Instant::now();
    let spacing = numbers.next().map_or(4096, u64::from);
    let mut timeline = Timeline::with_checkpoints(ClusterConfig::default(), spacing);
    let span = Micros::from_secs(u64::from(seconds));
    timeline.act(Action::Burst { rate, span });
    timeline.run_until(span).expect("it is short enough");
    let (steps, _) = timeline.reach();
    let took = start.elapsed();
    println!("{steps} steps in {took:?}: {:.0} a second", steps as f64 / took.as_secs_f64());
    println!("memory: {}", memory());
    let mut slowest = Default::default();
    let mut frames = Default::default();
    let mut total = std::time::Duration::default();
    let mut frame = Frame::of(&timeline, None);
    for place in 0..100 {
        let start = Instant::now();
        timeline.seek(steps * (place * 37 % 100) / 100 + place * 41);
        let sought = start.elapsed();
        frame = Frame::of(&timeline, Some(&frame));
        slowest = sought.max(slowest);
        frames = (start.elapsed() - sought).max(frames);
        total += sought;
    }
    println!("any moment: {:?} at most, {:?} on average; a frame: {frames:?} at most", slowest, total / 100);
    println!("memory: {}", memory());
}

/// What the system says of this process.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let lines = status.lines().filter(|line| line.starts_with("VmHWM") || line.starts_with("VmRSS"));
    lines.collect::<Vec<_>>().join(", ").replace('\t', " ")
}
