//! What happened, as data. The `Display` of a [`Record`] is the transcript line that goldens, event log and narration
//! share.

use super::network::{LossReason, Payload};
use super::{Action, Lag, Micros, Place, ReadVerdict, Standing, Violation, print_duration};
use crate::replication::{
    Answer, Event as NodeEvent, NodeId, Position, Read, ReadAnswer, ReadId, Request, RequestId, Term, Verdict,
};
use std::fmt;
use std::sync::Arc;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// When.
    pub at: Micros,
    /// Where; nothing for the world as a whole.
    pub place: Option<Place>,
    /// The term that the node knew; nothing for whoever is no node.
    pub term: Option<Term>,
    /// What.
    pub event: Event,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Inside a node.
    Node(NodeEvent),
    /// A message left.
    Sent {
        /// To whom.
        to: Place,
        /// What.
        payload: Payload,
    },
    /// A message did not arrive.
    Lost {
        /// From whom.
        from: Place,
        /// To whom.
        to: Place,
        /// What.
        payload: Payload,
        /// Why.
        because: LossReason,
    },
    /// The link lets a message go astray.
    Strayed {
        /// From whom.
        from: Place,
        /// To whom.
        to: Place,
        /// What.
        payload: Payload,
        /// It arrives once more; else it takes longer, and others overtake it.
        twice: bool,
    },
    /// A customer of a burst comes.
    Arrived(Request),
    /// A request reached a node.
    Requested(Request),
    /// A node answered a request.
    Answered {
        /// Which.
        request: RequestId,
        /// How.
        answer: Answer,
    },
    /// The gateway refuses an answer of an older term.
    Fenced {
        /// Whose.
        node: NodeId,
        /// To which request.
        request: RequestId,
        /// What it says.
        answer: Answer,
        /// The node's term.
        theirs: Term,
        /// The term of the leader that the gateway knows.
        ours: Term,
    },
    /// A customer heard an answer.
    Heard {
        /// To which request.
        request: RequestId,
        /// What.
        answer: Answer,
        /// After it was in doubt.
        late: bool,
    },
    /// A node answered a read.
    ReadAnswered {
        /// Which.
        read: Read,
        /// How.
        answer: ReadAnswer,
    },
    /// How an answered read stands against what was committed and what its customer knew.
    ReadJudged {
        /// Which.
        read: ReadId,
        /// The verdict.
        verdict: Arc<ReadVerdict>,
    },
    /// A customer heard the answer to a read.
    ReadHeard {
        /// To which.
        read: ReadId,
        /// What.
        answer: ReadAnswer,
        /// After giving up: it changes nothing.
        late: bool,
    },
    /// A customer has waited long enough.
    InDoubt(RequestId),
    /// Somebody did something to the world.
    Done(Action),
    /// An action changed nothing.
    Idle {
        /// Which.
        action: Action,
        /// Why.
        because: IdleReason,
    },
    /// A node runs again, with what its disk held.
    Started {
        /// The last durable entry.
        last: Position,
    },
    /// The control plane refuses a promotion.
    Refused {
        /// Whose.
        node: NodeId,
        /// Why.
        because: Refusal,
    },
    /// The control plane asks a node to campaign.
    Campaigning {
        /// Which.
        node: NodeId,
        /// For which term.
        term: Term,
    },
    /// The control plane asks a node to stand for election.
    Standing {
        /// Which.
        node: NodeId,
    },
    /// The control plane hears who was elected.
    Elected {
        /// Who.
        node: NodeId,
        /// In which term.
        term: Term,
    },
    /// The control plane asks the leader to hand over first.
    HandOver {
        /// From whom.
        from: NodeId,
        /// To whom.
        to: NodeId,
    },
    /// The control plane lets a node lead.
    Granted {
        /// The verdict.
        verdict: Verdict,
        /// The term.
        term: Term,
        /// Leases are on, but no majority has adopted the term: another leader's lease may go on.
        outside_lease: bool,
    },
    /// The gateway has learned who leads.
    Learned {
        /// Who.
        leader: NodeId,
        /// In which term.
        term: Term,
    },
    /// The standing of a promise changed, or it was made.
    Promise {
        /// The request.
        request: RequestId,
        /// The entry.
        position: Position,
        /// How it stands now.
        standing: Standing,
        /// The leader who decides it.
        decided_by: NodeId,
    },
    /// A node has come to lag further behind than it is wanted to, or no further any more.
    Objective {
        /// Which.
        node: NodeId,
        /// How far it may lag behind.
        limit: Micros,
        /// It is no further behind.
        met: bool,
        /// How far it is.
        lag: Lag,
    },
    /// What must never happen did.
    Violated(Violation),
}

/// Why an action changed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdleReason {
    /// The node is down already.
    Down,
    /// The node runs already.
    Running,
    /// The node is paused already.
    Paused,
    /// The request was never made.
    Unknown,
    /// The cabin is the other shard's.
    Elsewhere,
    /// The request's name is taken.
    Taken,
    /// The request has not been answered 201, so there is no token.
    NoToken,
    /// No such message is on its way.
    Arrived,
    /// It is no link between nodes, and so delivers once.
    Once,
}

/// Why the control plane refuses a promotion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It leads already.
    Leads,
    /// Another promotion is under way.
    Busy(NodeId),
    /// It has lost its disk, and has nothing to lead with before a leader has caught it up.
    LostDisk,
    /// It is down, or the control plane cannot reach it.
    OutOfReach,
    /// Elections are on, and they are the one source of terms.
    Elections,
    /// It is not provably safe.
    NotSafe(Verdict),
    /// The leader could not hand its log over in time.
    NoHandOver(NodeId),
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>14}  ", self.at)?;
        match self.place {
            Some(place) => write!(f, "{place:<13} ")?,
            None => write!(f, "{:<13} ", "")?,
        }
        match self.term {
            Some(term) => write!(f, "{term:>3}  ")?,
            None => f.write_str("     ")?,
        }
        self.event.fmt(f)
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Node(event) => event.fmt(f),
            Self::Sent { to, payload } => write!(f, "sent to {to}: {payload}"),
            Self::Lost { from, to, payload, because } => write!(f, "lost from {from} to {to}: {payload} ({because})"),
            Self::Strayed { from, to, payload, twice } => {
                let how = if *twice { "doubled" } else { "delayed" };
                write!(f, "{how} from {from} to {to}: {payload}")
            }
            Self::Arrived(request) => write!(f, "asks {}: {request}", request.id),
            Self::Requested(request) => write!(f, "request {}: {request}", request.id),
            Self::Fenced { node, request, answer, theirs, ours } => {
                write!(f, "refuses what {node} says of {request} ({answer}): term {theirs} is older than {ours}")
            }
            Self::Answered { request, answer } => write!(f, "answered {request}: {answer}"),
            Self::Heard { request, answer, late } => {
                write!(f, "heard for {request}: {answer}{}", if *late { " (late)" } else { "" })
            }
            Self::ReadAnswered { read, answer: ReadAnswer::Refused(refusal) } => {
                write!(f, "refused {}: {refusal}", read.id)
            }
            Self::ReadAnswered { read, answer } => write!(f, "answered {}: {} is {answer}", read.id, read.cabin),
            Self::ReadJudged { read, verdict } => write!(f, "{read} is {verdict}"),
            Self::ReadHeard { read, answer, late } => {
                write!(f, "heard for {read}: {answer}{}", if *late { " (late)" } else { "" })
            }
            Self::InDoubt(request) => write!(f, "{request} is in doubt: no answer in time"),
            Self::Done(action) => action.fmt(f),
            Self::Idle { action, because } => write!(f, "{action}: {because}"),
            Self::Started { last } => write!(f, "runs again, last durable entry {last}"),
            Self::Refused { node, because } => write!(f, "refuses to promote {node}: {because}"),
            Self::Campaigning { node, term } => write!(f, "has {node} campaign for term {term}"),
            Self::Standing { node } => write!(f, "has {node} stand for election"),
            Self::Elected { node, term } => write!(f, "records that {node} was elected in term {term}"),
            Self::HandOver { from, to } => write!(f, "has {from} hand over to {to}"),
            Self::Granted { verdict, term, outside_lease } => {
                write!(f, "lets {} lead term {term}", verdict.candidate)?;
                if verdict.is_safe() {
                    write!(f, ": provably safe on the word of {}", verdict.heard)?;
                } else {
                    f.write_str(", by force, though ")?;
                    objections(f, verdict)?;
                }
                let warning =
                    if *outside_lease { "; no majority has reported, so another's lease may go on" } else { "" };
                f.write_str(warning)
            }
            Self::Learned { leader, term } => write!(f, "now sends requests to {leader}, the leader of term {term}"),
            Self::Promise { request, position, standing, decided_by } => {
                write!(f, "promise {request} at {position} is {standing}")?;
                match standing {
                    Standing::Kept => write!(f, ": {decided_by} holds it"),
                    Standing::InDoubt => write!(f, ": {decided_by} is down"),
                    Standing::Lost => write!(f, ": {decided_by} does not hold it"),
                }
            }
            Self::Objective { node, limit, met, lag } => {
                let turn = if *met { "met again" } else { "broken" };
                let (limit, time) = (print_duration(*limit), print_duration(lag.time));
                write!(f, "lag objective of {node}, {limit}, is {turn}: {} entries, {time} behind", lag.entries)
            }
            Self::Violated(violation) => write!(f, "VIOLATION {violation}"),
        }
    }
}

impl fmt::Display for IdleReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Down => "it is down already",
            Self::Running => "it runs already",
            Self::Paused => "it is paused already",
            Self::Unknown => "there is no such request",
            Self::Elsewhere => "shard 185 has that place, and this is shard 184",
            Self::Taken => "there is a request of that name already",
            Self::Arrived => "no such message is on its way",
            Self::Once => "only links between nodes double messages",
            Self::NoToken => "the request has no token, for it has not been answered 201",
        })
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Leads => f.write_str("it leads already"),
            Self::Busy(node) => write!(f, "the promotion of {node} is under way"),
            Self::LostDisk => f.write_str("it has lost its disk, and no leader has caught it up since"),
            Self::OutOfReach => f.write_str("it is down or out of reach"),
            Self::Elections => f.write_str("leaders are elected, and no term comes from anywhere else"),
            Self::NotSafe(verdict) => objections(f, verdict),
            Self::NoHandOver(leader) => write!(f, "{leader} could not hand its whole log over in time"),
        }
    }
}

fn objections(f: &mut fmt::Formatter<'_>, verdict: &Verdict) -> fmt::Result {
    for (place, objection) in verdict.objections.iter().enumerate() {
        write!(f, "{}{objection}", if place > 0 { "; " } else { "" })?;
    }
    Ok(())
}
