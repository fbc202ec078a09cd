//! `cargo xtask bench sync`: what a first sync costs, one after which nothing changed, and one of a
//! changed article, with a real CMS.
//!
//! The articles are those of a synthetic portal, in two languages and without pictures. Requests are
//! counted between `site sync` and the CMS.

mod counter;
mod strapi;
mod wagtail;
mod wordpress;

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::Ordering;
use std::time::Instant;

use serde_json::{Value, json};
use synthetic::{Block, Portal, Span, Version, authored};

use crate::arguments::{SyncOptions, System};
use crate::bench::SEED;
use crate::bench::folder::{self, failed};
use crate::bench::site::chosen;
use crate::failure::Failure;
use crate::process;
use crate::project::Project;
use counter::Counter;
use strapi::Strapi;
use wagtail::Wagtail;
use wordpress::WordPress;

/// The environment variable with the token.
const TOKEN: &str = "BENCH_SYNC_TOKEN";

/// How often a sync may find what was changed in the seconds before it.
const MOST_SYNCS: usize = 5;

/// A CMS that runs.
trait Cms {
    fn port(&self) -> u16;

    /// What lets `site sync` read it; empty where everybody may.
    fn token(&self) -> &str;

    /// What `source.json` says of it besides its address.
    fn settings(&self) -> Value;

    /// Publishes an article in both languages.
    fn publish(&mut self, versions: &[Version; 2], number: usize) -> Result<(), Failure>;

    /// Gives an article other headlines, in both languages: a translation that is older than its
    /// original is something to look at.
    fn change(&self, number: usize) -> Result<(), Failure>;
}

/// What a sync cost.
struct Synced {
    name: &'static str,
    seconds: f64,
    requests: usize,
    said: String,
}

/// Measures, and prints a table.
///
/// # Errors
/// Where something is missing or does not build, or the CMS or a sync fails.
pub(crate) fn run(project: &Project, options: &SyncOptions) -> Result<(), Failure> {
    if !cfg!(unix) {
        return Err(Failure::unmet("this is measured on Unix only"));
    }
    let site = chosen(project, options.site.as_deref())?;
    let place = project.root.join("target/bench/sync");
    folder::remove(&place)?;
    folder::make(&place)?;
    eprintln!("starting {}", options.system);
    let measured = match options.system {
        System::Strapi => Strapi::start(project, &place)
            .and_then(|mut cms| measure(&mut cms, options, &place, &site)),
        System::Wagtail => Wagtail::start(project, &place)
            .and_then(|mut cms| measure(&mut cms, options, &place, &site)),
        System::Wordpress => WordPress::start(project, &place)
            .and_then(|mut cms| measure(&mut cms, options, &place, &site)),
    };
    folder::remove(&place)?;
    println!("{}", table(&measured?, options));
    Ok(())
}

fn measure(
    cms: &mut impl Cms,
    options: &SyncOptions,
    place: &Path,
    site: &Path,
) -> Result<Vec<Synced>, Failure> {
    eprintln!("writing {} articles", options.articles);
    let portal = Portal::new(options.articles, SEED).without_pictures();
    for number in 0..options.articles {
        cms.publish(&portal.article(number).versions, number)?;
    }
    let counter = Counter::start(cms.port())?;
    authored::write_frame(&place.join("content"))
        .and_then(|()| fs::create_dir_all(place.join("content/articles")))
        .and_then(|()| {
            let mut config = cms.settings();
            config["address"] = json!(format!("http://127.0.0.1:{}", counter.port));
            config["offset"] = json!("+07:00");
            config["source"] = json!({"name": "A newsroom", "address": "https://cms.example/"});
            fs::write(place.join("content/source.json"), config.to_string())
        })
        .map_err(|error| failed("write", place, &error))?;
    let sync = |name| sync(name, &counter, site, place, cms.token());
    let first = sync("the first sync")?;
    // What was written in the seconds before a sync may be asked for once more.
    let mut nothing = sync("nothing changed")?;
    for _ in 0..MOST_SYNCS {
        if nothing.said.contains(" 0 changed") {
            break;
        }
        nothing = sync("nothing changed")?;
    }
    cms.change(options.articles / 2)?;
    let one = sync("one article changed")?;
    if !(nothing.said.contains(" 0 changed") && one.said.contains(" 1 changed")) {
        return Err(Failure::broken(format!(
            "one article changed, and the syncs before and after that said:\n{}{}",
            nothing.said, one.said
        )));
    }
    Ok(vec![first, nothing, one])
}

fn sync(
    name: &'static str,
    counter: &Counter,
    site: &Path,
    place: &Path,
    token: &str,
) -> Result<Synced, Failure> {
    eprintln!("{name}");
    counter.requests.store(0, Ordering::Relaxed);
    let log = place.join("sync.log");
    let output = File::create(&log).map_err(|error| failed("write", &log, &error))?;
    let mut command = Command::new(site);
    command.arg("sync").current_dir(place).env(TOKEN, token);
    command.stdout(output);
    let begin = Instant::now();
    let status = command
        .status()
        .map_err(|error| Failure::broken(format!("cannot run `site sync`: {error}")))?;
    let seconds = begin.elapsed().as_secs_f64();
    let said = fs::read_to_string(&log).unwrap_or_default();
    if !status.success() {
        let line = process::line(&command);
        return Err(Failure::broken(format!("`{line}` failed:\n{said}")));
    }
    Ok(Synced {
        name,
        seconds,
        requests: counter.requests.load(Ordering::Relaxed),
        said,
    })
}

/// What a CMS answered to something that was written.
fn written(path: &str, answer: Option<(u16, String)>) -> Result<Value, Failure> {
    let text = match answer {
        Some((200 | 201, text)) => text,
        other => {
            return Err(Failure::broken(format!(
                "the CMS answered {path} with {other:?}"
            )));
        }
    };
    // The answer may come in chunks.
    let json = text.find(['{', '[']).zip(text.rfind(['}', ']']));
    json.and_then(|(from, to)| serde_json::from_str(&text[from..=to]).ok())
        .ok_or_else(|| Failure::broken(format!("the CMS's answer is not understood: {text}")))
}

/// The words of a paragraph.
fn plain(spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| match span {
            Span::Text(text) | Span::Strong(text) | Span::Link(_, _, text) => text.as_str(),
        })
        .collect()
}

/// A text in HTML.
fn plain_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A body in HTML.
fn html(blocks: &[Block]) -> String {
    let block = |block: &Block| match block {
        Block::Heading(text) => format!("<h2>{}</h2>", plain_text(text)),
        Block::Paragraph(spans) => format!("<p>{}</p>", plain_text(&plain(spans))),
        Block::List(items) => {
            let items = items
                .iter()
                .map(|item| format!("<li>{}</li>", plain_text(item)));
            format!("<ul>{}</ul>", items.collect::<String>())
        }
    };
    blocks.iter().map(block).collect()
}

/// The table in Markdown.
fn table(syncs: &[Synced], options: &SyncOptions) -> String {
    let rows: String = syncs
        .iter()
        .map(|sync| {
            let said = sync.said.lines().last().unwrap_or_default();
            format!(
                "| {} | {:.2} | {} | {said} |\n",
                sync.name, sync.seconds, sync.requests
            )
        })
        .collect();
    format!(
        "{} articles in 2 languages, without pictures, from {}\n\n| sync | seconds | requests | said |\n|---|--:|--:|---|\n{rows}",
        options.articles, options.system
    )
}
