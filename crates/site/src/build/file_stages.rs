//! The stages that write files.

use crate::output::Output;
use crate::stages::{Count, Stages};
use editorial::diagnostics::Failure;
use std::sync::atomic::Ordering;

/// Stages that write files into a site.
pub(crate) struct FileStages<'a> {
    /// All stages of the build.
    pub(crate) stages: &'a mut Stages,
    /// Receives the files.
    pub(crate) output: &'a Output,
}

impl FileStages<'_> {
    /// Runs a stage, and counts the bytes of the files that it wrote or kept. `of` is the plural
    /// noun for what it counts.
    ///
    /// # Errors
    /// The stage's own failure.
    pub(crate) fn run<T>(
        &mut self,
        name: &'static str,
        of: &'static str,
        work: impl FnOnce(&Output, &Count) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let output = self.output;
        self.stages.run(name, of, |count| {
            let before = output.size().bytes;
            let done = work(output, count)?;
            count
                .bytes
                .store(output.size().bytes - before, Ordering::Relaxed);
            Ok(done)
        })
    }
}
