//! What turns a run into something to learn from.
pub mod frame;
pub mod script;
pub mod session;
