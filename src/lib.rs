//! Harbor Point: leader-based replication, understood by running it.
pub mod replication;
pub mod simulation;
pub mod teaching;
#[cfg(target_arch = "wasm32")]
pub mod ui;
