//! What customers asked for, as the page shows it.

use crate::replication::{CustomerId, NodeId, Position, Read, ReadAnswer, RequestId};
use crate::simulation::{Micros, ReadVerdict};
use std::rc::Rc;
use std::sync::Arc;

/// What a customer knows, or what has become of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Not answered yet.
    Pending,
    /// Not answered in time; it may yet turn out to be there.
    Unanswered,
    /// Answered 409: nothing was appended.
    Conflict,
    /// Answered 503: nothing was appended.
    Unavailable,
    /// Answered 201, and the entry is in the deciding leader's log.
    Kept,
    /// Answered 201, and the deciding leader is down.
    InDoubt,
    /// Answered 201, and the entry is gone.
    Lost,
}

/// One request and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestView {
    /// Its name.
    pub request: RequestId,
    /// What it asks for, such as `reserve C14 for 5521`.
    pub what: Rc<str>,
    /// What became of it.
    pub fate: Fate,
    /// The entry of its promise, once it was answered 201.
    pub position: Option<Position>,
    /// When the customer asked.
    pub asked_at: Micros,
    /// When the customer heard.
    pub answered_at: Option<Micros>,
    /// Why it stands as it does, in one sentence with positions.
    pub why: Rc<str>,
}

/// One read and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadView {
    /// What was asked: the name of the read, the cabin, and how sure the answer was to be.
    pub read: Read,
    /// Who asked, if a customer was named.
    pub customer: Option<CustomerId>,
    /// The node that was named, or that the gateway chose.
    pub node: Option<NodeId>,
    /// When it was asked.
    pub asked_at: Micros,
    /// The answer, and when it was heard.
    pub answer: Option<(ReadAnswer, Micros)>,
    /// How the answer stands, with the positions that decide it, from when it left the node.
    pub verdict: Option<Arc<ReadVerdict>>,
    /// Why it stands as it does, or what it waits for, in one sentence with positions.
    pub why: Rc<str>,
}
