//! Keeps what was made for as long as it is made of the same things.

use editorial::diagnostics::Failure;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Something that is made of other things, with the hash of these.
pub(crate) struct Memo<T>(Mutex<Option<(u64, T)>>);

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T: Clone> Memo<T> {
    /// What was made of the same things before, or else what `make` makes.
    ///
    /// # Errors
    /// Those of `make`.
    pub(crate) fn get(
        &self,
        key: u64,
        make: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut kept = lock(&self.0);
        if let Some((_, made)) = kept.as_ref().filter(|(known, _)| *known == key) {
            return Ok(made.clone());
        }
        let made = make()?;
        *kept = Some((key, made.clone()));
        Ok(made)
    }
}

/// Locks, also after a thread that had the lock gave up.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_of_the_same_is_not_made_again() {
        let memo = Memo::default();
        let made = |key, text: &str| memo.get(key, || Ok(text.to_owned())).unwrap();
        assert_eq!(
            [made(1, "a"), made(1, "b"), made(2, "c"), made(1, "d")],
            ["a", "a", "c", "d"]
        );
        let failed = memo.get(3, || Err(Failure::new("no".to_owned())));
        assert!(failed.is_err());
        assert_eq!(made(1, "e"), "d");
    }
}
