//! From what a script means back to its lines. Every line is written in one way only, and reads back as the same.

use super::{Answer, Condition, Fact, Script, Stage, Statement};
use crate::replication::{FlowKey, Switch};
use crate::simulation::{ClusterConfig, Micros, print_duration, print_per_mille};
use std::fmt::{Display, Formatter, Result};

impl Display for Script {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if self.cluster != ClusterConfig::default() {
            writeln!(f, "{}", ClusterLine(&self.cluster))?;
        }
        self.lines.iter().try_for_each(|line| writeln!(f, "{}", line.statement))
    }
}

/// The first line of a script with this configuration; it names what differs from the default.
#[derive(Clone, Copy, Debug)]
pub struct ClusterLine<'a>(pub &'a ClusterConfig);

impl Display for ClusterLine<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let (config, default) = (self.0, ClusterConfig::default());
        f.write_str("cluster")?;
        if config.ack != default.ack {
            write!(f, " ack={}", config.ack)?;
        }
        if config.sync != default.sync {
            write!(f, " sync={}", config.sync)?;
        }
        if config.timeout != default.timeout {
            write!(f, " timeout={}", print_duration(config.timeout))?;
        }
        if config.limits.bound != default.limits.bound {
            write!(f, " bound={}", config.limits.bound)?;
        }
        if let Some(span) = config.limits.throttle {
            write!(f, " throttle={}", print_duration(span))?;
        }
        if config.limits.batch != default.limits.batch {
            write!(f, " batch={}", config.limits.batch)?;
        }
        for key in FlowKey::ALL {
            let value = config.limits.flow.get(key);
            if value != default.limits.flow.get(key) {
                write!(f, " {}={value}", key.name())?;
            }
        }
        if config.pipeline != default.pipeline {
            f.write_str(" pipeline=off")?;
        }
        if config.reads != default.reads {
            write!(f, " reads={}", config.reads.name())?;
        }
        for switch in Switch::ALL {
            let on = config.switches.has(switch);
            if on != default.switches.has(switch) {
                f.write_str(" ")?;
                switch.print(on, f)?;
            }
        }
        if config.replicas != default.replicas {
            write!(f, " replicas={}", config.replicas)?;
        }
        if config.shards != default.shards {
            write!(f, " shards={}", config.shards)?;
        }
        if config.seed != default.seed {
            write!(f, " seed={}", config.seed)?;
        }
        Ok(())
    }
}

impl Display for Statement {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Act(action) => action.fmt(f),
            Self::Run(span) => write!(f, "run {}", print_duration(*span)),
            Self::RunUntil { condition, within: None } => write!(f, "run until {condition}"),
            Self::RunUntil { condition, within: Some(span) } => {
                write!(f, "run until {condition} within {}", print_duration(*span))
            }
            Self::Step(1) => f.write_str("step"),
            Self::Step(count) => write!(f, "step {count}"),
            Self::Expect(condition) => write!(f, "expect {condition}"),
        }
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let not = if self.negated { "not " } else { "" };
        write!(f, "{not}{}", self.fact)
    }
}

impl Display for Fact {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Answered(request, answer) => write!(f, "{request} {answer}"),
            Self::Kept(request) => write!(f, "{request} kept"),
            Self::Lost(request) => write!(f, "{request} lost"),
            Self::Read(read, fact) => write!(f, "{read} {}", fact.name()),
            Self::Leader(node) => write!(f, "leader {node}"),
            Self::NoLeader => f.write_str("no leader"),
            Self::Term(term) => write!(f, "term {term}"),
            Self::Reached(node, stage, index) => write!(f, "{node} {stage} {index}"),
            Self::Committed(index) => write!(f, "committed {index}"),
            Self::NeedsSnapshot(node) => write!(f, "{node} needs snapshot"),
            Self::Lag(node, entries) => write!(f, "{node} lag {entries}"),
            Self::LagTime(node, span) => write!(f, "{node} lag {}", print_duration(*span)),
            Self::MeetsObjective(node) => write!(f, "{node} meets objective"),
            Self::Promotable(node) => write!(f, "{node} promotable"),
            Self::Role(node, role) => write!(f, "{node} role {role}"),
            Self::Busy(node, share) => write!(f, "{node} busy {}", print_per_mille(*share)),
            Self::Measured(measure, least) if measure.is_duration() => {
                write!(f, "{} {}", measure.name(), print_duration(Micros(*least)))
            }
            Self::Measured(measure, least) => write!(f, "{} {least}", measure.name()),
            Self::RolledBack(entries) => write!(f, "rolled-back {entries}"),
            Self::Violation(invariant) => write!(f, "violation {invariant}"),
            Self::NoViolation => f.write_str("no violation"),
        }
    }
}

impl Display for Answer {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad(self.name())
    }
}

impl Display for Stage {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad(self.name())
    }
}
