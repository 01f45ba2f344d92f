//! What there is to read, as a tree. It holds words alone: whoever shows it decides how, and nothing in it can be
//! taken for markup.

use std::fmt::{self, Write};

/// Something to read that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// Its items have numbers, from this one on.
        first: Option<u64>,
        /// Each item.
        items: Vec<Vec<Block>>,
    },
    /// A table.
    Table {
        /// The cells of the first row, which name the columns.
        head: Vec<Vec<Inline>>,
        /// The other rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Words that stay as they are written.
    Code(String),
    /// What matters.
    Strong(Vec<Inline>),
    /// What is stressed.
    Emphasis(Vec<Inline>),
    /// A way to another page.
    Link {
        /// Its address; it begins with `https://`.
        to: String,
        /// What stands for it.
        text: Vec<Inline>,
    },
}

/// The words alone.
pub(super) fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    inlines.iter().for_each(|inline| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{inline}");
    });
    text
}

/// The words alone.
impl fmt::Display for Inline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Code(text) => f.write_str(text),
            Self::Strong(inner) | Self::Emphasis(inner) | Self::Link { text: inner, .. } => {
                inner.iter().try_for_each(|inline| inline.fmt(f))
            }
        }
    }
}
