//! Random clusters, and random things that are done to them.

use harbor_point::replication::{
    Booking, Cabin, CommitRule, Consistency, CustomerId, FlowKey, NodeId, NodeSet, Position, ReadId, RequestId, Switch,
};
use harbor_point::simulation::{
    Action, ClusterConfig, CpuCost, How, InFlight, LinkSettings, MessageKind, Micros, Place, ReadRouting,
};
use harbor_point::teaching::script::Statement;
use proptest::prelude::*;

/// Rules under which a promotion that is not forced loses nothing: each leaves a copy on some disk.
const DURABLE_RULES: [CommitRule; 6] = [
    CommitRule::LeaderFsync,
    CommitRule::SyncReceived,
    CommitRule::SyncQuorum,
    CommitRule::SyncApplied,
    CommitRule::Majority,
    CommitRule::AllReplicas,
];

/// A link that does nothing to messages but take its time.
pub const MENDED: LinkSettings = LinkSettings {
    latency: None,
    jitter: None,
    loss_per_mille: Some(0),
    duplicate_per_mille: Some(0),
    reorder_per_mille: Some(0),
    bandwidth: Some(None),
};

/// Switches that may be turned either way, at any time, without making anything unsafe.
const HARMLESS: [Switch; 2] = [Switch::Lease, Switch::GatewayToken];

fn node() -> impl Strategy<Value = NodeId> {
    (0..3u8).prop_map(NodeId)
}

pub fn two_nodes() -> impl Strategy<Value = (NodeId, NodeId)> {
    (0..3u8, 1..3u8).prop_map(|(a, step)| (NodeId(a), NodeId((a + step) % 3)))
}

fn rule() -> impl Strategy<Value = CommitRule> {
    prop::sample::select(&DURABLE_RULES[..])
}

fn synchronous_set() -> impl Strategy<Value = NodeSet> {
    prop::sample::select(vec![vec![0, 1], vec![0, 2], vec![1, 2], vec![0, 1, 2]])
        .prop_map(|nodes| nodes.into_iter().map(NodeId).collect())
}

/// Anything that can be done without force. Requests get their numbers when the run is put together.
fn action() -> impl Strategy<Value = Action> {
    let request = (any::<bool>(), 1..6u8, 1..4u32, prop::option::weighted(0.2, node())).prop_map(
        |(reserve, cabin, customer, at)| Action::Request {
            request: RequestId(0),
            booking: if reserve { Booking::Reserve } else { Booking::Release },
            cabin: Cabin::Tonight(cabin),
            customer: CustomerId(customer),
            at,
        },
    );
    let how = prop_oneof![
        1 => Just(How::As(Consistency::Local)),
        1 => Just(How::As(Consistency::Leader)),
        3 => Just(How::As(Consistency::Linearizable)),
        1 => (0..400u64).prop_map(|millis| How::As(Consistency::Bounded(Micros::from_millis(millis)))),
        2 => (1..6u32).prop_map(|request| How::TokenOf(RequestId(request))),
        1 => (27..30u32, 981_240..981_250u32)
            .prop_map(|(term, index)| How::As(Consistency::Token(Position { term, index }))),
    ];
    let read = (1..6u8, prop::option::of(1..4u32), prop::option::weighted(0.8, (node(), how))).prop_map(
        |(cabin, customer, at)| Action::Read {
            read: ReadId(0),
            cabin: Cabin::Tonight(cabin),
            customer: customer.map(CustomerId),
            at,
        },
    );
    let share = |most| prop::option::of(0..most);
    let bandwidth = prop::option::weighted(0.3, (10..200u64).prop_map(|kilobytes| Some(kilobytes * 1000)));
    let link = (two_nodes(), 0..600u16, share(500u16), share(500u16), bandwidth).prop_map(
        |((a, b), loss, duplicate_per_mille, reorder_per_mille, bandwidth)| {
            let faults = LinkSettings {
                loss_per_mille: Some(loss),
                duplicate_per_mille,
                reorder_per_mille,
                bandwidth,
                ..MENDED
            };
            Action::SetLink(a, b, faults)
        },
    );
    prop_oneof![
        8 => request,
        5 => read,
        1 => prop::sample::select(&ReadRouting::ALL[..]).prop_map(Action::SetReads),
        2 => (1..6u32).prop_map(|request| Action::Retry(RequestId(request))),
        3 => node().prop_map(Action::Crash),
        4 => node().prop_map(Action::Restart),
        2 => node().prop_map(Action::Pause),
        3 => node().prop_map(Action::Resume),
        3 => (two_nodes(), any::<bool>()).prop_map(|((from, to), both)| Action::Cut { from, to, both }),
        1 => node().prop_map(|node| Action::Partition(NodeSet::EMPTY.with(node))),
        1 => node().prop_map(Action::CutGateway),
        1 => node().prop_map(Action::CutControl),
        4 => Just(Action::Heal(None)),
        6 => node().prop_map(|node| Action::Promote { node, force: false }),
        1 => node().prop_map(Action::Demote),
        2 => rule().prop_map(Action::SetAck),
        2 => synchronous_set().prop_map(Action::SetSync),
        1 => (prop::sample::select(&HARMLESS[..]), any::<bool>()).prop_map(|(switch, on)| Action::SetSwitch(switch, on)),
        3 => link,
        1 => (node(), 0..40u64).prop_map(|(node, millis)| Action::SetDisk(node, Micros::from_millis(millis))),
        4 => load(),
        8 => meddling(),
    ]
}

/// Single messages on their way, as often as there are such.
fn meddling() -> impl Strategy<Value = Action> {
    let between_nodes =
        || (two_nodes(), 2..7usize).prop_map(|((from, to), kind)| (Place::Node(from), Place::Node(to), kind));
    let others = vec![Place::Gateway, Place::ControlPlane];
    let beside =
        (node(), prop::sample::select(others), any::<bool>(), 0..8usize).prop_map(|(node, other, to, kind)| {
            if to { (other, Place::Node(node), kind) } else { (Place::Node(node), other, kind) }
        });
    let of_customers = any::<bool>().prop_map(|asks| match asks {
        true => (Place::Customers, Place::Gateway, 0),
        false => (Place::Gateway, Place::Customers, 1),
    });
    let message =
        |(from, to, kind): (Place, Place, usize), number| InFlight { kind: MessageKind::ALL[kind], from, to, number };
    let any = prop_oneof![4 => between_nodes(), 1 => beside, 1 => of_customers].boxed();
    let number = || prop_oneof![3 => Just(1), 1 => 2..4u16];
    prop_oneof![
        2 => (any.clone(), number()).prop_map(move |(it, number)| Action::Drop(message(it, number))),
        2 => (any, number(), 1..900u64)
            .prop_map(move |(it, number, millis)| Action::Delay(message(it, number), Micros::from_millis(millis))),
        1 => (between_nodes(), number()).prop_map(move |(it, number)| Action::Duplicate(message(it, number))),
    ]
}

/// More work than the cluster is used to, and less patience with it.
fn load() -> impl Strategy<Value = Action> {
    let costs = (node(), 0..400u64, 0..400u64).prop_map(|(node, entry, message)| {
        Action::SetCpu(node, CpuCost { entry: Micros(entry), message: Micros(message) })
    });
    prop_oneof![
        3 => costs,
        1 => (node(), prop::option::of((1..300u64).prop_map(Micros::from_millis)))
            .prop_map(|(node, lag)| Action::SetObjective(node, lag)),
        1 => (1..20u32).prop_map(Action::SetBound),
        1 => (1..5u32).prop_map(Action::SetBatch),
        3 => (prop::sample::select(&FlowKey::ALL[..]), 1..8u32).prop_map(|(key, value)| Action::SetFlow(key, value)),
        1 => (0..6u32).prop_map(|retain| Action::SetFlow(FlowKey::Retain, retain)),
        1 => prop::option::of((1..300u64).prop_map(Micros::from_millis)).prop_map(Action::SetThrottle),
        2 => (50..3000u32, 1..40u64)
            .prop_map(|(rate, millis)| Action::Burst { rate, span: Micros::from_millis(millis) }),
    ]
}

pub fn statements() -> impl Strategy<Value = Vec<Statement>> {
    let wait = prop_oneof![
        3 => (0..20_000u64).prop_map(|micros| Statement::Run(Micros(micros))),
        2 => (0..700u64).prop_map(|millis| Statement::Run(Micros::from_millis(millis))),
        2 => (1..12u32).prop_map(Statement::Step),
    ];
    let pair = (action().prop_map(Statement::Act), wait).prop_map(|(action, wait)| [action, wait]);
    prop::collection::vec(pair, 1..30).prop_map(|pairs| {
        let mut requests = 0;
        let mut statements: Vec<Statement> = pairs.into_iter().flatten().collect();
        for statement in &mut statements {
            match statement {
                Statement::Act(Action::Request { request, .. }) => {
                    requests += 1;
                    *request = RequestId(requests);
                }
                Statement::Act(Action::Read { at: Some((_, how @ How::TokenOf(_))), .. }) if requests == 0 => {
                    *how = How::As(Consistency::Local);
                }
                Statement::Act(Action::Read { at: Some((_, How::TokenOf(request))), .. }) => {
                    *request = RequestId(request.0 % requests + 1);
                }
                Statement::Act(Action::Retry(_)) if requests == 0 => *statement = Statement::Step(1),
                Statement::Act(Action::Retry(request)) => *request = RequestId(request.0 % requests + 1),
                _ => {}
            }
        }
        let made = statements.iter_mut().filter_map(|statement| match statement {
            Statement::Act(Action::Read { read, .. }) => Some(read),
            _ => None,
        });
        made.zip(1..).for_each(|(read, number)| *read = ReadId(number));
        statements
    })
}

pub fn config() -> impl Strategy<Value = ClusterConfig> {
    (rule(), prop::bool::weighted(0.8), any::<u64>()).prop_map(|(ack, pipeline, seed)| ClusterConfig {
        ack,
        pipeline,
        seed,
        ..ClusterConfig::default()
    })
}

/// Rules that want copies on more than half of the disks.
const ELECTABLE: [CommitRule; 4] =
    [CommitRule::SyncQuorum, CommitRule::SyncApplied, CommitRule::Majority, CommitRule::AllReplicas];

/// The same where nodes elect their leader, or the operator takes over for a while: no rule is weaker than a majority.
pub fn elections() -> impl Strategy<Value = (ClusterConfig, Vec<Statement>)> {
    let rules = prop::collection::vec(prop::sample::select(&ELECTABLE[..]), 30);
    (config(), statements(), rules, prop::bool::weighted(0.8)).prop_map(|(config, mut statements, rules, auto)| {
        let switches = config.switches.set(Switch::Failover, auto);
        for (statement, strong) in statements.iter_mut().zip(rules.iter().cycle()) {
            match statement {
                Statement::Act(Action::SetAck(rule)) => *rule = *strong,
                Statement::Act(Action::SetSwitch(switch @ Switch::GatewayToken, _)) => *switch = Switch::Failover,
                _ => {}
            }
        }
        (ClusterConfig { ack: rules[0], switches, ..config }, statements)
    })
}
