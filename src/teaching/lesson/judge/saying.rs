//! Conditions in words: what they demand, and what is so instead.

use crate::replication::{Answer as NodeAnswer, NodeId, ReadAnswer, ReadId, RequestId};
use crate::simulation::{Invariant, Micros, Outcome, Standing, World, print_duration, print_per_mille};
use crate::teaching::facts::{measured, reached, rolled_back, truth};
use crate::teaching::script::{Answer, Condition, Fact, Measure, ReadFact, Stage};
use crate::teaching::why::{self, Finding};

/// What a condition demands, as a sentence without its full stop.
#[must_use]
pub fn wanted(condition: &Condition) -> String {
    let yes = !condition.negated;
    let either = |so: &str, not: &str| if yes { so.to_owned() } else { not.to_owned() };
    let is = |what: &str| if yes { format!("is {what}") } else { format!("is not {what}") };
    match condition.fact {
        Fact::Answered(request, answer) => match answer {
            Answer::Created => {
                format!("the customer of {request} {} 201 Created", either("has heard", "has not heard"))
            }
            Answer::Conflict => format!("{request} {}", is("refused with 409")),
            Answer::Unavailable => format!("{request} {}", is("refused with 503")),
            Answer::Pending => format!("{request} {} an answer", either("still waits for", "no longer waits for")),
            Answer::InDoubt => format!("{request} {}", is("in doubt")),
        },
        Fact::Kept(request) => format!("the promise of {request} {}", is("kept")),
        Fact::Lost(request) => format!("the promise of {request} {}", is("lost")),
        Fact::Read(read, fact) => format!("{read} {}", wanted_of_read(fact, yes)),
        Fact::Leader(node) => format!("{node} {} in the highest term", either("leads", "does not lead")),
        Fact::NoLeader => either("nobody leads", "somebody leads"),
        Fact::Term(term) => format!("{term} {}", is("the highest term of any leader")),
        Fact::Reached(node, stage, index) => {
            let has = either("has", "does not have");
            match stage {
                Stage::Appended => format!("{node} {has} {index} in memory"),
                Stage::Durable => format!("{node} {has} {index} on its disk"),
                Stage::Committed => {
                    format!("{node} {} that {index} is committed", either("knows", "does not know"))
                }
                Stage::Applied => format!("{node} {} {index}", either("has applied", "has not applied")),
            }
        }
        Fact::Committed(index) => format!("{index} {}", is("committed")),
        Fact::NeedsSnapshot(node) => format!("{node} {} a snapshot", either("needs", "does not need")),
        Fact::Lag(node, entries) => {
            format!(
                "{node} {} {}",
                either("lacks at least", "lacks fewer than"),
                counted(entries.into(), "entry", "entries")
            )
        }
        Fact::LagTime(node, span) => {
            format!("{node} lags {} {} behind", either("at least", "less than"), print_duration(span))
        }
        Fact::MeetsObjective(node) => format!("{node} {} its lag objective", either("meets", "does not meet")),
        Fact::Promotable(node) => format!("promoting {node} {}", is("provably safe")),
        Fact::Role(node, role) => format!("{node} {}", is(&format!("a {role}"))),
        Fact::Busy(node, share) => {
            format!("{node} {} {} of the time", either("works at least", "works less than"), print_per_mille(share))
        }
        Fact::Measured(measure, least) => wanted_measure(measure, least, yes),
        Fact::RolledBack(entries) => {
            let at_least = either("at least", "fewer than");
            format!("{at_least} {} been rolled back", counted(entries, "entry has", "entries have"))
        }
        Fact::Violation(invariant) => either(broken(invariant), kept(invariant)),
        Fact::NoViolation => {
            format!("{} that must never happen", either("nothing has happened", "something has happened"))
        }
    }
}

fn wanted_of_read(fact: ReadFact, yes: bool) -> &'static str {
    match (fact, yes) {
        (ReadFact::Free, true) => "finds the cabin free",
        (ReadFact::Free, false) => "does not find the cabin free",
        (ReadFact::Taken, true) => "finds the cabin taken",
        (ReadFact::Taken, false) => "does not find the cabin taken",
        (ReadFact::Refused, true) => "is refused",
        (ReadFact::Refused, false) => "is not refused",
        (ReadFact::Pending, true) => "still waits for its answer",
        (ReadFact::Pending, false) => "no longer waits for its answer",
        (ReadFact::Fresh, true) | (ReadFact::Stale, false) => "is fresh",
        (ReadFact::Stale, true) | (ReadFact::Fresh, false) => "is stale",
        (ReadFact::OwnWrites, true) => "shows the customer their own bookings",
        (ReadFact::OwnWrites, false) => "does not show the customer their own bookings",
        (ReadFact::Monotonic, true) => "shows nothing older than what the customer had seen",
        (ReadFact::Monotonic, false) => "shows something older than what the customer had seen",
    }
}

/// What is so, about that of which a condition speaks: a sentence without its full stop.
#[must_use]
pub fn told(world: &World, condition: &Condition) -> String {
    match condition.fact {
        Fact::Answered(request, Answer::InDoubt) if world.promises().of(request).is_some() => {
            promise_of(world, request)
        }
        Fact::Answered(request, _) => answer_to(world, request),
        Fact::Kept(request) | Fact::Lost(request) => promise_of(world, request),
        Fact::Read(read, fact) => of_read(world, read, fact),
        Fact::Leader(_) | Fact::NoLeader => leader(world),
        Fact::Term(_) => format!("the highest term of any leader is {}", world.deciding().0),
        Fact::Reached(node, stage, _) => has_reached(world, node, stage),
        Fact::Committed(_) => match world.leader() {
            Some(leader) => {
                format!("{}, the leader, counts everything up to {} as committed", leader.id(), leader.commit())
            }
            None => leader(world),
        },
        Fact::NeedsSnapshot(node) if truth(world, &condition.fact) == Some(true) => {
            format!("{node} lacks entries that the leader's log no longer has")
        }
        Fact::NeedsSnapshot(node) => format!("{node} can be brought up to date from the leader's log"),
        Fact::Lag(node, _) => match world.lag(node) {
            Some(lag) => {
                format!("{node} lacks {} of the leader's log", counted(lag.entries.into(), "entry", "entries"))
            }
            None => leader(world),
        },
        Fact::LagTime(node, _) => match world.lag(node) {
            Some(lag) => format!("{node} lags {} behind", print_duration(lag.time)),
            None => leader(world),
        },
        Fact::MeetsObjective(node) => match (world.objective(node), world.lag(node)) {
            (None, _) => format!("{node} has no lag objective"),
            (Some(_), None) => leader(world),
            (Some(objective), Some(lag)) => {
                let (is, may) = (print_duration(lag.time), print_duration(objective.limit));
                format!("{node} lags {is} behind, and may lag {may}")
            }
        },
        Fact::Promotable(node) => promotable(world, node),
        Fact::Role(node, _) => match &world.machine(node).node {
            Some(running) => format!("{node} takes itself for a {}", running.role()),
            None => format!("{node} is down"),
        },
        Fact::Busy(node, _) => match world.measures().last() {
            Some(last) => format!("{node} worked {} of the time", print_per_mille(last.share_busy(node) as u16)),
            None => "nothing has been measured yet".to_owned(),
        },
        Fact::Measured(measure, _) => match measured(world, measure) {
            Some(so) => told_measure(measure, so),
            None => "nothing has been measured yet".to_owned(),
        },
        Fact::RolledBack(_) => {
            format!("{} been rolled back so far", counted(rolled_back(world), "entry has", "entries have"))
        }
        Fact::Violation(_) | Fact::NoViolation => violations(world),
    }
}

fn answer_to(world: &World, request: RequestId) -> String {
    match world.gateway().tickets().get(request).map(|ticket| ticket.outcome) {
        None => format!("{request} has not been made"),
        Some(Outcome::Pending) if world.promises().of(request).is_some() => {
            format!("{request} has no answer yet: its 201 is on its way to the customer")
        }
        Some(Outcome::Pending) => format!("{request} has no answer yet{}", why_of(world, request)),
        Some(Outcome::InDoubt) => format!("{request} had no answer in time, and is in doubt"),
        Some(Outcome::Answered { answer: NodeAnswer::Created(position), .. }) => {
            format!("the customer of {request} has heard 201 Created, with the token {position}")
        }
        Some(Outcome::Answered { answer, .. }) => format!("the customer of {request} has heard {answer}"),
    }
}

/// Why a request stands as it does, behind a colon.
fn why_of(world: &World, request: RequestId) -> String {
    let ticket = world.gateway().tickets().get(request);
    ticket.map(|ticket| format!(": {}", said(&why::of_request(world, ticket)))).unwrap_or_default()
}

fn promise_of(world: &World, request: RequestId) -> String {
    let Some(promise) = world.promises().of(request) else {
        return format!("no 201 has been sent for {request}: {}", answer_to(world, request));
    };
    let standing = match promise.standing {
        Standing::Kept => "kept",
        Standing::InDoubt => "in doubt",
        Standing::Lost => "lost",
    };
    format!("the promise of {request} is {standing}{}", why_of(world, request))
}

fn of_read(world: &World, read: ReadId, fact: ReadFact) -> String {
    let Some(ticket) = world.reads().tickets().get(read) else { return format!("{read} has not been made") };
    let because = said(&why::of_read(world, ticket));
    match (ticket.outcome, fact) {
        (None, _) => format!("{read} has no answer yet"),
        (Some((ReadAnswer::Refused(_), _)), _) => format!("{read} is refused: {because}"),
        (Some((ReadAnswer::Seen { holder: None, .. }, _)), ReadFact::Free | ReadFact::Taken) => {
            format!("{read} found {} free, and {}", ticket.read.cabin, after(&because, read))
        }
        (Some((ReadAnswer::Seen { holder: Some(holder), .. }, _)), ReadFact::Free | ReadFact::Taken) => {
            format!("{read} found {} taken by {holder}, and {}", ticket.read.cabin, after(&because, read))
        }
        _ => because,
    }
}

/// A sentence about a read without its first word, the read's name.
fn after(sentence: &str, read: ReadId) -> &str {
    sentence.strip_prefix(&format!("{read} ")).unwrap_or(sentence)
}

fn leader(world: &World) -> String {
    match (world.leader(), world.deciding()) {
        (Some(leader), (term, _)) => format!("{} leads, in term {term}", leader.id()),
        (None, (term, last)) => format!("nobody leads; the last leader was {last}, in term {term}"),
    }
}

fn has_reached(world: &World, node: NodeId, stage: Stage) -> String {
    match (reached(world, node, stage), stage) {
        (None, _) => format!("{node} is down, and has nothing in memory"),
        (Some(index), Stage::Appended) => format!("{node}'s last entry is {index}"),
        (Some(index), Stage::Durable) => format!("the last entry on {node}'s disk is {index}"),
        (Some(index), Stage::Committed) => format!("{node} knows that everything up to {index} is committed"),
        (Some(index), Stage::Applied) => format!("{node}'s deck plan goes up to {index}"),
    }
}

fn promotable(world: &World, node: NodeId) -> String {
    let finding = why::of_promotion(world, world.present_verdict(node));
    match &finding {
        Finding::Promotion { verdict, leads: false, .. } => {
            let text = said(&finding);
            let (first, rest) = text.split_at(1);
            let objection = verdict.objections.first().map(|objection| format!(" ({objection})")).unwrap_or_default();
            format!("promoting {node} is {}{rest}{objection}", first.to_lowercase())
        }
        _ => format!("{node}: {}", said(&finding)),
    }
}

fn violations(world: &World) -> String {
    let mut violated: Vec<Invariant> = world.shards().flat_map(|shard| shard.checker().broken().to_vec()).collect();
    violated.sort_unstable();
    violated.dedup();
    if violated.is_empty() {
        return "nothing has happened that must never happen".to_owned();
    }
    let told: Vec<&str> = violated.into_iter().map(broken).collect();
    format!("this must never happen, and has: {}", told.join("; "))
}

/// What has happened when an invariant is violated.
fn broken(invariant: Invariant) -> &'static str {
    match invariant {
        Invariant::OneLeaderPerTerm => "one term has had two leaders",
        Invariant::LogMatching => "two logs agree at a position and differ before it",
        Invariant::LeaderCompleteness => "a new leader lacks an entry that had been committed",
        Invariant::SameCommandApplied => "two nodes have applied different commands at one index",
        Invariant::PromisesKept => "a booking that was answered 201 has been lost",
        Invariant::NoDoubleBooking => "a cabin has been promised to two customers",
        Invariant::TokenReadsHold => "a read with a token was answered without the token's entry",
        Invariant::LinearizableReadsFresh => "a linearizable read was stale",
    }
}

/// What is so as long as it is not.
fn kept(invariant: Invariant) -> &'static str {
    match invariant {
        Invariant::OneLeaderPerTerm => "no term has had two leaders",
        Invariant::LogMatching => "no two logs agree at a position and differ before it",
        Invariant::LeaderCompleteness => "no new leader lacks an entry that had been committed",
        Invariant::SameCommandApplied => "no two nodes have applied different commands at one index",
        Invariant::PromisesKept => "no booking that was answered 201 has been lost",
        Invariant::NoDoubleBooking => "no cabin has been promised to two customers",
        Invariant::TokenReadsHold => "no read with a token was answered without the token's entry",
        Invariant::LinearizableReadsFresh => "no linearizable read was stale",
    }
}

/// What the core finds, without its full stop.
fn said(finding: &Finding) -> String {
    let text = finding.to_string();
    text.strip_suffix('.').unwrap_or(&text).to_owned()
}

fn counted(count: u64, one: &str, more: &str) -> String {
    match count {
        0 => format!("no {one}"),
        1 => format!("1 {one}"),
        _ => format!("{count} {more}"),
    }
}

fn wanted_measure(measure: Measure, least: u64, yes: bool) -> String {
    let how = if yes { "at least" } else { "less than" };
    let span = print_duration(Micros(least));
    match measure {
        Measure::P50 => format!("half of the customers waited {how} {span}"),
        Measure::P99 if yes => format!("one customer in a hundred waited {how} {span}"),
        Measure::P99 => format!("all but one customer in a hundred waited {how} {span}"),
        _ => format!("{how} {}", counted_customers(measure, least)),
    }
}

fn told_measure(measure: Measure, so: u64) -> String {
    let span = print_duration(rounded(Micros(so)));
    match measure {
        Measure::P50 => format!("half of the customers waited {span} or less, as near as is measured"),
        Measure::P99 => {
            format!("all but one customer in a hundred waited {span} or less, as near as is measured")
        }
        _ => counted_customers(measure, so),
    }
}

fn counted_customers(measure: Measure, count: u64) -> String {
    let does = match measure {
        Measure::Arrived => "came",
        Measure::Refused => "heard 503",
        Measure::Throughput => "a second heard 201",
        _ => "heard 201",
    };
    format!("{} {does}", counted(count, "customer", "customers"))
}

/// A time that was measured to within an eighth, in two digits.
fn rounded(span: Micros) -> Micros {
    let unit = 10_u64.pow(span.0.max(1).ilog10().saturating_sub(1));
    Micros((span.0 + unit / 2) / unit * unit)
}
