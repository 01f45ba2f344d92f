//! The graded items of a lesson, and how they are called.

use super::{Lesson, Part};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A part of a lesson: which step, and which part of it, from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The step.
    pub step: usize,
    /// The part of that step.
    pub part: usize,
}

/// What kind of thing a learner is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// To say what will happen.
    Predict,
    /// To reach a goal.
    Do,
    /// To find out what went wrong.
    Diagnose,
}

/// A graded item: its kind, and how many of its kind there are up to it. So it keeps its name when prose is mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Item {
    /// Of which kind.
    pub kind: ItemKind,
    /// Its number among those of its kind, from 1.
    pub number: u32,
}

impl ItemKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Predict, Self::Do, Self::Diagnose];

    /// The word that lessons use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Predict => "predict",
            Self::Do => "do",
            Self::Diagnose => "diagnose",
        }
    }
}

impl Item {
    /// The item that is written so, as `predict-2`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, number) = text.split_once('-')?;
        let kind = ItemKind::ALL.into_iter().find(|it| it.name() == kind)?;
        let written = !number.starts_with(['0', '+']);
        number.parse().ok().filter(|_| written).map(|number| Self { kind, number })
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.kind.name(), self.number)
    }
}

impl Part {
    /// What a learner is asked here, if anything.
    #[must_use]
    pub fn kind(&self) -> Option<ItemKind> {
        match self {
            Self::Predict(_) => Some(ItemKind::Predict),
            Self::Do(_) => Some(ItemKind::Do),
            Self::Diagnose(_) => Some(ItemKind::Diagnose),
            Self::Prose(_) | Self::Cycle(_) | Self::Scenario(_) => None,
        }
    }
}

impl Lesson {
    /// Every part, in order.
    pub fn parts(&self) -> impl Iterator<Item = (Place, &Part)> {
        self.steps
            .iter()
            .enumerate()
            .flat_map(|(step, it)| it.parts.iter().enumerate().map(move |(part, it)| (Place { step, part }, it)))
    }

    /// Every graded item, in order.
    pub fn items(&self) -> impl Iterator<Item = (Item, Place, &Part)> {
        let mut counts = [0; ItemKind::ALL.len()];
        self.parts().filter_map(move |(place, part)| {
            let kind = part.kind()?;
            let number = &mut counts[kind as usize];
            *number += 1;
            Some((Item { kind, number: *number }, place, part))
        })
    }

    /// The part at a place.
    #[must_use]
    pub fn part(&self, place: Place) -> Option<&Part> {
        self.steps.get(place.step)?.parts.get(place.part)
    }
}
