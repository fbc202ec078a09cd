//! A site without its pages and share cards, and what makes these when somebody asks for them.

use crate::build::cards;
use crate::build::compress;
use crate::build::file_stages::FileStages;
use crate::build::memory::Memory;
use crate::build::options::Options;
use crate::build::pages::{Files, PageMaker};
use crate::build::{Begun, Materials};
use crate::media::card::CardText;
use crate::media::pictures::Published;
use crate::output::Output;
use crate::publish::Publisher;
use crate::stages::Stages;
use editorial::content::Content;
use editorial::content::views::ViewsFrom;
use editorial::diagnostics::{Failure, Stop};
use editorial::hash;
use model::route::{CARDS, Route};
use model::{Lang, Moment, Slug};
use std::path::{Path, PathBuf};

/// Makes what a site has for each article, one by one. Several threads can share it.
pub(crate) trait OnDemand: Sync {
    /// The key of the page at an address: as long as it is the same, so is the page. `None` where
    /// there is no page.
    fn key(&self, route: &Route) -> Option<u64>;

    /// The files of the page at an address, below the site's base; `None` where there is none.
    ///
    /// # Errors
    /// Where the article cannot be read, or has changed since the site was begun.
    fn page(&self, route: &Route) -> Result<Option<Files>, Failure>;

    /// The key of the share card at a path below the site's base; `None` where there is none.
    fn card_key(&self, path: &str) -> Option<u64>;

    /// The share card at a path below the site's base, as PNG; `None` where there is none.
    fn card(&self, path: &str) -> Option<Vec<u8>>;
}

/// What is known of a finished frame.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// The folder of its files.
    pub(crate) place: PathBuf,
    /// How many articles the site has; `None` where that is not known.
    pub(crate) articles: Option<usize>,
    /// How many warnings the content has.
    pub(crate) warnings: usize,
    /// When the site is another one although nobody changes the content.
    pub(crate) next_change: Option<Moment>,
    /// Whether pages of another origin ask for documents.
    pub(crate) is_api: bool,
    /// Whether the content has chosen the counter.
    pub(crate) counts_views: bool,
}

/// Builds the frame of a site, and hands it to `serve` with what makes the rest.
///
/// # Errors
/// Where the content has mistakes, or a file cannot be read or written.
pub(crate) fn build_frame<T>(
    options: &Options,
    memory: &Memory,
    stages: &mut Stages,
    serve: impl FnOnce(&dyn OnDemand, Frame) -> T,
) -> Result<T, Stop> {
    let Begun {
        content,
        bundle,
        output,
        place,
        tool,
        warnings,
        next_change,
    } = Begun::new(options, memory, stages, Output::begin)?;
    let writer = super::SiteWriter {
        options,
        memory,
        content: &content,
        bundle: &bundle,
        tool,
    };
    let mut stages = FileStages {
        stages,
        output: &output,
    };
    let materials = writer.materials(&mut stages)?;
    let published = |file: &Path| materials.pictures.published(file);
    let publisher = writer.publisher(&published);
    let stage = writer.pages(&publisher, &materials);
    let pages = stages.run("frame", "files", |output, count| {
        stage.write_frame(output, count)
    })?;
    writer.search(&publisher, &mut stages)?;
    materials.cache.prune();
    if options.compress {
        stages.run("compression", "units", compress::write)?;
    }
    output.finish()?;
    let frame = Frame {
        place,
        articles: Some(content.items.len()),
        warnings,
        next_change,
        is_api: content.site.api_origin().is_some(),
        counts_views: content.site.views.from == ViewsFrom::Counter,
    };
    Ok(serve(
        &Maker {
            publisher: &publisher,
            pages,
            content: &content,
            materials: &materials,
        },
        frame,
    ))
}

/// What makes pages and cards.
struct Maker<'a, P> {
    publisher: &'a Publisher<'a, P>,
    pages: PageMaker<'a, P>,
    content: &'a Content,
    materials: &'a Materials,
}

impl<P: Fn(&Path) -> Published + Sync> OnDemand for Maker<'_, P> {
    fn key(&self, route: &Route) -> Option<u64> {
        self.publisher.has(route).then(|| self.pages.key(route))
    }

    fn page(&self, route: &Route) -> Result<Option<Files>, Failure> {
        self.pages.make(route)
    }

    fn card_key(&self, path: &str) -> Option<u64> {
        let cards = self.materials.cards.as_ref()?;
        Some(hash::of(cards.key(&self.card_text(path)?).as_bytes()))
    }

    fn card(&self, path: &str) -> Option<Vec<u8>> {
        let cards = self.materials.cards.as_ref()?;
        Some(cards.draw(&self.card_text(path)?))
    }
}

impl<P: Fn(&Path) -> Published> Maker<'_, P> {
    /// What stands on the card at a path: `cards/vi/portal.png`, `cards/vi/port/deep-water-port.png`.
    fn card_text(&self, path: &str) -> Option<CardText> {
        let (site, below) = (&self.content.site, path.strip_prefix(CARDS)?);
        let (tag, rest) = below.strip_prefix('/')?.split_once('/')?;
        let lang = Lang::from_tag(tag).filter(|lang| site.languages.contains(lang))?;
        if Route::Home(lang).card() == path {
            return Some(cards::of_portal(site, lang));
        }
        let (section, slug) = rest.strip_suffix(".png")?.split_once('/')?;
        let (section, slug) = (Slug::new(section).ok()?, Slug::new(slug).ok()?);
        let item = self.publisher.index().item(&section, &slug)?;
        Some(cards::of_article(
            site,
            item,
            lang,
            &item.version(lang)?.title,
        ))
    }
}
