//! The runs of a session as a text that a browser can keep from one visit to the next.
//!
//! It is sealed as a link is: the checksum first, then the version, then what each run says. A text that is damaged, or was
//! kept by a newer page, is told apart from one that can be read; what becomes of it, the person decides.

use super::link::{Fields, WrongField, number, seal, unseal};
use super::session::Run;
use std::fmt;

/// The version of such texts that this page writes, and the newest that it reads.
pub const VERSION: u64 = 1;

/// The runs that are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Every run.
    pub runs: Vec<Run>,
    /// The number of the one that was present.
    pub present: u32,
}

/// Why what was kept cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptError {
    /// The checksum is not that of the rest.
    Damaged,
    /// It was written by a newer page: the version of the text.
    TooNew(u64),
    /// It does not say what it should.
    Field(WrongField),
}

impl fmt::Display for KeptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged => f.write_str("it was cut off or changed since it was written"),
            Self::TooNew(version) => {
                write!(f, "a newer page wrote it, in version {version}; this page reads up to version {VERSION}")
            }
            Self::Field(WrongField { name, expected }) => write!(f, "\"{name}\" in it is wrong; expected {expected}"),
        }
    }
}

impl From<WrongField> for KeptError {
    fn from(field: WrongField) -> Self {
        Self::Field(field)
    }
}

impl Kept {
    /// As the text that is kept.
    #[must_use]
    pub fn encode(&self) -> String {
        let field = |name: &str, value: String| (name.to_owned(), value);
        let mut fields = vec![field("v", VERSION.to_string()), field("present", self.present.to_string())];
        for run in &self.runs {
            fields.extend([
                field("run", run.number.to_string()),
                field("script", run.script.to_string()),
                field("end", format!("{}us", run.end.0)),
                field("at", format!("{}us", run.at.0)),
                field("step", run.step.to_string()),
            ]);
        }
        seal(&fields)
    }

    /// What such a text says. The scripts are not looked into: one that cannot run any more is still there to be saved.
    ///
    /// # Errors
    /// Whatever is wrong first: the checksum, the version, a field.
    pub fn decode(text: &str) -> Result<Self, KeptError> {
        let fields = unseal(text).ok_or(KeptError::Damaged)?;
        let mut parts = fields.chunk_by(|_, next| next.0 != "run");
        let head = Fields(parts.next().unwrap_or_default());
        let version = head.get("v", "a version", number)?;
        if version > VERSION {
            return Err(KeptError::TooNew(version));
        }
        let present = head.get("present", "the number of a run", name)?;
        let mut runs: Vec<Run> = Vec::new();
        for part in parts {
            let part = Fields(part);
            let is_next = |number: &u32| runs.last().is_none_or(|last| last.number < *number);
            runs.push(Run {
                number: part.get("run", "a higher number than the run before", |text| name(text).filter(is_next))?,
                script: part.text("script", "a script")?.into(),
                end: part.time("end")?,
                at: part.time("at")?,
                step: part.get("step", "a number of events", number)?,
            });
        }
        Ok(Self { runs, present })
    }
}

/// The number that a run goes by.
fn name(text: &str) -> Option<u32> {
    number(text).and_then(|number| u32::try_from(number).ok()).filter(|number| (1..=Run::MOST_NUMBER).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::Micros;

    fn run(number: u32, script: &str) -> Run {
        Run { number, script: script.into(), end: Micros(12_000), at: Micros(7_000), step: 9 }
    }

    fn example() -> Kept {
        Kept {
            runs: vec![run(1, "reserve C14 for 5521 as r1\nrun 5ms"), run(3, "heal # \"é\" & so; = 100%")],
            present: 3,
        }
    }

    #[test]
    fn what_is_kept_can_be_read_again() {
        let text = example().encode();
        assert!(text.contains("&v=1&present=3&run=1&script=reserve+C14+for+5521+as+r1;run+5ms&end=12000us&at=7000us"));
        assert_eq!(Kept::decode(&text), Ok(example()));
        let none = Kept { runs: Vec::new(), present: 1 };
        assert_eq!(Kept::decode(&none.encode()), Ok(none));
    }

    #[test]
    fn what_was_damaged_says_so_wherever_that_was() {
        let text = example().encode();
        for length in 0..text.len() {
            assert_eq!(Kept::decode(&text[..length]), Err(KeptError::Damaged), "{length}");
        }
        for place in (0..text.len()).filter(|place| text.is_char_boundary(*place)) {
            let mut other = text.clone().into_bytes();
            other[place] ^= 2;
            let other = String::from_utf8_lossy(&other);
            assert!(matches!(Kept::decode(&other), Err(KeptError::Damaged)), "{other}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_whole_text_is_said() {
        let told = |fields: &[(&str, &str)]| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            Kept::decode(&seal(&fields)).map_err(|error| error.to_string())
        };
        let good = [
            ("v", "1"),
            ("present", "2"),
            ("run", "2"),
            ("script", "heal"),
            ("end", "5us"),
            ("at", "5us"),
            ("step", "1"),
        ];
        assert_eq!(told(&good).map(|kept| kept.runs.len()), Ok(1));
        for (place, value, expected) in [
            (0, "2", "a newer page wrote it, in version 2; this page reads up to version 1"),
            (1, "10000", "\"present\" in it is wrong; expected the number of a run"),
            (1, "0", "\"present\" in it is wrong; expected the number of a run"),
            (2, "two", "\"run\" in it is wrong; expected a higher number than the run before"),
            (4, "5ms", "\"end\" in it is wrong; expected a time in whole microseconds, such as 50000us"),
            (6, "", "\"step\" in it is wrong; expected a number of events"),
        ] {
            let mut wrong = good;
            wrong[place].1 = value;
            assert_eq!(told(&wrong), Err(expected.to_owned()));
        }
        let twice = [&good[..], &good[2..]].concat();
        assert_eq!(
            told(&twice),
            Err("\"run\" in it is wrong; expected a higher number than the run before".to_owned())
        );
        assert_eq!(told(&good[..6]), Err("\"step\" in it is wrong; expected a number of events".to_owned()));
    }

    #[cfg(not(target_arch = "wasm32"))]
    mod generated {
        use super::*;
        use proptest::prelude::*;

        proptest! {
            #[test]
            fn any_runs_are_kept_unchanged(scripts in proptest::collection::vec(".*", 0..5), end: u64, step: u64) {
                let numbered = scripts.iter().zip(1..);
                let run = |(script, number): (&String, u32)| Run { end: Micros(end), step, ..run(number, script) };
                let kept = Kept { runs: numbered.map(run).collect(), present: 2 };
                prop_assert_eq!(Kept::decode(&kept.encode()), Ok(kept));
            }

            #[test]
            fn any_fields_with_a_right_checksum_are_judged(
                fields in proptest::collection::vec(("v|present|run|script|end|at|step|.*", "1|2|0us|heal|.*"), 0..12)
            ) {
                match Kept::decode(&seal(&fields)) {
                    Ok(kept) => prop_assert_eq!(Kept::decode(&kept.encode()), Ok(kept)),
                    Err(error) => prop_assert!(fields.is_empty() || error != KeptError::Damaged),
                }
            }
        }
    }
}
