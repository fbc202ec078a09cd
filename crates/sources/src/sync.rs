//! `site sync`: asks the CMS for what changed, and writes it into the content folder.
//!
//! Everything is fetched and made before the first file is written, so a CMS that fails leaves the
//! content as it was.

mod left_out;
mod links;
mod maker;
mod naming;
mod writer;

use crate::adapter::{Adapter, Entry, Stub};
use crate::client::{Client, SourceError, Timeouts};
use crate::config::{Config, System};
use crate::interrupt::Interrupt;
use crate::record::{Journal, Origin, Record, hash};
use crate::strapi::Strapi;
use crate::wagtail::Wagtail;
use crate::wordpress::{self, WordPress};
use clap::Args;
use editorial::diagnostics::{Failure, report};
use editorial::load::SOURCE;
use import::{Loss, Portal, Report, Store};
use left_out::LeftOuts;
use links::Links;
use maker::{Made, Maker};
use model::Lang;
use naming::Names;
use std::collections::BTreeMap;
use std::env;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use writer::Writer;

/// Where articles go to, and how much may be missing.
#[derive(Args, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct SyncArguments {
    /// The content folder; its source.json says where the CMS is
    #[arg(long, default_value = "content")]
    pub(crate) content: PathBuf,
    /// Go on where the CMS has no articles at all any more
    #[arg(long)]
    allow_empty: bool,
    /// Fetch every article again, changed or not
    #[arg(long)]
    all: bool,
    /// Only say what would be done
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Bring nothing over, but propose a source.json of what the CMS has; it is written where there
    /// is none yet
    #[arg(long, conflicts_with_all = ["all", "allow_empty"])]
    pub(crate) propose: bool,
    /// With --propose: the system, where there is no source.json yet
    #[arg(long, requires = "propose", requires = "address")]
    pub(crate) system: Option<System>,
    /// With --propose: the address of the CMS
    #[arg(long, requires = "propose", value_name = "URL")]
    pub(crate) address: Option<String>,
    /// With --propose: the environment variable that holds the token
    #[arg(long, requires = "propose", value_name = "NAME")]
    pub(crate) token_variable: Option<String>,
    /// With --propose: what the CMS calls its articles, where that is not "articles"
    #[arg(long, requires = "propose", value_name = "NAME")]
    pub(crate) articles: Option<String>,
}

impl SyncArguments {
    /// A usual sync into a content folder.
    pub fn into(content: PathBuf) -> Self {
        Self {
            content,
            allow_empty: false,
            all: false,
            dry_run: false,
            propose: false,
            system: None,
            address: None,
            token_variable: None,
            articles: None,
        }
    }
}

/// The result of a sync.
pub struct Synced {
    /// The report for the editor.
    pub report: String,
    /// Whether everything was carried over.
    pub complete: bool,
    /// What became of each article that is not as before, a line each.
    pub changes: Vec<String>,
    /// What has to be looked at: a text for each article, as the report has it.
    pub complaints: Vec<String>,
}

/// The texts of one article in the CMS.
struct Wanted<'a> {
    /// Its name in the CMS.
    id: &'a str,
    /// Its texts whose languages this portal has.
    texts: Vec<(Lang, &'a Stub)>,
}

impl Wanted<'_> {
    /// The revisions of its texts, by locale.
    fn revisions(&self) -> BTreeMap<String, String> {
        self.texts
            .iter()
            .map(|(_, stub)| (stub.locale.clone(), stub.revision.clone()))
            .collect()
    }

    /// Its texts as the list has them, by locale.
    fn listed(&self) -> BTreeMap<String, String> {
        let texts = self.texts.iter();
        texts
            .map(|(_, stub)| {
                (
                    stub.locale.clone(),
                    format!("{} {}", stub.revision, stub.title),
                )
            })
            .collect()
    }

    /// The names of its texts in messages.
    fn subjects(&self) -> Vec<String> {
        self.texts.iter().map(|(_, stub)| stub.subject()).collect()
    }
}

/// An article that was made and waits on the disk, so that a thousand with their pictures need no
/// memory.
struct Staged {
    id: String,
    origin: Origin,
    subjects: Vec<String>,
    /// Its texts as the list had them.
    listed: BTreeMap<String, String>,
    losses: Vec<(String, Loss)>,
    pictures: usize,
    /// The folder with its files; `None` where nothing is written.
    folder: Option<PathBuf>,
}

impl Staged {
    fn of(made: Made, store: Option<&Store>) -> Result<Self, Failure> {
        let stage = |store: &Store| store.stage(&made.assembled.files);
        Ok(Self {
            folder: store.map(stage).transpose()?,
            id: made.id,
            origin: made.origin,
            subjects: made.subjects,
            listed: made.listed,
            losses: made.assembled.losses,
            pictures: made.assembled.pictures,
        })
    }
}

/// What became of the articles.
#[derive(Default)]
struct Counts {
    new: usize,
    changed: usize,
    removed: usize,
    same: usize,
}

/// Brings the content folder up to date, until it is asked to stop. The article that is being
/// exchanged then is finished.
///
/// # Errors
/// Where `source.json` has mistakes, the CMS cannot be read, something cannot be written, or it was
/// stopped before everything was done.
pub fn sync_until(arguments: &SyncArguments, interrupt: &Interrupt) -> Result<Synced, Failure> {
    let content = &arguments.content;
    let portal = Portal::open(content)?;
    let (config, fingerprint) = read_config(arguments, &portal)?;
    let client = Client::new(
        &config.address,
        authorization(&config)?,
        Timeouts::of(config.timeout),
    )
    .until(interrupt);
    // From here on no other sync or import is at work.
    let store = if arguments.dry_run {
        None
    } else {
        Some(Store::open(content)?)
    };
    let mut journal = Journal::open(content, store.as_ref())?;
    check_address(&journal.record, &config)?;
    let adapter = adapter(&config, &portal, &journal.record);
    let stubs = adapter.list(&client).map_err(|error| unchanged(&error))?;
    for (part, whole) in adapter.merged() {
        journal.record.merge(&part, &whole, content);
    }
    let record = &journal.record;
    let mut report = Report {
        received: stubs.len(),
        ..Report::default()
    };
    for (subject, why) in adapter.withheld() {
        report.received += 1;
        report.leave_out(&[subject], why);
    }
    let wanted = group(&stubs, &config, &mut report);
    // Where a plugin that says languages is switched off, all texts are there, and none can be used.
    check_number(wanted.len(), record, arguments)?;
    let again = arguments.all || record.config != fingerprint;
    let (mut due, same): (Vec<&Wanted<'_>>, Vec<_>) = wanted
        .iter()
        .partition(|article| again || !is_known(article, record));
    let mut left_out = LeftOuts::new(content, &fingerprint);
    if !arguments.all {
        due = left_out.take_out(due, record, content, &mut report);
    }
    let mut maker = Maker {
        config: &config,
        portal: &portal,
        client: &client,
        adapter: adapter.as_ref(),
        names: Names::new(content, record),
        links: Links::new(record, &wanted.iter().map(|article| article.id).collect()),
        report: &mut report,
        left_out: &mut left_out,
    };
    let (made, same) = make_all(&due, same, &mut maker, store.as_ref())?;
    let mut counts = Counts {
        same,
        ..Counts::default()
    };
    journal.record.address.clone_from(&config.address);
    if journal.record.articles.is_empty() {
        // Where it is interrupted, the next one goes on.
        journal.record.config.clone_from(&fingerprint);
    }
    let mut writer = Writer {
        content,
        store: store.as_ref(),
        journal,
        report: &mut report,
        left_out: &mut left_out,
        counts: &mut counts,
        changes: Vec::new(),
        interrupt,
    };
    interrupt.set_writing(true);
    let done = writer.remove(&wanted).and_then(|()| writer.write(made));
    let Writer {
        mut journal,
        changes,
        ..
    } = writer;
    journal.record.left_out = std::mem::take(&mut left_out.noted);
    let closed = done.and_then(|is_whole| {
        if is_whole {
            journal.record.config = fingerprint;
        }
        if store.is_some() {
            journal.close()?;
        }
        Ok(is_whole)
    });
    interrupt.set_writing(false);
    if !closed? {
        return Err(Failure::new(
            "the sync was stopped before everything was in its place; the next one goes on",
        ));
    }
    report.reconcile();
    Ok(Synced {
        complete: report.is_clean(),
        report: said(&report, &counts, left_out.believed, arguments),
        changes,
        complaints: report.entry_texts(),
    })
}

/// What asks the system of a configuration.
pub(crate) fn adapter<'a>(
    config: &'a Config,
    portal: &'a Portal,
    record: &Record,
) -> Box<dyn Adapter + 'a> {
    match config.system {
        System::Strapi => Box::new(Strapi::new(config)),
        System::Wagtail => Box::new(Wagtail::new(config)),
        System::WordPress => Box::new(WordPress::new(config, portal, record)),
    }
}

/// How many articles are asked for before their files go to the disk.
const AT_ONCE: usize = 20;

/// Makes the articles that are due, and those whose links lead elsewhere now. Returns them, and how
/// many articles stay as they are.
fn make_all(
    due: &[&Wanted<'_>],
    mut same: Vec<&Wanted<'_>>,
    maker: &mut Maker<'_>,
    store: Option<&Store>,
) -> Result<(Vec<Staged>, usize), Failure> {
    let mut made = stage_all(due, maker, store)?;
    let is_made = |article: &&&Wanted<'_>| made.iter().any(|staged| staged.id == article.id);
    let due = due.iter().filter(is_made).chain(&same).copied();
    let stale: Vec<&Wanted<'_>> = due
        .filter(|article| {
            let article_at = |address: &str| maker.adapter.article_at(address);
            maker.links.is_stale(article.id, article_at)
        })
        .collect();
    let is_stale = |id: &str| stale.iter().any(|article| article.id == id);
    made.retain(|staged| !is_stale(&staged.id));
    same.retain(|article| !is_stale(article.id));
    made.extend(stage_all(&stale, maker, store)?);
    let texts = same.iter().map(|article| article.texts.len());
    maker.report.accounted += texts.sum::<usize>();
    Ok((made, same.len()))
}

/// Fetches and makes articles, and stages them.
fn stage_all(
    articles: &[&Wanted<'_>],
    maker: &mut Maker<'_>,
    store: Option<&Store>,
) -> Result<Vec<Staged>, Failure> {
    let mut staged = Vec::new();
    for chunk in articles.chunks(AT_ONCE) {
        for one in fetch_some(chunk, maker).map_err(|error| unchanged(&error))? {
            staged.push(Staged::of(one, store)?);
        }
    }
    Ok(staged)
}

/// Fetches and makes some articles; fewer at once where the answer is too large. One that alone is too
/// large is left out.
fn fetch_some(articles: &[&Wanted<'_>], maker: &mut Maker<'_>) -> Result<Vec<Made>, SourceError> {
    match (fetch(articles, maker), articles) {
        (Err(error), [article]) if error.is_too_large() => {
            maker.leave_out(article, &error.what);
            Ok(Vec::new())
        }
        (Err(error), _) if error.is_too_large() => {
            let (first, second) = articles.split_at(articles.len() / 2);
            let mut made = fetch_some(first, maker)?;
            made.extend(fetch_some(second, maker)?);
            Ok(made)
        }
        (fetched, _) => fetched,
    }
}

/// Fetches and makes some articles.
fn fetch(articles: &[&Wanted<'_>], maker: &mut Maker<'_>) -> Result<Vec<Made>, SourceError> {
    let asked: Vec<&Stub> = articles
        .iter()
        .flat_map(|article| article.texts.iter().map(|(_, stub)| *stub))
        .collect();
    let mut entries = maker.adapter.entries(maker.client, &asked)?.into_iter();
    let mut made = Vec::new();
    for article in articles {
        let texts: Vec<Result<Entry, String>> =
            entries.by_ref().take(article.texts.len()).collect();
        made.extend(maker.make(article, texts)?);
    }
    Ok(made)
}

/// `source.json`, and the hash of it.
fn read_config(arguments: &SyncArguments, portal: &Portal) -> Result<(Config, String), Failure> {
    let path = arguments.content.join(SOURCE);
    let bytes = fs::read(&path).map_err(|error| {
        Failure::io("read", &path, &error)
            .help("site sync --propose writes one; docs/sources.md says how")
    })?;
    let config = Config::read(&path.display().to_string(), &bytes, portal.site.as_ref());
    let config = config.map_err(|problems| {
        Failure::new("source.json has mistakes: nothing was changed").details(report::report(
            problems,
            1,
            Lang::En,
        ))
    })?;
    Ok((config, hash(&bytes)))
}

/// Refuses to take the articles of another CMS for those that are here.
fn check_address(record: &Record, config: &Config) -> Result<(), Failure> {
    if record.address == config.address || record.articles.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "the articles here come from {}, and source.json names {}: nothing was changed",
        record.address, config.address
    ))
    .help("where the CMS has moved, write its new address into .sync.json as well; for another CMS, begin with another content folder"))
}

/// Refuses to believe that everything is gone.
fn check_number(there: usize, record: &Record, arguments: &SyncArguments) -> Result<(), Failure> {
    if there > 0 || record.articles.is_empty() || arguments.allow_empty {
        return Ok(());
    }
    Err(Failure::new(format!(
        "the CMS has 0 of {} articles: nothing was changed",
        record.articles.len()
    ))
    .help(
        "see whether the token may still read them, and whether they still say their language; where they are really gone, add --allow-empty",
    ))
}

/// What the CMS gets as `Authorization`: the token from the environment, in the form of the system.
pub(crate) fn authorization(config: &Config) -> Result<Option<String>, Failure> {
    let Some(name) = &config.token else {
        return Ok(None);
    };
    let token = env::var(name)
        .ok()
        .filter(|token| !token.trim().is_empty())
        .ok_or_else(|| {
            Failure::new(format!("the environment variable {name} is not set"))
                .help("it has to hold the token for the CMS")
        })?;
    let token = token.trim();
    match config.system {
        System::Strapi | System::Wagtail => Ok(Some(format!("Bearer {token}"))),
        System::WordPress => wordpress::authorization(token).map(Some).ok_or_else(|| {
            Failure::new(format!(
                "the environment variable {name} does not hold a user and a password of WordPress"
            ))
            .help("write it as user:application password, with a colon between the two; WordPress makes the password under Users, Profile, Application Passwords")
        }),
    }
}

/// The failure for a CMS that could not be read.
pub(crate) fn unchanged(error: &SourceError) -> Failure {
    Failure::new(format!("{error}: nothing was changed")).help(error.help)
}

/// Joins the texts of each article, in the order of our languages.
fn group<'a>(stubs: &'a [Stub], config: &Config, report: &mut Report) -> Vec<Wanted<'a>> {
    let mut articles: BTreeMap<&str, Vec<(Lang, &Stub)>> = BTreeMap::new();
    let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
    for stub in stubs {
        if config.leave_out.contains(&stub.locale) {
            report.accounted += 1;
            continue;
        }
        match config.language(&stub.locale) {
            None if stub.locale.is_empty() => report.leave_out(
                &[stub.subject()],
                "nothing says its language: give it one in the CMS, or say in source.json what names it (\"fields\", \"language\"), or the \"language\" of all that say none",
            ),
            None => {
                report.accounted += 1;
                *left_out.entry(&stub.locale).or_default() += 1;
            }
            Some(lang) => {
                let texts = articles.entry(&stub.article).or_default();
                if texts.iter().any(|(known, _)| *known == lang) {
                    report.leave_out(
                        &[stub.subject()],
                        &format!(
                            "the article has another text in the language {}",
                            lang.tag()
                        ),
                    );
                } else {
                    texts.push((lang, stub));
                }
            }
        }
    }
    let losses = left_out.into_iter().map(|(locale, count)| {
        let what = format!("this portal has no language for the locale \"{locale}\" ({count}): add it to \"languages\" or to \"leave_out\"");
        (String::new(), Loss::new(what, ""))
    });
    report.note("locales", losses.collect());
    let position = |lang: Lang| Lang::ALL.iter().position(|known| *known == lang);
    articles
        .into_iter()
        .map(|(id, mut texts)| {
            texts.sort_by_key(|(lang, _)| position(*lang));
            Wanted { id, texts }
        })
        .collect()
}

/// Whether an article is as it was.
fn is_known(article: &Wanted<'_>, record: &Record) -> bool {
    record
        .articles
        .get(article.id)
        .is_some_and(|origin| origin.revisions == article.revisions())
}

/// The report for the editor.
fn said(report: &Report, counts: &Counts, believed: usize, arguments: &SyncArguments) -> String {
    let mut text = report.entries_text();
    let _ = write!(
        text,
        "{} new, {} changed, {} removed, {} as before in {}",
        counts.new,
        counts.changed,
        counts.removed,
        counts.same,
        arguments.content.display()
    );
    if arguments.dry_run {
        text.push_str(" (nothing was written: --dry-run)");
    }
    if report.left_out > 0 {
        let _ = write!(text, "; {} left out", report.left_out);
    }
    if believed > 0 {
        let _ = write!(
            text,
            " ({believed} as before, and not asked for again: --all asks for everything)"
        );
    }
    text.push_str(if report.is_clean() {
        "; everything was carried over\n"
    } else {
        "; see above\n"
    });
    text
}
