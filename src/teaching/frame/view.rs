//! What the page shows at one moment, as plain values. Every part is an `Rc`, and a part that did not change from one
//! frame to the next is the same `Rc`, so a component can tell by pointer that it has nothing to do.

use super::asked::{CrowdView, ReadView, RequestView};
use super::measured::MeasuresView;
use crate::replication::{
    Cabin, Command, CommitRule, CustomerId, Index, Limits, NodeId, NodeSet, Position, RequestId, Role, Switches, Term,
};
use crate::simulation::{Envelope, InFlight, Invariant, LinkQuality, MessageKind, Micros, Place, ReadRouting, Refusal};
use std::rc::Rc;
use std::sync::Arc;

/// Everything that the page shows at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The moment on the clock.
    pub now: Micros,
    /// How many events and actions have happened so far.
    pub step: u64,
    /// Who leads, under which rule.
    pub cluster: Rc<ClusterView>,
    /// The nodes, in the order of their numbers.
    pub nodes: Rc<[Rc<NodeView>]>,
    /// The links between nodes, each once.
    pub links: Rc<[LinkView]>,
    /// The messages that are on their way.
    pub flights: Rc<[Flight]>,
    /// The logs on shared columns.
    pub grid: Rc<Grid>,
    /// What customers asked for, oldest first.
    pub requests: Rc<[RequestView]>,
    /// Everybody who asked, in figures.
    pub crowd: Rc<CrowdView>,
    /// What was measured.
    pub measures: Rc<MeasuresView>,
    /// What customers wanted to read, the latest of it, by number.
    pub reads: Rc<[ReadView]>,
    /// The leader's view of its followers, and the truth.
    pub progress: Rc<Progress>,
    /// What the control plane would say to promoting each node.
    pub promotions: Rc<[PromotionView]>,
    /// What happened last, in words.
    pub story: Rc<Story>,
    /// What must never happen and did.
    pub violations: Rc<[ViolationView]>,
}

/// The cluster as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterView {
    /// The running leader of the highest term, if there is one.
    pub leader: Option<NodeId>,
    /// The highest term that any leader held.
    pub term: Term,
    /// Its leader's commit index, or the last one known if it is down.
    pub committed: Index,
    /// The commit rule that the control plane recorded last.
    pub rule: CommitRule,
    /// What 201 means under that rule, in one sentence.
    pub rule_means: &'static str,
    /// The synchronous set that the control plane recorded last.
    pub sync: NodeSet,
    /// How old leaders are fenced off, and who names new ones.
    pub switches: Switches,
    /// The leader that the gateway knows.
    pub gateway_leader: Option<NodeId>,
    /// Where reads go that name no node.
    pub routing: ReadRouting,
    /// What a leader takes on at most.
    pub limits: Limits,
}

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// `md-db-4` and `md-db-2`, near most customers.
    EastCoast,
    /// `sg-db-1`, for disaster recovery.
    Singapore,
}

/// One node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeView {
    /// Which.
    pub node: NodeId,
    /// Where it stands.
    pub region: Region,
    /// Whether it runs.
    pub running: bool,
    /// It is frozen.
    pub paused: bool,
    /// What it takes itself to be; nothing while it is down.
    pub role: Option<Role>,
    /// It takes itself for the leader, but a newer term has a leader.
    pub stale_leader: bool,
    /// It takes itself for the leader, but answers nothing: it has no lease.
    pub without_lease: bool,
    /// It has lost its disk, and neither counts nor votes until a leader has caught it up.
    pub lost_disk: bool,
    /// It leads, or led at some time before.
    pub has_led: bool,
    /// It is one of the synchronous followers of the present leader; while nobody leads, of the synchronous set.
    pub synchronous: bool,
    /// The term that it knows; the durable one while it is down.
    pub term: Term,
    /// The last entry in its memory; on its disk while it is down.
    pub appended: Position,
    /// The last entry on its disk.
    pub durable: Position,
    /// The last entry that it knows to be committed.
    pub committed: Index,
    /// The last entry in its queryable state.
    pub applied: Index,
    /// The indexes that its disk is writing right now, and when it will be done.
    pub writing: Option<DiskWrite>,
    /// Tonight's 24 cabins as this node would show them.
    pub cabins: Rc<[CabinView]>,
    /// Nothing passes between it and the gateway.
    pub gateway_cut: bool,
    /// Nothing passes between it and the control plane.
    pub control_cut: bool,
}

/// A disk write under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiskWrite {
    /// The first and last index being written; nothing if it is only a term.
    pub entries: Option<(Index, Index)>,
    /// When it began.
    pub from: Micros,
    /// When it will be done.
    pub until: Micros,
}

/// One cabin in one node's eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CabinView {
    /// Nobody's.
    Free,
    /// Booked, in the queryable state.
    Taken(CustomerId),
    /// An entry in this node's log books it, but is not applied yet.
    Reserving(CustomerId),
    /// An entry in this node's log gives it back, but is not applied yet.
    Releasing(CustomerId),
}

/// A link between two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkView {
    /// One end, the lower number.
    pub a: NodeId,
    /// The other end.
    pub b: NodeId,
    /// From `a` to `b`.
    pub forth: LinkQuality,
    /// From `b` to `a`.
    pub back: LinkQuality,
}

/// A message on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flight {
    /// Tells it from every other message of the run.
    pub id: u64,
    /// What it is.
    pub kind: MessageKind,
    /// Where it comes from.
    pub from: Place,
    /// Where it goes.
    pub to: Place,
    /// Its name on the stage, such as `append 981244`.
    pub label: Rc<str>,
    /// When it was sent.
    pub sent_at: Micros,
    /// When it is due.
    pub due_at: Micros,
    /// Which of those alike it is, from 1.
    pub number: u16,
    /// The message itself.
    pub message: Arc<Envelope>,
}

impl Flight {
    /// How a script speaks of it.
    #[must_use]
    pub fn named(&self) -> InFlight {
        InFlight { kind: self.kind, from: self.from, to: self.to, number: self.number }
    }
}

/// The logs of all nodes, on shared index columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The first column: the compacted prefix ends just before it on at least one node.
    pub first: Index,
    /// The last column.
    pub last: Index,
    /// The commit index of the highest-term leader: the commit line stands behind this column.
    pub committed: Index,
    /// A lane for each node.
    pub lanes: Rc<[Rc<Lane>]>,
}

impl Grid {
    /// The entry that a node holds at an index, if the grid shows it.
    #[must_use]
    pub fn held(&self, node: NodeId, index: Index) -> Option<&Cell> {
        let lane = self.lanes.iter().find(|lane| lane.node == node)?;
        let first = lane.cells.first()?.position.index;
        lane.cells.get(usize::try_from(index.checked_sub(first)?).ok()?)
    }

    /// The entry of a node's log that changed a cabin last, if the grid shows it.
    #[must_use]
    pub fn last_about(&self, node: NodeId, cabin: Cabin) -> Option<&Cell> {
        let lane = self.lanes.iter().find(|lane| lane.node == node)?;
        let about = |cell: &&Cell| matches!(cell.command, Command::Booking { cabin: other, .. } if other == cabin);
        lane.cells.iter().rev().find(about)
    }
}

/// One node's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Whose.
    pub node: NodeId,
    /// Whether the node runs; a crashed node's lane shows what its disk holds.
    pub running: bool,
    /// Everything up to here is in the node's snapshot.
    pub compacted_through: Index,
    /// Its entries, by index, without gaps.
    pub cells: Rc<[Cell]>,
    /// Entries that it held and had to give up, by index.
    pub rolled_back: Rc<[Cell]>,
    /// The leader's next index for this follower.
    pub next: Option<Index>,
    /// The leader's match index for this follower.
    pub matched: Option<Index>,
}

/// One entry on one node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cell {
    /// Where in the log.
    pub position: Position,
    /// What it does.
    pub command: crate::replication::Command,
    /// It is on this node's disk, not in its memory alone.
    pub durable: bool,
    /// This node knows it to be committed.
    pub committed: bool,
    /// It is in this node's queryable state.
    pub applied: bool,
}

/// The leader's view of its followers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The leader whose view it is.
    pub leader: Option<NodeId>,
    /// One row a follower.
    pub rows: Rc<[ProgressRow]>,
    /// Why the next entry is not committed, if one waits: what it lacks, from whom.
    pub waiting: Option<Rc<str>>,
}

/// What the leader believes of one follower, and what is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProgressRow {
    /// Which follower.
    pub follower: NodeId,
    /// The commit rule waits for it.
    pub synchronous: bool,
    /// How the leader sends to it.
    pub pace: PaceView,
    /// How many messages with entries, or chunks of a snapshot, are on their way to it unacknowledged.
    pub inflight: u32,
    /// The next index that the leader will send.
    pub next: Index,
    /// The last index that the leader knows to be in the follower's memory.
    pub received: Index,
    /// The last index that the leader knows to be on the follower's disk.
    pub matched: Index,
    /// The last index that the leader knows to be applied there.
    pub applied: Index,
    /// In truth, right now: the last appended, durable and applied index; nothing while the follower is down.
    pub truth: Option<(Index, Index, Index)>,
    /// How many entries of the leader's log are not on the follower's disk.
    pub lag_entries: Index,
    /// Since when the oldest of them has been in a leader's log; nothing if there is none.
    pub lagging_since: Option<Micros>,
    /// How near the operator wants it, if that was said.
    pub objective: Option<ObjectiveView>,
}

/// How near the operator wants a follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ObjectiveView {
    /// How far behind it may be at most.
    pub limit: Micros,
    /// It is no further behind.
    pub met: bool,
    /// Since when that is so.
    pub since: Micros,
}

/// How a leader sends to a follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaceView {
    /// It is still looking for where the logs agree.
    Probing,
    /// Entries go out as they come.
    Replicating,
    /// The follower needs a snapshot.
    Snapshot {
        /// How many chunks it has.
        has: u32,
        /// Of how many; 0 while nothing is heard of it, so that none is sent.
        of: u32,
    },
}

/// What the control plane would say to promoting a node, judged by present positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromotionView {
    /// Which node.
    pub node: NodeId,
    /// It is provably safe.
    pub safe: bool,
    /// The verdict in one sentence.
    pub verdict: Rc<str>,
    /// Why, point by point, with the positions that decide it.
    pub reasons: Rc<[Rc<str>]>,
    /// What asking for it does instead, while the leader is there to hand over: the verdict is then on force alone.
    pub hand_over: Option<crate::teaching::why::HandOver>,
    /// Why not even force can do it now; nothing if it can.
    pub unforceable: Option<Refusal>,
    /// The last entry on its disk.
    pub durable: Position,
    /// What the last leader believed to be on its disk; nothing if it had not heard of any.
    pub matched: Option<Index>,
    /// The last entry that it knows to be committed.
    pub known_commit: Index,
    /// The term that it knows.
    pub term: Term,
    /// How many entries of the last leader's log it lacks.
    pub lag_entries: Index,
    /// The entries that would be discarded if it were promoted now, by force.
    pub discards: Rc<[Discard]>,
}

/// An entry that a promotion would discard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discard {
    /// Which entry.
    pub position: Position,
    /// What it does.
    pub what: Rc<str>,
    /// The promise that would be lost with it.
    pub promise: Option<RequestId>,
}

/// What happened, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// The last thing that happened, in one plain sentence.
    pub sentence: Rc<str>,
    /// The latest transcript lines, oldest first.
    pub lines: Rc<[StoryLine]>,
}

/// One line of the transcript.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StoryLine {
    /// After which step it holds: seeking there shows it as the last thing that happened.
    pub step: u64,
    /// When.
    pub at: Micros,
    /// Where; nothing for the world as a whole.
    pub place: Option<Place>,
    /// The transcript's words.
    pub text: Rc<str>,
    /// One of the steps by which the story advances.
    pub milestone: bool,
}

/// Something that must never happen, and did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViolationView {
    /// What.
    pub invariant: Invariant,
    /// When.
    pub at: Micros,
    /// After which step.
    pub step: u64,
    /// What exactly, and what led to it.
    pub text: Rc<str>,
}
