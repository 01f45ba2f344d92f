//! Which stretch of a run is drawn: all of it, or so much around the present moment.

use crate::simulation::Micros;

/// How much is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zoom {
    /// So much time, around the present moment.
    Span(Micros),
    /// The whole run.
    All,
}

/// The shortest stretch that is drawn.
const SHORTEST: Micros = Micros::from_millis(20);

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// How it came to be so long.
    pub zoom: Zoom,
    /// From then on.
    pub from: Micros,
    /// Until then.
    pub until: Micros,
}

impl Window {
    /// The window at a moment of a run that ends at `end`. As long as the moment lies in the window before, and not at its
    /// very end while time runs, nothing moves: then it turns over like a page. More of it lies ahead if there is more to
    /// see there, or about to be.
    #[must_use]
    pub fn at(now: Micros, end: Micros, zoom: Zoom, playing: bool, before: Option<Self>) -> Self {
        match zoom {
            Zoom::All => Self { zoom, from: Micros(0), until: rounded(end.max(now).max(SHORTEST)) },
            Zoom::Span(span) => {
                let last = |window: &Self| Micros(window.until.0 - if playing { span.0 / 25 } else { 0 });
                let stays = |it: &Self| it.zoom == zoom && it.from <= now && now <= last(it);
                before.filter(stays).unwrap_or_else(|| {
                    let ahead = playing || now.0 + span.0 / 4 < end.0;
                    let behind = if ahead { span.0 / 4 } else { span.0 / 5 * 3 };
                    let from = Micros(now.0.saturating_sub(behind));
                    Self { zoom, from, until: from + span }
                })
            }
        }
    }

    /// How long it is.
    #[must_use]
    pub fn span(&self) -> Micros {
        Micros(self.until.since(self.from).0.max(1))
    }

    /// Where a moment lies, in parts of a whole. What lies outside of the window has a place outside of it.
    #[must_use]
    pub fn place(&self, at: Micros, whole: i64) -> i64 {
        let since = i128::from(at.0) - i128::from(self.from.0);
        i64::try_from(since * i128::from(whole) / i128::from(self.span().0)).unwrap_or(i64::MAX)
    }

    /// The moment at a place, in parts of a whole.
    #[must_use]
    pub fn moment(&self, place: u64, whole: u64) -> Micros {
        let since = u128::from(place.min(whole)) * u128::from(self.span().0) / u128::from(whole.max(1));
        self.from + Micros(u64::try_from(since).unwrap_or(u64::MAX))
    }
}

/// The next of 1, 2 and 5 with noughts that is no less, so that a run that grows is not drawn anew all the time.
fn rounded(end: Micros) -> Micros {
    let mut unit = 1;
    loop {
        for step in [1, 2, 5] {
            if step * unit >= end.0 {
                return Micros(step * unit);
            }
        }
        unit *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::{Window, Zoom};
    use crate::simulation::Micros;

    const SPAN: Zoom = Zoom::Span(Micros(1000));

    fn at(now: u64, playing: bool, before: Option<Window>) -> (u64, u64) {
        between(now, 9000, playing, before)
    }

    fn between(now: u64, end: u64, playing: bool, before: Option<Window>) -> (u64, u64) {
        let window = Window::at(Micros(now), Micros(end), SPAN, playing, before);
        (window.from.0, window.until.0)
    }

    #[test]
    fn a_window_stays_until_the_present_leaves_it() {
        let first = Window::at(Micros(0), Micros(0), SPAN, false, None);
        assert_eq!((first.from.0, first.until.0), (0, 1000));
        assert_eq!(at(1000, false, Some(first)), (0, 1000));
        assert_eq!(at(960, true, Some(first)), (0, 1000));
        assert_eq!(at(961, true, Some(first)), (711, 1711), "it turns over before the present runs out of it");
        assert_eq!(at(1001, false, Some(first)), (751, 1751));
        let later = Window { from: Micros(751), until: Micros(1751), ..first };
        assert_eq!(at(750, false, Some(later)), (500, 1500), "and back");
        assert_eq!(between(3000, 3000, false, Some(later)), (2400, 3400), "where nothing is ahead, more of what was");
        assert_eq!(between(3000, 3000, true, Some(later)), (2750, 3750));
        assert_eq!(at(760, false, Some(Window { zoom: Zoom::All, ..later })), (510, 1510), "another zoom begins anew");
    }

    #[test]
    fn the_whole_run_ends_at_a_round_moment() {
        for (end, until) in
            [(0, 20_000), (20_000, 20_000), (20_001, 50_000), (120_138, 200_000), (600_000_000, 1_000_000_000)]
        {
            let window = Window::at(Micros(0), Micros(end), Zoom::All, false, None);
            assert_eq!((window.from.0, window.until.0), (0, until));
        }
    }

    #[test]
    fn places_and_moments_are_each_others_inverse() {
        let window = Window { zoom: SPAN, from: Micros(500), until: Micros(1500) };
        assert_eq!(window.place(Micros(750), 10_000), 2500);
        assert_eq!(window.place(Micros(0), 10_000), -5000);
        assert_eq!(window.moment(2500, 10_000), Micros(750));
        assert_eq!(window.moment(99_999, 10_000), Micros(1500));
    }
}
