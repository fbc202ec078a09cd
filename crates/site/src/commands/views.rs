//! `site views`: takes view counts from a program for statistics, or from the database of a server.

use crate::hosting::base;
use crate::print;
use crate::views::addresses::{Addresses, Found};
use crate::views::database::{Place, first_hour};
use crate::views::file::{self, today};
use crate::views::reports::{Format, Line, lines};
use clap::{Args, Subcommand};
use editorial::content::Content;
use editorial::content::selection::Selection;
use editorial::content::views::{Counts, ViewsFrom};
use editorial::diagnostics::{Failure, Refusal, Stop};
use editorial::load::{self, article_cache::ArticleCache};
use editorial::message;
use model::{Day, Lang};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// How many unknown addresses are named.
const NAMED: usize = 5;

/// What is done with view counts.
#[derive(Subcommand)]
pub(crate) enum ViewsCommand {
    /// Take the reports of a program for statistics into views.json of the content folder
    Import(ImportArguments),
    /// Take what `site live` has counted into views.json of the content folder
    Export(ExportArguments),
}

/// Which reports.
#[derive(Args)]
pub(crate) struct ImportArguments {
    /// The program that has written them
    #[arg(long)]
    format: Format,
    /// The reports, as JSON. What several say of one article is added up
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A report of the last days alone, by which “most read” is sorted; left out, all views count.
    /// Can be given several times
    #[arg(long, value_name = "FILE")]
    recent: Vec<PathBuf>,
    /// The day up to which was counted; left out, today
    #[arg(long, value_name = "DAY", value_parser = day)]
    as_of: Option<Day>,
    /// The path that the portal stands under
    #[arg(long, default_value = "/", value_name = "PATH")]
    public_url: String,
    /// The content folder
    #[arg(long, default_value = "content")]
    content: PathBuf,
}

/// Which database.
#[derive(Args)]
pub(crate) struct ExportArguments {
    /// Where `site live` counts: the file of `SQLite`, or postgres://…
    #[arg(long, value_name = "FILE|ADDRESS")]
    from: String,
    /// The content folder
    #[arg(long, default_value = "content")]
    content: PathBuf,
}

/// Takes the counts.
///
/// # Errors
/// Where a report or the database cannot be read, or the file cannot be written.
pub(crate) fn run(command: &ViewsCommand) -> Result<bool, Stop> {
    match command {
        ViewsCommand::Import(arguments) => import(arguments),
        ViewsCommand::Export(arguments) => export(arguments),
    }
}

/// The counts of reports, and what in them is no article.
#[derive(Default)]
struct Sum {
    articles: BTreeMap<String, u64>,
    other: u64,
    unknown: BTreeMap<String, u64>,
}

fn import(arguments: &ImportArguments) -> Result<bool, Stop> {
    let content = content(&arguments.content)?;
    let addresses = Addresses::new(&content.items, &base::path(&arguments.public_url)?);
    let sum = |files: &[PathBuf]| {
        let mut sum = Sum::default();
        for file in files {
            for line in read(arguments.format, file)? {
                sum.add(&addresses, line);
            }
        }
        Ok::<_, Failure>(sum)
    };
    let all = sum(&arguments.files)?;
    let recent = if arguments.recent.is_empty() {
        None
    } else {
        Some(sum(&arguments.recent)?.articles)
    };
    let mut counts = Counts {
        as_of: arguments.as_of.unwrap_or_else(today),
        articles: BTreeMap::new(),
        totals: BTreeMap::new(),
    };
    for (article, views) in recent.as_ref().unwrap_or(&all.articles) {
        counts.articles.entry(article.clone()).or_default().recent = *views;
    }
    for (article, views) in &all.articles {
        counts.articles.entry(article.clone()).or_default().total = *views;
    }
    // A report of all that is older than that of the last days says less of new articles.
    for count in counts.articles.values_mut() {
        count.total = count.total.max(count.recent);
    }
    finish(&arguments.content, &content, counts)?;
    all.tell()?;
    Ok(true)
}

fn export(arguments: &ExportArguments) -> Result<bool, Stop> {
    let content = content(&arguments.content)?;
    let place = Place::named(&arguments.from);
    if let Place::File(file) = &place
        && !file.is_file()
    {
        let failure = Failure::new(format!("there is no file {}", file.display()));
        return Err(failure
            .help("site live writes it to the folder of --state, as views.sqlite")
            .into());
    }
    let since = first_hour(content.site.views.window_days);
    let articles = place
        .open()
        .and_then(|mut database| database.counts(since))
        .map_err(|why| Failure::new(format!("the views cannot be read: {why}")))?;
    let as_of = today();
    let counts = Counts {
        as_of,
        articles,
        totals: BTreeMap::new(),
    };
    finish(&arguments.content, &content, counts)?;
    Ok(true)
}

/// All of the content, drafts too, so that every address is known.
fn content(folder: &Path) -> Result<Content, Stop> {
    let everything = Selection {
        drafts: true,
        as_of: None,
    };
    let loaded = load::load(folder, &mut ArticleCache::default(), &everything)?;
    match loaded.content {
        Some(content) if loaded.problems.is_empty() => Ok(content),
        _ => Err(Stop::Refused(Refusal::Problems {
            problems: loaded.problems,
            files: loaded.files,
            closing: Some(message!("no views were taken over")),
            lang: Lang::En,
        })),
    }
}

/// Writes the counts, and says what became of them.
fn finish(folder: &Path, content: &Content, counts: Counts) -> Result<(), Stop> {
    let counts = file::with_totals(folder, counts);
    let path = file::write(folder, &counts)?;
    let views: u64 = counts.articles.values().map(|count| count.total).sum();
    print::stdout_line(format!(
        "{}: {views} views of {} articles, as of {}",
        path.display(),
        counts.articles.len(),
        counts.as_of
    ))?;
    if content.site.views.from != ViewsFrom::Counter {
        print::stdout_line(
            "readers do not see them: site.json has no \"views\": { \"from\": \"counter\" }",
        )?;
    }
    Ok(())
}

fn read(format: Format, file: &Path) -> Result<Vec<Line>, Failure> {
    let bytes = fs::read(file).map_err(|error| Failure::io("read", file, &error))?;
    let wrong = |why: &dyn std::fmt::Display| {
        Failure::new(format!(
            "{} is no report that can be used: {why}",
            file.display()
        ))
        .help("docs/views.md says how to make the program write one")
    };
    let report: Value = serde_json::from_slice(&bytes).map_err(|error| wrong(&error))?;
    lines(format, &report).map_err(|why| wrong(&why))
}

impl Sum {
    fn add(&mut self, addresses: &Addresses, line: Line) {
        let method = line.method.as_deref();
        match addresses.find(&line.address) {
            // A log has each request: a page that is loaded, and what a page that was there already
            // tells of being read.
            Found::Page(article) if matches!(method, None | Some("GET")) => {
                *self.articles.entry(article.to_owned()).or_default() += line.views;
            }
            Found::Document(article) if matches!(method, None | Some("HEAD")) => {
                *self.articles.entry(article.to_owned()).or_default() += line.views;
            }
            Found::Page(_) | Found::Document(_) | Found::Other => self.other += line.views,
            Found::Nothing => *self.unknown.entry(line.address).or_default() += line.views,
        }
    }

    fn tell(&self) -> Result<(), Failure> {
        if self.other > 0 {
            print::stdout_line(format!("{} were of other pages", self.other))?;
        }
        if !self.unknown.is_empty() {
            let views: u64 = self.unknown.values().sum();
            let mut most: Vec<_> = self.unknown.iter().collect();
            most.sort_by_key(|&(address, views)| (std::cmp::Reverse(views), address));
            let named = most
                .iter()
                .take(NAMED)
                .map(|(address, _)| address.escape_debug().to_string());
            let named: Vec<String> = named.collect();
            print::stdout_line(format!(
                "{views} were of {} addresses that the portal does not have: {}{}",
                most.len(),
                named.join(", "),
                if most.len() > NAMED { ", …" } else { "" }
            ))?;
        }
        Ok(())
    }
}

/// Parses a whole day.
fn day(text: &str) -> Result<Day, String> {
    let wrong = || "write a day, such as 2026-05-13".to_owned();
    let day = Day::new(text).map_err(|_| wrong())?;
    day.is_whole().then_some(day).ok_or_else(wrong)
}
