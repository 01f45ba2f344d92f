//! The lessons of the site, in their order. `tests/lessons.rs` holds this list to the files.

/// A lesson of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name of its file, without the ending.
    pub name: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What it is about, in a few words.
    pub about: &'static str,
    /// How many minutes it takes.
    pub minutes: u32,
}

/// All of them.
pub const LESSONS: [Entry; 12] = [
    entry("01-the-write", "The write, step by step", "From a customer's wish to 201 Created, line by line.", 8),
    entry(
        "02-what-201-means",
        "What 201 Created means",
        "Seven rules: what each costs, and what a crash can erase.",
        15,
    ),
    entry(
        "03-follower-progress",
        "How far has each follower come?",
        "The leader's table, lag, and when it takes a snapshot.",
        12,
    ),
    entry(
        "04-reading-your-writes",
        "Reading your own writes",
        "Booked, and still free on the screen: why, and what helps.",
        11,
    ),
    entry(
        "05-nothing-is-lost",
        "The leader crashes, and nothing is lost",
        "Why the next leader has every booking that was decided.",
        12,
    ),
    entry("06-the-wrong-node", "Promoting the wrong node", "Alive is not the same as up to date.", 11),
    entry("07-two-leaders", "Two leaders", "Terms, a lease, a gateway token: what each of them stops.", 15),
    entry(
        "08-the-booking-that-disappeared",
        "Incident: the booking that disappeared",
        "A receipt, a failover, and an empty cabin.",
        12,
    ),
    entry(
        "09-promoted-then-rolled-back",
        "Incident: promoted, then rolled back",
        "Every light was green, and three bookings went.",
        12,
    ),
    entry(
        "10-the-cabin-that-looked-free",
        "Incident: the cabin that looked free",
        "Taken, taken, free: three answers to one question.",
        10,
    ),
    entry(
        "11-the-leader-at-its-limit",
        "Incident: the leader at its limit",
        "Four thousand customers a second, and idle followers.",
        12,
    ),
    entry("12-without-a-single-sequencer", "Without a single sequencer", "What two accepting leaders give up.", 12),
];

const fn entry(name: &'static str, title: &'static str, about: &'static str, minutes: u32) -> Entry {
    Entry { name, title, about, minutes }
}

impl Entry {
    /// The lesson of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        LESSONS.iter().find(|entry| entry.name == name)
    }
}
