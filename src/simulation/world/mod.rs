//! The world: nodes, disks, network, gateway and control plane, stepped one event at a time.
//!
//! Files: `machine` is a node with its disk, `happen` makes due events happen, `act` does what a script or a learner
//! wants, `electing` draws election time-outs, `fencing` configures nodes and has the gateway check terms, `promotion` is
//! what the control plane does, `promising` keeps the ledger of promises, `reading` that of reads, `loading` is customers
//! who come by themselves and processors at work, `forgetting` drops what is of no account any more, `opening` is what the
//! story begins with, `posting` keeps a book of messages, `seen` is what can be seen, `shards` is a second one of everything, `untimed` is the world in which
//! anything that can happen may happen next.

mod act;
mod electing;
mod fencing;
mod forgetting;
mod happen;
mod lagging;
mod loading;
mod machine;
mod meddling;
mod opening;
mod posting;
mod promising;
mod promotion;
mod reading;
mod seen;
mod shards;
mod step;
mod untimed;

pub use lagging::{Lag, Objective};
pub use machine::Machine;
pub use opening::FIRST_NEW_INDEX;
pub use posting::Posting;
pub use step::{Occurrence, Step};

use super::agenda::{Agenda, Due};
use super::control_plane::ControlPlane;
use super::disk::DiskUnit;
use super::gateway::Gateway;
use super::link::{Journey, size};
use super::network::{Envelope, LossReason, Network, Payload};
use super::promises::Promises;
use super::{Checker, ClusterConfig, Cpu, Event, Load, Measures, Micros, Place, Reads, Record};
use crate::replication::{Disk, Index, Input, Message, Node, NodeId, Output, Period, Send, Table, Timer};
use electing::ElectionClock;
use happen::Happening;
use litemap::LiteMap;
use opening::{FIRST_TERM, opening_log};
use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;
use std::sync::Arc;
use untimed::Untimed;

/// How often a leader is heard at least.
const HEARTBEAT: Micros = Micros::from_millis(50);

/// How long an fsync takes until a script says otherwise.
const FSYNC: Micros = Micros::from_millis(2);

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
    load: Load,
    measures: Measures,
    /// When each entry of the log was appended by its leader, for the lag in time.
    appended_at: Table<(Index, Micros)>,
    /// When an older leader appended an entry where a newer one had appended before.
    appended_late: Table<(Index, Micros)>,
    /// How near nodes are wanted.
    objectives: LiteMap<NodeId, Objective>,
    /// What the last leader knew of its followers when it went down.
    last_matched: Vec<(NodeId, Index)>,
    /// Elections that the control plane has not heard of, and what the leader's log ended with when it took office.
    elected: Vec<(Period, Index)>,
    /// How often the leader of the highest term had started when it took office.
    office_starts: u32,
    /// Something happened that can change how a promise stands.
    promises_stirred: bool,
    /// Room for what the node that is being stepped wants done.
    outputs: Room,
    /// Time does not count.
    untimed: Option<Untimed>,
    /// What came of messages since somebody looked, if anybody does.
    book: Option<Vec<Posting>>,
    /// The other shard, if there is one.
    other_shard: Option<Box<World>>,
}

/// Room for outputs, used again and again: empty between steps, so that a copy has nothing to take over.
#[derive(Debug, Default)]
struct Room(Vec<Output>);

impl Clone for Room {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl World {
    /// One shard. Its events are numbered from `first_event` on.
    fn shard(config: ClusterConfig, first_event: u64) -> Self {
        let (log, leader) = (opening_log(), NodeId::MD_DB_4);
        let last = log.last().index;
        let mut world = Self {
            config,
            now: Micros(0),
            messages: 0,
            generator: Xoshiro256PlusPlus::seed_from_u64(config.seed),
            agenda: Agenda::after(first_event),
            machines: Vec::new(),
            network: Network::new(config.replicas),
            gateway: Gateway::new(leader, FIRST_TERM),
            control: ControlPlane::new(leader, FIRST_TERM, config.ack, config.sync, last, config.replicas),
            promises: Promises::default(),
            reads: Reads::new(config.reads),
            checker: Checker::new(leader, &log),
            timeout: config.timeout,
            load: Load::new(config.seed, config.limits),
            measures: Measures::new(),
            appended_at: Table::new(),
            appended_late: Table::new(),
            objectives: LiteMap::new(),
            last_matched: Vec::new(),
            elected: Vec::new(),
            office_starts: 1,
            promises_stirred: false,
            outputs: Room::default(),
            untimed: None,
            book: None,
            other_shard: None,
        };
        for id in NodeId::all(config.replicas) {
            let disk = Disk { term: FIRST_TERM, vote: None, log: log.clone(), lost: false };
            let mut node = Node::recover(id, config.replicas, &disk, 1);
            node.set_limits(config.limits);
            let mut outputs = node.settle(leader, config.ack, config.sync);
            if !config.pipeline {
                node.keep_in_step();
            }
            let disk = DiskUnit::new(disk, FSYNC);
            world.machines.push(Machine {
                node: Some(node),
                disk,
                cpu: Cpu::default(),
                starts: 1,
                rolled_back: Arc::default(),
                paused: false,
                backlog: Vec::new(),
                timers: LiteMap::new(),
                election: ElectionClock::default(),
            });
            world.carry_out(id, &mut outputs, &mut Vec::new());
        }
        world.control.switches = config.switches;
        world.configure_all(&mut Vec::new());
        world
    }

    /// What can happen next, the first due first. Actions can be taken at any time.
    #[must_use]
    pub fn enabled(&self) -> Vec<Step> {
        if let Some(untimed) = &self.untimed {
            return self.possible(untimed);
        }
        let mut due: LiteMap<Due, ()> = LiteMap::new();
        for (when, _) in self.shards().flat_map(|shard| shard.agenda.iter()) {
            due.insert(when, ());
        }
        due.keys().copied().map(Step::Due).collect()
    }

    /// Makes one step happen, and tells what came of it.
    pub fn take(&mut self, step: Step, records: &mut Vec<Record>) {
        match step {
            Step::Due(due) if self.take_elsewhere(due, records) => {}
            Step::Due(due) => {
                if let Some(happening) = self.agenda.take(due) {
                    self.measure_until(due.at);
                    self.now = self.now.max(due.at);
                    self.happen(happening, records);
                }
            }
            Step::Act(action) if self.untimed.is_some() => self.act_within_budget(action, records),
            Step::Act(action) => self.act(action, records),
            Step::Probe { leader, follower } => self.step_node(leader, Input::Probe(follower), records),
            Step::Stand(node) => self.stand_within_budget(node, records),
            Step::Lose(_) | Step::Duplicate(_) | Step::Overtake(_) => self.meddle(step),
        }
        if self.untimed.is_some() {
            self.settle(records);
        }
        self.review_promises(records);
        self.review_objectives(records);
    }

    /// What is due first, and when.
    #[must_use]
    pub fn next_due(&self) -> Option<(Due, Micros)> {
        self.shards().filter_map(|shard| shard.agenda.first()).min().map(|due| (due, due.at))
    }

    /// Lets the clock show a later moment at which nothing happens.
    pub fn wait_until(&mut self, moment: Micros) {
        self.measure_until(moment);
        self.now = self.now.max(moment);
        if let Some(other) = &mut self.other_shard {
            other.wait_until(moment);
        }
    }

    /// Schedules something, if it ever happens here. What it can be taken out by.
    fn schedule(&mut self, at: Micros, happening: Happening) -> Due {
        let at = match self.untimed {
            Some(_) if happening.needs_time() => return Due::default(),
            Some(_) => self.now,
            None => at,
        };
        self.agenda.add(at, happening)
    }

    fn record(&self, place: Option<Place>, event: Event, records: &mut Vec<Record>) {
        if self.untimed.is_some() {
            return;
        }
        let term = match place {
            Some(Place::Node(node)) => Some(self.machines[node.slot()].term()),
            _ => None,
        };
        records.push(Record { at: self.now, place, term, event });
    }

    /// Puts a message on its way, or loses it where the connection is cut.
    fn send(&mut self, from: Place, to: Place, payload: Payload, routine: bool, records: &mut Vec<Record>) {
        if self.untimed.is_some() {
            return self.send_some_time(from, to, payload);
        }
        if !routine {
            self.record(Some(from), Event::Sent { to, payload: payload.clone() }, records);
        }
        if !self.network.passes(from, to) {
            self.book_stopped(from, to, &payload, routine);
            if !routine {
                self.record(None, Event::Lost { from, to, payload, because: LossReason::Cut }, records);
            }
            return;
        }
        if let Place::Node(node) = from {
            let (from, to) = self.machines[node.slot()].cpu.send(1, self.now);
            self.measures.busy(node, from, to);
            if let Payload::Peer(Message::Append(append)) = &payload
                && !append.entries.is_empty()
            {
                self.measures.sent(node, append.entries.len());
            }
        }
        let journey = self.network.send(from, to, size(&payload), self.now, &mut self.generator);
        self.messages += 1;
        self.forget_now_and_then();
        let (id, sent_at) = (self.messages, self.now);
        let term = match from {
            Place::Node(node) => self.machines[node.slot()].term(),
            _ => 0,
        };
        if !routine {
            self.tell_straying(from, to, &payload, journey, records);
        }
        let (due_at, doomed) = (journey.due, journey.lost);
        let envelope = Envelope { id, from, to, payload, routine, term, sent_at, due_at, doomed };
        if let Some(due_at) = journey.again {
            self.messages += 1;
            let once_more = Envelope { id: self.messages, due_at, doomed: false, ..envelope.clone() };
            self.dispatch(Arc::new(once_more));
        }
        self.dispatch(Arc::new(envelope));
    }

    fn tell_straying(&self, from: Place, to: Place, payload: &Payload, journey: Journey, records: &mut Vec<Record>) {
        for (strays, twice) in [(journey.astray, false), (journey.again.is_some(), true)] {
            if strays {
                self.record(None, Event::Strayed { from, to, payload: payload.clone(), twice }, records);
            }
        }
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
            self.book_end(envelope.id, Some(*because));
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
                    if self.promises_at_once(id) {
                        self.note_promise(id, request, answer, records);
                    }
                    self.send(place, Place::Gateway, Payload::Reply { request, answer }, true, records);
                }
                Output::AnswerRead { read, answer } => self.read_answered(id, read, answer, records),
                Output::Event(event) => self.note(id, event, records),
            }
        }
    }

    fn set_timer(&mut self, node: NodeId, timer: Timer) {
        match timer {
            Timer::Heartbeat => self.schedule_timer(node, timer, self.now + HEARTBEAT),
            Timer::Election => self.set_election_timer(node),
        }
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
            Send::Announce { notice, routine } => {
                let (node, term) = (id, self.machine(id).term());
                self.send(from, Place::ControlPlane, Payload::Notice(notice), routine, records);
                self.send(from, Place::Gateway, Payload::Leader { node, term }, routine, records);
            }
        }
    }

    /// Keeps book of what a node did, and has the checker look at it.
    fn note(&mut self, id: NodeId, event: crate::replication::Event, records: &mut Vec<Record>) {
        use crate::replication::Event as Did;
        match &event {
            Did::Appended { entries, from: None } => {
                entries.iter().for_each(|entry| self.note_appended(id, entry.index));
            }
            Did::RolledBack { entries, .. } => {
                Arc::make_mut(&mut self.machines[id.slot()].rolled_back).extend(entries.iter());
                self.promises_stirred = true;
            }
            Did::BecameLeader => {
                self.note_election(id);
                self.promises_stirred = true;
                self.last_matched.clear();
                let machine = &self.machines[id.slot()];
                if machine.term() >= self.deciding().0 {
                    self.office_starts = machine.starts;
                }
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
