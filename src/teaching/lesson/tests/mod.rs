//! Lessons as texts: what is read, and what is said about those that are none.

mod hostile;
mod mistakes;
mod reading;
