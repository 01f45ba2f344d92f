//! The world around the nodes: network, disks, gateway, control plane, customers, and the checker that sees all.
//!
//! A [`World`] is stepped: [`World::enabled`] says what can happen next, [`World::take`] makes one of it happen and
//! says what came of it. `clock` is the driver that goes by due time, `search` the one that tries every order of events. Everything is drawn from one seed, so the same
//! steps give the same records on every machine.

mod action;
mod agenda;
mod budgets;
mod checker;
pub mod clock;
mod control_plane;
mod cpu;
mod disk;
mod gateway;
mod in_flight;
mod invariant;
mod link;
mod load;
mod measures;
mod network;
mod place;
mod promises;
mod reads;
mod record;
pub mod search;
mod world;

pub use crate::replication::{Micros, print_duration};
pub use action::{Action, ClusterConfig, print_per_mille};
pub use agenda::Due;
pub use budgets::Budgets;
pub use checker::Checker;
pub use control_plane::{ControlPlane, Phase, Promotion};
pub use cpu::{Cpu, CpuCost};
pub use disk::DiskUnit;
pub use gateway::{Gateway, Outcome, Patience, Ticket};
pub use in_flight::{InFlight, MessageKind};
pub use invariant::{Detail, Invariant, Violation};
pub use link::{Link, LinkQuality, LinkSettings};
pub use load::Load;
pub use measures::{Histogram, Interval, Measures, NodeInterval, Totals};
pub use network::{Envelope, LossReason, Network, Payload};
pub use place::Place;
pub use promises::{Promise, Promises, Standing};
pub use reads::{How, ReadRouting, ReadTicket, ReadVerdict, Reads};
pub use record::{Event, IdleReason, Record, Refusal};
pub use world::{FIRST_NEW_INDEX, Lag, Machine, Objective, Occurrence, Posting, Step, World};
