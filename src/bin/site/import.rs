//! `site import`: turns what other systems export into content that an editor can go on with.
//!
//! ```text
//! export.xml -> wxr -> wordpress::plan -> shortcodes -> html -> words -> assemble -> store
//!                                page.html -> webpage -> html -> words -> assemble -> store
//! ```
//!
//! - [`wxr`] reads an export, [`shortcodes`] makes the HTML of it that WordPress would show.
//! - [`html`] turns HTML into typed blocks; [`words`] and [`marks`] write their texts as editors do.
//! - [`mapping`] says what categories are called here; [`wordpress`] decides what becomes of each item.
//! - [`uploads`] finds pictures on this machine, [`shelf`] keeps those of an article.
//! - [`residents`] says what stands in the content folder already, so that no article takes another one's place.
//! - [`assemble`] makes an article's files in the [`written`] form, [`store`] puts them into the content folder.
//! - What cannot be carried over is a [`loss`] and stands in the [`report`]. Nothing is dropped without one.

mod addresses;
mod assemble;
mod dates;
mod html;
mod loss;
mod mapping;
mod marks;
mod media;
mod report;
mod residents;
mod shelf;
mod shortcodes;
mod slugs;
mod store;
mod uploads;
mod webpage;
mod wordpress;
mod words;
mod written;
mod wxr;

use crate::authored::site::Site;
use crate::content_folder::names;
use crate::failure::Failure;
use crate::print;
use crate::read;
use clap::{Args, Subcommand};
use mapping::Mapping;
use portal::model::{Lang, Slug};
use std::fs;
use std::path::{Path, PathBuf};

/// What is imported.
#[derive(Subcommand)]
pub(crate) enum Import {
    /// Turn what WordPress exports (WXR) into articles
    Wordpress(WordpressArguments),
    /// Turn one page into an article
    Html(HtmlArguments),
}

/// An export of WordPress.
#[derive(Args)]
pub(crate) struct WordpressArguments {
    /// The file that WordPress saves under Tools, Export; several where it was cut into parts
    #[arg(required = true, value_name = "EXPORT.XML")]
    exports: Vec<PathBuf>,
    /// What categories, tags and authors are called here; without it, one is printed that only has to be filled in
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
    /// Write articles anew that are there already
    #[arg(long)]
    replace: bool,
    /// Only say what would be done
    #[arg(long)]
    dry_run: bool,
    /// Also write the report to this file
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// A page.
#[derive(Args)]
pub(crate) struct HtmlArguments {
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

fn slug(text: &str) -> Result<Slug, String> {
    names::slug(text).map_err(|(message, help)| format!("{message}: {help}"))
}

fn language(text: &str) -> Result<Lang, String> {
    let tags = || Lang::ALL.map(Lang::tag).join(", ");
    Lang::from_tag(text).ok_or_else(|| format!("the languages are {}", tags()))
}

/// Does what was asked for; says whether everything was carried over.
///
/// # Errors
/// Where it could not be done. What was imported until then is complete.
pub(crate) fn import(what: &Import) -> Result<bool, Failure> {
    match what {
        Import::Wordpress(arguments) => wordpress::import(arguments),
        Import::Html(arguments) => webpage::import(arguments),
    }
}

/// The portal that is imported into.
pub(crate) struct Portal {
    /// `site.json`; `None` where there is none yet.
    site: Option<Site>,
}

impl Portal {
    fn open(content: &Path) -> Result<Self, Failure> {
        let path = content.join("site.json");
        if !content.is_dir() {
            return Err(Failure::new(format!("there is no content folder {}", content.display())));
        }
        if !path.exists() {
            return Ok(Self { site: None });
        }
        let reading = read::read::<Site>(&path.display().to_string(), &read_file(&path)?);
        match reading.value {
            Some(site) if reading.problems.is_empty() => Ok(Self { site: Some(site) }),
            _ => {
                print::result(&crate::report::report(reading.problems, 1))?;
                Err(Failure::new("site.json has mistakes: nothing was imported"))
            }
        }
    }

    fn has_section(&self, section: &Slug) -> bool {
        self.site.as_ref().is_none_or(|site| site.sections.iter().any(|known| known.slug == *section))
    }

    fn has_tag(&self, slug: &str) -> bool {
        self.site.as_ref().is_some_and(|site| site.tags.iter().any(|known| known.slug.as_str() == slug))
    }

    /// The tag that WordPress calls so: the mapping's, or else the one of the same name.
    fn tag(&self, slug: &str, mapping: &Mapping) -> Option<String> {
        let mapped = mapping.tags.get(slug).map(Slug::to_string);
        mapped.or_else(|| self.has_tag(slug).then(|| slug.to_owned()))
    }
}

fn is_json(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "json")
}

fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::io("read", path, &error))
}

/// Prints a report, and saves it where that was asked for.
fn save_report(text: &str, file: Option<&Path>) -> Result<(), Failure> {
    file.map_or(Ok(()), |path| fs::write(path, text).map_err(|error| Failure::io("write", path, &error)))?;
    print::result(text)
}
