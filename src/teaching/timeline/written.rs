//! What was done, written down as the script that does it again.

use super::{Failure, FailureKind, Timeline};
use crate::simulation::{Action, ClusterConfig, Micros};
use crate::teaching::script::{ClusterLine, Statement};

impl Timeline {
    /// What was done to the world, each with the step in which it was.
    pub fn actions(&self) -> impl Iterator<Item = (u64, Action)> {
        self.placed.iter().map(|placed| (placed.step, placed.action))
    }

    /// The script that leads to what was done last: what was opened, and what was done since.
    #[must_use]
    pub fn script(&self) -> String {
        self.continued(self.source.clone(), self.source_end, u64::MAX).0
    }

    /// The same, with the time that has passed since: it leads to the latest moment that was reached.
    #[must_use]
    pub fn whole_script(&self) -> String {
        let (mut script, (_, end)) = (self.script(), self.reach());
        let last = self.placed.last().map_or(self.source_end.1, |placed| placed.at.max(self.source_end.1));
        if end > last {
            if !script.is_empty() {
                script.push('\n');
            }
            script.push_str(&Statement::Run(end.since(last)).to_string());
        }
        script
    }

    /// What was done up to a step, written anew from the beginning; and the moment to which that leads.
    pub(super) fn rewritten(&self, through: u64) -> (String, (u64, Micros)) {
        self.continued(opening_line(&self.config), (0, Micros(0)), through)
    }

    /// Of a script that stopped, only what ran counts once something is done after it.
    pub(super) fn keep_what_ran(&mut self) {
        match self.stopped.take() {
            None => {}
            Some(Failure { line, what: FailureKind::Unmet(_), .. }) => {
                let ran: Vec<&str> = self.source.lines().take(line.saturating_sub(1) as usize).collect();
                self.source = ran.join("\n").trim_end().to_owned();
            }
            Some(_) => (self.source, self.source_end) = self.rewritten(self.step),
        }
    }

    /// A text that leads to a moment, with what was done since, up to a step; and the moment to which that leads.
    fn continued(&self, mut text: String, mut from: (u64, Micros), through: u64) -> (String, (u64, Micros)) {
        let start = from.0;
        for placed in self.placed.iter().filter(|placed| placed.step > start && placed.step <= through) {
            let mut line = |statement: Statement| {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&statement.to_string());
            };
            let (before, waited) = (placed.step - 1, placed.at.since(from.1));
            if !placed.settled {
                let count = self.history.visible_between(from.0, before);
                if count > 0 {
                    line(Statement::Step(count));
                }
            } else if waited > Micros(0) || before > from.0 {
                line(Statement::Run(waited));
            }
            line(Statement::Act(placed.action));
            from = (placed.step, placed.at);
        }
        (text, from)
    }
}

/// The first line of a script, where the cluster is not the default one.
pub(super) fn opening_line(config: &ClusterConfig) -> String {
    if *config == ClusterConfig::default() { String::new() } else { ClusterLine(config).to_string() }
}
