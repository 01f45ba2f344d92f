//! Compaction, and snapshots on their way: `replication::transfer` is the arithmetic of both ends.
//!
//! A node keeps so many entries behind what it has applied; what came before them is a snapshot. Only what is committed,
//! applied and durable is compacted. A leader keeps besides what comes after a snapshot that it is sending, as long as the
//! follower is heard of: else there would be another to send when it has arrived.
//!
//! A follower needs the leader's snapshot when what it lacks is compacted at the leader, or when its own snapshot is of
//! another history, which unsafe configurations allow. It needs it until it has installed it, and its report says so.

use super::{Node, Standing, peer};
use crate::replication::{
    Chunk, Event, Index, Message, NodeId, Output, Position, Progress, Receiving, Round, Snapshot, SnapshotReason,
    Transfer, Write,
};
use std::sync::Arc;

impl Node {
    /// After every step: what lies far enough behind becomes a snapshot.
    pub(super) fn compact(&mut self, out: &mut Vec<Output>) {
        let retain = Index::from(self.limits.flow.retain);
        let (compacted, sure) = (self.log.snapshot().last.index, self.applied.min(self.durable).min(self.commit));
        if sure <= compacted + retain {
            return;
        }
        // A few entries at a time, so that it costs little, and up to the same places on every node, so that snapshots that
        // many hold are mostly the same.
        let stride = (retain / 8).max(1);
        let far_enough = sure.saturating_sub(retain) / stride * stride;
        if far_enough <= compacted {
            return;
        }
        let pinned = self.leading().and_then(|leader| {
            leader.progress().values().filter_map(Progress::transfer).map(|transfer| transfer.last().index).min()
        });
        let through = pinned.unwrap_or(Index::MAX).min(far_enough);
        if through <= compacted {
            return;
        }
        self.log.compact(through);
        out.push(Output::Event(Event::Compacted { through }));
        let write = Write { compact: Some(self.log.snapshot().clone()), ..Write::default() };
        out.push(Output::Persist { write, then: Vec::new() });
        if self.leading().is_some() {
            self.others().for_each(|follower| self.look_behind(follower, out));
        }
    }

    /// Whether the log still has what a follower is to be sent next.
    pub(super) fn look_behind(&mut self, follower: NodeId, out: &mut Vec<Output>) {
        let last = self.log.snapshot().last;
        let Some(progress) = self.progress_mut(follower) else { return };
        if progress.next <= last.index && !progress.needs_snapshot() {
            let because = SnapshotReason::Compacted { next: progress.next };
            progress.need_snapshot(None);
            out.push(Output::Event(Event::NeedsSnapshot { follower, because, last }));
        }
    }

    /// A follower has said that its snapshot is of another history.
    pub(super) fn begin_transfer(&mut self, follower: NodeId, because: SnapshotReason, out: &mut Vec<Output>) {
        let (last, end, round) = (self.log.snapshot().last, self.log.last().index, self.begin_round());
        if let Some(progress) = self.progress_mut(follower) {
            // With its snapshot it will give up whatever it has reported that comes after this one.
            progress.void(round, end);
            progress.need_snapshot(None);
            out.push(Output::Event(Event::NeedsSnapshot { follower, because, last }));
            self.hear_of_need(follower, out);
        }
    }

    /// A follower that needs a snapshot is there: sends it, or goes on sending it.
    pub(super) fn hear_of_need(&mut self, follower: NodeId, out: &mut Vec<Output>) {
        let (snapshot, rows) = (self.log.snapshot().clone(), self.limits.flow.chunk);
        let Some(progress) = self.progress_mut(follower) else { return };
        match progress.transfer_mut() {
            Some(transfer) => transfer.hear(),
            None => progress.need_snapshot(Some(Box::new(Transfer::new(snapshot, rows)))),
        }
        self.send_chunks(follower, out);
    }

    fn send_chunks(&mut self, follower: NodeId, out: &mut Vec<Output>) {
        let (window, round) = (self.limits.flow.window, self.leading().map_or(0, |leader| leader.round));
        let now = (self.term, round);
        let Some(transfer) = self.progress_mut(follower).and_then(Progress::transfer_mut) else { return };
        while let Some(chunk) = transfer.next(now, window) {
            out.push(Output::Send(peer(follower, Message::Chunk(chunk), false)));
        }
    }

    pub(super) fn on_chunks_received(
        &mut self,
        from: NodeId,
        last: Position,
        (chunks, of): (u32, u32),
        out: &mut Vec<Output>,
    ) {
        if let Some(transfer) = self.progress_mut(from).and_then(Progress::transfer_mut) {
            transfer.acknowledge(last, chunks, of);
            self.send_chunks(from, out);
        }
    }

    /// A heartbeat: a transfer to a follower that is not heard of is given up, and with it what was kept for it.
    pub(super) fn watch_transfers(&mut self) {
        let Standing::Leader(leader) = &mut self.standing else { return };
        for (_, progress) in leader.progress.iter_mut() {
            if progress.transfer_mut().is_some_and(|transfer| !transfer.tick()) {
                progress.need_snapshot(None);
            }
        }
    }

    /// A piece of this term's leader's snapshot, or of a newer one's.
    pub(super) fn on_chunk(&mut self, from: NodeId, chunk: &Chunk, out: &mut Vec<Output>) {
        let newer = self.adopt_if_newer(chunk.term, Some(from), out);
        self.follow(from, out);
        let write = Write { term: newer.then_some(chunk.term), ..Write::default() };
        let (term, last, of) = (self.term, chunk.head.last, chunk.of);
        let there = self.log.holds(last);
        let Standing::Follower(follower) = &mut self.standing else { return };
        let chunks = match follower.diverged {
            None if there => Some(of),
            Some(shown) if chunk.round <= shown => None,
            _ => Receiving::take(&mut follower.receiving, chunk),
        };
        let Some(chunks) = chunks else { return };
        let complete = follower.receiving.take_if(|receiving| receiving.complete().is_some());
        let received = peer(from, Message::ChunksReceived { term, last, chunks, of }, false);
        out.push(if newer { Output::Persist { write, then: vec![received] } } else { Output::Send(received) });
        if let Some(bookings) = complete.as_ref().and_then(|receiving| receiving.complete()) {
            let snapshot = Snapshot { bookings: Arc::new(bookings.clone()), ..chunk.head.clone() };
            self.install(from, chunk.round, snapshot, out);
        }
    }

    /// The leader's snapshot takes the place of the whole log, and of the queryable state.
    fn install(&mut self, from: NodeId, round: Round, snapshot: Snapshot, out: &mut Vec<Output>) {
        let (last, own) = (snapshot.last, self.log.snapshot().last);
        let same_history = snapshot.covers(own);
        self.bookings = (*snapshot.bookings).clone();
        let rolled_back = self.log.install(snapshot.clone());
        if let Some(first) = rolled_back.first() {
            self.durable = self.durable.min(first.index - 1);
            out.push(Output::Event(Event::RolledBack { entries: rolled_back.as_slice().into(), leader: from }));
        }
        if !same_history {
            self.durable = 0;
        }
        if self.applied > last.index || !same_history {
            self.reads.forget();
        }
        (self.commit, self.applied) = (last.index, last.index);
        out.push(Output::Event(Event::Installed { last, from, dropped: (!same_history).then_some(own) }));
        if let Standing::Follower(follower) = &mut self.standing {
            (follower.checked, follower.diverged) = (last.index, None);
        }
        let write = Write { install: Some(snapshot), ..Write::default() };
        self.acknowledge(from, false, round, write, out);
    }
}
