//! What fills the holes of a template.

use super::units;
use crate::replication::{Cabin, Command, NodeId, Position, RequestId};
use std::fmt::{Debug, Display, Formatter};
use std::rc::Rc;
use web_sys::Event;
use yew::{AttrValue, Html};

/// What fills a hole.
#[derive(Debug, Default)]
pub enum Hole {
    /// Nothing: no text, no node, no attribute.
    #[default]
    Empty,
    /// A text, or an attribute's value.
    Text(AttrValue),
    /// A node.
    Node(Html),
    /// What an event does.
    On(Handler),
}

/// What an event does.
#[derive(Clone)]
pub struct Handler(Rc<dyn Fn(&Event)>);

impl Handler {
    /// Does `handle` at each event.
    pub fn new(handle: impl Fn(&Event) + 'static) -> Self {
        Self(Rc::new(handle))
    }

    /// An event happened.
    pub fn handle(&self, event: &Event) {
        (self.0)(event);
    }
}

impl Debug for Handler {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str("Handler")
    }
}

impl From<Handler> for Hole {
    fn from(handler: Handler) -> Self {
        Self::On(handler)
    }
}

impl From<Html> for Hole {
    fn from(node: Html) -> Self {
        Self::Node(node)
    }
}

impl From<AttrValue> for Hole {
    fn from(text: AttrValue) -> Self {
        Self::Text(text)
    }
}

impl From<&'static str> for Hole {
    fn from(text: &'static str) -> Self {
        Self::Text(AttrValue::Static(text))
    }
}

impl From<String> for Hole {
    #[inline(never)]
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<&Rc<str>> for Hole {
    fn from(text: &Rc<str>) -> Self {
        Self::Text(AttrValue::Rc(Rc::clone(text)))
    }
}

/// An attribute that is there or not.
impl From<bool> for Hole {
    fn from(holds: bool) -> Self {
        if holds { Self::Text(AttrValue::Static("")) } else { Self::Empty }
    }
}

impl From<NodeId> for Hole {
    fn from(node: NodeId) -> Self {
        node.name().into()
    }
}

impl<T: Into<Self>> From<Option<T>> for Hole {
    fn from(hole: Option<T>) -> Self {
        hole.map_or(Self::Empty, Into::into)
    }
}

/// A number of the drawing.
impl From<f64> for Hole {
    #[inline(never)]
    fn from(value: f64) -> Self {
        units(value).into()
    }
}

macro_rules! shown {
    ($($kind:ty),*) => { $(
        impl From<$kind> for Hole {
            fn from(value: $kind) -> Self {
                shown(&value)
            }
        }
    )* };
}
shown!(u64, usize, u32, Position, Cabin, Command, RequestId);

#[inline(never)]
fn shown(value: &dyn Display) -> Hole {
    value.to_string().into()
}
