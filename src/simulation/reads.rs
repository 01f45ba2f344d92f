//! The ledger of reads: who asked what of whom, what was answered, and how that stands against what the world knows.
//!
//! A verdict is no violation: a stale answer is what a local read may give. It says by which positions it was decided.

use super::Micros;
use crate::replication::table::Row;
use crate::replication::{Consistency, CustomerId, NodeId, Position, Read, ReadAnswer, ReadId, RequestId, Table};
use std::fmt;
use std::sync::Arc;

/// After how long a read without an answer is refused.
const PATIENCE: Micros = Micros::from_secs(2);

/// The same for a read that waits for a token.
const TOKEN_PATIENCE: Micros = Micros::from_secs(10);

/// Where reads go that name no node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReadRouting {
    /// To the running nodes in turn, whatever they have: a load balancer that knows nothing of replication. The default,
    /// for it is what one gets without asking for more.
    #[default]
    Any,
    /// To the leader that the gateway knows.
    Leader,
    /// To the running nodes in turn, with the newest token that the customer has.
    Token,
}

impl ReadRouting {
    /// Every routing.
    pub const ALL: [Self; 3] = [Self::Any, Self::Leader, Self::Token];

    /// The name that scripts use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Leader => "leader",
            Self::Token => "token",
        }
    }
}

/// How sure the answer is to be, as a customer says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// In so many words.
    As(Consistency),
    /// From a node that has applied the entry of this request's 201.
    TokenOf(RequestId),
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::As(consistency) => consistency.fmt(f),
            Self::TokenOf(request) => write!(f, "token {request}"),
        }
    }
}

/// One read, as its customer knows it, and what the world noted when it began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadTicket {
    /// What was asked.
    pub read: Read,
    /// By whom.
    pub customer: Option<CustomerId>,
    /// The node that was named, or that the gateway chose.
    pub node: Option<NodeId>,
    /// When it was asked.
    pub asked_at: Micros,
    /// What the world knew then.
    pub(super) before: Before,
    /// The answer, and when it was heard.
    pub outcome: Option<(ReadAnswer, Micros)>,
    /// How the answer stands, from when it left the node; nothing if nothing was read.
    pub verdict: Option<Arc<ReadVerdict>>,
}

/// What the world knew when a read began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Before {
    /// Where the log was committed to, in the eyes of the leader of the highest term.
    pub committed: Position,
    /// What the customer's own requests had been answered 201 with.
    pub own: Vec<(RequestId, Position)>,
    /// The newest state that the customer had seen.
    pub seen: Option<(ReadId, Position)>,
}

impl Row for ReadTicket {
    type Key = ReadId;

    fn key(&self) -> ReadId {
        self.read.id
    }
}

impl ReadTicket {
    /// When the customer gives up.
    pub(super) fn patience(&self) -> Micros {
        if matches!(self.read.consistency, Consistency::Token(_)) { TOKEN_PATIENCE } else { PATIENCE }
    }
}

/// How an answered read stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadVerdict {
    /// Who answered.
    pub by: NodeId,
    /// The last entry in the state that was read.
    pub applied: Position,
    /// What was committed when the read began.
    pub committed: Position,
    /// It was in that state.
    pub fresh: bool,
    /// Whose session it is; nobody's if no customer was named.
    pub customer: Option<CustomerId>,
    /// A request of the customer's own that had been answered 201, and whose entry was not in that state.
    pub unseen: Option<(RequestId, Position)>,
    /// An earlier read of the same customer had seen what was not in that state.
    pub newer: Option<(ReadId, Position)>,
}

impl fmt::Display for ReadVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fresh = if self.fresh { "fresh" } else { "stale" };
        write!(f, "{fresh}: {} has applied {}, ", self.by, self.applied)?;
        write!(f, "and {} was committed when it was asked", self.committed)?;
        if let Some((request, position)) = self.unseen {
            write!(f, "; the customer's own {request} at {position} is not in it")?;
        }
        match self.newer {
            Some((read, position)) => write!(f, "; {read} had seen {position}"),
            None => Ok(()),
        }
    }
}

/// Every read, and how they are routed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// Where reads go that name no node.
    pub routing: ReadRouting,
    /// The node that the last of them went to.
    pub(super) turn: Option<NodeId>,
    tickets: Table<ReadTicket>,
}

impl Reads {
    pub(super) fn new(routing: ReadRouting) -> Self {
        Self { routing, ..Self::default() }
    }

    /// Every read, by number.
    #[must_use]
    pub fn tickets(&self) -> &Table<ReadTicket> {
        &self.tickets
    }

    pub(super) fn open(&mut self, ticket: ReadTicket) {
        self.tickets.insert(ticket);
    }

    /// The ticket of a read that its customer still waits for.
    pub(super) fn pending(&mut self, read: ReadId) -> Option<&mut ReadTicket> {
        self.tickets.get_mut(read).filter(|ticket| ticket.outcome.is_none())
    }

    /// The newest state that a customer has seen, and by which read.
    pub(super) fn seen_by(&self, customer: CustomerId) -> Option<(ReadId, Position)> {
        let mine = self.tickets.iter().filter(|ticket| ticket.customer == Some(customer));
        let seen = mine.filter_map(|ticket| match ticket.outcome {
            Some((ReadAnswer::Seen { applied, .. }, _)) => Some((ticket.read.id, applied)),
            _ => None,
        });
        seen.max_by_key(|(_, applied)| *applied)
    }
}
