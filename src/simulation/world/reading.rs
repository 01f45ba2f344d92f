//! How reads travel, and how their answers are judged by the one who knows all.

use super::{Happening, World};
use crate::replication::{
    Answer, Consistency, CustomerId, Input, Node, NodeId, Position, Read, ReadAnswer, ReadId, ReadRefusal, RequestId,
};
use crate::simulation::network::Payload;
use crate::simulation::reads::Before;
use crate::simulation::{Event, How, Outcome, Place, ReadRouting, ReadTicket, ReadVerdict, Record};
use std::sync::Arc;

impl World {
    /// A customer asks for a read.
    pub(super) fn customer_reads(
        &mut self,
        read: Read,
        customer: Option<CustomerId>,
        node: Option<NodeId>,
        records: &mut Vec<Record>,
    ) {
        let before = Before {
            committed: self.committed_by_all_accounts(),
            own: customer.map_or_else(Vec::new, |customer| self.acknowledged(customer)),
            seen: customer.and_then(|customer| self.reads.seen_by(customer)),
        };
        let ticket = ReadTicket { read, customer, node, asked_at: self.now, before, outcome: None, verdict: None };
        self.schedule(self.now + ticket.patience(), Happening::GiveUpRead(read.id));
        self.reads.open(ticket);
        if let (Some(node), true) = (node, self.untimed.is_some()) {
            return self.step_node(node, Input::Read(read), records);
        }
        self.send(Place::Customers, Place::Gateway, Payload::Read(read), true, records);
    }

    /// How sure the answer is to be: as the customer says, or as reads are routed. Nothing if there is no such token.
    pub(super) fn consistency(&self, how: Option<How>, customer: Option<CustomerId>) -> Option<Consistency> {
        let newest = || self.acknowledged(customer?).into_iter().map(|(_, position)| position).max();
        Some(match how {
            Some(How::As(consistency)) => consistency,
            Some(How::TokenOf(request)) => Consistency::Token(self.token_of(request)?),
            None => match self.reads.routing {
                ReadRouting::Any => Consistency::Local,
                ReadRouting::Leader => Consistency::Leader,
                ReadRouting::Token => newest().map_or(Consistency::Local, Consistency::Token),
            },
        })
    }

    /// The token that a customer has for a request.
    fn token_of(&self, request: RequestId) -> Option<Position> {
        match self.gateway.tickets().get(request)?.outcome {
            Outcome::Answered { answer: Answer::Created(position), .. } => Some(position),
            _ => None,
        }
    }

    /// What a customer has heard 201 for.
    fn acknowledged(&self, customer: CustomerId) -> Vec<(RequestId, Position)> {
        let mine = self.gateway.tickets().iter().map(|ticket| ticket.request).filter(|it| it.customer == customer);
        mine.filter_map(|request| Some((request.id, self.token_of(request.id)?))).collect()
    }

    /// Up to where the log counts as committed: the commit index of the leader of the highest term. Before it has
    /// committed anything itself it knows of less than was committed before it, and down it knows nothing; then the last
    /// entry counts that was ever committed and that its log holds.
    #[must_use]
    pub fn committed_by_all_accounts(&self) -> Position {
        let log = self.machine(self.deciding().1).log();
        let known = self.leader().map_or(0, Node::commit);
        log.position_at(known.max(self.checker.last_committed_in(log)))
    }

    /// The gateway passes a read on: to the node that was named, or to one that it chooses.
    pub(super) fn route_read(&mut self, read: Read, records: &mut Vec<Record>) {
        let named = self.reads.pending(read.id).and_then(|ticket| ticket.node);
        let Some(node) = named.or_else(|| self.choose_reader(read)) else { return };
        if let Some(ticket) = self.reads.pending(read.id) {
            ticket.node = Some(node);
        }
        self.send(Place::Gateway, Place::Node(node), Payload::Read(read), false, records);
    }

    /// The leader that the gateway knows, or the next in turn of the nodes that run and that it reaches.
    fn choose_reader(&mut self, read: Read) -> Option<NodeId> {
        if matches!(read.consistency, Consistency::Leader) {
            return Some(self.gateway.leader());
        }
        let up = |node: &NodeId| {
            self.machine(*node).node.is_some() && self.network.passes(Place::Gateway, Place::Node(*node))
        };
        let all = || NodeId::all(self.config.replicas).filter(up);
        let after = all().find(|node| Some(*node) > self.reads.turn);
        self.reads.turn = after.or_else(|| all().next());
        self.reads.turn
    }

    /// A node has answered: the answer is judged by what it read, and goes its way.
    pub(super) fn read_answered(&mut self, by: NodeId, read: Read, answer: ReadAnswer, records: &mut Vec<Record>) {
        self.record(Some(Place::Node(by)), Event::ReadAnswered { read, answer }, records);
        if let ReadAnswer::Seen { applied, .. } = answer
            && let Some(verdict) = self.judge_read(by, read.id, applied)
        {
            let held = |token: Position| token.index <= applied.index && self.machine(by).log().holds(token);
            let lacks_token = matches!(read.consistency, Consistency::Token(token) if !held(token));
            let violation = self.checker.reads(read, &verdict, lacks_token);
            let verdict = Arc::new(verdict);
            if let Some(ticket) = self.reads.pending(read.id) {
                ticket.verdict = Some(Arc::clone(&verdict));
            }
            self.record(None, Event::ReadJudged { read: read.id, verdict }, records);
            if let Some(violation) = violation {
                self.record(None, Event::Violated(violation), records);
            }
        }
        self.send(Place::Node(by), Place::Gateway, Payload::ReadReply { read, answer }, true, records);
    }

    /// Nothing if the customer has given up.
    fn judge_read(&self, by: NodeId, read: ReadId, applied: Position) -> Option<ReadVerdict> {
        let ticket = self.reads.tickets().get(read).filter(|ticket| ticket.outcome.is_none())?;
        let log = self.machine(by).log();
        let read = |position: Position| position.index <= applied.index && log.holds(position);
        let Before { committed, own, seen } = &ticket.before;
        Some(ReadVerdict {
            by,
            applied,
            committed: *committed,
            fresh: read(*committed),
            customer: ticket.customer,
            unseen: own.iter().copied().find(|(_, position)| !read(*position)),
            newer: seen.filter(|(_, position)| !read(*position)),
        })
    }

    /// The customer hears an answer; one that comes after giving up changes nothing.
    pub(super) fn read_heard(&mut self, read: ReadId, answer: ReadAnswer, records: &mut Vec<Record>) {
        let now = self.now;
        let late = match self.reads.pending(read) {
            Some(ticket) => {
                ticket.outcome = Some((answer, now));
                false
            }
            None => true,
        };
        self.record(Some(Place::Customers), Event::ReadHeard { read, answer, late }, records);
    }

    pub(super) fn give_up_read(&mut self, read: ReadId, records: &mut Vec<Record>) {
        if let Some(ticket) = self.reads.pending(read) {
            ticket.verdict = None;
            self.read_heard(read, ReadAnswer::Refused(ReadRefusal::Unanswered), records);
        }
    }
}
