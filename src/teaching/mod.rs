//! What turns a run into something to learn from.
//!
//! A [script] says what happens; a [timeline] plays it and can be sought; a [frame] is what the page shows of one
//! moment; a [diagram] draws it over time; [why] answers why it is so; a [session] is what a person does with it all.
//! A [counterexample] turns what a search found into a script, a [bottleneck] is told from what was measured. A [link]
//! carries a moment from one address bar to another, what a browser [keep]s outlives the visit, [stories] are scripts
//! that come with the page, a [lesson] asks what will happen in them, and a [vocabulary] says it all in another
//! system's words.

pub mod bottleneck;
pub mod counterexample;
pub mod diagram;
pub mod facts;
pub mod frame;
mod intent;
pub mod keep;
pub mod lesson;
pub mod link;
mod listed;
pub mod mark;
pub mod script;
pub mod session;
pub mod stories;
pub mod timeline;
pub mod vocabulary;
pub mod why;
