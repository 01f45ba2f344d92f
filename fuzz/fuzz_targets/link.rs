//! Any fragment is a link or an error, and so is any text that a browser kept; what can be read can be made again. The
//! checksum would turn nearly all inputs away, so each is tried a second time under a checksum of its own.
#![no_main]

use harbor_point::teaching::keep::{Kept, KeptError};
use harbor_point::teaching::link::{Link, LinkError, seal};
use libfuzzer_sys::fuzz_target;

fn open(fragment: &str) {
    match Link::decode(fragment) {
        Ok(link) => assert_eq!(Link::decode(&link.encode()), Ok(link)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    match Kept::decode(fragment) {
        Ok(kept) => assert_eq!(Kept::decode(&kept.encode()), Ok(kept)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fuzz_target!(|fragment: &str| {
    open(fragment);
    let fields = fragment.split('&').map(|field| field.split_once('=').unwrap_or((field, "")));
    let sealed = seal(&fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect::<Vec<_>>());
    assert_ne!(Link::decode(&sealed), Err(LinkError::Damaged), "only a wrong checksum is damage");
    assert_ne!(Kept::decode(&sealed), Err(KeptError::Damaged), "the same of what was kept");
    open(&sealed);
});
