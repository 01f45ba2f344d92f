//! What is measured, natively and in the browser alike: runs with everything that the page keeps.

use harbor_point::simulation::{Action, ClusterConfig, Micros};
use harbor_point::teaching::timeline::Timeline;

/// A cluster at rest: heartbeats and their acknowledgements.
pub fn quiet(seconds: u64) -> Timeline {
    let mut timeline = Timeline::new(ClusterConfig::default());
    timeline.run_until(Micros::from_secs(seconds)).expect("it fits");
    timeline
}

/// Customers of a weekend: so many a second for so many seconds.
pub fn burst(rate: u32, seconds: u64) -> Timeline {
    let mut timeline = Timeline::new(ClusterConfig::default());
    let span = Micros::from_secs(seconds);
    timeline.act(Action::Burst { rate, span });
    timeline.run_until(span).expect("it fits");
    timeline
}
