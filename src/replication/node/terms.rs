//! Terms: how a node comes to lead, and how it stops.

use super::elections::Candidacy;
use super::fencing::LEASE;
use super::{Follower, Leader, Node, Standing, peer};
use crate::replication::{
    Command, CommitRule, Event, Message, NodeId, NodeSet, Notice, Output, Progress, Report, Send, StepDownReason,
    Switch, Term, Timer, Write,
};

impl Node {
    /// Takes a newer term to heart: a leader or candidate of an older one steps down. The caller makes it durable.
    pub(super) fn adopt_if_newer(&mut self, term: Term, from: Option<NodeId>, out: &mut Vec<Output>) -> bool {
        if term <= self.term {
            return false;
        }
        match self.standing {
            Standing::Follower(_) | Standing::Candidate(Candidacy::PreVote(_)) => {
                self.standing = Standing::Follower(Follower::default());
            }
            _ => self.stop_leading(StepDownReason::NewerTerm { theirs: term, ours: self.term }, out),
        }
        self.term = term;
        self.voted = None;
        out.push(Output::Event(Event::AdoptedTerm { term, from }));
        true
    }

    /// An older term's message: its sender learns of the newer one. Late reports are simply too late.
    pub(super) fn turn_away(&mut self, from: NodeId, message: Message, out: &mut Vec<Output>) {
        if matches!(message, Message::Append(_) | Message::Adopt { .. } | Message::AskVote(_)) {
            out.push(Output::Event(Event::TurnedAway { from, message, ours: self.term }));
            out.push(Output::Send(peer(from, Message::NewerTerm { term: self.term }, false)));
        }
    }

    pub(super) fn on_newer_term(&mut self, from: NodeId, term: Term, out: &mut Vec<Output>) {
        if self.adopt_if_newer(term, Some(from), out) {
            out.push(Output::Persist { write: Write { term: Some(term), ..Write::default() }, then: Vec::new() });
        }
    }

    /// The control plane wants this node to lead: its term first becomes durable here, then everywhere it can reach.
    pub(super) fn on_campaign(&mut self, term: Term, out: &mut Vec<Output>) {
        if !self.adopt_if_newer(term, None, out) {
            return;
        }
        self.standing = Standing::Candidate(Candidacy::Campaign);
        self.voted = Some(self.id);
        let mut then = vec![Send::ControlPlane(Notice::Adopted { term, report: self.report() })];
        let others = self.others();
        then.extend(others.map(|node| peer(node, Message::Adopt { term }, false)));
        let write = Write { term: Some(term), vote: self.voted, ..Write::default() };
        out.push(Output::Persist { write, then });
    }

    /// Another node campaigns: the report says what this one holds, and leaves only once the term is on disk. Writes
    /// finish in order, so everything that the report names is on disk by then too.
    pub(super) fn on_adopt(&mut self, from: NodeId, term: Term, out: &mut Vec<Output>) {
        if self.adopt_if_newer(term, Some(from), out) {
            let adopted = Message::Adopted { term, report: self.report() };
            let write = Write { term: Some(term), ..Write::default() };
            out.push(Output::Persist { write, then: vec![peer(from, adopted, false)] });
        }
    }

    pub(super) fn on_adopted(&mut self, term: Term, report: Report, out: &mut Vec<Output>) {
        if self.campaigns_for(term) {
            out.push(Output::Send(Send::ControlPlane(Notice::Adopted { term, report })));
        }
    }

    /// The verdict is yes.
    pub(super) fn on_lead(&mut self, term: Term, rule: CommitRule, sync: NodeSet, out: &mut Vec<Output>) {
        if self.campaigns_for(term) {
            self.take_office(rule, sync, out);
        }
    }

    /// Whether it waits for the control plane's verdict on this term.
    pub(super) fn campaigns_for(&self, term: Term) -> bool {
        matches!(self.standing, Standing::Candidate(Candidacy::Campaign)) && term == self.term
    }

    /// Leads from now on. The first entry of the new term is a no-op: once it is committed, so is all before it.
    pub(super) fn take_office(&mut self, rule: CommitRule, sync: NodeSet, out: &mut Vec<Output>) {
        let last = self.log.last().index;
        let speculative = self.log.replay(last);
        let mut leader = Leader::new(self.id, self.members, Progress::unknown(last + 1), rule, sync, speculative);
        leader.answers_from = self.clock + LEASE;
        leader.answering = !self.is_on(Switch::Lease);
        self.standing = Standing::Leader(Box::new(leader));
        out.push(Output::Event(Event::BecameLeader));
        out.push(Output::SetTimer(Timer::Heartbeat));
        self.append(Command::Noop, out);
    }

    pub(super) fn on_stand_down(&mut self, term: Term, out: &mut Vec<Output>) {
        if self.campaigns_for(term) {
            self.stop_leading(StepDownReason::NotSafe, out);
        }
    }

    pub(super) fn on_step_down(&mut self, out: &mut Vec<Output>) {
        if matches!(self.standing, Standing::Leader(_)) {
            self.stop_leading(StepDownReason::Ordered, out);
        }
    }
}
