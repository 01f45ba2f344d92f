//! One node of the shard, as a pure state machine: [`Node::step`] takes one input and says what is to be done.
//!
//! The protocol in short. The leader of the highest term assigns indexes. It sends entries to each follower together
//! with the position before them; a follower that holds that position takes the entries in, drops what conflicts, and
//! reports once they are on disk. The leader commits what the commit rule demands, counting entries of its own term
//! only (Raft, section 5.4.2), applies it, and answers. A node adopts any newer term that it hears of and turns older
//! ones away. Who leads next is the control plane's verdict: a node that is told to campaign makes its term durable,
//! has the others do the same, passes their reports on, and leads only when told so.
//!
//! What must come before what is part of the outputs: whatever stands in `Persist { then }` is sent after the write.
//!
//! Files: `requests` assigns indexes, `follower` takes entries in, `leader` commits them, `rounds` tells it that it leads
//! still, `snapshots` compacts logs and carries snapshots, `reading` answers reads, `terms` changes who is which,
//! `elections` has nodes do so by themselves, `fencing` keeps old leaders from doing harm, `recovery` makes a node count
//! again that has lost its disk.

mod elections;
mod fencing;
mod follower;
mod leader;
mod reading;
mod recovery;
mod requests;
mod rounds;
mod snapshots;
mod state;
mod terms;
mod throttle;

pub use elections::ELECTION_TIMEOUT;
pub use leader::Leader;
pub use recovery::Recovery;

use super::{
    Bookings, CommitReason, CommitRule, Configuration, Disk, Event, Index, Input, Limits, Log, Message, Micros, NodeId,
    NodeSet, Order, Output, Position, Progress, Report, Role, Send, StepDownReason, Switch, Term, Timer,
};
use elections::Candidacy;
use follower::Follower;
use reading::Reads;
use throttle::Throttle;

/// One node.
#[derive(Clone, Debug)]
pub struct Node {
    id: NodeId,
    members: usize,
    /// How often it has started.
    starts: u32,
    /// What its wall clock showed when it was stepped last.
    clock: Micros,
    term: Term,
    log: Log,
    /// The last index of `log` that is on disk.
    durable: Index,
    commit: Index,
    applied: Index,
    bookings: Bookings,
    standing: Standing,
    reads: Reads,
    configuration: Configuration,
    /// For whom it voted in its term.
    voted: Option<NodeId>,
    /// It has lost its disk, and is not whole again.
    lost_disk: bool,
    limits: Limits,
    throttle: Throttle,
    /// As a leader, it sends a follower nothing before the last append to it is answered.
    lockstep: bool,
}

/// What a node is, with what it needs for that.
#[derive(Clone, Debug)]
enum Standing {
    Follower(Follower),
    Candidate(Candidacy),
    Leader(Box<Leader>),
}

impl Node {
    /// A node that starts with what its disk holds. It knows nothing to be committed beyond its snapshot.
    #[must_use]
    pub fn recover(id: NodeId, members: usize, disk: &Disk, starts: u32) -> Self {
        let snapshot = disk.log.snapshot();
        Self {
            id,
            members,
            starts,
            clock: Micros(0),
            term: disk.term,
            durable: disk.log.last().index,
            commit: snapshot.last.index,
            applied: snapshot.last.index,
            bookings: (*snapshot.bookings).clone(),
            log: disk.log.clone(),
            standing: Standing::Follower(Follower::default()),
            reads: Reads::default(),
            configuration: Configuration::default(),
            voted: disk.vote,
            lost_disk: disk.lost,
            limits: Limits::default(),
            throttle: Throttle::default(),
            lockstep: false,
        }
    }

    /// Has the node send each follower one append at a time, when it leads: nothing is pipelined, and commit news waits
    /// for the next append or heartbeat.
    pub fn keep_in_step(&mut self) {
        self.lockstep = true;
        if let Standing::Leader(leader) = &mut self.standing {
            leader.keep_in_step();
        }
    }

    /// Makes the node one of a cluster that has been at rest for a while: everything on its disk is committed and
    /// applied, and the leader knows so.
    pub fn settle(&mut self, leader: NodeId, rule: CommitRule, sync: NodeSet) -> Vec<Output> {
        let last = self.log.last().index;
        let mut out = Vec::new();
        (self.commit, self.applied) = (last, last);
        self.bookings = self.log.replay(last);
        self.reads = Reads::current(self.clock);
        if self.id == leader {
            let follower = Progress::settled(last);
            let mut leader = Leader::new(self.id, self.members, follower, rule, sync, self.bookings.clone());
            leader.answering = true;
            self.standing = Standing::Leader(Box::new(leader));
            out.push(Output::SetTimer(Timer::Heartbeat));
        } else {
            self.standing = Standing::Follower(Follower::settled(leader, self.term, last));
        }
        out
    }

    /// Configures the node; on, off and changed at any time.
    pub fn configure(&mut self, configuration: Configuration) -> Vec<Output> {
        let mut out = Vec::new();
        let elections = self.is_on(Switch::Failover);
        self.configuration = configuration;
        if self.is_on(Switch::Failover) != elections {
            if matches!(self.standing, Standing::Candidate(_)) {
                self.stop_leading(StepDownReason::Reconfigured, &mut out);
            } else if self.leading().is_none() {
                self.await_leader(&mut out);
            }
        }
        self.watch_lease(&mut out);
        out
    }

    /// What this node takes on at most while it leads.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// Shares with another node's log and state what is the same in both.
    pub fn share_with(&mut self, log: &Log, bookings: &Bookings) {
        self.log.share_with(log);
        self.bookings.share_with(bookings);
        if let Standing::Leader(leader) = &mut self.standing {
            leader.share_with(bookings);
        }
    }

    /// Lets the node read its wall clock. The clock runs on while the node is frozen.
    pub fn show_clock(&mut self, now: Micros) {
        self.clock = self.clock.max(now);
    }

    /// Takes one input and says what is to be done, in order.
    pub fn step(&mut self, input: Input) -> Vec<Output> {
        let mut out = Vec::new();
        self.step_into(input, &mut out);
        out
    }

    /// The same, said at the end of a list that the caller has.
    pub fn step_into(&mut self, input: Input, out: &mut Vec<Output>) {
        match input {
            Input::Message { from, message } => self.on_message(from, message, out),
            Input::Request(request) => self.on_requests(&[request], out),
            Input::Requests(requests) => self.on_requests(&requests, out),
            Input::Read(read) => self.on_read(read, out),
            Input::Order(order) => self.on_order(order, out),
            Input::Written(last) => self.on_written(last, out),
            Input::Timer(Timer::Heartbeat) => self.on_heartbeat_timer(out),
            Input::Timer(Timer::Election) => self.on_election_timer(out),
            Input::Probe(follower) => self.probe(follower, out),
        }
        self.compact(out);
        self.watch_lease(out);
        self.settle_reads(out);
        self.hand_back_held(out);
    }

    fn on_message(&mut self, from: NodeId, message: Message, out: &mut Vec<Output>) {
        if !self.is_on(Switch::Terms) && !self.heeds_without_terms(&message) {
            return;
        }
        if message.term() < self.term {
            self.turn_away(from, message, out);
            return;
        }
        match message {
            Message::Append(append) => self.on_append(from, &append, out),
            Message::Acknowledge(ack) => self.on_acknowledge(from, &ack, out),
            Message::Reject { previous, hint, .. } => self.on_reject(from, previous, hint, out),
            Message::Chunk(chunk) => self.on_chunk(from, &chunk, out),
            Message::ChunksReceived { last, chunks, of, .. } => {
                self.on_chunks_received(from, last, (chunks, of), out);
            }
            Message::NewerTerm { term } => self.on_newer_term(from, term, out),
            Message::Adopt { term } => self.on_adopt(from, term, out),
            Message::LostDisk { round, durable, .. } => self.on_lost_disk(from, round, durable, out),
            Message::Whole { .. } => self.on_whole(from, out),
            Message::AskVote(ask) => self.on_ask_vote(from, ask, out),
            Message::Vote { term, pre, refusal } => self.on_vote(from, term, pre, refusal.is_none(), out),
            Message::Adopted { term, report } => self.on_adopted(term, report, out),
        }
    }

    fn on_order(&mut self, order: Order, out: &mut Vec<Output>) {
        match order {
            Order::Campaign { term } => self.on_campaign(term, out),
            Order::Lead { term, rule, sync } => self.on_lead(term, rule, sync, out),
            Order::StandDown { term } => self.on_stand_down(term, out),
            Order::UseRule { change, rule, sync } => self.on_use_rule(change, rule, sync, out),
            Order::HandOver { to } => self.on_hand_over(to, out),
            Order::Stand => self.stand(out),
            Order::StepDown => self.on_step_down(out),
        }
    }

    /// A finished write counts only if the log still holds what was written: it may have been rolled back meanwhile.
    fn on_written(&mut self, last: Position, out: &mut Vec<Output>) {
        if last.index > self.durable && self.log.holds(last) {
            self.durable = last.index;
            out.push(Output::Event(Event::Durable { last }));
            self.advance_commit(out);
        }
    }

    /// Moves the commit index forward and applies what it now covers.
    fn commit_through(&mut self, index: Index, because: CommitReason, out: &mut Vec<Output>) {
        if index <= self.commit {
            return;
        }
        let from = std::mem::replace(&mut self.commit, index);
        out.push(Output::Event(Event::Committed { from, through: index, because }));
        let entries = self.log.slice(self.applied + 1, usize::try_from(index - self.applied).unwrap_or(usize::MAX));
        entries.iter().for_each(|entry| self.bookings.apply(entry));
        self.applied = index;
        out.push(Output::Event(Event::Applied { entries }));
    }

    /// Every member but this one.
    fn others(&self) -> impl Iterator<Item = NodeId> + use<> {
        let id = self.id;
        NodeId::all(self.members).filter(move |node| *node != id)
    }

    fn report(&self) -> Report {
        let (last, commit, lost_disk) = (self.log.last(), self.commit, self.lost_disk);
        Report { node: self.id, last, commit, starts: self.starts, lost_disk }
    }
}

fn peer(to: NodeId, message: Message, routine: bool) -> Send {
    Send::Peer { to, message, routine }
}

/// What can be seen of a node.
impl Node {
    /// Which node.
    #[must_use]
    pub fn id(&self) -> NodeId {
        self.id
    }

    /// The term that it knows.
    #[must_use]
    pub fn term(&self) -> Term {
        self.term
    }

    /// Its log, in memory.
    #[must_use]
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// The last index of its log that is on disk.
    #[must_use]
    pub fn durable(&self) -> Index {
        self.durable
    }

    /// The last index that it knows to be committed.
    #[must_use]
    pub fn commit(&self) -> Index {
        self.commit
    }

    /// The last index in its queryable state.
    #[must_use]
    pub fn applied(&self) -> Index {
        self.applied
    }

    /// Its queryable state.
    #[must_use]
    pub fn bookings(&self) -> &Bookings {
        &self.bookings
    }

    /// What it takes itself to be.
    #[must_use]
    pub fn role(&self) -> Role {
        match self.standing {
            Standing::Follower(_) => Role::Follower,
            Standing::Candidate(_) => Role::Candidate,
            Standing::Leader(_) => Role::Leader,
        }
    }

    /// What it knows as a leader.
    #[must_use]
    pub fn leading(&self) -> Option<&Leader> {
        match &self.standing {
            Standing::Leader(leader) => Some(leader),
            _ => None,
        }
    }

    /// The leader that it follows.
    #[must_use]
    pub fn following(&self) -> Option<NodeId> {
        match &self.standing {
            Standing::Follower(follower) => follower.leader(),
            _ => None,
        }
    }
}
