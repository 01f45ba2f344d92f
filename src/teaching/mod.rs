//! What turns a run into something to learn from.
pub mod script;
