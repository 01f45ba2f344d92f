//! Harbor Point: leader-based replication, understood by running it.
//!
//! # The map
//!
//! | part | what it is for | what it never does |
//! | --- | --- | --- |
//! | [`replication`] | the protocol: one node as a pure state machine, the log, the commit rules, the argument for a promotion | keep time, draw chance, know of a network or a disk |
//! | [`simulation`] | the world around the nodes: links, disks, gateway, control plane, customers, and the checker that sees all; stepped one event at a time | decide anything for a node, look inside a message to change it |
//! | [`teaching`] | what makes a run teachable: the script language, the timeline that can be sought, narration, the frame that the page shows, the session, lessons and what is right in them | know of a browser |
//! | `ui` (wasm alone) | the page | compute anything about the cluster: what it shows, the frame says |
//!
//! Imports run `ui -> teaching -> simulation -> replication`, never back.
//!
//! # What holds everywhere
//!
//! - *Nothing is staged.* What the page shows is the state of the core; an animation is a message that the core sent.
//! - *Durable before acknowledged.* A node hands out what to persist together with what to send afterwards
//!   ([`replication::Output::Persist`]), so no acknowledgement can outrun the disk.
//! - *A reason travels as data.* Events carry why they happened; transcript, narration, explanation and test read the same.
//! - *The same script and seed give the same transcript*, byte for byte, natively and in the browser. Below `ui` there
//!   are no floats, no clock, no ambient chance, no iteration in hash order; the one generator lives in the world.
//! - *The checker stands outside.* It watches every event, and no node can know what it knows.
//!
//! `tests/architecture.rs` holds the imports and the determinism, `tests/golden` the stories, `tests/properties` what
//! must hold under any faults, `tests/browser` the page.

pub mod replication;
pub mod simulation;
pub mod teaching;
#[cfg(target_arch = "wasm32")]
pub mod ui;
