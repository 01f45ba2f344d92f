//! The line that may begin a script: the configuration that a run starts from.

use super::commands::{commit_rule, position, read_routing, timeout};
use super::cursor::{Cursor, Parsed};
use crate::replication::Switch;
use crate::simulation::ClusterConfig;

/// One key of the line.
#[derive(Clone, Copy)]
enum Key {
    Ack,
    Sync,
    Timeout,
    Pipeline,
    Reads,
    Replicas,
    Seed,
    Switch(Switch),
}

/// Every key.
const KEYS: [(&str, Key); 11] = [
    ("ack", Key::Ack),
    ("sync", Key::Sync),
    ("timeout", Key::Timeout),
    ("pipeline", Key::Pipeline),
    ("reads", Key::Reads),
    ("replicas", Key::Replicas),
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
        match cursor.setting(&KEYS, &mut given)? {
            Key::Ack => config.ack = commit_rule(cursor)?,
            Key::Sync => config.sync = cursor.node_set()?,
            Key::Timeout => config.timeout = timeout(cursor)?,
            Key::Pipeline => config.pipeline = cursor.one("setting", [("on", true), ("off", false)])?,
            Key::Reads => config.reads = read_routing(cursor)?,
            Key::Replicas => only(cursor, "3")?,
            Key::Seed => config.seed = cursor.number("a seed", 0..=u64::MAX)?,
            Key::Switch(switch) => config.switches = config.switches.set(switch, position(cursor, switch)?),
        }
    }
    cursor.ask_settings(&KEYS, &given);
    Ok(config)
}

/// The only value that a key has so far.
fn only(cursor: &mut Cursor<'_>, value: &'static str) -> Parsed<()> {
    match cursor.accept_one([(value, ())]) {
        Some(()) => Ok(()),
        None => Err(cursor.fail("is not available yet")),
    }
}
