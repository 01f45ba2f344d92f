//! A cursor over the words of one line. A parser asks it for one of several things; what was asked for in vain at a
//! place is what an error there says was expected, and what completion offers there. So the grammar is told once.

use super::error::{Ask, Found, ScriptError, nearest};
use super::names::{Named, Names};
use super::values;
use super::words::{Word, Words};
use crate::replication::{CABINS, Cabin, NodeId, NodeSet, Position, ReadId, RequestId};
use crate::simulation::Micros;
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// What was read, or the first mistake.
pub(super) type Parsed<T> = Result<T, ScriptError>;

/// A place in a line, and what has been asked for there.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    line: u32,
    words: Words<'a>,
    next: usize,
    names: &'a Names,
    asked: Vec<Ask>,
}

impl<'a> Cursor<'a> {
    /// A cursor before the first of `words`, which are the line numbered `line`.
    pub fn new(line: u32, words: Words<'a>, names: &'a Names) -> Self {
        Self { line, words, next: 0, names, asked: Vec::new() }
    }

    /// The names that this line may use.
    pub fn names(&self) -> &'a Names {
        self.names
    }

    /// The next word.
    pub fn word(&self) -> Option<&'a str> {
        self.words.list.get(self.next).map(|word| word.text)
    }

    /// Whether the line is over.
    pub fn at_end(&self) -> bool {
        self.word().is_none()
    }

    /// Goes past the next word.
    pub fn advance(&mut self) {
        self.next += 1;
        self.asked.clear();
    }

    /// Everything that could stand at the end of the line, where the line was right up to there.
    pub fn continuations(&self) -> Vec<String> {
        if !self.at_end() {
            return Vec::new();
        }
        self.asked.iter().flat_map(|ask| ask.words.iter().cloned()).collect()
    }

    /// The error that the next word is not right: it and the complaint make a sentence. Where the line is over, the
    /// error says that instead.
    pub fn fail(&self, complaint: impl Into<Cow<'static, str>>) -> ScriptError {
        let word = self.words.list.get(self.next);
        ScriptError {
            line: self.line,
            column: word.map_or(self.words.end, |word| word.column),
            found: word.map_or(Found::LineEnd, |word| Found::word(word.text, complaint)),
            expected: self.asked.iter().map(|ask| ask.shown.clone().into_owned()).collect(),
            suggestion: word.and_then(|word: &Word<'_>| nearest(word, &self.asked)),
        }
    }

    /// Notes that a value would do here.
    pub fn ask_value(&mut self, shown: impl Into<Cow<'static, str>>, words: Vec<String>) {
        self.asked.push(Ask { shown: shown.into(), words, alike: false });
    }

    /// Notes that a word would do here.
    fn ask_word(&mut self, shown: String, word: &str) {
        self.asked.push(Ask { shown: Cow::Owned(shown), words: vec![word.to_owned()], alike: true });
    }

    /// Goes past `word` if it comes next.
    pub fn accept(&mut self, word: &str) -> bool {
        if self.word() == Some(word) {
            self.advance();
            return true;
        }
        self.ask_word(format!("\"{word}\""), word);
        false
    }

    /// Goes past `word`, which must come next.
    pub fn require(&mut self, word: &str) -> Parsed<()> {
        if self.accept(word) { Ok(()) } else { Err(self.fail("does not belong here")) }
    }

    /// Makes sure that the line is over.
    pub fn end(&mut self) -> Parsed<()> {
        if self.at_end() {
            return Ok(());
        }
        self.ask_end();
        Err(self.fail("does not belong here"))
    }

    /// Notes that the line could be over here.
    pub fn ask_end(&mut self) {
        self.ask_value("the end of the line", Vec::new());
    }

    /// One of several names, if one of them comes next.
    pub fn accept_one<T>(&mut self, choices: impl IntoIterator<Item = (&'static str, T)>) -> Option<T> {
        let word = self.word();
        let mut names = Vec::new();
        for (name, value) in choices {
            if word == Some(name) {
                self.advance();
                return Some(value);
            }
            names.push(name);
        }
        for name in names {
            self.ask_word(name.to_owned(), name);
        }
        None
    }

    /// One of several names; a word that is none of them is no such `kind`.
    pub fn one<T>(&mut self, kind: &str, choices: impl IntoIterator<Item = (&'static str, T)>) -> Parsed<T> {
        match self.accept_one(choices) {
            Some(value) => Ok(value),
            None => Err(self.fail(format!("is no {kind}"))),
        }
    }

    /// One of several settings, each of which may be given once: its name and the equals sign. `given` are those that
    /// the line has already.
    pub fn setting<T: Copy>(&mut self, settings: &[(&'static str, T)], given: &mut Vec<&'static str>) -> Parsed<T> {
        let word = self.word();
        let found = settings.iter().find(|(name, _)| word == Some(*name));
        if let Some((name, value)) = found.filter(|(name, _)| !given.contains(name)) {
            given.push(name);
            self.advance();
            self.require("=")?;
            return Ok(*value);
        }
        self.ask_settings(settings, given);
        Err(self.fail(if found.is_some() { "is set twice" } else { "is no setting of this command" }))
    }

    /// Notes that a setting would do here that the line does not have yet, or the end of the line if it has one.
    pub fn ask_settings<T>(&mut self, settings: &[(&'static str, T)], given: &[&'static str]) {
        for (name, _) in settings.iter().filter(|(name, _)| !given.contains(name)) {
            let shown = format!("{name}=");
            self.ask_word(shown.clone(), &shown);
        }
        if !given.is_empty() {
            self.ask_end();
        }
    }

    /// A node, if one comes next that is not in `besides`.
    pub fn accept_node(&mut self, besides: NodeSet) -> Option<NodeId> {
        let names = self.names;
        self.accept_one(names.nodes().filter(|node| !besides.contains(*node)).map(|node| (node.name(), node)))
    }

    /// A node that is not in `besides`, the nodes that the line has named.
    pub fn node(&mut self, besides: NodeSet) -> Parsed<NodeId> {
        match self.accept_node(besides) {
            Some(node) => Ok(node),
            None if self.word_is_node() => Err(self.fail("is named twice")),
            None => Err(self.fail("is no node")),
        }
    }

    /// Whether a node's name comes next.
    pub fn word_is_node(&self) -> bool {
        self.names.nodes().any(|node| self.word() == Some(node.name()))
    }

    /// A cabin.
    pub fn cabin(&mut self) -> Parsed<Cabin> {
        if let Some(cabin) = self.word().and_then(Cabin::parse) {
            self.advance();
            return Ok(cabin);
        }
        let tonight = (1..=CABINS).map(|number| Cabin::Tonight(number).to_string()).collect();
        self.ask_value(format!("a cabin C01 to C{CABINS:02}, or W1 and up"), tonight);
        Err(self.fail("is no cabin"))
    }

    /// Something that has been made, if the next word has the form of its name.
    fn accept_made(&mut self, kind: Named) -> Parsed<Option<u32>> {
        let named = self.word().and_then(|word| kind.number(word));
        if let Some(number) = named.filter(|number| self.names.contains(kind, *number)) {
            self.advance();
            return Ok(Some(number));
        }
        if named.is_some() {
            self.asked.clear();
        }
        let made: Vec<String> = self.names.made(kind).map(|number| kind.name(number)).collect();
        let so_far = match made.as_slice() {
            [] => "none so far".to_owned(),
            [only] => only.clone(),
            [first, .., last] => format!("{first} to {last}"),
        };
        self.ask_value(format!("a {} made before ({so_far})", kind.noun()), made);
        if named.is_some() { Err(self.fail("has not been made at this point")) } else { Ok(None) }
    }

    /// A request that has been made, if the next word has the form of a request's name.
    pub fn accept_request(&mut self) -> Parsed<Option<RequestId>> {
        Ok(self.accept_made(Named::Request)?.map(RequestId))
    }

    /// A read that has been made, if the next word has the form of a read's name.
    pub fn accept_read(&mut self) -> Parsed<Option<ReadId>> {
        Ok(self.accept_made(Named::Read)?.map(ReadId))
    }

    /// A request that has been made.
    pub fn request(&mut self) -> Parsed<RequestId> {
        match self.accept_request()? {
            Some(request) => Ok(request),
            None => Err(self.fail("is no request")),
        }
    }

    /// A name for something new.
    fn new_name(&mut self, kind: Named) -> Parsed<u32> {
        let named = self.word().and_then(|word| kind.number(word));
        if let Some(number) = named.filter(|number| !self.names.contains(kind, *number)) {
            self.advance();
            return Ok(number);
        }
        let (noun, free) = (kind.noun(), self.names.free(kind).map(|number| kind.name(number)));
        let shown = match &free {
            Some(free) => format!("a name for this {noun}, such as {free}"),
            None => format!("no further {noun}"),
        };
        self.ask_value(shown, free.into_iter().collect());
        let complaint = if named.is_some() { "is the name of another" } else { "is no name of a" };
        Err(self.fail(format!("{complaint} {noun}")))
    }

    /// A name for a new request.
    pub fn new_request(&mut self) -> Parsed<RequestId> {
        self.new_name(Named::Request).map(RequestId)
    }

    /// A name for a new read.
    pub fn new_read(&mut self) -> Parsed<ReadId> {
        self.new_name(Named::Read).map(ReadId)
    }

    /// A position, if the next word is one: a term and an index, with a colon between them.
    pub fn accept_position(&mut self) -> Option<Position> {
        let numbers = self.word().and_then(|word| word.split_once(':'));
        let number = |word| values::number(word).ok().and_then(|number| u32::try_from(number).ok());
        if let Some((Some(term), Some(index))) = numbers.map(|(term, index)| (number(term), number(index))) {
            self.advance();
            return Some(Position { term, index });
        }
        self.ask_value("a token, such as 27:981244", Vec::new());
        None
    }

    /// A whole number within bounds, which counts or names what `shown` says.
    pub fn number(&mut self, shown: &str, bounds: RangeInclusive<u64>) -> Parsed<u64> {
        let complaint = match self.word().map(values::number) {
            Some(Ok(number)) if bounds.contains(&number) => {
                self.advance();
                return Ok(number);
            }
            Some(Ok(number)) if number < *bounds.start() => "is too small",
            Some(Err(complaint)) => complaint,
            _ => "is too large",
        };
        self.ask_value(format!("{shown} from {} to {}", bounds.start(), bounds.end()), Vec::new());
        Err(self.fail(complaint))
    }

    /// So many a second, at most `most`.
    pub fn rate(&mut self, most: u64) -> Parsed<u32> {
        let number = self.word().and_then(|word| word.strip_suffix("/s")).and_then(|word| values::number(word).ok());
        if let Some(rate) = number.filter(|rate| (1..=most).contains(rate)) {
            self.advance();
            return Ok(rate as u32);
        }
        self.ask_value(format!("so many a second, from 1/s to {most}/s"), Vec::new());
        Err(self.fail("is no such rate"))
    }

    /// So many bytes a second; nothing if there is no limit.
    pub fn bandwidth(&mut self) -> Parsed<Option<u64>> {
        if self.accept("unlimited") {
            return Ok(None);
        }
        if let Some(bytes) = self.word().and_then(values::bandwidth) {
            self.advance();
            return Ok(Some(bytes));
        }
        self.ask_value("so much a second, from 1kB/s to 1000MB/s", Vec::new());
        Err(self.fail("is no such rate"))
    }

    /// A duration, if the next word is one.
    pub fn accept_duration(&mut self) -> Option<Micros> {
        match self.word().map(values::duration) {
            Some(Ok(span)) => {
                self.advance();
                Some(span)
            }
            _ => {
                self.ask_value("a duration, such as 2s", Vec::new());
                None
            }
        }
    }

    /// A duration of at least `least`.
    pub fn duration(&mut self, least: Micros) -> Parsed<Micros> {
        let complaint = match self.word().map(values::duration) {
            Some(Ok(span)) if span >= least => {
                self.advance();
                return Ok(span);
            }
            Some(Err(complaint)) => complaint,
            _ => "is too short",
        };
        let bounds = match least {
            Micros(0) => "up to 60min".to_owned(),
            least => format!("from {} to 60min", crate::simulation::print_duration(least)),
        };
        let shown = format!("a duration {bounds}, such as 50ms (units: us, ms, s, min)");
        self.ask_value(shown, Vec::new());
        Err(self.fail(complaint))
    }

    /// A share, in thousandths.
    pub fn per_mille(&mut self) -> Parsed<u16> {
        if let Some(share) = self.word().and_then(values::per_mille) {
            self.advance();
            return Ok(share);
        }
        self.ask_value("a share from 0% to 100%, in steps of 0.1%", Vec::new());
        Err(self.fail("is no such share"))
    }

    /// A synchronous set: at least two nodes with commas between them.
    pub fn node_set(&mut self) -> Parsed<NodeSet> {
        let mut set = NodeSet::EMPTY.with(self.node(NodeSet::EMPTY)?);
        if !self.accept(",") {
            self.asked.clear();
            self.ask_value("a comma and another node (a synchronous set has at least two)", vec![",".to_owned()]);
            return Err(self.fail("does not belong here"));
        }
        loop {
            set = set.with(self.node(set)?);
            if !self.accept(",") {
                return Ok(set);
            }
        }
    }
}
