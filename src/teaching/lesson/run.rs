//! The run of a lesson: what has been played up to a part of it.
//!
//! Each part begins with the lesson's own run: its scenarios, what happened after its questions, and the reference
//! solutions of its exercises. So whatever a learner has done in between, every part finds what its author saw, and
//! one can go to any step at any time.

use super::{Lesson, Part, Place};
use crate::simulation::{ClusterConfig, Micros};
use crate::teaching::script::{ClusterLine, Line, Script};
use crate::teaching::timeline::{Failure, Timeline};
use std::fmt::Write;

/// A cluster, and what is done to it. The numbers of the lines are those of the lesson's file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Run {
    /// The cluster.
    pub cluster: ClusterConfig,
    /// What is done.
    pub lines: Vec<Line>,
}

impl Run {
    /// The same, and more.
    #[must_use]
    pub fn and(&self, lines: &[Line]) -> Self {
        Self { cluster: self.cluster, lines: [&self.lines, lines].concat() }
    }

    /// The script that does it, a line for each of its lines, below one for the cluster where that is not the default.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        if self.cluster != ClusterConfig::default() {
            text.push_str(&ClusterLine(&self.cluster).to_string());
            text.push('\n');
        }
        for line in &self.lines {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{}", line.statement);
        }
        text
    }

    /// Plays it to its end, or to where it fails; a failure names the line of the lesson's file.
    #[must_use]
    pub fn play(&self) -> (Timeline, Option<Failure>) {
        Timeline::play(&self.text(), &Script { cluster: self.cluster, lines: self.lines.clone() })
    }

    /// Does what a part of a lesson does.
    fn go_through(&mut self, part: &Part) {
        match part {
            Part::Prose(_) | Part::Cycle(_) => {}
            Part::Scenario(scenario) => {
                if let Some(cluster) = scenario.cluster {
                    *self = Self { cluster, lines: Vec::new() };
                }
                self.lines.extend_from_slice(&scenario.lines);
            }
            Part::Predict(predict) => self.lines.extend_from_slice(&predict.lines),
            Part::Do(exercise) => self.lines.extend_from_slice(&exercise.solution),
            Part::Diagnose(diagnosis) => self.lines.extend_from_slice(&diagnosis.faults),
        }
    }
}

impl Lesson {
    /// The run as a part finds it.
    #[must_use]
    pub fn run_before(&self, place: Place) -> Run {
        self.run_of(|at| at < place)
    }

    /// The run as a part leaves it.
    #[must_use]
    pub fn run_after(&self, place: Place) -> Run {
        self.run_of(|at| at <= place)
    }

    /// What of earlier steps the run goes on from with which a step begins.
    pub fn goes_on_from(&self, step: usize) -> impl Iterator<Item = (Place, &Part)> {
        let first = self
            .steps
            .get(step)
            .and_then(|it| it.parts.iter().position(|part| !matches!(part, Part::Prose(_) | Part::Cycle(_))));
        let until = Place { step, part: first.unwrap_or_default() };
        let anew = |part: &Part| matches!(part, Part::Scenario(scenario) if scenario.cluster.is_some());
        let from = self.parts().take_while(|(at, _)| *at <= until).filter(|(_, part)| anew(part)).last();
        let from = from.map(|(at, _)| at).unwrap_or_default();
        self.parts().filter(move |(at, _)| from <= *at && at.step < step && first.is_some())
    }

    fn run_of(&self, within: impl Fn(Place) -> bool) -> Run {
        let mut run = Run::default();
        self.parts().take_while(|(at, _)| within(*at)).for_each(|(_, part)| run.go_through(part));
        run
    }
}

/// A moment of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// After how many steps.
    pub step: u64,
    /// What the clock shows.
    pub at: Micros,
}

impl Moment {
    /// The present moment of a run.
    #[must_use]
    pub fn of(timeline: &Timeline) -> Self {
        Self { step: timeline.step(), at: timeline.world().now() }
    }

    /// Brings a run to this moment.
    pub fn seek(self, timeline: &mut Timeline) {
        timeline.seek(self.step);
        if self.at > timeline.world().now() {
            timeline.seek_time(self.at);
        }
    }
}
