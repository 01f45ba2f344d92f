//! What it needs for something to happen, and no more.

use crate::replication::ReadId;
use crate::simulation::search::Wanted;
use crate::simulation::{Action, ClusterConfig, Invariant, Micros, World, clock};
use crate::teaching::facts::holds;
use crate::teaching::script::{Answer, Condition, Fact, ReadFact, Statement};

/// How long the last wait may take, and how long any other may.
const PATIENCE: Micros = Micros::from_secs(2);

/// Whether what was looked for has happened at the end of a run from `world` on.
pub(super) fn comes_to(wanted: Wanted, mut world: World, statements: &[Statement]) -> bool {
    statements.iter().all(|statement| execute(&mut world, statement)) && wanted.has_happened(&world)
}

/// How a script says what was looked for.
fn fact(wanted: Wanted) -> Fact {
    match wanted {
        Wanted::Violation(invariant) => Fact::Violation(invariant),
        Wanted::Anything => Fact::NoViolation,
        Wanted::PromisedByDeposed => Fact::Violation(Invariant::PromisesKept),
        Wanted::OwnBookingUnseen | Wanted::PromiseUnseen => Fact::Read(ReadId(1), ReadFact::Stale),
    }
}

fn execute(world: &mut World, statement: &Statement) -> bool {
    let mut records = Vec::new();
    match statement {
        Statement::Act(action) => world.take(crate::simulation::Step::Act(*action), &mut records),
        Statement::Run(span) => clock::run_until(world, world.now() + *span, &mut records),
        Statement::RunUntil { condition, within } => {
            let end = world.now() + within.unwrap_or(PATIENCE);
            while !holds(world, condition) {
                if world.next_due().is_none_or(|(_, at)| at > end) {
                    return false;
                }
                clock::step(world, &mut records);
                records.clear();
            }
        }
        Statement::Step(_) => return false,
        Statement::Expect(condition) => return holds(world, condition),
    }
    true
}

/// Leaves out what is not needed, and makes the rest easy to read. The configuration that is then enough.
pub(super) fn shrink(
    statements: &mut Vec<Statement>,
    cluster: ClusterConfig,
    begin: &dyn Fn(ClusterConfig) -> World,
    wanted: Wanted,
) -> ClusterConfig {
    // What comes about in the end may come about a little later in a shorter script.
    let condition = Condition { negated: wanted == Wanted::Anything, fact: fact(wanted) };
    statements.push(Statement::RunUntil { condition, within: None });
    let mut cluster = cluster;
    loop {
        let before = statements.clone();
        let piped = ClusterConfig { pipeline: true, ..cluster };
        if cluster != piped && comes_to(wanted, begin(piped), statements) {
            cluster = piped;
        }
        let still = |shorter: &[Statement]| comes_to(wanted, begin(cluster), shorter);
        leave_out(statements, &still);
        even_out(statements, &still);
        wait_for_facts(statements, &still);
        join_waits(statements);
        if *statements == before {
            return cluster;
        }
    }
}

/// Tries to do without: first without long stretches, then without single lines. The last line is the wait itself.
fn leave_out(statements: &mut Vec<Statement>, still: &dyn Fn(&[Statement]) -> bool) {
    let mut stretch = statements.len();
    while stretch > 0 {
        let mut from = 0;
        while from + 1 < statements.len() {
            let mut shorter = statements.clone();
            shorter.drain(from..(from + stretch).min(statements.len() - 1));
            if still(&shorter) {
                *statements = shorter;
            } else {
                from += stretch;
            }
        }
        stretch /= 2;
    }
    for place in 0..statements.len() {
        if let Statement::Act(Action::Request { request, booking, cabin, customer, at: Some(_) }) = statements[place] {
            let action = Action::Request { request, booking, cabin, customer, at: None };
            attempt(statements, place, Statement::Act(action), still);
        }
        let Statement::Act(Action::SetLink(a, b, settings)) = statements[place] else { continue };
        for part in 0..6 {
            let Statement::Act(Action::SetLink(_, _, mut fewer)) = statements[place] else { continue };
            match part {
                0 => fewer.jitter = None,
                1 => fewer.latency = None,
                2 => fewer.loss_per_mille = None,
                3 => fewer.duplicate_per_mille = None,
                4 => fewer.reorder_per_mille = None,
                _ => fewer.bandwidth = None,
            }
            let without = Statement::Act(Action::SetLink(a, b, fewer));
            if fewer != settings && fewer != crate::simulation::LinkSettings::default() {
                attempt(statements, place, without, still);
            }
        }
    }
}

/// Puts one statement in the place of another, if all still comes about. Whether it does.
fn attempt(statements: &mut [Statement], place: usize, other: Statement, still: &dyn Fn(&[Statement]) -> bool) -> bool {
    let before = std::mem::replace(&mut statements[place], other);
    let fine = still(statements);
    if !fine {
        statements[place] = before;
    }
    fine
}

/// Rounds times, of waits and of what links and disks take, up to what is easy to say.
fn even_out(statements: &mut [Statement], still: &dyn Fn(&[Statement]) -> bool) {
    for place in 0..statements.len() {
        for unit in [100_000, 10_000, 1_000] {
            let round = |span: Micros| Micros(span.0.div_ceil(unit) * unit);
            let rounded = match statements[place] {
                Statement::Run(span) => Statement::Run(round(span)),
                Statement::Act(Action::SetDisk(node, fsync)) => Statement::Act(Action::SetDisk(node, round(fsync))),
                Statement::Act(Action::SetLink(a, b, mut settings)) => {
                    settings.latency = settings.latency.map(round);
                    Statement::Act(Action::SetLink(a, b, settings))
                }
                _ => continue,
            };
            if rounded == statements[place] || attempt(statements, place, rounded, still) {
                break;
            }
        }
    }
}

/// Waits for what the story is about, where that does as well as a time.
fn wait_for_facts(statements: &mut [Statement], still: &dyn Fn(&[Statement]) -> bool) {
    let mut facts = Vec::new();
    for statement in statements.iter() {
        match statement {
            Statement::Act(Action::Request { request, .. }) => facts.push(Fact::Answered(*request, Answer::Created)),
            Statement::Act(Action::Promote { node, .. }) => facts.push(Fact::Leader(*node)),
            _ => {}
        }
    }
    for place in 0..statements.len() {
        if !matches!(statements[place], Statement::Run(_)) {
            continue;
        }
        for fact in &facts {
            let condition = Condition { negated: false, fact: *fact };
            if attempt(statements, place, Statement::RunUntil { condition, within: None }, still) {
                break;
            }
        }
    }
}

/// Two waits in a row are one, if both are for a time.
fn join_waits(statements: &mut Vec<Statement>) {
    let mut joined: Vec<Statement> = Vec::new();
    for statement in statements.drain(..) {
        match (joined.last_mut(), statement) {
            (Some(Statement::Run(before)), Statement::Run(span)) => *before = *before + span,
            _ => joined.push(statement),
        }
    }
    *statements = joined;
}
