//! The script language: one line, one command. A lesson, a golden story, a linked moment, the command box of the page
//! and the player all speak it; `lessons/README.md` explains it to those who write scripts.
//!
//! - A text becomes a [`Script`] as a whole or not at all: every mistake has its line, its column, what stands there
//!   and what was expected, and nothing of a mistaken script runs.
//! - The grammar is told once. Each command reads its own line from a cursor that remembers what it was asked for in
//!   vain; errors and completion both come out of that.
//! - What is printed reads back as the same: `parse(print(x)) == x`, but for the numbers of lines.
//!
//! Nothing here runs anything, and nothing here knows of a browser.

mod ast;
mod cluster;
mod commands;
mod conditions;
mod cursor;
mod error;
mod names;
mod network;
mod parse;
mod print;
mod settings;
#[cfg(test)]
mod tests;
mod values;
mod words;

pub use ast::{Answer, Condition, Fact, Line, Measure, ReadFact, Script, Stage, Statement};
pub use error::{Found, ScriptError};
pub(in crate::teaching) use names::Named;
pub use names::Names;
pub use parse::{complete, parse_cluster, unfinished};
pub use print::ClusterLine;

/// One way to write a command or a condition, and what it means. Capitals stand for what the writer puts there,
/// brackets for what may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// How it is written.
    pub form: &'static str,
    /// What it means, in one sentence.
    pub meaning: &'static str,
}

impl Usage {
    const fn new(form: &'static str, meaning: &'static str) -> Self {
        Self { form, meaning }
    }

    /// Every way to write a command, in the order in which they are explained.
    pub fn of_commands() -> impl Iterator<Item = Self> {
        commands::COMMANDS.iter().flat_map(|command| command.usages.iter().copied())
    }

    /// Every way to write a condition.
    pub fn of_conditions() -> impl Iterator<Item = Self> {
        conditions::CONDITIONS.iter().copied()
    }
}
