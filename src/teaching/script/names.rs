//! The names that a line may use: which nodes there are, and which requests and reads have been made so far.

use super::{Script, Statement};
use crate::replication::{NodeId, ReadId, RequestId};
use crate::simulation::{Action, ClusterConfig};

/// What a line may refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    replicas: usize,
    /// The numbers of the requests, and those of the reads, each in order.
    made: [Vec<u32>; 2],
}

/// What has a letter and a number for a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::teaching) enum Named {
    /// `r1`.
    Request,
    /// `q1`.
    Read,
}

impl Named {
    /// What it is called.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Read => "read",
        }
    }

    /// The name of one.
    pub fn name(self, number: u32) -> String {
        match self {
            Self::Request => RequestId(number).to_string(),
            Self::Read => ReadId(number).to_string(),
        }
    }

    /// The number of the one that a script writes so.
    pub fn number(self, word: &str) -> Option<u32> {
        let digits = word.strip_prefix(if self == Self::Request { 'r' } else { 'q' })?;
        if digits.starts_with('0') || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        digits.parse().ok().filter(|number| *number <= Names::LAST_REQUEST.0)
    }
}

impl Names {
    /// The highest number that a script may give a request, or a read; higher ones are for requests that nobody names.
    pub const LAST_REQUEST: RequestId = RequestId(9999);

    /// The names at the start of a run: all nodes, and nothing made.
    #[must_use]
    pub fn new(cluster: &ClusterConfig) -> Self {
        Self { replicas: cluster.replicas, made: [Vec::new(), Vec::new()] }
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

    /// Adds what a statement makes, if it makes something.
    pub fn learn(&mut self, statement: &Statement) {
        match statement {
            Statement::Act(Action::Request { request, .. }) => self.add(*request),
            Statement::Act(Action::Read { read, .. }) => self.add_read(*read),
            _ => {}
        }
    }

    /// Adds a request.
    pub fn add(&mut self, request: RequestId) {
        self.make(Named::Request, request.0);
    }

    /// Adds a read.
    pub fn add_read(&mut self, read: ReadId) {
        self.make(Named::Read, read.0);
    }

    pub(super) fn make(&mut self, kind: Named, number: u32) {
        let made = &mut self.made[kind as usize];
        if let Err(place) = made.binary_search(&number) {
            made.insert(place, number);
        }
    }

    pub(super) fn contains(&self, kind: Named, number: u32) -> bool {
        self.made[kind as usize].binary_search(&number).is_ok()
    }

    pub(super) fn made(&self, kind: Named) -> impl Iterator<Item = u32> {
        self.made[kind as usize].iter().copied()
    }

    /// The lowest number that nothing of the kind has yet, unless all are taken.
    pub(super) fn free(&self, kind: Named) -> Option<u32> {
        (1..=Self::LAST_REQUEST.0).find(|number| !self.contains(kind, *number))
    }

    /// The requests made so far, in order of their numbers.
    pub fn requests(&self) -> impl Iterator<Item = RequestId> {
        self.made(Named::Request).map(RequestId)
    }

    /// The lowest number that no request has yet, unless all are taken.
    #[must_use]
    pub fn next_free(&self) -> Option<RequestId> {
        self.free(Named::Request).map(RequestId)
    }

    /// The lowest number that no read has yet, unless all are taken.
    #[must_use]
    pub fn next_free_read(&self) -> Option<ReadId> {
        self.free(Named::Read).map(ReadId)
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
