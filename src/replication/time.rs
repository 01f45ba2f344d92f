//! Simulated time: whole microseconds since the story began.

use std::fmt;

/// A moment or a span, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Micros(pub u64);

impl Micros {
    /// So many milliseconds.
    #[must_use]
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis * 1000)
    }

    /// So many seconds.
    #[must_use]
    pub const fn from_secs(secs: u64) -> Self {
        Self(secs * 1_000_000)
    }

    /// The span from `earlier` to this moment; nothing if it lies after it.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Self {
        Self(self.0.saturating_sub(earlier.0))
    }
}

impl std::ops::Add for Micros {
    type Output = Self;
    fn add(self, span: Self) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

/// As a transcript writes it: milliseconds with three places.
impl fmt::Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}.{:03} ms", self.0 / 1000, self.0 % 1000))
    }
}

/// A duration as a script writes it, exact.
#[must_use]
pub fn print_duration(span: Micros) -> String {
    match span.0 {
        micros if micros >= 1_000_000 && micros % 1_000_000 == 0 => format!("{}s", micros / 1_000_000),
        micros if micros % 1_000 == 0 => format!("{}ms", micros / 1_000),
        micros if micros < 1_000 => format!("{micros}us"),
        micros => {
            let decimals = format!("{:03}", micros % 1_000);
            format!("{}.{}ms", micros / 1_000, decimals.trim_end_matches('0'))
        }
    }
}
