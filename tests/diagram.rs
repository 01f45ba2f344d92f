//! A run drawn over time: every message with what came of it, what each node was, and what came about when.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use harbor_point::simulation::Micros;
use harbor_point::teaching::diagram::{Diagram, Watch, Window, Zoom, file};
use harbor_point::teaching::timeline::Timeline;
use harbor_point::teaching::vocabulary::Vocabulary;
use support::play;

fn drawn(timeline: &Timeline, from: u64, until: u64) -> Diagram {
    let (from, until) = (Micros::from_millis(from), Micros::from_millis(until));
    let window = Window { zoom: Zoom::Span(Micros(until.0 - from.0)), from, until };
    let watch = Watch::over(timeline, None, from, until);
    Diagram::of(timeline, &watch, window, timeline.world().now())
}

#[test]
fn look() {
    let timeline =
        play("reserve C14 for 5521 as r1\nrun 20ms\ncrash md-db-4\nrun 1ms\npromote md-db-2 force\nrun 30ms");
    let diagram = drawn(&timeline, 0, 55);
    println!("{diagram:#?}");
    std::fs::write("/tmp/look.svg", file(&diagram, timeline.world().now(), Vocabulary::Raft)).unwrap();
}
