//! The queryable state: who has which cabin, and which requests have been carried out.

use super::{Booking, Cabin, Command, CustomerId, Entry, Position, RequestId, Table};

/// What applying the log up to some entry leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Bookings {
    holders: Table<(Cabin, CustomerId)>,
    /// Only a request that was carried out is remembered: its id travels in the entry.
    carried_out: Table<(RequestId, Position)>,
}

impl Bookings {
    /// The state in which these cabins are taken.
    #[must_use]
    pub fn taken(holders: impl IntoIterator<Item = (Cabin, CustomerId)>) -> Self {
        Self { holders: holders.into_iter().collect(), carried_out: Table::new() }
    }

    /// Shares with another node's what is the same in both.
    pub fn share_with(&mut self, other: &Self) {
        self.holders.share_with(&other.holders);
        self.carried_out.share_with(&other.carried_out);
    }

    /// Takes one entry into account.
    pub fn apply(&mut self, entry: &Entry) {
        let Command::Booking { booking, cabin, customer, request } = entry.command else { return };
        match booking {
            Booking::Reserve => self.holders.insert((cabin, customer)),
            Booking::Release => self.holders.remove(cabin),
        };
        self.carried_out.insert((request, entry.position()));
    }

    /// How many rows it consists of.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.holders.len() + self.carried_out.len()
    }

    /// At most `count` of its rows, after the first `from`.
    #[must_use]
    pub fn part(&self, from: usize, count: usize) -> Self {
        let holders: Table<_> = self.holders.iter().skip(from).take(count).copied().collect();
        let (from, count) = (from.saturating_sub(self.holders.len()), count - holders.len());
        Self { holders, carried_out: self.carried_out.iter().skip(from).take(count).copied().collect() }
    }

    /// Adds the rows of a part.
    pub fn absorb(&mut self, part: &Self) {
        self.holders.extend(part.holders.iter().copied());
        self.carried_out.extend(part.carried_out.iter().copied());
    }

    /// Who has a cabin.
    #[must_use]
    pub fn holder(&self, cabin: Cabin) -> Option<CustomerId> {
        self.holders.get(cabin).map(|(_, customer)| *customer)
    }

    /// Where a request was carried out.
    #[must_use]
    pub fn carried_out(&self, request: RequestId) -> Option<Position> {
        self.carried_out.get(request).map(|(_, position)| *position)
    }

    /// Whether a change may be made: a cabin can be reserved while it is free, and released by its holder.
    #[must_use]
    pub fn allows(&self, booking: Booking, cabin: Cabin, customer: CustomerId) -> bool {
        match (booking, self.holder(cabin)) {
            (Booking::Reserve, holder) => holder.is_none(),
            (Booking::Release, holder) => holder == Some(customer),
        }
    }

    /// Whether it owns everything together with another; for tests.
    #[cfg(test)]
    pub(super) fn is_one_with(&self, other: &Self) -> bool {
        self.holders.is_one_with(&other.holders) && self.carried_out.is_one_with(&other.carried_out)
    }
}
