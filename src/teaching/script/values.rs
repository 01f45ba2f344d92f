//! Values written as one word: durations, shares, whole numbers. Only integers are computed with, so that a value means
//! the same on every machine.

use crate::simulation::Micros;

/// No span in a script is longer than an hour.
pub(super) const LONGEST: Micros = Micros::from_secs(3600);

/// The units of time, in microseconds. The micro sign and the Greek letter look alike; both do.
const UNITS: [(&str, u64); 6] =
    [("us", 1), ("\u{b5}s", 1), ("\u{3bc}s", 1), ("ms", 1_000), ("s", 1_000_000), ("min", 60_000_000)];

/// More decimals than any unit can use.
const DECIMALS: usize = 9;

/// The duration that `word` says, or what is wrong with it.
pub(super) fn duration(word: &str) -> Result<Micros, &'static str> {
    let split = word.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(word.len());
    let (number, unit) = word.split_at(split);
    let (whole, decimals) = number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    if whole.is_empty() || decimals.is_some_and(|rest| rest.is_empty() || rest.contains('.')) {
        return Err("is no duration");
    }
    if unit.is_empty() {
        return Err("has no unit of time");
    }
    let Some((_, unit)) = UNITS.into_iter().find(|(name, _)| *name == unit) else {
        return Err("has an unknown unit of time");
    };
    let part = fraction(decimals.unwrap_or(""), unit).ok_or("is finer than a microsecond")?;
    let whole: Option<u64> = whole.parse().ok();
    let micros = whole.and_then(|whole| whole.checked_mul(unit)).and_then(|whole| whole.checked_add(part));
    micros.map(Micros).filter(|span| *span <= LONGEST).ok_or("is too long")
}

/// So many decimals of `unit`, if that is a whole number.
fn fraction(decimals: &str, unit: u64) -> Option<u64> {
    let decimals = decimals.trim_end_matches('0');
    if decimals.is_empty() {
        return Some(0);
    }
    if decimals.len() > DECIMALS {
        return None;
    }
    let scale = decimals.bytes().fold(1, |scale, _| scale * 10);
    let scaled = decimals.parse::<u64>().ok()? * unit;
    scaled.is_multiple_of(scale).then_some(scaled / scale)
}

/// The share that `word` says, from `0%` to `100%`, in thousandths.
pub(super) fn per_mille(word: &str) -> Option<u16> {
    let number = word.strip_suffix('%')?;
    let (whole, tenth) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(tenth) || tenth.len() > 1 {
        return None;
    }
    let share = whole.parse::<u16>().ok()?.checked_mul(10)?.checked_add(tenth.parse().ok()?)?;
    (share <= 1000).then_some(share)
}

/// The bytes a second that `word` says: whole kilobytes or megabytes.
pub(super) fn bandwidth(word: &str) -> Option<u64> {
    let units = [("kB/s", 1000), ("MB/s", 1_000_000)];
    let (count, unit) = units.iter().find_map(|(name, unit)| Some((word.strip_suffix(name)?, unit)))?;
    number(count).ok()?.checked_mul(*unit).filter(|bytes| (1000..=1_000_000_000).contains(bytes))
}

/// The whole number that `word` says.
pub(super) fn number(word: &str) -> Result<u64, &'static str> {
    if word.is_empty() || !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("is no whole number");
    }
    word.parse().map_err(|_| "is too large")
}

#[cfg(test)]
mod tests {
    use super::{duration, number, per_mille};
    use crate::simulation::{Micros, print_duration, print_per_mille};

    #[test]
    fn durations_are_exact_to_the_microsecond() {
        for (word, expected) in [
            ("0s", Ok(0)),
            ("7us", Ok(7)),
            ("7\u{b5}s", Ok(7)),
            ("7\u{3bc}s", Ok(7)),
            ("50ms", Ok(50_000)),
            ("1.5ms", Ok(1_500)),
            ("0.000001s", Ok(1)),
            ("0.5min", Ok(30_000_000)),
            ("1.000ms", Ok(1_000)),
            ("1.0us", Ok(1)),
            ("60min", Ok(3_600_000_000)),
            ("60.00000001min", Err("is finer than a microsecond")),
            ("3600.000001s", Err("is too long")),
            ("61min", Err("is too long")),
            ("18446744073709551615min", Err("is too long")),
            ("99999999999999999999999s", Err("is too long")),
            ("0.5us", Err("is finer than a microsecond")),
            ("0.0000001s", Err("is finer than a microsecond")),
            ("0.0000000000000000000001s", Err("is finer than a microsecond")),
            ("50", Err("has no unit of time")),
            ("50h", Err("has an unknown unit of time")),
            ("50MS", Err("has an unknown unit of time")),
            ("ms", Err("is no duration")),
            (".5ms", Err("is no duration")),
            ("5.ms", Err("is no duration")),
            ("1.2.3ms", Err("is no duration")),
            ("-5ms", Err("is no duration")),
            ("", Err("is no duration")),
        ] {
            assert_eq!(duration(word), expected.map(Micros), "{word}");
        }
    }

    #[test]
    fn a_printed_duration_reads_back() {
        for (micros, expected) in
            [(0, "0ms"), (1, "1us"), (1_500, "1.5ms"), (50_000, "50ms"), (1_000_000, "1s"), (61_000_010, "61000.01ms")]
        {
            assert_eq!(print_duration(Micros(micros)), expected);
            assert_eq!(duration(expected), Ok(Micros(micros)));
        }
    }

    #[test]
    fn shares_come_in_thousandths() {
        for (word, expected) in [("0%", Some(0)), ("100%", Some(1000)), ("2.5%", Some(25)), ("0.1%", Some(1))] {
            assert_eq!(per_mille(word), expected, "{word}");
            assert_eq!(expected.map(print_per_mille).as_deref(), Some(word));
        }
        for word in ["100.1%", "101%", "2.55%", "5", "%", ".5%", "5.%", "-1%", "70000%", "+1%", "1.x%"] {
            assert_eq!(per_mille(word), None, "{word}");
        }
    }

    #[test]
    fn numbers_are_digits() {
        assert_eq!(number("007"), Ok(7));
        assert_eq!(number("18446744073709551616"), Err("is too large"));
        for word in ["", "+1", "-1", "1.0", "1_000", "٣"] {
            assert_eq!(number(word), Err("is no whole number"), "{word}");
        }
    }
}
