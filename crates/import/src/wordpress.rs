//! `site import wordpress`: from an export to articles.

mod asking;
mod authors;
mod dates;
mod import_index;
mod languages;
mod links;
mod listed;
mod old_fonts;
mod page_data;
mod plan;
mod prove;
mod redirects;
mod subjects;
mod surroundings;
mod texts;

use super::arguments::{encoding, language, site_language, translations};
use super::assemble::assemble;
use super::existing_articles::ExistingArticles;
use super::html;
use super::mapping::{self, Mapping};
use super::outcome::{Imported, Report, finish, refuse};
use super::portal::{Portal, read_file};
use super::store::{self, Store};
use super::uploads::Uploads;
use super::wxr::{self, Export};
use clap::Args;
use editorial::diagnostics::Failure;
use encoding_rs::Encoding;
use import_index::ImportIndex;
use languages::Languages;
use listed::{Known, Lists};
use model::Lang;
use plan::{Group, NamingContext, Plan};
use std::path::{Path, PathBuf};
use subjects::subject;

/// An export of WordPress.
#[derive(Args)]
pub struct WordpressArguments {
    /// The file that WordPress saves under Tools, Export; several where it was cut into parts
    #[arg(required = true, value_name = "EXPORT.XML")]
    exports: Vec<PathBuf>,
    /// What categories, tags and authors are called here; without it, one is printed that only has
    /// to be filled in
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// The uploads folder of the site (wp-content/uploads)
    #[arg(long, value_name = "DIR")]
    uploads: Option<PathBuf>,
    /// The content folder
    #[arg(long, default_value = "content")]
    content: PathBuf,
    /// The language of texts that do not name theirs
    #[arg(long, value_parser = language)]
    lang: Option<Lang>,
    /// The language of a site that has one alone, where several are imported; once for each site
    #[arg(long, value_parser = site_language, value_name = "ADDRESS=LANG")]
    site_language: Vec<(String, Lang)>,
    /// A list of sentences and their translations into a language, as `TranslatePress` (its table, as SQL or
    /// CSV) and Weglot (CSV) have it; once for each
    #[arg(long, value_parser = translations, value_name = "LANG=FILE")]
    translations: Vec<(Lang, PathBuf)>,
    /// The encoding of files that are not UTF-8 and do not say which they are, such as euc-kr
    #[arg(long, value_parser = encoding)]
    encoding: Option<&'static Encoding>,
    /// Write articles anew that are there already
    #[arg(long)]
    replace: bool,
    /// Write a table of the old addresses for the host: .htaccess, .map for nginx, _redirects, else .csv
    #[arg(long, value_name = "FILE")]
    redirects: Option<PathBuf>,
    /// Say how many words were looked for in the articles and in the report
    #[arg(long)]
    prove: bool,
    /// Only say what would be done
    #[arg(long)]
    dry_run: bool,
    /// Also write the report to this file
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// Imports an export of WordPress.
pub(super) fn import(arguments: &WordpressArguments) -> Result<Imported, Failure> {
    let portal = Portal::open(&arguments.content)?;
    let mut export = read_exports(arguments)?;
    let mapping = match &arguments.mapping {
        Some(path) => Some(read_mapping(path, &portal)?),
        None => None,
    };
    let lists = Lists::read(&arguments.translations, arguments.encoding, &mut export)?;
    let existing = ExistingArticles::of(&arguments.content);
    let default = mapping.as_ref().and_then(|mapping| mapping.language);
    let default = arguments.lang.or(default);
    let given = &arguments.site_language;
    let known = Known::of(
        &export,
        &Languages::of(&export, mapping.as_ref(), default, given),
    );
    let types = mapping.as_ref().map(|mapping| mapping.types.as_slice());
    let tallies = lists.add_to(&mut export, types.unwrap_or_default(), &known);
    let languages = Languages::of(&export, mapping.as_ref(), default, given);
    let context = naming_context(&export, mapping.as_ref(), &existing);
    let ask = |missing: &plan::Missing<'_>| asking::ask(missing, mapping.as_ref(), &portal);
    let plan = Plan::make(&export, mapping.as_ref(), &languages, &context)
        .map_err(|missing| ask(&missing))?;
    let Some(mapping) = &mapping else {
        return Err(ask(&plan::Missing::default()));
    };
    let mut report = Report {
        received: received(&export),
        ..Report::default()
    };
    plan.note(&export, &portal, &mut report);
    let index = ImportIndex::new(&export, mapping, context.offset, &plan);
    report.note("the library", index.overlong());
    let table = redirects::table(&plan);
    make_all(plan, index, &portal, arguments, &mut report)?;
    match &arguments.redirects {
        Some(file) if !arguments.dry_run => redirects::write(file, &table)?,
        Some(_) => {}
        None if table.is_empty() => {}
        None => report.remarks.push(format!(
            "old addresses of another form than here: {}; --redirects FILE writes a table that leads each to its article, for the host",
            table.len()
        )),
    }
    tallies.note(&mut report);
    report.reconcile();
    report.proved.1 = arguments.prove;
    finish(
        &report,
        &arguments.content,
        arguments.dry_run,
        arguments.report.as_deref(),
    )
}

/// Reads all files of an export. Texts in several languages become a text for each, and texts for
/// old fonts Unicode.
fn read_exports(arguments: &WordpressArguments) -> Result<Export, Failure> {
    let mut export = Export::default();
    for file in &arguments.exports {
        let bytes = read_file(file)?;
        let part = wxr::read(&file.display().to_string(), &bytes, arguments.encoding)
            .map_err(|problem| refuse(vec![problem], "nothing was imported"))?;
        export.join(part);
    }
    languages::split(&mut export);
    old_fonts::decode(&mut export);
    Ok(export)
}

/// How many texts came in.
fn received(export: &Export) -> usize {
    let is_text = |item: &&wxr::Item| item.kind != "attachment";
    export.items.iter().filter(is_text).count()
}

fn naming_context<'a>(
    export: &Export,
    mapping: Option<&'a Mapping>,
    existing: &'a ExistingArticles,
) -> NamingContext<'a> {
    let offset = mapping.and_then(|mapping| mapping::offset(mapping.offset.as_deref()?));
    NamingContext {
        existing,
        offset: offset.or_else(|| plan::offset(export)).unwrap_or_default(),
        source: mapping
            .map(|mapping| mapping.source.address.as_str())
            .unwrap_or_default(),
    }
}

/// Makes all articles of a plan.
fn make_all(
    plan: Plan<'_>,
    mut index: ImportIndex<'_>,
    portal: &Portal,
    arguments: &WordpressArguments,
    report: &mut Report,
) -> Result<(), Failure> {
    let hosts = links::hosts(index.export);
    let hosts = hosts.iter().map(String::as_str);
    let uploads = Uploads::of_sites(arguments.uploads.clone(), hosts);
    // Only the assembled article shows whether readers will see it. So each is assembled twice, and
    // in the second pass links avoid those that are held back.
    let held_back: Vec<_> = plan
        .groups
        .iter()
        .filter(|group| !is_read(group, &index, portal, &uploads, arguments))
        .map(|group| (group.section.clone(), group.slug.clone()))
        .collect();
    index.hold_back(held_back.into_iter());
    let store = if arguments.dry_run {
        None
    } else {
        Some(Store::open(&arguments.content)?)
    };
    for group in &plan.groups {
        let store = store.as_ref();
        make(group, &index, portal, &uploads, arguments, store, report)?;
    }
    Ok(())
}

fn read_mapping(path: &Path, portal: &Portal) -> Result<Mapping, Failure> {
    let bytes = read_file(path)?;
    Mapping::read(&path.display().to_string(), &bytes, portal.site.as_ref())
        .map_err(|problems| refuse(problems, "the mapping has mistakes: nothing was imported"))
}

/// Whether readers will see the article of a group.
fn is_read(
    group: &Group<'_>,
    index: &ImportIndex<'_>,
    portal: &Portal,
    uploads: &Uploads,
    arguments: &WordpressArguments,
) -> bool {
    let langs: Vec<Lang> = group.texts.iter().map(|(lang, _)| *lang).collect();
    let there = store::existing(&arguments.content, &group.section, &group.slug);
    if there
        .is_some_and(|files| store::reason_to_keep("", &files, &langs, arguments.replace).is_some())
    {
        return !store::is_draft(&arguments.content, &group.section, &group.slug);
    }
    let lookup = |picture: &html::Picture| index.picture(group.texts[0].1, picture, uploads);
    let assembled = assemble(index.article(group, portal), &lookup, &|source| {
        uploads.attached(source)
    });
    assembled.is_ok_and(|assembled| !assembled.draft)
}

fn make(
    group: &Group<'_>,
    index: &ImportIndex<'_>,
    portal: &Portal,
    uploads: &Uploads,
    arguments: &WordpressArguments,
    store: Option<&Store>,
    report: &mut Report,
) -> Result<(), Failure> {
    let (section, slug) = (&group.section, &group.slug);
    let heading = format!("{section}/{slug}");
    let subjects: Vec<String> = group
        .texts
        .iter()
        .map(|(lang, item)| subject(Some(*lang), item))
        .collect();
    let there = store::existing(&arguments.content, section, slug);
    let langs: Vec<Lang> = group.texts.iter().map(|(lang, _)| *lang).collect();
    if let Some(why) = there
        .as_ref()
        .and_then(|files| store::reason_to_keep(&heading, files, &langs, arguments.replace))
    {
        report.leave_out(&subjects, &why);
        return Ok(());
    }
    let article = index.article(group, portal);
    let lookup = |picture: &html::Picture| index.picture(group.texts[0].1, picture, uploads);
    let mut assembled = match assemble(article, &lookup, &|source| uploads.attached(source)) {
        Ok(assembled) => assembled,
        Err(why) => {
            let places: Vec<&str> = group
                .texts
                .iter()
                .map(|(_, item)| item.place.as_str())
                .collect();
            report.leave_out(&subjects, &format!("{why} ({})", places.join(", ")));
            return Ok(());
        }
    };
    prove::prove(group, index, &mut assembled, report);
    if let Some(store) = store {
        store.write(section, slug, &assembled.files)?;
    }
    report.articles += 1;
    report.texts += subjects.len();
    report.accounted += subjects.len();
    report.pictures += assembled.pictures;
    let heading = if there.is_some() {
        format!("{heading} (replaced)")
    } else {
        heading
    };
    report.note(heading, assembled.losses);
    Ok(())
}
