//! Where things happen.

use crate::replication::NodeId;
use std::fmt;

/// Somebody who sends and receives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The people who book.
    Customers,
    /// The reservation API.
    Gateway,
    /// The operator's side.
    ControlPlane,
    /// A node.
    Node(NodeId),
}

impl Place {
    /// Its place in a list of all.
    pub(super) fn slot(self) -> usize {
        match self {
            Self::Customers => 0,
            Self::Gateway => 1,
            Self::ControlPlane => 2,
            Self::Node(node) => 3 + node.slot(),
        }
    }
}

impl Place {
    /// The word that scripts use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Gateway => "gateway",
            Self::ControlPlane => "control",
            Self::Node(node) => node.name(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Customers => "customers",
            Self::Gateway => "gateway",
            Self::ControlPlane => "control plane",
            Self::Node(node) => node.name(),
        })
    }
}
