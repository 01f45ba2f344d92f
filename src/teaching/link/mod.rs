//! A moment of a run as the fragment of an address: a script, and how far into it. Whoever opens the link sees the
//! same moment, since a script and its seed have only one run.
//!
//! ```text
//! 488c430a&v=1&script=reserve+C14+for+5521;run+50ms&at=12000us&step=7
//! ```
//!
//! - The checksum stands first and covers everything after it, so that a link which lost its end or a letter is told
//!   apart from one that is whole. It is taken of what the fields *say*: a mail program that spells a space as `%20`
//!   does no harm.
//! - `v` is the version of this form. A higher one is from a newer page, and refused as such; the checksum and `v`
//!   itself stay what they are in every version. Fields that this page does not know are passed over.
//! - What of the page is shown besides stands in fields that may be missing: see [`Shown`]. `run` is the number that the
//!   run has where the link was made; wherever it is opened, it asks for the same.
//! - In a value `+` is a space and `;` ends a line, so that a script can be read in the address bar. All else but
//!   letters, digits and a few signs is percent-encoded. What links are often stripped of, a full stop at the end
//!   say, never is at the end.

mod sealed;
mod shown;

use super::script::{Script, ScriptError};
use crate::simulation::Micros;
pub use sealed::{Fields, WrongField, number, seal, unseal};
pub use shown::{Panel, Shown};
use std::fmt;

/// The version of links that this page makes, and the newest that it opens.
pub const VERSION: u64 = 1;

/// The most bytes that a link may have: room for every script that can be read, whatever it is spelled with.
pub const MOST_BYTES: usize = 3 * Script::MOST_BYTES + 1024;

/// A moment that can be linked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The text of the script.
    pub script: String,
    /// The simulated time of the moment.
    pub at: Micros,
    /// How many events have happened by then; of several at the same time, this says which is meant.
    pub step: u64,
    /// What the run is called where the link was made.
    pub run: Option<u32>,
    /// What of the page is shown besides.
    pub shown: Shown,
}

/// The fragment of no moment: a run in which nothing was done yet, whatever this browser keeps.
pub const NEW: &str = "new";

/// Why a link cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// The address has no fragment.
    Empty,
    /// It is longer than any link that a page makes, in bytes.
    TooLong(usize),
    /// The checksum is not that of the rest.
    Damaged,
    /// It was made by a newer page: the version of the link.
    TooNew(u64),
    /// It does not say what it should.
    Field(WrongField),
    /// The link is whole, and its script is mistaken.
    Script(Vec<ScriptError>),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the address carries no link to a moment"),
            Self::TooLong(bytes) => write!(f, "this link has {bytes} bytes; expected at most {MOST_BYTES}"),
            Self::Damaged => f.write_str("this link was cut off or changed on its way; copy the whole of it again"),
            Self::TooNew(version) => write!(
                f,
                "this link was made by a newer page, in version {version} of links; this page opens links up to \
                 version {VERSION}"
            ),
            Self::Field(WrongField { name, expected }) => {
                write!(f, "\"{name}\" in this link is wrong; expected {expected}")
            }
            Self::Script(errors) => {
                f.write_str("the script in this link cannot run: ")?;
                match errors.as_slice() {
                    [] => Ok(()),
                    [only] => write!(f, "{only}"),
                    [first, others @ ..] => write!(f, "{first} (and {} more)", others.len()),
                }
            }
        }
    }
}

impl std::error::Error for LinkError {}

impl From<WrongField> for LinkError {
    fn from(field: WrongField) -> Self {
        Self::Field(field)
    }
}

impl Link {
    /// The fragment for this moment, without the `#`.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut fields = vec![
            ("v".into(), VERSION.to_string()),
            ("script".into(), self.script.clone()),
            ("at".into(), format!("{}us", self.at.0)),
            ("step".into(), self.step.to_string()),
        ];
        fields.extend(self.run.map(|number| ("run".into(), number.to_string())));
        self.shown.write(&mut fields);
        seal(&fields)
    }

    /// The moment that a fragment names, with the `#` or without. Its script is known to be one, but has not run: there
    /// may be no such moment in it.
    ///
    /// # Errors
    /// Whatever is wrong first: the length, the checksum, the version, a field, the script.
    pub fn decode(fragment: &str) -> Result<Self, LinkError> {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        if fragment.is_empty() {
            return Err(LinkError::Empty);
        }
        if fragment.len() > MOST_BYTES {
            return Err(LinkError::TooLong(fragment.len()));
        }
        let fields = unseal(fragment).ok_or(LinkError::Damaged)?;
        let fields = Fields(&fields);
        let version = fields.get("v", "a version", number)?;
        if version > VERSION {
            return Err(LinkError::TooNew(version));
        }
        let script = fields.text("script", "a script")?;
        let (at, step) = (fields.time("at")?, fields.get("step", "a number of events", number)?);
        let run = fields.find("run", "the number of a run", |text| u32::try_from(number(text)?).ok())?;
        let parsed = Script::parse(&script).map_err(LinkError::Script)?;
        let shown = Shown::read(fields, parsed.cluster.replicas)?;
        Ok(Self { script, at, step, run, shown })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replication::{NodeId, Position};
    use crate::teaching::vocabulary::Vocabulary;
    use crate::teaching::why::Question;

    fn example() -> Link {
        let script =
            "cluster ack=leader-fsync\nreserve C14 for 5521\ncut md-db-4 > sg-db-1 # 100% sure; \"é\" & so\nrun 5ms";
        Link { script: script.to_owned(), at: Micros(12_000), step: 7, run: Some(2), shown: Shown::default() }
    }

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn told(pairs: &[(&str, &str)]) -> String {
        Link::decode(&seal(&fields(pairs))).map_or_else(|error| error.to_string(), |link| format!("{link:?}"))
    }

    #[test]
    fn a_link_can_be_read_in_the_address_bar() {
        let link = Link {
            script: "reserve C14 for 5521\nrun 50ms".to_owned(),
            at: Micros(12_000),
            step: 7,
            run: None,
            shown: Shown::default(),
        };
        let fragment = "488c430a&v=1&script=reserve+C14+for+5521;run+50ms&at=12000us&step=7";
        assert_eq!(link.encode(), fragment);
        assert_eq!(Link::decode(fragment), Ok(link.clone()));
        assert_eq!(Link::decode(&format!("#{fragment}")), Ok(link));
    }

    #[test]
    fn every_script_that_can_be_read_can_be_linked() {
        let longest = "é".repeat(Script::MOST_BYTES / 2 - 1);
        for script in [example().script, String::new(), format!("#{longest}")] {
            let link =
                Link { script, at: Micros(u64::MAX), step: u64::MAX, run: Some(u32::MAX), shown: Shown::default() };
            let fragment = link.encode();
            assert!(fragment.len() <= MOST_BYTES);
            assert!(fragment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.,:=+;&%".contains(&byte)));
            assert_eq!(Link::decode(&fragment), Ok(link));
        }
    }

    #[test]
    fn a_link_that_was_only_spelled_anew_still_opens() {
        let fragment = example().encode();
        assert_eq!(Link::decode(&fragment.replace('+', "%20")), Ok(example()));
        assert_eq!(Link::decode(&fragment.replace(';', "%0a")), Ok(example()));
        assert_eq!(Link::decode(&fragment.replace("%3E", ">")), Ok(example()));
    }

    #[test]
    fn a_link_that_was_cut_off_says_so_at_every_length() {
        let fragment = example().encode();
        assert_eq!(Link::decode(""), Err(LinkError::Empty));
        assert_eq!(Link::decode("#"), Err(LinkError::Empty));
        for length in 1..fragment.len() {
            assert_eq!(Link::decode(&fragment[..length]), Err(LinkError::Damaged), "{length}");
            assert_eq!(Link::decode(&fragment[length..]), Err(LinkError::Damaged), "{length}");
        }
    }

    #[test]
    fn a_link_with_one_bit_changed_is_damaged_or_still_the_same() {
        let fragment = example().encode();
        let mut same = 0;
        for place in 0..fragment.len() {
            for bit in 0..8 {
                let mut bytes = fragment.clone().into_bytes();
                bytes[place] ^= 1 << bit;
                match Link::decode(&String::from_utf8_lossy(&bytes)) {
                    Err(error) => assert_eq!(error, LinkError::Damaged),
                    Ok(link) => {
                        assert_eq!(link, example());
                        same += 1;
                    }
                }
            }
        }
        // Only the case of a hexadecimal digit makes no difference.
        assert!(same < 30, "{same}");
    }

    #[test]
    fn what_is_wrong_with_a_whole_link_is_said() {
        let good = [("v", "1"), ("script", "heal"), ("at", "0us"), ("step", "0")];
        assert_eq!(told(&good), told(&[&good[..], &[("view", "all"), ("", "")]].concat()));
        assert!(told(&good).starts_with("Link {"));
        for (place, value, expected) in [
            (
                0,
                "2",
                "this link was made by a newer page, in version 2 of links; this page opens links up to version 1",
            ),
            (0, "one", "\"v\" in this link is wrong; expected a version"),
            (
                1,
                "heal\ncrash C14\nnow",
                "the script in this link cannot run: line 2, column 7: \"C14\" is no node; expected md-db-4, md-db-2 or \
                 sg-db-1 (and 1 more)",
            ),
            (2, "5ms", "\"at\" in this link is wrong; expected a time in whole microseconds, such as 50000us"),
            (3, "+7", "\"step\" in this link is wrong; expected a number of events"),
            (3, "18446744073709551616", "\"step\" in this link is wrong; expected a number of events"),
            (3, "", "\"step\" in this link is wrong; expected a number of events"),
        ] {
            let mut wrong = good;
            wrong[place].1 = value;
            assert_eq!(told(&wrong), expected);
        }
        assert_eq!(told(&good[..3]), "\"step\" in this link is wrong; expected a number of events");
        assert_eq!(told(&[&good[..], &good[1..2]].concat()), "\"script\" in this link is wrong; expected a script");
        assert_eq!(
            Link::decode("promises").map_err(|error| error.to_string()),
            Err("this link was cut off or changed on its way; copy the whole of it again".to_owned())
        );
        assert_eq!(Link::decode(&"a".repeat(MOST_BYTES + 1)), Err(LinkError::TooLong(MOST_BYTES + 1)));
    }

    #[test]
    fn what_is_shown_besides_is_carried_and_judged() {
        let shown = Shown {
            panel: Some(Panel::Promotion(NodeId::SG_DB_1)),
            why: Some(Question::Entry(Position { term: 27, index: 981_244 })),
            words: Some(Vocabulary::PostgreSql),
            class: true,
        };
        let link = Link { shown, ..example() };
        let end = "&run=2&show=promotion+sg-db-1&why=27:981244&words=PostgreSQL&class=on";
        assert!(link.encode().ends_with(end), "{}", link.encode());
        assert_eq!(Link::decode(&link.encode()), Ok(link));
        let good = [("v", "1"), ("script", "heal"), ("at", "0us"), ("step", "0")];
        for (name, value, expected) in [
            ("run", "-1", "the number of a run"),
            ("run", "4294967296", "the number of a run"),
            ("show", "<img src=x onerror=alert(1)>", "keys, rule, words, messages, legend, or a promotion of a node"),
            ("show", "promotion md-db-6", "keys, rule, words, messages, legend, or a promotion of a node"),
            ("why", "sg-db-2 snapshot", "a question, such as r1 or 27:981244"),
            ("why", "r99999999999", "a question, such as r1 or 27:981244"),
            ("words", "Paxos", "Raft, PostgreSQL or MongoDB"),
            ("class", "off", "on"),
        ] {
            let wrong = format!("\"{name}\" in this link is wrong; expected {expected}");
            assert_eq!(told(&[&good[..], &[(name, value)]].concat()), wrong);
            assert_eq!(told(&[&good[..], &[(name, "on"), (name, "on")]].concat()), wrong, "twice");
        }
    }

    #[test]
    fn whatever_a_newer_page_adds_its_links_are_told_to_be_newer() {
        let newer = fields(&[("v", "7"), ("scripts", "a|b"), ("moment", "last")]);
        assert_eq!(Link::decode(&seal(&newer)), Err(LinkError::TooNew(7)));
    }

    #[cfg(not(target_arch = "wasm32"))]
    mod generated {
        use super::*;
        use proptest::prelude::*;

        proptest! {
            #[test]
            fn any_text_is_carried_unchanged(comment in "[^\n]{0,200}", at: u64, step: u64) {
                let link = Link { script: format!("heal\n#{comment}"), at: Micros(at), step, run: None, shown: Shown::default() };
                prop_assert_eq!(Link::decode(&link.encode()), Ok(link));
            }

            #[test]
            fn any_fragment_is_a_link_or_says_what_is_wrong(text: String) {
                if let Err(error) = Link::decode(&text) {
                    prop_assert!(!error.to_string().is_empty());
                }
            }

            #[test]
            fn any_fields_with_a_right_checksum_are_judged(
                fields in proptest::collection::vec((
                    "v|at|step|script|run|show|why|words|class|.*",
                    "1|0us|heal|[0-9]{1,30}|keys|promotion md-db-2|r1|27:981244|MongoDB|on|.*",
                ), 0..8)
            ) {
                match Link::decode(&seal(&fields)) {
                    Ok(link) => prop_assert_eq!(Link::decode(&link.encode()), Ok(link)),
                    Err(error) => prop_assert!(fields.is_empty() || error != LinkError::Damaged),
                }
            }
        }
    }
}
