//! Texts that are scripts, and what they mean.

use crate::replication::{
    Booking, Cabin, CommitRule, Consistency, CustomerId, Limits, NodeId, NodeSet, Position, ReadId, RequestId, Role,
};
use crate::simulation::{Action, ClusterConfig, How, Invariant, LinkSettings, Micros, ReadRouting};
use crate::teaching::script::{
    Answer, Condition, Fact, Line, Names, ReadFact, Script, Stage, Statement, Usage, parse_cluster,
};

const A: NodeId = NodeId::MD_DB_4;
const B: NodeId = NodeId::MD_DB_2;
const S: NodeId = NodeId::SG_DB_1;

fn names() -> Names {
    let mut names = Names::default();
    names.add(RequestId(1));
    names.add(RequestId(7));
    names.learn(&Statement::parse("read C14 as q1", &names).unwrap());
    names
}

fn set(nodes: &[NodeId]) -> NodeSet {
    nodes.iter().copied().collect()
}

fn check(line: &str, expected: Statement) {
    assert_eq!(Statement::parse(line, &names()), Ok(expected), "{line}");
}

fn check_fact(text: &str, fact: Fact) {
    assert_eq!(Condition::parse(text, &names()), Ok(Condition { negated: false, fact }), "{text}");
    let negated = format!("not {text}");
    assert_eq!(Condition::parse(&negated, &names()), Ok(Condition { negated: true, fact }), "{negated}");
}

fn reserve(request: u32, at: Option<NodeId>) -> Statement {
    Statement::Act(Action::Request {
        request: RequestId(request),
        booking: Booking::Reserve,
        cabin: Cabin::Tonight(14),
        customer: CustomerId(5521),
        at,
    })
}

#[test]
fn every_command_means_what_it_says() {
    check("reserve C14 for 5521 as r2", reserve(2, None));
    check("reserve C14 for 5521 at sg-db-1 as r9999", reserve(9999, Some(S)));
    check("reserve C14 for 5521", reserve(2, None));
    check(
        "release W12 for 1 as r3",
        Statement::Act(Action::Request {
            request: RequestId(3),
            booking: Booking::Release,
            cabin: Cabin::Weekend(12),
            customer: CustomerId(1),
            at: None,
        }),
    );
    for (line, action) in [
        ("retry r7", Action::Retry(RequestId(7))),
        ("crash md-db-4", Action::Crash(A)),
        ("restart md-db-4", Action::Restart(A)),
        ("promote md-db-2", Action::Promote { node: B, force: false }),
        ("promote sg-db-1 force", Action::Promote { node: S, force: true }),
        ("demote md-db-4", Action::Demote(A)),
        ("partition md-db-4", Action::Partition(set(&[A]))),
        ("partition sg-db-1 md-db-2", Action::Partition(set(&[B, S]))),
        ("partition md-db-4|md-db-2 sg-db-1", Action::Partition(set(&[A]))),
        ("partition md-db-4 sg-db-1 | md-db-2", Action::Partition(set(&[A, S]))),
        ("cut md-db-4 sg-db-1", Action::Cut { from: A, to: S, both: true }),
        ("cut md-db-4>sg-db-1", Action::Cut { from: A, to: S, both: false }),
        ("cut gateway md-db-4", Action::CutGateway(A)),
        ("cut control md-db-2", Action::CutControl(B)),
        ("heal", Action::Heal(None)),
        ("heal md-db-4 sg-db-1", Action::Heal(Some((A, S)))),
        ("set ack=leader-fsync", Action::SetAck(CommitRule::LeaderFsync)),
        ("set sync=sg-db-1, md-db-2", Action::SetSync(set(&[B, S]))),
        ("set timeout=500ms", Action::SetTimeout(Micros::from_millis(500))),
        ("disk md-db-2 fsync=0.5ms", Action::SetDisk(B, Micros(500))),
    ] {
        check(line, Statement::Act(action));
    }
    let settings = LinkSettings { latency: Some(Micros(5)), loss_per_mille: Some(25), ..LinkSettings::default() };
    check("link md-db-4 sg-db-1 loss=2.5% latency=5µs", Statement::Act(Action::SetLink(A, S, settings)));
}

#[test]
fn a_read_says_of_whom_it_is_asked_and_how_sure_it_is_to_be() {
    let read = |customer: Option<u32>, at| {
        Statement::Act(Action::Read {
            read: ReadId(2),
            cabin: Cabin::Tonight(14),
            customer: customer.map(CustomerId),
            at,
        })
    };
    let at = |consistency| Some((S, How::As(consistency)));
    check("read C14 as q2", read(None, None));
    check("read C14 for 5521", read(Some(5521), None));
    check("read C14 for 5521 at sg-db-1 local as q2", read(Some(5521), at(Consistency::Local)));
    check("read C14 at sg-db-1 leader", read(None, at(Consistency::Leader)));
    check("read C14 at sg-db-1 linearizable", read(None, at(Consistency::Linearizable)));
    check("read C14 at sg-db-1 bounded 500ms", read(None, at(Consistency::Bounded(Micros::from_millis(500)))));
    let token = Position { term: 27, index: 981_244 };
    check("read C14 at sg-db-1 token 27:981244", read(None, at(Consistency::Token(token))));
    check("read C14 at sg-db-1 token r7", read(None, Some((S, How::TokenOf(RequestId(7))))));
    check("set reads=token", Statement::Act(Action::SetReads(ReadRouting::Token)));
}

#[test]
fn time_passes_as_it_is_told() {
    let condition = Condition { negated: true, fact: Fact::Leader(A) };
    check("run 0s", Statement::Run(Micros(0)));
    check("run 1.5ms", Statement::Run(Micros(1500)));
    check("run until not leader md-db-4", Statement::RunUntil { condition, within: None });
    let within = Some(Micros::from_secs(1));
    check("run until not leader md-db-4 within 1s", Statement::RunUntil { condition, within });
    check("step", Statement::Step(1));
    check("step 1000000", Statement::Step(1_000_000));
    check("expect not leader md-db-4", Statement::Expect(condition));
}

#[test]
fn every_condition_means_what_it_says() {
    let one = RequestId(1);
    check_fact("r1 201", Fact::Answered(one, Answer::Created));
    check_fact("r1 409", Fact::Answered(one, Answer::Conflict));
    check_fact("r1 503", Fact::Answered(one, Answer::Unavailable));
    check_fact("r1 pending", Fact::Answered(one, Answer::Pending));
    check_fact("r1 in-doubt", Fact::Answered(one, Answer::InDoubt));
    check_fact("r1 kept", Fact::Kept(one));
    check_fact("r7 lost", Fact::Lost(RequestId(7)));
    for (word, fact) in ReadFact::ALL.map(|fact| (fact.name(), fact)) {
        check_fact(&format!("q1 {word}"), Fact::Read(ReadId(1), fact));
    }
    check_fact("leader md-db-2", Fact::Leader(B));
    check_fact("no leader", Fact::NoLeader);
    check_fact("term 28", Fact::Term(28));
    check_fact("sg-db-1 appended 981244", Fact::Reached(S, Stage::Appended, 981_244));
    check_fact("sg-db-1 durable 981244", Fact::Reached(S, Stage::Durable, 981_244));
    check_fact("sg-db-1 committed 981244", Fact::Reached(S, Stage::Committed, 981_244));
    check_fact("sg-db-1 applied 981244", Fact::Reached(S, Stage::Applied, 981_244));
    check_fact("committed 981244", Fact::Committed(981_244));
    check_fact("sg-db-1 lag 3", Fact::Lag(S, 3));
    check_fact("md-db-2 promotable", Fact::Promotable(B));
    check_fact("md-db-2 role candidate", Fact::Role(B, Role::Candidate));
    check_fact("rolled-back 2", Fact::RolledBack(2));
    check_fact("violation promises-kept", Fact::Violation(Invariant::PromisesKept));
    check_fact("no violation", Fact::NoViolation);
}

#[test]
fn the_first_line_configures_the_cluster() {
    let expected = ClusterConfig {
        switches: crate::replication::Switches::default(),
        ack: CommitRule::Majority,
        sync: set(&[A, B, S]),
        timeout: Micros::from_secs(3),
        limits: Limits { bound: 20, batch: 7, throttle: Some(Micros::from_millis(500)), ..Limits::default() },
        pipeline: false,
        reads: ReadRouting::Token,
        replicas: 5,
        shards: 2,
        seed: u64::MAX,
    };
    let line = "cluster ack=majority sync=md-db-4,md-db-2,sg-db-1 timeout=3s bound=20 throttle=500ms batch=7 pipeline=off reads=token replicas=5 shards=2 \
                seed=18446744073709551615 \
                failover=manual terms=on lease=off gateway-token=off";
    assert_eq!(parse_cluster(line), Ok(expected));
    assert_eq!(parse_cluster("cluster"), Ok(ClusterConfig::default()));
    let script = Script::parse(&format!("# a story\n\n{line}\nheal")).unwrap();
    assert_eq!(script.cluster, expected);
    assert_eq!(script.lines, [Line { number: 4, statement: Statement::Act(Action::Heal(None)) }]);
}

#[test]
fn comments_blank_lines_and_foreign_line_ends_say_nothing() {
    let plain = "crash md-db-4\nrun 50ms";
    for text in [
        "\u{feff}crash md-db-4\r\nrun 50ms\r\n",
        "crash md-db-4 # gone\nrun\t50ms#now",
        "   crash   md-db-4  \n  run 50ms",
        "crash\u{a0}md-db-4\nrun 50ms\n\n# the end",
    ] {
        assert_eq!(Script::parse(text), Script::parse(plain), "{text:?}");
    }
    for empty in ["", "\n\n", "# nothing\n", "\u{feff}", "\r\n \t"] {
        assert_eq!(Script::parse(empty), Ok(Script::default()), "{empty:?}");
    }
}

#[test]
fn requests_without_a_name_take_the_lowest_that_is_free() {
    let text = "reserve C01 for 1\nreserve C02 for 1 as r3\nreserve C03 for 1\nreserve C04 for 1\nretry r4";
    let script = Script::parse(text).unwrap();
    let requests: Vec<u32> = script
        .lines
        .iter()
        .filter_map(|line| match line.statement {
            Statement::Act(Action::Request { request, .. }) => Some(request.0),
            _ => None,
        })
        .collect();
    assert_eq!(requests, [1, 3, 2, 4]);
    let names = Names::after(&script);
    assert_eq!(names.requests().map(|request| request.0).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!(names.next_free(), Some(RequestId(5)));
}

#[test]
fn every_usage_begins_with_a_word_that_a_line_may_begin_with() {
    for usage in Usage::of_commands() {
        let word = usage.form.split(' ').next().unwrap();
        // Alone, the word is a command that lacks something, or a whole command; never an unknown one.
        if let Err(error) = Statement::parse(word, &names()) {
            assert_eq!(error.found, crate::teaching::script::Found::LineEnd, "{}", usage.form);
        }
    }
}
