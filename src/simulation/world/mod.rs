//! The world: nodes, disks, network, gateway and control plane, stepped one event at a time.
//!
//! Files: `machine` is a node with its disk, `happen` makes due events happen, `act` does what a script or a learner wants, `promotion` is what the
//! control plane does, `promising` keeps the ledger of promises, `reading` that of reads, `forgetting` drops
//! what is of no account any more, `opening` is what the story begins with.

mod act;
mod forgetting;
mod happen;
mod machine;
mod opening;
mod promising;
mod promotion;
mod reading;

pub use machine::Machine;
pub use opening::FIRST_NEW_INDEX;

use super::agenda::{Agenda, Due};
use super::control_plane::ControlPlane;
use super::disk::DiskUnit;
use super::gateway::Gateway;
use super::network::{Envelope, LossReason, Network, Payload};
use super::promises::Promises;
use super::{Action, Checker, ClusterConfig, Event, Micros, Place, Reads, Record};
use crate::replication::{Disk, Index, Node, NodeId, Output, Send, Table, Term, Timer};
use happen::Happening;
use litemap::LiteMap;
use opening::{FIRST_TERM, opening_log};
use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;
use std::rc::Rc;

/// How often a leader is heard at least.
const HEARTBEAT: Micros = Micros::from_millis(50);

/// How long an fsync takes until a script says otherwise.
const FSYNC: Micros = Micros::from_millis(2);

/// One step of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Something that is due.
    Due(Due),
    /// Something that is done to the world.
    Act(Action),
}

/// The whole simulated world at one moment.
#[derive(Clone, Debug)]
pub struct World {
    config: ClusterConfig,
    now: Micros,
    messages: u64,
    generator: Xoshiro256PlusPlus,
    agenda: Agenda<Happening>,
    machines: Vec<Machine>,
    network: Network,
    gateway: Gateway,
    control: ControlPlane,
    promises: Promises,
    reads: Reads,
    checker: Checker,
    timeout: Micros,
    /// When each entry of the log was appended by its leader, for the lag in time.
    appended_at: Table<(Index, Micros)>,
    /// What the last leader knew of its followers when it went down.
    last_matched: Vec<(NodeId, Index)>,
    /// Something happened that can change how a promise stands.
    promises_stirred: bool,
    /// What the node that is being stepped wants done; empty between steps.
    outputs: Vec<Output>,
}

impl World {
    /// The cluster as the story finds it: at rest, every entry committed and applied everywhere.
    #[must_use]
    pub fn new(config: ClusterConfig) -> Self {
        let (log, leader) = (opening_log(), NodeId::MD_DB_4);
        let last = log.last().index;
        let mut world = Self {
            config,
            now: Micros(0),
            messages: 0,
            generator: Xoshiro256PlusPlus::seed_from_u64(config.seed),
            agenda: Agenda::new(),
            machines: Vec::new(),
            network: Network::new(config.replicas),
            gateway: Gateway::new(leader, FIRST_TERM),
            control: ControlPlane::new(leader, FIRST_TERM, config.ack, config.sync, last, config.replicas),
            promises: Promises::default(),
            reads: Reads::new(config.reads),
            checker: Checker::new(leader, log.last()),
            timeout: config.timeout,
            appended_at: Table::new(),
            last_matched: Vec::new(),
            promises_stirred: false,
            outputs: Vec::new(),
        };
        for id in NodeId::all(config.replicas) {
            let disk = Disk { term: FIRST_TERM, log: log.clone() };
            let mut node = Node::recover(id, config.replicas, &disk, 1);
            let mut outputs = node.settle(leader, config.ack, config.sync);
            let disk = DiskUnit::new(disk, FSYNC);
            world.machines.push(Machine {
                node: Some(node),
                disk,
                starts: 1,
                rolled_back: Rc::default(),
                paused: false,
                backlog: Vec::new(),
                timers: LiteMap::new(),
            });
            world.carry_out(id, &mut outputs, &mut Vec::new());
        }
        world
    }

    /// What can happen next, the first due first. Actions can be taken at any time.
    #[must_use]
    pub fn enabled(&self) -> Vec<Step> {
        let mut due: LiteMap<Due, ()> = LiteMap::new();
        for (when, _) in self.agenda.iter() {
            due.insert(when, ());
        }
        due.keys().copied().map(Step::Due).collect()
    }

    /// Makes one step happen, and tells what came of it.
    pub fn take(&mut self, step: Step, records: &mut Vec<Record>) {
        match step {
            Step::Due(due) => {
                if let Some(happening) = self.agenda.take(due) {
                    self.now = self.now.max(due.at);
                    self.happen(happening, records);
                }
            }
            Step::Act(action) => self.act(action, records),
        }
        self.review_promises(records);
    }

    /// What is due first, and when.
    #[must_use]
    pub fn next_due(&self) -> Option<(Due, Micros)> {
        self.agenda.first().map(|due| (due, due.at))
    }

    /// Lets the clock show a later moment at which nothing happens.
    pub fn wait_until(&mut self, moment: Micros) {
        self.now = self.now.max(moment);
    }

    fn schedule(&mut self, at: Micros, happening: Happening) {
        self.agenda.add(at, happening);
    }

    fn record(&self, place: Option<Place>, event: Event, records: &mut Vec<Record>) {
        let term = match place {
            Some(Place::Node(node)) => Some(self.machines[node.slot()].term()),
            _ => None,
        };
        records.push(Record { at: self.now, place, term, event });
    }

    /// Puts a message on its way, or loses it where the connection is cut.
    fn send(&mut self, from: Place, to: Place, payload: Payload, routine: bool, records: &mut Vec<Record>) {
        if !routine {
            self.record(Some(from), Event::Sent { to, payload: payload.clone() }, records);
        }
        if !self.network.passes(from, to) {
            if !routine {
                self.record(None, Event::Lost { from, to, payload, because: LossReason::Cut }, records);
            }
            return;
        }
        let (due_at, doomed) = self.network.draw(from, to, self.now, &mut self.generator);
        self.messages += 1;
        self.forget_now_and_then();
        let (id, sent_at) = (self.messages, self.now);
        let envelope = Envelope { id, from, to, payload, routine, sent_at, due_at, doomed };
        self.schedule(due_at, Happening::Deliver(Rc::new(envelope)));
    }

    /// Loses every message on its way that `lost` names a reason for.
    fn lose_flights(&mut self, lost: impl Fn(&Envelope) -> Option<LossReason>, records: &mut Vec<Record>) {
        let mut doomed: LiteMap<Due, LossReason> = LiteMap::new();
        for (due, happening) in self.agenda.iter() {
            if let Happening::Deliver(envelope) = happening
                && let Some(because) = lost(envelope)
            {
                doomed.insert(due, because);
            }
        }
        for (due, because) in doomed.iter() {
            let Some(Happening::Deliver(envelope)) = self.agenda.take(*due) else { continue };
            if !envelope.routine {
                let (from, to, payload) = (envelope.from, envelope.to, envelope.payload.clone());
                self.record(None, Event::Lost { from, to, payload, because: *because }, records);
            }
        }
    }

    /// Does what a node wants done, in order.
    fn carry_out(&mut self, id: NodeId, outputs: &mut Vec<Output>, records: &mut Vec<Record>) {
        let place = Place::Node(id);
        for output in outputs.drain(..) {
            match output {
                Output::Send(send) => self.send_for(id, send, records),
                Output::Persist { write, then } => {
                    let machine = &mut self.machines[id.slot()];
                    let starts = machine.starts;
                    if let Some(done) = machine.disk.submit(write, then, self.now) {
                        self.schedule(done, Happening::WriteDone { node: id, starts });
                    }
                }
                Output::SetTimer(timer) => self.set_timer(id, timer),
                Output::Answer { request, answer } => {
                    self.record(Some(place), Event::Answered { request, answer }, records);
                    self.note_promise(id, request, answer, records);
                    self.send(place, Place::Gateway, Payload::Reply { request, answer }, true, records);
                }
                Output::AnswerRead { read, answer } => self.read_answered(id, read, answer, records),
                Output::Event(event) => self.note(id, event, records),
            }
        }
    }

    fn set_timer(&mut self, node: NodeId, timer: Timer) {
        let setting = self.machines[node.slot()].timers.entry(timer).or_insert(0);
        *setting += 1;
        let setting = *setting;
        let span = match timer {
            Timer::Heartbeat => HEARTBEAT,
        };
        self.schedule(self.now + span, Happening::Timer { node, timer, setting });
    }

    fn send_for(&mut self, id: NodeId, send: Send, records: &mut Vec<Record>) {
        let from = Place::Node(id);
        match send {
            Send::Peer { to, message, routine } => {
                self.send(from, Place::Node(to), Payload::Peer(message), routine, records);
            }
            Send::ControlPlane(notice) => {
                self.send(from, Place::ControlPlane, Payload::Notice(notice), false, records);
            }
        }
    }

    /// Keeps book of what a node did, and has the checker look at it.
    fn note(&mut self, id: NodeId, event: crate::replication::Event, records: &mut Vec<Record>) {
        use crate::replication::Event as Did;
        match &event {
            Did::Appended { entries, from: None } => {
                for entry in entries.iter() {
                    self.appended_at.insert((entry.index, self.now));
                }
            }
            Did::RolledBack { entries, .. } => {
                Rc::make_mut(&mut self.machines[id.slot()].rolled_back).extend(entries.iter());
                self.promises_stirred = true;
            }
            Did::BecameLeader => {
                self.promises_stirred = true;
                self.last_matched.clear();
            }
            _ => {}
        }
        let node = self.machines[id.slot()].node.as_ref();
        let violation = node.and_then(|node| self.checker.watch(node, &event));
        self.record(Some(Place::Node(id)), Event::Node(event), records);
        if let Some(violation) = violation {
            self.record(None, Event::Violated(violation), records);
        }
    }
}

/// What can be seen of the world.
impl World {
    /// The clock.
    #[must_use]
    pub fn now(&self) -> Micros {
        self.now
    }

    /// The configuration that the run started from.
    #[must_use]
    pub fn config(&self) -> &ClusterConfig {
        &self.config
    }

    /// Every node with its disk.
    #[must_use]
    pub fn machines(&self) -> &[Machine] {
        &self.machines
    }

    /// One node with its disk.
    #[must_use]
    pub fn machine(&self, node: NodeId) -> &Machine {
        &self.machines[node.slot()]
    }

    /// The connections.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The gateway.
    #[must_use]
    pub fn gateway(&self) -> &Gateway {
        &self.gateway
    }

    /// The control plane.
    #[must_use]
    pub fn control(&self) -> &ControlPlane {
        &self.control
    }

    /// The promises.
    #[must_use]
    pub fn promises(&self) -> &Promises {
        &self.promises
    }

    /// The reads.
    #[must_use]
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// The checker.
    #[must_use]
    pub fn checker(&self) -> &Checker {
        &self.checker
    }

    /// The messages on their way, in no particular order.
    pub fn flights(&self) -> impl Iterator<Item = &Envelope> {
        self.agenda.iter().filter_map(|(_, happening)| match happening {
            Happening::Deliver(envelope) => Some(&**envelope),
            _ => None,
        })
    }

    /// The highest term that any leader held, and that leader: it decides what became of promises.
    #[must_use]
    pub fn deciding(&self) -> (Term, NodeId) {
        self.checker.latest_leader().unwrap_or((FIRST_TERM, NodeId::MD_DB_4))
    }

    /// The node that runs and leads in the highest term.
    #[must_use]
    pub fn leader(&self) -> Option<&Node> {
        let (term, node) = self.deciding();
        self.machine(node).node.as_ref().filter(|node| node.term() == term && node.leading().is_some())
    }

    /// What the last leader knew to be on a follower's disk when it went down.
    #[must_use]
    pub fn last_matched(&self, node: NodeId) -> Option<Index> {
        self.last_matched.iter().find(|(known, _)| *known == node).map(|(_, index)| *index)
    }

    /// When a leader appended the entry at an index; nothing if the story began with it.
    #[must_use]
    pub fn appended_at(&self, index: Index) -> Option<Micros> {
        self.appended_at.get(index).map(|(_, at)| *at)
    }
}
