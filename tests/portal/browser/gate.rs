//! What the server holds back until the test lets it go. So a test waits for what has to be seen, and no machine is too
//! slow or too quick for it.

use std::sync::{Arc, Condvar, Mutex};

/// A gate before an answer, or before each of its pieces.
#[derive(Clone, Default)]
pub(super) struct Gate {
    opened: Arc<(Mutex<usize>, Condvar)>,
}

impl Gate {
    /// From now on everything passes.
    pub(super) fn open(&self) {
        self.let_go(usize::MAX);
    }

    /// One more piece passes.
    pub(super) fn step(&self) {
        self.let_go(1);
    }

    fn let_go(&self, pieces: usize) {
        let (opened, changed) = &*self.opened;
        let mut opened = opened.lock().unwrap();
        *opened = opened.saturating_add(pieces);
        changed.notify_all();
    }

    /// Waits until the piece of this number, counted from 0, may pass.
    pub(super) fn pass(&self, piece: usize) {
        let (opened, changed) = &*self.opened;
        let opened = opened.lock().unwrap();
        drop(changed.wait_while(opened, |opened| *opened <= piece).unwrap());
    }
}
