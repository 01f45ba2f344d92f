//! The names that a line may use: which nodes there are, and which requests have been made so far.

use super::{Script, Statement};
use crate::replication::{NodeId, RequestId};
use crate::simulation::{Action, ClusterConfig};

/// What a line may refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    replicas: usize,
    /// In order.
    requests: Vec<RequestId>,
}

impl Names {
    /// The highest number that a script may give a request; higher ones are for requests that nobody names.
    pub const LAST_REQUEST: RequestId = RequestId(9999);

    /// The names at the start of a run: all nodes, and no request.
    #[must_use]
    pub fn new(cluster: &ClusterConfig) -> Self {
        Self { replicas: cluster.replicas, requests: Vec::new() }
    }

    /// The names at the end of a script.
    #[must_use]
    pub fn after(script: &Script) -> Self {
        let mut names = Self::new(&script.cluster);
        for line in &script.lines {
            names.learn(&line.statement);
        }
        names
    }

    /// Adds the request that a statement makes, if it makes one.
    pub fn learn(&mut self, statement: &Statement) {
        if let Statement::Act(Action::Request { request, .. }) = statement {
            self.add(*request);
        }
    }

    /// Adds a request.
    pub fn add(&mut self, request: RequestId) {
        if let Err(place) = self.requests.binary_search(&request) {
            self.requests.insert(place, request);
        }
    }

    /// Whether a request of that name has been made.
    #[must_use]
    pub fn contains(&self, request: RequestId) -> bool {
        self.requests.binary_search(&request).is_ok()
    }

    /// The requests made so far, in order of their numbers.
    pub fn requests(&self) -> impl Iterator<Item = RequestId> {
        self.requests.iter().copied()
    }

    /// The lowest number that no request has yet, unless all are taken.
    #[must_use]
    pub fn next_free(&self) -> Option<RequestId> {
        (1..=Self::LAST_REQUEST.0).map(RequestId).find(|request| !self.contains(*request))
    }

    /// The nodes of the cluster.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> {
        NodeId::all(self.replicas)
    }
}

impl Default for Names {
    fn default() -> Self {
        Self::new(&ClusterConfig::default())
    }
}

/// The request that a script writes as `r1`.
pub(in crate::teaching) fn request_named(word: &str) -> Option<RequestId> {
    let digits = word.strip_prefix('r')?;
    if digits.starts_with('0') || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().map(RequestId).filter(|request| *request <= Names::LAST_REQUEST)
}
