//! A lesson in the fragment of an address, so that a teacher's own needs no place to lie. It is sealed as a link to a
//! moment is: a checksum, a version, and the text.

use super::Lesson;
use crate::teaching::link::{seal, unseal};

/// The version of such links that this page makes, and the newest that it opens.
const VERSION: u32 = 1;

/// The most bytes that such a link may have: room for every lesson, whatever it is spelled with.
const MOST_BYTES: usize = 3 * Lesson::MOST_BYTES + 1024;

/// Whether a fragment carries a lesson, be it whole or damaged.
#[must_use]
pub fn carries(fragment: &str) -> bool {
    fragment.split('&').any(|field| field.starts_with("lesson="))
}

/// The fragment that carries a lesson's text.
#[must_use]
pub fn carry(text: &str) -> String {
    seal(&[("v".into(), VERSION.to_string()), ("lesson".into(), text.to_owned())])
}

/// The text of a lesson that a fragment carries. Whether it is one is still to be seen.
///
/// # Errors
/// A sentence that says what is wrong.
pub fn carried(fragment: &str) -> Result<String, String> {
    if fragment.len() > MOST_BYTES {
        return Err(format!("it has {} bytes; expected at most {MOST_BYTES}", fragment.len()));
    }
    let fields = unseal(fragment).ok_or("it was cut off or changed on its way; copy the whole of it again")?;
    let value = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    match value("v").and_then(|version| version.parse::<u32>().ok()) {
        Some(version) if version <= VERSION => value("lesson").ok_or_else(|| "it carries no lesson".to_owned()),
        Some(version) => Err(format!("it was made by a newer page, in version {version}; expected at most {VERSION}")),
        None => Err("it says no version; expected v=1".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{carried, carries, carry, seal};

    #[test]
    fn a_lesson_comes_out_as_it_went_in() {
        let text = "# Ebb & flow = 100 %;\n\n`a+b`\n";
        assert!(carries(&carry(text)));
        assert_eq!(carried(&carry(text)).as_deref(), Ok(text));
    }

    #[test]
    fn what_is_cut_off_or_newer_is_told() {
        let whole = carry("# A lesson");
        assert!(carried(&whole[..whole.len() - 1]).is_err_and(|why| why.contains("cut off")));
        let newer = seal(&[("v".into(), "2".into()), ("lesson".into(), "# A lesson".into())]);
        assert!(carried(&newer).is_err_and(|why| why.contains("newer page, in version 2")));
        let empty = seal(&[("v".into(), "1".into())]);
        assert_eq!(carried(&empty), Err("it carries no lesson".to_owned()));
    }
}
