//! The pages: each with its document, made only where something changed that they are made from.

use crate::catalogue::Item;
use crate::content_folder;
use crate::failure::Failure;
use crate::fingerprint;
use crate::hash::{self, Key};
use crate::output::{Fate, Output};
use crate::pictures::Published;
use crate::publish::Publisher;
use crate::stages::Count;
use portal::app::{Assets, Shown, render, render_chooser, render_lost, render_moved};
use portal::content;
use portal::model::{Document, Lang, Site, Slug};
use portal::route::Route;
use rayon::prelude::*;
use std::cell::OnceCell;
use std::path::Path;
use std::sync::Arc;

/// Addresses that people guess for a language, each of which leads to the right one.
const GUESSED: [(&str, Lang); 5] =
    [("vn", Lang::Vi), ("kr", Lang::Ko), ("jp", Lang::Ja), ("cn", Lang::ZhHans), ("zh", Lang::ZhHans)];

/// Writes pages.
pub(crate) struct Pages<'a, P> {
    /// Makes the documents.
    pub(crate) publisher: &'a Publisher<'a, P>,
    /// The content folder.
    pub(crate) content: &'a Path,
    /// What every page loads.
    pub(crate) assets: &'a Assets,
    /// The hash of the tool and of what every page loads.
    pub(crate) key: u64,
    /// Where they are written.
    pub(crate) output: &'a Output,
}

impl<P: Fn(&Path) -> Published + Sync> Pages<'_, P> {
    /// Writes all pages.
    ///
    /// # Errors
    /// Where one cannot be written, or where the content changes while this goes on.
    pub(crate) fn write(&self, count: &Count) -> Result<(), Failure> {
        self.doors(count)?;
        let languages = self.publisher.languages();
        let lists: Vec<Route> = languages.iter().flat_map(|&lang| self.publisher.lists_in(lang)).collect();
        lists
            .par_iter()
            .try_for_each(|route| self.page(route, count, |route| Ok(self.publisher.document(route, None))))?;
        self.publisher.items().par_iter().with_min_len(8).try_for_each(|item| self.article(item, count))
    }

    /// The pages of an article in all languages. Its texts are read only where one of them has to be made.
    fn article(&self, item: &Item, count: &Count) -> Result<(), Failure> {
        let read = OnceCell::new();
        for &lang in self.publisher.languages() {
            let route = Route::Article(lang, item.section.clone(), item.slug.clone());
            self.page(&route, count, |route| {
                if item.version(lang).is_none() {
                    return Ok(self.publisher.document(route, None));
                }
                if read.get().is_none() {
                    let _ = read.set(self.read(item)?);
                }
                Ok(self.publisher.document(route, read.get()))
            })?;
        }
        Ok(())
    }

    /// The article, as it was when the lists were made.
    fn read(&self, item: &Item) -> Result<crate::content::Article, Failure> {
        let Item { section, slug, .. } = item;
        match content_folder::article(self.content, section, slug)? {
            Some(read) if read.item.hash == item.hash && same_texts(&read.item, item) => Ok(read.article),
            _ => Err(changed(section, slug)),
        }
    }

    fn page(
        &self,
        route: &Route,
        count: &Count,
        document: impl FnOnce(&Route) -> Result<Option<Document>, Failure>,
    ) -> Result<(), Failure> {
        let key = Key::default().number(self.key).number(self.publisher.key(route)).finish();
        let fate = self.output.unit(&route.path(), key, || {
            let document =
                document(route)?.ok_or_else(|| Failure::new(format!("nothing stands at {}", route.path())))?;
            self.files(route, &document)
        })?;
        count.one(fate == Fate::Written);
        Ok(())
    }

    /// A page's HTML and its document; both hold the same text. The document is read back first, through the same strict
    /// reader that the browser has.
    fn files(&self, route: &Route, document: &Document) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let text = inert(&serde_json::to_string(document).map_err(|error| Failure::new(error.to_string()))?);
        let document =
            content::read(text.as_bytes()).map_err(|error| Failure::new(format!("{}: {error}", route.path())))?;
        let shown = Shown { route: route.clone(), document: Arc::new(document) };
        let html = fingerprint::record(&render(&shown, self.assets, &text, fingerprint::PENDING));
        Ok(vec![(route.file(), html.into_bytes()), (route.document(), text.into_bytes())])
    }

    /// The root, the page for unknown addresses, and the addresses that people guess.
    fn doors(&self, count: &Count) -> Result<(), Failure> {
        let sites: Vec<Site> =
            self.publisher.languages().iter().map(|&lang| self.publisher.site(lang).clone()).collect();
        let write = |path: &str, html: String| {
            let key = hash::of(html.as_bytes());
            let fate = self.output.unit(path, key, || Ok(vec![(path.to_owned(), html.into_bytes())]))?;
            count.one(fate == Fate::Written);
            Ok::<_, Failure>(())
        };
        write("index.html", render_chooser(&sites, self.assets))?;
        write("404.html", render_lost(&sites, self.assets))?;
        for (guess, lang) in GUESSED.into_iter().filter(|(_, lang)| self.publisher.languages().contains(lang)) {
            write(&format!("{guess}/index.html"), render_moved(self.publisher.site(lang), self.assets))?;
        }
        Ok(())
    }
}

/// Whether the texts are those that the lists were made from.
fn same_texts(one: &Item, other: &Item) -> bool {
    other.versions.iter().all(|(lang, version)| one.version(*lang).is_some_and(|known| known.hash == version.hash))
}

fn changed(section: &Slug, slug: &Slug) -> Failure {
    Failure::new(format!("the article {section}/{slug} changed while the site was being built; build again"))
}

/// JSON in which nothing can end the block that it stands in: `<`, `>` and `&` can only stand within its strings, where
/// they can be written by their numbers.
fn inert(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_documents_text_can_end_the_block_that_it_stands_in() {
        let text = inert(&serde_json::to_string("</script><!--<script>&amp;").unwrap());
        assert!(!text.contains(['<', '>', '&']));
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), "</script><!--<script>&amp;");
    }
}
