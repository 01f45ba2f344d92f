//! How much a leader keeps for its followers and how much it sends at a time.

/// How many chunks of a snapshot may be on their way to one follower at most.
pub const CHUNKS_AT_ONCE: u32 = 4;

/// The settings of flow control: the operator's choice, the same on every node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Flow {
    /// How many entries a node keeps behind its applied index. A follower that lacks more needs a snapshot.
    pub retain: u32,
    /// How many appends may be on their way to one follower unacknowledged. Of the chunks of a snapshot, no more than
    /// [`CHUNKS_AT_ONCE`].
    pub window: u32,
    /// How many rows of the queryable state one chunk of a snapshot carries at most.
    pub chunk: u32,
}

impl Default for Flow {
    fn default() -> Self {
        Self { retain: 500, window: 4096, chunk: 64 }
    }
}

/// One of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowKey {
    /// [`Flow::retain`].
    Retain,
    /// [`Flow::window`].
    Window,
    /// [`Flow::chunk`].
    Chunk,
}

impl FlowKey {
    /// Every setting.
    pub const ALL: [Self; 3] = [Self::Retain, Self::Window, Self::Chunk];

    /// The word that scripts use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Retain => "retain",
            Self::Window => "window",
            Self::Chunk => "chunk",
        }
    }

    /// The least value.
    #[must_use]
    pub fn least(self) -> u32 {
        u32::from(self != Self::Retain)
    }
}

impl Flow {
    /// The most that any setting may be.
    pub const MOST: u32 = 1_000_000;

    /// What a setting is.
    #[must_use]
    pub fn get(&self, key: FlowKey) -> u32 {
        match key {
            FlowKey::Retain => self.retain,
            FlowKey::Window => self.window,
            FlowKey::Chunk => self.chunk,
        }
    }

    /// Changes a setting.
    pub fn set(&mut self, key: FlowKey, value: u32) {
        match key {
            FlowKey::Retain => self.retain = value,
            FlowKey::Window => self.window = value,
            FlowKey::Chunk => self.chunk = value,
        }
    }
}
