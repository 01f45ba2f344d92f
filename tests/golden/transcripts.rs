//! What came of each story, to the letter. The native tests and the browser's compare with the same files, so they also
//! prove that both targets agree.

use harbor_point::teaching::stories::{ALL, Story};
use harbor_point::teaching::timeline::Timeline;

const TRANSCRIPTS: &[&str] = &[
    include_str!("write.transcript"),
    include_str!("failover.transcript"),
    include_str!("forced.transcript"),
    include_str!("leader-fsync.transcript"),
    include_str!("slept.transcript"),
];

/// Every story with its transcript.
pub fn goldens() -> impl Iterator<Item = (&'static Story, &'static str)> {
    assert_eq!(ALL.len(), TRANSCRIPTS.len(), "each story has a transcript");
    ALL.iter().zip(TRANSCRIPTS.iter().copied())
}

/// What was recorded, a line each.
pub fn transcript(timeline: &Timeline) -> String {
    timeline.records().iter().map(|logged| format!("{}\n", logged.record)).collect()
}
