//! The view model: a run at one moment, made into what the page shows.
mod asked;
mod build;
mod carried;
mod narration;
mod view;
mod words;

pub use crate::simulation::MessageKind as FlightKind;
pub use asked::*;
pub use carried::Carried;
pub use narration::is_milestone;
pub use view::*;
pub use words::rule_means;
