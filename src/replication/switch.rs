//! The switches that say how old leaders are kept from doing harm, and who names a new one.

use super::{CommitRule, NodeSet, Term};
use std::fmt;

/// Something about a cluster that is one way or the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Switch {
    /// Older terms are rejected, and a leader that hears a newer one steps down.
    Terms,
    /// A leader answers only while a majority has acknowledged it a short while ago.
    Lease,
    /// The gateway refuses answers of older terms.
    GatewayToken,
    /// Nodes elect a leader by themselves; otherwise the operator promotes one.
    Failover,
}

impl Switch {
    /// Every switch.
    pub const ALL: [Self; 4] = [Self::Terms, Self::Lease, Self::GatewayToken, Self::Failover];

    /// The key that scripts use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Terms => "terms",
            Self::Lease => "lease",
            Self::GatewayToken => "gateway-token",
            Self::Failover => "failover",
        }
    }

    /// What scripts call the switch when it is off, and when it is on.
    #[must_use]
    pub fn values(self) -> [&'static str; 2] {
        if self == Self::Failover { ["manual", "auto"] } else { ["off", "on"] }
    }

    /// How scripts write a position of the switch.
    pub fn print(self, on: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.name(), self.values()[usize::from(on)])
    }
}

/// The position of every switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Switches(u8);

impl Switches {
    /// Whether a switch is on.
    #[must_use]
    pub fn has(self, switch: Switch) -> bool {
        self.0 & (1 << switch as u8) != 0
    }

    /// The same, but for one switch.
    #[must_use]
    pub fn set(self, switch: Switch, on: bool) -> Self {
        let bit = 1 << switch as u8;
        Self(if on { self.0 | bit } else { self.0 & !bit })
    }
}

/// Terms are on, everything else is off.
impl Default for Switches {
    fn default() -> Self {
        Self(0).set(Switch::Terms, true)
    }
}

/// What a node is configured with, apart from what it is told in messages: it holds at once, on every node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Configuration {
    /// The switches.
    pub switches: Switches,
    /// The highest term that the control plane ever handed out: an election takes a higher one, so that no term has two
    /// leaders even when both ways of making one were in use.
    pub floor: Term,
    /// The commit rule under which an elected leader begins.
    pub rule: CommitRule,
    /// The synchronous set with which an elected leader begins.
    pub sync: NodeSet,
    /// How many votes an election takes where a majority is not enough: `elections` says why. The candidate's own counts.
    pub votes: usize,
}

impl Default for Configuration {
    fn default() -> Self {
        Self { switches: Switches::default(), floor: 0, rule: CommitRule::SyncQuorum, sync: NodeSet::EMPTY, votes: 0 }
    }
}
