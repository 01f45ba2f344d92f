//! Markup: HTML in text, with a hole in braces wherever Rust has something to say.
//!
//! ```text
//! markup! { "<p class='position " {term_class(term)} "'>term " {term} "</p>" }
//! ```
//!
//! Yew's own `html!` turns every element into code of its own, which was a third of the page's bytes. Text stays text:
//! one small reader makes elements of it. What `html!` would refuse is refused here too, when the page is compiled:
//! see [`check`].
//!
//! Attributes stand in single quotes, or are one hole without quotes. A hole that holds nothing leaves its attribute
//! out. `key` is Yew's key; `on…` takes a [`Handler`](hole::Handler); `initially` is what an input holds until someone
//! types in it, `value` what it holds in any case. White space with a line break in it is layout, and
//! is dropped.

mod check;
mod hole;
mod read;
mod units;

pub use check::check;
pub use hole::{Handler, Hole};
pub use read::read;
pub use units::{filled, units};
use yew::virtual_dom::VList;
use yew::{AttrValue, Html};

/// Stands for a hole in a template.
const HOLE: u8 = 0;

/// Makes nodes of a template and what fills its holes.
macro_rules! markup {
    (@hole $hole:expr) => { "\0" };
    ($({ $first:expr })* $($text:literal $({ $hole:expr })*)*) => {{
        const TEMPLATE: &str = concat!(
            $($crate::ui::markup::markup!(@hole $first),)*
            $($text, $($crate::ui::markup::markup!(@hole $hole),)*)*
        );
        const _: () = $crate::ui::markup::check(TEMPLATE);
        let mut holes = ::std::mem::ManuallyDrop::new([
            $($crate::ui::markup::Hole::from($first),)*
            $($($crate::ui::markup::Hole::from($hole),)*)*
        ]);
        $crate::ui::markup::read(TEMPLATE, &mut *holes)
    }};
}
pub(crate) use markup;

/// A node for each item.
pub fn each<'a, T>(items: &'a [T], draw: impl Fn(&'a T) -> Html) -> Html {
    each_of(items.len(), &|place| draw(&items[place]))
}

/// A node for each number below `count`.
#[inline(never)]
pub fn each_of(count: usize, draw: &dyn Fn(usize) -> Html) -> Html {
    let mut nodes = Vec::with_capacity(count);
    for place in 0..count {
        nodes.push(draw(place));
    }
    nodes_of(nodes)
}

/// Several nodes, one after the other.
pub fn nodes_of(nodes: Vec<Html>) -> Html {
    Html::from(VList::from(nodes))
}

/// A text.
pub fn text(text: impl Into<AttrValue>) -> Html {
    Html::from(yew::virtual_dom::VText::new(text.into()))
}

/// What an attribute says that is not merely there or absent.
#[must_use]
pub const fn truth(holds: bool) -> &'static str {
    if holds { "true" } else { "false" }
}
