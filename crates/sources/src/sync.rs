//! `site sync`: asks the CMS for what changed, and writes it into the content folder.
//!
//! Everything is fetched and made before the first file is written, so a CMS that fails leaves the
//! content as it was.

mod maker;
mod naming;

use crate::adapter::{Adapter, Entry, Stub};
use crate::client::{Client, SourceError, Timeouts};
use crate::config::{Config, System};
use crate::record::{Origin, Record, hash};
use crate::strapi::Strapi;
use crate::wordpress::{self, WordPress};
use clap::Args;
use editorial::diagnostics::{Failure, report};
use editorial::load::SOURCE;
use import::{Loss, Portal, Report, Store};
use maker::{Made, Maker};
use model::Lang;
use naming::Names;
use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Where articles go to, and how much may be missing.
#[derive(Args)]
pub struct SyncArguments {
    /// The content folder; its source.json says where the CMS is
    #[arg(long, default_value = "content")]
    content: PathBuf,
    /// Go on where the CMS has no articles at all any more
    #[arg(long)]
    allow_empty: bool,
    /// Fetch every article again, changed or not
    #[arg(long)]
    all: bool,
    /// Only say what would be done
    #[arg(long)]
    dry_run: bool,
}

/// The result of a sync.
pub struct Synced {
    /// The report for the editor.
    pub report: String,
    /// Whether everything was carried over.
    pub complete: bool,
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
}

/// An article that was made and waits on the disk, so that a thousand with their pictures need no
/// memory.
struct Staged {
    id: String,
    origin: Origin,
    subjects: Vec<String>,
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

/// Brings the content folder up to date.
///
/// # Errors
/// Where `source.json` has mistakes, the CMS cannot be read, or something cannot be written.
pub fn sync(arguments: &SyncArguments) -> Result<Synced, Failure> {
    let content = &arguments.content;
    let portal = Portal::open(content)?;
    let (config, fingerprint) = read_config(arguments, &portal)?;
    let client = Client::new(
        &config.address,
        authorization(&config)?,
        Timeouts::of(config.timeout),
    );
    let mut record = Record::read(content)?;
    check_address(&record, &config)?;
    let adapter = adapter(&config, &portal, &record);
    let stubs = adapter.list(&client).map_err(|error| unchanged(&error))?;
    for (part, whole) in adapter.merged() {
        record.merge(&part, &whole, content);
    }
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
    check_number(wanted.len(), &record, arguments)?;
    let again = arguments.all || record.config != fingerprint;
    let (due, same): (Vec<&Wanted<'_>>, Vec<_>) = wanted
        .iter()
        .partition(|article| again || !is_known(article, &record));
    report.accounted += same
        .iter()
        .map(|article| article.texts.len())
        .sum::<usize>();
    // From here on no other sync or import is at work.
    let store = if arguments.dry_run {
        None
    } else {
        Some(Store::open(content)?)
    };
    let mut maker = Maker {
        config: &config,
        portal: &portal,
        client: &client,
        adapter: adapter.as_ref(),
        names: Names::new(content, &record),
        report: &mut report,
    };
    let mut made = Vec::new();
    for chunk in due.chunks(AT_ONCE) {
        for one in fetch(chunk, &mut maker).map_err(|error| unchanged(&error))? {
            made.push(Staged::of(one, store.as_ref())?);
        }
    }
    let mut counts = Counts {
        same: same.len(),
        ..Counts::default()
    };
    record.address.clone_from(&config.address);
    write(
        content,
        store.as_ref(),
        &wanted,
        made,
        &mut record,
        &mut report,
        &mut counts,
    )?;
    if !arguments.dry_run {
        record.config = fingerprint;
        record.write(content)?;
    }
    report.reconcile();
    Ok(Synced {
        complete: report.is_clean(),
        report: said(&report, &counts, arguments),
    })
}

/// The adapter for the system.
fn adapter<'a>(config: &'a Config, portal: &'a Portal, record: &Record) -> Box<dyn Adapter + 'a> {
    match config.system {
        System::Strapi => Box::new(Strapi::new(config)),
        System::WordPress => Box::new(WordPress::new(config, portal, record)),
    }
}

/// How many articles are asked for before their files go to the disk.
const AT_ONCE: usize = 20;

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
        Failure::io("read", &path, &error).help("docs/sources.md says how to write one")
    })?;
    let config = Config::read(&path.display().to_string(), &bytes, portal.site.as_ref());
    let config = config.map_err(|problems| {
        Failure::new("source.json has mistakes: nothing was changed")
            .details(report::report(problems, 1))
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
fn authorization(config: &Config) -> Result<Option<String>, Failure> {
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
        System::Strapi => Ok(Some(format!("Bearer {token}"))),
        System::WordPress => wordpress::authorization(token).map(Some).ok_or_else(|| {
            Failure::new(format!(
                "the environment variable {name} does not hold a user and a password of WordPress"
            ))
            .help("write it as user:application password, with a colon between the two; WordPress makes the password under Users, Profile, Application Passwords")
        }),
    }
}

/// The failure for a CMS that could not be read.
fn unchanged(error: &SourceError) -> Failure {
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

/// Writes what was made, and removes what the CMS does not have any more.
fn write(
    content: &Path,
    store: Option<&Store>,
    wanted: &[Wanted<'_>],
    made: Vec<Staged>,
    record: &mut Record,
    report: &mut Report,
    counts: &mut Counts,
) -> Result<(), Failure> {
    let there: BTreeSet<&str> = wanted.iter().map(|article| article.id).collect();
    let gone: Vec<String> = record
        .articles
        .keys()
        .filter(|id| !there.contains(id.as_str()))
        .cloned()
        .collect();
    for id in gone {
        let origin = &record.articles[&id];
        if let Some(name) = origin.changed_by_hand(content) {
            let what = format!(
                "the CMS does not have it any more, but {name} was changed here: it stays, and is yours from now on"
            );
            report.note(origin.place(), vec![(String::new(), Loss::new(what, ""))]);
        } else {
            if let Some(store) = store {
                store.remove(&origin.section, &origin.slug)?;
            }
            counts.removed += 1;
        }
        if store.is_some() {
            record.articles.remove(&id);
            record.write(content)?;
        }
    }
    for staged in made {
        let before = record.articles.get(&staged.id);
        if let Some((origin, name)) =
            before.and_then(|origin| Some((origin, origin.changed_by_hand(content)?)))
        {
            let why = format!(
                "{}: {name} was changed here since the last sync, so the CMS's text was not taken; make the change in the CMS, and delete the folder",
                origin.place()
            );
            report.leave_out(&staged.subjects, &why);
            continue;
        }
        report.articles += 1;
        report.texts += staged.subjects.len();
        report.accounted += staged.subjects.len();
        report.pictures += staged.pictures;
        match before {
            Some(_) => counts.changed += 1,
            None => counts.new += 1,
        }
        report.note(staged.origin.place(), staged.losses.clone());
        let (Some(store), Some(folder)) = (store, &staged.folder) else {
            continue;
        };
        let old = before
            .filter(|old| old.place() != staged.origin.place())
            .cloned();
        store.put(folder, &staged.origin.section, &staged.origin.slug)?;
        if let Some(old) = old {
            store.remove(&old.section, &old.slug)?;
        }
        record.articles.insert(staged.id.clone(), staged.origin);
        record.write(content)?;
    }
    Ok(())
}

/// The report for the editor.
fn said(report: &Report, counts: &Counts, arguments: &SyncArguments) -> String {
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
    text.push_str(if report.is_clean() {
        "; everything was carried over\n"
    } else {
        "; see above\n"
    });
    text
}
