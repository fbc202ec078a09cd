//! `site build`: from a bundle and a content folder to a site that any static host can serve.
//!
//! [`options`] holds the inputs. [`content`] reads the texts. [`bundle`] reads the bundle, and
//! [`assets`] publishes its files under hashed names. [`pages`] renders the pages with their
//! [`critical`] styles and their [`fingerprint`]s; [`search`] and [`cards`] make what belongs to them. [`compress`] adds
//! compressed copies, and [`weigh`] weighs the result against the [`budget`].

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
pub(crate) mod options;
pub(crate) mod pages;
mod search;
mod weigh;

use crate::build::options::Options;
use crate::media::cache::Cache;
use crate::media::drawing;
use crate::media::pictures::Pictures;
use crate::output::{self, Kept, Output};
use crate::publish::Publisher;
use crate::publish::security_txt;
use crate::stages::{Stage, Stages};
use budget::Budgets;
use bundle::Bundle;
use cards::CardsStage;
use content::ContentMemory;
use editorial::content::Content;
use editorial::diagnostics::{Failure, Stop};
use editorial::hash;
use file_stages::FileStages;
use pages::PagesStage;
use search::SearchStage;
use serde::Serialize;
use std::fs;
use std::path::Path;

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
    let (place, writing) = (options.place()?, options.writing());
    output::refuse_what_is_not_ours(&place, writing)?;
    let tool = tool()?;
    let (loaded, memory) = stages.run("content", "files", |count| {
        content::load(
            &options.sources(),
            ContentMemory::read(&place, tool, writing),
            count,
        )
    })?;
    let warnings = loaded.warnings.len();
    let mut content = content::without_mistakes(loaded)?;
    content.select(&options.selection);
    let bundle = bundle::read(&options.bundle)?;
    if options.is_for_readers() {
        bundle.refuse_traces()?;
    }
    let output = stages.run("last site", "units", |_| {
        let output = Output::begin(&place, writing)?;
        memory.keep();
        Ok::<_, Failure>(output)
    })?;
    let site = SiteWriter {
        options,
        content: &content,
        bundle: &bundle,
        tool,
        output: &output,
    };
    let Written { pages, weights } = site.write(stages)?;
    let (size, written) = (output.size(), output.written());
    let (files, bytes) = (size.files, size.bytes);
    let running_out = options
        .selection
        .as_of
        .and_then(|now| security_txt::notice(&content.site, now));
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

/// Writes a site: from what, and where.
struct SiteWriter<'a> {
    options: &'a Options,
    content: &'a Content,
    bundle: &'a Bundle,
    /// The hash of the tool.
    tool: u64,
    output: &'a Output,
}

/// What is known of a site when all of it is written.
struct Written {
    /// How many pages it has.
    pages: usize,
    /// The table of weights; empty without budgets.
    weights: String,
}

impl SiteWriter<'_> {
    /// Writes the whole site, stage by stage.
    fn write(&self, stages: &mut Stages) -> Result<Written, Failure> {
        let Self {
            options,
            content,
            bundle,
            tool,
            output,
        } = *self;
        let sign = drawing::sign(&content.drawings);
        let assets::Written {
            mut assets,
            critical,
            search,
        } = assets::write(bundle, sign, &options.base, options.reload, output)?;
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
        let mut stages = FileStages { stages, output };
        let pictures = stages.run("pictures", "pictures", |output, count| {
            Pictures::write(&content.media, &cache, output, count)
        })?;
        let published = |file: &Path| pictures.published(file);
        let publisher = Publisher::new(
            &content.site,
            &content.pages,
            &content.items,
            &options.base,
            &published,
        );
        let (folder, host, now) = (
            options.content.as_path(),
            options.host,
            options.selection.as_of,
        );
        let stage = PagesStage {
            publisher: &publisher,
            site: &content.site,
            folder,
            assets: &assets,
            critical: &critical,
            tool,
            host,
            now,
        };
        let pages = stages.run("pages", "pages", |output, count| stage.write(output, count))?;
        if options.search {
            let stage = SearchStage {
                publisher: &publisher,
                standing: &content.pages,
                folder,
                tool,
            };
            stages.run("search", "parts", |output, count| {
                stage.write(output, count)
            })?;
        }
        if let Some(cards) = cards {
            let stage = CardsStage {
                cards,
                site: &content.site,
                items: &content.items,
                cache: &cache,
            };
            stages.run("cards", "cards", |output, count| stage.write(output, count))?;
        }
        cache.prune();
        if options.compress {
            stages.run("compression", "units", compress::write)?;
        }
        let weights = match &options.budgets {
            Some(file) => Budgets::read(file)?.judge(&weigh::weigh(
                &assets,
                &search,
                &bundle.wasm,
                output,
            )?)?,
            None => String::new(),
        };
        Ok(Written { pages, weights })
    }
}

/// The hash of the tool's own binary. It is part of cache keys, because another version may make
/// other pages of the same content.
fn tool() -> Result<u64, Failure> {
    let failure =
        |error: std::io::Error| Failure::new(format!("could not read the tool itself: {error}"));
    let program = std::env::current_exe().map_err(failure)?;
    Ok(hash::of(&fs::read(program).map_err(failure)?))
}
