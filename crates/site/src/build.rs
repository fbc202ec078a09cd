//! `site build`: from a bundle and a content folder to a site that any static host can serve.
//!
//! [`options`] holds the inputs. [`bundle`] reads the bundle, and [`assets`] publishes its files
//! under hashed names. [`pages`] renders the pages with their [`fingerprint`]s. [`compress`] adds
//! compressed copies, and [`budget`] weighs the result.

pub(crate) mod assets;
pub(crate) mod budget;
pub(crate) mod bundle;
pub(crate) mod compress;
pub(crate) mod fingerprint;
pub(crate) mod options;
pub(crate) mod pages;

use crate::build::budget::{Budgets, Weight, Weights};
use crate::build::fingerprint::Fingerprints;
use crate::build::options::Options;
use crate::media::cache::Cache;
use crate::media::card::{CardText, Cards, Fonts};
use crate::media::drawing;
use crate::media::pictures::Pictures;
use crate::output::{self, Kept, Output, UnitState, WriteOptions, state_of};
use crate::print;
use crate::publish::Publisher;
use crate::publish::machine_files::MachineFiles;
use crate::publish::search;
use crate::publish::security_txt;
use crate::stages::{Count, Stage, Stages};
use bundle::Bundle;
use editorial::content::Content;
use editorial::content::catalogue::Item;
use editorial::diagnostics::Failure;
use editorial::diagnostics::{Refusal, Stop};
use editorial::edit::locales;
use editorial::hash::{self, CacheKey};
use editorial::load::{self, Loaded, memory::Memory};
use model::route::{Place, Route};
use pages::Pages;
use portal::app::Assets;
use rayon::prelude::*;
use serde::Serialize;
use std::fs;
use std::path::Path;
use std::sync::atomic::Ordering;

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

/// The last line of the report where the content has mistakes.
const CLOSING: &str = "nothing was built; the last site stays as it was\n";

/// Builds the site. After a failure the old site stands as it was.
///
/// # Errors
/// Where the content has mistakes, a file cannot be read or written, or a budget is broken.
pub(crate) fn build(options: &Options, stages: &mut Stages) -> Result<Summary, Stop> {
    let place = options.place()?;
    let writing = WriteOptions { keep: options.keep, fresh: options.fresh, replace: options.replace_foreign };
    output::refuse_what_is_not_ours(&place, writing)?;
    let tool = tool()?;
    let remembered = state_of(&place).join("content");
    let mut memory = Memory::default();
    let loaded = stages.run("content", "files", |count| {
        if options.keep && !options.fresh {
            memory = Memory::read(&remembered, tool);
        }
        let loaded = load(options, &mut memory)?;
        count.things.store(loaded.files, Ordering::Relaxed);
        Ok::<_, Failure>(loaded)
    })?;
    let Some(mut content) = loaded.content.filter(|_| loaded.problems.is_empty()) else {
        let problems = [loaded.problems, loaded.warnings].concat();
        return Err(Stop::Refused(Refusal::Problems { problems, files: loaded.files, closing: CLOSING }));
    };
    content.select(&options.selection);
    let bundle = bundle::read(&options.bundle)?;
    if options.is_for_readers() {
        bundle.refuse_traces()?;
    }
    let output = stages.run("last site", "units", |_| {
        let output = Output::begin(&place, writing)?;
        // The memory is valid even if the build fails later. It is dropped as early as possible.
        if options.keep {
            memory.write(&remembered);
        }
        drop(memory);
        Ok::<_, Failure>(output)
    })?;
    let summary = write(options, &content, &bundle, tool, &output, stages)?;
    let running_out = options.selection.as_of.and_then(|now| security_txt::notice(&content.site, now));
    let summary = Summary { warnings: loaded.warnings.len(), running_out, ..summary };
    if let Some(folder) = &options.keep_bundle {
        bundle::keep(&options.bundle, folder)?;
    }
    let kept = stages.run("exchange", "site", |_| output.finish())?;
    if let Some(dist) = &options.trunk {
        output::carry_along(dist, &place)?;
    }
    Ok(Summary { foreign: kept.files, kept, ..summary })
}

/// Reads and checks the content and the interface words.
fn load(options: &Options, memory: &mut Memory) -> Result<Loaded, Failure> {
    let mut loaded = load::load(&options.content, memory, &options.selection)?;
    if let Some(folder) = &options.locales {
        let words = locales::check::<locales::Words>(folder)?;
        loaded.problems.extend(words.problems);
        loaded.files += words.files;
    }
    Ok(loaded)
}

/// Writes the whole site.
fn write(
    options: &Options,
    content: &Content,
    bundle: &Bundle,
    tool: u64,
    output: &Output,
    stages: &mut Stages,
) -> Result<Summary, Failure> {
    let search = search::publish(&bundle.search, output)?;
    let sign = drawing::sign(&content.drawings);
    let mut assets = assets::write(bundle, sign, output, &search.script, if options.reload { RELOAD } else { "" })?;
    let fonts = if options.cards { fonts_of_cards() } else { None };
    let cards = fonts.map(|fonts| Cards::new(fonts, &content.drawings)).transpose()?;
    assets.cards = cards.is_some();
    for (path, file) in &bundle.public {
        output.write(path, &fs::read(file).map_err(|error| Failure::io("read", file, &error))?)?;
    }
    let cache = options.cache.as_deref().map_or(Ok(Cache::none()), Cache::open)?;
    let mut stage = Writing { stages, output };
    let pictures = stage.run("pictures", "pictures", |count| Pictures::write(&content.media, &cache, output, count))?;
    let published = |file: &Path| pictures.published(file);
    let publisher = Publisher::new(&content.site, &content.pages, &content.items, &options.base, &published);
    let pages = stage.run("pages", "pages", |count| {
        let key = CacheKey::default().number(tool).add(&assets.script.file).add(&assets.style.file);
        let key = key.add(&assets.early.file);
        let key = key.add(&assets.icons.large).number(u64::from(assets.cards)).finish();
        let (now, host) = (options.selection.as_of, options.host);
        MachineFiles { publisher: &publisher, site: &content.site, assets: &assets, key, output, host, count, now }
            .write()?;
        let fingerprints = Fingerprints::default();
        Pages { publisher: &publisher, content: &options.content, assets: &assets, key, output, fingerprints }
            .write(count)?;
        Ok::<_, Failure>(count.things.load(Ordering::Relaxed))
    })?;
    if options.search {
        stage.run("search", "parts", |count| {
            let site = |lang| publisher.site(lang);
            let article = |item: &Item| pages::read(&options.content, item);
            search::write(content, site, article, tool, output, count)
        })?;
    }
    if let Some(cards) = cards {
        stage.run("cards", "cards", |count| write_cards(&cards, content, &cache, output, count))?;
    }
    cache.prune();
    if options.compress {
        stage.run("compression", "units", |count| compress::write(output, count))?;
    }
    let weights = match &options.budgets {
        Some(budgets) => Budgets::read(budgets)?.judge(&weigh(bundle, &assets, &search, output)?)?,
        None => String::new(),
    };
    let size = output.size();
    let (files, bytes, written) = (size.files, size.bytes, output.written());
    let (foreign, kept) = (0, Kept::default());
    Ok(Summary { weights, pages, files, bytes, written, warnings: 0, running_out: None, foreign, kept })
}

/// Stages that write files.
struct Writing<'a> {
    stages: &'a mut Stages,
    output: &'a Output,
}

impl Writing<'_> {
    /// Runs a stage, and counts the bytes of the files that it wrote or kept.
    fn run<T>(
        &mut self,
        name: &'static str,
        of: &'static str,
        work: impl FnOnce(&Count) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let output = self.output;
        self.stages.run(name, of, |count| {
            let before = output.size().bytes;
            let done = work(count)?;
            count.bytes.store(output.size().bytes - before, Ordering::Relaxed);
            Ok(done)
        })
    }
}

/// The fonts of share cards. Without them the site has no cards, and a warning says so.
fn fonts_of_cards() -> Option<Fonts> {
    match Fonts::of_this_machine() {
        Ok(fonts) => Some(fonts),
        Err(missing) => {
            print::aside(format!("warning: {missing}\n"));
            None
        }
    }
}

/// Writes a share card for each article in each language, and one for each language.
fn write_cards(cards: &Cards, content: &Content, cache: &Cache, output: &Output, count: &Count) -> Result<(), Failure> {
    let site = &content.site;
    let write = |route: &Route, text: &CardText| -> Result<(), Failure> {
        let state = cards.write(route.card(), text, cache, output)?;
        count.one(state == UnitState::Written);
        Ok(())
    };
    for &lang in &site.languages {
        write(&Route::Home(lang), &CardText::of_portal(lang, site.names.get(lang), site.slogans.get(lang)))?;
    }
    content.items.par_iter().try_for_each(|item| {
        let section = site.sections.iter().find(|section| section.slug == item.section);
        item.versions.iter().try_for_each(|(lang, version)| {
            let route = Route::Article(*lang, item.section.clone(), item.slug.clone());
            let (name, section) = (site.names.get(*lang), section.map_or("", |section| section.names.get(*lang)));
            write(&route, &CardText::of_article(*lang, name, section, &version.title, item.published))
        })
    })
}

/// Weighs what a reader loads. Of articles and of other pages, only the largest file is weighed.
fn weigh(bundle: &Bundle, assets: &Assets, search: &search::Runtime, output: &Output) -> Result<Weights, Failure> {
    let is_page = |path: &str, article: bool| {
        path.ends_with("/index.html")
            && matches!(Route::parse(path.trim_end_matches("index.html")), Place::Page(route) if matches!(route, Route::Article(..)) == article)
    };
    let heaviest = |article: bool| -> Result<Weight, Failure> {
        let file = output.largest(|path| is_page(path, article));
        file.map_or(Ok(Weight::default()), |(path, _)| Ok(Weight::of(&output.read(&path)?)))
    };
    let mut program = Weight::default();
    for file in &search.programs {
        program = program.max(Weight::of(&output.read(file)?));
    }
    Ok(Weights {
        search: program.and(Weight::of(&output.read(&search.script)?)),
        article_html: heaviest(true)?,
        other_html: heaviest(false)?,
        style: Weight::of(&output.read(&assets.style.file)?),
        script: Weight::of(&output.read(&assets.script.file)?),
        wasm: Weight::of(&bundle.wasm),
    })
}

/// The hash of the tool's own binary. It is part of cache keys, because another version may make
/// other pages of the same content.
fn tool() -> Result<u64, Failure> {
    let failure = |error: std::io::Error| Failure::new(format!("could not read the tool itself: {error}"));
    let program = std::env::current_exe().map_err(failure)?;
    Ok(hash::of(&fs::read(program).map_err(failure)?))
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

/// A developer's script: reloads the page after each build, and logs why a build failed.
const RELOAD: &str = r#"
(() => {
  const base = document.getElementById("portal")?.dataset.base ?? "/";
  const connect = (again) => {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${base}.well-known/trunk/ws`);
    socket.onopen = () => again && location.reload();
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === "reload") location.reload();
      else if (message.type === "buildFailure") console.error(`the build failed: ${message.data.reason}`);
    };
    socket.onclose = () => setTimeout(connect, 2000, true);
  };
  connect(false);
})();
"#;
