//! A memory limit for decoding that all threads share: small files can be large pictures, and more
//! cores do not mean more memory.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many bytes all decoders together may need at one time. A picture that needs more is decoded
/// alone.
pub(super) const MOST_AT_ONCE: u64 = 512 << 20;

/// The gate of this process.
pub(super) static GATE: Gate = Gate::new(MOST_AT_ONCE);

/// A counting semaphore over bytes.
pub(super) struct Gate {
    most: u64,
    in_use: Mutex<u64>,
    released: Condvar,
}

/// Reserved bytes, which are released on drop.
#[must_use]
pub struct Permit<'a> {
    gate: &'a Gate,
    bytes: u64,
}

impl Gate {
    /// A gate with room for so many bytes.
    pub(super) const fn new(most: u64) -> Self {
        Self {
            most,
            in_use: Mutex::new(0),
            released: Condvar::new(),
        }
    }

    /// Waits until there is room for so many bytes. A thread that holds a [`Permit`] must not ask
    /// for a second one, which could deadlock.
    pub(super) fn acquire(&self, bytes: u64) -> Permit<'_> {
        let bytes = bytes.min(self.most);
        let mut in_use = self.in_use();
        while *in_use + bytes > self.most {
            in_use = self
                .released
                .wait(in_use)
                .unwrap_or_else(PoisonError::into_inner);
        }
        *in_use += bytes;
        Permit { gate: self, bytes }
    }

    fn in_use(&self) -> MutexGuard<'_, u64> {
        self.in_use.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.gate.in_use() -= self.bytes;
        self.gate.released.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;

    #[test]
    fn never_more_is_inside_than_there_is_room_for() {
        let gate = Gate::new(100);
        let (now, most) = (AtomicU64::new(0), AtomicU64::new(0));
        thread::scope(|scope| {
            for worker in 0..8_u64 {
                let (gate, now, most) = (&gate, &now, &most);
                scope.spawn(move || {
                    for round in 0..200_u64 {
                        let bytes = 1 + (worker * 37 + round * 13) % 60;
                        let permit = gate.acquire(bytes);
                        most.fetch_max(
                            now.fetch_add(bytes, Ordering::SeqCst) + bytes,
                            Ordering::SeqCst,
                        );
                        thread::yield_now();
                        now.fetch_sub(bytes, Ordering::SeqCst);
                        drop(permit);
                    }
                });
            }
        });
        let most = most.into_inner();
        assert!((60..=100).contains(&most), "{most}");
        assert_eq!(*gate.in_use(), 0);
    }

    #[test]
    fn what_needs_more_than_all_the_room_is_alone() {
        let gate = Gate::new(100);
        let alone = AtomicU64::new(0);
        thread::scope(|scope| {
            for bytes in [1, 250, 99, u64::MAX, 100, 2, 1000] {
                let (gate, alone) = (&gate, &alone);
                scope.spawn(move || {
                    for _ in 0..50 {
                        let permit = gate.acquire(bytes);
                        let before = alone.fetch_add(bytes.min(100), Ordering::SeqCst);
                        assert!(
                            bytes < 100 || before == 0,
                            "{bytes} with {before} beside it"
                        );
                        thread::yield_now();
                        alone.fetch_sub(bytes.min(100), Ordering::SeqCst);
                        drop(permit);
                    }
                });
            }
        });
        assert_eq!(alone.into_inner(), 0);
    }
}
