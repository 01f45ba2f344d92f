//! What is done when, so that a run with time takes the steps of a path without time.
//!
//! Links lose everything, but for the moments at which something is sent that arrives; for these a link gets the latency
//! that lets it arrive in its turn. Disks get the fsync that ends in its turn. Everything else of the path is done at the
//! moment of its step.

use super::schedule::{asked_at, schedule, to_operator};
use crate::replication::NodeId;
use crate::simulation::search::{Begun, Traced, What};
use crate::simulation::{Action, LinkSettings, Micros, Occurrence, Place};

/// How long before a step its links and disks are made ready.
const BEFORE: i64 = 40;
/// An fsync that does not end within the run.
const FOR_EVER: i64 = 60_000_000;

/// What is done, and when.
pub(super) type Deed = (Micros, Action);

/// All that has to be done for a path, in order; nothing if time does not allow for it. With the moment of its end.
pub(super) fn plan(path: &[Traced]) -> Option<(Vec<Deed>, Micros)> {
    let moments = schedule(path)?;
    let mut deeds: Vec<(i64, Action)> = Vec::new();
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
        deeds.push((0, Action::SetLink(NodeId(a), NodeId(b), losing())));
    }
    for (step, traced) in path.iter().enumerate() {
        let moment = moments[step];
        for Begun { what, comes } in &traced.began {
            let span = comes.map(|comes| moments[comes] - moment);
            match (*what, span) {
                (Occurrence::Message { from: Place::Node(from), to: Place::Node(to) }, Some(span)) => {
                    let (a, b) = (from.min(to), from.max(to));
                    deeds.push((moment - BEFORE, Action::SetLink(a, b, taking(span))));
                    deeds.push((moment, Action::SetLink(a, b, losing())));
                }
                (Occurrence::Written(node), span) => {
                    deeds.push((moment - BEFORE, Action::SetDisk(node, micros(span.unwrap_or(FOR_EVER)))));
                }
                _ => {}
            }
        }
        match traced.what {
            What::Done(action) => deeds.push((asked_at(&action, moment), action)),
            // Asked to, it stands at once, unless there is a leader to hand over first.
            What::Stood { node, leader } => {
                let asked = moment - to_operator(node);
                deeds.extend(leader.map(|leader| (asked, Action::CutControl(leader))));
                deeds.push((asked, Action::Promote { node, force: false }));
            }
            What::Meddled => return None,
            What::Came(_) | What::Probed { .. } => {}
        }
    }
    // Stable: what is done at one moment stays in its order, a step's action before its links are closed again.
    deeds.sort_by_key(|(moment, action)| (*moment, matches!(action, Action::SetLink(..)) && *moment > 0));
    let end = micros(*moments.last()? + 1);
    Some((deeds.into_iter().map(|(moment, action)| (micros(moment), action)).collect(), end))
}

fn micros(span: i64) -> Micros {
    Micros(u64::try_from(span).unwrap_or(0))
}

fn losing() -> LinkSettings {
    LinkSettings { loss_per_mille: Some(1000), ..taking(0) }
}

fn taking(span: i64) -> LinkSettings {
    LinkSettings {
        latency: Some(micros(span)),
        jitter: Some(Micros(0)),
        loss_per_mille: Some(0),
        ..LinkSettings::default()
    }
}
