//! `site import html`: one page becomes one article.

use super::addresses::absolute;
use super::arguments::{language, slug};
use super::article_media::LibraryEntry;
use super::assemble::assemble;
use super::existing_articles::ExistingArticles;
use super::html::{self, Body};
use super::imported_article::{ImportedArticle, Text};
use super::outcome::{Imported, Report, finish, refuse};
use super::portal::{Portal, read_file};
use super::serialised::Source;
use super::store::{self, Store};
use super::uploads::Uploads;
use super::{dates, marks};
use clap::Args;
use editorial::diagnostics::{Failure, Location, Message, Problem};
use model::{Lang, Moment, Slug};
use std::path::{Path, PathBuf};

/// A page.
#[derive(Args)]
pub struct HtmlArguments {
    /// The page
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The section that it becomes an article of
    #[arg(long, value_parser = slug)]
    section: Slug,
    /// Its name in addresses
    #[arg(long, value_parser = slug)]
    slug: Slug,
    /// Its language
    #[arg(long, value_parser = language)]
    lang: Lang,
    /// When it was published, where the page does not say: 2014-09-03T16:10+07:00
    #[arg(long)]
    published: Option<String>,
    /// The folder that its pictures are in; its own where it is left out
    #[arg(long, value_name = "DIR")]
    uploads: Option<PathBuf>,
    /// The content folder
    #[arg(long, default_value = "content")]
    content: PathBuf,
    /// Write the article anew where it is there already
    #[arg(long)]
    replace: bool,
    /// Only say what would be done
    #[arg(long)]
    dry_run: bool,
    /// Also write the report to this file
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// Imports a page.
pub(super) fn import(arguments: &HtmlArguments) -> Result<Imported, Failure> {
    let portal = Portal::open(&arguments.content)?;
    if !portal.has_section(&arguments.section) {
        return Err(Failure::new(format!(
            "site.json has no section \"{}\"",
            arguments.section
        )));
    }
    let name = arguments.file.display().to_string();
    let bytes = read_file(&arguments.file)?;
    let text =
        text(&name, &bytes).map_err(|problem| refuse(vec![problem], "nothing was imported"))?;
    let base = html::page(text, &|_| None).address;
    let page = html::page(text, &|href| absolute(href, base.as_deref()));
    let published = published(arguments, &page)?;
    let source = source(&page, &portal, arguments.lang)?;
    let mut report = Report {
        received: 1,
        ..Report::default()
    };
    let (section, slug) = (&arguments.section, &arguments.slug);
    let heading = format!("{section}/{slug}");
    let there = store::existing(&arguments.content, section, slug);
    let kept = there.and_then(|files| {
        store::reason_to_keep(&heading, &files, &[arguments.lang], arguments.replace)
    });
    let had =
        || ExistingArticles::of(&arguments.content).had_address(section, slug, (section, slug));
    let had = || {
        had().then(|| {
            format!("another article had the address {heading} before: choose another --slug")
        })
    };
    if let Some(why) = kept.or_else(had) {
        report.leave_out(&[name], &why);
        return finish(
            &report,
            &arguments.content,
            arguments.dry_run,
            arguments.report.as_deref(),
        );
    }
    let folder = arguments
        .uploads
        .clone()
        .or_else(|| arguments.file.parent().map(Path::to_path_buf))
        .unwrap_or_default();
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".").to_path_buf()
    } else {
        folder
    };
    let uploads = Uploads::in_folder(folder);
    let article = article(arguments, page, source, published);
    let lookup =
        |picture: &html::Picture| (LibraryEntry::default(), uploads.find(&picture.source, None));
    let assembled =
        assemble(article, &lookup, &|source| uploads.attached(source)).map_err(|why| {
            refuse(
                vec![Problem::with_file(
                    &name,
                    Message::verbatim(why.to_string()),
                )],
                "nothing was imported",
            )
        })?;
    if !arguments.dry_run {
        Store::open(&arguments.content)?.write(section, slug, &assembled.files)?;
    }
    (
        report.articles,
        report.texts,
        report.accounted,
        report.pictures,
    ) = (1, 1, 1, assembled.pictures);
    report.reconcile();
    report.note(heading, assembled.losses);
    finish(
        &report,
        &arguments.content,
        arguments.dry_run,
        arguments.report.as_deref(),
    )
}

fn text<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, Problem> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let lossy = String::from_utf8_lossy(bytes);
        let place = Location::new(&lossy, error.valid_up_to());
        Problem::at(name, place, Message::verbatim("the file is not UTF-8")).help(
            Message::verbatim("open it in a browser or an editor and save it as UTF-8"),
        )
    })
}

fn published(arguments: &HtmlArguments, page: &html::Page) -> Result<Moment, Failure> {
    if let Some(text) = &arguments.published {
        return Moment::new(text).map_err(|error| Failure::new(error.to_string()));
    }
    let own = page
        .published
        .as_deref()
        .and_then(|text| dates::moment(text, 0));
    own.ok_or_else(|| {
        Failure::new(
            "the page does not say when it was published: add --published 2014-09-03T16:10+07:00",
        )
    })
}

/// The source of the page: its own site where the page names it, else this portal.
fn source(page: &html::Page, portal: &Portal, lang: Lang) -> Result<Source, Failure> {
    let named = page
        .site
        .as_deref()
        .map(|name| marks::plain(name).0)
        .filter(|name| !name.is_empty());
    let address = page
        .address
        .as_deref()
        .filter(|address| address.starts_with("https://"));
    let address = address.and_then(|address| absolute(address, None));
    if let Some(address) = address {
        let host = address
            .as_str()
            .split('/')
            .nth(2)
            .unwrap_or_default()
            .to_owned();
        return Ok(Source {
            name: named.unwrap_or(host),
            address: address.as_str().to_owned(),
        });
    }
    portal.site.as_ref().map(|site| Source { name: site.names.get(lang).clone(), address: format!("{}/", site.origin) }).ok_or_else(
        || Failure::new("the page does not say where it comes from, and there is no site.json to take this portal for its source"),
    )
}

fn article(
    arguments: &HtmlArguments,
    page: html::Page,
    source: Source,
    published: Moment,
) -> ImportedArticle {
    let subject = arguments.file.display().to_string();
    // The title is plain text already, and `Text` takes HTML.
    let title = page.title.replace('&', "&amp;").replace('<', "&lt;");
    let author = page
        .author
        .map(|name| marks::plain(&name).0)
        .filter(|name| !name.is_empty());
    let text = Text {
        lang: arguments.lang,
        subject,
        title,
        excerpt: Body::default(),
        body: page.body,
        cover: None,
        author,
        published,
        modified: None,
        views: 0,
        draft: false,
        machine: false,
    };
    ImportedArticle {
        source,
        tags: Vec::new(),
        aliases: Vec::new(),
        texts: vec![text],
        former_hosts: Vec::new(),
    }
}
