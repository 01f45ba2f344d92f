//! A prop that is equal when it is the very same value: a part of the frame that did not change is the same `Rc`, and a
//! component that takes it so has nothing to do.

use std::ops::Deref;
use std::rc::Rc;

/// Shared, and compared by pointer.
#[derive(Debug)]
pub struct Same<T: ?Sized>(Rc<T>);

impl<T: ?Sized> Same<T> {
    /// Shares `part`.
    #[must_use]
    pub fn of(part: &Rc<T>) -> Self {
        Self(Rc::clone(part))
    }
}

impl<T: ?Sized> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T: ?Sized> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> Deref for Same<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}
