//! What a link between two nodes does to messages: it takes its time, has them wait for each other, and may lose, double or
//! delay some.
//!
//! *Size.* A message is 64 bytes, each entry in it 64 more, each row of a snapshot 32 more.
//!
//! *Bandwidth.* Each direction sends one message after the other, at so many bytes a second; what comes meanwhile waits.
//! Then the message travels, for the latency and some jitter. Without a limit, nothing waits.
//!
//! *Order.* Messages arrive in the order of sending, but for those that go astray: such a one takes a detour, of at most
//! the latency and 5 ms besides, and others overtake it. A message that is doubled arrives once more after a detour.

use super::network::Payload;
use super::{Micros, print_duration, print_per_mille};
use crate::replication::Message;
use rand::RngExt;
use rand::rngs::Xoshiro256PlusPlus;
use std::fmt;

const HEADER_BYTES: u64 = 64;
const ENTRY_BYTES: u64 = 64;
const ROW_BYTES: u64 = 32;

/// The longest detour, besides the latency.
const DETOUR: Micros = Micros::from_millis(5);

/// How many bytes a message has.
#[must_use]
pub fn size(payload: &Payload) -> u64 {
    HEADER_BYTES
        + match payload {
            Payload::Peer(Message::Append(append)) => append.entries.len() as u64 * ENTRY_BYTES,
            Payload::Peer(Message::Chunk(chunk)) => chunk.part.rows() as u64 * ROW_BYTES,
            _ => 0,
        }
}

/// What one direction of a link is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkQuality {
    /// Messages pass.
    pub open: bool,
    /// How long they take.
    pub latency: Micros,
    /// The largest uniform addition to it.
    pub jitter: Micros,
    /// How many of a thousand get lost.
    pub loss_per_mille: u16,
    /// How many of a thousand arrive twice.
    pub duplicate_per_mille: u16,
    /// How many of a thousand are overtaken.
    pub reorder_per_mille: u16,
    /// How many bytes a second it carries; nothing: as many as there are.
    pub bandwidth: Option<u64>,
}

/// One direction of a link between two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it is like.
    pub quality: LinkQuality,
    /// Until then it is busy with sending.
    free_at: Micros,
}

/// How a message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Journey {
    /// When it is due.
    pub due: Micros,
    /// It gets lost.
    pub lost: bool,
    /// Others may overtake it.
    pub astray: bool,
    /// When it is due once more.
    pub again: Option<Micros>,
}

impl Link {
    /// A whole link.
    #[must_use]
    pub fn new(latency: Micros, jitter: Micros) -> Self {
        let quality = LinkQuality {
            open: true,
            latency,
            jitter,
            loss_per_mille: 0,
            duplicate_per_mille: 0,
            reorder_per_mille: 0,
            bandwidth: None,
        };
        Self { quality, free_at: Micros(0) }
    }

    /// Opens or cuts it. What waited to be sent is gone with a cut.
    pub fn set_open(&mut self, open: bool) {
        self.quality.open = open;
        if !open {
            self.free_at = Micros(0);
        }
    }

    /// Takes over what the settings say.
    pub fn set(&mut self, settings: LinkSettings) {
        let quality = &mut self.quality;
        quality.latency = settings.latency.unwrap_or(quality.latency);
        quality.jitter = settings.jitter.unwrap_or(quality.jitter);
        quality.loss_per_mille = settings.loss_per_mille.unwrap_or(quality.loss_per_mille);
        quality.duplicate_per_mille = settings.duplicate_per_mille.unwrap_or(quality.duplicate_per_mille);
        quality.reorder_per_mille = settings.reorder_per_mille.unwrap_or(quality.reorder_per_mille);
        quality.bandwidth = settings.bandwidth.unwrap_or(quality.bandwidth);
    }

    /// Sends so many bytes now.
    pub fn send(&mut self, bytes: u64, now: Micros, generator: &mut Xoshiro256PlusPlus) -> Journey {
        let quality = self.quality;
        let left = match quality.bandwidth {
            None => now,
            Some(a_second) => {
                self.free_at = self.free_at.max(now) + Micros((bytes * 1_000_000).div_ceil(a_second));
                self.free_at
            }
        };
        let mut due = left + quality.latency + Micros(generator.random_range(0..=quality.jitter.0));
        let [lost, astray, doubled] = [quality.loss_per_mille, quality.reorder_per_mille, quality.duplicate_per_mille]
            .map(|share| share > 0 && generator.random_range(0..1000) < share);
        let mut detour = || Micros(generator.random_range(1..=quality.latency.0 + DETOUR.0));
        if astray {
            due = due + detour();
        }
        let again = doubled.then(|| due + detour());
        Journey { due, lost, astray, again }
    }
}

/// New properties of a link; what is `None` stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkSettings {
    /// One way.
    pub latency: Option<Micros>,
    /// The largest uniform addition to the latency.
    pub jitter: Option<Micros>,
    /// How many of a thousand messages are lost.
    pub loss_per_mille: Option<u16>,
    /// How many of a thousand arrive twice.
    pub duplicate_per_mille: Option<u16>,
    /// How many of a thousand are overtaken.
    pub reorder_per_mille: Option<u16>,
    /// How many bytes a second it carries; `Some(None)`: as many as there are.
    pub bandwidth: Option<Option<u64>>,
}

/// As a script writes it, with a space before each part.
impl fmt::Display for LinkSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, span) in [("latency", self.latency), ("jitter", self.jitter)] {
            if let Some(span) = span {
                write!(f, " {name}={}", print_duration(span))?;
            }
        }
        let shares = [
            ("loss", self.loss_per_mille),
            ("duplicate", self.duplicate_per_mille),
            ("reorder", self.reorder_per_mille),
        ];
        for (name, share) in shares {
            if let Some(share) = share {
                write!(f, " {name}={}", print_per_mille(share))?;
            }
        }
        match self.bandwidth {
            None => Ok(()),
            Some(None) => f.write_str(" bandwidth=unlimited"),
            Some(Some(bytes)) if bytes % 1_000_000 == 0 => write!(f, " bandwidth={}MB/s", bytes / 1_000_000),
            Some(Some(bytes)) => write!(f, " bandwidth={}kB/s", bytes / 1000),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Journey, Link, LinkSettings};
    use crate::simulation::Micros;
    use rand::SeedableRng;
    use rand::rngs::Xoshiro256PlusPlus;

    fn link(settings: LinkSettings) -> (Link, Xoshiro256PlusPlus) {
        let mut link = Link::new(Micros(1000), Micros(0));
        link.set(settings);
        (link, Xoshiro256PlusPlus::seed_from_u64(1))
    }

    #[test]
    fn messages_wait_for_each_other_where_bandwidth_is_limited() {
        let (mut link, mut generator) =
            link(LinkSettings { bandwidth: Some(Some(1_000_000)), ..LinkSettings::default() });
        let mut due = |link: &mut Link, bytes, now| link.send(bytes, Micros(now), &mut generator).due.0;
        assert_eq!(due(&mut link, 100, 0), 1100);
        assert_eq!(due(&mut link, 64, 0), 1164, "the first is sent before it");
        assert_eq!(due(&mut link, 64, 500), 1564, "nothing is before it any more");
        due(&mut link, 1_000_000, 600);
        link.set_open(false);
        link.set_open(true);
        assert_eq!(due(&mut link, 64, 700), 1764, "what waited is gone with the cut");
        link.set(LinkSettings { bandwidth: Some(None), ..LinkSettings::default() });
        assert_eq!(due(&mut link, 1_000_000, 800), 1800);
    }

    #[test]
    fn so_many_of_a_thousand_are_lost_doubled_and_overtaken() {
        let settings = LinkSettings {
            loss_per_mille: Some(100),
            duplicate_per_mille: Some(200),
            reorder_per_mille: Some(300),
            ..LinkSettings::default()
        };
        let (mut link, mut generator) = link(settings);
        let journeys: Vec<Journey> = (0..10_000).map(|_| link.send(64, Micros(0), &mut generator)).collect();
        let count = |which: fn(&Journey) -> bool| journeys.iter().filter(|it| which(it)).count();
        assert!((900..1100).contains(&count(|it| it.lost)));
        assert!((1850..2150).contains(&count(|it| it.again.is_some_and(|again| again > it.due))));
        assert!((2800..3200).contains(&count(|it| it.astray)));
        assert!(journeys.iter().all(|it| it.astray == (it.due > Micros(1000))), "a detour, or none");
        assert!(journeys.iter().all(|it| it.due <= Micros(7000)));
    }
}
