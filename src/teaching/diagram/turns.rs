//! What each node was, from the beginning of a run to as far as it has come: it leads, follows, is down.

use super::Span;
use crate::replication::{Event as Did, NodeId, Role, Term};
use crate::simulation::{Action, Event, Machine, Micros, World};

/// What a node is, seen from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeState {
    /// It does not run.
    Down,
    /// It is frozen.
    Paused,
    /// It follows.
    Follower,
    /// It wants to lead.
    Candidate,
    /// It takes itself for the leader.
    Leader,
}

/// A node became something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// After which step.
    pub step: u64,
    /// When.
    pub at: Micros,
    /// Which.
    pub node: NodeId,
    /// What it is from then on.
    pub state: NodeState,
    /// The term that it knows.
    pub term: Term,
}

/// Whether something can make a node something else.
pub fn turns(event: &Event) -> bool {
    matches!(
        event,
        Event::Done(Action::Crash(_) | Action::LoseDisk(_) | Action::Pause(_) | Action::Resume(_))
            | Event::Started { .. }
            | Event::Node(
                Did::AdoptedTerm { .. }
                    | Did::BecameLeader
                    | Did::SteppedDown { .. }
                    | Did::Stands { .. }
                    | Did::Voted { .. }
            )
    )
}

/// Every turn of a run, in order.
#[derive(Clone, Debug, Default)]
pub struct Turns(Vec<Turn>);

impl Turns {
    /// What the nodes of a world are that has not begun.
    pub fn new(world: &World) -> Self {
        let mut turns = Self::default();
        turns.note(0, world);
        turns
    }

    /// Something came about that can make a node something else.
    pub fn note(&mut self, step: u64, world: &World) {
        for (node, machine) in NodeId::all(world.machines().len()).zip(world.machines()) {
            let (state, term) = (state(machine), machine.term());
            let before = self.0.iter().rev().find(|turn| turn.node == node);
            if before.is_none_or(|before| (before.state, before.term) != (state, term)) {
                self.0.push(Turn { step, at: world.now(), node, state, term });
            }
        }
    }

    /// Drops those after a step.
    pub fn truncate(&mut self, step: u64) {
        self.0.truncate(self.0.partition_point(|turn| turn.step <= step));
    }

    /// What each node was within a stretch of time.
    pub fn spans(&self, from: Micros, until: Micros) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for turn in self.0.iter().take_while(|turn| turn.at <= until) {
            let (at, state, term) = (turn.at.max(from), turn.state, turn.term);
            if let Some(before) = spans.iter_mut().rfind(|span| span.node == turn.node) {
                before.until = at;
            }
            spans.push(Span { node: turn.node, from: at, until, state, term });
        }
        spans.retain(|span| span.until > span.from);
        spans
    }
}

fn state(machine: &Machine) -> NodeState {
    match (&machine.node, machine.paused) {
        (None, _) => NodeState::Down,
        (_, true) => NodeState::Paused,
        (Some(node), _) => match node.role() {
            Role::Leader => NodeState::Leader,
            Role::Candidate => NodeState::Candidate,
            _ => NodeState::Follower,
        },
    }
}
