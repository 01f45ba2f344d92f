//! The line that may begin a script: the configuration that a run starts from.

use super::cursor::{Cursor, Parsed};
use super::settings::{batch, bound, commit_rule, flow, position, read_routing, throttle, timeout};
use crate::replication::{FlowKey, Switch};
use crate::simulation::ClusterConfig;

/// One key of the line.
#[derive(Clone, Copy)]
enum Key {
    Ack,
    Sync,
    Timeout,
    Bound,
    Batch,
    Flow(FlowKey),
    Throttle,
    Pipeline,
    Reads,
    Replicas,
    Shards,
    Seed,
    Switch(Switch),
}

/// Every key.
const KEYS: &[(&str, Key)] = &[
    ("ack", Key::Ack),
    ("sync", Key::Sync),
    ("timeout", Key::Timeout),
    ("bound", Key::Bound),
    ("batch", Key::Batch),
    ("retain", Key::Flow(FlowKey::Retain)),
    ("window", Key::Flow(FlowKey::Window)),
    ("chunk", Key::Flow(FlowKey::Chunk)),
    ("throttle", Key::Throttle),
    ("pipeline", Key::Pipeline),
    ("reads", Key::Reads),
    ("replicas", Key::Replicas),
    ("shards", Key::Shards),
    ("seed", Key::Seed),
    ("failover", Key::Switch(Switch::Failover)),
    ("terms", Key::Switch(Switch::Terms)),
    ("lease", Key::Switch(Switch::Lease)),
    ("gateway-token", Key::Switch(Switch::GatewayToken)),
];

/// The rest of the line after the word `cluster`.
pub(super) fn cluster(cursor: &mut Cursor<'_>) -> Parsed<ClusterConfig> {
    let mut config = ClusterConfig::default();
    let mut given = Vec::new();
    while !cursor.at_end() {
        match cursor.setting(KEYS, &mut given)? {
            Key::Ack => config.ack = commit_rule(cursor)?,
            Key::Sync => config.sync = cursor.node_set()?,
            Key::Timeout => config.timeout = timeout(cursor)?,
            Key::Bound => config.limits.bound = bound(cursor)?,
            Key::Batch => config.limits.batch = batch(cursor)? as usize,
            Key::Flow(key) => config.limits.flow.set(key, flow(cursor, key)?),
            Key::Throttle => config.limits.throttle = throttle(cursor)?,
            Key::Replicas => config.replicas = cursor.one("number of replicas", [("3", 3), ("5", 5)])?,
            Key::Shards => config.shards = cursor.one("number of shards", [("1", 1), ("2", 2)])?,
            Key::Pipeline => config.pipeline = cursor.one("setting", [("on", true), ("off", false)])?,
            Key::Reads => config.reads = read_routing(cursor)?,
            Key::Seed => config.seed = cursor.number("a seed", 0..=u64::MAX)?,
            Key::Switch(switch) => config.switches = config.switches.set(switch, position(cursor, switch)?),
        }
    }
    cursor.ask_settings(KEYS, &given);
    Ok(config)
}
