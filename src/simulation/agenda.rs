//! What is scheduled, the first due first.

use super::Micros;
use std::collections::VecDeque;

/// Tells a scheduled event from every other. Ordered by due time, then by when it was scheduled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// Scheduled events of some kind, in order. Most come and go near one of the ends, where a queue moves little.
#[derive(Clone, Debug)]
pub struct Agenda<T> {
    waiting: VecDeque<Scheduled<T>>,
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
        Self { waiting: VecDeque::new(), sequence }
    }

    /// Schedules something. What it can be taken out by.
    pub fn add(&mut self, at: Micros, what: T) -> Due {
        self.sequence += 1;
        let due = Due { at, sequence: self.sequence };
        let place = self.waiting.partition_point(|scheduled| scheduled.due < due);
        self.waiting.insert(place, Scheduled { due, what });
        due
    }

    /// What is due first.
    #[must_use]
    pub fn first(&self) -> Option<Due> {
        self.waiting.front().map(|scheduled| scheduled.due)
    }

    /// Takes one event out.
    pub fn take(&mut self, due: Due) -> Option<T> {
        let place = match self.first() {
            Some(first) if first == due => 0,
            _ => self.waiting.binary_search_by_key(&due, |scheduled| scheduled.due).ok()?,
        };
        self.waiting.remove(place).map(|scheduled| scheduled.what)
    }

    /// Everything, the first due first.
    pub fn iter(&self) -> impl Iterator<Item = (Due, &T)> {
        self.waiting.iter().map(|scheduled| (scheduled.due, &scheduled.what))
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
        for at in 1..=5 {
            agenda.add(Micros(at), at);
        }
        let third = agenda.iter().map(|(due, _)| due).find(|due| due.at == Micros(3)).expect("it is there");
        assert_eq!(agenda.take(third), Some(3));
        assert_eq!(agenda.take(third), None);
        let left: Vec<u64> = std::iter::from_fn(|| agenda.first().and_then(|due| agenda.take(due))).collect();
        assert_eq!(left, [1, 2, 4, 5]);
    }
}
