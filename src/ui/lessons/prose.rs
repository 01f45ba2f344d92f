//! What there is to read, as elements. A text of a lesson is only ever text.

use crate::teaching::lesson::{Block, Inline};
use crate::ui::markup::{each, markup, nodes_of};
use yew::Html;

/// Paragraphs, lists and tables. `verbatim`: other systems' words stay as they are written.
pub fn blocks(blocks: &[Block], verbatim: bool) -> Html {
    each(blocks, |block| self::block(block, verbatim))
}

fn block(block: &Block, verbatim: bool) -> Html {
    let cell = |inlines: &Vec<Inline>| markup! { "<td>" {words(inlines, verbatim)} "</td>" };
    match block {
        Block::Paragraph(inlines) => markup! { "<p>" {words(inlines, verbatim)} "</p>" },
        Block::List { first, items } => {
            let items = each(items, |item| markup! { "<li>" {list_item(item, verbatim)} "</li>" });
            match first {
                Some(_) => markup! { "<ol class='lesson-list is-numbered'>" {items} "</ol>" },
                None => markup! { "<ul class='lesson-list'>" {items} "</ul>" },
            }
        }
        Block::Table { head, rows } => {
            let names = each(head, |inlines| markup! { "<th scope='col'>" {words(inlines, verbatim)} "</th>" });
            let rows = each(rows, |row| markup! { "<tr>" {each(row, cell)} "</tr>" });
            markup! {
                "<div class='table-scroll' tabindex='0'><table class='lesson-table'><thead><tr>" {names} "</tr></thead><tbody>" {rows} "</tbody></table></div>"
            }
        }
    }
}

/// A list's item of one paragraph is words, and no paragraph.
fn list_item(item: &[Block], verbatim: bool) -> Html {
    match item {
        [Block::Paragraph(inlines)] => words(inlines, verbatim),
        more => blocks(more, verbatim),
    }
}

/// Words in a line.
pub fn words(inlines: &[Inline], verbatim: bool) -> Html {
    nodes_of(inlines.iter().map(|inline| word(inline, verbatim)).collect())
}

fn word(inline: &Inline, verbatim: bool) -> Html {
    let keeps = verbatim.then_some("no");
    match inline {
        Inline::Text(text) => markup! { "<span translate=" {keeps} ">" {text.clone()} "</span>" },
        Inline::Code(code) => markup! { "<code class='whole'>" {code.clone()} "</code>" },
        Inline::Strong(inner) => markup! { "<strong>" {words(inner, verbatim)} "</strong>" },
        Inline::Emphasis(inner) => markup! { "<em>" {words(inner, verbatim)} "</em>" },
        Inline::Link { to, text } => {
            markup! { "<a href=" {to.clone()} " target='_blank' rel='noreferrer noopener'>" {words(text, verbatim)} "</a>" }
        }
    }
}

/// A sentence from a lesson's block, with what stands in back quotes as code.
pub fn line(text: &str) -> Html {
    let pieces = text.split('`').enumerate().map(|(place, piece)| {
        let piece = piece.to_owned();
        if place % 2 == 1 {
            markup! { "<code class='whole'>" {piece} "</code>" }
        } else {
            markup! { {piece} "" }
        }
    });
    nodes_of(pieces.collect())
}
