//! What the world does about fencing: it configures the nodes, and has the gateway check terms.

use super::World;
use crate::replication::{
    Answer, Configuration, Consistency, NodeId, Read, ReadAnswer, ReadRefusal, RequestId, Switch, Term,
};
use crate::simulation::{Event, Place, Record};

impl World {
    /// Whether a switch is on.
    #[must_use]
    pub fn is_on(&self, switch: Switch) -> bool {
        self.control.switches.has(switch)
    }

    pub(super) fn set_switch(&mut self, switch: Switch, on: bool, records: &mut Vec<Record>) {
        if switch == Switch::Failover && self.is_on(switch) != on {
            self.change_failover(on, records);
        }
        self.control.switches = self.control.switches.set(switch, on);
        self.configure_all(records);
    }

    /// A configuration holds on every node at once: it is rolled out, not sent as a message.
    pub(super) fn configure_all(&mut self, records: &mut Vec<Record>) {
        for id in NodeId::all(self.config.replicas) {
            self.configure(id, records);
        }
    }

    pub(super) fn configure(&mut self, id: NodeId, records: &mut Vec<Record>) {
        let control = &self.control;
        let (switches, floor, rule, sync) = (control.switches, control.term, control.rule, control.sync);
        let votes = control.votes(self.config.replicas);
        if let Some(node) = &mut self.machines[id.slot()].node {
            node.show_clock(self.now);
            let mut outputs = node.configure(Configuration { switches, floor, rule, sync, votes });
            self.carry_out(id, &mut outputs, records);
        }
    }

    /// Whether the gateway refuses what a node says, since its term is older than that of the leader that it knows.
    pub(super) fn is_fenced(&self, term: Term) -> bool {
        self.is_on(Switch::GatewayToken) && term < self.gateway.term()
    }

    /// Whether a node's 201 is a promise from the moment that it leaves. A gateway that checks terms lets it pass first.
    pub(super) fn promises_at_once(&self, node: NodeId) -> bool {
        let newest = self.untimed.is_some() && self.machine(node).term() >= self.control.leader.1;
        newest || !self.is_on(Switch::GatewayToken)
    }

    /// A node's answer to a request has reached the gateway. A refused 201 leaves the request in doubt: its entry may
    /// survive. Whatever else is refused appended nothing.
    pub(super) fn gateway_hears(
        &mut self,
        node: NodeId,
        term: Term,
        request: RequestId,
        answer: Answer,
        records: &mut Vec<Record>,
    ) {
        let fenced = self.is_fenced(term);
        if fenced && answer != Answer::NotLeader {
            let event = Event::Fenced { node, request, answer, theirs: term, ours: self.gateway.term() };
            self.record(Some(Place::Gateway), event, records);
        }
        match answer {
            Answer::NotLeader => self.refused(request),
            Answer::Created(_) if fenced => {}
            _ if fenced => self.refused(request),
            _ => self.pass_on(node, request, answer, records),
        }
    }

    /// What the customer is told of a read: nothing that an older term's leader says as a leader.
    pub(super) fn checked_read(&mut self, term: Term, read: Read, answer: ReadAnswer) -> ReadAnswer {
        let as_leader = matches!(read.consistency, Consistency::Leader | Consistency::Linearizable);
        if !as_leader || !self.is_fenced(term) || matches!(answer, ReadAnswer::Refused(_)) {
            return answer;
        }
        if let Some(ticket) = self.reads.pending(read.id) {
            ticket.verdict = None;
        }
        ReadAnswer::Refused(ReadRefusal::OlderTerm { theirs: term, ours: self.gateway.term() })
    }
}
