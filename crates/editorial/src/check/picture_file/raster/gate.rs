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
    inside: Mutex<u64>,
    left: Condvar,
}

/// Reserved bytes, which are released on drop.
#[must_use]
pub struct Room<'a> {
    gate: &'a Gate,
    bytes: u64,
}

impl Gate {
    /// A gate with room for so many bytes.
    pub(super) const fn new(most: u64) -> Self {
        Self { most, inside: Mutex::new(0), left: Condvar::new() }
    }

    /// Waits until there is room for so many bytes. A thread that holds a [`Room`] must not enter a
    /// second time, which could deadlock.
    pub(super) fn enter(&self, bytes: u64) -> Room<'_> {
        let bytes = bytes.min(self.most);
        let mut inside = self.inside();
        while *inside + bytes > self.most {
            inside = self.left.wait(inside).unwrap_or_else(PoisonError::into_inner);
        }
        *inside += bytes;
        Room { gate: self, bytes }
    }

    fn inside(&self) -> MutexGuard<'_, u64> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        *self.gate.inside() -= self.bytes;
        self.gate.left.notify_all();
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
                        let room = gate.enter(bytes);
                        most.fetch_max(now.fetch_add(bytes, Ordering::SeqCst) + bytes, Ordering::SeqCst);
                        thread::yield_now();
                        now.fetch_sub(bytes, Ordering::SeqCst);
                        drop(room);
                    }
                });
            }
        });
        let most = most.into_inner();
        assert!((60..=100).contains(&most), "{most}");
        assert_eq!(*gate.inside(), 0);
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
                        let room = gate.enter(bytes);
                        let before = alone.fetch_add(bytes.min(100), Ordering::SeqCst);
                        assert!(bytes < 100 || before == 0, "{bytes} with {before} beside it");
                        thread::yield_now();
                        alone.fetch_sub(bytes.min(100), Ordering::SeqCst);
                        drop(room);
                    }
                });
            }
        });
        assert_eq!(alone.into_inner(), 0);
    }
}
