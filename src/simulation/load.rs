//! Customers who come by themselves: the ferry operator opens a weekend, and everybody wants a place.
//!
//! A burst is an open loop: customers come whether or not those before them have been answered. The n-th asks once, for
//! the n-th place of the weekend's sailings, so every one that is accepted is one entry of the log.
//!
//! Gaps between customers are nearly exponential, and computed with integers alone, so that they are the same on every
//! machine: a fair coin is tossed until heads, each tail is one unit of time, and a uniform part of a unit is added. So
//! each unit is half as likely as the one before it, as with a radioactive substance, and 1.5 units is the mean. A
//! burst has a generator of its own: whatever the cluster does, the same customers come at the same moments.

use super::Micros;
use crate::replication::{Booking, Cabin, CustomerId, Limits, Request, RequestId};
use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, SeedableRng};

/// How many places the weekend's sailings have: then they are sold out.
const PLACES: u32 = 900_000;

/// The numbers of customers whom no script names, and of their requests, follow on this one.
pub(super) const UNNAMED: u32 = 10_000;

/// Into how many parts a unit of time is cut.
const PARTS: u64 = 1 << 10;

/// What the operator and the public ask of the cluster.
#[derive(Clone, Debug)]
pub struct Load {
    /// What a leader takes on at most.
    pub limits: Limits,
    seed: u64,
    bursts: Vec<Burst>,
    /// How many customers have come.
    arrived: u32,
}

#[derive(Clone, Debug)]
struct Burst {
    from: Micros,
    span: Micros,
    rate: u32,
    /// From the beginning to the next customer, in parts of units of which 1.5 are the mean.
    parts: u64,
    generator: Xoshiro256PlusPlus,
}

impl Load {
    /// Nobody comes yet.
    #[must_use]
    pub fn new(seed: u64, limits: Limits) -> Self {
        Self { limits, seed, bursts: Vec::new(), arrived: 0 }
    }

    /// A burst begins: `rate` customers a second on average. Which burst it is.
    pub fn begin(&mut self, rate: u32, from: Micros, span: Micros) -> usize {
        let number = self.bursts.len();
        let generator = Xoshiro256PlusPlus::seed_from_u64(self.seed.wrapping_add(1 + number as u64));
        self.bursts.push(Burst { from, span, rate, parts: 0, generator });
        number
    }

    /// When the next customer of a burst comes; nothing if it is over.
    pub fn next(&mut self, burst: usize) -> Option<Micros> {
        let burst = self.bursts.get_mut(burst)?;
        let drawn = burst.generator.next_u64();
        burst.parts += u64::from(drawn.leading_zeros()) * PARTS + drawn % PARTS;
        let after = Micros(burst.parts * 2_000_000 / (3 * PARTS * u64::from(burst.rate)));
        (after <= burst.span && self.arrived < PLACES).then(|| burst.from + after)
    }

    /// The next customer comes. What he or she asks.
    pub fn arrive(&mut self) -> Request {
        self.arrived += 1;
        let number = UNNAMED + self.arrived;
        let (booking, cabin) = (Booking::Reserve, Cabin::Weekend(self.arrived));
        Request { id: RequestId(number), booking, cabin, customer: CustomerId(number) }
    }

    /// How many customers have come.
    #[must_use]
    pub fn arrived(&self) -> u32 {
        self.arrived
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gaps(seed: u64, rate: u32, span: Micros) -> Vec<u64> {
        let mut load = Load::new(seed, Limits::default());
        let burst = load.begin(rate, Micros(7), span);
        let times: Vec<u64> =
            std::iter::once(7).chain(std::iter::from_fn(|| load.next(burst)).map(|at| at.0)).collect();
        times.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }

    #[test]
    fn a_burst_has_its_rate_and_its_length() {
        for rate in [1, 200, 5000] {
            let gaps = gaps(1, rate, Micros::from_secs(600));
            let (expected, count) = (u64::from(rate) * 600, gaps.len() as u64);
            let off = count.abs_diff(expected);
            // Four standard deviations of a Poisson process.
            assert!(off * off <= 16 * expected, "{count} customers at {rate}/s");
            assert!(gaps.iter().sum::<u64>() <= 600_000_000);
        }
    }

    /// The mark of an open loop is that it comes in clumps: half of the gaps are shorter than 0.7 of the mean, an eighth
    /// are longer than twice the mean.
    #[test]
    fn gaps_are_nearly_exponential() {
        let gaps = gaps(5, 1000, Micros::from_secs(100));
        let share = |longer: u64| gaps.iter().filter(|gap| **gap > longer).count() * 1000 / gaps.len();
        for (longer, expected) in [(667, 500), (1333, 250), (2000, 125), (4000, 16)] {
            assert!(share(longer).abs_diff(expected) <= 12, "{} of 1000 beyond {longer} us", share(longer));
        }
    }

    #[test]
    fn another_seed_brings_them_at_other_moments_and_the_same_seed_at_the_same() {
        let span = Micros::from_secs(1);
        assert_eq!(gaps(3, 100, span), gaps(3, 100, span));
        assert_ne!(gaps(3, 100, span), gaps(4, 100, span));
    }

    #[test]
    fn each_customer_asks_for_another_place() {
        let mut load = Load::new(1, Limits::default());
        let (first, second) = (load.arrive(), load.arrive());
        assert_eq!((first.cabin, second.cabin), (Cabin::Weekend(1), Cabin::Weekend(2)));
        assert!(first.id < second.id && first.customer != second.customer);
    }
}
