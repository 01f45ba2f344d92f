//! The settings: what can be said with a key, an equals sign and a value, while the cluster runs or in the first line.

use super::Statement;
use super::commands::{node, two_nodes};
use super::cursor::{Cursor, Parsed};
use crate::replication::{CommitRule, Flow, FlowKey, Index, Switch};
use crate::simulation::{Action, CpuCost, LinkSettings, Micros, ReadRouting};

/// The value of `ack=`.
pub(super) fn commit_rule(cursor: &mut Cursor<'_>) -> Parsed<CommitRule> {
    cursor.one("commit rule", CommitRule::ALL.map(|rule| (rule.name(), rule)))
}

/// The value of `timeout=`.
pub(super) fn timeout(cursor: &mut Cursor<'_>) -> Parsed<Micros> {
    cursor.duration(Micros::from_millis(1))
}

/// The value of `bound=`.
pub(super) fn bound(cursor: &mut Cursor<'_>) -> Parsed<Index> {
    cursor.number("a number of entries", 1..=1_000_000).map(|number| number as Index)
}

/// The value of `throttle=`, and of an objective's `lag=`.
pub(super) fn throttle(cursor: &mut Cursor<'_>) -> Parsed<Option<Micros>> {
    if cursor.accept("off") { Ok(None) } else { cursor.duration(Micros::from_millis(1)).map(Some) }
}

/// The value of `batch=`.
pub(super) fn batch(cursor: &mut Cursor<'_>) -> Parsed<u32> {
    Ok(cursor.number("a number of entries", 1..=10_000)? as u32)
}

/// The value of a key of flow control.
pub(super) fn flow(cursor: &mut Cursor<'_>, key: FlowKey) -> Parsed<u32> {
    Ok(cursor.number("a number", key.least().into()..=Flow::MOST.into())? as u32)
}

/// The value of a switch's key.
pub(super) fn position(cursor: &mut Cursor<'_>, switch: Switch) -> Parsed<bool> {
    let [off, on] = switch.values();
    cursor.one("position of this switch", [(off, false), (on, true)])
}

/// The value of `reads=`.
pub(super) fn read_routing(cursor: &mut Cursor<'_>) -> Parsed<ReadRouting> {
    cursor.one("routing of reads", ReadRouting::ALL.map(|routing| (routing.name(), routing)))
}

/// The rest of `link N N …`.
pub(super) fn link(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    #[derive(Clone, Copy)]
    enum Setting {
        Latency,
        Jitter,
        Loss,
        Duplicate,
        Reorder,
        Bandwidth,
    }
    const SETTINGS: [(&str, Setting); 6] = [
        ("latency", Setting::Latency),
        ("jitter", Setting::Jitter),
        ("loss", Setting::Loss),
        ("duplicate", Setting::Duplicate),
        ("reorder", Setting::Reorder),
        ("bandwidth", Setting::Bandwidth),
    ];
    let (first, second) = two_nodes(cursor)?;
    let mut settings = LinkSettings::default();
    let mut given = Vec::new();
    while given.is_empty() || !cursor.at_end() {
        match cursor.setting(&SETTINGS, &mut given)? {
            Setting::Latency => settings.latency = Some(cursor.duration(Micros(0))?),
            Setting::Jitter => settings.jitter = Some(cursor.duration(Micros(0))?),
            Setting::Loss => settings.loss_per_mille = Some(cursor.per_mille()?),
            Setting::Duplicate => settings.duplicate_per_mille = Some(cursor.per_mille()?),
            Setting::Reorder => settings.reorder_per_mille = Some(cursor.per_mille()?),
            Setting::Bandwidth => settings.bandwidth = Some(cursor.bandwidth()?),
        }
    }
    cursor.ask_settings(&SETTINGS, &given);
    Ok(Statement::Act(Action::SetLink(first, second, settings)))
}

/// The rest of `cpu N …`.
pub(super) fn cpu(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    const SETTINGS: [(&str, bool); 2] = [("entry", true), ("message", false)];
    let node = node(cursor)?;
    let mut cost = CpuCost::default();
    let mut given = Vec::new();
    while given.is_empty() || !cursor.at_end() {
        let price = if cursor.setting(&SETTINGS, &mut given)? { &mut cost.entry } else { &mut cost.message };
        *price = cursor.duration(Micros(0))?;
    }
    cursor.ask_settings(&SETTINGS, &given);
    Ok(Statement::Act(Action::SetCpu(node, cost)))
}

/// The rest of `set …`.
pub(super) fn set(cursor: &mut Cursor<'_>) -> Parsed<Action> {
    #[derive(Clone, Copy)]
    enum Setting {
        Ack,
        Sync,
        Timeout,
        Bound,
        Batch,
        Flow(FlowKey),
        Throttle,
        Reads,
        Switch(Switch),
    }
    let settings = [
        ("ack", Setting::Ack),
        ("sync", Setting::Sync),
        ("timeout", Setting::Timeout),
        ("bound", Setting::Bound),
        ("batch", Setting::Batch),
        ("retain", Setting::Flow(FlowKey::Retain)),
        ("window", Setting::Flow(FlowKey::Window)),
        ("chunk", Setting::Flow(FlowKey::Chunk)),
        ("throttle", Setting::Throttle),
        ("reads", Setting::Reads),
        ("failover", Setting::Switch(Switch::Failover)),
        ("terms", Setting::Switch(Switch::Terms)),
        ("lease", Setting::Switch(Switch::Lease)),
        ("gateway-token", Setting::Switch(Switch::GatewayToken)),
    ];
    Ok(match cursor.setting(&settings, &mut Vec::new())? {
        Setting::Ack => Action::SetAck(commit_rule(cursor)?),
        Setting::Sync => Action::SetSync(cursor.node_set()?),
        Setting::Timeout => Action::SetTimeout(timeout(cursor)?),
        Setting::Bound => Action::SetBound(bound(cursor)?),
        Setting::Throttle => Action::SetThrottle(throttle(cursor)?),
        Setting::Batch => Action::SetBatch(batch(cursor)?),
        Setting::Flow(key) => Action::SetFlow(key, flow(cursor, key)?),
        Setting::Reads => Action::SetReads(read_routing(cursor)?),
        Setting::Switch(switch) => Action::SetSwitch(switch, position(cursor, switch)?),
    })
}
