//! What a run left behind, as far as it is kept: checkpoints, and the records of around the present moment.
//!
//! A run is cut into segments of so many steps; each begins with the world as it was then. Worlds share what did not
//! change between them, so a segment costs what happened in it. Of a segment far from the present moment the records are
//! kept only if they are few: any other leaves more than is ever shown at once, and is made anew from its beginning. So
//! whatever the moment, at most two segments are replayed to get there.

use crate::simulation::{Micros, Record, World};

/// How many of the latest records are there at any moment.
pub const RECENT: usize = 200;

/// A record, and the step that left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// Which step, from 1.
    pub step: u64,
    /// What it left.
    pub record: Record,
}

/// A stretch of the run.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    /// After which step it begins.
    pub step: u64,
    /// The world then.
    pub world: Box<World>,
    /// What its steps left, as far as it is kept.
    records: Vec<Logged>,
    /// The last step whose records are kept.
    through: u64,
}

/// Everything that is kept of a run.
#[derive(Clone, Debug)]
pub(super) struct History {
    segments: Vec<Segment>,
    /// How many steps a segment has.
    spacing: u64,
    /// The segment in which the present moment lies.
    present: usize,
    /// A bit for each step: whether it left a record.
    visible: Vec<u64>,
}

impl Segment {
    fn new(step: u64, world: &World) -> Self {
        Self { step, world: Box::new(world.clone()), records: Vec::new(), through: step }
    }

    /// What was left by the steps up to this one.
    fn until(&self, step: u64) -> &[Logged] {
        &self.records[..self.records.partition_point(|logged| logged.step <= step)]
    }
}

impl History {
    pub fn new(world: &World, spacing: u64) -> Self {
        Self { segments: vec![Segment::new(0, world)], spacing: spacing.max(1), present: 0, visible: vec![0] }
    }

    /// Keeps what a step left, which may have been taken before. Empties `records`.
    pub fn note(&mut self, step: u64, records: &mut Vec<Record>) {
        let segment = &mut self.segments[self.present];
        if step <= segment.through {
            records.clear();
            return;
        }
        segment.through = step;
        let (word, bit) = bit_of(step);
        if self.visible.len() <= word {
            self.visible.resize(word + 1, 0);
        }
        if !records.is_empty() {
            self.visible[word] |= bit;
            segment.records.extend(records.drain(..).map(|record| Logged { step, record }));
        }
    }

    /// A step was taken: where a checkpoint is due or was made before, the next segment begins.
    pub fn stepped(&mut self, step: u64, world: &mut World) {
        if step < self.segments[self.present].step + self.spacing {
            return;
        }
        self.present += 1;
        if self.present == self.segments.len() {
            world.share();
            self.segments.push(Segment::new(step, world));
        }
        self.tidy();
    }

    /// The last checkpoint that fits, which lies in the present now.
    pub fn restore(&mut self, fits: impl Fn(u64, Micros) -> bool) -> (u64, World) {
        let fitting = self.segments.partition_point(|segment| fits(segment.step, segment.world.now()));
        self.present = fitting.saturating_sub(1);
        self.start_of(self.present)
    }

    /// Forgets the records that are far from the present moment, and many.
    pub fn tidy(&mut self) {
        let mut found = 0;
        for place in (0..self.segments.len()).rev().filter(|place| *place != self.present) {
            let segment = &mut self.segments[place];
            if segment.records.len() > RECENT && (place > self.present || found >= RECENT) {
                (segment.records, segment.through) = (Vec::new(), segment.step);
            }
            found += if place < self.present { segment.records.len() } else { 0 };
        }
    }

    /// A segment whose records are wanted at this step and not there, and where it ends.
    pub fn lacking(&self, step: u64) -> Option<(usize, u64)> {
        let mut found = self.segments[self.present].until(step).len();
        let mut end = self.segments[self.present].step;
        for (place, segment) in self.segments[..self.present].iter().enumerate().rev() {
            if found >= RECENT {
                return None;
            }
            if segment.through < end {
                return Some((place, end));
            }
            found += segment.records.len();
            end = segment.step;
        }
        None
    }

    /// The segments up to a step: which, through which step, and their records up to it if all are there.
    pub fn segments_until(&self, step: u64) -> impl Iterator<Item = (usize, u64, Option<&[Logged]>)> {
        let ends = self.segments.iter().skip(1).map(|segment| segment.step).chain([u64::MAX]);
        let segments = self.segments.iter().zip(ends).take_while(move |(segment, _)| segment.step < step);
        segments.enumerate().map(move |(place, (segment, end))| {
            let end = end.min(step);
            (place, end, (segment.through >= end).then(|| segment.until(end)))
        })
    }

    /// The segment in which a moment lies, or the one before the present segment if that is later.
    pub fn place_of(&self, at: Micros) -> usize {
        let place = self.segments.partition_point(|segment| segment.world.now() < at).saturating_sub(1);
        place.max(self.present.saturating_sub(1))
    }

    /// After which step a segment begins, and when.
    pub fn began(&self, place: usize) -> (u64, Micros) {
        let segment = &self.segments[place];
        (segment.step, segment.world.now())
    }

    /// What the run's beginning or a later segment begins with.
    pub fn start_of(&self, place: usize) -> (u64, World) {
        let segment = &self.segments[place];
        (segment.step, (*segment.world).clone())
    }

    /// The records of a whole segment, made anew.
    pub fn remade(&mut self, place: usize, end: u64, records: Vec<Logged>) {
        let segment = &mut self.segments[place];
        (segment.records, segment.through) = (records, end);
    }

    /// Drops what came after a step.
    pub fn truncate(&mut self, step: u64) {
        self.segments.retain(|segment| segment.step <= step);
        if let Some(segment) = self.segments.last_mut() {
            segment.records.truncate(segment.until(step).len());
            segment.through = segment.through.min(step);
        }
        let (word, bit) = bit_of(step);
        self.visible.truncate(word + 1);
        if let Some(last) = self.visible.get_mut(word) {
            *last &= bit | (bit - 1);
        }
    }

    /// The latest records up to a step of the present segment, from the oldest to the newest: as many as are asked for,
    /// of those that are kept, and as many more as the first of them has before it in its own step.
    pub fn recent(&self, step: u64, count: usize) -> Vec<&Logged> {
        let mut newest_first: Vec<&Logged> = Vec::new();
        let parts = self.segments[..self.present].iter().rev().map(|segment| &segment.records[..]);
        for logged in
            std::iter::once(self.segments[self.present].until(step)).chain(parts).flat_map(|part| part.iter().rev())
        {
            if newest_first.len() >= count && newest_first.last().is_some_and(|last| last.step != logged.step) {
                break;
            }
            newest_first.push(logged);
        }
        newest_first.reverse();
        newest_first
    }

    pub fn is_visible(&self, step: u64) -> bool {
        let (word, bit) = bit_of(step);
        self.visible.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// The last step up to this one that left a record.
    pub fn last_visible(&self, step: u64) -> Option<u64> {
        let (word, bit) = bit_of(step);
        let upto = |place: usize, bits: u64| if place == word { bits & (bit | (bit - 1)) } else { bits };
        let places = self.visible.iter().enumerate().take(word + 1).rev();
        let mut found = places.map(|(place, bits)| (place, upto(place, *bits))).filter(|(_, bits)| *bits != 0);
        found.next().map(|(place, bits)| place as u64 * 64 + u64::from(bits.ilog2()))
    }

    /// How many steps after one, up to another, left a record.
    pub fn visible_between(&self, after: u64, through: u64) -> u32 {
        let upto = |step: u64| {
            let (word, bit) = bit_of(step);
            let whole: u32 = self.visible.iter().take(word).map(|bits| bits.count_ones()).sum();
            whole + self.visible.get(word).map_or(0, |bits| (bits & (bit | (bit - 1))).count_ones())
        };
        upto(through).saturating_sub(upto(after))
    }
}

fn bit_of(step: u64) -> (usize, u64) {
    (usize::try_from(step / 64).unwrap_or(usize::MAX), 1 << (step % 64))
}
