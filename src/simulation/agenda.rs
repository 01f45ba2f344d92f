//! What is scheduled, the first due first.

use super::Micros;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Tells a scheduled event from every other. Ordered by due time, then by when it was scheduled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Due {
    /// When it is due.
    pub at: Micros,
    sequence: u64,
}

impl Due {
    /// Its number among everything that was scheduled.
    #[must_use]
    pub fn sequence(self) -> u64 {
        self.sequence
    }
}

/// Scheduled events of some kind.
#[derive(Clone, Debug)]
pub struct Agenda<T> {
    heap: BinaryHeap<Scheduled<T>>,
    sequence: u64,
}

#[derive(Clone, Debug)]
struct Scheduled<T> {
    due: Due,
    what: T,
}

impl<T> Agenda<T> {
    /// Nothing scheduled.
    #[must_use]
    pub fn new() -> Self {
        Self::after(0)
    }

    /// Nothing scheduled; the numbers of what will be follow on this one.
    #[must_use]
    pub fn after(sequence: u64) -> Self {
        Self { heap: BinaryHeap::new(), sequence }
    }

    /// Schedules something.
    pub fn add(&mut self, at: Micros, what: T) {
        self.sequence += 1;
        self.heap.push(Scheduled { due: Due { at, sequence: self.sequence }, what });
    }

    /// What is due first.
    #[must_use]
    pub fn first(&self) -> Option<Due> {
        self.heap.peek().map(|scheduled| scheduled.due)
    }

    /// Takes one event out: quickly if it is the first.
    pub fn take(&mut self, due: Due) -> Option<T> {
        if self.first() == Some(due) {
            return self.heap.pop().map(|scheduled| scheduled.what);
        }
        let mut all = std::mem::take(&mut self.heap).into_vec();
        let place = all.iter().position(|scheduled| scheduled.due == due);
        let taken = place.map(|place| all.swap_remove(place).what);
        self.heap = all.into();
        taken
    }

    /// Everything, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (Due, &T)> {
        self.heap.iter().map(|scheduled| (scheduled.due, &scheduled.what))
    }
}

impl<T> PartialEq for Scheduled<T> {
    fn eq(&self, other: &Self) -> bool {
        self.due == other.due
    }
}

impl<T> Eq for Scheduled<T> {}

impl<T> PartialOrd for Scheduled<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The heap gives the greatest first, so what is due sooner is greater.
impl<T> Ord for Scheduled<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.due.cmp(&self.due)
    }
}

#[cfg(test)]
mod tests {
    use super::{Agenda, Micros};

    #[test]
    fn what_is_due_first_comes_first_and_ties_keep_their_order() {
        let mut agenda = Agenda::new();
        for (at, what) in [(5, 'c'), (1, 'a'), (5, 'd'), (1, 'b')] {
            agenda.add(Micros(at), what);
        }
        let taken: Vec<char> = std::iter::from_fn(|| agenda.first().and_then(|due| agenda.take(due))).collect();
        assert_eq!(taken, ['a', 'b', 'c', 'd']);
    }

    #[test]
    fn any_event_can_be_taken_out_once() {
        let mut agenda = Agenda::new();
        (1..=5).for_each(|at| agenda.add(Micros(at), at));
        let third = agenda.iter().map(|(due, _)| due).find(|due| due.at == Micros(3)).expect("it is there");
        assert_eq!(agenda.take(third), Some(3));
        assert_eq!(agenda.take(third), None);
        let left: Vec<u64> = std::iter::from_fn(|| agenda.first().and_then(|due| agenda.take(due))).collect();
        assert_eq!(left, [1, 2, 4, 5]);
    }
}
