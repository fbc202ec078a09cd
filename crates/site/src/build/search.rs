//! The stage that writes the search index. It reads the texts of an article when the article's
//! shard is made.

use crate::build::pages::read_article;
use crate::media::pictures::Published;
use crate::output::Output;
use crate::publish::Publisher;
use crate::publish::search::SearchFiles;
use crate::stages::Count;
use editorial::content::catalogue::Item;
use editorial::diagnostics::Failure;
use editorial::load::ContentFolder;
use model::Lang;
use std::path::Path;

/// The stage that writes the search index.
pub(crate) struct SearchStage<'a, P> {
    /// The articles, and the portal in each language.
    pub(crate) publisher: &'a Publisher<'a, P>,
    /// The content folder.
    pub(crate) folder: ContentFolder<'a>,
    /// The hash of the tool.
    pub(crate) tool: u64,
}

impl<P: Fn(&Path) -> Published + Sync> SearchStage<'_, P> {
    /// Writes the search index of every language.
    ///
    /// # Errors
    /// Where Pagefind fails, an article cannot be read, or a file cannot be written.
    pub(crate) fn write(&self, output: &Output, count: &Count) -> Result<(), Failure> {
        let Self {
            publisher,
            folder,
            tool,
        } = *self;
        SearchFiles {
            languages: publisher.languages(),
            items: publisher.items(),
            pages: publisher.searched_pages().collect(),
            site: |lang: Lang| publisher.site(lang),
            article: |item: &Item| read_article(folder, item),
            key: tool,
            output,
            count,
        }
        .write()
    }
}
