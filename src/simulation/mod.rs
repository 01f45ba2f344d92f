//! The world around the nodes.
mod action;
mod invariant;
mod place;
mod time;

pub use action::{Action, ClusterConfig, LinkSettings};
pub use invariant::Invariant;
pub use place::Place;
pub use time::Micros;
