//! What was done, written down as the script that does it again.

use super::Timeline;
use crate::simulation::{ClusterConfig, Micros};
use crate::teaching::script::{ClusterLine, Statement};

impl Timeline {
    /// The script that leads to what was done last: what was opened, and what was done since.
    #[must_use]
    pub fn script(&self) -> String {
        self.written(u64::MAX)
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

    pub(super) fn written(&self, through: u64) -> String {
        let mut text = self.source.clone();
        let mut from = self.source_end;
        if through < from.0 {
            text = opening_line(&self.config);
            from = (0, Micros(0));
        }
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
        text
    }
}

/// The first line of a script, where the cluster is not the default one.
pub(super) fn opening_line(config: &ClusterConfig) -> String {
    if *config == ClusterConfig::default() { String::new() } else { ClusterLine(config).to_string() }
}
