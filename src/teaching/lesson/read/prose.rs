//! Prose: paragraphs, lists and tables, and what sentences are made of. Anything else is a mistake.

use super::Reader;
use crate::teaching::lesson::error::shown;
use crate::teaching::lesson::{Block, Inline};
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::ops::Range;

/// How deep things may lie within each other: a list in a list, strong words in a link.
const DEPTH: usize = 6;

/// What prose may consist of.
const PROSE: &str = "paragraphs, lists, tables or fenced blocks";
const SENTENCES: &str = "words, *emphasis*, **strong words**, `code` or [links](https://…)";

/// What the Markdown parser found, in order, each with its place in the text.
pub(super) struct Events<'a> {
    list: Vec<(Event<'a>, Range<usize>)>,
    next: usize,
}

impl<'a> Events<'a> {
    pub fn of(text: &'a str) -> Self {
        Self { list: Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter().collect(), next: 0 }
    }

    pub fn next(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        let event = self.list.get(self.next).cloned();
        self.next += 1;
        event
    }

    fn peek(&self) -> Option<&Event<'a>> {
        self.list.get(self.next).map(|(event, _)| event)
    }

    /// Goes past everything inside what has just begun, and past its end.
    pub fn skip(&mut self) {
        let mut depth = 1;
        while depth > 0 {
            match self.next() {
                Some((Event::Start(_), _)) => depth += 1,
                Some((Event::End(_), _)) => depth -= 1,
                Some(_) => {}
                None => return,
            }
        }
    }
}

impl Reader<'_> {
    /// What begins with an event, if prose may have it.
    pub(super) fn block(&mut self, event: Event<'_>, range: Range<usize>, depth: usize) -> Option<Block> {
        match event {
            Event::Start(tag) if depth >= DEPTH => {
                self.events.skip();
                self.wrong(range.start, format!("{} lies too deep", name(&tag)), format!("at most {DEPTH} levels"));
                None
            }
            Event::Start(Tag::Paragraph) => {
                let inlines = self.inlines(depth);
                self.events.next();
                Some(Block::Paragraph(inlines))
            }
            Event::Start(Tag::List(first)) => Some(Block::List { first, items: self.items(depth + 1) }),
            Event::Start(Tag::Table(_)) => Some(self.table(depth)),
            event => {
                let found = match &event {
                    Event::Start(tag) => name(tag),
                    Event::Rule => "a rule",
                    Event::Html(_) | Event::InlineHtml(_) => "HTML",
                    _ => "this",
                };
                if matches!(event, Event::Start(_)) {
                    self.events.skip();
                }
                self.wrong(range.start, format!("{found} does not belong in a lesson"), PROSE);
                None
            }
        }
    }

    fn items(&mut self, depth: usize) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        while let Some((Event::Start(_), _)) = self.events.next() {
            let mut blocks = Vec::new();
            while !matches!(self.events.peek(), None | Some(Event::End(_))) {
                if self.events.peek().is_some_and(is_inline) {
                    blocks.push(Block::Paragraph(self.inlines(depth)));
                } else if let Some((event, range)) = self.events.next() {
                    blocks.extend(self.block(event, range, depth));
                }
            }
            self.events.next();
            items.push(blocks);
        }
        items
    }

    /// The rows of a table, up to its end.
    fn table(&mut self, depth: usize) -> Block {
        let mut rows = Vec::new();
        while let Some((Event::Start(_), _)) = self.events.next() {
            let mut cells = Vec::new();
            while let Some((Event::Start(_), _)) = self.events.next() {
                cells.push(self.inlines(depth));
                self.events.next();
            }
            rows.push(cells);
        }
        let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        Block::Table { head, rows }
    }

    /// Pieces of sentences, up to where something else begins or ends.
    pub(super) fn inlines(&mut self, depth: usize) -> Vec<Inline> {
        let mut inlines = Vec::new();
        while self.events.peek().is_some_and(is_inline) {
            let Some((event, range)) = self.events.next() else { break };
            match event {
                Event::Text(text) => add_text(&mut inlines, &text),
                Event::SoftBreak | Event::HardBreak => add_text(&mut inlines, " "),
                Event::Code(code) => inlines.push(Inline::Code(code.into_string())),
                Event::Start(tag) => inlines.extend(self.inside(tag, range, depth + 1)),
                _ => self.wrong(range.start, "HTML does not belong in a lesson", SENTENCES),
            }
        }
        inlines
    }

    /// A piece of a sentence that has pieces of its own.
    fn inside(&mut self, tag: Tag<'_>, range: Range<usize>, depth: usize) -> Option<Inline> {
        if depth > DEPTH || matches!(tag, Tag::Image { .. }) {
            self.events.skip();
            let complaint = if depth > DEPTH { "lies too deep" } else { "does not belong in a lesson" };
            self.wrong(range.start, format!("{} {complaint}", name(&tag)), SENTENCES);
            return None;
        }
        let inner = self.inlines(depth);
        self.events.next();
        match tag {
            Tag::Emphasis => Some(Inline::Emphasis(inner)),
            Tag::Link { dest_url, .. } => {
                let host = dest_url.strip_prefix("https://").unwrap_or_default();
                if !host.starts_with(|c: char| c.is_ascii_alphanumeric()) || host.contains(char::is_control) {
                    let found = format!("{} is no address that a lesson may lead to", shown(&dest_url));
                    self.wrong(range.start, found, "an address that begins with https://");
                }
                Some(Inline::Link { to: dest_url.into_string(), text: inner })
            }
            _ => Some(Inline::Strong(inner)),
        }
    }
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak | Event::InlineHtml(_) => true,
        Event::Start(tag) => matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }),
        _ => false,
    }
}

fn add_text(inlines: &mut Vec<Inline>, more: &str) {
    match inlines.last_mut() {
        Some(Inline::Text(text)) => text.push_str(more),
        _ => inlines.push(Inline::Text(more.to_owned())),
    }
}

/// What a mistake calls it.
fn name(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::Image { .. } => "an image",
        Tag::HtmlBlock => "HTML",
        Tag::BlockQuote(_) => "a quotation",
        Tag::CodeBlock(_) => "a block of code that is indented or in a list",
        Tag::Heading { .. } => "a heading in a list",
        Tag::List(_) => "a list",
        Tag::Link { .. } => "a link",
        Tag::Emphasis | Tag::Strong => "emphasis",
        _ => "this",
    }
}
