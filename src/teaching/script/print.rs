//! From what a script means back to its lines. Every line is written in one way only, and reads back as the same.

use super::values::{print_duration, print_per_mille};
use super::{Answer, Condition, Fact, Script, Stage, Statement};
use crate::replication::Booking;
use crate::simulation::{Action, ClusterConfig};
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
        if config.replicas != default.replicas {
            write!(f, " replicas={}", config.replicas)?;
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
            Self::Act(action) => print_action(action, f),
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

/// What is done to the world, as a line.
fn print_action(action: &Action, f: &mut Formatter<'_>) -> Result {
    match action {
        Action::Request { request, booking, cabin, customer, at } => {
            let verb = match booking {
                Booking::Reserve => "reserve",
                Booking::Release => "release",
            };
            write!(f, "{verb} {cabin} for {customer}")?;
            if let Some(node) = at {
                write!(f, " at {node}")?;
            }
            write!(f, " as {request}")
        }
        Action::Retry(request) => write!(f, "retry {request}"),
        Action::Crash(node) => write!(f, "crash {node}"),
        Action::Restart(node) => write!(f, "restart {node}"),
        Action::Cut { from, to, both: true } => write!(f, "cut {from} {to}"),
        Action::Cut { from, to, both: false } => write!(f, "cut {from} > {to}"),
        Action::Partition(nodes) => {
            f.write_str("partition")?;
            nodes.iter().try_for_each(|node| write!(f, " {node}"))
        }
        Action::CutGateway(node) => write!(f, "cut gateway {node}"),
        Action::CutControl(node) => write!(f, "cut control {node}"),
        Action::Heal(None) => f.write_str("heal"),
        Action::Heal(Some((first, second))) => write!(f, "heal {first} {second}"),
        Action::Promote { node, force: false } => write!(f, "promote {node}"),
        Action::Promote { node, force: true } => write!(f, "promote {node} force"),
        Action::Demote(node) => write!(f, "demote {node}"),
        Action::SetAck(rule) => write!(f, "set ack={rule}"),
        Action::SetSync(nodes) => write!(f, "set sync={nodes}"),
        Action::SetTimeout(span) => write!(f, "set timeout={}", print_duration(*span)),
        Action::SetLink(first, second, settings) => {
            write!(f, "link {first} {second}")?;
            if let Some(span) = settings.latency {
                write!(f, " latency={}", print_duration(span))?;
            }
            if let Some(span) = settings.jitter {
                write!(f, " jitter={}", print_duration(span))?;
            }
            settings.loss_per_mille.map_or(Ok(()), |share| write!(f, " loss={}", print_per_mille(share)))
        }
        Action::SetDisk(node, span) => write!(f, "disk {node} fsync={}", print_duration(*span)),
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
            Self::Leader(node) => write!(f, "leader {node}"),
            Self::NoLeader => f.write_str("no leader"),
            Self::Term(term) => write!(f, "term {term}"),
            Self::Reached(node, stage, index) => write!(f, "{node} {stage} {index}"),
            Self::Committed(index) => write!(f, "committed {index}"),
            Self::Lag(node, entries) => write!(f, "{node} lag {entries}"),
            Self::Promotable(node) => write!(f, "{node} promotable"),
            Self::Role(node, role) => write!(f, "{node} role {role}"),
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
