//! Any text is a script or a list of errors that point into it; what was understood prints as what it means.
#![no_main]

use harbor_point::teaching::script::{Names, Script, complete};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Script::parse(text) {
        Ok(script) => {
            let printed = script.to_string();
            let again = Script::parse(&printed).expect("what was printed can be read");
            assert_eq!(again.to_string(), printed, "and means the same");
        }
        Err(errors) => {
            assert!(!errors.is_empty(), "a script that is refused has a mistake");
            for error in errors {
                let line = text.split('\n').nth(error.line as usize - 1).expect("the line is there");
                assert!(error.column as usize <= line.chars().count() + 1, "{error}");
                assert!(!error.to_string().is_empty());
            }
        }
    }
    let _ = complete(text.lines().next().unwrap_or_default(), &Names::default());
});
