//! A table whose copies share what they have in common: checkpoints of a long run cost what changed between them.
//!
//! A tree of short sorted vectors, each behind an `Arc`. A copy of the table is one more owner of the root; a change
//! copies the vectors from the root to the place that it touches, as far as others own them too. So a clone takes the
//! same time however much there is, everything else takes time by the logarithm, and nothing is copied by looking.
//!
//! Invariants: rows are in order of their keys, and each key is there once; no vector is empty, or longer than
//! [`WIDTH`]; a branch names the first key of each child. Rows come in order here, mostly: a full leaf to which one is
//! added at its end stays full. What is removed leaves its vector shorter, and nothing moves in from the side.

mod walk;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
pub use walk::{Backward, Forward};

/// How many rows a leaf holds at most, and how many children a branch has at most.
const WIDTH: usize = 32;

/// What a table keeps, with the key that it is kept under.
pub trait Row: Clone {
    /// What rows are found by, and ordered by.
    type Key: Copy + Ord;

    /// This row's key.
    fn key(&self) -> Self::Key;
}

impl<K: Copy + Ord, V: Clone> Row for (K, V) {
    type Key = K;

    fn key(&self) -> K {
        self.0
    }
}

/// Rows by key.
#[derive(Clone)]
pub struct Table<T: Row> {
    root: Arc<Tree<T>>,
    len: usize,
}

#[derive(Clone)]
enum Tree<T: Row> {
    Leaf(Vec<T>),
    Branch(Vec<Child<T>>),
}

/// The first key below a branch's child, and the child.
type Child<T> = (<T as Row>::Key, Arc<Tree<T>>);

impl<T: Row> Table<T> {
    /// No rows.
    #[must_use]
    pub fn new() -> Self {
        Self { root: Arc::new(Tree::Leaf(Vec::new())), len: 0 }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The row of that key.
    #[must_use]
    pub fn get(&self, key: T::Key) -> Option<&T> {
        let leaf = self.leaf(key);
        Some(&leaf[leaf.binary_search_by_key(&key, T::key).ok()?])
    }

    /// The row of that key, to be changed; its key must stay.
    #[must_use]
    pub fn get_mut(&mut self, key: T::Key) -> Option<&mut T> {
        let mut tree = &mut self.root;
        loop {
            match Arc::make_mut(tree) {
                Tree::Leaf(rows) => {
                    let place = rows.binary_search_by_key(&key, T::key).ok()?;
                    return Some(&mut rows[place]);
                }
                Tree::Branch(children) => {
                    let place = place_of::<T>(children, key);
                    tree = &mut children[place].1;
                }
            }
        }
    }

    /// The first row.
    #[must_use]
    pub fn first(&self) -> Option<&T> {
        self.iter().next()
    }

    /// The last row.
    #[must_use]
    pub fn last(&self) -> Option<&T> {
        let mut tree = &*self.root;
        loop {
            match tree {
                Tree::Leaf(rows) => return rows.last(),
                Tree::Branch(children) => tree = &children[children.len() - 1].1,
            }
        }
    }

    /// Adds a row, in the place of the one that had its key, which is returned.
    pub fn insert(&mut self, row: T) -> Option<T> {
        let (before, split) = Arc::make_mut(&mut self.root).insert(row);
        if let Some(right) = split {
            let left = std::mem::replace(&mut self.root, Arc::new(Tree::Leaf(Vec::new())));
            if let Some(first) = left.first_key() {
                self.root = Arc::new(Tree::Branch(vec![(first, left), right]));
            }
        }
        self.len += usize::from(before.is_none());
        before
    }

    /// Takes the row of that key out.
    pub fn remove(&mut self, key: T::Key) -> Option<T> {
        let removed = Arc::make_mut(&mut self.root).remove(key);
        self.len -= usize::from(removed.is_some());
        self.shrink();
        removed
    }

    /// Takes out every row from that key on, and returns them.
    pub fn split_off(&mut self, key: T::Key) -> Vec<T> {
        let taken: Vec<T> = self.from(key).cloned().collect();
        taken.iter().for_each(|row| {
            self.remove(row.key());
        });
        taken
    }

    /// Drops every row before that key.
    pub fn forget_before(&mut self, key: T::Key) {
        if self.first().is_some_and(|first| first.key() < key) {
            let mut gone = 0;
            Arc::make_mut(&mut self.root).forget_before(key, &mut gone);
            self.len -= gone;
            self.shrink();
        }
    }

    /// A branch with one child alone is not needed at the root.
    fn shrink(&mut self) {
        while let Tree::Branch(children) = &*self.root {
            self.root = match &children[..] {
                [] => Arc::new(Tree::Leaf(Vec::new())),
                [(_, only)] => Arc::clone(only),
                _ => return,
            };
        }
    }
}

impl<T: Row + PartialEq> Table<T> {
    /// Lets go of what another table holds in the same way, and owns that together with it. Nothing changes that can be
    /// seen. What is shared already is not looked at.
    pub fn share_with(&mut self, other: &Self) {
        share(&mut self.root, &other.root);
    }
}

/// The child below which a key is to be found.
fn place_of<T: Row>(children: &[Child<T>], key: T::Key) -> usize {
    children.partition_point(|(first, _)| *first <= key).saturating_sub(1)
}

impl<T: Row> Tree<T> {
    fn first_key(&self) -> Option<T::Key> {
        match self {
            Self::Leaf(rows) => rows.first().map(T::key),
            Self::Branch(children) => children.first().map(|(key, _)| *key),
        }
    }

    /// What had the row's key before, and what no longer fits in here.
    fn insert(&mut self, row: T) -> (Option<T>, Option<Child<T>>) {
        match self {
            Self::Leaf(rows) => {
                let key = row.key();
                let place = match rows.last().map_or(Ordering::Less, |last| last.key().cmp(&key)) {
                    Ordering::Less => rows.len(),
                    _ => match rows.binary_search_by_key(&key, T::key) {
                        Ok(place) => return (Some(std::mem::replace(&mut rows[place], row)), None),
                        Err(place) => place,
                    },
                };
                let split = add(rows, place, row);
                (None, split.map(|right| (right[0].key(), Arc::new(Self::Leaf(right)))))
            }
            Self::Branch(children) => {
                let place = place_of::<T>(children, row.key());
                children[place].0 = children[place].0.min(row.key());
                let (before, split) = Arc::make_mut(&mut children[place].1).insert(row);
                let split = split.and_then(|right| add(children, place + 1, right));
                (before, split.map(|right| (right[0].0, Arc::new(Self::Branch(right)))))
            }
        }
    }

    fn remove(&mut self, key: T::Key) -> Option<T> {
        match self {
            Self::Leaf(rows) => rows.binary_search_by_key(&key, T::key).ok().map(|place| rows.remove(place)),
            Self::Branch(children) => {
                let place = place_of::<T>(children, key);
                let child = Arc::make_mut(&mut children[place].1);
                let removed = child.remove(key);
                match child.first_key() {
                    Some(first) => children[place].0 = first,
                    None => drop(children.remove(place)),
                }
                removed
            }
        }
    }

    fn forget_before(&mut self, key: T::Key, gone: &mut usize) {
        match self {
            Self::Leaf(rows) => *gone += rows.drain(..rows.partition_point(|row| row.key() < key)).count(),
            Self::Branch(children) => {
                let place = place_of::<T>(children, key);
                *gone += children.drain(..place).map(|(_, child)| child.count()).sum::<usize>();
                let child = Arc::make_mut(&mut children[0].1);
                child.forget_before(key, gone);
                match child.first_key() {
                    Some(first) => children[0].0 = first,
                    None => drop(children.remove(0)),
                }
            }
        }
    }

    fn count(&self) -> usize {
        match self {
            Self::Leaf(rows) => rows.len(),
            Self::Branch(children) => children.iter().map(|(_, child)| child.count()).sum(),
        }
    }
}

fn share<T: Row + PartialEq>(ours: &mut Arc<Tree<T>>, theirs: &Arc<Tree<T>>) {
    if Arc::ptr_eq(ours, theirs) {
        return;
    }
    match (&**ours, &**theirs) {
        (Tree::Leaf(rows), Tree::Leaf(others)) if rows == others => *ours = Arc::clone(theirs),
        (Tree::Branch(children), Tree::Branch(others)) => {
            let mut shared = children.clone();
            for (key, child) in &mut shared {
                if let Ok(place) = others.binary_search_by_key(key, |(first, _)| *first) {
                    share(child, &others[place].1);
                }
            }
            let same = |(a, b): (&Child<T>, &Child<T>)| Arc::ptr_eq(&a.1, &b.1);
            if shared.len() == others.len() && shared.iter().zip(others).all(same) {
                *ours = Arc::clone(theirs);
            } else if !shared.iter().zip(children).all(same) {
                *ours = Arc::new(Tree::Branch(shared));
            }
        }
        _ => {}
    }
}

/// Puts something in its place, and returns the right part of a vector that was full.
#[inline(never)]
fn add<X>(parts: &mut Vec<X>, place: usize, part: X) -> Option<Vec<X>> {
    if parts.len() < WIDTH {
        parts.insert(place, part);
        return None;
    }
    if place == WIDTH {
        let mut right = Vec::with_capacity(WIDTH);
        right.push(part);
        return Some(right);
    }
    // Near the end there are a few rows that others keep coming before: what is before them stays full.
    let middle = if place >= WIDTH * 3 / 4 { place } else { WIDTH / 2 };
    let mut right = parts.split_off(middle);
    match place.checked_sub(middle) {
        Some(place) => right.insert(place, part),
        None => parts.insert(place, part),
    }
    Some(right)
}

/// What tests see of a table, and nobody else does.
#[cfg(test)]
impl<T: Row> Table<T> {
    /// Whether it owns everything together with another.
    pub(in crate::replication) fn is_one_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.root, &other.root)
    }

    /// How many rows each leaf has.
    pub(in crate::replication) fn leaves(&self) -> Vec<usize> {
        fn count<T: Row>(tree: &Tree<T>, leaves: &mut Vec<usize>) {
            match tree {
                Tree::Leaf(rows) => leaves.push(rows.len()),
                Tree::Branch(children) => children.iter().for_each(|(_, child)| count(child, leaves)),
            }
        }
        let mut leaves = Vec::new();
        count(&self.root, &mut leaves);
        leaves
    }
}

impl<T: Row> Default for Table<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Row> Extend<T> for Table<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, rows: I) {
        for row in rows {
            self.insert(row);
        }
    }
}

impl<T: Row> FromIterator<T> for Table<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        let mut table = Self::new();
        table.extend(rows);
        table
    }
}

impl<T: Row + PartialEq> PartialEq for Table<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.root, &other.root) || (self.len == other.len && self.iter().eq(other.iter()))
    }
}

impl<T: Row + Eq> Eq for Table<T> {}

impl<T: Row + Hash> Hash for Table<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.len.hash(state);
        self.iter().for_each(|row| row.hash(state));
    }
}

impl<T: Row + fmt::Debug> fmt::Debug for Table<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
