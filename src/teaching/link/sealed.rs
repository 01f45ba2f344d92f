//! Names and values as one line of text with a checksum before it, so that a text which lost its end or a letter is told
//! apart from one that is whole. What an address and what a browser keeps are both written so.

use crate::simulation::Micros;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What is percent-encoded: all but letters, digits, and the signs that addresses and messages leave alone.
const ENCODED: &AsciiSet = &ENCODED_IN_NAMES.remove(b'=');

/// The same for a field's name, which ends at the first `=`.
const ENCODED_IN_NAMES: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b',').remove(b':');

/// A field that is missing, is there twice, or does not say what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongField {
    /// Which field.
    pub name: &'static str,
    /// What it should say.
    pub expected: &'static str,
}

/// Names and values, in order.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a>(pub &'a [(String, String)]);

impl Fields<'_> {
    /// What the only field of that name says.
    ///
    /// # Errors
    /// If there is none, or several, or it does not say that.
    pub fn get<T>(
        self,
        name: &'static str,
        expected: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, WrongField> {
        self.find(name, expected, read)?.ok_or(WrongField { name, expected })
    }

    /// The same of a field that may be missing.
    ///
    /// # Errors
    /// If there are several, or it does not say that.
    pub fn find<T>(
        self,
        name: &'static str,
        expected: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, WrongField> {
        let mut found = self.0.iter().filter(|(key, _)| key == name);
        match (found.next(), found.next()) {
            (None, _) => Ok(None),
            (Some((_, value)), None) => read(value).map(Some).ok_or(WrongField { name, expected }),
            _ => Err(WrongField { name, expected }),
        }
    }

    /// Text as it stands.
    ///
    /// # Errors
    /// If there is no such field, or several.
    pub fn text(self, name: &'static str, expected: &'static str) -> Result<String, WrongField> {
        self.get(name, expected, |text| Some(text.to_owned()))
    }

    /// A moment of simulated time.
    ///
    /// # Errors
    /// If there is no such field, or several, or it is no time.
    pub fn time(self, name: &'static str) -> Result<Micros, WrongField> {
        self.get(name, "a time in whole microseconds, such as 50000us", |text| {
            text.strip_suffix("us").and_then(number).map(Micros)
        })
    }
}

/// A whole number as these texts spell it.
#[must_use]
pub fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// Names and values as one text, the checksum first, whatever they say: who reads them finds out.
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

/// The fields of such a text, if its checksum is theirs.
#[must_use]
pub fn unseal(fragment: &str) -> Option<Vec<(String, String)>> {
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
    #[test]
    fn the_checksum_is_the_well_known_one() {
        assert_eq!(super::crc32(b"123456789".iter().copied()), 0xcbf4_3926);
    }
}
