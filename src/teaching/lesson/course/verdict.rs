//! What came of what a person did: of an answer, and of an exercise so far.

use crate::teaching::lesson::judge::{Goal, Judged, Prediction};
use crate::teaching::why::Explanation;

/// What came of the last answer to an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A prediction was made.
    Predicted {
        /// Which choice was taken.
        chosen: usize,
        /// Which choice holds.
        right: usize,
        /// What came of each.
        choices: Vec<Judged>,
        /// What is so, as the choice that holds says.
        so: Vec<String>,
    },
    /// A cause was named.
    Diagnosed {
        /// Which.
        chosen: usize,
        /// Under its fix, nothing is wrong.
        healthy: bool,
        /// What is wrong under its fix.
        told: Vec<String>,
        /// What the core says of the run that went wrong, once its cause is found.
        why: Option<Explanation>,
    },
}

impl Verdict {
    /// Whether the answer was right.
    #[must_use]
    pub fn is_right(&self) -> bool {
        match self {
            Self::Predicted { chosen, right, .. } => chosen == right,
            Self::Diagnosed { healthy, .. } => *healthy,
        }
    }

    pub(super) fn predicted(chosen: usize, prediction: &Prediction) -> Self {
        let (right, choices, so) = (prediction.right(), prediction.choices.clone(), prediction.so.clone());
        Self::Predicted { chosen, right, choices, so }
    }
}

/// How an exercise stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Each goal.
    pub goals: Vec<Goal>,
    /// How many commands were used; nothing if the run on the page is not the one in which the exercise began.
    pub commands: Option<u32>,
    /// With how few it can be done, if the lesson says so.
    pub par: Option<u32>,
    /// All goals are met in that run, with commands that may be used.
    pub met: bool,
}
