//! The protocol: pure nodes.
//!
//! One log, one leader at a time. The leader assigns each request an index, sends the entry to its followers, and counts
//! the copies that it hears of; once the [`CommitRule`] is met it moves the commit index, applies the entry, and answers.
//! Terms tell leaders apart: a node obeys the newest that it has heard of. Who may lead next is [judged](judge) by the
//! control plane, from what the nodes report after they have adopted the new term.
//!
//! It is Raft (Ongaro and Ousterhout, *In Search of an Understandable Consensus Algorithm*) in its log, its terms and its
//! commitment, with two differences that databases have: the commit rule is a choice, and an operator promotes.
//!
//! Where to look: `node` is the state machine; `log`, `progress`, `commit_rule` and `promotion` are arithmetic that
//! stands alone; `read` says what each kind of read promises, and why; `message`, `io`, `event` and `storage` are what goes
//! in and out.
//!
//! A log keeps some entries behind what is applied, and a snapshot for the rest; a follower that lacks more gets the
//! leader's snapshot in chunks (Raft, section 7): `transfer` is the arithmetic of that, `flow` the settings.
//!
//! Caveats: an elected leader and votes are not here.

mod bookings;
mod command;
mod commit_rule;
mod event;
mod flow;
mod ids;
mod io;
mod limits;
mod log;
mod message;
mod node;
mod progress;
mod promotion;
mod read;
mod request;
mod role;
mod storage;
mod switch;
pub mod table;
#[cfg(test)]
mod tests;
mod time;
mod transfer;

pub use bookings::Bookings;
pub use command::{Booking, CABINS, Cabin, Command, CustomerId, Entry, RequestId};
pub use commit_rule::{CommitRule, Copies, CopyKind, CopyList, Demand, Lacking};
pub use event::{CommitReason, Event, Judgement, SnapshotReason, StepDownReason};
pub use flow::{Flow, FlowKey};
pub use ids::{Index, NodeId, NodeSet, Position, Term};
pub use io::{Input, Output, Send, Timer};
pub use limits::Limits;
pub use log::{Log, Merge, Snapshot};
pub use message::{Acknowledge, Append, AskVote, Message, Notice, Order, Report, Round, VoteRefusal};
pub use node::{ELECTION_TIMEOUT, Leader, Node, Recovery};
pub use progress::{Pace, Progress};
pub use promotion::{Objection, Period, Verdict, judge};
pub use read::{Consistency, Read, ReadAnswer, ReadId, ReadRefusal, ReadWait};
pub use request::{Answer, Request};
pub use role::Role;
pub use storage::{Disk, Write};
pub use switch::{Configuration, Switch, Switches};
pub use table::Table;
pub use time::{Micros, print_duration};
pub use transfer::{Chunk, Receiving, Transfer};
