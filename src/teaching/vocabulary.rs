//! The same ideas in other words. The project speaks as Raft does; PostgreSQL and MongoDB have names of their own for
//! most of it, and some that mislead who knows the others.
//!
//! Sources: PostgreSQL's documentation of `pg_stat_replication`, `synchronous_commit` and timelines; MongoDB's manual on
//! replica sets, write concern and read concern.

/// Whose words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Vocabulary {
    /// The project's own.
    #[default]
    Raft,
    /// PostgreSQL's.
    PostgreSql,
    /// MongoDB's.
    MongoDb,
}

/// A word in each vocabulary, in the order of [`Vocabulary::ALL`].
pub type Term = [&'static str; 3];

/// What is called differently, as a list to read.
pub const TERMS: [Term; 11] = [
    ["leader", "primary", "primary"],
    ["follower", "standby", "secondary"],
    ["log", "WAL", "oplog"],
    ["entry", "WAL record", "oplog entry"],
    ["index", "LSN", "optime"],
    ["term", "timeline", "term"],
    ["appended", "written", "written"],
    ["durable", "flushed", "journaled"],
    ["applied", "replayed", "applied"],
    ["commit rule", "synchronous_commit", "write concern"],
    ["snapshot", "base backup", "initial sync"],
];

/// Their other forms. What is longer stands first, also before the list above.
const FORMS: [Term; 17] = [
    ["a log", "a WAL", "an oplog"],
    ["commit index", "acknowledged LSN", "commit point"],
    ["an entry", "a WAL record", "an oplog entry"],
    ["a snapshot", "a base backup", "an initial sync"],
    ["rolled back", "rewound", "rolled back"],
    ["leaders", "primaries", "primaries"],
    ["followers", "standbys", "secondaries"],
    ["logs", "WALs", "oplogs"],
    ["entries", "WAL records", "oplog entries"],
    ["indexes", "LSNs", "optimes"],
    ["terms", "timelines", "terms"],
    ["snapshots", "base backups", "initial syncs"],
    ["heartbeat", "keepalive", "heartbeat"],
    ["heartbeats", "keepalives", "heartbeats"],
    ["append", "WAL", "oplog"],
    ["applies", "replays", "applies"],
    ["apply", "replay", "apply"],
];

impl Vocabulary {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Raft, Self::PostgreSql, Self::MongoDb];

    /// Whose it is.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["Raft", "PostgreSQL", "MongoDB"][self as usize]
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|vocabulary| vocabulary.name() == name)
    }

    /// Where its words mean something else than they seem to.
    #[must_use]
    pub fn false_friends(self) -> &'static [&'static str] {
        match self {
            Self::Raft => &[
                "The paper's matchIndex is what a follower has on disk. This page tells received, durable and applied apart.",
            ],
            Self::PostgreSql => &[
                "synchronous_commit=on waits for no standby unless synchronous_standby_names names one.",
                "There is no commit index: a standby replays what it has flushed, so it can show a booking before its customer has an answer, and one that is never answered.",
                "A timeline begins with a promotion, but stops nobody: an old primary goes on until somebody fences it. The switch Terms is this page's own.",
                "match, received and applied are flush_lsn, write_lsn and replay_lsn; next is one past sent_lsn.",
            ],
            Self::MongoDb => &[
                "lastApplied may pass the commit point: a secondary applies what no majority holds yet. Only read concern \"majority\" hides it.",
                "The rule majority is w: \"majority\" with the journal on; w: 1 is the leader alone.",
                "A secondary pulls its oplog from a source of its choice; here the primary sends it.",
            ],
        }
    }

    /// A text in these words; nothing if it stays as it is.
    #[must_use]
    pub fn rewrite(self, text: &str) -> Option<String> {
        if self == Self::Raft {
            return None;
        }
        let mut rewritten = String::new();
        let mut done = 0;
        let mut at = 0;
        while at < text.len() {
            let rest = &text.as_bytes()[at..];
            if let Some(term) = FORMS.iter().chain(&TERMS).find(|term| begins(rest, term[0])) {
                let word = term[self as usize];
                if word != term[0] {
                    rewritten.push_str(&text[done..at]);
                    // A setting is written in one way only.
                    push(&mut rewritten, word, rest[0].is_ascii_uppercase() && !word.contains('_'));
                    done = at + term[0].len();
                }
                at += term[0].len();
            } else {
                at += rest.iter().position(|byte| !is_inside(*byte)).unwrap_or(rest.len());
                at += text.as_bytes()[at..].iter().position(|byte| is_inside(*byte)).unwrap_or(text.len() - at);
            }
        }
        if done == 0 {
            return None;
        }
        rewritten.push_str(&text[done..]);
        Some(rewritten)
    }
}

/// Whether a text begins with this word, and the word ends there. Its first letter may be a capital.
fn begins(text: &[u8], word: &str) -> bool {
    let Some((start, rest)) = text.split_at_checked(word.len()) else { return false };
    let (first, others) = (word.as_bytes()[0], &word.as_bytes()[1..]);
    start[0].to_ascii_lowercase() == first
        && start[1..] == *others
        && (rest.starts_with("’".as_bytes()) || !rest.first().is_some_and(|byte| is_inside(*byte)))
}

/// Whether a byte is of a word: `leader-fsync` is one, and not the leader's. Every byte beyond ASCII is.
fn is_inside(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=') || byte >= 128
}

fn push(text: &mut String, word: &str, capital: bool) {
    let (first, others) = word.split_at(1);
    if capital {
        text.push_str(&first.to_ascii_uppercase());
    } else {
        text.push_str(first);
    }
    text.push_str(others);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_rewritten_word_by_word() {
        for (raft, postgres, mongo) in [
            (
                "md-db-4, the leader of term 27, holds 27:981244.",
                "md-db-4, the primary of timeline 27, holds 27:981244.",
                "md-db-4, the primary of term 27, holds 27:981244.",
            ),
            ("Leader", "Primary", "Primary"),
            ("the leader’s log", "the primary’s WAL", "the primary’s oplog"),
            ("md-db-2 applies 981244.", "md-db-2 replays 981244.", "md-db-2 applies 981244."),
            ("Commit rule", "synchronous_commit", "Write concern"),
            (
                "An entry is durable, the commit index moves.",
                "A WAL record is flushed, the acknowledged LSN moves.",
                "An oplog entry is journaled, the commit point moves.",
            ),
            ("réplique “log”", "réplique “log”", "réplique “log”"),
            (
                "leader-fsync, ack=leader, catalog, logs",
                "leader-fsync, ack=leader, catalog, WALs",
                "leader-fsync, ack=leader, catalog, oplogs",
            ),
        ] {
            let said = |words: Vocabulary| words.rewrite(raft).unwrap_or_else(|| raft.to_owned());
            assert_eq!(
                (said(Vocabulary::PostgreSql), said(Vocabulary::MongoDb)),
                (postgres.to_owned(), mongo.to_owned())
            );
            assert_eq!(Vocabulary::Raft.rewrite(raft), None);
        }
    }

    #[test]
    fn names_are_read_back() {
        for words in Vocabulary::ALL {
            assert_eq!(Vocabulary::named(words.name()), Some(words));
        }
        assert_eq!(Vocabulary::named("Paxos"), None);
    }
}
