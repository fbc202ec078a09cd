//! A gate that holds responses until a test releases them, so that no test depends on the speed of
//! the machine.

use std::sync::{Arc, Condvar, Mutex};

/// A gate for a response or for each of its pieces. Clones share their state.
#[derive(Clone, Default)]
pub(super) struct Gate {
    opened: Arc<(Mutex<usize>, Condvar)>,
}

impl Gate {
    /// Releases everything from now on.
    pub(super) fn open(&self) {
        self.let_go(usize::MAX);
    }

    /// Releases one more piece.
    pub(super) fn step(&self) {
        self.let_go(1);
    }

    fn let_go(&self, pieces: usize) {
        let (opened, changed) = &*self.opened;
        let mut opened = opened.lock().unwrap();
        *opened = opened.saturating_add(pieces);
        changed.notify_all();
    }

    /// Blocks until the piece with this number, counted from 0, is released.
    pub(super) fn pass(&self, piece: usize) {
        let (opened, changed) = &*self.opened;
        let opened = opened.lock().unwrap();
        drop(
            changed
                .wait_while(opened, |opened| *opened <= piece)
                .unwrap(),
        );
    }
}
