//! What a [`Watch`](crate::teaching::diagram::Watch) needs of a run to follow it with a world of its own.

use super::{Timeline, advance};
use crate::simulation::{Micros, Record, World};
use crate::teaching::diagram::Turns;

impl Timeline {
    /// Where someone begins who wants to see what happens from a moment on, as near to it as can be: after which step, and
    /// when. What lies far before the present moment is out of reach.
    pub(in crate::teaching) fn checkpoint(&self, at: Micros) -> (u64, Micros) {
        self.history.began(self.history.place_of(at))
    }

    /// The step of that checkpoint, and the world as it was then.
    pub(in crate::teaching) fn start_at(&self, at: Micros) -> (u64, World) {
        self.history.start_of(self.history.place_of(at))
    }

    /// Takes the step after so many others in a copy of the world, if there has ever been one, and no later than `end`.
    /// Whether there was.
    pub(in crate::teaching) fn advance_copy(
        &self,
        world: &mut World,
        steps: u64,
        end: Micros,
        left: &mut Vec<Record>,
    ) -> bool {
        steps < self.reach.0 && advance(world, steps, &self.placed, Some(end), left)
    }

    /// How often what came after a moment was dropped: as long as it is the same, what has happened stays as it was.
    pub(in crate::teaching) fn dropped(&self) -> u64 {
        self.dropped
    }

    /// What each node was, the future included.
    pub(in crate::teaching) fn turns(&self) -> &Turns {
        &self.turns
    }
}
