//! Small texts that several components share: indexes, spans of time, names of kinds and roles.

use crate::replication::{Booking, Command, Index, Position, RequestId, Role};
use crate::simulation::Micros;
pub use crate::teaching::diagram::{kind_class, term_class};
use crate::teaching::frame::NodeView;
use crate::ui::markup::{markup, nodes_of, text};
use crate::ui::vocabulary::rewritten;
use yew::Html;

/// An index in two parts: what all have in common, and the last three digits that tell them apart.
#[must_use]
pub fn index_parts(index: Index) -> (String, String) {
    let digits = index.to_string();
    let cut = digits.len().saturating_sub(3);
    (digits[..cut].to_owned(), digits[cut..].to_owned())
}

/// An index whose common part is quieter than the digits that matter.
pub fn index_html(index: Index) -> Html {
    let (common, own) = index_parts(index);
    markup! { "<span class='index'><span class='index-common'>" {common} "</span>" {own} "</span>" }
}

/// A span in the unit that suits it: `2 ms`, `1.25 ms`, `1.4 s`.
#[must_use]
pub fn span(time: Micros) -> String {
    let micros = time.0;
    if micros == 0 {
        "0 ms".to_owned()
    } else if micros < 1000 {
        format!("{micros} µs")
    } else if micros < 1_000_000 {
        trimmed(micros, 1000, "ms")
    } else {
        trimmed(micros, 1_000_000, "s")
    }
}

/// `value` in `unit`s with at most two decimals.
fn trimmed(value: u64, unit: u64, name: &str) -> String {
    let hundredths = value * 100 / unit;
    match (hundredths / 100, hundredths % 100) {
        (whole, 0) => format!("{whole} {name}"),
        (whole, part) if part % 10 == 0 => format!("{whole}.{} {name}", part / 10),
        (whole, part) => format!("{whole}.{part:02} {name}"),
    }
}

/// What the clock shows: milliseconds with three places, grouped so that the width hardly changes; from a minute on,
/// minutes and seconds.
#[must_use]
pub fn clock(now: Micros) -> String {
    let (millis, micros) = (now.0 / 1000, now.0 % 1000);
    let seconds = millis / 1000;
    if seconds >= 60 {
        format!("{} min {:02}.{:03} s", seconds / 60, seconds % 60, millis % 1000)
    } else if seconds > 0 {
        format!("{seconds} {:03}.{micros:03} ms", millis % 1000)
    } else {
        format!("{millis}.{micros:03} ms")
    }
}

/// What an entry does, short enough for a cell.
#[must_use]
pub fn cell_text(command: Command) -> String {
    match command {
        Command::Noop => "no-op".to_owned(),
        Command::Booking { booking: Booking::Reserve, cabin, .. } => cabin.to_string(),
        Command::Booking { booking: Booking::Release, cabin, .. } => format!("−{cabin}"),
    }
}

/// What a node is at a glance.
#[must_use]
pub fn role_word(node: &NodeView) -> &'static str {
    match (node.running, node.stale_leader, node.role) {
        (false, ..) => "down",
        _ if node.paused => "paused",
        (_, true, _) => "old leader",
        (_, _, Some(Role::Leader)) => "leader",
        (_, _, Some(Role::Candidate)) => "candidate",
        _ if node.synchronous => "sync follower",
        _ => "async follower",
    }
}

/// What lights up with these entries and this request, wherever it is shown: see `static/light.js`.
#[must_use]
pub fn about(entries: &[Position], request: Option<RequestId>) -> Option<String> {
    let mut words: Vec<String> = entries.iter().map(ToString::to_string).collect();
    words.extend(request.map(|request| request.to_string()));
    (!words.is_empty()).then(|| words.join(" "))
}

/// A position in the colour of its term; `title` says what it is, where that is not plain.
pub fn position_html(position: Position, title: Option<&'static str>) -> Html {
    markup! { "<span class='position " {term_class(position.term)} "' data-entry=" {position} " title=" {title} ">" {position} "</span>" }
}

/// A sentence in which no node's name is broken at its hyphens.
pub fn prose(sentence: &str) -> Html {
    let rewritten = rewritten(sentence);
    let sentence = rewritten.as_deref().unwrap_or(sentence);
    let mut nodes = Vec::new();
    let mut plain = String::new();
    for (place, word) in sentence.split(' ').enumerate() {
        if place > 0 {
            plain.push(' ');
        }
        if word.contains('-') {
            nodes.push(text(std::mem::take(&mut plain)));
            nodes.push(markup! { "<span class='whole'>" {word.to_owned()} "</span>" });
        } else {
            plain.push_str(word);
        }
    }
    nodes.push(text(plain));
    nodes_of(nodes)
}
