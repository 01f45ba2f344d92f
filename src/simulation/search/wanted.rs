//! What a search looks for.

use crate::simulation::{Invariant, ReadVerdict, World};

/// What a search looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Anything that must never happen.
    Anything,
    /// One thing that must never happen.
    Violation(Invariant),
    /// A customer reads, and does not see a booking that they had been promised.
    OwnBookingUnseen,
    /// Anybody reads, and does not see a booking that had been promised.
    PromiseUnseen,
}

impl Wanted {
    /// Whether it has happened.
    #[must_use]
    pub fn has_happened(self, world: &World) -> bool {
        let judged = |unseen: &dyn Fn(&ReadVerdict) -> bool| {
            world.reads().tickets().iter().filter_map(|ticket| ticket.verdict.as_deref()).any(unseen)
        };
        match self {
            Self::Anything => !world.checker().broken().is_empty(),
            Self::Violation(invariant) => world.checker().broken().contains(&invariant),
            Self::OwnBookingUnseen => judged(&|verdict| verdict.unseen.is_some()),
            Self::PromiseUnseen => judged(&|verdict| {
                let mut promises = world.promises().all();
                !verdict.fresh && promises.any(|promise| promise.position.index > verdict.applied.index)
            }),
        }
    }
}
