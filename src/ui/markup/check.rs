//! Whether a template is well formed, found out while the page is compiled.

use super::HOLE;
use super::read::EVENTS;

/// How deep elements may lie inside each other.
const DEPTH_MAX: usize = 24;

/// Stops the compilation of a page whose markup is not well formed: every element closed in order, every attribute
/// quoted, every event known, holes only where a text or a value stands.
///
/// # Panics
///
/// If it is not.
pub const fn check(template: &str) {
    let text = template.as_bytes();
    let mut open = [0; DEPTH_MAX];
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        if text[at] != b'<' {
            assert!(text[at] != b'>', "a `>` closes nothing");
            at += 1;
        } else if text[at + 1] == b'/' {
            assert!(depth > 0, "an element is closed that was not opened");
            depth -= 1;
            let mut name = open[depth];
            at += 2;
            while text[at] != b'>' {
                assert!(text[at] == text[name], "an element is closed by another name");
                name += 1;
                at += 1;
            }
            assert!(!is_of_name(text[name]), "an element is closed by another name");
            at += 1;
        } else {
            open[depth] = at + 1;
            let end = end_of_tag(text, at + 1);
            if text[end - 1] != b'/' {
                depth += 1;
            }
            at = end + 1;
        }
    }
    assert!(depth == 0, "an element is not closed");
}

/// Where the `>` of the tag is whose name begins at `at`.
const fn end_of_tag(text: &[u8], at: usize) -> usize {
    let mut at = end_of_name(text, at);
    loop {
        while text[at] == b' ' || text[at] == b'\n' {
            at += 1;
        }
        if text[at] == b'>' {
            return at;
        }
        if text[at] == b'/' {
            assert!(text[at + 1] == b'>', "a `/` is not followed by `>`");
            return at + 1;
        }
        let name = at;
        at = end_of_name(text, at);
        assert!(text[at] == b'=', "an attribute has no value");
        assert!(is_known(text, name), "no such event is listened for");
        at += 1;
        if text[at] != HOLE {
            assert!(text[at] == b'\'', "an attribute is not quoted");
            at += 1;
            while text[at] != b'\'' {
                assert!(text[at] != b'<' && text[at] != b'>', "a quote is not closed");
                at += 1;
            }
        }
        at += 1;
    }
}

/// Whether the attribute whose name begins here is none that takes a handler, or one of those that do.
const fn is_known(text: &[u8], at: usize) -> bool {
    if text[at] != b'o' || text[at + 1] != b'n' {
        return true;
    }
    let mut which = 0;
    while which < EVENTS.len() {
        let event = EVENTS[which].0.as_bytes();
        let mut same = 0;
        while same < event.len() && text[at + same] == event[same] {
            same += 1;
        }
        if same == event.len() && text[at + same] == b'=' {
            return true;
        }
        which += 1;
    }
    false
}

/// Where a name ends that begins here.
const fn end_of_name(text: &[u8], mut at: usize) -> usize {
    assert!(is_of_name(text[at]), "a name is missing");
    while is_of_name(text[at]) {
        at += 1;
    }
    at
}

/// Whether a name can have this letter.
const fn is_of_name(letter: u8) -> bool {
    letter.is_ascii_alphanumeric() || letter == b'-'
}
