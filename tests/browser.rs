//! What runs natively runs the same in the browser. Each test here executes in headless Chromium, as wasm.
#![cfg(target_arch = "wasm32")]

#[path = "golden/transcripts.rs"]
mod transcripts;

use transcripts::{goldens, transcript};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Integer arithmetic on 64 bits is what every moment and every position rests on; a pointer has 32 here.
#[wasm_bindgen_test]
fn positions_are_wide_although_pointers_are_narrow() {
    assert_eq!(size_of::<usize>(), 4);
    assert_eq!(u64::from(u32::MAX) + 1, 1 << 32);
}

/// The native transcripts, byte for byte.
#[wasm_bindgen_test]
fn stories_come_out_as_they_do_natively() {
    for (story, told) in goldens() {
        let (timeline, failure) = story.play();
        assert_eq!(failure.map(|failure| failure.to_string()), None, "{}", story.name);
        assert!(transcript(&timeline) == told, "{}", story.name);
    }
}
