//! The view model: a run at one moment, made into what the page shows.
mod view;

pub use view::*;
