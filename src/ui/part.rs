//! A part of the page that is drawn anew only when something that it depends on changed. All parts are one component:
//! what tells them apart is the function that draws them.

use crate::ui::view::View;
use crate::ui::vocabulary;
use std::rc::Rc;
use yew::prelude::*;
use yew::virtual_dom::VChild;

/// The part that `draw` draws, as long as `depends` stays the same. What it depends on is told by [`same`], or is a
/// number by itself.
pub fn part(view: &Rc<View>, depends: &[u64], draw: fn(&Rc<View>) -> Html) -> Html {
    make(view, depends, Draw::Only(draw))
}

/// The same for one of several of a kind, by its number.
pub fn part_of(view: &Rc<View>, depends: &[u64], number: usize, draw: fn(&Rc<View>, usize) -> Html) -> Html {
    make(view, depends, Draw::OneOf(number, draw))
}

#[inline(never)]
fn make(view: &Rc<View>, depends: &[u64], draw: Draw) -> Html {
    // Whatever a part shows, it shows in the words that were chosen.
    let depends = depends.iter().copied().chain([vocabulary::chosen() as u64]).collect();
    VChild::<Part>::new(PartProps { view: Rc::clone(view), depends, draw }, None).into()
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
        match props.draw {
            Draw::Only(draw) => draw(&props.view),
            Draw::OneOf(number, draw) => draw(&props.view, number),
        }
    }
}
