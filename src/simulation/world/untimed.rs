//! The world without time: whatever can happen next may happen next.
//!
//! [`World::enabled`] lists it, and these reductions keep the list finite and short:
//! - every link delivers in the order of sending; loss, duplicates and overtaking each have a budget;
//! - a leader has one append outstanding per follower, and commit news waits for the next append or probe: nothing is
//!   pipelined, so what only two appends on one link can bring about is not found;
//! - no timers: a leader probes a follower when their link is idle and the probe or its answer would change something, and
//!   a promotion may run out of time at any moment;
//! - a node may take its leader to be gone at any moment, and stands at once: to ask first whether it would be elected
//!   only keeps it from standing;
//! - customers and gateway have no messages of their own: a booking reaches a leader the moment that it is asked for, and
//!   a promise begins when the answer leaves. As it may be asked for at any moment and at any node that takes requests,
//!   no order of events is lost;
//! - the control plane hears at once what nodes tell it: whatever else could come first can come first before it is told,
//!   and its own orders take their time;
//! - what would only be refused changes nothing and is left out: a booking at a node that takes none, a promotion that is
//!   not provably safe;
//! - a message that its receiver would make nothing of, now or at any later time, is forgotten at once;
//! - a promotion that runs out of time is refused, which is left out where none could be asked for afterwards;
//! - bookings are asked for in one order: they differ in name alone; reads come after some promise, for before it there is
//!   nothing that they could miss;
//! - there are no leases, which are nothing without time; a gateway that checks terms knows each new one at once;
//! - no log is compacted: every one keeps what it was given;
//! - nobody pauses: a paused node is one to which nothing happens for a while.
//!
//! Two states count as one if they differ in time, names of messages, what customers heard, or records alone.

use super::{Happening, Machine, Occurrence, Step, World};
use crate::replication::{Consistency, Flow, Input, Message, Node, NodeId, Order, Send, Switch};
use crate::simulation::agenda::Due;
use crate::simulation::network::{Envelope, Payload};
use crate::simulation::{Action, Budgets, ClusterConfig, Phase, Place, Promotion, ReadTicket, Record};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// What a world without time keeps in mind besides.
#[derive(Clone, Debug)]
pub struct Untimed {
    /// What may still happen.
    left: Budgets,
    /// How many bookings were asked for.
    asked: u8,
    /// How many reads.
    read: u8,
}

impl World {
    /// The cluster as the story finds it, in a world without time.
    #[must_use]
    pub fn untimed(config: ClusterConfig, budgets: Budgets) -> Self {
        let switches = config.switches.set(Switch::Lease, false);
        let mut limits = config.limits;
        limits.flow.retain = limits.flow.retain.max(Flow::default().retain);
        let mut world = Self::new(ClusterConfig { pipeline: false, shards: 1, switches, limits, ..config });
        world.agenda = super::Agenda::new();
        world.untimed = Some(Untimed { left: budgets, asked: 0, read: 0 });
        world
    }

    /// Everything that can happen next.
    pub(super) fn possible(&self, untimed: &Untimed) -> Vec<Step> {
        let waiting = self.waiting();
        let mut steps = Vec::with_capacity(16);
        steps.extend(firsts(&waiting).map(|(due, _)| Step::Due(due)));
        let happens = |what: &Happening| match what {
            Happening::Deliver(_) => false,
            Happening::PromotionDeadline(_) => self.deadline_matters(&untimed.left),
            _ => true,
        };
        steps.extend(waiting.iter().filter(|(_, what)| happens(what)).map(|(due, _)| Step::Due(*due)));
        self.probes(&waiting, &mut steps);
        let between_nodes = || firsts(&waiting).filter(|(_, envelope)| is_peer(envelope)).map(|(due, _)| due);
        if untimed.left.losses > 0 {
            steps.extend(between_nodes().map(Step::Lose));
        }
        if untimed.left.duplicates > 0 {
            steps.extend(between_nodes().map(Step::Duplicate));
        }
        if untimed.left.overtakings > 0 {
            steps.extend(between_nodes().map(Step::Overtake));
        }
        if untimed.left.elections > 0 && self.elects() {
            let nodes = self.machines.iter().filter_map(|machine| machine.node.as_ref());
            steps.extend(nodes.filter(|node| node.leading().is_none()).map(|node| Step::Stand(node.id())));
        }
        self.budgeted(untimed, &mut steps);
        steps
    }

    /// What waits to happen, in the order in which it came about. What does not count any more is forgotten with each step.
    fn waiting(&self) -> Vec<(Due, &Happening)> {
        let mut waiting: Vec<(Due, &Happening)> = Vec::new();
        for (due, happening) in self.agenda.iter() {
            waiting.insert(waiting.partition_point(|(other, _)| *other < due), (due, happening));
        }
        waiting
    }

    /// The messages on their way, the disks at work, and the promotion that can run out of time, in the order in which they
    /// came about.
    #[must_use]
    pub fn pending(&self) -> Vec<(Due, Occurrence)> {
        let occurrence = |happening: &Happening| match happening {
            Happening::Deliver(envelope) => Some(Occurrence::Message { from: envelope.from, to: envelope.to }),
            Happening::WriteDone { node, .. } => Some(Occurrence::Written(*node)),
            Happening::PromotionDeadline(_) => Some(Occurrence::Deadline),
            _ => None,
        };
        self.waiting().into_iter().filter_map(|(due, happening)| Some((due, occurrence(happening)?))).collect()
    }

    fn still_counts(&self, happening: &Happening) -> bool {
        match happening {
            Happening::WriteDone { node, starts } => {
                self.machine(*node).node.is_some() && self.machine(*node).starts == *starts
            }
            Happening::PromotionDeadline(promotion) => {
                self.control.promotion.is_some() && self.control.promotions == *promotion
            }
            Happening::Deliver(envelope) => self.matters(envelope),
            _ => true,
        }
    }

    /// A promotion that runs out of time is refused, which matters if another may be asked for; one by force goes ahead.
    fn deadline_matters(&self, left: &Budgets) -> bool {
        left.promotions + left.switchovers + left.forced > 0
            || self.control.promotion.as_ref().is_some_and(|promotion| promotion.force)
    }

    /// A leader probes a follower when nothing is on its way between them.
    fn probes(&self, waiting: &[(Due, &Happening)], steps: &mut Vec<Step>) {
        let nodes = || self.machines.iter().filter_map(|machine| machine.node.as_ref());
        for leader in nodes().filter(|node| node.leading().is_some()) {
            for follower in nodes().filter(|node| node.id() != leader.id()) {
                let (here, there) = (Place::Node(leader.id()), Place::Node(follower.id()));
                let busy = |what: &Happening| match what {
                    Happening::Deliver(envelope) => {
                        [(here, there), (there, here)].contains(&(envelope.from, envelope.to))
                    }
                    _ => false,
                };
                if self.network.passes(here, there)
                    && leader.probe_would_change(follower)
                    && !waiting.iter().any(|(_, what)| busy(what))
                    && !will_write_to(self.machine(follower.id()), leader.id())
                {
                    steps.push(Step::Probe { leader: leader.id(), follower: follower.id() });
                }
            }
        }
    }

    fn budgeted(&self, untimed: &Untimed, steps: &mut Vec<Step>) {
        let left = untimed.left;
        let promised = self.promises.all().next().is_some();
        let ids = || NodeId::all(self.config.replicas);
        let mut act = |budget: u8, action: Action| steps.extend((budget > 0).then_some(Step::Act(action)));
        for id in ids() {
            let machine = self.machine(id);
            let leads = machine.node.as_ref().is_some_and(Node::takes_requests);
            if left.writes > 0 && leads {
                act(1, left.booking(untimed.asked + 1, id));
            }
            if machine.node.is_none() {
                act(left.restarts, Action::Restart(id));
                continue;
            }
            if promised {
                act(left.local_reads, left.read(untimed.read + 1, id, Consistency::Local));
            }
            if promised && leads {
                act(left.leader_reads, left.read(untimed.read + 1, id, Consistency::Leader));
            }
            act(left.crashes, Action::Crash(id));
            act(left.lost_disks, Action::LoseDisk(id));
            if self.control.promotion.is_none() && self.may_lead_next(id) {
                let promote = Action::Promote { node: id, force: false };
                if self.would_hand_over(id).is_some() {
                    act(left.switchovers, promote);
                } else if left.promotions > 0 && self.present_verdict(id).is_safe() {
                    act(1, promote);
                }
                act(left.forced, Action::Promote { node: id, force: true });
            }
        }
        for (a, b) in ids().flat_map(|a| ids().map(move |b| (a, b))).filter(|(a, b)| a != b) {
            let open = |a, b| self.network.passes(Place::Node(a), Place::Node(b));
            if a < b && (open(a, b) || open(b, a)) {
                act(left.cuts, Action::Cut { from: a, to: b, both: true });
            }
            if open(a, b) {
                act(left.one_way_cuts, Action::Cut { from: a, to: b, both: false });
            }
            if a < b && !(open(a, b) && open(b, a)) {
                act(left.heals, Action::Heal(Some((a, b))));
            }
        }
    }

    /// Whether asking for this node can come to anything.
    fn may_lead_next(&self, id: NodeId) -> bool {
        self.leader().is_none_or(|leader| leader.id() != id)
            && self.network.passes(Place::ControlPlane, Place::Node(id))
    }

    /// A node's time-out is over.
    pub(super) fn stand_within_budget(&mut self, node: NodeId, records: &mut Vec<Record>) {
        if let Some(untimed) = &mut self.untimed {
            untimed.left.elections -= 1;
        }
        self.step_node(node, Input::Order(Order::Stand), records);
    }

    /// Pays for an action, and has it.
    pub(super) fn act_within_budget(&mut self, action: Action, records: &mut Vec<Record>) {
        let promotions = self.control.promotions;
        self.act(action, records);
        let hands_over = matches!(&self.control.promotion, Some(Promotion { phase: Phase::HandingOver { .. }, .. }));
        let refused = matches!(action, Action::Promote { .. }) && self.control.promotions == promotions;
        let Some(untimed) = &mut self.untimed else { return };
        if let Some(left) = untimed.left.of(&action, hands_over).filter(|_| !refused) {
            *left -= 1;
        }
        untimed.asked += u8::from(matches!(action, Action::Request { .. }));
        untimed.read += u8::from(matches!(action, Action::Read { .. }));
    }

    /// A message between nodes goes astray, or comes once more, or comes after all others on its way.
    pub(super) fn meddle(&mut self, step: Step) {
        let (Step::Lose(due) | Step::Duplicate(due) | Step::Overtake(due)) = step else { return };
        let happening = match step {
            Step::Duplicate(_) => self.agenda.iter().find(|(other, _)| *other == due).map(|(_, what)| what.clone()),
            _ => self.agenda.take(due),
        };
        let (Some(happening), Some(Untimed { left, .. })) = (happening, &mut self.untimed) else { return };
        match step {
            Step::Lose(_) => return left.losses -= 1,
            Step::Duplicate(_) => left.duplicates -= 1,
            _ => left.overtakings -= 1,
        }
        self.agenda.add(due.at, happening);
    }

    /// Puts a message on its way, to arrive at some time.
    pub(super) fn send_some_time(&mut self, from: Place, to: Place, payload: Payload) {
        if let (Payload::Reply { request, answer }, Place::Gateway) = (&payload, to) {
            self.gateway.heard(*request, *answer, self.now);
        }
        let of_customers = |place| matches!(place, Place::Customers | Place::Gateway);
        if of_customers(from) || of_customers(to) || !self.network.passes(from, to) {
            return;
        }
        let (sent_at, due_at) = (self.now, self.now);
        let (id, term) = (0, 0);
        let envelope = Envelope { id, from, to, payload, routine: true, term, sent_at, due_at, doomed: false };
        self.agenda.add(self.now, Happening::Deliver(Arc::new(envelope)));
    }

    /// Has the control plane hear at once what it is told, and forgets what can change nothing any more.
    pub(super) fn settle(&mut self, records: &mut Vec<Record>) {
        loop {
            let at_once = |happening: &Happening| match happening {
                Happening::Deliver(envelope) => envelope.to == Place::ControlPlane,
                _ => false,
            };
            let first = self.agenda.iter().filter(|(_, what)| at_once(what)).map(|(due, _)| due).min();
            let Some(due) = first else { break };
            if let Some(happening) = self.agenda.take(due) {
                self.happen(happening, records);
            }
        }
        let past: Vec<Due> =
            self.agenda.iter().filter(|(_, happening)| !self.still_counts(happening)).map(|(due, _)| due).collect();
        past.into_iter().for_each(|due| drop(self.agenda.take(due)));
    }

    /// Whether a message can still change anything at its receiver, now or when it runs again.
    fn matters(&self, envelope: &Envelope) -> bool {
        let Place::Node(to) = envelope.to else { return true };
        let machine = self.machine(to);
        match (&machine.node, &envelope.payload) {
            (Some(node), Payload::Peer(message)) => !node.is_past(message),
            (Some(node), Payload::Order(order)) => !node.is_past_order(order),
            // Once it runs again, it leads nobody, and campaigns for nothing.
            (None, Payload::Peer(Message::Append(_) | Message::Adopt { .. } | Message::AskVote(_))) => true,
            (None, Payload::Peer(Message::NewerTerm { term })) => *term > machine.disk.durable.term,
            (None, Payload::Order(order)) => matches!(order, Order::Campaign { .. }),
            (None, Payload::Peer(_)) => false,
            _ => true,
        }
    }
}

fn is_peer(envelope: &Envelope) -> bool {
    matches!((envelope.from, envelope.to), (Place::Node(_), Place::Node(_)))
}

/// The first message of each connection.
fn firsts<'a>(waiting: &'a [(Due, &'a Happening)]) -> impl Iterator<Item = (Due, &'a Envelope)> {
    let mut seen = 0_u64;
    waiting.iter().filter_map(move |(due, happening)| {
        let Happening::Deliver(envelope) = happening else { return None };
        let connection = 1 << (place_number(envelope.from) * 8 + place_number(envelope.to));
        let first = seen & connection == 0;
        seen |= connection;
        first.then_some((*due, &**envelope))
    })
}

fn place_number(place: Place) -> u32 {
    match place {
        Place::Customers => 0,
        Place::Gateway => 1,
        Place::ControlPlane => 2,
        Place::Node(node) => 3 + u32::from(node.0),
    }
}

/// Whether a node will tell another something once its disk is done.
fn will_write_to(machine: &Machine, to: NodeId) -> bool {
    machine.disk.held_back().any(|send| matches!(send, Send::Peer { to: receiver, .. } if *receiver == to))
}

/// What tells two states of a world without time apart.
impl Hash for World {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { machines, network, control, promises, checker, reads, office_starts, untimed, .. } = self;
        for Machine { node, disk, starts, .. } in machines {
            (node, disk, starts).hash(state);
        }
        network.hash(state);
        control.hash(state);
        promises.hash(state);
        (checker, office_starts).hash(state);
        for ReadTicket { read, verdict, .. } in reads.tickets().iter() {
            (read, verdict.as_ref().map(|verdict| (verdict.fresh, verdict.applied, verdict.unseen))).hash(state);
        }
        if let Some(Untimed { left, asked, read }) = untimed {
            (left, asked, read).hash(state);
        }
        let mut flights: Vec<_> = self.waiting();
        flights.retain(|(_, happening)| matches!(happening, Happening::Deliver(_)));
        let connection = |happening: &Happening| match happening {
            Happening::Deliver(envelope) => place_number(envelope.from) * 8 + place_number(envelope.to),
            _ => 0,
        };
        // Stable, so that the messages of one connection stay in order.
        flights.sort_by_key(|(_, happening)| connection(happening));
        for (_, happening) in flights {
            if let Happening::Deliver(envelope) = happening {
                (connection(happening), &envelope.payload).hash(state);
            }
        }
    }
}
