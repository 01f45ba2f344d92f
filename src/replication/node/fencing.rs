//! What keeps an old leader from doing harm, on the node's side: terms, and the lease.
//!
//! *Terms.* A follower obeys one leader, the one of its term. With terms on, any message of a newer term moves it on, and
//! stops a leader of an older one. With terms off only a campaign or an election moves a follower: it goes on obeying the
//! leader that it was last pointed at, and leaders ignore each other. A node that follows nobody, be it just started or
//! told to stop leading, obeys the first leader of no older term that it hears.
//!
//! *Lease.* A leader answers only until [`LEASE`] after the sending of a heartbeat that a majority acknowledged, by its
//! own wall clock, and a new leader answers only after [`LEASE`] in office. Whoever takes office with the word of a
//! majority has it from a node that acknowledged the old leader's last heartbeat before: so the old leader's lease is
//! over before the new one answers. A round is the leader's clock when it was begun, so a confirmed round says when the
//! lease ends. A leader whose lease has run out refuses requests and leader reads, and keeps back the answers that have
//! become due; a new one appends what it can, and answers when its time has come. Both replicate and commit. (A lease
//! bounds the time in which two leaders answer; what the old one promises until then must be safe by the commit rule.)

use super::{Node, Standing};
use crate::replication::{Event, Message, Micros, Output, Switch};
use std::cmp::Ordering;

/// How long a leader may answer after a heartbeat that a majority acknowledged.
pub const LEASE: Micros = Micros::from_millis(400);

impl Node {
    pub(super) fn is_on(&self, switch: Switch) -> bool {
        self.configuration.switches.has(switch)
    }

    /// Whether this node takes a message to heart although terms are off.
    pub(super) fn heeds_without_terms(&self, message: &Message) -> bool {
        match (message.term().cmp(&self.term), message) {
            (Ordering::Equal, _) => true,
            (Ordering::Less, _) => false,
            _ if self.leading().is_some() => false,
            (_, Message::Adopt { .. } | Message::AskVote(_)) => true,
            (_, Message::Append(_)) => self.following().is_none(),
            _ => false,
        }
    }

    /// When this leader's lease ends; nothing if this node does not lead.
    #[must_use]
    pub fn lease_ends(&self) -> Option<Micros> {
        self.leading().map(|_| Micros(self.majority_round()) + LEASE)
    }

    /// It has led for less than a lease. What it is asked for meanwhile it appends, and answers later.
    pub(super) fn waits_in_office(&self) -> bool {
        self.is_on(Switch::Lease) && self.leading().is_some_and(|leader| self.clock < leader.answers_from)
    }

    /// Whether this node answers as a leader, as far as the lease is concerned, by the clock that it read last.
    #[must_use]
    pub fn may_answer(&self) -> bool {
        let Some(leader) = self.leading() else { return false };
        !self.is_on(Switch::Lease)
            || (self.clock >= leader.answers_from && self.lease_ends().is_some_and(|end| self.clock < end))
    }

    /// After every step: a leader notices that its lease has run out, or that it has one again, and then gives the
    /// answers that it kept back.
    pub(super) fn watch_lease(&mut self, out: &mut Vec<Output>) {
        let (may, ended) = (self.may_answer(), self.lease_ends());
        let Standing::Leader(leader) = &mut self.standing else { return };
        if std::mem::replace(&mut leader.answering, may) == may {
            return;
        }
        if may {
            if self.is_on(Switch::Lease) {
                out.push(Output::Event(Event::LeaseHeld));
            }
            self.note_confirmation();
            self.answer_waiting(out);
        } else if let Some(at) = ended {
            out.push(Output::Event(Event::LeaseRanOut { at }));
        }
    }
}
