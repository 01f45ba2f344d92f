//! The view model: a run at one moment, made into what the page shows.
mod asked;
mod build;
mod measured;
mod narration;
mod view;
mod words;

pub use asked::{CrowdView, Fate, ReadView, RequestView};
pub use measured::MeasuresView;
pub use narration::is_milestone;
pub use view::*;
pub(super) use words::flight as flight_words;
pub use words::rule_means;
