//! The golden stories, natively. After a change that is meant: `UPDATE_GOLDENS=1 cargo test --test golden`, and read the
//! difference as a reviewer would.
#![cfg(not(target_arch = "wasm32"))]

#[path = "golden/transcripts.rs"]
mod transcripts;

use harbor_point::teaching::frame::Frame;
use transcripts::{goldens, stories, transcript};

#[test]
fn stories_come_out_as_told() {
    let update = std::env::var_os("UPDATE_GOLDENS").is_some();
    for (story, golden) in goldens() {
        let (timeline, failure) = story.play();
        assert_eq!(failure.map(|failure| failure.to_string()), None, "{}", story.name);
        let told = transcript(&timeline);
        if update {
            let file = format!("{}/tests/golden/{}.transcript", env!("CARGO_MANIFEST_DIR"), story.name);
            std::fs::write(file, &told).expect("the golden can be written");
        } else {
            assert!(told == golden, "{} differs from its transcript:\n{told}", story.name);
        }
    }
}

/// What a learner reads, step by step.
#[test]
fn stories_read_well() {
    for story in stories() {
        let (mut timeline, _) = story.play();
        let end = timeline.step();
        timeline.seek(0);
        let mut told = format!("{}\n", Frame::of(&timeline, None).story.sentence);
        while timeline.step_forward() && timeline.step() <= end {
            let sentence = &Frame::of(&timeline, None).story.sentence;
            if !told.ends_with(&format!("{sentence}\n")) {
                told.push_str(&format!("{sentence}\n"));
            }
        }
        let file = format!("{}/tests/golden/{}.narration", env!("CARGO_MANIFEST_DIR"), story.name);
        if std::env::var_os("UPDATE_GOLDENS").is_some() {
            std::fs::write(file, &told).expect("the golden can be written");
        } else {
            let golden = std::fs::read_to_string(file).unwrap_or_default();
            assert!(told == golden, "{} reads differently:\n{told}", story.name);
        }
    }
}

#[test]
fn the_past_replays_as_it_was() {
    for story in stories() {
        let (mut timeline, _) = story.play();
        let (told, end) = (transcript(&timeline), timeline.reach().0);
        for step in (0..=end).rev().step_by(7) {
            timeline.seek(step);
            assert_eq!(timeline.step(), step);
        }
        while timeline.step_forward() && timeline.is_in_the_past() {}
        timeline.seek(end);
        let (again, _) = story.play();
        assert!(transcript(&timeline).starts_with(&told), "{}", story.name);
        assert_eq!(format!("{:?}", timeline.world().machines()), format!("{:?}", again.world().machines()));
    }
}
