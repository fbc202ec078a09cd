//! Reads and checks the content and the interface words, with what the last build remembered of
//! the content.

use crate::output::{WriteOptions, state_of};
use crate::stages::Count;
use editorial::content::Content;
use editorial::content::selection::Selection;
use editorial::diagnostics::{Failure, Message, Refusal, Stop};
use editorial::edit::locales;
use editorial::load::{self, ContentFolder, Loaded, article_cache::ArticleCache};
use editorial::message;
use model::Lang;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// The last line of the report where the content has mistakes.
fn closing() -> Message {
    message!("nothing was built; the last site stays as it was")
}

/// What is read.
pub(crate) struct Sources<'a> {
    /// The content's folder.
    pub(crate) content: ContentFolder<'a>,
    /// The interface words' folder, where there is one to check.
    pub(crate) locales: Option<&'a Path>,
    /// Which articles the site holds.
    pub(crate) selection: &'a Selection,
}

/// The memory of the content from one build to the next.
pub(crate) struct ContentMemory {
    memory: ArticleCache,
    /// The file that it is kept in; `None` where no state is kept.
    file: Option<PathBuf>,
}

impl ContentMemory {
    /// What the last build of the site at `place` left. It is empty where the options ignore it.
    pub(crate) fn read(place: &Path, tool: u64, options: WriteOptions) -> Self {
        let file = state_of(place).join("content");
        let is_read = options.keep && !options.fresh;
        let memory = if is_read {
            ArticleCache::read(&file, tool)
        } else {
            ArticleCache::default()
        };
        Self {
            memory,
            file: options.keep.then_some(file),
        }
    }

    /// Makes what was read last the memory of the same process. `suspects` are the folders of articles
    /// that may have changed since; `None` where any may have.
    pub(crate) fn advance(&mut self, suspects: Option<HashSet<PathBuf>>) -> &mut Self {
        self.memory.advance(suspects);
        self
    }

    /// Writes it for the next process, once. It is valid even if this build fails later.
    pub(crate) fn keep(&mut self) {
        if let Some(file) = self.file.take() {
            self.memory.write(&file);
        }
    }
}

/// Reads and checks the content and the interface words.
///
/// # Errors
/// Where a file cannot be read. Mistakes in the content are among what was loaded.
pub(crate) fn load(
    sources: &Sources<'_>,
    memory: &mut ContentMemory,
    count: &Count,
) -> Result<Loaded, Failure> {
    let mut loaded = load::load(sources.content, &mut memory.memory, sources.selection)?;
    if let Some(folder) = sources.locales {
        let words = locales::check::<locales::Words>(folder)?;
        loaded.problems.extend(words.problems);
        loaded.files += words.files;
    }
    count.things.store(loaded.files, Ordering::Relaxed);
    Ok(loaded)
}

/// The content that was loaded.
///
/// # Errors
/// Where it has mistakes: a report of them and of the warnings.
pub(crate) fn without_mistakes(loaded: Loaded) -> Result<Content, Stop> {
    let Some(content) = loaded.content.filter(|_| loaded.problems.is_empty()) else {
        let problems = [loaded.problems, loaded.warnings].concat();
        return Err(Stop::Refused(Refusal::Problems {
            problems,
            files: loaded.files,
            closing: Some(closing()),
            lang: Lang::En,
        }));
    };
    Ok(content)
}
