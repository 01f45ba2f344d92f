//! Scripts and texts by chance.

use crate::replication::{
    Booking, Cabin, CommitRule, Consistency, CustomerId, Flow, FlowKey, NodeId, NodeSet, Position, ReadId, RequestId,
    Role, Switch, Switches,
};
use crate::simulation::{
    Action, ClusterConfig, CpuCost, How, InFlight, Invariant, LinkSettings, MessageKind, Micros, Place, ReadRouting,
};
use crate::teaching::script::{Answer, Condition, Fact, Line, Measure, ReadFact, Script, Stage, Statement};
use proptest::prelude::*;
use proptest::sample::select;

fn node() -> impl Strategy<Value = NodeId> {
    select(NodeId::all(3).collect::<Vec<_>>())
}

fn two_nodes() -> impl Strategy<Value = (NodeId, NodeId)> {
    (node(), 1..3_u8).prop_map(|(first, step)| (first, NodeId((first.0 + step) % 3)))
}

/// A set of `least` to `most` nodes.
fn nodes(least: usize, most: usize) -> impl Strategy<Value = NodeSet> {
    proptest::sample::subsequence(NodeId::all(3).collect::<Vec<_>>(), least..=most)
        .prop_map(|nodes| nodes.into_iter().collect())
}

/// A span with few or many digits.
fn span(least: u64) -> impl Strategy<Value = Micros> {
    let hour = 3_600_000_000;
    prop_oneof![
        (least..=hour).prop_map(Micros),
        (1..=3600_u64).prop_map(Micros::from_secs),
        (1..=9999_u64).prop_map(Micros::from_millis),
        (least..=9999.max(least)).prop_map(Micros),
    ]
}

fn booking() -> impl Strategy<Value = Action> {
    let cabin = prop_oneof![(1..=24_u8).prop_map(Cabin::Tonight), (1..=u32::MAX).prop_map(Cabin::Weekend)];
    let booking = select(vec![Booking::Reserve, Booking::Release]);
    (booking, cabin, 1..=u32::MAX, proptest::option::of(node())).prop_map(|(booking, cabin, customer, at)| {
        Action::Request { request: RequestId(0), booking, cabin, customer: CustomerId(customer), at }
    })
}

fn read() -> impl Strategy<Value = Action> {
    use proptest::option::of;
    let position = (1..=99_999_u32, 1..=999_999_999_u32).prop_map(|(term, index)| Position { term, index });
    let how = prop_oneof![
        Just(How::As(Consistency::Local)),
        Just(How::As(Consistency::Leader)),
        Just(How::As(Consistency::Linearizable)),
        position.prop_map(|token| How::As(Consistency::Token(token))),
        span(0).prop_map(|span| How::As(Consistency::Bounded(span))),
        Just(How::TokenOf(RequestId(0))),
    ];
    ((1..=24_u8).prop_map(Cabin::Tonight), of(1..=u32::MAX), of((node(), how))).prop_map(|(cabin, customer, at)| {
        Action::Read { read: ReadId(0), cabin, customer: customer.map(CustomerId), at }
    })
}

fn settings() -> impl Strategy<Value = LinkSettings> {
    use proptest::option::of;
    let share = || of(0..=1000_u16);
    let bandwidth = of((1..=1_000_000_u64).prop_map(|kilobytes| kilobytes * 1000));
    (of(span(0)), of(span(0)), share(), share(), share(), of(bandwidth))
        .prop_map(|(latency, jitter, loss_per_mille, duplicate_per_mille, reorder_per_mille, bandwidth)| LinkSettings {
            latency,
            jitter,
            loss_per_mille,
            duplicate_per_mille,
            reorder_per_mille,
            bandwidth,
        })
        .prop_filter("a link line sets something", |settings| *settings != LinkSettings::default())
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        4 => booking(),
        2 => read(),
        1 => any::<u32>().prop_map(|request| Action::Retry(RequestId(request))),
        1 => node().prop_map(Action::LoseDisk),
        1 => node().prop_map(Action::Crash),
        1 => node().prop_map(Action::Pause),
        1 => node().prop_map(Action::Resume),
        1 => node().prop_map(Action::Restart),
        1 => (two_nodes(), any::<bool>()).prop_map(|((from, to), both)| Action::Cut { from, to, both }),
        1 => nodes(1, 2).prop_map(Action::Partition),
        1 => node().prop_map(Action::CutGateway),
        1 => node().prop_map(Action::CutControl),
        1 => proptest::option::of(two_nodes()).prop_map(Action::Heal),
        1 => (node(), any::<bool>()).prop_map(|(node, force)| Action::Promote { node, force }),
        1 => node().prop_map(Action::Demote),
        1 => select(CommitRule::ALL.to_vec()).prop_map(Action::SetAck),
        1 => nodes(2, 3).prop_map(Action::SetSync),
        1 => span(1000).prop_map(Action::SetTimeout),
        1 => select(ReadRouting::ALL.to_vec()).prop_map(Action::SetReads),
        1 => (select(Switch::ALL.to_vec()), any::<bool>()).prop_map(|(switch, on)| Action::SetSwitch(switch, on)),
        1 => (two_nodes(), settings()).prop_map(|((first, second), it)| Action::SetLink(first, second, it)),
        1 => (node(), span(0)).prop_map(|(node, span)| Action::SetDisk(node, span)),
        1 => (node(), span(0), span(0))
            .prop_map(|(node, entry, message)| Action::SetCpu(node, CpuCost { entry, message })),
        1 => (node(), proptest::option::of(span(1000))).prop_map(|(node, lag)| Action::SetObjective(node, lag)),
        1 => (1..=1_000_000_u32).prop_map(Action::SetBound),
        1 => (1..=10_000_u32).prop_map(Action::SetBatch),
        1 => (select(FlowKey::ALL.to_vec()), 1..=Flow::MOST).prop_map(|(key, value)| Action::SetFlow(key, value)),
        1 => proptest::option::of(span(1000)).prop_map(Action::SetThrottle),
        1 => (1..=100_000_u32, span(1)).prop_map(|(rate, span)| Action::Burst { rate, span }),
        1 => message(false).prop_map(Action::Drop),
        1 => (message(false), span(1)).prop_map(|(message, by)| Action::Delay(message, by)),
        1 => message(true).prop_map(Action::Duplicate),
    ]
}

/// A message as one that is on its way is named; of those that only nodes send, if `between_nodes` is said.
fn message(between_nodes: bool) -> impl Strategy<Value = InFlight> {
    let nodes = NodeId::all(3).map(Place::Node);
    let others = [Place::Gateway, Place::ControlPlane, Place::Customers].into_iter().filter(move |_| !between_nodes);
    let places: Vec<Place> = nodes.chain(others).collect();
    let most = places.len();
    (select(MessageKind::ALL.to_vec()), 0..most, 1..most, 1..=InFlight::MOST).prop_map(
        move |(kind, from, step, number)| InFlight {
            kind,
            from: places[from],
            to: places[(from + step) % most],
            number,
        },
    )
}

fn fact() -> impl Strategy<Value = Fact> {
    let request = || any::<u32>().prop_map(RequestId);
    let count = || 1..=999_999_999_u32;
    prop_oneof![
        (request(), select(Answer::ALL.to_vec())).prop_map(|(request, answer)| Fact::Answered(request, answer)),
        request().prop_map(Fact::Kept),
        request().prop_map(Fact::Lost),
        (any::<u32>(), select(ReadFact::ALL.to_vec())).prop_map(|(read, fact)| Fact::Read(ReadId(read), fact)),
        node().prop_map(Fact::Leader),
        Just(Fact::NoLeader),
        count().prop_map(Fact::Term),
        (node(), select(Stage::ALL.to_vec()), count()).prop_map(|(node, stage, at)| Fact::Reached(node, stage, at)),
        count().prop_map(Fact::Committed),
        (node(), count()).prop_map(|(node, lag)| Fact::Lag(node, lag)),
        (node(), span(0)).prop_map(|(node, lag)| Fact::LagTime(node, lag)),
        node().prop_map(Fact::MeetsObjective),
        node().prop_map(Fact::NeedsSnapshot),
        node().prop_map(Fact::Promotable),
        (node(), select(Role::ALL.to_vec())).prop_map(|(node, role)| Fact::Role(node, role)),
        (node(), 0..=1000_u16).prop_map(|(node, share)| Fact::Busy(node, share)),
        (select(Measure::ALL.to_vec()), 1..=999_999_999_u64).prop_map(|(it, least)| Fact::Measured(it, least)),
        count().prop_map(|entries| Fact::RolledBack(entries.into())),
        select(Invariant::ALL.to_vec()).prop_map(Fact::Violation),
        Just(Fact::NoViolation),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    (any::<bool>(), fact()).prop_map(|(negated, fact)| Condition { negated, fact })
}

fn statement() -> impl Strategy<Value = Statement> {
    prop_oneof![
        5 => action().prop_map(Statement::Act),
        1 => span(0).prop_map(Statement::Run),
        1 => (condition(), proptest::option::of(span(0)))
            .prop_map(|(condition, within)| Statement::RunUntil { condition, within }),
        1 => (1..=1_000_000_u32).prop_map(Statement::Step),
        2 => condition().prop_map(Statement::Expect),
    ]
}

fn switches() -> impl Strategy<Value = Switches> {
    proptest::sample::subsequence(Switch::ALL.to_vec(), 0..=4)
        .prop_map(|flipped| flipped.into_iter().fold(Switches::default(), |all, one| all.set(one, !all.has(one))))
}

/// A valid script: requests get names of their own, and are spoken of only after they were made.
pub fn script() -> impl Strategy<Value = Script> {
    let others = (any::<bool>(), select(ReadRouting::ALL.to_vec()), switches());
    let cluster = (select(CommitRule::ALL.to_vec()), nodes(2, 3), span(1000), others, any::<u64>());
    let cluster = cluster.prop_map(|(ack, sync, timeout, (pipeline, reads, switches), seed)| ClusterConfig {
        ack,
        sync,
        timeout,
        pipeline,
        reads,
        switches,
        seed,
        ..ClusterConfig::default()
    });
    let cluster = prop_oneof![Just(ClusterConfig::default()), cluster];
    let statements = proptest::collection::vec((statement(), 1..9000_u32), 0..24);
    (cluster, statements).prop_map(|(cluster, statements)| {
        let mut made: Vec<RequestId> = Vec::new();
        let mut reads = 0;
        let mut lines = Vec::new();
        for (mut statement, drawn) in statements {
            if let Some(read) = read_mentioned(&mut statement) {
                if reads == 0 {
                    continue;
                }
                *read = ReadId(read.0 % reads + 1);
            }
            if let Statement::Act(Action::Request { request, .. }) = &mut statement {
                *request = (drawn..).map(RequestId).find(|request| !made.contains(request)).unwrap_or(*request);
                made.push(*request);
            } else if let Some(mentioned) = mentioned(&mut statement) {
                let Some(known) = made.get(drawn as usize % made.len().max(1)) else { continue };
                *mentioned = *known;
            }
            if let Statement::Act(Action::Read { read, .. }) = &mut statement {
                reads += 1;
                *read = ReadId(reads);
            }
            lines.push(Line { number: 0, statement });
        }
        Script { cluster, lines }
    })
}

/// The read that a condition speaks of.
fn read_mentioned(statement: &mut Statement) -> Option<&mut ReadId> {
    match statement {
        Statement::RunUntil { condition, .. } | Statement::Expect(condition) => match &mut condition.fact {
            Fact::Read(read, _) => Some(read),
            _ => None,
        },
        _ => None,
    }
}

/// The request that a statement speaks of without making it.
fn mentioned(statement: &mut Statement) -> Option<&mut RequestId> {
    match statement {
        Statement::Act(Action::Retry(request) | Action::Read { at: Some((_, How::TokenOf(request))), .. }) => {
            Some(request)
        }
        Statement::RunUntil { condition, .. } | Statement::Expect(condition) => match &mut condition.fact {
            Fact::Answered(request, _) | Fact::Kept(request) | Fact::Lost(request) => Some(request),
            _ => None,
        },
        _ => None,
    }
}

/// A text that is nearly a script, or nothing like one.
pub fn text() -> impl Strategy<Value = String> {
    let words = "drop delay duplicate append ack number gateway customers control reserve release retry crash restart promote demote partition cut heal link disk cpu burst set run step expect \
                 cluster until within not C14 C99 W1 for as at r1 r2 md-db-4 md-db-2 sg-db-1 ack sync timeout seed = , | > \
                 5521 50ms 200/s entry bound batch 0 2.5% latency jitter loss fsync read q1 token local bounded 27:981244 reads leader no violation 201 kept \n \n \n # \u{feff} é \r \t";
    let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
    prop_oneof![
        3 => proptest::collection::vec(select(words), 0..40).prop_map(|words| words.join(" ")),
        1 => any::<String>(),
        1 => proptest::collection::vec(any::<u8>(), 0..200)
            .prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
    ]
}
