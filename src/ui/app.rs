//! The root of the page. It owns the session and nothing else that a run depends on: every wish comes here as a message,
//! goes to the session, and comes back as a frame whose unchanged parts are the same pointers.

use crate::simulation::Micros;
use crate::teaching::frame::Frame;
use crate::teaching::session::{Intent, Session, Transport};
use crate::ui::browser;
use crate::ui::clock::Clock;
use crate::ui::console::{CHOOSER, CommandLine, FIRST_BOOKING, NOTICE, Offer, Recall, filled};
use crate::ui::dialog;
use crate::ui::glide::Glide;
use crate::ui::grid;
use crate::ui::keyboard;
use crate::ui::later::{self, Later};
use crate::ui::layout::page;
use crate::ui::media::Media;
use crate::ui::msg::{Dialog, Msg, Panel};
use crate::ui::part::same;
use crate::ui::stage::{Motion, Scene};
use crate::ui::story;
use crate::ui::transport::show_time;
use crate::ui::view::View;
use crate::ui::vocabulary;
use crate::ui::why::{self, Answered};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// How long the address waits for the run to settle.
const ADDRESS_DELAY_MS: u32 = 400;
/// How often the address follows a run whose time runs: more of it is never lost.
const ADDRESS_PLAYING_MS: u32 = 2000;
/// How often the clock and the scrubber move while time runs and nothing happens: nobody reads faster.
const CLOCK_MS: f64 = 100.0;
/// How often the whole page is drawn meanwhile.
const DRAW_MS: f64 = 500.0;
/// How long what was done beside the run is told.
const TOLD_MS: u32 = 5000;
/// What is told when a run is left.
const LEFT: &str = "A new run begins here. The run that you left is kept under Script.";

/// What is told when the second module does not come.
const NOT_FETCHED: &str = "This part of the page could not be fetched. Check the connection, then ask again.";

/// The whole page.
pub struct App {
    session: Session,
    ask: Callback<Msg>,
    clock: Clock,
    glide: Option<Glide>,
    scene: Rc<Scene>,
    narrow: bool,
    booking: (u8, Rc<str>),
    line: CommandLine,
    unfolded: [bool; 2],
    dialog: Option<Dialog>,
    why: Option<Rc<Answered>>,
    /// Where focus was when it was asked.
    asked_from: Option<HtmlElement>,
    told: Option<&'static str>,
    classroom: bool,
    address: Option<Timeout>,
    fading: Option<Timeout>,
    /// The last column, the story, the notice, the answer and the offers that were last scrolled to.
    followed: [u64; 5],
    motion: Motion,
    /// When the page was last drawn, and when its clock last moved.
    drawn_ms: f64,
    shown_ms: f64,
    _listeners: [Option<EventListener>; 3],
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("dialog", &self.dialog).finish_non_exhaustive()
    }
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        browser::recall_theme();
        let mut session = Session::new();
        let fragment = browser::fragment();
        if !fragment.is_empty() {
            session.update(Intent::Follow(fragment));
        }
        let ask = ctx.link().callback(|msg| msg);
        if let Some(words) = vocabulary::recalled() {
            later::fetch(ask.clone(), Msg::Speak(words));
        }
        let narrow = Media::Narrow.holds();
        Self {
            scene: Rc::new(Scene::new(narrow, &session.frame().nodes)),
            session,
            clock: Clock::default(),
            glide: None,
            narrow,
            booking: (FIRST_BOOKING.0, FIRST_BOOKING.1.into()),
            line: CommandLine::default(),
            unfolded: [false; 2],
            dialog: None,
            why: None,
            asked_from: None,
            told: None,
            classroom: false,
            address: None,
            fading: None,
            followed: [0; 5],
            motion: Motion::default(),
            drawn_ms: 0.0,
            shown_ms: 0.0,
            _listeners: [
                keyboard::listen(ask.clone()),
                browser::on_fragment(ask.reform(Msg::Follow)),
                Media::Narrow.watch(ask.reform(Msg::Narrow)),
            ],
            ask,
        }
    }

    fn update(&mut self, _ctx: &Context<Self>, msg: Msg) -> bool {
        match (later::later(), msg.needs_later()) {
            (None, true) => {
                later::fetch(self.ask.clone(), msg);
                false
            }
            (later, _) => self.take(later, msg),
        }
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        let (frame, now) = self.shown();
        page(&Rc::new(View {
            frame: Rc::clone(frame),
            transport: Transport { now, ..self.session.transport() },
            marks: self.session.marks(),
            script: self.session.script_text(),
            branches: Rc::clone(self.session.branches()),
            notice: self.session.notice().cloned(),
            scene: Rc::clone(&self.scene),
            booking: self.booking.clone(),
            line: Rc::clone(self.line.text()),
            offers: Rc::clone(self.line.offers()),
            unfolded: self.unfolded,
            dialog: self.dialog,
            telling: self.session.telling().map(|(title, text)| (title, Rc::clone(text))),
            why: self.why.clone(),
            told: self.told,
            classroom: self.classroom,
            gliding: self.glide.is_some(),
            ask: self.ask.clone(),
        }))
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first_render: bool) {
        self.show_moment(false);
        if self.session.transport().playing || self.glide.is_some() {
            self.clock.run(&self.ask.reform(Msg::Frame));
        } else {
            self.clock.stop();
        }
        if let Some(dialog) = self.dialog {
            dialog::open(dialog);
        }
        let frame = self.shown().0;
        let notice = self.session.notice().filter(|notice| notice.from_command_box).map_or(0, same);
        let answer = self.why.as_ref().map_or(0, same);
        let offers = self.line.offers();
        let offers = if offers.words.is_empty() { 0 } else { same(offers) };
        let news = [frame.grid.last, same(&frame.story), notice, answer, offers];
        let before = std::mem::replace(&mut self.followed, news);
        let follow = [grid::follow, story::follow, || browser::show(NOTICE), why::show, || browser::show(".offers")];
        for (place, follow) in follow.into_iter().enumerate() {
            if news[place] != before[place] {
                follow();
            }
        }
    }
}

impl App {
    /// Does what a message asks for. Whether the page looks different now.
    fn take(&mut self, later: Option<&'static Later>, msg: Msg) -> bool {
        match msg {
            Msg::Intent(intent) => self.intend(intent),
            Msg::Chosen(intent) => {
                self.show(None);
                self.intend(intent);
            }
            Msg::Tell(script) => {
                self.intend(Intent::Open(script.to_owned()));
                self.intend(Intent::Seek(0));
                // What comes next is a step.
                if let Some(step) = browser::find::<HtmlElement>(".tool-wide") {
                    let _ = step.focus();
                }
            }
            Msg::PlayOrPause => {
                let playing = self.session.transport().playing;
                self.intend(if playing { Intent::Pause } else { Intent::Play });
            }
            Msg::Show(dialog) => self.show(Some(dialog)),
            Msg::Ask(question) => {
                self.show(None);
                self.asked_from = browser::focused().filter(why::is_outside).or(self.asked_from.take());
                self.why = later.map(|later| Rc::new((later.answer)(&self.session, question)));
            }
            Msg::AskNothing if self.why.is_none() => return false,
            Msg::AskNothing => {
                self.why = None;
                if let Some(from) = self.asked_from.take() {
                    let _ = from.focus();
                }
            }
            Msg::Speak(words) => vocabulary::choose(words),
            Msg::Close => self.show(None),
            Msg::Cabin(cabin) => self.booking.0 = cabin,
            Msg::Customer(customer) => self.booking.1 = customer.into(),
            Msg::Typed(text) => {
                self.line.set(&text);
                if !text.trim().is_empty() {
                    self.ask.emit(Msg::Offer(Offer::Open));
                }
            }
            Msg::Offer(offer) => {
                if let Some(later) = later {
                    self.line.offer(offer, |line| (later.complete)(&self.session, line));
                }
                // A click took focus to what was clicked.
                if let (Offer::Take(_), Some(line)) = (offer, browser::find::<HtmlElement>(".command-line")) {
                    let _ = line.focus();
                }
            }
            Msg::Recall(which) => {
                if !self.line.recall(which) && which == Recall::Newer {
                    self.ask.emit(Msg::Offer(Offer::Open));
                }
            }
            Msg::Enter => {
                let Some(line) = self.line.enter() else { return false };
                self.intend(Intent::Command(line.to_string()));
                if self.session.notice().is_some_and(|notice| notice.from_command_box) {
                    self.line.set(&line);
                }
            }
            Msg::Frame(stamp_ms) => {
                if !self.advance(stamp_ms) {
                    self.clock.run(&self.ask.reform(Msg::Frame));
                    return false;
                }
            }
            Msg::Narrow(narrow) => self.narrow = narrow,
            Msg::Follow(fragment) if fragment == self.session.link() => return false,
            Msg::Follow(fragment) => self.session.update(Intent::Follow(fragment)),
            Msg::Copied(copied) => {
                self.tell(if copied { "link copied" } else { "the browser keeps its clipboard closed" })
            }
            Msg::NotFetched => self.tell(NOT_FETCHED),
            Msg::Read => self.told = None,
            Msg::Fold(panel) => {
                let open = &mut self.unfolded[panel as usize];
                *open = !*open;
            }
            Msg::Classroom => self.classroom = !self.classroom,
            silent => {
                self.tell_browser(silent);
                return false;
            }
        }
        self.arrange();
        true
    }

    /// The frame that is shown, and its moment: of a step under way, the ones before it.
    fn shown(&self) -> (&Rc<Frame>, Micros) {
        match &self.glide {
            Some(glide) => (glide.frame(), glide.now()),
            None => (self.session.frame(), self.session.frame().now),
        }
    }

    /// Shows the moment where no part has to be drawn anew for it.
    fn show_moment(&mut self, leapt: bool) {
        let (frame, now) = (Rc::clone(self.shown().0), self.shown().1);
        let transport = self.session.transport();
        let speed = transport.playing.then_some(transport.speed);
        self.motion.place(&self.scene, &frame.flights, now, speed, leapt);
        show_time(now, transport.end);
    }

    /// The clock ticked. Whether the page is to be drawn; if not, the moment is shown all the same, now and then.
    fn advance(&mut self, stamp_ms: f64) -> bool {
        let (elapsed, leapt) = self.clock.elapsed(stamp_ms);
        let before = (self.session.frame().step, self.session.transport().playing);
        let glides = self.glide.is_some();
        let ended = self.glide.take_if(|glide| !glide.advance(stamp_ms)).is_some();
        if before.1 {
            self.intend(Intent::Tick(elapsed));
        }
        let happened = ended || before != (self.session.frame().step, self.session.transport().playing);
        if happened || (stamp_ms - self.drawn_ms).abs() >= DRAW_MS {
            (self.drawn_ms, self.shown_ms) = (stamp_ms, stamp_ms);
            return true;
        }
        if glides || leapt || (stamp_ms - self.shown_ms).abs() >= CLOCK_MS {
            self.shown_ms = stamp_ms;
            self.show_moment(leapt);
        }
        false
    }

    /// Hands a wish to the session.
    fn intend(&mut self, intent: Intent) {
        let glides = matches!(intent, Intent::Step | Intent::StepMilestone) && !Media::ReducedMotion.holds();
        let before = Rc::clone(self.session.frame());
        let left = same(self.session.branches());
        self.session.update(intent);
        self.unfold(&before);
        if left != same(self.session.branches()) {
            self.tell(LEFT);
        }
        self.glide = if glides { Glide::between(before, self.session.frame()) } else { None };
        if !self.session.transport().playing {
            self.address = Some(self.later(ADDRESS_DELAY_MS, Msg::WriteAddress));
        } else if self.address.is_none() {
            self.address = Some(self.later(ADDRESS_PLAYING_MS, Msg::WriteAddress));
        }
    }

    /// Opens the panels that have something to show now.
    fn unfold(&mut self, before: &Frame) {
        for (panel, filled) in [Panel::Reads, Panel::Load].into_iter().zip(filled(before, self.session.frame())) {
            if filled && !self.unfolded[panel as usize] {
                self.ask.emit(Msg::Fold(panel));
            }
        }
    }

    /// Tells something for a moment.
    fn tell(&mut self, what: &'static str) {
        self.told = Some(what);
        self.fading = Some(self.later(TOLD_MS, Msg::Read));
    }

    /// Sends a message after a while, unless dropped before.
    fn later(&self, delay_ms: u32, msg: Msg) -> Timeout {
        let ask = self.ask.clone();
        Timeout::new(delay_ms, move || ask.emit(msg))
    }

    /// Shows a dialog in place of the one that is open, or none. One of another kind is closed first: then focus is
    /// where it was before both when the next one notes where to return it.
    fn show(&mut self, dialog: Option<Dialog>) {
        let kind = |dialog: Option<Dialog>| dialog.as_ref().map(std::mem::discriminant);
        if kind(self.dialog) != kind(dialog) {
            dialog::close();
        }
        self.dialog = dialog;
    }

    /// Arranges the stage anew if the window or the cluster has another shape now.
    fn arrange(&mut self) {
        let scene = Scene::new(self.narrow, &self.session.frame().nodes);
        if scene != *self.scene {
            self.scene = Rc::new(scene);
        }
    }

    /// Does what the page does not look different for.
    fn tell_browser(&mut self, msg: Msg) {
        match msg {
            Msg::SwitchTheme => browser::switch_theme(),
            Msg::CopyLink => {
                let fragment = self.session.link();
                browser::replace_fragment(&fragment);
                browser::copy(browser::address_with(&fragment), self.ask.reform(Msg::Copied));
            }
            Msg::SaveScript => browser::save("harbor-point.txt", &self.session.whole_script()),
            Msg::ChooseFile => {
                if let Some(input) = browser::find::<HtmlElement>(CHOOSER) {
                    input.click();
                }
            }
            Msg::WriteAddress => {
                self.address = None;
                browser::replace_fragment(&self.session.link());
            }
            _ => {}
        }
    }
}
