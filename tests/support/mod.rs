//! What tests that are told as scripts have in common.

use harbor_point::teaching::script::Script;
use harbor_point::teaching::timeline::Timeline;

/// The run of a script whose every expectation holds.
#[track_caller]
pub fn play(text: &str) -> Timeline {
    let script = Script::parse(text).unwrap_or_else(|errors| panic!("{}\n{text}", errors[0]));
    let (timeline, failure) = Timeline::play(text, &script);
    if let Some(failure) = failure {
        let told: String = timeline.records().iter().map(|logged| format!("{}\n", logged.record)).collect();
        panic!("{failure}\n{text}\n{told}");
    }
    timeline
}
