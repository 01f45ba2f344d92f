//! The world around the nodes.
mod action;
mod invariant;
mod time;

pub use action::{Action, ClusterConfig, LinkSettings};
pub use invariant::Invariant;
pub use time::Micros;
