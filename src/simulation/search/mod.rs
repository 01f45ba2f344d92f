//! The driver that tries everything: breadth first over every order of events that the budgets of a world without time
//! allow. It answers whether something that must never happen can, and if so, by the shortest way.
//!
//! It keeps a fingerprint of each state, and for each the state before it and the step that led there; whole worlds it
//! keeps only of states that are still to be looked at. What is left out of a state, and which steps there are, is the
//! world's affair (`world::untimed`), so that any other checker of the same world sees the same.

mod seen;
mod trace;
mod wanted;

pub use seen::Fingerprint;
pub use trace::{Begun, Traced, What, trace};
pub use wanted::Wanted;

use super::{Budgets, ClusterConfig, Step, World};
use seen::Seen;
use std::collections::VecDeque;
use std::hash::{Hash, Hasher};

/// A search under way. It does as much at a time as it is told to.
#[derive(Clone, Debug)]
pub struct Search {
    start: World,
    wanted: Wanted,
    seen: Seen,
    /// How each state came about, in the order in which they were met; the first is the beginning.
    origins: Vec<Origin>,
    /// The states to look at next, with their numbers.
    ahead: VecDeque<(u32, World)>,
    transitions: u64,
    found: Option<u32>,
}

/// The state before, and which of the steps that were possible there.
#[derive(Clone, Copy, Debug)]
struct Origin {
    before: u32,
    choice: u16,
}

/// What is known so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// There is more to look at.
    Open,
    /// It cannot happen: every state was looked at.
    Never,
    /// It can, in so many steps and no fewer.
    Found {
        /// How many.
        steps: usize,
    },
}

impl Search {
    /// Looks for something in every order of events that the budgets allow.
    #[must_use]
    pub fn new(config: ClusterConfig, budgets: Budgets, wanted: Wanted) -> Self {
        Self::from(World::untimed(config, budgets), wanted)
    }

    /// Looks for something from a world without time on.
    #[must_use]
    pub fn from(start: World, wanted: Wanted) -> Self {
        let mut seen = Seen::new();
        seen.insert(fingerprint(&start));
        let origins = vec![Origin { before: 0, choice: 0 }];
        let ahead = VecDeque::from([(0, start.clone())]);
        Self { start, wanted, seen, origins, ahead, transitions: 0, found: None }
    }

    /// Looks at so many states more, at most; stops where something is found.
    pub fn advance(&mut self, states: usize) -> Finding {
        let mut records = Vec::new();
        for _ in 0..states {
            if self.found.is_some() {
                break;
            }
            let Some((number, world)) = self.ahead.pop_front() else { break };
            let steps = world.enabled();
            let (mut world, count) = (Some(world), steps.len());
            self.transitions += steps.len() as u64;
            for (choice, step) in (0..).zip(steps) {
                // The last step may have the world itself, if nobody has to look back at it.
                let goes = usize::from(choice) + 1 == count && !self.wanted.compares();
                let Some(mut next) = (if goes { world.take() } else { world.clone() }) else { break };
                next.take(step, &mut records);
                let found = self.wanted.happens(world.as_ref(), &next);
                if !self.seen.insert(fingerprint(&next)) && !found {
                    continue;
                }
                let name = u32::try_from(self.origins.len()).unwrap_or(u32::MAX);
                self.origins.push(Origin { before: number, choice });
                self.ahead.push_back((name, next));
                if found {
                    self.found = Some(name);
                    break;
                }
            }
        }
        self.finding()
    }

    /// What is known so far.
    #[must_use]
    pub fn finding(&self) -> Finding {
        match self.found {
            Some(number) => Finding::Found { steps: self.choices(number).len() },
            None if self.ahead.is_empty() => Finding::Never,
            None => Finding::Open,
        }
    }

    /// How many different states were met.
    #[must_use]
    pub fn states(&self) -> usize {
        self.origins.len()
    }

    /// How many of them are still to be looked at.
    #[must_use]
    pub fn ahead(&self) -> usize {
        self.ahead.len()
    }

    /// How many steps were tried.
    #[must_use]
    pub fn transitions(&self) -> u64 {
        self.transitions
    }

    /// How many steps lead to the state that is looked at next, and no fewer.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.ahead.front().map_or(0, |(number, _)| self.choices(*number).len())
    }

    /// What is looked for.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        self.wanted
    }

    /// The world that the search began with.
    #[must_use]
    pub fn start(&self) -> &World {
        &self.start
    }

    /// The steps that lead to what was found.
    #[must_use]
    pub fn path(&self) -> Option<Vec<Step>> {
        let mut world = self.start.clone();
        let mut steps = Vec::new();
        for choice in self.choices(self.found?) {
            let step = *world.enabled().get(usize::from(choice))?;
            world.take(step, &mut Vec::new());
            steps.push(step);
        }
        Some(steps)
    }

    fn choices(&self, number: u32) -> Vec<u16> {
        let mut choices = Vec::new();
        let mut number = number;
        while number > 0 {
            let Origin { before, choice } = self.origins[number as usize];
            choices.push(choice);
            number = before;
        }
        choices.reverse();
        choices
    }
}

/// What a search remembers of a state.
#[must_use]
pub fn fingerprint(world: &World) -> u64 {
    let mut hasher = Fingerprint::default();
    world.hash(&mut hasher);
    hasher.finish()
}
