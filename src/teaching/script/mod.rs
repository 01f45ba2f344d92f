//! The script language: one line, one command.
mod ast;

pub use ast::{Answer, Condition, Fact, Line, Script, Stage, Statement};
