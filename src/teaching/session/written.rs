//! What is asked in the script's language: a line, a script, a link to a moment.

use super::{Intent, Session};
use crate::simulation::Micros;
use crate::teaching::link::Link;
use crate::teaching::script::{Script, Statement, complete, unfinished};
use crate::teaching::timeline::{Failure, Timeline};

/// How far behind the end of its script a link's moment may lie.
const FARTHEST: Micros = Micros::from_secs(3600);

impl Session {
    /// Does what was asked in the script's language, or tells what is wrong with it.
    pub fn understand(&mut self, intent: Intent) {
        self.noticing(|session| match intent {
            Intent::Command(line) => session.command(&line, true),
            Intent::Say(lines) => session.say(&lines),
            Intent::Open(text) => session.open(&text),
            Intent::Follow(fragment) => session.follow(&fragment),
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
                self.notice = None;
                self.playing = false;
                if let Err(what) = self.timeline.execute(&statement) {
                    let failure = Failure { line: 1, at: self.timeline.world().now(), what };
                    self.tell("The condition does not hold.", vec![failure.to_string()], typed);
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
