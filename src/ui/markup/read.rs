//! Makes nodes of a template. It was checked when the page was compiled, so nothing here can go wrong.

use super::{HOLE, Handler, Hole, nodes_of, text};
use crate::ui::vocabulary::said;
use std::mem::take;
use std::rc::Rc;
use std::slice::IterMut;
use web_sys::Event;
use yew::virtual_dom::{Key, Listener, ListenerKind, VTag};
use yew::{AttrValue, Html};

/// An attribute that takes a [`Handler`], and the event that it stands for.
type Waits = (&'static str, fn() -> ListenerKind);

/// All such attributes.
pub(super) const EVENTS: [Waits; 8] = [
    ("onchange", || ListenerKind::onchange),
    ("onclick", || ListenerKind::onclick),
    ("onclose", || ListenerKind::onclose),
    ("oninput", || ListenerKind::oninput),
    ("onkeydown", || ListenerKind::onkeydown),
    ("onpointermove", || ListenerKind::onpointermove),
    ("onpointerout", || ListenerKind::onpointerout),
    ("onsubmit", || ListenerKind::onsubmit),
];

/// Elements whose texts stay as they are written. So do those of elements with `translate='no'`.
const VERBATIM: [&str; 3] = ["pre", "code", "kbd"];

/// Makes nodes of a template; takes what is in the holes.
#[inline(never)]
pub fn read(template: &'static str, holes: &mut [Hole]) -> Html {
    Reader { rest: template, holes: holes.iter_mut(), verbatim: false }.nodes()
}

/// Letters at which reading stops, a bit for each: all of them are among the first 64, and every letter of every template
/// is held against them each time that it is drawn.
type Stops = u64;

const CLOSED: Stops = 1 << b'>';
const TEXT_ENDS: Stops = 1 << b'<' | 1 << HOLE;
const NAME_ENDS: Stops = 1 << b' ' | 1 << b'\n' | 1 << b'/' | 1 << b'>';
const IS: Stops = 1 << b'=';
const QUOTE_ENDS: Stops = 1 << b'\'' | 1 << HOLE;

/// What is still to be read.
struct Reader<'a> {
    rest: &'static str,
    holes: IterMut<'a, Hole>,
    /// Texts stay as they are written.
    verbatim: bool,
}

impl Reader<'_> {
    /// Everything up to where the element ends that it is in. The closing tag is taken too.
    fn nodes(&mut self) -> Html {
        let mut nodes = Vec::new();
        loop {
            match self.rest.as_bytes() {
                [] => break,
                [b'<', b'/', ..] => {
                    self.up_to(CLOSED);
                    self.skip(1);
                    break;
                }
                [b'<', ..] => nodes.push(self.element()),
                [HOLE, ..] => nodes.push(match self.hole() {
                    Hole::Node(node) => node,
                    Hole::Text(words) => self.text(words),
                    Hole::Empty | Hole::On(_) => Html::default(),
                }),
                _ => {
                    let words = without_layout(self.up_to(TEXT_ENDS));
                    if !words.is_empty() {
                        nodes.push(self.text(words.into()));
                    }
                }
            }
        }
        if nodes.len() == 1 { nodes.remove(0) } else { nodes_of(nodes) }
    }

    /// One element with all that is in it.
    fn element(&mut self) -> Html {
        self.skip(1);
        let name = self.up_to(NAME_ENDS);
        let mut tag = VTag::new(name);
        let outside = self.verbatim;
        self.verbatim |= VERBATIM.contains(&name);
        loop {
            match self.next() {
                b' ' | b'\n' => self.skip(1),
                b'/' => {
                    self.skip(2);
                    break;
                }
                b'>' => {
                    self.skip(1);
                    let nodes = self.nodes();
                    if let Some(children) = tag.children_mut() {
                        *children = nodes;
                    }
                    break;
                }
                _ => self.attribute(&mut tag),
            }
        }
        self.verbatim = outside;
        tag.into()
    }

    /// A text, in the words that the page speaks.
    fn text(&self, words: AttrValue) -> Html {
        text(if self.verbatim { words } else { said(words) })
    }

    /// One attribute.
    fn attribute(&mut self, tag: &mut VTag) {
        let name = self.up_to(IS);
        self.skip(1);
        let value = if self.next() == HOLE { self.hole() } else { self.quoted() };
        // What someone typed or ticked is a property of an input; the attribute is only where it began.
        match (name, value) {
            ("checked", value) => tag.set_checked(!matches!(value, Hole::Empty)),
            (_, Hole::On(handler)) => {
                if let Some((_, kind)) = EVENTS.iter().find(|(event, _)| *event == name) {
                    tag.add_listener(Rc::new(Wired { kind: *kind, handler }));
                }
            }
            ("key", Hole::Text(key)) => tag.key = Some(Key::from(&*key)),
            ("value", Hole::Text(value)) if tag.tag() == "input" => tag.set_value(Some(value)),
            ("value", Hole::Text(value)) if tag.tag() == "select" => tag.add_property(name, &*value),
            // What an input holds until someone types in it.
            ("initially", Hole::Text(value)) => tag.add_attribute("value", value),
            ("translate", Hole::Text(value)) => {
                self.verbatim = true;
                tag.add_attribute(name, value);
            }
            ("title" | "aria-label", Hole::Text(value)) => tag.add_attribute(name, said(value)),
            (_, Hole::Text(value)) => tag.add_attribute(name, value),
            (_, Hole::Empty | Hole::Node(_)) => {}
        }
    }

    /// What stands in quotes.
    fn quoted(&mut self) -> Hole {
        self.skip(1);
        let first = self.up_to(QUOTE_ENDS);
        if self.next() != HOLE {
            self.skip(1);
            return first.into();
        }
        let mut value = String::from(first);
        loop {
            match self.next() {
                HOLE => {
                    if let Hole::Text(text) = self.hole() {
                        value.push_str(&text);
                    }
                }
                b'\'' => {
                    self.skip(1);
                    return value.into();
                }
                _ => value.push_str(self.up_to(QUOTE_ENDS)),
            }
        }
    }

    /// What fills the hole that stands here.
    fn hole(&mut self) -> Hole {
        self.skip(1);
        self.holes.next().map(take).unwrap_or_default()
    }

    fn next(&self) -> u8 {
        self.rest.as_bytes()[0]
    }

    fn skip(&mut self, count: usize) {
        self.rest = &self.rest[count..];
    }

    /// What stands before the first of `stops`.
    fn up_to(&mut self, stops: Stops) -> &'static str {
        let stop = |letter: u8| letter < 64 && stops >> letter & 1 == 1;
        let end = self.rest.bytes().position(stop).unwrap_or(self.rest.len());
        let (before, rest) = self.rest.split_at(end);
        self.rest = rest;
        before
    }
}

/// A text without the white space at its ends that has a line break in it.
fn without_layout(text: &'static str) -> &'static str {
    let (start, end) = (text.trim_start(), text.trim_end());
    let before = &text[..text.len() - start.len()];
    let after = &text[end.len()..];
    match (before.contains('\n'), after.contains('\n')) {
        (true, true) => text.trim(),
        (true, false) => start,
        (false, true) => end,
        (false, false) => text,
    }
}

/// A handler and the event that it waits for.
struct Wired {
    kind: fn() -> ListenerKind,
    handler: Handler,
}

impl Listener for Wired {
    fn kind(&self) -> ListenerKind {
        (self.kind)()
    }

    fn handle(&self, event: Event) {
        self.handler.handle(&event);
    }

    fn passive(&self) -> bool {
        false
    }
}
