//! What builds of one process leave to each other, so that a preview, which builds after every save,
//! does not read and draw everything again.

use crate::build::content::ContentMemory;
use crate::build::critical::Critical;
use crate::build::fingerprint::Fingerprints;
use crate::memo::{Memo, lock};
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// The memory of a process.
#[derive(Default)]
pub(crate) struct Memory {
    /// Whether there is another build to come. Articles take memory.
    keeps_articles: bool,
    /// The articles as they were read last.
    pub(crate) articles: Mutex<Option<ContentMemory>>,
    /// The folders of articles that may have changed since then; `None` where any may have.
    suspects: Mutex<Option<HashSet<PathBuf>>>,
    /// The style sheets as one.
    pub(crate) style: Memo<String>,
    /// The styles of pages.
    pub(crate) critical: Memo<Arc<Critical>>,
    /// How elements are nested in pages.
    pub(crate) fingerprints: Fingerprints,
    /// The icons as pictures.
    pub(crate) icons: Memo<Vec<Vec<u8>>>,
}

impl Memory {
    /// A memory for many builds.
    pub(crate) fn of_many() -> Self {
        Self {
            keeps_articles: true,
            ..Self::default()
        }
    }

    /// Drops the articles where no build is to come.
    pub(crate) fn tidy(&self, articles: &mut Option<ContentMemory>) {
        if !self.keeps_articles {
            *articles = None;
        }
    }

    /// Says for the next build which folders of articles may have changed since the last one.
    pub(crate) fn suspect(&self, folders: Option<HashSet<PathBuf>>) {
        *lock(&self.suspects) = folders;
    }

    /// Which folders of articles may have changed. Asked for a second time, any may have.
    pub(crate) fn take_suspects(&self) -> Option<HashSet<PathBuf>> {
        lock(&self.suspects).take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_suspected_is_so_for_one_build() {
        let memory = Memory::default();
        let folders = HashSet::from([PathBuf::from("articles/port/crane")]);
        memory.suspect(Some(folders.clone()));
        assert_eq!(memory.take_suspects(), Some(folders));
        assert_eq!(memory.take_suspects(), None);
    }
}
