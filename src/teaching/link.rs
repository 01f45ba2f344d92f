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
//! - In a value `+` is a space and `;` ends a line, so that a script can be read in the address bar. All else but
//!   letters, digits and a few signs is percent-encoded. What links are often stripped of, a full stop at the end
//!   say, never is at the end.

use super::script::{Script, ScriptError};
use crate::simulation::Micros;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::fmt;

/// The version of links that this page makes, and the newest that it opens.
pub const VERSION: u64 = 1;

/// The most bytes that a link may have: room for every script that can be read, whatever it is spelled with.
pub const MOST_BYTES: usize = 3 * Script::MOST_BYTES + 1024;

/// What is percent-encoded: all but letters, digits, and the signs that addresses and messages leave alone.
const ENCODED: &AsciiSet = &ENCODED_IN_NAMES.remove(b'=');

/// The same for a field's name, which ends at the first `=`.
const ENCODED_IN_NAMES: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b',').remove(b':');

/// A moment that can be linked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The text of the script.
    pub script: String,
    /// The simulated time of the moment.
    pub at: Micros,
    /// How many events have happened by then; of several at the same time, this says which is meant.
    pub step: u64,
}

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
    /// A field is missing, is there twice, or does not say what it should.
    Field {
        /// Which field.
        name: &'static str,
        /// What it should say.
        expected: &'static str,
    },
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
            Self::Field { name, expected } => write!(f, "\"{name}\" in this link is wrong; expected {expected}"),
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

impl Link {
    /// The fragment for this moment, without the `#`.
    #[must_use]
    pub fn encode(&self) -> String {
        seal(&[
            ("v".into(), VERSION.to_string()),
            ("script".into(), self.script.clone()),
            ("at".into(), format!("{}us", self.at.0)),
            ("step".into(), self.step.to_string()),
        ])
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
        let fields = Fields(unseal(fragment).ok_or(LinkError::Damaged)?);
        let version = fields.get("v", "a version", number)?;
        if version > VERSION {
            return Err(LinkError::TooNew(version));
        }
        let link = Self {
            script: fields.get("script", "a script", |text| Some(text.to_owned()))?,
            at: fields.get("at", "a time in whole microseconds, such as 50000us", |text| {
                text.strip_suffix("us").and_then(number).map(Micros)
            })?,
            step: fields.get("step", "a number of events", number)?,
        };
        Script::parse(&link.script).map_err(LinkError::Script)?;
        Ok(link)
    }
}

/// The names and values of a link, in order.
struct Fields(Vec<(String, String)>);

impl Fields {
    /// What the only field of that name says.
    fn get<T>(
        &self,
        name: &'static str,
        expected: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, LinkError> {
        let mut found = self.0.iter().filter(|(key, _)| key == name);
        match (found.next(), found.next()) {
            (Some((_, value)), None) => read(value),
            _ => None,
        }
        .ok_or(LinkError::Field { name, expected })
    }
}

fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// Names and values as a fragment, the checksum first, whatever they say: [`Link::decode`] finds out.
#[must_use]
pub fn seal(fields: &[(String, String)]) -> String {
    let mut fragment = format!("{:08x}", checksum(fields));
    for (key, value) in fields {
        fragment.push('&');
        fragment.push_str(&encode(key, ENCODED_IN_NAMES));
        fragment.push('=');
        fragment.push_str(&encode(value, ENCODED));
    }
    fragment
}

/// The fields of a fragment, if its checksum is theirs.
pub(super) fn unseal(fragment: &str) -> Option<Vec<(String, String)>> {
    let (sum, rest) = fragment.split_once('&')?;
    let fields: Option<Vec<_>> = rest
        .split('&')
        .map(|field| {
            let (key, value) = field.split_once('=')?;
            Some((decode(key)?, decode(value)?))
        })
        .collect();
    let fields = fields?;
    (sum.eq_ignore_ascii_case(&format!("{:08x}", checksum(&fields)))).then_some(fields)
}

fn encode(text: &str, encoded: &'static AsciiSet) -> String {
    let shorter = |piece| match piece {
        "%20" => "+",
        "%0A" => ";",
        other => other,
    };
    utf8_percent_encode(text, encoded).map(shorter).collect()
}

fn decode(text: &str) -> Option<String> {
    let longer = |letter| match letter {
        '+' => ' ',
        ';' => '\n',
        other => other,
    };
    let text: String = text.chars().map(longer).collect();
    percent_decode_str(&text).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

/// A checksum of the fields. Their names and values are set apart by bytes that no text contains.
fn checksum(fields: &[(String, String)]) -> u32 {
    crc32(fields.iter().flat_map(|(key, value)| key.bytes().chain([0xfe]).chain(value.bytes()).chain([0xff])))
}

/// The cyclic redundancy check of Ethernet (ISO-HDLC), bit by bit: links are short, and a table would be more bytes
/// than all the links a class will send.
fn crc32(bytes: impl Iterator<Item = u8>) -> u32 {
    let step = |sum: u32| (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg());
    !bytes.fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(byte), |sum, _| step(sum)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Link {
        let script =
            "cluster ack=leader-fsync\nreserve C14 for 5521\ncut md-db-4 > sg-db-1 # 100% sure; \"é\" & so\nrun 5ms";
        Link { script: script.to_owned(), at: Micros(12_000), step: 7 }
    }

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn told(pairs: &[(&str, &str)]) -> String {
        Link::decode(&seal(&fields(pairs))).map_or_else(|error| error.to_string(), |link| format!("{link:?}"))
    }

    #[test]
    fn the_checksum_is_the_well_known_one() {
        assert_eq!(crc32(b"123456789".iter().copied()), 0xcbf4_3926);
    }

    #[test]
    fn a_link_can_be_read_in_the_address_bar() {
        let link = Link { script: "reserve C14 for 5521\nrun 50ms".to_owned(), at: Micros(12_000), step: 7 };
        let fragment = "488c430a&v=1&script=reserve+C14+for+5521;run+50ms&at=12000us&step=7";
        assert_eq!(link.encode(), fragment);
        assert_eq!(Link::decode(fragment), Ok(link.clone()));
        assert_eq!(Link::decode(&format!("#{fragment}")), Ok(link));
    }

    #[test]
    fn every_script_that_can_be_read_can_be_linked() {
        let longest = "é".repeat(Script::MOST_BYTES / 2 - 1);
        for script in [example().script, String::new(), format!("#{longest}")] {
            let link = Link { script, at: Micros(u64::MAX), step: u64::MAX };
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
        assert_eq!(told(&good), told(&[&good[..], &[("view", "why"), ("", "")]].concat()));
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
                let link = Link { script: format!("heal\n#{comment}"), at: Micros(at), step };
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
                fields in proptest::collection::vec(("v|at|step|script|.*", "1|0us|heal|[0-9]{1,30}|.*"), 0..6)
            ) {
                match Link::decode(&seal(&fields)) {
                    Ok(link) => prop_assert_eq!(Link::decode(&link.encode()), Ok(link)),
                    Err(error) => prop_assert!(fields.is_empty() || error != LinkError::Damaged),
                }
            }
        }
    }
}
