//! The view model: a run at one moment, made into what the page shows.
mod build;
mod view;
mod words;

pub use view::*;
pub use words::{is_milestone, rule_means};
