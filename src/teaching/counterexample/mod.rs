//! From what a search found to a script that plays.
//!
//! A search finds a path without time: an order of deliveries, disk writes and faults. `schedule` finds moments for its
//! steps, `plan` what has to be done to links and disks for the steps to fall on them; the script that says so meets
//! what was looked for. Then `shrink` leaves out whatever that does not need, evens the times out, and waits for
//! facts rather than for times where it can. Nothing is believed: every script was played before it is handed out.

mod plan;
mod schedule;
mod shrink;

use crate::simulation::search::{Search, Wanted, trace};
use crate::simulation::{ClusterConfig, World};
use crate::teaching::script::{Line, Script, Statement};

/// A script that meets what a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counterexample {
    /// How many steps the path without time has.
    pub steps: usize,
    /// What happens in it.
    pub wanted: Wanted,
    /// The script.
    pub script: Script,
}

impl Counterexample {
    /// The counterexample of a search that found one. Nothing if no run with time was found that follows its path: that
    /// says nothing against the path.
    #[must_use]
    pub fn of(search: &Search) -> Option<Self> {
        let path = search.path()?;
        let start = search.start();
        let mut end = start.clone();
        path.iter().for_each(|step| end.take(*step, &mut Vec::new()));
        let wanted = match search.wanted() {
            Wanted::Anything => Wanted::Violation(*end.checker().broken().first()?),
            wanted => wanted,
        };
        let (deeds, moment) = plan::plan(&trace(start, &path))?;
        let mut statements = statements(&deeds, moment);
        let cluster = *start.config();
        let begin = |cluster: ClusterConfig| World::new(cluster).judging_as(start);
        if !shrink::comes_to(wanted, begin(cluster), &statements) {
            return None;
        }
        let cluster = shrink::shrink(&mut statements, cluster, &begin, wanted);
        let lines = statements.into_iter().map(|statement| Line { number: 0, statement }).collect();
        Some(Self { steps: path.len(), wanted, script: Script { cluster, lines } })
    }
}

/// What is done, with the time that passes between.
fn statements(deeds: &[plan::Deed], end: crate::simulation::Micros) -> Vec<Statement> {
    let mut now = crate::simulation::Micros(0);
    let mut statements = Vec::new();
    for (moment, action) in deeds {
        if *moment > now {
            statements.push(Statement::Run(moment.since(now)));
            now = *moment;
        }
        statements.push(Statement::Act(*action));
    }
    statements.push(Statement::Run(end.since(now)));
    statements
}
