//! Makes the diagram of a window.

use super::watch::Seen;
use super::{Diagram, TimeMark, Voyage, Watch, Window};
use crate::replication::NodeId;
use crate::simulation::{Micros, Place};
use crate::teaching::frame::{FlightKind, flight_label};
use crate::teaching::timeline::Timeline;

/// How many messages are drawn at most: more than that nobody tells apart.
const MOST: usize = 240;

/// How many marks are drawn at most.
const MOST_MARKS: usize = 240;

impl Diagram {
    /// What a window shows of a run, as far as a watch has followed it; where there is too much, what lies nearest to a
    /// moment.
    #[must_use]
    pub fn of(timeline: &Timeline, watch: &Watch, window: Window, now: Micros) -> Self {
        let (began, through) = watch.stretch();
        let followed = (began.max(window.from), through.min(window.until).max(window.from));
        let inside = |seen: &&Seen| {
            let gone = seen.end.map_or(seen.envelope.due_at, |end| end.at);
            seen.envelope.sent_at <= window.until && gone >= window.from
        };
        let all: Vec<&Seen> = watch.seen().iter().filter(inside).collect();
        let drawn = nearest(&all, now);
        let marks: Vec<&TimeMark> =
            watch.marks().iter().filter(|mark| window.from <= mark.at && mark.at <= window.until).collect();
        let place = marks.partition_point(|mark| mark.at <= now);
        let mut marks: Vec<TimeMark> = around(&marks, place, MOST_MARKS).into_iter().cloned().collect();
        // Of what was not followed, what the run keeps of itself is known all the same.
        let far = timeline.marks().iter().filter(|mark| mark.at < watch.marks_from() || mark.at > through);
        marks.extend(far.filter(|mark| window.from <= mark.at && mark.at <= window.until).filter_map(TimeMark::far));
        marks.sort_by_key(|mark| (mark.at, mark.step));
        let voyages: Vec<Voyage> = drawn.iter().map(|seen| voyage(seen)).collect();
        let members = timeline.world().config().replicas;
        let controlled = voyages.iter().any(|voyage| [voyage.from, voyage.to].contains(&Place::ControlPlane))
            || marks.iter().any(|mark| mark.lane == Some(Place::ControlPlane));
        let nodes = NodeId::all(members).map(Place::Node);
        let control = controlled.then_some(Place::ControlPlane);
        Self {
            window,
            lanes: [Place::Customers, Place::Gateway].into_iter().chain(nodes).chain(control).collect(),
            spans: timeline.turns().spans(window.from, window.until).into(),
            left_out: all.len() - voyages.len(),
            voyages: voyages.into(),
            marks: marks.into(),
            followed,
        }
    }
}

/// Of too many messages, those that say something, and of these the nearest to a moment.
fn nearest<'a>(all: &[&'a Seen], now: Micros) -> Vec<&'a Seen> {
    if all.len() <= MOST {
        return all.to_vec();
    }
    let telling: Vec<&Seen> = all.iter().copied().filter(|seen| !seen.is_routine()).collect();
    let place = telling.partition_point(|seen| seen.envelope.sent_at <= now);
    around(&telling, place, MOST)
}

/// So many around a place, and no more than there are.
fn around<'a, T>(all: &[&'a T], place: usize, most: usize) -> Vec<&'a T> {
    let first = place.saturating_sub(most / 2).min(all.len().saturating_sub(most));
    all[first..].iter().copied().take(most).collect()
}

fn voyage(seen: &Seen) -> Voyage {
    let envelope = &seen.envelope;
    let (kind, label) = (FlightKind::of(&envelope.payload), flight_label(envelope));
    Voyage {
        kind,
        label,
        routine: seen.is_routine(),
        from: envelope.from,
        to: envelope.to,
        sent_at: envelope.sent_at,
        step: seen.step,
        due_at: envelope.due_at,
        end: seen.end,
    }
}
