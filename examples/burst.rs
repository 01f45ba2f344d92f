//! Ten simulated minutes of a burst, with everything that the page keeps: how fast, how much memory, and how long it takes
//! to get to any moment of it. `cargo run --release --example burst -- [SECONDS] [BOOKINGS A SECOND]
//! [STEPS BETWEEN CHECKPOINTS]`

use harbor_point::simulation::{Action, ClusterConfig, Micros};
use harbor_point::teaching::frame::Frame;
use harbor_point::teaching::timeline::Timeline;
use std::time::Instant;

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|word| word.parse::<u32>().ok());
    let (seconds, rate) = (numbers.next().unwrap_or(600), numbers.next().unwrap_or(200));
    let config = ClusterConfig::default();
    let spaced = |spacing| Timeline::with_checkpoints(config, u64::from(spacing));
    let mut timeline = numbers.next().map_or_else(|| Timeline::new(config), spaced);
    timeline.act(Action::Burst { rate, span: Micros::from_secs(u64::from(seconds)) });
    let mut a_second = Vec::new();
    for tenth in 1..=10 {
        let (start, before) = (Instant::now(), timeline.world().messages());
        timeline.run_until(Micros::from_millis(u64::from(seconds) * 100 * tenth)).expect("it is short enough");
        a_second.push((timeline.world().messages() - before) as f64 / start.elapsed().as_secs_f64());
    }
    let steps = timeline.reach().0;
    println!("{} messages, {steps} steps", timeline.world().messages());
    println!("thousand messages a second, by tenths: {}", list(&a_second));
    println!("the last tenth took {:.2} times as long as the second, by message", a_second[1] / a_second[9]);
    println!("memory: {}", memory());
    let (mut sought, mut framed) = (Vec::new(), Vec::new());
    let mut frame = Frame::of(&timeline, None);
    for place in 0..100 {
        let start = Instant::now();
        timeline.seek(steps * (place * 37 % 100) / 100 + place * 41);
        sought.push(start.elapsed());
        frame = Frame::of(&timeline, Some(&frame));
        framed.push(start.elapsed() - sought[sought.len() - 1]);
    }
    for (what, mut times) in [("any moment", sought), ("a frame", framed)] {
        times.sort();
        println!("{what}: {:?} in the median, {:?} at most", times[50], times[99]);
    }
    println!("memory: {}", memory());
}

fn list(numbers: &[f64]) -> String {
    numbers.iter().map(|number| format!("{:.0}", number / 1000.0)).collect::<Vec<_>>().join(" ")
}

/// What the system says of this process.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let lines = status.lines().filter(|line| line.starts_with("VmHWM") || line.starts_with("VmRSS"));
    lines.collect::<Vec<_>>().join(", ").replace('\t', " ")
}
