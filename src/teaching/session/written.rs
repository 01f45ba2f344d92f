//! What is asked in the script's language: a line, a script, a link to a moment.

use super::moving::AS_LONG_AS_CAN_BE;
use super::runs::{self, Run, Runs};
use super::{Intent, Session};
use crate::simulation::{ClusterConfig, Micros};
use crate::teaching::keep::Kept;
use crate::teaching::link::{self, Link};
use crate::teaching::script::{Script, Statement, complete, unfinished};
use crate::teaching::timeline::{Bounds, Failure, FailureKind, Timeline};
use std::rc::Rc;

impl Session {
    /// The session of a visit: with what an earlier one left, at the moment that the address names. If it names none, or
    /// none that can be opened, the run goes on that was present at the end of that visit.
    #[must_use]
    pub fn begin(kept: Option<Kept>, fragment: &str) -> Self {
        let mut session = Self::new();
        let present = kept.map(|kept| {
            session.runs = Rc::new(Runs { all: kept.runs.into(), present: 0 });
            kept.present
        });
        if !fragment.is_empty() {
            session.follow(fragment);
        }
        if session.runs.present == 0 {
            let told = session.notice.take();
            session.take_up(present.unwrap_or(0));
            let told = told.or(session.notice.take());
            if session.runs.present == 0 {
                session.replace(Timeline::new(ClusterConfig::default()), None, 0);
            }
            session.notice = told;
        }
        session
    }

    /// Does what was asked in the script's language, or tells what is wrong with it.
    pub fn understand(&mut self, intent: Intent) {
        self.noticing(|session| match intent {
            Intent::Command(line) => session.command(&line, true),
            Intent::Say(lines) => session.say(&lines),
            Intent::Open(text) => session.open(&text),
            Intent::Follow(fragment) => session.follow(&fragment),
            Intent::TakeUp(number) => session.take_up(number),
            _ => {}
        });
    }

    fn say(&mut self, lines: &str) {
        for line in lines.lines() {
            self.command(line, false);
            if self.notice.is_some() {
                return;
            }
        }
    }

    fn command(&mut self, line: &str, typed: bool) {
        match Statement::parse(line, &self.names()) {
            Ok(Statement::Act(action)) => self.act(action),
            Ok(statement) => {
                self.lesson.interrupt();
                self.notice = None;
                self.playing = false;
                let bounds = Bounds::at_once(self.timeline.step(), Micros(0));
                if let Err(what) = self.timeline.within(bounds, |timeline| timeline.execute(&statement)) {
                    let failure = Failure { line: 1, at: self.timeline.world().now(), what };
                    let title = match what {
                        FailureKind::TooLong { at_once: false, .. } => AS_LONG_AS_CAN_BE,
                        FailureKind::TooLong { at_once: true, .. } => "The run stopped on the way; go on from here.",
                        _ => "The condition does not hold.",
                    };
                    self.tell(title, vec![failure.to_string()], typed);
                }
            }
            Err(error) => {
                // What was typed is there to be seen; what a form made of its fields is not.
                let line = (!typed).then(|| line.to_owned());
                let details = line.into_iter().chain([error.to_string()]).collect();
                self.tell("This line was not understood; nothing ran.", details, typed);
            }
        }
    }

    fn open(&mut self, text: &str) {
        match Script::parse(text) {
            Ok(script) => {
                let mut timeline = Timeline::new(script.cluster);
                let bounds = Bounds::at_once(0, Micros(0));
                let failure = timeline.within(bounds, |timeline| timeline.go_on(text, &script.lines));
                self.replace(timeline, failure, 0);
            }
            Err(errors) => {
                let errors = errors.iter().map(ToString::to_string).collect();
                self.tell("This script was not understood; the run stays as it was.", errors, false);
            }
        }
    }

    fn follow(&mut self, fragment: &str) {
        if fragment == link::NEW {
            return self.replace(Timeline::new(ClusterConfig::default()), None, 0);
        }
        let link = Link::decode(fragment).map_err(|error| error.to_string());
        match link.and_then(|link| runs::arrive(&link, &self.runs.all).map(|arrived| (link, arrived))) {
            Ok((link, (timeline, failure))) => {
                self.replace(timeline, failure, link.run.unwrap_or(0));
                self.shown = Some(link.shown);
            }
            Err(error) => self.tell("This link cannot be opened; the run stays as it was.", vec![error], false),
        }
    }

    fn take_up(&mut self, number: u32) {
        let wanted = self.runs.get(number).filter(|_| number != self.runs.present);
        match wanted.map(Run::play) {
            None => {}
            Some(Ok((timeline, failure))) => self.replace(timeline, failure, number),
            Some(Err(error)) => self.tell("That run cannot be taken up; this one stays as it was.", vec![error], false),
        }
    }

    /// What could stand in place of the last word of a line that is being written, and how many bytes before it stay.
    /// A word that is whole already is not among it.
    #[must_use]
    pub fn completions(&self, line: &str) -> (Vec<String>, usize) {
        let begun = unfinished(line);
        let mut words = complete(line, &self.names());
        words.retain(|word| word != begun);
        (words, line.len() - begun.len())
    }
}
