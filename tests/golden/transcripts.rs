//! What came of each story, to the letter. The native tests and the browser's compare with the same files, so they also
//! prove that both targets agree.

use harbor_point::teaching::stories::{ALL, Story};
use harbor_point::teaching::timeline::Timeline;

/// A story that the page does not offer: its script stands here, beside its transcript.
macro_rules! told_here {
    ($($name:literal)*) => {
        &[$(Story { name: $name, title: $name, script: include_str!(concat!($name, ".script")) }),*]
    };
}

/// The stories that the page does not offer.
const TOLD_HERE: &[Story] = told_here! {
    "reads-in-turn" "reads-at-a-stale-leader" "reads-after-a-failover" "reads-with-a-lost-token"
    "two-leaders" "two-leaders-terms-off" "two-leaders-lease" "two-leaders-lease-terms-off"
    "two-leaders-token" "slept-with-a-lease"
    "two-leaders-lease-no-majority"
    "elected" "five-elect" "vote-refused" "lost-majority" "lost-disk"
    "reads-after-a-forced-promotion"
    "snapshot-for-singapore" "snapshot-resumed"
    "messages-kept-back" "lag-objective" "links-that-meddle" "snapshot-over-a-thin-line" "rolled-back-below-a-snapshot"
};

/// Every story.
pub fn stories() -> impl Iterator<Item = &'static Story> {
    ALL.iter().chain(TOLD_HERE)
}

const TRANSCRIPTS: &[&str] = &[
    include_str!("write.transcript"),
    include_str!("failover.transcript"),
    include_str!("forced.transcript"),
    include_str!("leader-fsync.transcript"),
    include_str!("slept.transcript"),
    include_str!("reads-in-turn.transcript"),
    include_str!("reads-at-a-stale-leader.transcript"),
    include_str!("reads-after-a-failover.transcript"),
    include_str!("reads-with-a-lost-token.transcript"),
    include_str!("two-leaders.transcript"),
    include_str!("two-leaders-terms-off.transcript"),
    include_str!("two-leaders-lease.transcript"),
    include_str!("two-leaders-lease-terms-off.transcript"),
    include_str!("two-leaders-token.transcript"),
    include_str!("slept-with-a-lease.transcript"),
    include_str!("two-leaders-lease-no-majority.transcript"),
    include_str!("elected.transcript"),
    include_str!("five-elect.transcript"),
    include_str!("vote-refused.transcript"),
    include_str!("lost-majority.transcript"),
    include_str!("lost-disk.transcript"),
    include_str!("reads-after-a-forced-promotion.transcript"),
    include_str!("snapshot-for-singapore.transcript"),
    include_str!("snapshot-resumed.transcript"),
    include_str!("messages-kept-back.transcript"),
    include_str!("lag-objective.transcript"),
    include_str!("links-that-meddle.transcript"),
    include_str!("snapshot-over-a-thin-line.transcript"),
    include_str!("rolled-back-below-a-snapshot.transcript"),
];

/// Every story with its transcript.
pub fn goldens() -> impl Iterator<Item = (&'static Story, &'static str)> {
    assert_eq!(stories().count(), TRANSCRIPTS.len(), "each story has a transcript");
    stories().zip(TRANSCRIPTS.iter().copied())
}

/// What was recorded, a line each.
pub fn transcript(timeline: &Timeline) -> String {
    timeline.records().iter().map(|logged| format!("{}\n", logged.record)).collect()
}
