//! Throttling on lag, where it is wanted: while a follower lags further behind in time than the operator allows, the
//! leader holds new requests back, and lets entries come no faster than this follower makes them durable.
//!
//! For two entries that the follower stores, one more is taken in, so that it catches up; once it is near enough, one for
//! each and one besides, so that the leader finds out how fast it can be. It ends when nothing is held back any more.
//! What was under way when it began still has to be stored: the lag goes on growing for a while, and then falls.
//!
//! Whether to begin or to end is looked at with each heartbeat. A follower that has acknowledged nothing for a second does
//! not count: one that is down must not stop all bookings. What is held back counts towards the bound, appends
//! nothing, and is handed back to the gateway if this node stops leading.

use super::{Node, Standing};
use crate::replication::{Answer, Event, Index, Micros, NodeId, Output, Request};
use std::collections::VecDeque;

/// For how long a follower that says nothing still counts.
const HEARD: Micros = Micros::from_secs(1);

/// What a leader that throttles keeps in mind.
#[derive(Clone, Debug, Default)]
pub struct Throttle {
    /// What was appended when, the oldest first: as far back as it takes to tell who lags too far.
    appended: VecDeque<(Index, Micros)>,
    /// What is held back, in the order in which it came.
    held: VecDeque<Request>,
    /// For whom, and the last index known to be on its disk.
    follower: Option<(NodeId, Index)>,
    /// When each node acknowledged something last.
    heard: [Micros; NodeId::MOST],
}

impl Node {
    /// The follower for which this leader holds requests back.
    #[must_use]
    pub fn throttled_by(&self) -> Option<NodeId> {
        self.throttle.follower.map(|(node, _)| node)
    }

    /// How many requests it holds back.
    #[must_use]
    pub fn held_back(&self) -> usize {
        self.throttle.held.len()
    }

    /// Holds a request back, if this leader throttles.
    pub(super) fn hold_back(&mut self, request: &Request) -> Option<NodeId> {
        let follower = self.throttled_by()?;
        self.throttle.held.push_back(*request);
        Some(follower)
    }

    /// Remembers when an entry was appended, as long as that may matter.
    pub(super) fn note_append(&mut self, index: Index) {
        let Some(allowed) = self.limits.throttle else { return };
        let appended = &mut self.throttle.appended;
        while appended.get(1).is_some_and(|(_, at)| self.clock.since(*at) > allowed) {
            appended.pop_front();
        }
        appended.push_back((index, self.clock));
    }

    /// Begins to throttle, or ends it.
    pub(super) fn look_at_lag(&mut self, out: &mut Vec<Output>) {
        let worst = self.worst_lag();
        let Some((_, known)) = self.throttle.follower else {
            if let Some((follower, matched, lag)) = worst.filter(|(_, _, lag)| self.is_too_much(*lag)) {
                self.throttle.follower = Some((follower, matched));
                out.push(Output::Event(Event::Throttles { follower, lag }));
            }
            return;
        };
        match worst {
            Some((follower, _, lag)) if self.is_too_much(lag) || !self.throttle.held.is_empty() => {
                self.throttle.follower = Some((follower, known));
            }
            _ => {
                self.throttle.follower = None;
                out.push(Output::Event(Event::ThrottlesNoMore));
                self.take_in_held(usize::MAX, out);
            }
        }
    }

    /// A follower has acknowledged something: if it has made more durable, more may come.
    pub(super) fn take_in_for(&mut self, from: NodeId, out: &mut Vec<Output>) {
        self.throttle.heard[from.slot()] = self.clock;
        let Some((follower, known)) = self.throttle.follower.filter(|(follower, _)| *follower == from) else { return };
        let Some(matched) = self.leading().and_then(|leader| leader.progress().get(&from)).map(|it| it.matched) else {
            return;
        };
        let near = self.lag_of(matched).is_none_or(|lag| !self.is_too_much(lag));
        let stored = matched.saturating_sub(known);
        let more = if near && stored > 0 { stored + 1 } else { stored / 2 };
        if more > 0 {
            self.throttle.follower = Some((follower, matched));
            self.take_in_held(usize::try_from(more).unwrap_or(usize::MAX), out);
        }
    }

    fn take_in_held(&mut self, most: usize, out: &mut Vec<Output>) {
        let count = most.min(self.throttle.held.len());
        let requests: Vec<Request> = self.throttle.held.drain(..count).collect();
        self.take_in(&requests, true, out);
    }

    /// A node that leads no more has nothing to hold back.
    pub(super) fn hand_back_held(&mut self, out: &mut Vec<Output>) {
        if !matches!(self.standing, Standing::Leader(_)) {
            let held = std::mem::take(&mut self.throttle).held;
            out.extend(held.into_iter().map(|held| Output::Answer { request: held.id, answer: Answer::NotLeader }));
        }
    }

    fn is_too_much(&self, lag: Micros) -> bool {
        self.limits.throttle.is_some_and(|allowed| lag > allowed)
    }

    /// How long ago the first entry was appended that a follower lacks on its disk.
    fn lag_of(&self, matched: Index) -> Option<Micros> {
        let first = self.throttle.appended.iter().find(|(index, _)| *index > matched)?;
        Some(self.clock.since(first.1))
    }

    /// The follower that lags furthest behind in time, of those that speak: what its disk has, and by how much.
    fn worst_lag(&self) -> Option<(NodeId, Index, Micros)> {
        let followers = self.leading()?.progress().iter();
        let speak = followers.filter(|(node, _)| self.clock.since(self.throttle.heard[node.slot()]) <= HEARD);
        let lags = speak.filter_map(|(node, it)| Some((*node, it.matched, self.lag_of(it.matched)?)));
        lags.max_by_key(|(_, _, lag)| *lag)
    }
}
