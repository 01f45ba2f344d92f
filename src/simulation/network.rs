//! What carries messages: links between nodes, and the gateway's and the control plane's own connections. Each delivers in
//! the order of sending, but for what goes astray on a link.

use super::link::{Journey, Link, LinkSettings};
use super::{Micros, Place};
use crate::replication::{Answer, Message, NodeId, NodeSet, Notice, Order, Read, ReadAnswer, Request, RequestId, Term};
use litemap::LiteMap;
use rand::rngs::Xoshiro256PlusPlus;
use std::fmt;
use std::hash::{Hash, Hasher};

const CUSTOMER_LATENCY: Micros = Micros::from_millis(5);
const EAST_COAST_LATENCY: Micros = Micros::from_millis(1);
const SINGAPORE_LATENCY: Micros = Micros::from_millis(110);

/// How many places there can be.
const PLACES: usize = 3 + NodeId::MOST;

/// What a message says, whoever speaks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Payload {
    /// From node to node.
    Peer(Message),
    /// From customer to gateway, from gateway to node.
    Ask(Request),
    /// From node to gateway, from gateway to customer.
    Reply {
        /// Which request.
        request: RequestId,
        /// The answer.
        answer: Answer,
    },
    /// From customer to gateway, from gateway to node.
    Read(Read),
    /// From node to gateway, from gateway to customer.
    ReadReply {
        /// Which read.
        read: Read,
        /// The answer.
        answer: ReadAnswer,
    },
    /// From the control plane to a node.
    Order(Order),
    /// From a node to the control plane.
    Notice(Notice),
    /// From the control plane to the gateway: who leads now.
    Leader {
        /// Who.
        node: NodeId,
        /// In which term.
        term: Term,
    },
}

/// A message on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Tells it from every other message of the run.
    pub id: u64,
    /// Who sent it.
    pub from: Place,
    /// Who is to get it.
    pub to: Place,
    /// What it says.
    pub payload: Payload,
    /// It says nothing new: no need to speak of it.
    pub routine: bool,
    /// The term that its sender knew; 0 if that is no node.
    pub term: Term,
    /// When it was sent.
    pub sent_at: Micros,
    /// When it is due.
    pub due_at: Micros,
    /// It will get lost on the way.
    pub doomed: bool,
}

/// Why a message did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossReason {
    /// The link was cut.
    Cut,
    /// Its receiver was down.
    ReceiverDown,
    /// The link loses some.
    Chance,
    /// Somebody wanted it so.
    Dropped,
}

impl fmt::Display for LossReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cut => "the link is cut",
            Self::ReceiverDown => "the receiver is down",
            Self::Chance => "the link lost it",
            Self::Dropped => "it was dropped",
        })
    }
}

impl fmt::Display for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Peer(message) => message.fmt(f),
            Self::Ask(request) => write!(f, "{}: {request}", request.id),
            Self::Reply { request, answer } => write!(f, "{request}: {answer}"),
            Self::Read(read) => write!(f, "{}: {read}", read.id),
            Self::ReadReply { read, answer } => write!(f, "{}: {answer}", read.id),
            Self::Order(order) => order.fmt(f),
            Self::Notice(notice) => notice.fmt(f),
            Self::Leader { node, term } => write!(f, "{node} leads in term {term}"),
        }
    }
}

/// Every connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    links: LiteMap<(NodeId, NodeId), Link>,
    /// When the last message on each connection is due: a later one does not overtake it.
    busy_until: [[Micros; PLACES]; PLACES],
    gateway_cut: NodeSet,
    control_cut: NodeSet,
}

impl Network {
    /// The links of a cluster of so many nodes, all whole.
    #[must_use]
    pub fn new(members: usize) -> Self {
        let mut links = LiteMap::new();
        let pairs = NodeId::all(members).flat_map(|a| NodeId::all(members).map(move |b| (a, b)));
        for (a, b) in pairs.filter(|(a, b)| a != b) {
            let far = a.is_far() != b.is_far();
            let (latency, jitter) =
                if far { (SINGAPORE_LATENCY, Micros(500)) } else { (EAST_COAST_LATENCY, Micros(50)) };
            links.insert((a, b), Link::new(latency, jitter));
        }
        Self {
            links,
            busy_until: [[Micros(0); PLACES]; PLACES],
            gateway_cut: NodeSet::EMPTY,
            control_cut: NodeSet::EMPTY,
        }
    }

    /// One direction of a link.
    #[must_use]
    pub fn link(&self, from: NodeId, to: NodeId) -> Option<&Link> {
        self.links.get(&(from, to))
    }

    /// Changes a link both ways.
    pub fn set(&mut self, a: NodeId, b: NodeId, settings: LinkSettings) {
        for pair in [(a, b), (b, a)] {
            if let Some(link) = self.links.get_mut(&pair) {
                link.set(settings);
            }
        }
    }

    /// Opens or cuts one direction of a link.
    pub fn set_open(&mut self, from: NodeId, to: NodeId, open: bool) {
        if let Some(link) = self.links.get_mut(&(from, to)) {
            link.set_open(open);
        }
    }

    /// Cuts a node off from the gateway.
    pub fn cut_gateway(&mut self, node: NodeId) {
        self.gateway_cut = self.gateway_cut.with(node);
    }

    /// Cuts a node off from the control plane.
    pub fn cut_control(&mut self, node: NodeId) {
        self.control_cut = self.control_cut.with(node);
    }

    /// Makes every connection whole.
    pub fn heal(&mut self) {
        self.links.iter_mut().for_each(|(_, link)| link.set_open(true));
        (self.gateway_cut, self.control_cut) = (NodeSet::EMPTY, NodeSet::EMPTY);
    }

    /// Whether messages pass from one place to the other.
    #[must_use]
    pub fn passes(&self, from: Place, to: Place) -> bool {
        match (from, to) {
            (Place::Node(from), Place::Node(to)) => self.links.get(&(from, to)).is_some_and(|link| link.quality.open),
            (Place::Node(node), Place::Gateway) | (Place::Gateway, Place::Node(node)) => {
                !self.gateway_cut.contains(node)
            }
            (Place::Node(node), Place::ControlPlane) | (Place::ControlPlane, Place::Node(node)) => {
                !self.control_cut.contains(node)
            }
            _ => true,
        }
    }

    /// Nothing arrives on a connection before this moment.
    pub fn hold(&mut self, from: Place, to: Place, until: Micros) {
        let last = &mut self.busy_until[from.slot()][to.slot()];
        *last = until.max(*last);
    }

    /// How a message of so many bytes travels that is sent now.
    pub fn send(
        &mut self,
        from: Place,
        to: Place,
        bytes: u64,
        now: Micros,
        generator: &mut Xoshiro256PlusPlus,
    ) -> Journey {
        let plain = |latency| Journey { due: now + latency, lost: false, astray: false, again: None };
        let mut journey = match (from, to) {
            (Place::Node(a), Place::Node(b)) => match self.links.get_mut(&(a, b)) {
                Some(link) => link.send(bytes, now, generator),
                None => Journey { lost: true, ..plain(Micros(0)) },
            },
            (Place::Customers, _) | (_, Place::Customers) => plain(CUSTOMER_LATENCY),
            (Place::Node(node), _) | (_, Place::Node(node)) if node.is_far() => plain(SINGAPORE_LATENCY),
            _ => plain(EAST_COAST_LATENCY),
        };
        if !journey.astray {
            let last = &mut self.busy_until[from.slot()][to.slot()];
            journey.due = journey.due.max(*last);
            *last = journey.due;
        }
        journey
    }
}

/// What tells two networks apart where time does not count: who reaches whom.
impl Hash for Network {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { links, busy_until: _, gateway_cut, control_cut } = self;
        links.iter().for_each(|(_, link)| link.quality.open.hash(state));
        (gateway_cut, control_cut).hash(state);
    }
}
