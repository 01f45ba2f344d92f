//! The follower's side: taking entries in, and saying what it holds.

use super::{Node, Standing, peer};
use crate::replication::{
    Acknowledge, Append, CommitReason, Entry, Event, Index, Merge, Message, Micros, NodeId, Output, Position,
    Receiving, Round, Term, Write,
};

/// What a node keeps in mind as a follower.
#[derive(Clone, Debug, Default)]
pub struct Follower {
    pub(super) leader: Option<NodeId>,
    /// When it was heard last, by this node's clock.
    pub(super) heard: Option<Micros>,
    /// The last index at which this log is known to agree with this leader's. Nothing beyond it may be reported:
    /// it could be another leader's.
    pub(super) checked: Index,
    /// What was reported last, whatever the round: saying it again is routine.
    pub(super) reported: Option<Acknowledge>,
    /// What was refused last: refusing it again is routine.
    pub(super) refused: Option<Position>,
    /// The leader's snapshot, as far as it has come.
    pub(super) receiving: Option<Box<Receiving>>,
    /// This node's own snapshot is of another history than this leader's: it takes nothing in but a snapshot, and that of a
    /// later round than the append that showed it. An earlier one was sent when the leader did not know.
    pub(super) diverged: Option<Round>,
}

impl Follower {
    /// A follower whose log agrees with its leader's through an index.
    pub fn of(leader: NodeId, checked: Index) -> Self {
        Self { leader: Some(leader), checked, ..Self::default() }
    }

    /// A follower whose leader knows that it holds everything through an index, applied.
    pub fn settled(leader: NodeId, term: Term, last: Index) -> Self {
        let reported = Acknowledge { term, received: last, durable: last, applied: last, round: 0 };
        Self { reported: Some(reported), heard: Some(Micros(0)), ..Self::of(leader, last) }
    }

    pub fn leader(&self) -> Option<NodeId> {
        self.leader
    }
}

impl Node {
    /// Entries or a heartbeat of this term's leader, or of a newer one's.
    pub(super) fn on_append(&mut self, from: NodeId, append: &Append, out: &mut Vec<Output>) {
        let newer = self.adopt_if_newer(append.term, Some(from), out);
        self.confess(from, append.round, out);
        self.follow(from, out);
        let mut write = Write { term: newer.then_some(append.term), ..Write::default() };
        if matches!(&self.standing, Standing::Follower(Follower { diverged: Some(_), .. })) {
            return self.refuse(from, append, None, write, out);
        }
        match self.log.merge(append.previous, &append.entries) {
            Merge::Misfit { hint } => self.refuse(from, append, Some(hint), write, out),
            Merge::Diverged => self.refuse(from, append, None, write, out),
            Merge::Fits { rolled_back, appended } => {
                self.give_up(from, &rolled_back, &mut write, out);
                if !appended.is_empty() {
                    out.push(Output::Event(Event::Appended { entries: appended.as_slice().into(), from: Some(from) }));
                    write.entries = appended;
                }
                let checked = self.check_through(append.previous.index + append.entries.len() as Index);
                self.commit_through(append.commit.min(checked), CommitReason::Told(from), out);
                if append.commit <= checked.min(self.applied) {
                    self.reads.know(append.as_of);
                }
                self.acknowledge(from, append.report, append.round, write, out);
            }
        }
    }

    /// The entries do not fit: says so, and where the leader should look.
    fn refuse(&mut self, to: NodeId, append: &Append, hint: Option<Position>, write: Write, out: &mut Vec<Output>) {
        let Standing::Follower(follower) = &mut self.standing else { return };
        let previous = append.previous;
        let routine = follower.refused.replace(previous) == Some(previous);
        if hint.is_none() {
            follower.diverged.get_or_insert(append.round);
        }
        let reject = peer(to, Message::Reject { term: self.term, previous, hint }, routine);
        let nothing_to_write = write == Write::default();
        out.push(if nothing_to_write { Output::Send(reject) } else { Output::Persist { write, then: vec![reject] } });
    }

    /// Rolls back what another history holds differently, and the state with it if it was applied already. Only an
    /// unsafe configuration lets that happen.
    fn give_up(&mut self, leader: NodeId, rolled_back: &[Entry], write: &mut Write, out: &mut Vec<Output>) {
        let Some(first) = rolled_back.first() else { return };
        write.truncate_from = Some(first.index);
        let kept = first.index - 1;
        self.durable = self.durable.min(kept);
        self.commit = self.commit.min(kept);
        out.push(Output::Event(Event::RolledBack { entries: rolled_back.into(), leader }));
        if self.applied > kept {
            self.applied = kept;
            self.bookings = self.log.replay(kept);
            self.reads.forget();
            out.push(Output::Event(Event::Rebuilt { through: kept }));
        }
    }

    /// Reports: durability once the disk has it, and what is in memory at once if the leader wants it so.
    pub(super) fn acknowledge(&mut self, to: NodeId, at_once: bool, round: Round, write: Write, out: &mut Vec<Output>) {
        let Standing::Follower(follower) = &mut self.standing else { return };
        follower.refused = None;
        let checked = follower.checked;
        let mut ack = Acknowledge {
            term: self.term,
            received: checked,
            durable: self.durable.min(checked),
            applied: self.applied.min(checked),
            round: 0,
        };
        let nothing_to_write = write == Write::default();
        if nothing_to_write || (at_once && !write.entries.is_empty()) {
            let routine = follower.reported == Some(ack);
            follower.reported = Some(ack);
            let ack = Acknowledge { round, ..ack };
            out.push(Output::Send(peer(to, Message::Acknowledge(ack), routine)));
        }
        if !nothing_to_write {
            // Writes finish in order, so by then all that was checked so far is on disk.
            ack.durable = checked;
            follower.reported = Some(ack);
            let ack = Acknowledge { round, ..ack };
            out.push(Output::Persist { write, then: vec![peer(to, Message::Acknowledge(ack), false)] });
        }
    }

    /// Notes whose entries are coming in. What was checked against another leader counts no more.
    pub(super) fn follow(&mut self, leader: NodeId, out: &mut Vec<Output>) {
        match &self.standing {
            Standing::Follower(follower) if follower.leader == Some(leader) => {}
            _ => self.standing = Standing::Follower(Follower::of(leader, 0)),
        }
        if let Standing::Follower(follower) = &mut self.standing {
            follower.heard = Some(self.clock);
        }
        self.await_leader(out);
    }

    pub(super) fn check_through(&mut self, index: Index) -> Index {
        let Standing::Follower(follower) = &mut self.standing else { return 0 };
        follower.checked = follower.checked.max(index);
        follower.checked
    }
}
