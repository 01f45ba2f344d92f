//! Makes the frame: what the page shows of a run at its present moment. A part that equals the one before is the one
//! before.

use super::asked::{crowd, reads, requests};
use super::measured::measures;
use super::view::*;
use super::{narration, words};
use crate::replication::{
    Booking, CABINS, Cabin, Command, Entry, Index, Node, NodeId, Pace, Position, RequestId, Role, Transfer,
};
use crate::simulation::{Envelope, Event, Machine, MessageKind, Place, Promise, Standing, World};
use crate::teaching::timeline::{Logged, RECENT, Timeline};
use crate::teaching::why::{self, HandOver};
use litemap::LiteMap;
use std::rc::Rc;
use std::sync::Arc;

/// How many columns the log grid shows at most.
const COLUMNS: Index = 120;

/// How many entries are shown of those that a promotion would discard: the latest.
const DISCARDS: usize = 200;

/// How many violations are shown: the first.
const VIOLATIONS: usize = 100;

impl Frame {
    /// The frame of a run at its present moment.
    #[must_use]
    pub fn of(timeline: &Timeline, before: Option<&Self>) -> Self {
        let world = timeline.world();
        let nodes = world.machines().iter().map(|machine| Rc::new(node(world, machine)));
        let nodes: Rc<[Rc<NodeView>]> = match before {
            Some(before) => nodes.zip(before.nodes.iter()).map(|(now, old)| same(now, old)).collect(),
            None => nodes.collect(),
        };
        let frame = Self {
            now: world.now(),
            step: timeline.step(),
            cluster: Rc::new(cluster(world)),
            nodes,
            links: links(world),
            flights: flights(world),
            grid: Rc::new(grid(world, before)),
            requests: requests(world),
            crowd: Rc::new(crowd(world)),
            measures: Rc::new(measures(world, before)),
            reads: reads(world),
            progress: Rc::new(progress(world)),
            promotions: world.machines().iter().map(|machine| promotion(world, machine)).collect(),
            story: Rc::new(story(&timeline.recent(RECENT))),
            violations: timeline.violations().take(VIOLATIONS).filter_map(violation).collect(),
        };
        match before {
            Some(before) => frame.sharing(before),
            None => frame,
        }
    }

    /// The same run a moment later, in which nothing happened: only the clock differs.
    #[must_use]
    pub fn at(&self, now: crate::simulation::Micros) -> Self {
        Self { now, ..self.clone() }
    }

    fn sharing(self, before: &Self) -> Self {
        Self {
            cluster: same(self.cluster, &before.cluster),
            nodes: same(self.nodes, &before.nodes),
            links: same(self.links, &before.links),
            flights: same(self.flights, &before.flights),
            grid: same(self.grid, &before.grid),
            requests: same(self.requests, &before.requests),
            crowd: same(self.crowd, &before.crowd),
            measures: same(self.measures, &before.measures),
            reads: same(self.reads, &before.reads),
            progress: same(self.progress, &before.progress),
            promotions: same(self.promotions, &before.promotions),
            story: same(self.story, &before.story),
            violations: same(self.violations, &before.violations),
            ..self
        }
    }
}

fn same<T: PartialEq + ?Sized>(now: Rc<T>, before: &Rc<T>) -> Rc<T> {
    if *now == **before { Rc::clone(before) } else { now }
}

fn cluster(world: &World) -> ClusterView {
    let (term, decider) = world.deciding();
    let leader = world.leader();
    let control = world.control();
    let known = world.machines().iter().filter_map(|machine| machine.node.as_ref()).map(Node::commit).max();
    ClusterView {
        leader: leader.map(Node::id),
        term,
        committed: leader
            .map_or_else(|| known.unwrap_or(0), Node::commit)
            .max(world.machine(decider).log().snapshot().last.index),
        rule: control.rule,
        rule_means: words::rule_means(control.rule),
        sync: control.sync,
        switches: control.switches,
        gateway_leader: Some(world.gateway().leader()),
        routing: world.reads().routing,
        limits: world.load().limits,
    }
}

fn node(world: &World, machine: &Machine) -> NodeView {
    let running = machine.node.as_ref();
    let id = running.map_or_else(|| machine_id(world, machine), Node::id);
    let role = running.map(Node::role);
    let (term, _) = world.deciding();
    let leads = role == Some(Role::Leader);
    let leading = world.leader().and_then(Node::leading);
    let sync = leading.map_or(world.control().sync, crate::replication::Leader::sync);
    let base = machine.log().snapshot().last.index;
    NodeView {
        node: id,
        region: if id.is_far() { Region::Singapore } else { Region::EastCoast },
        running: running.is_some(),
        paused: machine.paused,
        role,
        stale_leader: leads && machine.term() < term,
        without_lease: leads && running.is_some_and(|node| !node.may_answer()),
        lost_disk: running.map_or(machine.disk.durable.lost, Node::has_lost_its_disk),
        has_led: world.checker().has_led(id),
        synchronous: sync.contains(id) && world.leader().is_none_or(|leader| leader.id() != id),
        term: machine.term(),
        appended: machine.log().last(),
        durable: machine.durable(),
        committed: running.map_or(base, Node::commit),
        applied: running.map_or(base, Node::applied),
        writing: machine.disk.writing().map(|(writes, from, until)| {
            let indexes: Vec<_> = writes.flat_map(|write| write.entries.iter().map(|entry| entry.index)).collect();
            DiskWrite { entries: indexes.first().copied().zip(indexes.last().copied()), from, until }
        }),
        cabins: (1..=CABINS).map(|number| cabin(machine, Cabin::Tonight(number))).collect(),
        gateway_cut: !world.network().passes(Place::Gateway, Place::Node(id)),
        control_cut: !world.network().passes(Place::ControlPlane, Place::Node(id)),
    }
}

fn machine_id(world: &World, machine: &Machine) -> NodeId {
    let slot = world.machines().iter().position(|other| std::ptr::eq(other, machine)).unwrap_or(0);
    NodeId(u8::try_from(slot).unwrap_or(0))
}

fn cabin(machine: &Machine, cabin: Cabin) -> CabinView {
    let (bookings, applied) = match &machine.node {
        Some(node) => (node.bookings(), node.applied()),
        None => (&*machine.log().snapshot().bookings, machine.log().snapshot().last.index),
    };
    let pending = machine.log().entries().backward().take_while(|entry| entry.index > applied);
    let change = pending.filter_map(|entry| match entry.command {
        Command::Booking { booking, cabin: other, customer, .. } if other == cabin => Some((booking, customer)),
        _ => None,
    });
    match change.last() {
        Some((Booking::Reserve, customer)) => CabinView::Reserving(customer),
        Some((Booking::Release, customer)) => CabinView::Releasing(customer),
        None => bookings.holder(cabin).map_or(CabinView::Free, CabinView::Taken),
    }
}

fn links(world: &World) -> Rc<[LinkView]> {
    let members = world.config().replicas;
    let pairs = NodeId::all(members).flat_map(|a| NodeId::all(members).filter(move |b| a < *b).map(move |b| (a, b)));
    let direction = |from, to| world.network().link(from, to).map(|link| link.quality);
    pairs.filter_map(|(a, b)| Some(LinkView { a, b, forth: direction(a, b)?, back: direction(b, a)? })).collect()
}

fn flights(world: &World) -> Rc<[Flight]> {
    let mut sent: LiteMap<u64, &Arc<Envelope>> = LiteMap::new();
    for envelope in world.flights() {
        sent.insert(envelope.id, envelope);
    }
    let mut alike: LiteMap<(MessageKind, Place, Place), u16> = LiteMap::new();
    let flights = sent.values().map(|envelope| {
        let key = (MessageKind::of(&envelope.payload), envelope.from, envelope.to);
        let number = alike.get(&key).map_or(1, |before| before.saturating_add(1));
        alike.insert(key, number);
        flight(envelope, number)
    });
    flights.collect()
}

fn flight(envelope: &Arc<Envelope>, number: u16) -> Flight {
    Flight {
        id: envelope.id,
        kind: MessageKind::of(&envelope.payload),
        from: envelope.from,
        to: envelope.to,
        label: words::label(envelope),
        sent_at: envelope.sent_at,
        due_at: envelope.due_at,
        number,
        message: Arc::clone(envelope),
    }
}

fn grid(world: &World, before: Option<&Frame>) -> Grid {
    let logs = world.machines().iter().map(Machine::log);
    let rolled = world.machines().iter().flat_map(|machine| &*machine.rolled_back).map(|entry| entry.index);
    let last = logs.clone().map(|log| log.last().index).chain(rolled).max().unwrap_or(0);
    let base = logs.map(|log| log.snapshot().last.index + 1).min().unwrap_or(1);
    let first = base.max((last + 1).saturating_sub(COLUMNS));
    let lanes = world.machines().iter().map(|machine| Rc::new(lane(world, machine, first)));
    let lanes = match before {
        Some(before) => lanes.zip(before.grid.lanes.iter()).map(|(now, old)| same(now, old)).collect(),
        None => lanes.collect(),
    };
    Grid { first, last, committed: cluster(world).committed, lanes }
}

fn lane(world: &World, machine: &Machine, first: Index) -> Lane {
    let id = machine_id(world, machine);
    let (durable, committed, applied) = match &machine.node {
        Some(node) => (node.durable(), node.commit(), node.applied()),
        None => (Index::MAX, 0, 0),
    };
    let cell = |entry: &Entry| Cell {
        position: entry.position(),
        command: entry.command,
        durable: entry.index <= durable,
        committed: entry.index <= committed,
        applied: entry.index <= applied,
    };
    let ghost = |entry: &Entry| Cell { durable: false, committed: false, applied: false, ..cell(entry) };
    let belief = world.leader().and_then(Node::leading).and_then(|leader| leader.progress().get(&id));
    Lane {
        node: id,
        running: machine.node.is_some(),
        compacted_through: machine.log().snapshot().last.index,
        cells: machine.log().entries().from(first).map(cell).collect(),
        rolled_back: machine.rolled_back.iter().filter(|entry| entry.index >= first).map(ghost).collect(),
        next: belief.map(|progress| progress.next),
        matched: belief.map(|progress| progress.matched),
    }
}

fn progress(world: &World) -> Progress {
    let Some(node) = world.leader() else {
        return Progress { leader: None, rows: Rc::from([]), waiting: None };
    };
    let Some(leader) = node.leading() else {
        return Progress { leader: None, rows: Rc::from([]), waiting: None };
    };
    let last = node.log().last().index;
    let waited_for: Vec<NodeId> = node
        .leading()
        .map(|leader| leader.demand().lacking(&[], Index::MAX))
        .map(|lacking| lacking.candidates.iter().map(|(node, _)| *node).collect())
        .unwrap_or_default();
    let rows = leader.progress().iter().map(|(follower, belief)| {
        let machine = world.machine(*follower);
        let agreed = world.agreed(*follower);
        ProgressRow {
            follower: *follower,
            synchronous: waited_for.contains(follower),
            pace: match belief.pace {
                Pace::Probe { .. } => PaceView::Probing,
                Pace::Replicate => PaceView::Replicating,
                Pace::Snapshot(_) => {
                    let (has, of) = belief.transfer().map_or((0, 0), |it| (it.acknowledged(), it.chunks()));
                    PaceView::Snapshot { has, of }
                }
            },
            inflight: belief.transfer().map_or(belief.inflight.len() as u32, Transfer::inflight),
            next: belief.next,
            received: belief.received,
            matched: belief.matched,
            applied: belief.applied,
            truth: machine.node.as_ref().map(|node| (node.log().last().index, node.durable(), node.applied())),
            lag_entries: last.saturating_sub(agreed),
            lagging_since: (agreed < last).then(|| world.appended_at(agreed + 1)).flatten(),
            objective: world.objective(*follower).map(|it| ObjectiveView {
                limit: it.limit,
                met: it.met,
                since: it.since,
            }),
        }
    });
    Progress {
        leader: Some(node.id()),
        rows: rows.collect(),
        waiting: why::of_waiting(node).map(|finding| finding.to_string().into()),
    }
}

fn promotion(world: &World, machine: &Machine) -> PromotionView {
    let id = machine_id(world, machine);
    let verdict = world.present_verdict(id);
    let matched = world
        .leader()
        .and_then(Node::leading)
        .map_or_else(|| world.last_matched(id), |leader| leader.progress().get(&id).map(|progress| progress.matched))
        .filter(|matched| *matched > 0);
    let (_, decider) = world.deciding();
    let lag_entries = world.machine(decider).log().last().index.saturating_sub(world.agreed(id));
    PromotionView {
        node: id,
        safe: verdict.is_safe(),
        reasons: verdict.objections.iter().map(|objection| Rc::from(objection.to_string())).collect(),
        hand_over: HandOver::of(world, id),
        unforceable: world.refuses_force(id),
        durable: machine.durable(),
        matched,
        known_commit: machine.node.as_ref().map_or(0, Node::commit),
        term: machine.term(),
        lag_entries,
        discards: discards(world, machine),
        verdict: why::of_promotion(world, verdict).to_string().into(),
    }
}

/// The entries of other logs, and the promises, that the node's own log does not hold. A log that holds an entry of
/// another holds all before it, so the search ends there.
fn discards(world: &World, machine: &Machine) -> Rc<[Discard]> {
    let mut lacking: LiteMap<Position, Rc<str>> = LiteMap::new();
    for other in world.machines() {
        let tail = other.log().entries().backward().take_while(|entry| !machine.log().holds(entry.position()));
        for entry in tail.take(DISCARDS) {
            lacking.entry(entry.position()).or_insert_with(|| entry.command.to_string().into());
        }
    }
    let live = |promise: &&Promise| promise.standing != Standing::Lost;
    for promise in world.promises().missing_in(machine.log()).filter(live).take(DISCARDS) {
        lacking.entry(promise.position).or_insert_with(|| promise.request.to_string().into());
    }
    let promised = |position: Position| -> Option<RequestId> {
        world.promises().at(position).filter(live).map(|promise| promise.request.id)
    };
    lacking
        .iter()
        .skip(lacking.len().saturating_sub(DISCARDS))
        .map(|(position, what)| Discard { position: *position, what: Rc::clone(what), promise: promised(*position) })
        .collect()
}

fn story(past: &[&Logged]) -> Story {
    let lines = past[past.len().saturating_sub(RECENT)..].iter().map(|logged| StoryLine {
        step: logged.step,
        at: logged.record.at,
        place: logged.record.place,
        text: logged.record.event.to_string().into(),
        milestone: narration::is_milestone(&logged.record.event),
    });
    Story { sentence: narration::latest(past).into(), lines: lines.collect() }
}

fn violation(logged: &Logged) -> Option<ViolationView> {
    let Event::Violated(violation) = &logged.record.event else { return None };
    Some(ViolationView {
        invariant: violation.invariant,
        at: logged.record.at,
        step: logged.step,
        text: violation.to_string().into(),
    })
}
