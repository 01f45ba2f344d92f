//! The page's model: one run that can be played, stepped, sought and changed. It knows no browser: the page hands it
//! intents and shows its frame.

use super::diagram::{Diagram, Watch, Window, Zoom};
use super::frame::{Frame, is_milestone};
pub use super::intent::Intent;
use super::link::Link;
pub use super::mark::{Mark, MarkKind};
use super::script::{Names, Script, Statement};
use super::stories;
use super::timeline::{Failure, Timeline};
use super::why::{self, Explanation, Question};
use crate::replication::{Booking, Cabin, CustomerId};
use crate::simulation::{Action, ClusterConfig, Event, Micros};
use std::rc::Rc;

/// Simulated time per thousand units of real time, until somebody chooses otherwise: a millisecond takes a tenth of a
/// second.
const DEFAULT_SPEED: u32 = 10;

/// How far behind the end of its script a link's moment may lie.
const FARTHEST: Micros = Micros::from_secs(3600);

/// How many left runs are kept.
const BRANCHES: usize = 12;

/// How far past a drawn window one looks for what became of its messages.
const LOOK_AHEAD: Micros = Micros::from_millis(250);

/// A run of more steps is not followed message by message when all of it is drawn, but so far around the present moment.
const LONG: u64 = 8192;
const AROUND: Micros = Micros::from_millis(150);

/// How much real time one tick stands for at most: a page that was hidden does not rush on.
const MOST_REAL_MICROS: u64 = 250_000;

/// Something that the page must tell: an error, with where and what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What went wrong, in one sentence.
    pub title: Rc<str>,
    /// Each error, with its place.
    pub details: Rc<[Rc<str>]>,
    /// The command box's text was wrong; it stays there for mending.
    pub from_command_box: bool,
}

/// Where the transport stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transport {
    /// Time runs.
    pub playing: bool,
    /// Simulated time per thousand units of real time.
    pub speed: u32,
    /// The present step.
    pub step: u64,
    /// The last step that has ever been reached on this branch.
    pub last_step: u64,
    /// The clock.
    pub now: Micros,
    /// The latest moment that has been reached on this branch.
    pub end: Micros,
}

/// A run that was left: something else was done in its past, or another was opened in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The script that does it again.
    pub script: Rc<str>,
    /// How far it had come.
    pub end: Micros,
    /// The last thing that was done on it, as a script line.
    pub last: Rc<str>,
}

/// The page's model.
#[derive(Debug)]
pub struct Session {
    timeline: Timeline,
    frame: Rc<Frame>,
    playing: bool,
    speed: u32,
    /// Real time, in thousandths of a simulated microsecond, that has not made a whole one yet.
    remainder: u64,
    notice: Option<Rc<Notice>>,
    script: Rc<str>,
    marks: Rc<[Mark]>,
    branches: Rc<[Branch]>,
    /// What was drawn over time, and what it was drawn from.
    drawn: Option<(Watch, Rc<Diagram>)>,
}

impl Default for Session {
    fn default() -> Self {
        Self::new()
    }
}

impl Session {
    /// The cluster at rest.
    #[must_use]
    pub fn new() -> Self {
        let timeline = Timeline::new(ClusterConfig::default());
        let frame = Rc::new(Frame::of(&timeline, None));
        Self {
            timeline,
            frame,
            playing: false,
            speed: DEFAULT_SPEED,
            remainder: 0,
            notice: None,
            script: Rc::from(""),
            marks: Rc::from([]),
            branches: Rc::from([]),
            drawn: None,
        }
    }

    /// Does what was asked. Nothing that goes wrong loses the running state: it becomes a notice.
    pub fn update(&mut self, intent: Intent) {
        let before = (self.timeline.step(), self.timeline.reach());
        match intent {
            Intent::Act(action) => self.act(action),
            Intent::Reserve { cabin, customer } => self.reserve(cabin, customer),
            Intent::Command(line) => self.command(&line),
            Intent::Open(text) => self.open(&text),
            Intent::Follow(fragment) => self.follow(&fragment),
            Intent::Play => self.playing = true,
            Intent::Pause => self.playing = false,
            Intent::Step => self.step(|_| true),
            Intent::StepMilestone => self.step(is_milestone),
            Intent::StepBack => self.pausing(Timeline::step_back),
            Intent::Seek(step) => self.pausing(|timeline| timeline.seek(step)),
            Intent::SeekTime(at) => self.pausing(|timeline| timeline.seek_time(at)),
            Intent::Speed(speed) => self.speed = speed.clamp(1, 10_000),
            Intent::Tick(real) => self.tick(real),
            Intent::Dismiss => self.notice = None,
        }
        let after = (self.timeline.step(), self.timeline.reach());
        self.refresh(before.0 != after.0 || before.1.0 != after.1.0);
    }

    /// Makes the frame anew if anything happened; if not, only the clock moves.
    fn refresh(&mut self, happened: bool) {
        let now = self.timeline.world().now();
        if happened || self.timeline.step() != self.frame.step {
            self.frame = Rc::new(Frame::of(&self.timeline, Some(&self.frame)));
            if *self.timeline.marks() != *self.marks {
                self.marks = self.timeline.marks().into();
            }
        } else if now != self.frame.now {
            self.frame = Rc::new(self.frame.at(now));
        }
    }

    fn act(&mut self, action: Action) {
        self.notice = None;
        if self.timeline.is_in_the_past() {
            self.leave_branch();
        }
        self.timeline.act(action);
        self.script = self.timeline.script().into();
    }

    fn reserve(&mut self, cabin: Cabin, customer: CustomerId) {
        let Some(request) = self.names().next_free() else {
            return self.tell("No name is left for another request.", Vec::new(), false);
        };
        self.act(Action::Request { request, booking: Booking::Reserve, cabin, customer, at: None });
    }

    fn names(&self) -> Names {
        let world = self.timeline.world();
        let mut names = Names::new(world.config());
        world.gateway().tickets().iter().for_each(|ticket| names.add(ticket.request.id));
        names
    }

    fn command(&mut self, line: &str) {
        match Statement::parse(line, &self.names()) {
            Ok(Statement::Act(action)) => self.act(action),
            Ok(statement) => {
                self.notice = None;
                self.playing = false;
                if let Err(what) = self.timeline.execute(&statement) {
                    let failure = Failure { line: 1, at: self.timeline.world().now(), what };
                    self.tell("The condition does not hold.", vec![failure.to_string()], true);
                }
            }
            Err(error) => self.tell("This line was not understood; nothing ran.", vec![error.to_string()], true),
        }
    }

    fn open(&mut self, text: &str) {
        match Script::parse(text) {
            Ok(script) => {
                let (timeline, failure) = Timeline::play(text, &script);
                self.replace(timeline, failure);
            }
            Err(errors) => {
                let errors = errors.iter().map(ToString::to_string).collect();
                self.tell("This script was not understood; the run stays as it was.", errors, false);
            }
        }
    }

    fn follow(&mut self, fragment: &str) {
        match arrive(fragment) {
            Ok((timeline, failure)) => self.replace(timeline, failure),
            Err(error) => self.tell("This link cannot be opened; the run stays as it was.", vec![error], false),
        }
    }

    /// Keeps what is about to be left, if anything was done on it.
    fn leave_branch(&mut self) {
        if self.script.is_empty() {
            return;
        }
        let last = self.script.lines().last().unwrap_or_default().into();
        let script: Rc<str> = self.timeline.whole_script().into();
        if self.branches.iter().any(|branch| branch.script == script) {
            return;
        }
        let left = Branch { script, end: self.timeline.reach().1, last };
        let kept = self.branches.len().saturating_sub(BRANCHES - 1);
        self.branches = self.branches[kept..].iter().cloned().chain([left]).collect();
    }

    fn replace(&mut self, timeline: Timeline, failure: Option<Failure>) {
        self.leave_branch();
        self.timeline = timeline;
        self.drawn = None;
        self.playing = false;
        self.remainder = 0;
        self.notice = None;
        self.script = self.timeline.script().into();
        self.frame = Rc::new(Frame::of(&self.timeline, None));
        if let Some(failure) = failure {
            self.tell("The script stopped.", vec![failure.to_string()], false);
        }
    }

    fn tell(&mut self, title: &str, details: Vec<String>, from_command_box: bool) {
        let details = details.into_iter().map(Rc::from).collect();
        self.notice = Some(Rc::new(Notice { title: title.into(), details, from_command_box }));
    }

    fn pausing(&mut self, does: impl FnOnce(&mut Timeline)) {
        self.playing = false;
        does(&mut self.timeline);
    }

    /// To the next event that is wanted.
    fn step(&mut self, wanted: impl Fn(&Event) -> bool) {
        self.playing = false;
        self.notice = None;
        let before = self.timeline.step();
        while self.timeline.step_forward() {
            let here = self.timeline.step();
            let left = self.timeline.recent(1);
            if left.iter().filter(|logged| logged.step == here).any(|logged| wanted(&logged.record.event)) {
                return;
            }
        }
        if self.timeline.step() == before {
            self.tell("Nothing is due but heartbeats: do something, or let time run.", Vec::new(), false);
        }
    }

    fn tick(&mut self, real: Micros) {
        if !self.playing {
            return;
        }
        let thousandths = real.0.min(MOST_REAL_MICROS).saturating_mul(u64::from(self.speed)) + self.remainder;
        self.remainder = thousandths % 1000;
        let end = self.timeline.world().now() + Micros(thousandths / 1000);
        if let Err(what) = self.timeline.run_until(end) {
            self.playing = false;
            let failure = Failure { line: 0, at: self.timeline.world().now(), what };
            self.tell("The run is as long as a run can be.", vec![failure.to_string()], false);
        }
    }

    /// What to show.
    #[must_use]
    pub fn frame(&self) -> &Rc<Frame> {
        &self.frame
    }

    /// Where the transport stands.
    #[must_use]
    pub fn transport(&self) -> Transport {
        let (last_step, end) = self.timeline.reach();
        Transport {
            playing: self.playing,
            speed: self.speed,
            step: self.timeline.step(),
            last_step,
            now: self.timeline.world().now(),
            end,
        }
    }

    /// The run over time, as much of it as is asked for. What did not change is the same diagram.
    pub fn draw(&mut self, zoom: Zoom) -> Rc<Diagram> {
        let (now, end) = (self.timeline.world().now(), self.timeline.reach().1);
        let zoom = match zoom {
            // While time runs, two seconds of it at least lie in a window: it would turn over too often to be read.
            Zoom::Span(span) if self.playing => Zoom::Span(span.max(Micros(u64::from(self.speed) * 2000))),
            zoom => zoom,
        };
        let (watch, before) = self.drawn.take().unzip();
        let window = Window::at(now, end, zoom, self.playing, before.as_ref().map(|it: &Rc<Diagram>| it.window));
        let (from, through) = match zoom {
            Zoom::All if self.timeline.reach().0 > LONG => (Micros(now.since(AROUND).0), now + AROUND),
            _ => (window.from, window.until + LOOK_AHEAD),
        };
        let watch = Watch::over(&self.timeline, watch, from, through);
        let diagram = Diagram::of(&self.timeline, &watch, window, now);
        let diagram = before.filter(|before| **before == diagram).unwrap_or_else(|| Rc::new(diagram));
        self.drawn = Some((watch, Rc::clone(&diagram)));
        diagram
    }

    /// Why something stands as it does now; nothing if it has not come about.
    #[must_use]
    pub fn explain(&self, question: Question) -> Option<Explanation> {
        why::explain(&self.timeline, question)
    }

    /// What the page must tell.
    #[must_use]
    pub fn notice(&self) -> Option<&Rc<Notice>> {
        self.notice.as_ref()
    }

    /// The script that does all that was done.
    #[must_use]
    pub fn script_text(&self) -> Rc<str> {
        Rc::clone(&self.script)
    }

    /// The script that does all that was done, up to the latest moment that was reached: what is saved.
    #[must_use]
    pub fn whole_script(&self) -> String {
        self.timeline.whole_script()
    }

    /// The address's fragment for this run at this moment.
    #[must_use]
    pub fn link(&self) -> String {
        let (step, at) = (self.timeline.step(), self.timeline.world().now());
        Link { script: self.script.to_string(), at, step }.encode()
    }

    /// What the script that was opened says at this moment, if it says anything: a story's title, and its comment.
    #[must_use]
    pub fn telling(&self) -> Option<(Option<&'static str>, &Rc<str>)> {
        let source = self.timeline.source();
        let story = stories::ALL.iter().find(|story| story.script.trim_end() == source);
        Some((story.map(|story| story.title), self.timeline.passage()?))
    }

    /// The runs that were left, the latest last.
    #[must_use]
    pub fn branches(&self) -> &Rc<[Branch]> {
        &self.branches
    }

    /// The marks on the scrubber.
    #[must_use]
    pub fn marks(&self) -> Rc<[Mark]> {
        Rc::clone(&self.marks)
    }
}

/// Plays what a link says, up to its moment.
fn arrive(fragment: &str) -> Result<(Timeline, Option<Failure>), String> {
    let link = Link::decode(fragment).map_err(|error| error.to_string())?;
    let script =
        Script::parse(&link.script).map_err(|errors| errors.iter().map(ToString::to_string).collect::<String>())?;
    let (mut timeline, failure) = Timeline::play(&link.script, &script);
    let (_, end) = timeline.reach();
    let too_far = || format!("its moment, {}, lies too far behind the end of its script, {end}", link.at);
    if link.at > end + FARTHEST {
        return Err(too_far());
    }
    if link.at > end {
        timeline.run_until(link.at).map_err(|_| too_far())?;
    }
    timeline.seek(link.step);
    if link.at > timeline.world().now() {
        timeline.seek_time(link.at);
    }
    Ok((timeline, failure))
}
