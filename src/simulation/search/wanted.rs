//! What a search looks for.

use crate::simulation::{Invariant, Promise, ReadVerdict, Standing, World};

/// What a search looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Anything that must never happen.
    Anything,
    /// One thing that must never happen.
    Violation(Invariant),
    /// A leader that another has replaced promises something, though the new one is in office.
    PromisedByDeposed,
    /// A customer reads, and does not see a booking that they had been promised.
    OwnBookingUnseen,
    /// Anybody reads, and does not see a booking that had been promised.
    PromiseUnseen,
}

impl Wanted {
    /// Whether it takes the state before as well to see it happen.
    pub(super) fn compares(self) -> bool {
        self == Self::PromisedByDeposed
    }

    /// Whether it happens with the step from one state of a world without time to the next.
    pub(super) fn happens(self, before: Option<&World>, after: &World) -> bool {
        let Some(before) = before.filter(|_| self.compares()) else { return self.has_happened(after) };
        let new = |promise: &Promise| before.promises().of(promise.request.id) != Some(promise);
        after.deciding() == before.deciding()
            && after.promises().all().any(|promise| promise.standing == Standing::Lost && new(promise))
            && after.promises().all().count() > before.promises().all().count()
    }

    /// Whether it has happened.
    #[must_use]
    pub fn has_happened(self, world: &World) -> bool {
        let judged = |unseen: &dyn Fn(&ReadVerdict) -> bool| {
            world.reads().tickets().iter().filter_map(|ticket| ticket.verdict.as_deref()).any(unseen)
        };
        match self {
            Self::Anything => !world.checker().broken().is_empty(),
            Self::Violation(invariant) => world.checker().broken().contains(&invariant),
            // Lost from the beginning.
            Self::PromisedByDeposed => {
                let mut promises = world.promises().all();
                promises.any(|promise| promise.standing == Standing::Lost && promise.since == promise.made_at)
            }
            Self::OwnBookingUnseen => judged(&|verdict| verdict.unseen.is_some()),
            Self::PromiseUnseen => judged(&|verdict| {
                let mut promises = world.promises().all();
                !verdict.fresh && promises.any(|promise| promise.position.index > verdict.applied.index)
            }),
        }
    }
}
