//! The shape of the crate, as tests: layers import downwards only; below the interface nothing depends on anything but
//! its inputs; no file grows past what one reads in a sitting.
//!
//! The checks read tokens, so that a word in a comment or a string is no matter, and macro arguments are seen too. They
//! guard against slips, not against tricks. The last tests show each check failing on a small bad example.
#![cfg(not(target_arch = "wasm32"))]

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::path::{Path, PathBuf};

/// From the lowest to the highest; a layer knows itself and those before it.
const LAYERS: [&str; 4] = ["replication", "simulation", "teaching", "ui"];
const LINES_MAX: usize = 400;

/// Words that may not occur below the interface, and what is wrong with them.
const FORBIDDEN_WORDS: [(&str, &[&str]); 5] = [
    ("a float", &["f32", "f64"]),
    ("a clock", &["Instant", "SystemTime"]),
    (
        "ambient or unportable randomness",
        &["thread_rng", "ThreadRng", "StdRng", "SmallRng", "OsRng", "SysRng", "getrandom", "RandomState"],
    ),
    ("hash order", &["HashMap", "HashSet"]),
    ("the browser", &["yew", "web_sys", "js_sys", "wasm_bindgen", "gloo", "gloo_timers"]),
];

/// Paths that may not occur below the interface, with all that is inside them.
const FORBIDDEN_PATHS: [(&str, &[&str]); 3] = [
    ("a clock", &["std::time", "core::time"]),
    ("a thread", &["std::thread"]),
    ("ambient or unportable randomness", &["rand::rng", "rand::random"]),
];

#[test]
fn layers_import_downwards_and_depend_on_their_inputs_alone() {
    let mut layers_seen = std::collections::BTreeSet::new();
    let mut problems = Vec::new();
    for file in rust_files(Path::new("src")) {
        let source = std::fs::read_to_string(&file).expect("a source file");
        problems.extend(problems_in(&file, &source));
        layers_seen.extend(layer_of(&module_of(&file)));
    }
    assert_eq!(layers_seen.len(), LAYERS.len(), "every layer is read: {layers_seen:?}");
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

/// All that is wrong with one file, each as `file:line: what`.
fn problems_in(file: &Path, source: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let lines = source.lines().count();
    if lines > LINES_MAX {
        problems.push((1, format!("{lines} lines, and {LINES_MAX} at most: find the concept that wants out")));
    }
    let module = module_of(file);
    if let Some(layer) = layer_of(&module) {
        let tokens: TokenStream = source.parse().expect("Rust tokens");
        let mut names = Names::default();
        names.collect(tokens, &module);
        problems.extend(names.paths.iter().filter_map(|path| Some((path.line, path.wrong_in(layer)?))));
        if layer < LAYERS.len() - 1 {
            problems.extend(names.words.iter().filter_map(|(line, word)| Some((*line, forbidden_word(word)?))));
            problems.extend(names.paths.iter().filter_map(|path| Some((path.line, path.forbidden()?))));
        }
    }
    problems.sort();
    problems.iter().map(|(line, what)| format!("{}:{line}: {what}", file.display())).collect()
}

/// `src/simulation/network.rs` is the module `simulation::network`.
fn module_of(file: &Path) -> Vec<String> {
    let inside = file.strip_prefix("src").expect("a file of src").with_extension("");
    let mut module: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    module.pop_if(|last| ["mod", "lib", "main"].contains(&last.as_str()));
    module
}

fn layer_of(module: &[String]) -> Option<usize> {
    LAYERS.iter().position(|layer| module.first().is_some_and(|first| first == layer))
}

fn forbidden_word(word: &str) -> Option<String> {
    let by_name = FORBIDDEN_WORDS.iter().find(|(_, words)| words.contains(&word)).map(|(what, _)| *what);
    let what = by_name.or_else(|| is_float(word).then_some("a float"))?;
    Some(format!("`{word}` is {what}, which nothing below ui may use"))
}

/// Whether a literal is a float: `1.5`, `1e3`, `1f64`, and not `0xe3`, `1usize` or a string.
fn is_float(literal: &str) -> bool {
    let rest = literal.trim_start_matches(|c: char| c.is_ascii_digit() || c == '_');
    rest.len() < literal.len() && (rest.starts_with(['.', 'e', 'E']) || rest == "f32" || rest == "f64")
}

/// A path as written, with the module it was written in: `super::log::Log`, or one arm of a grouped `use`.
struct PathUse {
    line: usize,
    segments: Vec<String>,
    module: Vec<String>,
}

impl PathUse {
    /// The path from the crate's root, if it leads into this crate by its own words.
    fn inside_crate(&self) -> Option<Vec<String>> {
        let mut rest = self.segments.iter().peekable();
        let mut absolute = match rest.next()?.as_str() {
            "crate" | "harbor_point" => Vec::new(),
            "self" if self.segments.len() > 1 => self.module.clone(),
            "super" => parent(self.module.clone()),
            _ => return None,
        };
        while rest.next_if(|segment| *segment == "super").is_some() {
            absolute = parent(absolute);
        }
        absolute.extend(rest.cloned());
        Some(absolute)
    }

    fn wrong_in(&self, layer: usize) -> Option<String> {
        let target = self.inside_crate()?;
        if layer_of(&target).is_some_and(|target| target <= layer) {
            return None;
        }
        Some(format!(
            "{} imports `{}`, which is not in a layer at or below it",
            LAYERS[layer],
            self.segments.join("::")
        ))
    }

    fn forbidden(&self) -> Option<String> {
        let path = self.segments.join("::");
        let within =
            |outer: &&str| path.strip_prefix(*outer).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
        let (what, _) = FORBIDDEN_PATHS.iter().find(|(_, outers)| outers.iter().any(within))?;
        Some(format!("`{path}` is {what}, which nothing below ui may use"))
    }
}

fn parent(mut module: Vec<String>) -> Vec<String> {
    module.pop();
    module
}

/// Every word (identifier or literal) and every path of a source, with the lines where they stand.
#[derive(Default)]
struct Names {
    words: Vec<(usize, String)>,
    paths: Vec<PathUse>,
}

impl Names {
    fn collect(&mut self, tokens: TokenStream, module: &[String]) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Ident(word)
                    if word == "pub" && group(tokens.get(at + 1), Delimiter::Parenthesis).is_some() =>
                {
                    at += 2; // A visibility, `pub(crate)`, imports nothing.
                    continue;
                }
                TokenTree::Ident(word) if word == "mod" => {
                    if let (Some(name), Some(body)) = (tokens.get(at + 1), group(tokens.get(at + 2), Delimiter::Brace))
                    {
                        self.collect(body, &[module, &[name.to_string()]].concat());
                        at += 3;
                        continue;
                    }
                }
                TokenTree::Ident(_) => {
                    at = self.path(&tokens, at, Vec::new(), module);
                    continue;
                }
                TokenTree::Literal(literal) if !is_tuple_index(&tokens[..at]) => {
                    self.words.push((literal.span().start().line, literal.to_string()));
                }
                TokenTree::Group(inner) => self.collect(inner.stream(), module),
                TokenTree::Literal(_) | TokenTree::Punct(_) => {}
            }
            at += 1;
        }
    }

    /// Reads the path that starts at `at`, behind `prefix`, with the arms of its group; returns where it ends.
    fn path(&mut self, tokens: &[TokenTree], mut at: usize, prefix: Vec<String>, module: &[String]) -> usize {
        let line = tokens[at].span().start().line;
        let mut segments = prefix;
        loop {
            match tokens.get(at) {
                Some(TokenTree::Ident(word)) => {
                    self.words.push((word.span().start().line, word.to_string()));
                    segments.push(word.to_string());
                }
                Some(TokenTree::Punct(star)) if star.as_char() == '*' => segments.push("*".into()),
                Some(TokenTree::Group(arms)) if arms.delimiter() == Delimiter::Brace => {
                    self.arms(&arms.stream().into_iter().collect::<Vec<_>>(), &segments, module);
                    return at + 1;
                }
                _ => break,
            }
            at += 1;
            let colons = tokens[at..].iter().take(2).filter(|token| is_punct(token, ':')).count();
            if colons < 2 {
                break;
            }
            at += 2;
        }
        self.paths.push(PathUse { line, segments, module: module.to_vec() });
        at
    }

    /// The arms of a grouped `use`: in `a::{self, b::C as D}`, the paths `a::self` and `a::b::C`.
    fn arms(&mut self, tokens: &[TokenTree], prefix: &[String], module: &[String]) {
        for arm in tokens.split(|token| is_punct(token, ',')).filter(|arm| !arm.is_empty()) {
            let end = self.path(arm, 0, prefix.to_vec(), module);
            self.collect(arm[end..].iter().cloned().collect(), module);
        }
    }
}

fn group(token: Option<&TokenTree>, delimiter: Delimiter) -> Option<TokenStream> {
    match token {
        Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group.stream()),
        _ => None,
    }
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

/// In `pair.0.1` the tokens are `pair`, `.` and `0.1`; in `0..1.5` the literal follows two dots, and is a float.
fn is_tuple_index(before: &[TokenTree]) -> bool {
    let mut dots = before.iter().rev().take_while(|token| is_punct(token, '.'));
    dots.next().is_some() && dots.next().is_none()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[track_caller]
fn check(file: &str, source: &str, expected: &[&str]) {
    let problems = problems_in(Path::new(file), source);
    assert_eq!(problems.len(), expected.len(), "in {source:?}: {problems:#?}");
    for (problem, expected) in problems.iter().zip(expected) {
        assert!(problem.contains(expected), "{problem:?} lacks {expected:?}");
    }
}

#[test]
fn an_import_from_a_higher_layer_is_found_however_it_is_written() {
    for source in [
        "use crate::simulation::World;",
        "use crate::{replication::Log, simulation::World};",
        "use crate::{replication::{Log, Term}, simulation};",
        "use super::super::simulation::World;",
        "use super::super::{simulation::World};",
        "fn f(_: crate::simulation::World) {}",
        "fn f() { assert!(crate::simulation::ready()); }",
        "mod tests { use super::super::super::simulation::World; }",
        "use crate::World;",
        "use crate::*;",
        "use crate as root;",
        "pub(crate) use super::super as root;",
    ] {
        check("src/replication/log.rs", source, &["not in a layer at or below it"]);
    }
    check("src/replication/mod.rs", "use super::simulation::World;", &["imports `super::simulation::World`"]);
    check("src/simulation/mod.rs", "\n\nuse crate::ui::App;", &["src/simulation/mod.rs:3: simulation imports"]);
    check("src/teaching/frame.rs", "use crate::ui::App;", &["teaching imports `crate::ui::App`"]);
}

#[test]
fn an_import_from_the_same_or_a_lower_layer_is_fine() {
    check(
        "src/replication/log.rs",
        "use super::{Term, message::*}; pub(crate) struct Log; mod tests { use super::*; }",
        &[],
    );
    check(
        "src/simulation/world.rs",
        "use crate::{replication::{self, Log}, simulation::disk::Disk}; use self::x::y;",
        &[],
    );
    check("src/ui/app.rs", "use crate::teaching::Frame; const HALF: f64 = 0.5; use yew::prelude::*;", &[]);
    check("src/main.rs", "use harbor_point::ui::App;", &[]);
}

#[test]
fn what_is_not_determined_by_the_inputs_is_found() {
    for (source, expected) in [
        ("fn f(x: f64) {}", "`f64` is a float"),
        ("const X: u8 = (1.5) as u8;", "`1.5` is a float"),
        ("const X: u8 = 1e3 as u8;", "`1e3` is a float"),
        ("const X: u8 = 1_f32 as u8;", "`1_f32` is a float"),
        ("fn f() { assert!(x > 2.); }", "`2.` is a float"),
        ("fn f() { for x in y..1.5 {} }", "`1.5` is a float"),
        ("use std::time::Duration;", "`std::time::Duration` is a clock"),
        ("use std::{fmt, time};", "`std::time` is a clock"),
        ("fn f() { ::std::thread::yield_now() }", "`std::thread::yield_now` is a thread"),
        ("fn f(at: Instant) {}", "`Instant` is a clock"),
        ("fn f() { let mut draw = rand::rng(); }", "`rand::rng` is ambient"),
        ("use rand::rngs::SmallRng;", "`SmallRng` is ambient"),
        ("use std::collections::{BTreeMap, HashMap};", "`HashMap` is hash order"),
        ("use std::collections::HashMap as Map;", "`HashMap` is hash order"),
        ("use yew::prelude::*;", "`yew` is the browser"),
        ("#[wasm_bindgen] pub fn f() {}", "`wasm_bindgen` is the browser"),
    ] {
        for file in ["src/replication/x.rs", "src/simulation/x/y.rs", "src/teaching/mod.rs"] {
            check(file, source, &[expected]);
        }
    }
}

#[test]
fn what_only_looks_like_it_is_fine() {
    for source in [
        "//! An f64 and a HashMap, std::time too.\n/* yew */ fn f() {}",
        "/// 1.5 times `Instant`\nconst X: &str = \"f64 1.5 crate::ui\";",
        "const X: u64 = 0x1e3 + 1usize as u64 + 1_000;",
        "fn f(x: ((u8, u8), u8)) -> u8 { x.0.1 + x.1 }",
        "use rand::{RngExt, rngs::Xoshiro256PlusPlus};",
        "fn f() { for x in 0..15 {} }",
        "struct Moment { time: u64, thread: u8 }",
    ] {
        check("src/replication/x.rs", source, &[]);
    }
}

#[test]
fn a_long_file_is_found_in_every_layer() {
    for file in ["src/replication/log.rs", "src/ui/app.rs", "src/main.rs"] {
        check(file, &"\n".repeat(LINES_MAX), &[]);
        check(file, &"\n".repeat(LINES_MAX + 1), &["401 lines"]);
    }
}
