//! What an operator or a customer does to the world. Actions take effect at once and take no time; a script is
//! actions with stretches of time between them.

use super::{CpuCost, How, InFlight, LinkSettings, Micros, ReadRouting, print_duration};
use crate::replication::{
    Booking, Cabin, CommitRule, CustomerId, FlowKey, Index, Limits, NodeId, NodeSet, ReadId, RequestId, Switch,
    Switches,
};
use std::fmt;

/// The configuration that a run starts from. Everything in it can be changed by a later action but `replicas` and `seed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClusterConfig {
    /// What makes an entry committed.
    pub ack: CommitRule,
    /// The synchronous set: the leader at the start and its synchronous followers.
    pub sync: NodeSet,
    /// How long a customer waits before a request is in doubt.
    pub timeout: Micros,
    /// What a leader takes on at most.
    pub limits: Limits,
    /// A leader sends entries without waiting until the last ones are acknowledged.
    pub pipeline: bool,
    /// Where reads go that name no node.
    pub reads: ReadRouting,
    /// How old leaders are fenced off, and who names new ones.
    pub switches: Switches,
    /// How many nodes there are.
    pub replicas: usize,
    /// How many logs the weekend's sailings are divided among, each with nodes of its own.
    pub shards: usize,
    /// What every drawn latency follows from.
    pub seed: u64,
}

impl Default for ClusterConfig {
    fn default() -> Self {
        Self {
            ack: CommitRule::SyncQuorum,
            sync: NodeSet::EMPTY.with(NodeId::MD_DB_4).with(NodeId::MD_DB_2),
            timeout: Micros::from_secs(2),
            limits: Limits::default(),
            pipeline: true,
            reads: ReadRouting::Any,
            switches: Switches::default(),
            replicas: 3,
            shards: 1,
            seed: 1,
        }
    }
}

/// One thing done to the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// A customer asks for a booking through the gateway.
    Request {
        /// Its name in the script.
        request: RequestId,
        /// Reserve or release.
        booking: Booking,
        /// Which cabin.
        cabin: Cabin,
        /// For whom.
        customer: CustomerId,
        /// The node that this customer's gateway still believes in; otherwise the leader that the gateway knows.
        at: Option<NodeId>,
    },
    /// Somebody asks whether a cabin is free.
    Read {
        /// Its name in the script.
        read: ReadId,
        /// Which cabin.
        cabin: Cabin,
        /// Who asks, as far as their session matters.
        customer: Option<CustomerId>,
        /// Of which node, and how sure the answer is to be; otherwise as reads are routed.
        at: Option<(NodeId, How)>,
    },
    /// The customer sends a request again, with the same id.
    Retry(RequestId),
    /// A node loses its memory and stops; its disk stays.
    Crash(NodeId),
    /// A crashed node comes back as a follower, from its disk.
    Restart(NodeId),
    /// A node stops, and everything on its disk is lost with its memory.
    LoseDisk(NodeId),
    /// A node freezes; what arrives meanwhile waits for it.
    Pause(NodeId),
    /// A frozen node goes on as if no time had passed for it.
    Resume(NodeId),
    /// A link between two nodes stops carrying messages from the first to the second, and back if `both`.
    Cut {
        /// One end.
        from: NodeId,
        /// The other end.
        to: NodeId,
        /// Both directions.
        both: bool,
    },
    /// The nodes of the set are cut off from all others.
    Partition(NodeSet),
    /// Nothing passes between gateway and node.
    CutGateway(NodeId),
    /// Nothing passes between control plane and node.
    CutControl(NodeId),
    /// One link is whole again, or everything is.
    Heal(Option<(NodeId, NodeId)>),
    /// The operator asks the control plane to make a node the leader.
    Promote {
        /// Which node.
        node: NodeId,
        /// Even where that is not provably safe.
        force: bool,
    },
    /// The operator asks the control plane to stop a leader.
    Demote(NodeId),
    /// Another commit rule.
    SetAck(CommitRule),
    /// Another synchronous set.
    SetSync(NodeSet),
    /// Another time that customers wait before a request is in doubt.
    SetTimeout(Micros),
    /// Another routing of reads that name no node.
    SetReads(ReadRouting),
    /// A switch is turned on or off.
    SetSwitch(Switch, bool),
    /// Other properties of the link between two nodes, both ways.
    SetLink(NodeId, NodeId, LinkSettings),
    /// Another duration of a disk's fsync.
    SetDisk(NodeId, Micros),
    /// How far behind the leader the operator wants a node at most; nothing: as far as it comes.
    SetObjective(NodeId, Option<Micros>),
    /// Other costs of a machine's work.
    SetCpu(NodeId, CpuCost),
    /// Another bound on entries that wait to be committed.
    SetBound(Index),
    /// How far a follower may lag behind in time before the leader holds requests back for it; nothing: as far as it likes.
    SetThrottle(Option<Micros>),
    /// Another number of entries that one append carries at most.
    SetBatch(u32),
    /// Another setting of flow control.
    SetFlow(FlowKey, u32),
    /// A message on its way never arrives.
    Drop(InFlight),
    /// A message on its way arrives so much later.
    Delay(InFlight, Micros),
    /// A message between nodes arrives once more.
    Duplicate(InFlight),
    /// Customers begin to come by themselves, each for another place of the weekend's sailings.
    Burst {
        /// How many a second, on average.
        rate: u32,
        /// For how long.
        span: Micros,
    },
}

/// As a script writes it.
impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request { request, booking, cabin, customer, at } => {
                let verb = match booking {
                    Booking::Reserve => "reserve",
                    Booking::Release => "release",
                };
                write!(f, "{verb} {cabin} for {customer}")?;
                if let Some(node) = at {
                    write!(f, " at {node}")?;
                }
                write!(f, " as {request}")
            }
            Self::Read { read, cabin, customer, at } => {
                write!(f, "read {cabin}")?;
                if let Some(customer) = customer {
                    write!(f, " for {customer}")?;
                }
                if let Some((node, how)) = at {
                    write!(f, " at {node} {how}")?;
                }
                write!(f, " as {read}")
            }
            Self::Retry(request) => write!(f, "retry {request}"),
            Self::Crash(node) => write!(f, "crash {node}"),
            Self::LoseDisk(node) => write!(f, "lose-disk {node}"),
            Self::Pause(node) => write!(f, "pause {node}"),
            Self::Resume(node) => write!(f, "resume {node}"),
            Self::Restart(node) => write!(f, "restart {node}"),
            Self::Cut { from, to, both: true } => write!(f, "cut {from} {to}"),
            Self::Cut { from, to, both: false } => write!(f, "cut {from} > {to}"),
            Self::Partition(nodes) => {
                f.write_str("partition")?;
                nodes.iter().try_for_each(|node| write!(f, " {node}"))
            }
            Self::CutGateway(node) => write!(f, "cut gateway {node}"),
            Self::CutControl(node) => write!(f, "cut control {node}"),
            Self::Heal(None) => f.write_str("heal"),
            Self::Heal(Some((first, second))) => write!(f, "heal {first} {second}"),
            Self::Promote { node, force: false } => write!(f, "promote {node}"),
            Self::Promote { node, force: true } => write!(f, "promote {node} force"),
            Self::Demote(node) => write!(f, "demote {node}"),
            Self::SetAck(rule) => write!(f, "set ack={rule}"),
            Self::SetSync(nodes) => write!(f, "set sync={nodes}"),
            Self::SetTimeout(span) => write!(f, "set timeout={}", print_duration(*span)),
            Self::SetReads(routing) => write!(f, "set reads={}", routing.name()),
            Self::SetSwitch(switch, on) => {
                f.write_str("set ")?;
                switch.print(*on, f)
            }
            Self::SetLink(first, second, settings) => write!(f, "link {first} {second}{settings}"),
            Self::SetDisk(node, span) => write!(f, "disk {node} fsync={}", print_duration(*span)),
            Self::SetCpu(node, cost) => {
                let (entry, message) = (print_duration(cost.entry), print_duration(cost.message));
                write!(f, "cpu {node} entry={entry} message={message}")
            }
            Self::SetObjective(node, None) => write!(f, "objective {node} lag=off"),
            Self::SetObjective(node, Some(span)) => write!(f, "objective {node} lag={}", print_duration(*span)),
            Self::SetBound(bound) => write!(f, "set bound={bound}"),
            Self::SetThrottle(None) => f.write_str("set throttle=off"),
            Self::SetThrottle(Some(span)) => write!(f, "set throttle={}", print_duration(*span)),
            Self::SetBatch(batch) => write!(f, "set batch={batch}"),
            Self::SetFlow(key, value) => write!(f, "set {}={value}", key.name()),
            Self::Drop(message) => write!(f, "drop {message}"),
            Self::Delay(message, by) => write!(f, "delay {message} by {}", print_duration(*by)),
            Self::Duplicate(message) => write!(f, "duplicate {message}"),
            Self::Burst { rate, span } => write!(f, "burst {rate}/s for {}", print_duration(*span)),
        }
    }
}

/// A share as a script writes it.
#[must_use]
pub fn print_per_mille(share: u16) -> String {
    match share % 10 {
        0 => format!("{}%", share / 10),
        tenth => format!("{}.{tenth}%", share / 10),
    }
}
