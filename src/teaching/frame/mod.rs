//! The view model: a run at one moment, made into what the page shows.
mod build;
mod narration;
mod view;
mod words;

pub use narration::is_milestone;
pub use view::*;
pub use words::rule_means;
