//! Follows a run with a world of its own, and notes what became of every message.

use super::{End, TimeMark};
use crate::simulation::{Envelope, LossReason, Micros, Payload, Posting, Record, World};
use crate::teaching::timeline::Timeline;
use litemap::LiteMap;
use std::sync::Arc;

/// How many steps are followed at most from where the watch begins, or last forgot something: what a window may cost.
const STEPS_MAX: u64 = 20_000;

/// So many messages are kept before it looks for some that can be forgotten.
const ROOM: usize = 1024;

/// A message that was seen.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// The message.
    pub envelope: Arc<Envelope>,
    /// The step that sent it; nothing if it was under way when the watch began.
    pub step: Option<u64>,
    /// What came of it.
    pub end: Option<End>,
}

impl Seen {
    /// It comes and goes at rest, and says nothing new.
    pub fn is_routine(&self) -> bool {
        self.envelope.routine
            && !matches!(
                self.envelope.payload,
                Payload::Ask(_) | Payload::Read(_) | Payload::Reply { .. } | Payload::ReadReply { .. }
            )
    }
}

/// What was seen of a stretch of a run.
#[derive(Clone, Debug)]
pub struct Watch {
    world: World,
    step: u64,
    /// Where it began, and when that was.
    began: (u64, Micros),
    /// The run's future had been dropped so often.
    dropped: u64,
    seen: Vec<Seen>,
    /// The messages under way, by their number: their places in `seen`.
    under_way: LiteMap<u64, usize>,
    marks: Vec<TimeMark>,
    /// What came about before was not noted.
    marks_from: Micros,
    /// Everything is known from one moment through another.
    since: Micros,
    through: Micros,
    /// It follows no farther than this step.
    end: u64,
    /// With so many messages, it looks for some that can be forgotten.
    room: usize,
}

impl Watch {
    /// What there is to see of a run from one moment on through another, as far as the run has come. What was seen before
    /// is not seen again, if it is still so. No more than `most` steps are followed now; whoever asks again sees more.
    #[must_use]
    pub fn over(timeline: &Timeline, before: Option<Self>, from: Micros, through: Micros, most: u64) -> Self {
        let began = timeline.checkpoint(from);
        let goes_on = |watch: &Self| {
            watch.dropped == timeline.dropped()
                && watch.began.1 <= began.1
                && watch.marks_from <= from
                && began.0 <= watch.step
                && watch.step < watch.end
        };
        let mut watch = before.filter(goes_on).unwrap_or_else(|| Self::from(timeline, from));
        if watch.seen.len() >= watch.room {
            watch.forget_before(from);
        }
        watch.follow(timeline, through, most);
        watch
    }

    fn from(timeline: &Timeline, at: Micros) -> Self {
        let (step, mut world) = timeline.start_at(at);
        world.keep_book();
        let mut watch = Self {
            step,
            began: (step, world.now()),
            dropped: timeline.dropped(),
            seen: Vec::new(),
            under_way: LiteMap::new(),
            marks: Vec::new(),
            marks_from: at,
            since: world.now(),
            through: world.now(),
            end: step + STEPS_MAX,
            room: ROOM,
            world,
        };
        watch.note();
        watch
    }

    /// Goes on through a moment, but no farther than the run has come, nor than it may.
    fn follow(&mut self, timeline: &Timeline, through: Micros, most: u64) {
        let mut records: Vec<Record> = Vec::new();
        let end = self.end.min(self.step.saturating_add(most));
        while self.step < end {
            if !timeline.advance_copy(&mut self.world, self.step, through, &mut records) {
                self.through = self.through.max(through);
                return;
            }
            self.step += 1;
            self.note();
            if self.world.now() >= self.marks_from {
                let marks = records.iter().filter_map(|record| TimeMark::of(self.step, record, &self.world));
                self.marks.extend(marks);
            }
            records.clear();
        }
        self.through = self.through.max(self.world.now());
    }

    /// Forgets what was over before a moment, so that a run that is watched as it goes costs no more the longer it goes.
    fn forget_before(&mut self, from: Micros) {
        let before = self.seen.len();
        self.seen.retain(|seen| seen.end.is_none_or(|end| end.at >= from));
        self.marks.retain(|mark| mark.at >= from);
        (self.marks_from, self.since) = (from, from);
        let under_way = self.seen.iter().enumerate().filter(|(_, seen)| seen.end.is_none());
        self.under_way = under_way.map(|(place, seen)| (seen.envelope.id, place)).collect();
        if self.seen.len() <= before / 2 {
            self.end = self.step + STEPS_MAX;
        }
        self.room = self.seen.len() * 2 + ROOM;
    }

    /// Takes over what the world has booked.
    fn note(&mut self) {
        let (at, step) = (self.world.now(), Some(self.step).filter(|step| *step > self.began.0));
        for posting in self.world.postings() {
            match posting {
                // It was on its way, and is due later now.
                Posting::Sent(envelope) if let Some(place) = self.under_way.get(&envelope.id) => {
                    self.seen[*place].envelope = envelope;
                }
                Posting::Sent(envelope) => {
                    self.under_way.insert(envelope.id, self.seen.len());
                    self.seen.push(Seen { envelope, step, end: None });
                }
                Posting::Stopped(envelope) => {
                    let end = Some(End { at, lost: Some(LossReason::Cut) });
                    self.seen.push(Seen { envelope, step, end });
                }
                Posting::Ended { id, lost } => {
                    if let Some(place) = self.under_way.remove(&id) {
                        self.seen[place].end = Some(End { at, lost });
                    }
                }
            }
        }
    }

    /// The messages, in the order of sending.
    pub(super) fn seen(&self) -> &[Seen] {
        &self.seen
    }

    /// What came about, in order.
    pub(super) fn marks(&self) -> &[TimeMark] {
        &self.marks
    }

    /// Since when that is so.
    pub(super) fn marks_from(&self) -> Micros {
        self.marks_from
    }

    /// The stretch of time of which everything is known that has come about.
    #[must_use]
    pub fn stretch(&self) -> (Micros, Micros) {
        (self.since, self.through)
    }
}
