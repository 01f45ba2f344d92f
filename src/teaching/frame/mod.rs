//! The view model: a run at one moment, made into what the page shows.
mod asked;
mod build;
mod carried;
mod measured;
mod narration;
mod view;
mod words;

pub use crate::simulation::MessageKind as FlightKind;
pub use asked::{CrowdView, Fate, ReadView, RequestView};
pub use carried::Carried;
pub use measured::MeasuresView;
pub use narration::is_milestone;
pub use view::*;
pub(super) use words::label as flight_label;
pub use words::rule_means;
