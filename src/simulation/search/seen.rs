//! Which states were met: a table of their fingerprints, and nothing else of them.

use std::hash::Hasher;

/// A set of 64-bit fingerprints. Two of `n` different states are taken for one with a chance of `n² / 2⁶⁵`: one in four
/// million for four million states.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// Open addressing; 0 is an empty place. A power of two in length, at most half of it used.
    places: Vec<u64>,
    len: usize,
}

impl Seen {
    pub fn new() -> Self {
        Self { places: vec![0; 1024], len: 0 }
    }

    /// Adds a fingerprint. Whether it is new.
    pub fn insert(&mut self, fingerprint: u64) -> bool {
        if self.len * 2 >= self.places.len() {
            let grown = vec![0; self.places.len() * 2];
            for old in std::mem::replace(&mut self.places, grown) {
                if old != 0 {
                    self.settle(old);
                }
            }
        }
        let new = self.settle(fingerprint.max(1));
        self.len += usize::from(new);
        new
    }

    fn settle(&mut self, fingerprint: u64) -> bool {
        let mask = self.places.len() - 1;
        let mut place = usize::try_from(fingerprint >> 20).unwrap_or(usize::MAX) & mask;
        loop {
            match self.places[place] {
                0 => break,
                known if known == fingerprint => return false,
                _ => place = (place + 1) & mask,
            }
        }
        self.places[place] = fingerprint;
        true
    }
}

/// Mixes what a state is made of into 64 bits, the same on every machine: each word is folded in by a multiplication
/// whose upper and lower halves are combined.
#[derive(Clone, Copy, Debug)]
pub struct Fingerprint(u64);

impl Default for Fingerprint {
    fn default() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }
}

impl Fingerprint {
    fn fold(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word) * u128::from(0xd6e8_feb8_6659_fd93_u64);
        self.0 = (product as u64 ^ (product >> 64) as u64).wrapping_add(0xa076_1d64_78bd_642f);
    }
}

impl Hasher for Fingerprint {
    fn finish(&self) -> u64 {
        let mut last = *self;
        last.fold(0);
        last.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.fold(u64::from(*byte)));
    }

    fn write_u8(&mut self, word: u8) {
        self.fold(u64::from(word));
    }

    fn write_u16(&mut self, word: u16) {
        self.fold(u64::from(word));
    }

    fn write_u32(&mut self, word: u32) {
        self.fold(u64::from(word));
    }

    fn write_u64(&mut self, word: u64) {
        self.fold(word);
    }

    fn write_usize(&mut self, word: usize) {
        self.fold(word as u64);
    }

    fn write_isize(&mut self, word: isize) {
        self.fold(word as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::{Fingerprint, Seen};
    use std::hash::{Hash, Hasher};

    fn fingerprint(of: impl Hash) -> u64 {
        let mut hasher = Fingerprint::default();
        of.hash(&mut hasher);
        hasher.finish()
    }

    #[test]
    fn each_fingerprint_is_new_once() {
        let mut seen = Seen::new();
        let all = || (0..5000_u64).map(fingerprint);
        assert!(all().all(|one| seen.insert(one)));
        assert!(!all().any(|one| seen.insert(one)));
    }

    #[test]
    fn order_and_grouping_count() {
        assert_ne!(fingerprint((1_u8, 2_u8)), fingerprint((2_u8, 1_u8)));
        assert_ne!(fingerprint((0_u8, 0_u8)), fingerprint((0_u8, 0_u8, 0_u8)));
        assert_eq!(fingerprint((7_u64, Some(3_u8))), fingerprint((7_u64, Some(3_u8))));
    }
}
