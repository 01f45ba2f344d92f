//! From the text of a lesson to the lesson: how it is built up. [`prose`] reads what there is to read, [`lines`] the
//! lines of fenced blocks, [`fences`] what they mean.

mod fences;
mod lines;
mod prose;
mod source;

use super::error::{one_of, shown};
use super::prose::plain;
use super::{Block, Inline, Lesson, LessonError, Part, Step};
use crate::teaching::script::Names;
use prose::Events;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag};
use source::Source;

/// The most steps that a lesson may have.
const MOST_STEPS: usize = 40;

/// The longest that a lesson may say it takes, in minutes.
const MOST_MINUTES: u32 = 120;

/// The title of the last step.
const CLOSING: &str = "In one sentence";

/// What begins the items of the last step's list.
const CLOSING_ITEMS: [&str; 3] = ["PostgreSQL", "MongoDB", "Read on"];

/// What begins the sentence that says what one can do after the lesson, and how long it takes.
const ABLE: &str = "After this you can";
const TAKES: &str = "Takes";

/// The lesson that a text says, or every mistake.
pub(super) fn lesson(text: &str) -> Result<Lesson, Vec<LessonError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > Lesson::MOST_BYTES {
        let found = format!("the lesson has {} bytes", text.len());
        let expected = format!("at most {}", Lesson::MOST_BYTES);
        return Err(vec![LessonError { line: 1, column: 1, found, expected }]);
    }
    let mut reader = Reader::new(text);
    reader.document();
    reader.finish()
}

/// What has been read so far.
struct Reader<'a> {
    source: Source<'a>,
    events: Events<'a>,
    errors: Vec<LessonError>,
    title: Option<String>,
    intro: Vec<Block>,
    able: Option<Vec<Inline>>,
    minutes: Option<u32>,
    steps: Vec<Step>,
    /// Where each step begins in the text.
    begun: Vec<usize>,
    /// The names in use at the end of the lesson's run so far.
    names: Names,
    /// How many lines that run has.
    run_lines: usize,
    /// Nothing has happened in it since its scenario.
    fresh: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            source: Source::new(text),
            events: Events::of(text),
            errors: Vec::new(),
            title: None,
            intro: Vec::new(),
            able: None,
            minutes: None,
            steps: Vec::new(),
            begun: Vec::new(),
            names: Names::default(),
            run_lines: 0,
            fresh: true,
        }
    }

    /// Notes a mistake at a place of the text.
    fn wrong(&mut self, at: usize, found: impl Into<String>, expected: impl Into<String>) {
        let (line, column) = self.source.place(at);
        self.errors.push(LessonError { line, column, found: found.into(), expected: expected.into() });
    }

    fn document(&mut self) {
        while let Some((event, range)) = self.events.next() {
            if self.errors.len() >= Lesson::MOST_ERRORS {
                return;
            }
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    let title = self.inlines(0);
                    self.events.next();
                    self.heading(level, plain(&title), range.start);
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    self.events.skip();
                    self.fence(&info, range);
                }
                event => {
                    let block = self.block(event, range.clone(), 0);
                    self.read(block, range.start);
                }
            }
        }
    }

    fn heading(&mut self, level: HeadingLevel, title: String, at: usize) {
        if title.trim().is_empty() {
            return self.wrong(at, "this heading is empty", "a title");
        }
        match level {
            HeadingLevel::H1 if self.title.is_none() && self.steps.is_empty() => self.title = Some(title),
            HeadingLevel::H1 => self.wrong(at, format!("{} is a second title", shown(&title)), "## and a step's title"),
            HeadingLevel::H2 => {
                if self.steps.len() == MOST_STEPS {
                    self.wrong(at, "the lesson goes on", format!("at most {MOST_STEPS} steps"));
                }
                self.steps.push(Step { title, parts: Vec::new() });
                self.begun.push(at);
            }
            _ => self.wrong(at, format!("{} is a heading within a step", shown(&title)), "## and a step's title"),
        }
    }

    /// Something to read: of a step, or of the lesson before its first step.
    fn read(&mut self, block: Option<Block>, at: usize) {
        let Some(block) = block else { return };
        if self.title.is_none() {
            self.wrong(at, "the lesson begins with something else", "# and its title");
            self.title = Some(String::new());
        }
        if let Some(step) = self.steps.last_mut() {
            return match step.parts.last_mut() {
                Some(Part::Prose(blocks)) => blocks.push(block),
                _ => step.parts.push(Part::Prose(vec![block])),
            };
        }
        match block {
            Block::Paragraph(inlines) if mark(&inlines, ABLE).is_some() || mark(&inlines, TAKES).is_some() => {
                self.opening(inlines, at);
            }
            block => self.intro.push(block),
        }
    }

    /// What one can do afterwards, and how long it takes; in one paragraph or in two.
    fn opening(&mut self, mut inlines: Vec<Inline>, at: usize) {
        if let Some(place) = mark(&inlines, TAKES) {
            let said = plain(&inlines.split_off(place)[1..]);
            let mut words = said.split_whitespace();
            let minutes = words.next().and_then(|word| word.parse().ok());
            let unit = words.next().is_some_and(|word| word.trim_end_matches('.').trim_end_matches('s') == "minute");
            match minutes {
                Some(minutes) if unit && (1..=MOST_MINUTES).contains(&minutes) => self.minutes = Some(minutes),
                _ => {
                    self.wrong(at, format!("{} is no such time", shown(said.trim())), time_expected());
                    self.minutes = Some(1);
                }
            }
        }
        if let Some(place) = mark(&inlines, ABLE) {
            let mut able = inlines.split_off(place + 1);
            if let Some(Inline::Text(first)) = able.first_mut() {
                *first = first.trim_start().to_owned();
            }
            if plain(&able).trim().is_empty() {
                self.wrong(at, "nothing follows", format!("**{ABLE}** and what one can do then"));
            }
            self.able = Some(able);
        }
    }

    fn finish(mut self) -> Result<Lesson, Vec<LessonError>> {
        // A mistake further up can look like something missing here.
        if self.errors.is_empty() {
            self.check_opening();
            self.check_steps();
        }
        let (title, able, minutes) = (self.title, self.able, self.minutes);
        if let (Some(title), Some(able), Some(minutes), true) = (title, able, minutes, self.errors.is_empty()) {
            return Ok(Lesson { title, intro: self.intro, able, minutes, steps: self.steps });
        }
        self.errors.sort();
        self.errors.truncate(Lesson::MOST_ERRORS);
        Err(self.errors)
    }

    fn check_opening(&mut self) {
        if self.title.is_none() {
            return self.wrong(0, "the lesson has no title", "# and its title");
        }
        let first = self.begun.first().copied().unwrap_or(self.source.text.len());
        if self.intro.is_empty() {
            self.wrong(
                first,
                "nothing says what the lesson is about",
                "a paragraph between its title and its first step",
            );
        }
        if self.able.is_none() {
            self.wrong(
                first,
                "nothing says what one can do afterwards",
                format!("a line **{ABLE}** … before the first step"),
            );
        }
        if self.minutes.is_none() {
            self.wrong(first, "nothing says how long the lesson takes", time_expected());
        }
    }

    fn check_steps(&mut self) {
        let Some(&at) = self.begun.last() else {
            return self.wrong(self.source.text.len(), "the lesson has no steps", "## and a step's title");
        };
        for (place, begun) in self.begun.clone().into_iter().enumerate().take(self.steps.len() - 1) {
            if self.steps[place].parts.iter().all(|part| matches!(part, Part::Prose(_) | Part::Cycle(_))) {
                let found = format!("nothing happens in the step {}", shown(&self.steps[place].title));
                self.wrong(begun, found, "a fenced block with something to see or to do");
            }
        }
        let closing = &self.steps[self.steps.len() - 1];
        if closing.title != CLOSING {
            let found = format!("the last step is {}", shown(&closing.title));
            return self.wrong(at, found, format!("a last step \"## {CLOSING}\""));
        }
        let blocks: Vec<&Block> = closing
            .parts
            .iter()
            .flat_map(|part| match part {
                Part::Prose(blocks) => blocks.as_slice(),
                _ => &[],
            })
            .collect();
        let sentence = blocks.iter().any(|block| matches!(block, Block::Paragraph(_)));
        let lacking: Vec<String> = CLOSING_ITEMS
            .into_iter()
            .filter(|item| !blocks.iter().any(|block| has_item(block, item)))
            .map(|item| format!("an item that begins with **{item}**"))
            .collect();
        if !sentence {
            self.wrong(at, "the last step has no sentence", "the idea of the lesson in one sentence");
        }
        if !lacking.is_empty() {
            let lacking: Vec<&str> = lacking.iter().map(String::as_str).collect();
            self.wrong(at, "the list of the last step is not whole", format!("also {}", one_of(&lacking)));
        }
    }

    /// Adds a part to the present step.
    fn part(&mut self, part: Part, at: usize) {
        match self.steps.last_mut() {
            Some(step) => step.parts.push(part),
            None => self.wrong(at, "this block stands before the first step", "## and a step's title before it"),
        }
    }
}

/// Where the words in strong type stand that begin something.
fn mark(inlines: &[Inline], words: &str) -> Option<usize> {
    inlines
        .iter()
        .position(|inline| matches!(inline, Inline::Strong(inner) if plain(inner).trim_end_matches(':') == words))
}

fn has_item(block: &Block, words: &str) -> bool {
    let Block::List { items, .. } = block else { return false };
    items.iter().any(|item| matches!(item.first(), Some(Block::Paragraph(inlines)) if mark(inlines, words) == Some(0)))
}

fn time_expected() -> String {
    format!("**{TAKES}** and a number of minutes from 1 to {MOST_MINUTES}, such as **{TAKES}** 8 minutes.")
}
