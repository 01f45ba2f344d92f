//! What the story begins with.

use crate::replication::{
    Booking, Bookings, Cabin, Command, CustomerId, Entry, Index, Log, Position, RequestId, Snapshot, Term,
};
use std::sync::Arc;

/// The term in which the story starts.
pub(super) const FIRST_TERM: Term = 27;

/// The log starts compacted up to here.
const COMPACTED: Index = 981_240;

/// The first index that a new entry gets.
pub const FIRST_NEW_INDEX: Index = COMPACTED + 4;

/// Everything up to the first new entry: most of tonight's cabins are taken, C14 is free.
pub(super) fn opening_log() -> Log {
    let taken = [1, 2, 3, 5, 6, 8, 9, 12, 15, 17, 18, 21, 23];
    let holders = taken.map(|number| (Cabin::Tonight(number), CustomerId(5100 + u32::from(number))));
    let bookings = Arc::new(Bookings::taken(holders));
    // What was before is history: of that, the story knows the last term only.
    let terms = [(FIRST_TERM, COMPACTED)].into();
    let mut log = Log::new(Snapshot { last: Position { term: FIRST_TERM, index: COMPACTED }, terms, bookings });
    for (offset, number) in [4, 11, 20].into_iter().enumerate() {
        let place = offset as u32;
        let command = Command::Booking {
            booking: Booking::Reserve,
            cabin: Cabin::Tonight(number),
            customer: CustomerId(5501 + place),
            request: RequestId(1_000_001 + place),
        };
        log.append(Entry { term: FIRST_TERM, index: COMPACTED + 1 + Index::from(place), command });
    }
    log
}
