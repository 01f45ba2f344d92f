//! When each step of a path without time has to happen, so that what takes a fixed time takes it.
//!
//! Every step has to come after the one before it. Messages of customers and of the control plane take the time that they
//! take, a promotion has its deadline, and a leader speaks unasked at its heartbeats alone. Links and disks may be as slow
//! as the order demands. So the moments are the least solution of a system of differences, `moment(b) >= moment(a) + w`,
//! which relaxation finds; a cycle that grows without end says that there is none.

use crate::replication::NodeId;
use crate::simulation::search::{Begun, Traced, What};
use crate::simulation::{Action, Occurrence, Place};

/// The least time between two steps, in microseconds.
const GAP: i64 = 100;
/// When the first step may happen: bookings have to be asked for before it. Off the round numbers, at which leaders are
/// heard.
const START: i64 = 120_300;
const HEARTBEAT: i64 = 50_000;
const CAMPAIGN: i64 = 500_000;
const CUSTOMER: i64 = 5_000;
/// How many ways to hit the heartbeats are tried.
const TRIES: usize = 400;

/// How long a message between a node and the gateway or the control plane takes.
pub(super) fn to_operator(node: NodeId) -> i64 {
    if node.is_far() { 110_000 } else { 1_000 }
}

/// How long before a booking reaches a node it has to be asked for.
pub(super) fn lead_time(node: NodeId) -> i64 {
    CUSTOMER + to_operator(node)
}

/// `moment(later) >= moment(earlier) + least`; no step stands for the beginning of the run.
#[derive(Clone, Copy, Debug)]
struct Difference {
    earlier: Option<usize>,
    later: Option<usize>,
    least: i64,
}

/// The moment of each step, in microseconds; nothing if there are no such moments.
pub(super) fn schedule(path: &[Traced]) -> Option<Vec<i64>> {
    let fixed = differences(path);
    let probes: Vec<(usize, Option<usize>)> = path
        .iter()
        .enumerate()
        .filter_map(|(step, traced)| match traced.what {
            What::Probed { since, .. } => Some((step, since)),
            _ => None,
        })
        .collect();
    let mut beats: Vec<i64> = Vec::new();
    for _ in 0..TRIES {
        let mut all = fixed.clone();
        for ((step, since), beat) in probes.iter().zip(&beats) {
            exactly(&mut all, *since, *step, beat * HEARTBEAT);
        }
        match solve(&all, path.len()) {
            Some(moments) if beats.len() == probes.len() => return Some(moments),
            Some(moments) => {
                let (step, since) = probes[beats.len()];
                let waited = moments[step] - since.map_or(0, |since| moments[since]);
                beats.push((waited + HEARTBEAT - 1).div_euclid(HEARTBEAT));
            }
            None => *beats.last_mut()? += 1,
        }
    }
    None
}

fn exactly(all: &mut Vec<Difference>, earlier: Option<usize>, later: usize, span: i64) {
    all.push(Difference { earlier, later: Some(later), least: span });
    all.push(Difference { earlier: Some(later), later: earlier, least: -span });
}

fn after(earlier: usize, later: usize, least: i64) -> Difference {
    Difference { earlier: Some(earlier), later: Some(later), least }
}

fn differences(path: &[Traced]) -> Vec<Difference> {
    let mut all = vec![Difference { earlier: None, later: Some(0), least: START }];
    all.extend((1..path.len()).map(|step| Difference { earlier: Some(step - 1), later: Some(step), least: GAP }));
    // When the promotion under way began: with which step, and how long after it.
    let mut promotion: Option<(usize, i64)> = None;
    for (step, traced) in path.iter().enumerate() {
        // The control plane hears of what a node does some time later.
        let heard = traced.what.node().map_or(0, to_operator);
        for Begun { what, comes } in &traced.began {
            if let (Occurrence::Message { from: Place::ControlPlane, to: Place::Node(to) }, Some(comes)) = (what, comes)
            {
                exactly(&mut all, Some(step), *comes, heard + to_operator(*to));
            }
        }
        if let What::Done(Action::Read { at: Some((node, _)), .. }) = traced.what {
            // The customer asks when everything before has happened, and has heard of every promise.
            let asks = lead_time(node);
            all.extend(step.checked_sub(1).map(|before| after(before, step, asks + GAP)));
            let promises = path[..step].iter().enumerate().filter_map(|(when, other)| Some((when, other.promised_by?)));
            all.extend(promises.map(|(when, by)| after(when, step, lead_time(by) + asks + GAP)));
        }
        if let Some((began, offset)) = promotion {
            let left = CAMPAIGN + offset;
            if traced.what == What::Came(Occurrence::Deadline) {
                exactly(&mut all, Some(began), step, left);
            } else if traced.decides {
                all.push(Difference { earlier: Some(step), later: Some(began), least: heard + GAP - left });
            }
        }
        if traced.decides {
            promotion = None;
        }
        if traced.promotes {
            promotion = Some((step, heard));
        }
    }
    if let (Some((began, offset)), Some(last)) = (promotion, path.len().checked_sub(1)) {
        all.push(Difference { earlier: Some(last), later: Some(began), least: GAP - CAMPAIGN - offset });
    }
    all
}

/// The least moments, by relaxation.
fn solve(all: &[Difference], steps: usize) -> Option<Vec<i64>> {
    let mut moments = vec![0; steps];
    for _ in 0..=steps + 1 {
        let mut settled = true;
        for Difference { earlier, later, least } in all {
            let bound = earlier.map_or(0, |step| moments[step]) + least;
            match later {
                Some(later) if moments[*later] < bound => {
                    moments[*later] = bound;
                    settled = false;
                }
                // The beginning cannot move.
                None if bound > 0 => return None,
                _ => {}
            }
        }
        if settled {
            return Some(moments);
        }
    }
    None
}

/// When a booking or a read has to be asked for, to reach its node at a moment.
pub(super) fn asked_at(action: &Action, moment: i64) -> i64 {
    match action {
        Action::Request { at: Some(node), .. } | Action::Read { at: Some((node, _)), .. } => moment - lead_time(*node),
        _ => moment,
    }
}
