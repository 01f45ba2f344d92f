//! The names of things: nodes, terms, indexes, positions.

use std::fmt;

/// The leader's epoch; it rises with each new leader.
pub type Term = u32;

/// A place in the log. Indexes are consecutive; the term tells who wrote there.
pub type Index = u32;

/// The names that nodes carry, by number.
const NODE_NAMES: [&str; 5] = ["md-db-4", "md-db-2", "sg-db-1", "md-db-6", "sg-db-2"];

/// One node of the cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u8);

impl NodeId {
    /// `md-db-4`, East Coast, the leader when the story starts.
    pub const MD_DB_4: Self = Self(0);
    /// `md-db-2`, East Coast, the synchronous follower when the story starts.
    pub const MD_DB_2: Self = Self(1);
    /// `sg-db-1`, Singapore, the asynchronous follower when the story starts.
    pub const SG_DB_1: Self = Self(2);

    /// How many nodes a cluster has at most.
    pub const MOST: usize = NODE_NAMES.len();

    /// The name that interface, scripts and transcripts use.
    #[must_use]
    pub fn name(self) -> &'static str {
        NODE_NAMES[usize::from(self.0)]
    }

    /// The node of that name among the first `count` nodes.
    #[must_use]
    pub fn from_name(name: &str, count: usize) -> Option<Self> {
        Self::all(count).find(|node| node.name() == name)
    }

    /// The first `count` nodes, in order.
    pub fn all(count: usize) -> impl DoubleEndedIterator<Item = Self> + use<> {
        (0..u8::try_from(count.min(NODE_NAMES.len())).unwrap_or(0)).map(Self)
    }

    /// Whether it stands in Singapore rather than on the East Coast.
    #[must_use]
    pub fn is_far(self) -> bool {
        self.name().starts_with("sg")
    }

    /// The place of this node in a list of all nodes.
    #[must_use]
    pub fn slot(self) -> usize {
        usize::from(self.0)
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Which entry: two logs that agree at a position agree on all before it.
/// Ordered by term first, as "more up to date" is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The term of the leader that assigned the index.
    pub term: Term,
    /// The index.
    pub index: Index,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.term, self.index)
    }
}

/// A set of nodes, ordered by number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeSet(u8);

impl NodeSet {
    /// No node.
    pub const EMPTY: Self = Self(0);

    /// The set with `node` added.
    #[must_use]
    pub fn with(self, node: NodeId) -> Self {
        Self(self.0 | (1 << node.0))
    }

    /// The set with `node` removed.
    #[must_use]
    pub fn without(self, node: NodeId) -> Self {
        Self(self.0 & !(1 << node.0))
    }

    /// Whether `node` is in the set.
    #[must_use]
    pub fn contains(self, node: NodeId) -> bool {
        self.0 & (1 << node.0) != 0
    }

    /// The nodes that are in both sets.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// How many nodes are in the set.
    #[must_use]
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether no node is in the set.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The nodes, in order.
    pub fn iter(self) -> impl Iterator<Item = NodeId> {
        NodeId::all(NODE_NAMES.len()).filter(move |node| self.contains(*node))
    }
}

impl FromIterator<NodeId> for NodeSet {
    fn from_iter<I: IntoIterator<Item = NodeId>>(nodes: I) -> Self {
        nodes.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl fmt::Display for NodeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nobody");
        }
        for (place, node) in self.iter().enumerate() {
            if place > 0 {
                f.write_str(",")?;
            }
            f.write_str(node.name())?;
        }
        Ok(())
    }
}
