//! How often something took how long, in little room.

use super::Micros;

/// The finest difference that is told.
const GRAIN: u64 = 256;

/// Into how many equal parts each doubling is cut: a bucket is at most an eighth wider than what is in it.
const PARTS: u64 = 8;

/// Enough for more than a minute.
const BUCKETS: usize = 136;

/// Spans of time, counted in buckets that are wider the longer the spans are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histogram {
    counts: [u32; BUCKETS],
    total: u32,
}

impl Default for Histogram {
    fn default() -> Self {
        Self { counts: [0; BUCKETS], total: 0 }
    }
}

impl Histogram {
    /// Counts a span.
    pub fn add(&mut self, span: Micros) {
        self.counts[bucket(span.0).min(BUCKETS - 1)] += 1;
        self.total += 1;
    }

    /// Counts everything that another one counted.
    pub fn merge(&mut self, other: &Self) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(ours, theirs)| *ours += theirs);
        self.total += other.total;
    }

    /// The span that `share` thousandths do not exceed: the upper end of the bucket that it lies in. Nothing if there
    /// were none.
    #[must_use]
    pub fn percentile(&self, share: u32) -> Option<Micros> {
        let rank = (u64::from(self.total) * u64::from(share)).div_ceil(1000).max(1);
        let mut passed = 0;
        let place = self.counts.iter().position(|count| {
            passed += u64::from(*count);
            passed >= rank
        })?;
        Some(Micros(upper_end(place as u64)))
    }
}

fn bucket(micros: u64) -> usize {
    let grains = micros / GRAIN;
    let doublings = (grains / PARTS).checked_ilog2().map_or(0, |power| u64::from(power) + 1);
    let place = if doublings == 0 { grains } else { doublings * PARTS + (grains >> (doublings - 1)) - PARTS };
    place as usize
}

fn upper_end(place: u64) -> u64 {
    let (doublings, part) = (place / PARTS, place % PARTS);
    let end = if doublings == 0 { part + 1 } else { (PARTS + part + 1) << (doublings - 1) };
    end * GRAIN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_span_is_in_a_bucket_that_ends_just_beyond_it() {
        let mut before = 0;
        for micros in (0..70_000_000u64).step_by(101) {
            let place = bucket(micros);
            assert!(place == before || place == before + 1, "{micros} leaves a bucket out");
            before = place;
            let end = upper_end(place as u64);
            assert!(micros < end && end - micros <= GRAIN.max(micros / PARTS), "{micros} ends at {end}");
        }
        assert!(before < BUCKETS, "more than a minute fits");
    }

    #[test]
    fn a_percentile_is_the_span_that_so_many_do_not_exceed() {
        let mut spans = Histogram::default();
        assert_eq!(spans.percentile(500), None);
        (0..4).for_each(|grain| spans.add(Micros(grain * GRAIN)));
        for (share, grains) in [(1, 1), (250, 1), (251, 2), (500, 2), (990, 4), (1000, 4)] {
            assert_eq!(spans.percentile(share), Some(Micros(grains * GRAIN)), "{share}");
        }
        let mut twice = spans.clone();
        twice.merge(&spans);
        assert_eq!((twice.total, twice.percentile(500)), (8, spans.percentile(500)));
    }
}
