//! The page. The only part that knows a browser; everything that it shows comes from a
//! [`Frame`](crate::teaching::frame::Frame), and everything that it asks for is an
//! [`Intent`](crate::teaching::session::Intent).
//!
//! `app` owns the session and takes every message; `layout` says what stands where. A component takes the parts of the
//! frame that it shows, compared by pointer ([`same`]), and speaks through the dispatcher of [`ask`]. Only the tokens
//! and the clock change with each animation frame.

mod app;
mod ask;
mod browser;
mod clock;
mod console;
mod dialog;
mod glide;
mod grid;
mod header;
mod icon;
mod keyboard;
mod keys;
mod layout;
mod media;
mod menus;
mod progress;
mod promises;
mod promotion;
mod same;
mod stage;
mod story;
mod transport;
mod violations;
mod words;

pub use app::App;
