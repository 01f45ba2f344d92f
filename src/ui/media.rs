//! What the window and its owner's settings ask for, watched while a component is there.

use gloo_events::EventListener;
use yew::prelude::*;

/// A media query that the page depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// Too narrow for the stage's regions to stand side by side.
    Narrow,
    /// Someone asked for less motion.
    ReducedMotion,
}

impl Media {
    fn query(self) -> &'static str {
        match self {
            Self::Narrow => "(max-width: 760px)",
            Self::ReducedMotion => "(prefers-reduced-motion: reduce)",
        }
    }

    /// Whether it holds now.
    #[must_use]
    pub fn holds(self) -> bool {
        self.list().is_some_and(|list| list.matches())
    }

    /// The list that matches, or nothing where the browser knows none.
    fn list(self) -> Option<web_sys::MediaQueryList> {
        web_sys::window()?.match_media(self.query()).ok().flatten()
    }
}

/// Whether the query holds; the component is drawn anew when that changes.
#[hook]
pub fn use_media(media: Media) -> bool {
    let holds = use_state(|| media.holds());
    let setter = holds.setter();
    use_effect_with(media, move |media| {
        let listener = media.list().map(|list| {
            let watched = list.clone();
            EventListener::new(&list, "change", move |_| setter.set(watched.matches()))
        });
        move || drop(listener)
    });
    *holds
}
