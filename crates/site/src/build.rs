//! `site build`: from a bundle and a content folder to a site that any static host can serve.
//!
//! [`options`] holds the inputs. [`content`] reads the texts. [`bundle`] reads the bundle, and
//! [`assets`] publishes its files under hashed names. [`pages`] renders the pages with their
//! [`critical`] styles and their [`fingerprint`]s, and [`shared`] has what is the same on all of them; [`search`] and [`cards`] make what belongs to them. [`compress`] adds
//! compressed copies, and [`weigh`] weighs the result against the [`budget`]. [`frame`] makes a site without its pages,
//! for a server that makes them when they are asked for. [`reload`] has what editors and developers get beside; [`published`] records which articles a site has, and [`plan`]
//! says what the next one would have anew.

pub(crate) mod assets;
pub(crate) mod budget;
pub(crate) mod bundle;
mod cards;
pub(crate) mod compress;
mod constants;
mod content;
mod critical;
mod file_stages;
pub(crate) mod fingerprint;
pub(crate) mod frame;
pub(crate) mod memory;
mod monitoring;
pub(crate) mod options;
pub(crate) mod pages;
pub(crate) mod plan;
mod published;
pub(crate) mod reload;
mod search;
mod shared;
mod weigh;

use crate::build::options::Options;
use crate::media::cache::Cache;
use crate::media::card::Cards;
use crate::media::drawing;
use crate::media::pictures::{Pictures, Published};
use crate::memo;
use crate::output::{self, Kept, Output, WriteOptions};
use crate::publish::Publisher;
use crate::publish::search::Runtime;
use crate::publish::security_txt;
use crate::stages::{Stage, Stages};
use budget::Budgets;
use bundle::Bundle;
use cards::CardsStage;
use content::ContentMemory;
use critical::Critical;
use editorial::content::Content;
use editorial::diagnostics::{Failure, Stop};
use editorial::hash;
use file_stages::FileStages;
use memory::Memory;
use model::Moment;
use pages::PagesStage;
use portal::app::Assets;
use search::SearchStage;
use serde::Serialize;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// The summary of a finished build.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    /// The table of weights; empty without budgets.
    #[serde(skip)]
    pub(crate) weights: String,
    /// How many pages the site has.
    pub(crate) pages: usize,
    /// How many files it has.
    pub(crate) files: usize,
    /// Their size, in bytes.
    pub(crate) bytes: u64,
    /// How many files this build wrote; all others were kept from the last one.
    pub(crate) written: usize,
    /// How many warnings the content has.
    pub(crate) warnings: usize,
    /// A warning that `security.txt` has expired or soon will. It is printed even with `--quiet`.
    #[serde(skip)]
    pub(crate) running_out: Option<String>,
    /// How many foreign files are in its folder; they are kept.
    pub(crate) foreign: usize,
    /// The same files, with their names and with messages.
    #[serde(skip)]
    pub(crate) kept: Kept,
}

/// The output of `site build --json`.
#[derive(Serialize)]
pub(crate) struct Report<'a> {
    /// The summary.
    #[serde(flatten)]
    pub(crate) summary: &'a Summary,
    /// The finished stages.
    pub(crate) stages: &'a [Stage],
}

/// Builds the site. After a failure the old site stands as it was.
///
/// # Errors
/// Where the content has mistakes, a file cannot be read or written, or a budget is broken.
pub(crate) fn build(options: &Options, stages: &mut Stages) -> Result<Summary, Stop> {
    let memory = Memory::default();
    let begun = Begun::new(options, &memory, stages, Output::begin)?;
    let writer = begun.writer(options, &memory);
    let Written { pages, weights } = writer.write(&begun.output, stages)?;
    let Begun {
        content,
        output,
        place,
        warnings,
        ..
    } = begun;
    let (size, written) = (output.size(), output.written());
    let (files, bytes) = (size.files, size.bytes);
    let running_out = options
        .selection
        .as_of
        .and_then(|now| security_txt::notice(&content.site, now))
        .map(String::from);
    if let Some(folder) = &options.keep_bundle {
        bundle::keep(&options.bundle, folder)?;
    }
    let kept = stages.run("exchange", "site", |_| output.finish())?;
    if let Some(dist) = &options.trunk {
        output::carry_along(dist, &place)?;
    }
    Ok(Summary {
        weights,
        pages,
        files,
        bytes,
        written,
        warnings,
        running_out,
        foreign: kept.files,
        kept,
    })
}

/// A site that is being written: what was read for it, and where it goes.
struct Begun {
    content: Content,
    bundle: Bundle,
    output: Output,
    place: PathBuf,
    /// The hash of the tool.
    tool: u64,
    /// How many warnings the content has.
    warnings: usize,
    /// When the content is another one although nobody changes it: the next publication, or the end
    /// of a notice.
    next_change: Option<Moment>,
}

impl Begun {
    /// Reads content and bundle, and opens the output.
    ///
    /// # Errors
    /// Where the content has mistakes, something cannot be read, or no site can stand at its place.
    fn new(
        options: &Options,
        memory: &Memory,
        stages: &mut Stages,
        begin: impl FnOnce(&Path, WriteOptions) -> Result<Output, Failure>,
    ) -> Result<Self, Stop> {
        let (place, writing) = (options.place()?, options.writing());
        output::refuse_what_is_not_ours(&place, writing)?;
        let tool = tool()?;
        let mut known = memo::lock(&memory.articles);
        let suspects = memory.take_suspects();
        let loaded = stages.run("content", "files", |count| {
            let articles = match known.as_mut() {
                Some(articles) => articles.advance(suspects),
                None => known.insert(ContentMemory::read(&place, tool, writing)),
            };
            content::load(&options.sources(), articles, count)
        })?;
        let warnings = loaded.warnings.len();
        let mut content = content::without_mistakes(loaded)?;
        let next_change = content.next_change(&options.selection);
        if let Some(counts) = &options.counts {
            content.show_views(Some(counts));
        }
        content.select(&options.selection);
        let bundle = bundle::read(&options.bundle)?;
        if options.is_for_readers() {
            bundle.refuse_traces()?;
        }
        let output = stages.run("last site", "units", |_| {
            let output = begin(&place, writing)?;
            if let Some(articles) = known.as_mut().filter(|_| !output.compares()) {
                articles.keep();
            }
            memory.tidy(&mut known);
            Ok::<_, Failure>(output)
        })?;
        Ok(Self {
            content,
            bundle,
            output,
            place,
            tool,
            warnings,
            next_change,
        })
    }

    fn writer<'a>(&'a self, options: &'a Options, memory: &'a Memory) -> SiteWriter<'a> {
        SiteWriter {
            options,
            memory,
            content: &self.content,
            bundle: &self.bundle,
            tool: self.tool,
        }
    }
}

/// Writes a site: from what.
struct SiteWriter<'a> {
    options: &'a Options,
    /// What an earlier build of the process left.
    memory: &'a Memory,
    content: &'a Content,
    bundle: &'a Bundle,
    /// The hash of the tool.
    tool: u64,
}

/// What is known of a site when all of it is written.
struct Written {
    /// How many pages it has.
    pages: usize,
    /// The table of weights; empty without budgets.
    weights: String,
}

/// What pages are made with, beside the content.
struct Materials {
    assets: Assets,
    critical: Arc<Critical>,
    /// The files of the search.
    search: Runtime,
    /// What draws share cards; `None` where there are none.
    cards: Option<Cards>,
    cache: Cache,
    pictures: Pictures,
}

impl<'a> SiteWriter<'a> {
    /// Writes the whole site, stage by stage.
    fn write(&self, output: &Output, stages: &mut Stages) -> Result<Written, Failure> {
        let Self {
            options, bundle, ..
        } = *self;
        let mut stages = FileStages { stages, output };
        let materials = self.materials(&mut stages)?;
        let pages = self.units(&materials, &mut stages)?;
        materials.cache.prune();
        if options.compress {
            stages.run("compression", "units", compress::write)?;
        }
        let weights = match &options.budgets {
            Some(file) => Budgets::read(file)?.judge(&weigh::weigh(
                &materials.assets,
                &materials.search,
                &bundle.wasm,
                output,
            )?)?,
            None => String::new(),
        };
        Ok(Written { pages, weights })
    }

    /// Writes everything but what every page loads. Returns how many pages that are.
    fn units(&self, materials: &Materials, stages: &mut FileStages<'_>) -> Result<usize, Failure> {
        let content = self.content;
        let published = |file: &Path| materials.pictures.published(file);
        let publisher = self.publisher(&published);
        let stage = self.pages(&publisher, materials);
        let pages = stages.run("pages", "pages", |output, count| stage.write(output, count))?;
        published::write(&content.items, stages.output)?;
        self.search(&publisher, stages)?;
        if let Some(cards) = &materials.cards {
            let stage = CardsStage {
                cards,
                site: &content.site,
                items: &content.items,
                cache: &materials.cache,
            };
            stages.run("cards", "cards", |output, count| stage.write(output, count))?;
        }
        Ok(pages)
    }

    /// Writes what every page loads, and the pictures.
    fn materials(&self, stages: &mut FileStages<'_>) -> Result<Materials, Failure> {
        let Self {
            options,
            content,
            bundle,
            ..
        } = *self;
        let output = stages.output;
        let sign = drawing::sign(&content.drawings);
        let assets::Written {
            mut assets,
            critical,
            search,
        } = assets::write(bundle, &content.site, sign, options, self.memory, output)?;
        let cards = if options.cards {
            cards::renderer(&content.drawings)?
        } else {
            None
        };
        assets.cards = cards.is_some();
        assets::write_public_files(&bundle.public, output)?;
        let cache = options
            .cache
            .as_deref()
            .map_or(Ok(Cache::none()), Cache::open)?;
        let pictures = stages.run("pictures", "pictures", |output, count| {
            Pictures::write(&content.media, &cache, output, count)
        })?;
        Ok(Materials {
            assets,
            critical,
            search,
            cards,
            cache,
            pictures,
        })
    }

    fn publisher<P: Fn(&Path) -> Published>(&self, published: &'a P) -> Publisher<'a, P> {
        let Content {
            site, pages, items, ..
        } = self.content;
        Publisher::new(site, pages, items, &self.options.base, published)
    }

    /// The stage of the pages.
    fn pages<'b, P>(
        &self,
        publisher: &'b Publisher<'b, P>,
        materials: &'b Materials,
    ) -> PagesStage<'b, P>
    where
        'a: 'b,
    {
        PagesStage {
            publisher,
            site: &self.content.site,
            folder: self.options.folder(),
            assets: &materials.assets,
            critical: &materials.critical,
            fingerprints: &self.memory.fingerprints,
            tool: self.tool,
            host: self.options.host,
            now: self.options.selection.as_of,
        }
    }

    /// Writes what is searched, where it is wanted.
    fn search<P: Fn(&Path) -> Published + Sync>(
        &self,
        publisher: &Publisher<'_, P>,
        stages: &mut FileStages<'_>,
    ) -> Result<(), Failure> {
        if !self.options.search {
            return Ok(());
        }
        let stage = SearchStage {
            publisher,
            folder: self.options.folder(),
            tool: self.tool,
        };
        stages.run("search", "parts", |output, count| {
            stage.write(output, count)
        })?;
        Ok(())
    }
}

/// The hash of the tool's own binary. It is part of cache keys, because another version may make
/// other pages of the same content. It is read once: a program that runs stays as it is.
pub(crate) fn tool() -> Result<u64, Failure> {
    static TOOL: OnceLock<u64> = OnceLock::new();
    if let Some(known) = TOOL.get() {
        return Ok(*known);
    }
    let failure =
        |error: std::io::Error| Failure::new(format!("could not read the tool itself: {error}"));
    let program = std::env::current_exe().map_err(failure)?;
    let read = hash::of(&fs::read(program).map_err(failure)?);
    Ok(*TOOL.get_or_init(|| read))
}
