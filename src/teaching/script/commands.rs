//! The commands: one table of them, and how the rest of the line is read after each.

use super::conditions::condition;
use super::cursor::{Cursor, Parsed};
use super::network::{cut, heal, message, message_between_nodes, partition};
use super::settings::{cpu, link, set, throttle};
use super::{Statement, Usage};
use crate::replication::{Booking, Consistency, CustomerId, NodeId, NodeSet};
use crate::simulation::{Action, How, Micros};

/// The most events that one `step` may take.
const MOST_STEPS: u32 = 1_000_000;

/// The most customers that may come in a second.
const MOST_CUSTOMERS: u64 = 100_000;

/// One command: its word, how it is written, and how its line is read on.
#[derive(Clone, Copy)]
pub(super) struct Command {
    /// The first word of the line.
    pub word: &'static str,
    /// Every way to write it.
    pub usages: &'static [Usage],
    read: fn(&mut Cursor<'_>) -> Parsed<Statement>,
}

/// Every command, in the order in which they are explained.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        word: "reserve",
        usages: &[Usage::new(
            "reserve CABIN for CUSTOMER [at N] [as rN]",
            "A customer asks for a cabin, through a gateway that believes in N, or else in the leader it was told of.",
        )],
        read: |cursor| request(cursor, Booking::Reserve),
    },
    Command {
        word: "release",
        usages: &[Usage::new("release CABIN for CUSTOMER [at N] [as rN]", "A customer gives a cabin back.")],
        read: |cursor| request(cursor, Booking::Release),
    },
    Command {
        word: "read",
        usages: &[
            Usage::new(
                "read CABIN [for CUSTOMER] [as qN]",
                "Somebody asks whether a cabin is free; `reads` says of whom.",
            ),
            Usage::new("read CABIN [for CUSTOMER] at N HOW [as qN]", "The same, asked of N; HOW says how sure to be."),
        ],
        read,
    },
    Command {
        word: "retry",
        usages: &[Usage::new("retry rN", "The customer sends a request again; it stays the same request.")],
        read: |cursor| Ok(Statement::Act(Action::Retry(cursor.request()?))),
    },
    Command {
        word: "crash",
        usages: &[Usage::new("crash N", "N stops and loses its memory; its disk stays.")],
        read: |cursor| node(cursor).map(Action::Crash).map(Statement::Act),
    },
    Command {
        word: "restart",
        usages: &[Usage::new("restart N", "N comes back from its disk, as a follower.")],
        read: |cursor| node(cursor).map(Action::Restart).map(Statement::Act),
    },
    Command {
        word: "lose-disk",
        usages: &[Usage::new("lose-disk N", "N stops, and loses everything: its memory and its disk.")],
        read: |cursor| node(cursor).map(Action::LoseDisk).map(Statement::Act),
    },
    Command {
        word: "pause",
        usages: &[Usage::new("pause N", "N freezes: it does nothing, and what arrives waits for it.")],
        read: |cursor| node(cursor).map(Action::Pause).map(Statement::Act),
    },
    Command {
        word: "resume",
        usages: &[Usage::new("resume N", "N goes on as if no time had passed for it, a leader still as leader.")],
        read: |cursor| node(cursor).map(Action::Resume).map(Statement::Act),
    },
    Command {
        word: "promote",
        usages: &[
            Usage::new(
                "promote N",
                "The operator asks for N as leader, and gets it where that provably loses nothing.",
            ),
            Usage::new("promote N force", "The operator makes N the leader, whatever that loses."),
        ],
        read: |cursor| {
            let node = node(cursor)?;
            Ok(Statement::Act(Action::Promote { node, force: cursor.accept("force") }))
        },
    },
    Command {
        word: "demote",
        usages: &[Usage::new("demote N", "The operator tells N to stop leading, if the order reaches it.")],
        read: |cursor| node(cursor).map(Action::Demote).map(Statement::Act),
    },
    Command {
        word: "partition",
        usages: &[
            Usage::new("partition N ...", "The named nodes are cut off from all others."),
            Usage::new("partition N ... | N ...", "The same, with all others named too."),
        ],
        read: partition,
    },
    Command {
        word: "cut",
        usages: &[
            Usage::new("cut N N", "The link between two nodes carries nothing."),
            Usage::new(
                "cut N > N",
                "The link carries nothing from the first node to the second; the way back stays open.",
            ),
            Usage::new("cut gateway N", "Nothing passes between the gateway and N."),
            Usage::new("cut control N", "Nothing passes between the control plane and N."),
        ],
        read: cut,
    },
    Command {
        word: "heal",
        usages: &[
            Usage::new("heal", "Every cut and every partition ends."),
            Usage::new("heal N N", "The link between two nodes is whole again."),
        ],
        read: heal,
    },
    Command {
        word: "drop",
        usages: &[Usage::new(
            "drop KIND P > P [number=K]",
            "A message on its way never arrives: of that kind, from the first place to the second, the K-th that was sent, or else the first.",
        )],
        read: |cursor| message(cursor).map(Action::Drop).map(Statement::Act),
    },
    Command {
        word: "delay",
        usages: &[Usage::new(
            "delay KIND P > P [number=K] by D",
            "It arrives so much later. On a link between nodes, others overtake it meanwhile; elsewhere they wait with it.",
        )],
        read: |cursor| {
            let message = message(cursor)?;
            cursor.require("by")?;
            Ok(Statement::Act(Action::Delay(message, cursor.duration(Micros(1))?)))
        },
    },
    Command {
        word: "duplicate",
        usages: &[Usage::new(
            "duplicate KIND N > N [number=K]",
            "It arrives once more, right after itself. Only links between nodes double messages.",
        )],
        read: |cursor| message_between_nodes(cursor).map(Action::Duplicate).map(Statement::Act),
    },
    Command {
        word: "link",
        usages: &[
            Usage::new(
                "link N N [latency=D] [jitter=D] [loss=P%]",
                "Sets a link, both ways: the time one way, the most that chance adds to it, and the share of messages lost.",
            ),
            Usage::new(
                "link N N [duplicate=P%] [reorder=P%] [bandwidth=B]",
                "The same: the share of messages that arrive twice, the share that others overtake, and how much passes in a second.",
            ),
        ],
        read: link,
    },
    Command {
        word: "disk",
        usages: &[Usage::new("disk N fsync=D", "Sets how long the disk of N takes to make a write durable.")],
        read: |cursor| {
            let node = node(cursor)?;
            cursor.setting(&[("fsync", ())], &mut Vec::new())?;
            Ok(Statement::Act(Action::SetDisk(node, cursor.duration(Micros(0))?)))
        },
    },
    Command {
        word: "cpu",
        usages: &[Usage::new(
            "cpu N [entry=D] [message=D]",
            "Sets what work costs the processor of N: each entry, and each message in or out. What arrives meanwhile waits.",
        )],
        read: cpu,
    },
    Command {
        word: "objective",
        usages: &[
            Usage::new(
                "objective N lag=D",
                "The operator wants N to lag behind the leader by no more; the transcript tells when that is broken or met.",
            ),
            Usage::new("objective N lag=off", "The operator wants nothing of the kind any more."),
        ],
        read: |cursor| {
            let node = node(cursor)?;
            cursor.setting(&[("lag", ())], &mut Vec::new())?;
            Ok(Statement::Act(Action::SetObjective(node, throttle(cursor)?)))
        },
    },
    Command {
        word: "set",
        usages: &[
            Usage::new("set ack=RULE", "From here on, another commit rule says what 201 Created means."),
            Usage::new("set sync=N,N", "From here on, these nodes are the synchronous set."),
            Usage::new("set timeout=D", "From here on, customers wait so long before a request is in doubt."),
            Usage::new("set bound=K", "From here on, a leader with so many uncommitted entries refuses more with 503."),
            Usage::new(
                "set throttle=D",
                "From here on, the leader holds requests back while a follower lags behind by more.",
            ),
            Usage::new("set throttle=off", "From here on, it does so for nobody."),
            Usage::new("set batch=K", "From here on, so many entries travel together at most."),
            Usage::new(
                "set retain=K",
                "From here on, nodes keep so many entries behind what they have applied, and a snapshot for the rest.",
            ),
            Usage::new(
                "set window=K",
                "From here on, so many messages with entries may be on their way to a follower unacknowledged.",
            ),
            Usage::new(
                "set chunk=K",
                "From here on, one chunk of a snapshot carries so many rows: bookings, or requests carried out.",
            ),
            Usage::new(
                "set terms=SWITCH",
                "From here on, orders from an older term are rejected, or two leaders ignore each other.",
            ),
            Usage::new("set lease=SWITCH", "From here on, a leader must renew its lease to answer, or needs none."),
            Usage::new(
                "set gateway-token=SWITCH",
                "From here on, the gateway refuses answers of older terms, or takes any.",
            ),
            Usage::new(
                "set failover=WHO",
                "From here on, the nodes elect a leader by themselves, or the operator promotes one.",
            ),
            Usage::new("set reads=ROUTE", "From here on, reads that name no node go there."),
        ],
        read: |cursor| set(cursor).map(Statement::Act),
    },
    Command {
        word: "burst",
        usages: &[Usage::new(
            "burst K/s for D",
            "Customers begin to come by themselves, so many a second on average, each for the next of W1, W2, ….",
        )],
        read: |cursor| {
            let rate = cursor.rate(MOST_CUSTOMERS)?;
            cursor.require("for")?;
            Ok(Statement::Act(Action::Burst { rate, span: cursor.duration(Micros(1))? }))
        },
    },
    Command {
        word: "run",
        usages: &[
            Usage::new("run D", "So much time passes, and all happens that is due by its end."),
            Usage::new(
                "run until CONDITION [within D]",
                "Time passes until the condition holds; it is a failure if that takes longer than D, or than 60 s.",
            ),
        ],
        read: run,
    },
    Command {
        word: "step",
        usages: &[Usage::new("step [K]", "The next event happens, or the next K events.")],
        read: |cursor| {
            if cursor.at_end() {
                return Ok(Statement::Step(1));
            }
            let count = cursor.number("a number of events", 1..=u64::from(MOST_STEPS))?;
            Ok(Statement::Step(u32::try_from(count).unwrap_or(MOST_STEPS)))
        },
    },
    Command {
        word: "expect",
        usages: &[Usage::new("expect CONDITION", "The condition must hold now, or the script has failed.")],
        read: |cursor| condition(cursor).map(Statement::Expect),
    },
];

/// The rest of a line after `cluster` has been read elsewhere: one command, and nothing after it.
pub(super) fn statement(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    let Some(read) = cursor.accept_one(COMMANDS.iter().map(|command| (command.word, command.read))) else {
        let misplaced = cursor.word() == Some("cluster");
        return Err(cursor.fail(if misplaced { "can only begin a script" } else { "is no command" }));
    };
    let statement = read(cursor)?;
    cursor.end()?;
    Ok(statement)
}

pub(super) fn node(cursor: &mut Cursor<'_>) -> Parsed<NodeId> {
    cursor.node(NodeSet::EMPTY)
}

pub(super) fn two_nodes(cursor: &mut Cursor<'_>) -> Parsed<(NodeId, NodeId)> {
    let first = node(cursor)?;
    Ok((first, cursor.node(NodeSet::EMPTY.with(first))?))
}

fn request(cursor: &mut Cursor<'_>, booking: Booking) -> Parsed<Statement> {
    let cabin = cursor.cabin()?;
    cursor.require("for")?;
    let customer = customer(cursor)?;
    let at = if cursor.accept("at") { Some(node(cursor)?) } else { None };
    let request = match cursor.accept("as") {
        true => cursor.new_request()?,
        false => cursor.names().next_free().map_or_else(|| cursor.new_request(), Ok)?,
    };
    Ok(Statement::Act(Action::Request { request, booking, cabin, customer, at }))
}

fn customer(cursor: &mut Cursor<'_>) -> Parsed<CustomerId> {
    let number = cursor.number("the number of a customer", 1..=u64::from(u32::MAX))?;
    Ok(CustomerId(u32::try_from(number).unwrap_or(u32::MAX)))
}

fn read(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    let cabin = cursor.cabin()?;
    let customer = if cursor.accept("for") { Some(customer(cursor)?) } else { None };
    let at = if cursor.accept("at") { Some((node(cursor)?, how(cursor)?)) } else { None };
    let read = match cursor.accept("as") {
        true => cursor.new_read()?,
        false => cursor.names().next_free_read().map_or_else(|| cursor.new_read(), Ok)?,
    };
    Ok(Statement::Act(Action::Read { read, cabin, customer, at }))
}

/// How sure the answer to a read is to be.
fn how(cursor: &mut Cursor<'_>) -> Parsed<How> {
    #[derive(Clone, Copy)]
    enum Kind {
        Plain(Consistency),
        Token,
        Bounded,
    }
    let kinds = [
        ("local", Kind::Plain(Consistency::Local)),
        ("leader", Kind::Plain(Consistency::Leader)),
        ("linearizable", Kind::Plain(Consistency::Linearizable)),
        ("token", Kind::Token),
        ("bounded", Kind::Bounded),
    ];
    Ok(match cursor.one("kind of read", kinds)? {
        Kind::Plain(consistency) => How::As(consistency),
        Kind::Bounded => How::As(Consistency::Bounded(cursor.duration(Micros(0))?)),
        Kind::Token => match cursor.accept_position() {
            Some(position) => How::As(Consistency::Token(position)),
            None => match cursor.accept_request()? {
                Some(request) => How::TokenOf(request),
                None => return Err(cursor.fail("is no token")),
            },
        },
    })
}

fn run(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    if !cursor.accept("until") {
        return cursor.duration(Micros(0)).map(Statement::Run);
    }
    let condition = condition(cursor)?;
    let within = if cursor.accept("within") { Some(cursor.duration(Micros(0))?) } else { None };
    Ok(Statement::RunUntil { condition, within })
}
