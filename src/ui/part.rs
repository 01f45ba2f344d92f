//! A part of the page that is drawn anew only when something that it depends on changed. All parts are one component:
//! what tells them apart is the function that draws them.

use crate::ui::markup::nodes_of;
use crate::ui::view::View;
use crate::ui::vocabulary;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;
use yew::virtual_dom::{Key, VChild};

/// How many places of a row make a stretch.
const STRETCH: u64 = 16;

/// The part that `draw` draws, as long as `depends` stays the same. What it depends on is told by [`same`], or is a
/// number by itself.
pub fn part(view: &Rc<View>, depends: &[u64], draw: fn(&Rc<View>) -> Html) -> Html {
    make(view, depends, Draw::Only(draw), None)
}

/// The same for one of several of a kind, by its number.
pub fn part_of(view: &Rc<View>, depends: &[u64], number: usize, draw: fn(&Rc<View>, usize) -> Html) -> Html {
    make(view, depends, Draw::OneOf(number, draw), None)
}

/// How draws some of many: of the one with this number, those in this range.
pub type DrawSome = fn(&Rc<View>, usize, Range<usize>) -> Html;

/// Many that stand in a row, in stretches: where one of them changes, its neighbours are drawn anew, but not all of them.
/// `place_of` tells where each stands in a longer row of which these are a part, so that a stretch holds the same ones
/// when the first have gone; `tells` puts into a fingerprint whatever one depends on. Stretches `ring` apart, of which
/// never two are shown together, are one on the page: where all of it changes, it is rewritten and not made anew.
pub fn stretches(
    view: &Rc<View>,
    (number, ring): (usize, u64),
    count: usize,
    place_of: &dyn Fn(usize) -> u64,
    tells: &dyn Fn(usize, &mut Fingerprint),
    draw: DrawSome,
) -> Html {
    let (mut parts, mut from) = (Vec::new(), 0);
    while from < count {
        let stretch = place_of(from) / STRETCH;
        let mut told = Fingerprint::default();
        let mut until = from;
        while until < count && place_of(until) / STRETCH == stretch {
            tells(until, &mut told);
            until += 1;
        }
        (place_of(from), (until - from) as u64).hash(&mut told);
        parts.push(make(view, &[told.finish()], Draw::Some(number, from..until, draw), Some((stretch % ring).into())));
        from = until;
    }
    nodes_of(parts)
}

#[inline(never)]
fn make(view: &Rc<View>, depends: &[u64], draw: Draw, key: Option<Key>) -> Html {
    // Whatever a part shows, it shows in the words that were chosen.
    let depends = depends.iter().copied().chain([vocabulary::chosen() as u64]).collect();
    VChild::<Part>::new(PartProps { view: Rc::clone(view), depends, draw }, key).into()
}

/// A number that tells one content from another (FNV-1a): what is no `Rc` is told by what it holds.
#[derive(Debug)]
pub struct Fingerprint(u64);

impl Default for Fingerprint {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fingerprint {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Tells one value from another: a part of the frame that did not change is the same `Rc`. (The props of a part that was
/// not drawn anew keep the frame that it was drawn from, so no other value takes its place in memory.)
#[must_use]
pub fn same<T: ?Sized>(value: &Rc<T>) -> u64 {
    Rc::as_ptr(value).cast::<()>().addr() as u64
}

/// What draws a part.
enum Draw {
    Only(fn(&Rc<View>) -> Html),
    OneOf(usize, fn(&Rc<View>, usize) -> Html),
    Some(usize, Range<usize>, DrawSome),
}

/// What to draw, and when.
#[derive(Properties)]
struct PartProps {
    view: Rc<View>,
    depends: Box<[u64]>,
    draw: Draw,
}

impl PartialEq for PartProps {
    fn eq(&self, other: &Self) -> bool {
        self.depends == other.depends
    }
}

struct Part;

impl Component for Part {
    type Message = ();
    type Properties = PartProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        match &props.draw {
            Draw::Only(draw) => draw(&props.view),
            Draw::OneOf(number, draw) => draw(&props.view, *number),
            Draw::Some(number, which, draw) => draw(&props.view, *number, which.clone()),
        }
    }
}
