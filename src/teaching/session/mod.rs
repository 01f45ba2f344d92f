//! The page's model: runs that can be played, stepped, sought and changed, one of them at a time. It knows no browser:
//! the page hands it intents and shows its frame.

mod drawn;
mod moving;
mod runs;
mod showing;
mod written;

use super::diagram::{Diagram, Watch};
use super::frame::{Frame, is_milestone};
pub use super::intent::Intent;
use super::keep::Kept;
use super::lesson::Moment;
use super::link::{Link, Shown};
pub use super::mark::{Mark, MarkKind};
use super::script::Names;
use super::stories;
use super::timeline::{Failure, Timeline};
use super::why::{self, Explanation, Question};
use crate::replication::{Booking, Cabin, CustomerId};
use crate::simulation::{Action, ClusterConfig, Micros};
pub use runs::{MOST_RUNS, Run, Runs};
use showing::Showing;
use std::rc::Rc;

/// Simulated time per thousand units of real time, until somebody chooses otherwise: a millisecond takes a tenth of a
/// second. Faster than this, nobody reads event by event.
pub const DEFAULT_SPEED: u32 = 10;

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
    runs: Rc<Runs>,
    /// What the link that was followed last shows besides its moment, until someone has asked.
    shown: Option<Shown>,
    /// What a lesson shows.
    lesson: Showing,
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
        let script = Rc::from("");
        Self {
            frame: Rc::new(Frame::of(&timeline, None)),
            playing: false,
            speed: DEFAULT_SPEED,
            remainder: 0,
            notice: None,
            marks: Rc::from([]),
            runs: Rc::new(Runs::new(Run::of(&timeline, 1, Rc::clone(&script)))),
            shown: None,
            lesson: Showing::default(),
            drawn: None,
            script,
            timeline,
        }
    }

    /// Does what was asked. Nothing that goes wrong loses the running state: it becomes a notice.
    pub fn update(&mut self, intent: Intent) {
        if intent.is_written() { self.understand(intent) } else { self.go(intent) }
    }

    /// Does what was asked without words. (What is written in the script's language is a part of the page that is
    /// fetched later, so the page itself calls the two halves apart.)
    pub fn go(&mut self, intent: Intent) {
        self.noticing(|session| session.do_plain(intent));
    }

    /// Does something, and makes the frame anew if anything happened.
    fn noticing(&mut self, does: impl FnOnce(&mut Self)) {
        let before = (self.timeline.step(), self.timeline.reach());
        does(self);
        self.lesson.stands(Moment::of(&self.timeline));
        let after = (self.timeline.step(), self.timeline.reach());
        self.refresh(before.0 != after.0 || before.1.0 != after.1.0);
    }

    fn do_plain(&mut self, intent: Intent) {
        match intent {
            Intent::Act(action) => self.act(action),
            Intent::Reserve { cabin, customer } => self.reserve(cabin, customer),
            Intent::Forget => self.runs = Rc::new(Runs::new(self.stands())),
            Intent::NewRun => self.replace(Timeline::new(ClusterConfig::default()), None, 0),
            Intent::Play => self.playing = true,
            Intent::Pause => self.playing = false,
            Intent::Step => self.step(|_| true),
            Intent::StepMilestone => self.step(is_milestone),
            Intent::StepBack => self.pausing(Timeline::step_back),
            Intent::Seek(step) => self.pausing(|timeline| timeline.seek(step)),
            Intent::SeekTime(at) => self.pausing(|timeline| timeline.seek_time(at)),
            Intent::Speed(speed) => {
                self.speed = speed.clamp(1, 10_000);
                self.lesson.pace(self.speed);
            }
            Intent::Tick(real) => self.tick(real),
            Intent::Dismiss => self.notice = None,
            Intent::Command(_) | Intent::Say(_) | Intent::Open(_) | Intent::Follow(_) | Intent::TakeUp(_) => {}
        }
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
        self.lesson.interrupt();
        let left = Some(self.stands()).filter(|left| self.timeline.is_in_the_past() && left.last().is_some());
        self.timeline.act(action);
        self.script = self.timeline.script().into();
        let now = self.stands();
        let runs = Rc::make_mut(&mut self.runs);
        match left {
            Some(left) => runs.leave(left, Run { number: 0, ..now }),
            None => runs.stands(now),
        }
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
        world.reads().tickets().iter().for_each(|ticket| names.add_read(ticket.read.id));
        names
    }

    /// The present run, and where it stands.
    fn stands(&self) -> Run {
        Run::of(&self.timeline, self.runs.present, Rc::clone(&self.script))
    }

    /// Leaves the present run for another, which asks for a number if it has had one.
    fn replace(&mut self, timeline: Timeline, failure: Option<Failure>, number: u32) {
        let left = self.stands();
        self.timeline = timeline;
        self.drawn = None;
        self.lesson.interrupt();
        self.playing = false;
        self.remainder = 0;
        self.notice = None;
        self.script = self.timeline.script().into();
        self.marks = self.timeline.marks().into();
        self.frame = Rc::new(Frame::of(&self.timeline, None));
        let now = Run { number, ..self.stands() };
        Rc::make_mut(&mut self.runs).leave(left, now);
        if let Some(failure) = failure {
            self.tell("The script stopped.", vec![failure.to_string()], false);
        }
    }

    fn tell(&mut self, title: &str, details: Vec<String>, from_command_box: bool) {
        let details = details.into_iter().map(Rc::from).collect();
        self.notice = Some(Rc::new(Notice { title: title.into(), details, from_command_box }));
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
            speed: self.lesson.speed().map_or(self.speed, |speed| u32::try_from(speed).unwrap_or(u32::MAX)),
            step: self.timeline.step(),
            last_step,
            now: self.timeline.world().now(),
            end,
        }
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

    /// The address's fragment for this run at this moment, with what is shown besides.
    #[must_use]
    pub fn link(&self, shown: Shown) -> String {
        let Run { at, step, number, .. } = self.stands();
        Link { script: self.script.to_string(), at, step, run: Some(number), shown }.encode()
    }

    /// What the link that was followed shows besides its moment; once.
    pub fn arrived(&mut self) -> Option<Shown> {
        self.shown.take()
    }

    /// Takes in what another window did to the runs that both kept: what was kept `before`, as far as this window knows,
    /// and what is kept now. Neither loses what the other does, and what one forgets the other does not bring back.
    pub fn join(&mut self, before: Option<Kept>, now: Kept) {
        Rc::make_mut(&mut self.runs).join(before.as_ref().map_or(&[], |kept| &kept.runs), now.runs);
    }

    /// Every run, each as it stands now, but for one that a lesson has made and can make again.
    #[must_use]
    pub fn kept(&self) -> Kept {
        let now = self.stands();
        let made = self.lesson.made(&self.script);
        let stands =
            |run: &Run| if run.number == now.number { (!made).then(|| now.clone()) } else { Some(run.clone()) };
        Kept { runs: self.runs.all.iter().filter_map(stands).collect(), present: now.number }
    }

    /// What the script that was opened says at this moment, if it says anything: a story's title, and its comment.
    #[must_use]
    pub fn telling(&self) -> Option<(Option<&'static str>, &Rc<str>)> {
        let source = self.timeline.source();
        let story = stories::ALL.iter().find(|story| story.script.trim_end() == source);
        Some((story.map(|story| story.title), self.timeline.passage()?))
    }

    /// Every run, and which of them is present.
    #[must_use]
    pub fn runs(&self) -> &Rc<Runs> {
        &self.runs
    }

    /// The marks on the scrubber.
    #[must_use]
    pub fn marks(&self) -> Rc<[Mark]> {
        Rc::clone(&self.marks)
    }
}
