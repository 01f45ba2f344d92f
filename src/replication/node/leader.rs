//! The leader's side: following the followers, committing, answering.

use super::fencing::LEASE;
use super::{Node, Standing, peer};
use crate::replication::{
    Acknowledge, Answer, Append, Bookings, CommitReason, CommitRule, Copies, CopyList, Demand, Event, Index, Lacking,
    Message, Micros, NodeId, NodeSet, Notice, Output, Pace, Position, Progress, RequestId, Round, Send, SnapshotReason,
    Timer, Transfer,
};
use litemap::LiteMap;
use std::sync::Arc;

/// For how many heartbeats a leader that hands over accepts no requests: then nobody has taken over, and it carries on.
const HAND_OVER_HEARTBEATS: u8 = 24;

/// A hand-over under way.
#[derive(Clone, Copy, Debug, Hash)]
pub(super) struct HandOver {
    to: NodeId,
    /// The control plane knows that the log is there.
    reported: bool,
    heartbeats_left: u8,
}

/// What a node knows as a leader.
#[derive(Clone, Debug)]
pub struct Leader {
    pub(super) progress: LiteMap<NodeId, Progress>,
    pub(super) rule: CommitRule,
    pub(super) sync: NodeSet,
    pub(super) demand: Demand,
    /// The state as it will be once everything in the log is applied: requests are judged against it.
    pub(super) speculative: Bookings,
    /// Which request waits for which index.
    pub(super) waiting: LiteMap<Index, RequestId>,
    pub(super) handing_over: Option<HandOver>,
    /// The newest round that it has begun.
    pub(super) round: Round,
    /// When it took office, and a lease later: until then another leader's lease may still hold.
    pub(super) answers_from: Micros,
    /// As far as the lease is concerned, it answers; as noted last.
    pub(super) answering: bool,
    /// Heartbeats since it last announced itself.
    pub(super) heartbeats: u8,
}

impl Leader {
    /// A leader that takes every other member to be as far as `follower` says.
    pub(super) fn new(
        id: NodeId,
        members: usize,
        follower: Progress,
        rule: CommitRule,
        sync: NodeSet,
        speculative: Bookings,
    ) -> Self {
        let demand = rule.demand(id, sync, members);
        let mut progress = LiteMap::new();
        for node in NodeId::all(members).filter(|node| *node != id) {
            progress.insert(node, follower.clone());
        }
        Self {
            progress,
            rule,
            sync,
            demand,
            speculative,
            waiting: LiteMap::new(),
            handing_over: None,
            round: 0,
            answers_from: Micros(0),
            answering: false,
            heartbeats: 0,
        }
    }

    pub(super) fn share_with(&mut self, bookings: &Bookings) {
        self.speculative.share_with(bookings);
    }

    /// For tests.
    #[cfg(test)]
    pub(in crate::replication) fn speculative(&self) -> &Bookings {
        &self.speculative
    }

    /// What it believes of each follower.
    #[must_use]
    pub fn progress(&self) -> &LiteMap<NodeId, Progress> {
        &self.progress
    }

    /// The rule by which it commits.
    #[must_use]
    pub fn rule(&self) -> CommitRule {
        self.rule
    }

    /// Its synchronous set.
    #[must_use]
    pub fn sync(&self) -> NodeSet {
        self.sync
    }

    /// What the rule demands of this leader.
    #[must_use]
    pub fn demand(&self) -> &Demand {
        &self.demand
    }

    /// It accepts no requests, because this node is about to take over.
    #[must_use]
    pub fn handing_over(&self) -> Option<NodeId> {
        self.handing_over.map(|hand_over| hand_over.to)
    }

    /// Nothing is on its way to any follower, and from now on one append at a time will be.
    pub(super) fn keep_in_step(&mut self) {
        self.progress.iter_mut().for_each(|(_, progress)| progress.pace = Pace::Probe { outstanding: false });
    }

    pub(super) fn in_office_since(&self) -> Micros {
        Micros(self.answers_from.since(LEASE).0)
    }
}

impl Node {
    /// How far the log has come on each node, as this leader knows it.
    #[must_use]
    pub fn copies(&self) -> CopyList {
        let own =
            Copies { node: self.id, received: self.log.last().index, durable: self.durable, applied: self.applied };
        let others = self.leading().into_iter().flat_map(|leader| leader.progress.iter());
        std::iter::once(own).chain(others.map(|(node, progress)| progress.copies(*node))).collect()
    }

    /// What the entry at `index` waits for, as this leader knows it; nothing if this node does not lead.
    #[must_use]
    pub fn lacking(&self, index: Index) -> Option<Lacking> {
        self.leading().map(|leader| leader.demand.lacking(&self.copies(), index))
    }

    /// Sends each follower what it has not been sent yet.
    pub(super) fn replicate(&mut self, out: &mut Vec<Output>) {
        let (last, window) = (self.log.last().index, self.limits.flow.window);
        for follower in self.others() {
            while let Some(progress) = self.progress_mut(follower) {
                if progress.next > last || !progress.may_send(window) {
                    break;
                }
                self.send_append(follower, self.limits.batch, out);
            }
        }
    }

    /// Tells every follower that holds it how far the log is committed.
    fn spread_commit(&mut self, out: &mut Vec<Output>) {
        let commit = self.commit;
        for follower in self.others() {
            let due = self.progress_mut(follower).is_some_and(|progress| {
                progress.pace == Pace::Replicate && progress.told_commit < commit.min(progress.next - 1)
            });
            if due {
                self.send_append(follower, 0, out);
            }
        }
    }

    /// Every follower hears from its leader, even when there is nothing to say; what went lost is found out thereby.
    pub(super) fn on_heartbeat_timer(&mut self, out: &mut Vec<Output>) {
        if !self.leads_on(out) {
            return;
        }
        out.push(Output::SetTimer(Timer::Heartbeat));
        self.carry_on(out);
        self.look_at_lag(out);
        self.begin_round();
        self.watch_transfers();
        for follower in self.others() {
            if self.lockstep {
                self.send_all_in_step(follower, out);
            } else {
                self.send_append(follower, 0, out);
            }
        }
    }

    /// A heartbeat of a leader that sends one append at a time carries what the follower lacks, and does not count as the
    /// one that is on its way: it may be sent besides it.
    fn send_all_in_step(&mut self, follower: NodeId, out: &mut Vec<Output>) {
        let pace = self.progress_mut(follower).map(|progress| progress.pace.clone());
        self.send_append(follower, self.limits.batch, out);
        if let (Some(pace), Some(progress)) = (pace, self.progress_mut(follower)) {
            progress.pace = pace;
        }
    }

    /// The heartbeat of one follower.
    pub(super) fn probe(&mut self, follower: NodeId, out: &mut Vec<Output>) {
        self.send_append(follower, self.limits.batch, out);
    }

    /// Sends one append with at most `count` entries from the follower's next index on.
    pub(super) fn send_append(&mut self, follower: NodeId, count: usize, out: &mut Vec<Output>) {
        let as_of = self.leads_surely().ok().and(self.as_of());
        let Standing::Leader(leader) = &mut self.standing else { return };
        let (report, round) = (leader.rule == CommitRule::SyncReceived, leader.round);
        let Some(progress) = leader.progress.get_mut(&follower) else { return };
        let (entries, previous) = match &progress.pace {
            // Whoever has installed the snapshot holds its position, and says so.
            Pace::Snapshot(transfer) => {
                let last = transfer.as_deref().map_or(self.log.snapshot().last, Transfer::last);
                (Arc::default(), last)
            }
            _ => (self.log.slice(progress.next, count), self.log.position_at(progress.next - 1)),
        };
        let through = previous.index + entries.len() as Index;
        let tells = self.commit.min(through);
        let routine = entries.is_empty() && tells <= progress.told_commit;
        progress.told_commit = progress.told_commit.max(tells);
        match &mut progress.pace {
            Pace::Probe { outstanding } => *outstanding = true,
            Pace::Replicate => {
                progress.next = through + 1;
                if !entries.is_empty() {
                    progress.inflight.push(through);
                }
            }
            Pace::Snapshot(_) => {}
        }
        let append = Append { term: self.term, previous, entries, commit: self.commit, report, round, as_of };
        out.push(Output::Send(peer(follower, Message::Append(append), routine)));
    }

    pub(super) fn on_acknowledge(&mut self, from: NodeId, ack: &Acknowledge, out: &mut Vec<Output>) {
        if self.is_from_before_a_loss(from, ack.round) {
            return;
        }
        let lockstep = self.lockstep;
        let Some(progress) = self.progress_mut(from) else { return };
        let news = progress.acknowledge(ack);
        if lockstep && !progress.needs_snapshot() {
            progress.pace = Pace::Probe { outstanding: false };
        }
        if news {
            let Progress { received, matched, applied, .. } = *progress;
            out.push(Output::Event(Event::Progressed { follower: from, received, durable: matched, applied }));
        }
        self.tend_recovery(from, ack.round, out);
        self.look_behind(from, out);
        self.replicate(out);
        self.advance_commit(out);
        self.answer_waiting(out);
        self.spread_commit(out);
        self.report_hand_over(out);
        self.note_confirmation();
        self.take_in_for(from, out);
    }

    pub(super) fn on_reject(&mut self, from: NodeId, lacks: Position, hint: Option<Position>, out: &mut Vec<Output>) {
        let agreed = hint.map(|hint| self.log.may_agree(hint));
        let Some(progress) = self.progress_mut(from) else { return };
        match agreed {
            _ if progress.needs_snapshot() => self.hear_of_need(from, out),
            None => self.begin_transfer(from, SnapshotReason::Diverged, out),
            Some(hint) if progress.reject(lacks.index, hint) => {
                progress.told_commit = progress.told_commit.min(hint);
                let next = progress.next;
                out.push(Output::Event(Event::Backed { follower: from, lacks, next }));
                self.look_behind(from, out);
                if self.progress_mut(from).is_some_and(|progress| progress.needs_snapshot()) {
                    self.hear_of_need(from, out);
                } else {
                    self.send_append(from, self.limits.batch, out);
                }
            }
            Some(_) => {}
        }
    }

    /// Commits what the rule's copies prove, counting entries of this leader's own term only: an older one may be
    /// overwritten even where enough copies exist (Raft, figure 8). It commits with the first of this term.
    pub(super) fn advance_commit(&mut self, out: &mut Vec<Output>) {
        let Some(leader) = self.leading().filter(|_| self.commit < self.log.last().index) else { return };
        let rule = leader.rule;
        let proven = leader.demand.committed(&self.copies()).min(self.log.last().index);
        if proven > self.commit && self.log.term_at(proven) == Some(self.term) {
            self.commit_through(proven, CommitReason::Rule(rule), out);
            self.answer_waiting(out);
            self.spread_commit(out);
        }
    }

    /// Answers every request whose entry is applied here, and on the synchronous followers if the rule says so.
    pub(super) fn answer_waiting(&mut self, out: &mut Vec<Output>) {
        if !self.may_answer() {
            return;
        }
        let (term_log, id, mut through) = (&self.log, self.id, self.applied);
        let Standing::Leader(leader) = &mut self.standing else { return };
        if leader.rule == CommitRule::SyncApplied {
            for follower in leader.sync.without(id).iter() {
                through = through.min(leader.progress.get(&follower).map_or(0, |progress| progress.applied));
            }
        }
        while let Some((index, request)) = leader.waiting.first().map(|(index, request)| (*index, *request)) {
            if index > through {
                break;
            }
            leader.waiting.remove(&index);
            let answer = Answer::Created(term_log.position_at(index));
            out.push(Output::Answer { request, answer });
        }
    }

    pub(super) fn on_use_rule(&mut self, change: u32, rule: CommitRule, sync: NodeSet, out: &mut Vec<Output>) {
        let (id, members, commit, last) = (self.id, self.members, self.commit, self.log.last().index);
        let Standing::Leader(leader) = &mut self.standing else { return };
        leader.rule = rule;
        leader.sync = sync;
        leader.demand = rule.demand(id, sync, members);
        out.push(Output::Event(Event::RuleInUse { rule }));
        out.push(Output::Send(Send::ControlPlane(Notice::RuleInUse { change, commit, last })));
        self.advance_commit(out);
        self.answer_waiting(out);
    }

    pub(super) fn on_hand_over(&mut self, to: NodeId, out: &mut Vec<Output>) {
        let Standing::Leader(leader) = &mut self.standing else { return };
        leader.handing_over = Some(HandOver { to, reported: false, heartbeats_left: HAND_OVER_HEARTBEATS });
        out.push(Output::Event(Event::HandingOver { to }));
        self.report_hand_over(out);
    }

    /// A hand-over that came to nothing ends: refusing requests is safe, but it must not go on for ever.
    fn carry_on(&mut self, out: &mut Vec<Output>) {
        let Standing::Leader(leader) = &mut self.standing else { return };
        let Some(hand_over) = &mut leader.handing_over else { return };
        hand_over.heartbeats_left = hand_over.heartbeats_left.saturating_sub(1);
        if hand_over.heartbeats_left == 0 {
            leader.handing_over = None;
            out.push(Output::Event(Event::CarriesOn));
        }
    }

    fn report_hand_over(&mut self, out: &mut Vec<Output>) {
        let last = self.log.last().index;
        let Standing::Leader(leader) = &mut self.standing else { return };
        let Some(HandOver { to, reported: reported @ false, .. }) = &mut leader.handing_over else { return };
        if leader.progress.get(to).is_some_and(|progress| progress.matched >= last) {
            *reported = true;
            out.push(Output::Send(Send::ControlPlane(Notice::HandedOver { to: *to })));
        }
    }

    pub(super) fn progress_mut(&mut self, follower: NodeId) -> Option<&mut Progress> {
        match &mut self.standing {
            Standing::Leader(leader) => leader.progress.get_mut(&follower),
            _ => None,
        }
    }
}
