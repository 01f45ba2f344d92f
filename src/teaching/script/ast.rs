//! What a script says, once it is understood.

use crate::replication::{Index, NodeId, ReadId, RequestId, Role, Term};
use crate::simulation::{Action, ClusterConfig, Invariant, Micros};

/// A whole script.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Script {
    /// The first line, or the defaults.
    pub cluster: ClusterConfig,
    /// Every other line that says something.
    pub lines: Vec<Line>,
}

/// One line that says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the text, from 1; 0 if it was never written down.
    pub number: u32,
    /// What it says.
    pub statement: Statement,
}

/// What a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statement {
    /// Something happens to the world, now.
    Act(Action),
    /// Time passes.
    Run(Micros),
    /// Time passes until a condition holds, at most `within`.
    RunUntil {
        /// What to wait for.
        condition: Condition,
        /// How long at most; 60 s if not said.
        within: Option<Micros>,
    },
    /// So many events happen, whenever they are due.
    Step(u32),
    /// The condition must hold now.
    Expect(Condition),
}

/// A fact, or that it is not so. About something absent, a condition is false, with `not` before it or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// `not` stands before it.
    pub negated: bool,
    /// The fact.
    pub fact: Fact,
}

/// What can be said of a run at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// `r1 201`: what the customer knows.
    Answered(RequestId, Answer),
    /// `r1 kept`.
    Kept(RequestId),
    /// `r1 lost`.
    Lost(RequestId),
    /// `q1 stale`.
    Read(ReadId, ReadFact),
    /// `leader N`: it runs and leads in the highest term.
    Leader(NodeId),
    /// `no leader`.
    NoLeader,
    /// `term 28`: the highest that any leader held.
    Term(Term),
    /// `N durable 981244`: at least.
    Reached(NodeId, Stage, Index),
    /// `committed 981244`: at the leader of the highest term, at least.
    Committed(Index),
    /// `N needs snapshot`: the leader cannot bring it up to date from its log.
    NeedsSnapshot(NodeId),
    /// `N lag 3`: it lacks at least so many entries of the leader's log.
    Lag(NodeId, Index),
    /// `N lag 2s`: the first entry of the leader's log that it lacks was appended so long ago, or longer.
    LagTime(NodeId, Micros),
    /// `N meets objective`: it is as near as the operator wants it.
    MeetsObjective(NodeId),
    /// `N promotable`: provably safe to promote, judged by present positions.
    Promotable(NodeId),
    /// `N role follower`.
    Role(NodeId, Role),
    /// `N busy 90%`: its processor worked for at least so many thousandths of the last interval that was measured.
    Busy(NodeId, u16),
    /// `throughput 900`: at least so much was measured.
    Measured(Measure, u64),
    /// `rolled-back 2`: at least so many entries have been rolled back.
    RolledBack(u64),
    /// `violation promises-kept`.
    Violation(Invariant),
    /// `no violation`.
    NoViolation,
}

/// What a customer knows of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// 201 Created.
    Created,
    /// 409 Conflict: the cabin is taken, or not this customer's to release.
    Conflict,
    /// 503: the node refused, and nothing was appended.
    Unavailable,
    /// No answer yet.
    Pending,
    /// No answer in time, or a promise that nobody can check.
    InDoubt,
}

/// What can be measured of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Customers who came, since the beginning.
    Arrived,
    /// Customers who heard 201, since the beginning.
    Answered,
    /// Customers who heard 503, since the beginning.
    Refused,
    /// How many heard 201 a second, in the last interval that was measured.
    Throughput,
    /// How long half of them had waited at most, in microseconds.
    P50,
    /// How long all but one in a hundred had waited at most, in microseconds.
    P99,
}

impl Measure {
    /// Every measure.
    pub const ALL: [Self; 6] = [Self::Arrived, Self::Answered, Self::Refused, Self::Throughput, Self::P50, Self::P99];

    /// The word that scripts use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Arrived => "arrived",
            Self::Answered => "answered",
            Self::Refused => "refused",
            Self::Throughput => "throughput",
            Self::P50 => "p50",
            Self::P99 => "p99",
        }
    }

    /// It is a duration, and no count.
    #[must_use]
    pub fn is_duration(self) -> bool {
        matches!(self, Self::P50 | Self::P99)
    }
}

/// What can be said of a read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadFact {
    /// The cabin was free.
    Free,
    /// The cabin was taken.
    Taken,
    /// Nothing was read.
    Refused,
    /// No answer yet.
    Pending,
    /// The state held everything that was committed when the read began.
    Fresh,
    /// It did not.
    Stale,
    /// The state held everything that the customer had been promised.
    OwnWrites,
    /// The state was no older than one that the customer had seen.
    Monotonic,
}

/// How far an entry has come on a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// In memory.
    Appended,
    /// On disk.
    Durable,
    /// Known there to be committed.
    Committed,
    /// In the queryable state.
    Applied,
}

impl Answer {
    /// Every answer.
    pub const ALL: [Self; 5] = [Self::Created, Self::Conflict, Self::Unavailable, Self::Pending, Self::InDoubt];

    /// The word that scripts use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Created => "201",
            Self::Conflict => "409",
            Self::Unavailable => "503",
            Self::Pending => "pending",
            Self::InDoubt => "in-doubt",
        }
    }
}

impl ReadFact {
    /// Every such fact.
    pub const ALL: [Self; 8] = [
        Self::Free,
        Self::Taken,
        Self::Refused,
        Self::Pending,
        Self::Fresh,
        Self::Stale,
        Self::OwnWrites,
        Self::Monotonic,
    ];

    /// The word that scripts use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Taken => "taken",
            Self::Refused => "refused",
            Self::Pending => "pending",
            Self::Fresh => "fresh",
            Self::Stale => "stale",
            Self::OwnWrites => "read-your-writes",
            Self::Monotonic => "monotonic-reads",
        }
    }
}

impl Stage {
    /// Every stage, in the order in which an entry reaches them.
    pub const ALL: [Self; 4] = [Self::Appended, Self::Durable, Self::Committed, Self::Applied];

    /// The word that scripts use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Appended => "appended",
            Self::Durable => "durable",
            Self::Committed => "committed",
            Self::Applied => "applied",
        }
    }
}
