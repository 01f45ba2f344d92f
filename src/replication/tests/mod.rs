//! What the protocol's parts promise, each alone. The stories in `tests/golden` show them together.

mod bookings;
mod commit_rule;
mod elections;
mod fencing;
mod ids;
mod log;
mod node;
mod progress;
mod promotion;
mod reading;
mod recovery;
mod state;
mod table;
mod terms;
mod throttle;
mod transfer;

use super::*;
use std::sync::Arc;

const A: NodeId = NodeId::MD_DB_4;
const B: NodeId = NodeId::MD_DB_2;
const C: NodeId = NodeId::SG_DB_1;

fn sync() -> NodeSet {
    [A, B].into_iter().collect()
}

fn at(term: Term, index: Index) -> Position {
    Position { term, index }
}

/// An entry that differs from every other by its position alone.
fn entry(term: Term, index: Index) -> Entry {
    Entry { term, index, command: Command::Noop }
}

fn reserve(index: Index, cabin: u8) -> Entry {
    let request = RequestId(index);
    let (cabin, customer) = (Cabin::Tonight(cabin), CustomerId(1));
    Entry { term: 1, index, command: Command::Booking { booking: Booking::Reserve, cabin, customer, request } }
}

/// A log with these terms, from index 1.
fn log(terms: &[Term]) -> Log {
    let mut log = Log::new(Snapshot { last: Position::default(), terms: Arc::default(), bookings: Arc::default() });
    terms.iter().zip(1..).for_each(|(term, index)| log.append(entry(*term, index)));
    log
}

fn terms(log: &Log) -> Vec<Term> {
    log.entries().iter().map(|entry| entry.term).collect()
}
