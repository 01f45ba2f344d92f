//! What turns a run into something to learn from.
pub mod facts;
pub mod frame;
pub mod link;
pub mod script;
pub mod session;
pub mod stories;
pub mod timeline;
