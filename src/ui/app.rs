//! The root of the page. It owns the session and nothing else that a run depends on: every wish comes here as a message,
//! goes to the session, and comes back as a frame whose unchanged parts are the same pointers.

mod address;
mod lesson;
mod moment;
mod note;
mod strokes;
mod voice;

use crate::teaching::link::{NEW, Shown};
use crate::teaching::session::{Intent, Session, Transport};
use crate::ui::browser;
use crate::ui::clock::Clock;
use crate::ui::console::{CommandLine, FIRST_BOOKING, NOTICE};
use crate::ui::diagram::Chart;
use crate::ui::dialog;
use crate::ui::glide::Glide;
use crate::ui::grid;
use crate::ui::keep::{Keeper, Remedy};
use crate::ui::keyboard;
use crate::ui::later::{self, Later};
use crate::ui::layout::page;
use crate::ui::legend;
use crate::ui::lessons::{Seat, Wish};
use crate::ui::media::Media;
use crate::ui::msg::{Dialog, Msg};
use crate::ui::part::same;
use crate::ui::stage::{Motion, Scene};
use crate::ui::story;
use crate::ui::view::View;
use crate::ui::vocabulary;
use crate::ui::why::{self, Answered};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use strokes::Strokes;
use voice::Voice;
use web_sys::HtmlElement;
use yew::prelude::*;

/// How long what was done beside the run is told.
const TOLD_MS: u32 = 5000;
/// What is told when a run is left.
const LEFT: &str = "Another run branches off here. The one that you left is kept under Runs.";

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
    told: Option<AttrValue>,
    voice: Voice,
    seat: Seat,
    classroom: bool,
    legend: bool,
    /// What the address shows besides the moment.
    besides: Shown,
    keeper: Keeper,
    address: Option<Timeout>,
    fading: Option<Timeout>,
    strokes: Strokes,
    /// What was last scrolled to: the last column, the story, the notice, the answer, what is offered, the lesson.
    followed: [u64; 6],
    motion: Motion,
    chart: Chart,
    /// When the page was last drawn because time ran, and at which step.
    drawn_ms: f64,
    drawn_step: u64,
    /// When what is being done was begun, and how long the page took to be drawn the last time, in all its strokes.
    began_ms: f64,
    took_ms: f64,
    _listeners: [Option<EventListener>; 4],
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
        let ask = ctx.link().callback(|msg| msg);
        let later = later::later();
        let (session, keeper) = App::begin(later, &ask);
        let narrow = Media::Narrow.holds();
        let mut app = Self {
            scene: Rc::new(Scene::new(narrow, &session.frame().nodes)),
            strokes: Strokes::of(session.frame()),
            voice: Voice::of(&session.frame().story),
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
            told: (later.is_none() && App::begins_with_later()).then(|| NOT_FETCHED.into()),
            seat: Seat::default(),
            classroom: false,
            legend: later.is_some() && legend::recall(),
            besides: Shown::default(),
            keeper,
            address: None,
            fading: None,
            followed: [0; 6],
            motion: Motion::default(),
            chart: Chart::default(),
            drawn_ms: 0.0,
            drawn_step: 0,
            began_ms: 0.0,
            took_ms: 0.0,
            _listeners: [
                keyboard::listen(ask.clone()),
                browser::on_fragment(ask.reform(Msg::Follow)),
                browser::on_leaving(ask.reform(|()| Msg::Leaving)),
                Media::Narrow.watch(ask.reform(Msg::Narrow)),
            ],
            ask,
        };
        app.arrive();
        if browser::fragment() == NEW {
            app.write_down();
        }
        app
    }

    fn update(&mut self, _ctx: &Context<Self>, msg: Msg) -> bool {
        self.began_ms = js_sys::Date::now();
        self.note_focus();
        // A message would be gone, and a promotion be another, before one has read what can be done.
        let stands = matches!(msg, Msg::Show(Dialog::Message(..) | Dialog::Messages | Dialog::Promotion { .. }));
        if stands && self.session.transport().playing {
            self.intend(Intent::Pause);
        }
        if !msg.needs().is_met() {
            later::fetch(self.ask.clone(), msg);
            return false;
        }
        let changed = self.take(later::later(), msg);
        if changed {
            self.seat.look(&self.session);
            let story = Rc::clone(&self.shown().0.story);
            self.voice.tell(&story, self.session.transport().playing, self.began_ms);
        }
        changed
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        let (frame, now) = self.shown();
        page(&Rc::new(View {
            frame: Rc::clone(frame),
            slow: self.strokes.shown().clone(),
            races: self.races(),
            transport: Transport { now, ..self.session.transport() },
            marks: self.session.marks(),
            script: self.session.script_text(),
            runs: Rc::clone(self.session.runs()),
            notice: self.session.notice().cloned(),
            trouble: self.keeper.trouble().cloned(),
            scene: Rc::clone(&self.scene),
            booking: self.booking.clone(),
            line: Rc::clone(self.line.text()),
            offers: Rc::clone(self.line.offers()),
            unfolded: self.unfolded,
            dialog: self.dialog,
            telling: self.session.telling().map(|(title, text)| (title, Rc::clone(text))),
            why: self.why.clone(),
            told: self.told.clone(),
            said: Rc::clone(self.voice.said()),
            sheet: self.seat.sheet(),
            resume: self.seat.resume(),
            chart: self.chart.look.clone(),
            folded: self.chart.folded,
            classroom: self.classroom,
            legend: self.legend,
            gliding: self.glide.is_some(),
            ask: self.ask.clone(),
        }))
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first_render: bool) {
        self.drawn_step = self.shown().0.step;
        self.show_moment();
        if self.chart.is_wanted(&self.session) && later::later().is_none() {
            later::fetch(self.ask.clone(), Msg::Unfold(true));
        }
        if let Some(dialog) = self.dialog {
            dialog::open(dialog);
        }
        let notice = self.session.notice().filter(|notice| notice.from_command_box).map_or(0, same);
        let answer = self.why.as_ref().map_or(0, same);
        let offers = self.line.offers();
        let offers = if offers.words.is_empty() { 0 } else { same(offers) };
        let sheet = self.seat.sheet().as_ref().map_or(0, same);
        let [log, _, transcript, _] = self.strokes.shown();
        let columns = u64::from(log.grid.last) << 1 | u64::from(self.races());
        let news = [columns, same(&transcript.story), notice, answer, offers, sheet];
        let before = std::mem::replace(&mut self.followed, news);
        let settle = later::lessons().map_or((|| ()) as fn(), |lessons| lessons.settle);
        let show_offers = || browser::show(".offers");
        let follow = [grid::follow, story::follow, || browser::show(NOTICE), why::show, show_offers, settle];
        for (place, follow) in follow.into_iter().enumerate() {
            if news[place] != before[place] {
                follow();
            }
        }
        if answer != before[3] {
            self.asked_from.iter().for_each(why::keep_in_view);
        }
        self.took_ms = js_sys::Date::now() - self.began_ms;
        self.keep_focus();
        if self.has_strokes_left() {
            // Time goes on when the page is done with this moment.
        } else if self.session.transport().playing || self.glide.is_some() {
            self.wake(true);
        } else {
            self.clock.stop();
        }
    }
}

impl App {
    /// Does what a message asks for. Whether the page looks different now.
    fn take(&mut self, later: Option<&'static Later>, msg: Msg) -> bool {
        match msg {
            // Focus was on what goes with it; and a link that could not be opened has been seen.
            Msg::Intent(Intent::Dismiss) => {
                self.intend(Intent::Dismiss);
                browser::focus_in_place(".tool-wide");
                self.write_down();
            }
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
            Msg::Show(dialog) => {
                self.seat.open();
                if dialog == Dialog::Lessons {
                    self.seat.take(Wish::Look, &mut self.session, &self.ask);
                }
                self.show(Some(dialog));
            }
            Msg::Lesson(wish) => self.take_wish(wish),
            Msg::Ask(question) => {
                self.show(None);
                self.asked_from = browser::focused().filter(why::is_outside).or(self.asked_from.take());
                self.why = later.map(|later| Rc::new((later.answer)(&self.session, question)));
            }
            Msg::AskNothing if self.why.is_none() => return false,
            Msg::AskNothing => {
                self.why = None;
                match self.asked_from.take() {
                    Some(from) if from.is_connected() => drop(from.focus()),
                    // What asked has left the page, as a receipt does when others come.
                    _ => browser::focus_in_place(".tool-wide"),
                }
            }
            Msg::Speak(words) => vocabulary::choose(words),
            Msg::Close => self.show(None),
            Msg::Frame(stamp_ms) => {
                if !self.advance(stamp_ms) {
                    self.wake(false);
                    return false;
                }
            }
            Msg::Narrow(narrow) => self.narrow = narrow,
            Msg::Follow(fragment) if fragment == self.fragment() => return false,
            Msg::Follow(fragment) if let Some(lesson) = Msg::lesson_in(&fragment) => return self.take(later, lesson),
            Msg::Follow(fragment) => {
                self.hand_over(Intent::Follow(fragment));
                self.show(None);
                self.arrive();
            }
            Msg::Arrive(shown) => self.show_besides(later, shown),
            Msg::Remedy(remedy) => {
                self.keeper.remedy(remedy);
                if remedy == Remedy::Replace {
                    self.write_down();
                }
            }
            other => {
                if !self.note(other) {
                    return false;
                }
            }
        }
        self.arrange();
        let besides = self.shown_besides();
        if std::mem::replace(&mut self.besides, besides) != besides {
            self.write_down();
        }
        true
    }

    /// Hands a wish to the session.
    fn intend(&mut self, intent: Intent) {
        if let Some(says) = self.seat.objection(&intent, &self.session) {
            self.tell(says);
            return;
        }
        let glides = matches!(intent, Intent::Step | Intent::StepMilestone) && !Media::ReducedMotion.holds();
        if !matches!(intent, Intent::Tick(_)) {
            self.catch_up();
        }
        let before = Rc::clone(self.session.frame());
        let (left, branches) = (
            self.session.runs().present,
            matches!(intent, Intent::Act(_) | Intent::Reserve { .. } | Intent::Command(_)),
        );
        let (script, plays) = (self.session.script_text(), self.session.transport().playing);
        self.note_scrubbing(&intent);
        if self.narrow && matches!(intent, Intent::Reserve { .. }) {
            // What comes of it is to be seen on the stage, which is below.
            browser::show_start(".page-stage");
        }
        self.hand_over(intent);
        self.unfold(&before);
        if branches && left != self.session.runs().present {
            self.tell(LEFT);
        }
        self.glide = if glides { Glide::between(before, self.session.frame()) } else { None };
        if script != self.session.script_text() && !plays {
            self.write_down();
        } else {
            self.address_soon();
        }
    }

    fn hand_over(&mut self, intent: Intent) {
        if intent.replaces_run() {
            self.seat.take(Wish::Leave, &mut self.session, &self.ask);
        }
        match later::later().filter(|_| intent.is_written()) {
            Some(later) => (later.understand)(&mut self.session, intent),
            None => self.session.go(intent),
        }
    }

    /// Tells something for a moment.
    fn tell(&mut self, what: impl Into<AttrValue>) {
        self.told = Some(what.into());
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
}
