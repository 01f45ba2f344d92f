//! The driver that goes by due time: what is due first happens first.

use super::{Micros, Record, Step, World};

/// Makes the next due event happen. Whether there was one.
pub fn step(world: &mut World, records: &mut Vec<Record>) -> bool {
    let Some((due, _)) = world.next_due() else { return false };
    world.take(Step::Due(due), records);
    true
}

/// Makes everything happen that is due by `end`, and lets the clock show `end`.
pub fn run_until(world: &mut World, end: Micros, records: &mut Vec<Record>) {
    while world.next_due().is_some_and(|(_, at)| at <= end) {
        step(world, records);
    }
    world.wait_until(end);
}
