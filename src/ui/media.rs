//! What the window and its owner's settings ask for.

use gloo_events::EventListener;
use yew::Callback;

/// A media query that the page depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// Too narrow for the stage's regions to stand side by side.
    Narrow,
    /// Someone asked for less motion.
    ReducedMotion,
    /// The reader's own colours take the place of the page's.
    ForcedColours,
}

impl Media {
    fn query(self) -> &'static str {
        match self {
            Self::Narrow => "(max-width: 760px)",
            Self::ReducedMotion => "(prefers-reduced-motion: reduce)",
            Self::ForcedColours => "(forced-colors: active)",
        }
    }

    /// Whether it holds now.
    #[must_use]
    pub fn holds(self) -> bool {
        self.list().is_some_and(|list| list.matches())
    }

    /// Tells whenever it begins or ceases to hold, until dropped.
    #[must_use]
    pub fn watch(self, changed: Callback<bool>) -> Option<EventListener> {
        let list = self.list()?;
        Some(EventListener::new(&list, "change", move |_| changed.emit(self.holds())))
    }

    /// The list that matches, or nothing where the browser knows none.
    fn list(self) -> Option<web_sys::MediaQueryList> {
        web_sys::window()?.match_media(self.query()).ok().flatten()
    }
}
