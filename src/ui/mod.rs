//! The page. The only part that knows a browser; everything that it shows comes from a
//! [`Frame`](crate::teaching::frame::Frame), and everything that it asks for is an
//! [`Intent`](crate::teaching::session::Intent).
//!
//! `app` owns the session and all that the page remembers, and takes every message. Each time it lays out the page
//! from one [`view::View`]: plain functions that return [`markup`], and a [`part::part`] wherever something is not to
//! be drawn again before what it shows has changed. What opens only when asked for stands behind [`later::Later`], in a
//! second module that is fetched then. Between two of them only the tokens, the clock and the scrubber move.

mod app;
mod browser;
mod clock;
mod console;
mod diagram;
mod dialog;
mod glide;
mod grid;
mod header;
mod icon;
mod keep;
mod keyboard;
mod keys;
mod later;
mod layout;
mod legend;
mod lessons;
mod markup;
mod media;
mod menus;
mod messages;
mod msg;
mod part;
mod progress;
mod promises;
mod promotion;
mod stage;
mod story;
mod transport;
mod view;
mod violations;
mod vocabulary;
mod why;
mod words;

use app::App;
use wasm_bindgen_futures::spawn_local;

/// Shows the page. If the visit begins with what the second module has to read, it waits for that.
pub fn start() {
    if App::begins_with_later() {
        spawn_local(async {
            let _ = later::Need::Later.come().await;
            mount();
        });
    } else {
        mount();
    }
}

fn mount() {
    yew::Renderer::<App>::new().render();
}
