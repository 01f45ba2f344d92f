//! What a log entry says: bookings of cabins, and the no-op of a new leader.

use super::table::Row;
use super::{Index, Position, Term};
use std::fmt;

/// How many cabins tonight's sailing has: C01 to C24.
pub const CABINS: u8 = 24;

/// What can be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cabin {
    /// A cabin of tonight's sailing, 1 to [`CABINS`].
    Tonight(u8),
    /// A place on one of the weekend's sailings, from 1; bursts book these.
    Weekend(u32),
}

impl Cabin {
    /// The cabin that a script writes as `C14` or `W3`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, digits) = (text.get(..1)?, text.get(1..)?);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        match kind {
            "C" if digits.len() == 2 => digits.parse().ok().filter(|n| (1..=CABINS).contains(n)).map(Self::Tonight),
            "W" if !digits.starts_with('0') => digits.parse().ok().map(Self::Weekend),
            _ => None,
        }
    }
}

impl fmt::Display for Cabin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tonight(number) => write!(f, "C{number:02}"),
            Self::Weekend(number) => write!(f, "W{number}"),
        }
    }
}

/// Who books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomerId(pub u32);

impl fmt::Display for CustomerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The customer's own number for a request: the same id sent twice is the same request (an idempotency key).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u32);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "r{}", self.0)
    }
}

/// What a customer asks to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Booking {
    /// Book a free cabin.
    Reserve,
    /// Give a cabin back.
    Release,
}

/// What an entry does to the queryable state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    /// A new leader's first entry: it proves what came before it (Raft, section 5.4.2).
    Noop,
    /// A change that a customer asked for.
    Booking {
        /// Reserve or release.
        booking: Booking,
        /// Which cabin.
        cabin: Cabin,
        /// For whom.
        customer: CustomerId,
        /// The request that asked for it.
        request: RequestId,
    },
}

impl Command {
    /// The request behind the command, if a customer asked for it.
    #[must_use]
    pub fn request(self) -> Option<RequestId> {
        match self {
            Self::Noop => None,
            Self::Booking { request, .. } => Some(request),
        }
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Noop => f.write_str("no-op"),
            Self::Booking { booking: Booking::Reserve, cabin, customer, .. } => {
                write!(f, "reserve {cabin} for {customer}")
            }
            Self::Booking { booking: Booking::Release, cabin, customer, .. } => {
                write!(f, "release {cabin} for {customer}")
            }
        }
    }
}

/// One entry of the replicated log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// The term of the leader that appended it.
    pub term: Term,
    /// Its place in the log.
    pub index: Index,
    /// What it does.
    pub command: Command,
}

impl Entry {
    /// Its term and index.
    #[must_use]
    pub fn position(&self) -> Position {
        Position { term: self.term, index: self.index }
    }
}

impl Row for Entry {
    type Key = Index;

    fn key(&self) -> Index {
        self.index
    }
}
