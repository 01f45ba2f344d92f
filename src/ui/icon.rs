//! The page's drawings: each a few strokes on a 24-unit square, in the colour of the text around it.

use crate::ui::markup::markup;
use yew::Html;

/// A drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A ship's wheel: who leads.
    Wheel,
    /// A lighthouse: the mark of the page.
    Lighthouse,
    /// Time runs.
    Play,
    /// Time stands.
    Pause,
    /// One event on.
    Step,
    /// One event back.
    StepBack,
    /// On to the next milestone.
    Milestone,
    /// To the start.
    Start,
    /// Sun and moon.
    Theme,
    /// A screen before a class.
    Screen,
    /// Letters.
    Words,
    /// A chain link.
    Link,
    /// A file comes in.
    Open,
    /// A file goes out.
    Save,
    /// Close.
    Cross,
    /// Keys.
    Keyboard,
    /// A node goes down.
    Bolt,
    /// A node comes back.
    Power,
    /// A link is cut.
    Scissors,
    /// A link is whole.
    Join,
    /// To lead.
    Promote,
    /// Kept, applied.
    Tick,
    /// Nobody knows.
    Question,
    /// Wrong.
    Warning,
    /// What is still to be reached.
    Target,
    /// All the lessons.
    Map,
}

impl Icon {
    /// The strokes.
    fn path(self) -> &'static str {
        match self {
            Self::Wheel => {
                "M12 7a5 5 0 1 0 0 10a5 5 0 1 0 0-10zM12 2v20M2 12h20M5 5l14 14M19 5L5 19M12 10.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 1 0 0-3z"
            }
            Self::Lighthouse => {
                "M9 21l1.2-12h3.6L15 21zM8 21h8M9.5 9V6.2L12 4l2.5 2.2V9M9.7 13h4.6M9.3 17h5.4M6.5 6.5L3 5M17.5 6.5L21 5M6.5 8L3 8.8M17.5 8l3.5.8"
            }
            Self::Play => "M7 4.5v15l12.5-7.5z",
            Self::Pause => "M7 4.5h3.5v15H7zM13.5 4.5H17v15h-3.5z",
            Self::Step => "M5 5v14l9-7zM18 5v14",
            Self::StepBack => "M19 5v14l-9-7zM6 5v14",
            Self::Milestone => "M4 5v14l8-7zM13 5v14l8-7z",
            Self::Start => "M5 5v14M20 5v14l-7-7zM13 5v14l-7-7z",
            Self::Theme => "M12 3.5a8.5 8.5 0 1 0 0 17zM12 3.5a8.5 8.5 0 0 1 0 17",
            Self::Screen => "M3 4h18v12H3zM8 21l4-5 4 5",
            Self::Words => "M3 18L7.5 6L12 18M4.6 14h5.8M15 18V7h2.5a2.5 2.5 0 0 1 0 5H15M17.5 12a3 3 0 0 1 0 6H15",
            Self::Link => {
                "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1"
            }
            Self::Open => "M3 18V6h6l2 2h10v10zM12 16v-5M9.5 13l2.5-2.5 2.5 2.5",
            Self::Save => "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4 20h16",
            Self::Cross => "M5.5 5.5l13 13M18.5 5.5l-13 13",
            Self::Keyboard => "M3 6h18v12H3zM6.5 9.5h.01M10 9.5h.01M13.5 9.5h.01M17 9.5h.01M8 14.5h8",
            Self::Bolt => "M13 2.5L5 13.5h6l-1 8 8-11h-6z",
            Self::Power => "M12 3v8M7 6a7.5 7.5 0 1 0 10 0",
            Self::Scissors => "M4 4l15 13M4 20L19 7M5.5 18.5a2 2 0 1 0 .01 0M5.5 5.5a2 2 0 1 0 .01 0",
            Self::Join => "M3 12h6M15 12h6M9 8.5v7M15 8.5v7M9 12h6",
            Self::Promote => "M12 20V5M6 11l6-6 6 6",
            Self::Tick => "M4.5 12.5l5 5L19.5 7",
            Self::Question => "M8.5 9a3.5 3.5 0 1 1 5 3.1c-1 .6-1.5 1.2-1.5 2.4M12 18.5h.01",
            Self::Target => "M12 4.5a7.5 7.5 0 1 0 .01 0",
            Self::Map => "M4 6h3M10 6h10M4 12h3M10 12h10M4 18h3M10 18h10",
            Self::Warning => "M12 3.5L22 20H2zM12 10v4.5M12 17.3h.01",
        }
    }

    /// Whether the drawing is a filled shape.
    fn filled(self) -> bool {
        matches!(self, Self::Play | Self::Pause)
    }
}

/// An icon beside a word; it says nothing by itself.
pub fn icon(icon: Icon) -> Html {
    let filled = icon.filled().then_some(" icon-filled");
    markup! {
        "<svg class='icon" {filled} "' viewBox='0 0 24 24' aria-hidden='true' focusable='false'><path d=" {icon.path()} "/></svg>"
    }
}

/// An icon inside the stage's drawing, one unit wide for each of its own.
pub fn icon_at(icon: Icon, x: f64, y: f64) -> Html {
    markup! { "<path class='icon' d=" {icon.path()} " transform='translate(" {x} " " {y} ")'/>" }
}
