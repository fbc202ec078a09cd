//! Lets a sync that is at work be stopped from another thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A wish to stop, which a sync heeds between two requests and between two articles. Its clones are
/// the same wish.
#[derive(Clone, Debug, Default)]
pub struct Interrupt {
    wanted: Arc<AtomicBool>,
    writing: Arc<AtomicBool>,
}

impl Interrupt {
    /// Asks the sync to stop.
    pub fn ask(&self) {
        self.wanted.store(true, Ordering::SeqCst);
    }

    /// Whether the sync shall stop.
    pub fn is_asked(&self) -> bool {
        self.wanted.load(Ordering::SeqCst)
    }

    /// Whether articles are being exchanged, so that it is worth waiting for the current one.
    pub fn is_writing(&self) -> bool {
        self.writing.load(Ordering::SeqCst)
    }

    /// Notes that articles are being exchanged, or are no longer.
    pub(crate) fn set_writing(&self, is_writing: bool) {
        self.writing.store(is_writing, Ordering::SeqCst);
    }
}
