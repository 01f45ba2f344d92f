//! Going through a table, up or down, a leaf at a time.

use super::{Row, Table, Tree, place_of};
use std::sync::Arc;

/// Rows by rising key.
#[derive(Clone, Debug)]
pub struct Forward<'a, T: Row> {
    table: &'a Table<T>,
    leaf: &'a [T],
    /// The last key of the leaf, while another leaf may come.
    last: Option<T::Key>,
}

/// Rows by falling key.
#[derive(Clone, Debug)]
pub struct Backward<'a, T: Row> {
    table: &'a Table<T>,
    leaf: &'a [T],
    /// The first key of the leaf, while another leaf may come.
    first: Option<T::Key>,
}

impl<T: Row> Table<T> {
    /// Every row, by rising key.
    #[must_use]
    pub fn iter(&self) -> Forward<'_, T> {
        self.forward(first_leaf(&self.root))
    }

    /// The rows from that key on, by rising key.
    #[must_use]
    pub fn from(&self, key: T::Key) -> Forward<'_, T> {
        let leaf = self.leaf(key);
        let inside = leaf.partition_point(|row| row.key() < key);
        let mut rows = self.forward(leaf);
        rows.leaf = &leaf[inside..];
        rows
    }

    /// Every row, by falling key.
    #[must_use]
    pub fn backward(&self) -> Backward<'_, T> {
        let Some(last) = self.last() else { return Backward { table: self, leaf: &[], first: None } };
        let leaf = self.leaf(last.key());
        Backward { table: self, leaf, first: leaf.first().map(T::key) }
    }

    /// The rows before that key, by falling key.
    #[must_use]
    pub fn before(&self, key: T::Key) -> Backward<'_, T> {
        let leaf = self.leaf(key);
        let inside = leaf.partition_point(|row| row.key() < key);
        Backward { table: self, leaf: &leaf[..inside], first: leaf.first().map(T::key) }
    }

    /// At most so many rows from that key on, copied at once where they lie side by side.
    #[must_use]
    pub fn copied(&self, key: T::Key, count: usize) -> Arc<[T]> {
        let rows = self.from(key);
        match rows.last {
            Some(last) if rows.leaf.len() < count && self.last().is_some_and(|end| end.key() > last) => {
                rows.take(count).cloned().collect()
            }
            _ => Arc::from(&rows.leaf[..count.min(rows.leaf.len())]),
        }
    }

    fn forward<'a>(&'a self, leaf: &'a [T]) -> Forward<'a, T> {
        Forward { table: self, leaf, last: leaf.last().map(T::key) }
    }

    /// The leaf in which a key is, or would be.
    pub(super) fn leaf(&self, key: T::Key) -> &[T] {
        let mut tree = &*self.root;
        loop {
            match tree {
                Tree::Leaf(rows) => return rows,
                Tree::Branch(children) => tree = &children[place_of::<T>(children, key)].1,
            }
        }
    }

    /// The leaf next to the one in which a key is: the one after it, or the one before.
    fn neighbour(&self, key: T::Key, after: bool) -> Option<&[T]> {
        let (mut tree, mut beside) = (&*self.root, None);
        while let Tree::Branch(children) = tree {
            let place = place_of::<T>(children, key);
            let next = if after { Some(place + 1) } else { place.checked_sub(1) };
            beside = next.and_then(|next| children.get(next)).or(beside);
            tree = &children[place].1;
        }
        beside.map(|(_, tree)| if after { first_leaf(tree) } else { last_leaf(tree) })
    }
}

fn first_leaf<T: Row>(mut tree: &Tree<T>) -> &[T] {
    loop {
        match tree {
            Tree::Leaf(rows) => return rows,
            Tree::Branch(children) => tree = &children[0].1,
        }
    }
}

fn last_leaf<T: Row>(mut tree: &Tree<T>) -> &[T] {
    loop {
        match tree {
            Tree::Leaf(rows) => return rows,
            Tree::Branch(children) => tree = &children[children.len() - 1].1,
        }
    }
}

impl<'a, T: Row> Iterator for Forward<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        loop {
            if let Some((row, rest)) = self.leaf.split_first() {
                self.leaf = rest;
                return Some(row);
            }
            self.leaf = self.table.neighbour(self.last?, true).unwrap_or_default();
            self.last = self.leaf.last().map(T::key);
        }
    }
}

impl<'a, T: Row> Iterator for Backward<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        loop {
            if let Some((row, rest)) = self.leaf.split_last() {
                self.leaf = rest;
                return Some(row);
            }
            self.leaf = self.table.neighbour(self.first?, false).unwrap_or_default();
            self.first = self.leaf.first().map(T::key);
        }
    }
}
