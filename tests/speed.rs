//! The loops of `benches/core.rs`, as wasm in headless Chromium: `make bench` prints what they come to.
#![cfg(target_arch = "wasm32")]

#[path = "../benches/loops/mod.rs"]
mod loops;

use harbor_point::teaching::frame::Frame;
use harbor_point::teaching::timeline::Timeline;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// The shortest of a few, in milliseconds.
fn shortest<T>(mut run: impl FnMut() -> T) -> f64 {
    let once = |_| {
        let start = js_sys::Date::now();
        drop(run());
        js_sys::Date::now() - start
    };
    (0..5).map(once).fold(f64::INFINITY, f64::min)
}

fn tell(name: &str, run: impl Fn() -> Timeline) {
    let (messages, steps) = (run().world().messages(), run().reach().0);
    let millis = shortest(&run);
    let a_second = |count: u64| count as f64 / millis;
    console_log!(
        "{name}: {:.0} thousand messages a second, {:.0} thousand steps a second",
        a_second(messages),
        a_second(steps)
    );
}

#[wasm_bindgen_test]
fn speed() {
    tell("quiet", || loops::quiet(600));
    tell("burst of 200/s", || loops::burst(200, 60));
    tell("burst of 1000/s", || loops::burst(1000, 12));

    let mut long = loops::burst(200, 600);
    let end = long.reach().0;
    let mut times: Vec<f64> = Vec::new();
    let mut frame = Frame::of(&long, None);
    for place in 0..100 {
        times.push(shortest_seek(&mut long, end * (place * 37 % 100) / 100));
        frame = Frame::of(&long, Some(&frame));
    }
    times.sort_by(f64::total_cmp);
    console_log!("any moment of ten minutes of burst: {} ms in the median, {} ms at most", times[50], times[99]);
    let start = js_sys::Date::now();
    for _ in 0..100 {
        frame = Frame::of(&long, Some(&frame));
    }
    console_log!("a frame of it: {} ms", (js_sys::Date::now() - start) / 100.0);
    let memory = wasm_bindgen::memory();
    let buffer = js_sys::Reflect::get(&memory, &"buffer".into()).expect("a memory has a buffer");
    let bytes = js_sys::Reflect::get(&buffer, &"byteLength".into()).expect("a buffer has a length");
    console_log!("memory of the module at the end: {} MB", bytes.as_f64().unwrap_or_default() / 1e6);
}

fn shortest_seek(timeline: &mut Timeline, step: u64) -> f64 {
    let start = js_sys::Date::now();
    timeline.seek(step);
    js_sys::Date::now() - start
}
