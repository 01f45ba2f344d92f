//! What customers ask to be written, and what they are answered.

use super::{Booking, Cabin, CustomerId, Position, RequestId};
use std::fmt;

/// A customer's request, as the gateway hands it to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Request {
    /// The customer's number for it.
    pub id: RequestId,
    /// Reserve or release.
    pub booking: Booking,
    /// Which cabin.
    pub cabin: Cabin,
    /// For whom.
    pub customer: CustomerId,
}

/// A node's answer to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// 201 Created, with the commit token.
    Created(Position),
    /// 409 Conflict; nothing was appended.
    Conflict {
        /// Who has the cabin, or is about to have it.
        holder: Option<CustomerId>,
    },
    /// This node takes no requests; nothing was appended, and the gateway may send the request elsewhere.
    NotLeader,
    /// 503: the leader has too much to do, or no node took the request in time; nothing was appended.
    Unavailable,
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = match self.booking {
            Booking::Reserve => "reserve",
            Booking::Release => "release",
        };
        write!(f, "{verb} {} for {}", self.cabin, self.customer)
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Created(position) => write!(f, "201 Created, token {position}"),
            Self::Conflict { holder: Some(holder) } => write!(f, "409 Conflict, held by {holder}"),
            Self::Conflict { holder: None } => f.write_str("409 Conflict, nobody holds it"),
            Self::NotLeader => f.write_str("refused: not the leader, nothing appended"),
            Self::Unavailable => f.write_str("503 Service Unavailable, nothing appended"),
        }
    }
}
