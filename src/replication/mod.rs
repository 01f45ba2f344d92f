//! The protocol: pure nodes.
mod command;
mod commit_rule;
mod ids;
mod role;

pub use command::{Booking, CABINS, Cabin, Command, CustomerId, Entry, RequestId};
pub use commit_rule::CommitRule;
pub use ids::{Index, NodeId, NodeSet, Position, Term};
pub use role::Role;
