//! The desk: the lesson that is being taken, and what is remembered of all of them.

use super::sheet::{Asked, Before, Open, Shown};
use super::{Desk, Sheet, Wish, shelf};
use crate::teaching::lesson::check::check;
use crate::teaching::lesson::course::Visit;
use crate::teaching::lesson::progress::Progress;
use crate::teaching::lesson::report::report;
use crate::teaching::lesson::{Entry, Lesson, Part, Place, carried, carry};
use crate::teaching::session::{Intent, Session};
use crate::ui::browser;
use crate::ui::lessons::welcome::{OWN, Resume};
use crate::ui::media::Media;
use crate::ui::msg::Msg;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// The longest that a reader is taken to have thought about one thing.
const LONGEST_MS: f64 = 300_000.0;

/// What stands between a lesson's name and its step in an address.
const STEP: &str = "&step=";

/// Opens the desk.
#[must_use]
pub fn open() -> Box<dyn Desk> {
    Box::new(Reading::new())
}

#[derive(Debug)]
struct Reading {
    visit: Option<Visit>,
    name: Rc<str>,
    /// The text of a lesson that is not the site's own.
    own: Option<Rc<str>>,
    /// The step at which the lesson is to open that is being fetched.
    wanted: Option<u32>,
    progress: Progress,
    /// What is stored is not understood, so nothing is stored over it.
    keeps: bool,
    trouble: Vec<String>,
    /// Why nothing is kept.
    refused: Option<String>,
    erasing: bool,
    since_ms: f64,
    shown: Rc<Shown>,
}

impl Desk for Reading {
    fn take(&mut self, wish: Wish, session: &mut Session, ask: &Callback<Msg>) -> bool {
        self.spend();
        self.trouble.clear();
        self.erasing = matches!(wish, Wish::Erase(false));
        match wish {
            Wish::Take(name) => self.look_for(name, session, ask),
            Wish::Came(name, Ok(text)) => self.begin(name, text, session),
            Wish::Came(_, Err(why)) => {
                self.wanted = None;
                self.trouble.push(why.to_string());
            }
            Wish::Link(fragment) => match carried(&fragment) {
                Ok(text) => self.begin("link".into(), text.into(), session),
                Err(why) => self.trouble.push(format!("This link to a lesson cannot be opened: {why}")),
            },
            Wish::Look => {}
            Wish::Leave => {
                self.keep();
                self.visit = None;
            }
            Wish::CopyLink => self.copy(ask),
            Wish::Export => self.export(),
            Wish::Import(text) => self.import(&text, session),
            Wish::Erase(sure) if sure => self.erase(),
            Wish::Report => self.report(|text| browser::save("harbor-point-report.txt", "text/plain", &text)),
            Wish::Print => self.report(|text| browser::print(&text)),
            wish => self.go(wish, session, ask),
        }
        if Media::ReducedMotion.holds() {
            session.show_end();
        }
        self.keep();
        self.visit.is_none() && !self.trouble.is_empty()
    }

    fn permits(&self, intent: &Intent, session: &Session) -> Result<(), String> {
        self.visit.as_ref().map_or(Ok(()), |visit| visit.permits(intent, session))
    }

    fn look(&mut self, session: &Session) -> Rc<dyn Sheet> {
        if self.visit.as_mut().is_some_and(|visit| visit.check(session)) {
            self.spend();
            self.keep();
        }
        let shown = Shown {
            open: self.open(session),
            progress: if *self.shown.progress == self.progress {
                Rc::clone(&self.shown.progress)
            } else {
                Rc::new(self.progress.clone())
            },
            trouble: self.refused.iter().chain(&self.trouble).cloned().collect(),
            erasing: self.erasing,
        };
        if shown != *self.shown {
            self.shown = Rc::new(shown);
        }
        Rc::clone(&self.shown) as Rc<dyn Sheet>
    }

    fn address(&self) -> Option<String> {
        self.visit.as_ref().filter(|visit| !visit.is_away())?;
        Some(match &self.own {
            Some(text) => carry(text),
            None => format!("lesson={}{STEP}{}", self.name, self.visit.as_ref()?.step() + 1),
        })
    }
}

impl Reading {
    fn new() -> Self {
        let (progress, refused) = match shelf::recall() {
            Ok(progress) => (progress, None),
            Err(why) => (
                Progress::default(),
                Some(format!(
                    "What this browser remembers of lessons is not understood, and is left as it is: {why}. Save it as a file, then erase it to begin anew."
                )),
            ),
        };
        let shown = Rc::new(Shown::default());
        let keeps = refused.is_none();
        let (name, since_ms) = (Rc::from(""), browser::now_ms());
        Self {
            visit: None,
            name,
            own: None,
            wanted: None,
            progress,
            keeps,
            trouble: Vec::new(),
            refused,
            erasing: false,
            since_ms,
            shown,
        }
    }

    /// Looks for a lesson by its name in an address, which may say a step, too.
    fn look_for(&mut self, said: Rc<str>, session: &mut Session, ask: &Callback<Msg>) {
        let (name, step) = said.split_once(STEP).unwrap_or((&said, ""));
        let name: Rc<str> = name.into();
        self.wanted = step.parse().ok().and_then(|step: u32| step.checked_sub(1));
        if Entry::named(&name).is_some() {
            return shelf::fetch(name, ask.clone());
        }
        match Resume::own().filter(|text| &*name == OWN && !text.is_empty()) {
            Some(text) => self.begin(name, text.into(), session),
            None => {
                let name = js_sys::decode_uri_component(&name).map_or_else(|_| name.to_string(), String::from);
                self.trouble.push(format!("There is no lesson named {name} here; these are the lessons."));
            }
        }
    }

    /// Opens a lesson where one stopped.
    fn begin(&mut self, name: Rc<str>, text: Rc<str>, session: &mut Session) {
        let own = Entry::named(&name).is_none();
        match Lesson::parse(&text) {
            Ok(lesson) => {
                // The site's own lessons are run when the page is tested.
                let problems = if own { check(&lesson).problems } else { Vec::new() };
                if !problems.is_empty() {
                    let says = "This lesson does not come out as it should; everything stays as it was.";
                    self.trouble.push(says.to_owned());
                    self.trouble.extend(problems.iter().map(ToString::to_string));
                    return;
                }
                self.name = if own { format!("own: {}", lesson.title).into() } else { name };
                self.own = own.then_some(text);
                let mut record = self.progress.lessons.get(&*self.name).cloned().unwrap_or_default();
                record.step = self.wanted.take().unwrap_or(record.step);
                let name = if own { OWN.into() } else { Rc::clone(&self.name) };
                Resume { name, title: lesson.title.as_str().into() }.remember(self.own.as_deref());
                self.visit = Some(Visit::begin(Rc::new(lesson), record, session));
            }
            Err(errors) => {
                self.trouble.push("This lesson was not understood; everything stays as it was.".to_owned());
                self.trouble.extend(errors.iter().map(ToString::to_string));
            }
        }
    }

    /// What is asked for within the open lesson.
    fn go(&mut self, wish: Wish, session: &mut Session, ask: &Callback<Msg>) {
        let Some(visit) = &mut self.visit else { return };
        match wish {
            Wish::Next => visit.next(session),
            Wish::Back => visit.back(session),
            Wish::Go(step) => visit.go(step, session),
            Wish::Answer(choice) => {
                if let Err(trouble) = visit.answer(choice, session) {
                    self.trouble.push(format!("This question cannot be judged: {trouble}"));
                }
            }
            Wish::Hint => visit.hint(),
            Wish::Again => visit.again(session),
            Wish::Play(place) => visit.play(place, session),
            Wish::SetOut(item) => visit.set_out(item, session),
            Wish::Find(what) => browser::show_start(what),
            Wish::Ask(item) => {
                if let Some(question) = visit.stand_after(item, session) {
                    ask.emit(Msg::Ask(question));
                }
            }
            Wish::ShowEnd => session.show_end(),
            Wish::TakeOver => visit.take_over(session),
            Wish::TakeBack => visit.take_back(session),
            _ => {}
        }
    }

    fn open(&mut self, session: &Session) -> Option<Open> {
        let visit = self.visit.as_mut()?;
        let lesson = Rc::clone(visit.lesson());
        let (step, shown) = (visit.step(), visit.shown(session));
        let (waiting, deciding) = (visit.open().map(|(item, ..)| item), visit.deciding(session));
        let is_here = |place: Place| place.step == step && place.part < shown;
        let mut asked = Vec::new();
        for (item, place, part) in lesson.items().filter(|(_, place, _)| is_here(*place)) {
            let (open, deciding) = (waiting == Some(item), deciding == Some(item));
            let exercise = open && matches!(part, Part::Do(_));
            asked.push(Asked {
                item,
                place,
                open: open && !deciding,
                deciding,
                given: visit.given(item).cloned().unwrap_or_default(),
                verdict: if deciding { None } else { visit.verdict(item) },
                hints: if exercise { visit.hints().to_vec() } else { Vec::new() },
                standing: if exercise { visit.standing(session) } else { None },
            });
        }
        let lit = lesson.parts().filter(|(place, _)| is_here(*place)).filter_map(|(place, part)| match part {
            Part::Cycle(cycle) => Some((place, session.lit(cycle))),
            _ => None,
        });
        Some(Open {
            name: Rc::clone(&self.name),
            own: self.own.is_some(),
            done: waiting.is_none() && deciding.is_none(),
            away: visit.is_away(),
            has_next: visit.has_next(),
            lit: lit.collect(),
            before: before(visit, step),
            steps: (0..lesson.steps.len()).map(|step| visit.is_step_done(step)).collect(),
            lesson,
            step,
            shown,
            asked,
        })
    }

    /// Takes what the lesson remembers into what all of them do, and stores it.
    fn keep(&mut self) {
        if !self.keeps {
            return;
        }
        // What another window stored meanwhile counts too.
        if let Ok(stored) = shelf::recall() {
            self.progress.merge(stored);
        }
        if let Some(visit) = &self.visit {
            self.progress.lessons.insert(self.name.to_string(), visit.record().clone());
        }
        if !self.progress.lessons.is_empty() && !shelf::remember(&self.progress) {
            self.refused = Some("The browser keeps nothing, so what you do here is forgotten with this page. Save your progress as a file.".to_owned());
        }
    }

    fn spend(&mut self) {
        let now = browser::now_ms();
        let spent = (now - self.since_ms).clamp(0.0, LONGEST_MS);
        self.since_ms = now;
        if let Some(visit) = &mut self.visit {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Clamped just above.
            visit.spend(spent as u64);
        }
    }

    fn copy(&self, ask: &Callback<Msg>) {
        if let Some(fragment) = self.address() {
            browser::copy(browser::address_with(&fragment), ask.reform(Msg::Copied));
        }
    }

    fn export(&self) {
        let text = if self.keeps { self.progress.to_json() } else { shelf::stored().unwrap_or_default() };
        browser::save("harbor-point-progress.json", "application/json", &text);
    }

    fn import(&mut self, text: &str, session: &mut Session) {
        match Progress::from_json(text) {
            Ok(progress) => {
                self.keep();
                self.progress.merge(progress);
                // The open lesson goes on at its step, with what is known of it now.
                if let Some(visit) = self.visit.take() {
                    let mut record = self.progress.lessons.get(&*self.name).cloned().unwrap_or_default();
                    record.step = visit.record().step;
                    self.visit = Some(Visit::begin(Rc::clone(visit.lesson()), record, session));
                }
            }
            Err(why) => self.trouble.push(format!("This file was not taken in; everything stays as it was: {why}.")),
        }
    }

    fn erase(&mut self) {
        self.visit = None;
        self.progress = Progress::default();
        (self.keeps, self.refused) = (true, None);
        Resume::forget();
        let _ = shelf::remember(&self.progress);
    }

    /// Makes the report of every lesson that was begun.
    fn report(&self, hand_over: fn(String)) {
        let progress = self.progress.clone();
        let own = self.visit.as_ref().map(|visit| (Rc::clone(&self.name), Rc::clone(visit.lesson())));
        let names: Vec<Rc<str>> = progress
            .lessons
            .keys()
            .filter(|name| Entry::named(name).is_some())
            .map(|name| name.as_str().into())
            .collect();
        spawn_local(async move {
            let texts = shelf::fetch_all(names).await;
            let mut lessons: Vec<(Rc<str>, Rc<Lesson>)> = texts
                .into_iter()
                .filter_map(|(name, text)| Some((name, Rc::new(Lesson::parse(&text).ok()?))))
                .collect();
            lessons.extend(own.filter(|(name, _)| Entry::named(name).is_none()));
            hand_over(report(&progress, lessons.iter().map(|(name, lesson)| (&**name, &**lesson))));
        });
    }
}

/// What was asked in earlier steps, if the run of a step goes on from it.
fn before(visit: &Visit, step: usize) -> Option<Before> {
    let lesson = visit.lesson();
    let from: Vec<Place> = lesson.goes_on_from(step).map(|(place, _)| place).collect();
    let asked: Vec<_> = lesson.items().filter(|(_, place, _)| from.contains(place)).collect();
    if asked.iter().any(|(item, ..)| visit.given(*item).is_none_or(|given| !given.done)) {
        return Some(Before::PassedOver);
    }
    asked.iter().any(|(.., part)| matches!(part, Part::Do(_))).then_some(Before::Exercise)
}
