//! Why things stand as they do: a question about an entry, a request or a node is answered with what the core knows, as
//! data with the positions that decide it, and with the events that led there.
//!
//! `question` is what can be asked, `finding` is what can be found and how it is said; `hand_over` is what a planned change of leader does; `find` looks at the present moment; `chain` looks back over the
//! run. Nothing here is remembered: the same run asked the same question gives the same answer.

mod chain;
mod find;
mod finding;
mod hand_over;
mod question;

pub use find::{of_entry, of_promotion, of_read, of_request, of_waiting};
pub use finding::{Finding, Obstacle};
pub use hand_over::HandOver;
pub use question::Question;

use super::timeline::{Logged, Timeline};
use crate::replication::Objection;
use std::fmt;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What asking for a promotion does while the leader is there to hand over: the finding is then on force alone.
    pub hand_over: Option<HandOver>,
    /// What decides it, now.
    pub finding: Finding,
    /// The events that led there, in the order in which they happened.
    pub chain: Vec<Logged>,
}

/// Answers a question about the present moment of a run; nothing if what it asks about has not come about.
#[must_use]
pub fn explain(timeline: &Timeline, question: Question) -> Option<Explanation> {
    let world = timeline.world();
    let mut hand_over = None;
    let (finding, chain) = match question {
        Question::Request(request) => {
            let ticket = world.gateway().tickets().get(request)?;
            let entry = find::position_of(world, request);
            let chain = chain::of_booking(timeline, Some(request), entry);
            let finding = match of_request(world, ticket) {
                Finding::Unavailable { .. } => Finding::Unavailable { judged: chain::last_judgement(&chain) },
                finding => finding,
            };
            (finding, chain)
        }
        Question::Read(read) => {
            let ticket = world.reads().tickets().get(read)?;
            (of_read(world, ticket), chain::of_read(timeline, ticket))
        }
        Question::Entry(position) => {
            let chain = chain::of_booking(timeline, None, Some(position));
            let was_there = || chain::appends(&chain, position).then_some(Finding::NoCopy { position });
            (of_entry(world, position).or_else(was_there)?, chain)
        }
        Question::Promotion(node) => {
            hand_over = HandOver::of(world, node);
            (of_promotion(world, world.present_verdict(node)), chain::of_promotion(timeline, node))
        }
        Question::StepDown(node) => chain::of_step_down(timeline, node)?,
        Question::Snapshot(node) => chain::of_snapshot(timeline, node)?,
    };
    Some(Explanation { hand_over, finding, chain })
}

impl Explanation {
    /// The answer in words.
    #[must_use]
    pub fn says(&self) -> String {
        match self.hand_over {
            Some(hand_over) => format!("{hand_over} By force it would lead at once. {}", self.finding),
            None => self.finding.to_string(),
        }
    }

    /// What speaks against a promotion, if that was asked.
    #[must_use]
    pub fn objections(&self) -> &[Objection] {
        match &self.finding {
            Finding::Promotion { verdict, leads: false, .. } => &verdict.objections,
            _ => &[],
        }
    }
}

/// The answer, what speaks against a promotion, and below it what led there, a line an event.
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.says())?;
        self.objections().iter().try_for_each(|objection| write!(f, "\n- {objection}"))?;
        self.chain.iter().try_for_each(|logged| write!(f, "\n{}", logged.record))
    }
}
