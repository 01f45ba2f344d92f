//! The protocol: pure nodes.
mod bookings;
mod command;
mod commit_rule;
mod event;
mod ids;
mod io;
mod log;
mod message;
mod node;
mod progress;
mod promotion;
mod role;
mod storage;
#[cfg(test)]
mod tests;

pub use bookings::Bookings;
pub use command::{Booking, CABINS, Cabin, Command, CustomerId, Entry, RequestId};
pub use commit_rule::{CommitRule, Copies, CopyKind, Demand, Lacking};
pub use event::{CommitReason, Event, Judgement, StepDownReason};
pub use ids::{Index, NodeId, NodeSet, Position, Term};
pub use io::{Input, Output, Send};
pub use log::{Log, Merge, Snapshot};
pub use message::{Acknowledge, Answer, Append, Message, Notice, Order, Report, ReportAtOnce, Request};
pub use node::{Leader, Node};
pub use progress::{Pace, Progress};
pub use promotion::{Objection, Period, Verdict, judge};
pub use role::Role;
pub use storage::{Disk, Write};
