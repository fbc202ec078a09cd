//! Writes the pages with their documents, and the machine-readable files. A page is made only where
//! one of its inputs changed.

use crate::build::critical::Critical;
use crate::build::fingerprint::Fingerprints;
use crate::build::shared::Shared;
use crate::hosting::hosts::InSite;
use crate::media::pictures::Published;
use crate::media::qr;
use crate::output::{Output, UnitState};
use crate::publish::machine_files::MachineFiles;
use crate::publish::{Batch, Member, Publisher};
use crate::stages::Count;
use editorial::content;
use editorial::content::article::Article;
use editorial::content::catalogue::Item;
use editorial::diagnostics::Failure;
use editorial::hash::{self, CacheKey};
use editorial::load::{self, ContentFolder};
use model::route::Route;
use model::{Channel, Document, Lang, Moment, Page, Site};
use portal::app::{Assets, Finish, Shown, render, render_chooser, render_not_found};
use rayon::prelude::*;
use std::cell::OnceCell;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

/// Files: their paths below the site's base, and their bytes.
pub(crate) type Files = Vec<(String, Vec<u8>)>;

/// The stage that writes the machine-readable files and the pages.
pub(crate) struct PagesStage<'a, P> {
    /// Makes the documents.
    pub(crate) publisher: &'a Publisher<'a, P>,
    /// The portal as editors describe it.
    pub(crate) site: &'a content::Site,
    /// The content folder.
    pub(crate) folder: ContentFolder<'a>,
    /// The files that every page loads.
    pub(crate) assets: &'a Assets,
    /// Gives each page its styles.
    pub(crate) critical: &'a Critical,
    /// Records the fingerprints of pages.
    pub(crate) fingerprints: &'a Fingerprints,
    /// The hash of the tool.
    pub(crate) tool: u64,
    /// The host whose configuration file is written too.
    pub(crate) host: Option<InSite>,
    /// The moment for which the site is built.
    pub(crate) now: Option<Moment>,
}

impl<P: Fn(&Path) -> Published + Sync> PagesStage<'_, P> {
    /// Writes all of them. Returns how many units that are.
    ///
    /// # Errors
    /// Where a file cannot be written, or the content changes during the build.
    pub(crate) fn write(&self, output: &Output, count: &Count) -> Result<usize, Failure> {
        let maker = self.write_frame(output, count)?;
        Pages {
            maker: &maker,
            output,
        }
        .write(count)?;
        Ok(count.things.load(Ordering::Relaxed))
    }

    /// Writes the machine-readable files, the root, and the page for unknown addresses. Returns what
    /// makes all other pages.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub(crate) fn write_frame(
        &self,
        output: &Output,
        count: &Count,
    ) -> Result<PageMaker<'_, P>, Failure> {
        let Self {
            publisher,
            site,
            folder,
            assets,
            critical,
            fingerprints,
            host,
            now,
            ..
        } = *self;
        let key = self.key();
        MachineFiles {
            publisher,
            site,
            assets,
            key,
            output,
            host,
            count,
            now,
        }
        .write()?;
        let maker = PageMaker {
            publisher,
            folder,
            assets,
            critical,
            key,
            fingerprints,
            recent: Recent::default(),
            shared: Lang::ALL
                .iter()
                .map(|&lang| Shared::new(publisher.site(lang), assets))
                .collect::<Result<_, _>>()?,
        };
        for (path, html) in maker.entry_pages()? {
            let key = hash::of(html.as_bytes());
            let state =
                output.unit(path, key, || Ok(vec![(path.to_owned(), html.into_bytes())]))?;
            count.one(state == UnitState::Written);
        }
        Ok(maker)
    }

    /// The hash of the tool and of the files that every page loads.
    fn key(&self) -> u64 {
        let Self { assets, tool, .. } = *self;
        let key = CacheKey::default()
            .number(tool)
            .add(&assets.script.file)
            .add(&assets.style.file);
        let key = key.add(assets.early.as_bytes());
        // The policy names the API too, and the call and the script of the monitoring.
        let monitoring = assets.monitoring.as_ref();
        let integrity = monitoring
            .and_then(|at| at.integrity.as_deref())
            .unwrap_or_default();
        key.add(&assets.icons.large)
            .add(&assets.api)
            .add(&assets.page_policy)
            .add(integrity)
            .number(assets.refresh.map_or(0, u64::from))
            .number(u64::from(assets.cards))
            .finish()
    }
}

/// Makes pages.
pub(crate) struct PageMaker<'a, P> {
    /// Makes the documents.
    publisher: &'a Publisher<'a, P>,
    /// The content folder.
    folder: ContentFolder<'a>,
    /// The files that every page loads.
    assets: &'a Assets,
    /// Gives each page its styles.
    critical: &'a Critical,
    /// The hash of the tool and of the files that every page loads.
    key: u64,
    /// Records the fingerprints of pages.
    fingerprints: &'a Fingerprints,
    /// Articles that pages were made of, one by one.
    recent: Recent,
    /// What the pages of a language share, in the order of [`Lang::ALL`].
    shared: Vec<Shared>,
}

/// How many articles are remembered.
const MOST_RECENT: usize = 32;

/// The articles that were read last. Whoever asks for an article in one language often asks for it in
/// another one next, and reading it means reading its pictures and files too.
#[derive(Default)]
struct Recent(Mutex<VecDeque<Arc<Article>>>);

impl Recent {
    /// The article of an item, which is read where it is not remembered.
    ///
    /// # Errors
    /// Where it cannot be read, or has changed since the lists were made.
    fn get(&self, folder: ContentFolder<'_>, item: &Item) -> Result<Arc<Article>, Failure> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_wanted =
            |known: &&Arc<Article>| known.section == item.section && known.slug == item.slug;
        if let Some(known) = lock().iter().find(is_wanted) {
            return Ok(Arc::clone(known));
        }
        let article = Arc::new(read_article(folder, item)?);
        let mut recent = lock();
        recent.truncate(MOST_RECENT - 1);
        recent.push_front(Arc::clone(&article));
        Ok(article)
    }
}

/// Writes pages.
struct Pages<'a, P> {
    maker: &'a PageMaker<'a, P>,
    /// Receives the files.
    output: &'a Output,
}

impl<P: Fn(&Path) -> Published + Sync> Pages<'_, P> {
    /// Writes all pages but the entry pages.
    fn write(&self, count: &Count) -> Result<(), Failure> {
        let publisher = self.maker.publisher;
        let lists: Vec<Route> = publisher
            .languages()
            .iter()
            .flat_map(|&lang| publisher.lists_in(lang))
            .collect();
        lists.par_iter().try_for_each(|route| {
            self.page(route, count, |route| Ok(publisher.document(route, None)))
        })?;
        let batches = publisher.batches();
        batches
            .par_iter()
            .enumerate()
            .try_for_each(|(number, batch)| self.batch(number, batch, count))
    }

    /// Writes the pages of a batch of articles. Where the batch's key is that of the last build,
    /// pages that still exist are kept without a look at their own keys.
    fn batch(&self, number: usize, batch: &Batch<'_>, count: &Count) -> Result<(), Failure> {
        let key = CacheKey::default()
            .number(self.maker.key)
            .number(batch.key)
            .finish();
        let state = self
            .output
            .unit(&format!("batch {number}"), key, || Ok(Vec::new()))?;
        batch
            .members
            .par_iter()
            .with_min_len(8)
            .try_for_each(|Member { item, looks_ahead }| {
                let same = state == UnitState::Kept && !looks_ahead;
                self.article(item, same, count)
            })
    }

    /// Writes the pages of an article in all languages. `same` is whether they are the same as in
    /// the last build. The article's texts are read only where one of them has to be made.
    fn article(&self, item: &Item, same: bool, count: &Count) -> Result<(), Failure> {
        let (read, publisher) = (OnceCell::new(), self.maker.publisher);
        for &lang in publisher.languages() {
            let route = Route::Article(lang, item.section.clone(), item.slug.clone());
            if same && self.output.keep(&route.path())? {
                count.one(false);
                continue;
            }
            self.page(&route, count, |route| {
                if item.version(lang).is_none() {
                    return Ok(publisher.document(route, None));
                }
                if read.get().is_none() {
                    let _ = read.set(read_article(self.maker.folder, item)?);
                }
                Ok(publisher.document(route, read.get()))
            })?;
        }
        Ok(())
    }

    fn page(
        &self,
        route: &Route,
        count: &Count,
        document: impl FnOnce(&Route) -> Result<Option<Document>, Failure>,
    ) -> Result<(), Failure> {
        let state = self.output.unit(&route.path(), self.maker.key(route), || {
            let document = document(route)?
                .ok_or_else(|| Failure::new(format!("nothing stands at {}", route.path())))?;
            self.maker.files(route, &document)
        })?;
        count.one(state == UnitState::Written);
        Ok(())
    }
}

impl<P: Fn(&Path) -> Published + Sync> PageMaker<'_, P> {
    /// The key of a page: with another one, it may be another page.
    pub(crate) fn key(&self, route: &Route) -> u64 {
        CacheKey::default()
            .number(self.key)
            .number(self.publisher.key(route))
            .finish()
    }

    /// The files of the page at an address; `None` where there is none.
    ///
    /// # Errors
    /// Where the article cannot be read, or has changed since the lists were made.
    pub(crate) fn make(&self, route: &Route) -> Result<Option<Files>, Failure> {
        if !self.publisher.has(route) {
            return Ok(None);
        }
        let article = match route {
            Route::Article(lang, section, slug) => self
                .publisher
                .index()
                .item(section, slug)
                .filter(|item| item.version(*lang).is_some())
                .map(|item| self.recent.get(self.folder, item))
                .transpose()?,
            _ => None,
        };
        let document = self.publisher.document(route, article.as_deref());
        document
            .map(|document| self.files(route, &document))
            .transpose()
    }

    /// The files of a page: HTML and document, which hold the same text, the files of its events,
    /// and the QR code of an article that is shared on WeChat. The document is read back by the
    /// browser's strict reader before it is rendered.
    fn files(&self, route: &Route, document: &Document) -> Result<Files, Failure> {
        let shared = self.shared_by(route.lang());
        let (text, document) = shared
            .documents
            .write(document)
            .map_err(|failure| Failure::new(format!("{}: {failure}", route.path())))?;
        let shown = Shown {
            route: route.clone(),
            document: Arc::new(document),
        };
        let own = render(&shown, self.assets, self.publisher.data(route));
        let parts = shared.shell.parts();
        let styles = self.critical.of(parts.chain([&*own.head, &*own.portal]))?;
        let finish = Finish {
            style_hash: &styles.hash,
            styles: &styles.css,
            fingerprint: &self.fingerprints.of(&own.portal).to_string(),
            data: &text,
        };
        let html = shared.shell.page(&own, &finish);
        let mut files = vec![
            (route.file(), html.into_bytes()),
            (route.document(), text.into_bytes()),
        ];
        files.extend(self.publisher.further_files(route, &shown.document));
        if let Page::Article(article) = &shown.document.page
            && article.channels(route.lang()).contains(&Channel::WeChat)
        {
            files.push((
                route.qr(),
                qr::draw(&shown.document.site.address(route))?.into_bytes(),
            ));
        }
        Ok(files)
    }

    /// What the pages of a language share.
    fn shared_by(&self, lang: Lang) -> &Shared {
        let place = Lang::ALL.iter().position(|&known| known == lang);
        &self.shared[place.unwrap_or_default()]
    }

    /// The root and the page for unknown addresses, with their files.
    fn entry_pages(&self) -> Result<[(&'static str, String); 2], Failure> {
        let sites: Vec<Site> = self
            .publisher
            .languages()
            .iter()
            .map(|&lang| self.publisher.site(lang).clone())
            .collect();
        let chooser = render_chooser(&sites, self.assets);
        let not_found = render_not_found(&sites, self.assets);
        Ok([
            ("index.html", self.critical.fill(&chooser)?),
            ("404.html", self.critical.fill(&not_found)?),
        ])
    }
}

/// Reads an article. It must be as it was when the lists were made.
///
/// # Errors
/// Where the article cannot be read, or has changed since then.
pub(crate) fn read_article(folder: ContentFolder<'_>, item: &Item) -> Result<Article, Failure> {
    let Item { section, slug, .. } = item;
    load::reread(folder, item)?.ok_or_else(|| {
        Failure::new(format!(
            "the article {section}/{slug} changed while the site was being built; build again"
        ))
    })
}
