//! What of the page a link shows besides its moment.

use super::{Fields, WrongField};
use crate::replication::NodeId;
use crate::teaching::vocabulary::Vocabulary;
use crate::teaching::why::Question;
use std::fmt;

/// What is shown besides the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// What stands in front of the page.
    pub panel: Option<Panel>,
    /// What was asked.
    pub why: Option<Question>,
    /// Whose words the page speaks; nothing: whosever the reader has chosen.
    pub words: Option<Vocabulary>,
    /// Only what a class looks at, and that large.
    pub class: bool,
}

/// What can stand in front of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The list of keys.
    Keys,
    /// What each commit rule means.
    Rule,
    /// Whose words the page speaks.
    Words,
    /// Every message on its way.
    Messages,
    /// What every mark means.
    Legend,
    /// May this node lead?
    Promotion(NodeId),
}

impl Panel {
    /// The one that a link names, in a cluster of so many nodes.
    #[must_use]
    pub fn parse(text: &str, replicas: usize) -> Option<Self> {
        let promotion = |node| NodeId::from_name(node, replicas).map(Self::Promotion);
        match text {
            "keys" => Some(Self::Keys),
            "rule" => Some(Self::Rule),
            "words" => Some(Self::Words),
            "messages" => Some(Self::Messages),
            "legend" => Some(Self::Legend),
            other => other.strip_prefix("promotion ").and_then(promotion),
        }
    }
}

impl fmt::Display for Panel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keys => f.write_str("keys"),
            Self::Rule => f.write_str("rule"),
            Self::Words => f.write_str("words"),
            Self::Messages => f.write_str("messages"),
            Self::Legend => f.write_str("legend"),
            Self::Promotion(node) => write!(f, "promotion {node}"),
        }
    }
}

impl Shown {
    /// Adds the fields that say it.
    pub(super) fn write(&self, fields: &mut Vec<(String, String)>) {
        fields.extend(self.panel.map(|panel| ("show".to_owned(), panel.to_string())));
        fields.extend(self.why.map(|question| ("why".to_owned(), question.to_string())));
        fields.extend(self.words.map(|words| ("words".to_owned(), words.name().to_owned())));
        fields.extend(self.class.then(|| ("class".to_owned(), "on".to_owned())));
    }

    /// What the fields say of a cluster of so many nodes.
    pub(super) fn read(fields: Fields<'_>, replicas: usize) -> Result<Self, WrongField> {
        Ok(Self {
            panel: fields.find("show", "keys, rule, words, messages, legend, or a promotion of a node", |text| {
                Panel::parse(text, replicas)
            })?,
            why: fields
                .find("why", "a question, such as r1 or 27:981244", |text| Question::parse(text, replicas).ok())?,
            words: fields.find("words", "Raft, PostgreSQL or MongoDB", Vocabulary::named)?,
            class: fields.find("class", "on", |text| (text == "on").then_some(()))?.is_some(),
        })
    }
}
