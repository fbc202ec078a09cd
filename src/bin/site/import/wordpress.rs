//! `site import wordpress`: from an export to articles.

mod plan;
mod texts;

use super::addresses::comparable;
use super::assemble::{Piece, Text, assemble};
use super::mapping::{self, Mapping};
use super::report::Report;
use super::shelf::About;
use super::store::{self, Store};
use super::uploads::{Found, Missing, Uploads};
use super::written::Source;
use super::wxr::{self, Export, Item};
use super::{Portal, WordpressArguments, html, read_file, save_report};
use crate::failure::Failure;
use crate::print;
use crate::problem::Problem;
use crate::report;
use plan::{Group, Plan};
use portal::model::{Lang, Slug};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// What everything is looked up in while articles are made.
pub(super) struct Desk<'a> {
    pub(super) export: &'a Export,
    pub(super) mapping: &'a Mapping,
    /// Minutes that the newsroom's clock is ahead of UTC.
    pub(super) offset: i16,
    /// The pictures by the numbers that WordPress gave them.
    pub(super) media: BTreeMap<u64, &'a Item>,
    /// The same by their addresses.
    media_at: BTreeMap<String, &'a Item>,
    /// Where the texts that WordPress knows by an address or a number will stand.
    pub(super) places: BTreeMap<String, (Slug, Slug)>,
    pub(super) places_by_id: BTreeMap<u64, (Slug, Slug)>,
}

/// Does what was asked for; says whether everything was carried over.
pub(super) fn import(arguments: &WordpressArguments) -> Result<bool, Failure> {
    let portal = Portal::open(&arguments.content)?;
    let mut export = Export::default();
    for file in &arguments.exports {
        let bytes = read_file(file)?;
        let part = wxr::read(&file.display().to_string(), &bytes)
            .map_err(|problem| refuse(vec![problem], "nothing was imported"))?;
        export.join(part);
    }
    let mapping = match &arguments.mapping {
        Some(path) => Some(read_mapping(path, &portal)?),
        None => None,
    };
    let plan = match Plan::make(&export, mapping.as_ref(), arguments.lang) {
        Ok(plan) => plan,
        Err(missing) => return Err(ask_for_mapping(&missing, mapping.as_ref(), &portal)),
    };
    let Some(mapping) = &mapping else { return Err(ask_for_mapping(&plan::Missing::default(), None, &portal)) };
    let mut report = Report::default();
    plan.note(&export, &portal, &mut report);
    let desk = Desk::new(&export, mapping, &plan);
    let uploads = Uploads::of_site(arguments.uploads.clone(), &export.site);
    let store = if arguments.dry_run { None } else { Some(Store::open(&arguments.content)?) };
    for group in &plan.groups {
        let piece = desk.piece(group, &arguments.content, &portal);
        make(piece, &desk, &uploads, arguments, store.as_ref(), &mut report)?;
    }
    drop(store);
    let text = report.text(&arguments.content.display().to_string(), arguments.dry_run);
    save_report(&text, arguments.report.as_deref())?;
    Ok(report.is_clean())
}

fn read_mapping(path: &Path, portal: &Portal) -> Result<Mapping, Failure> {
    let bytes = read_file(path)?;
    Mapping::read(&path.display().to_string(), &bytes, portal.site.as_ref())
        .map_err(|problems| refuse(problems, "the mapping has mistakes: nothing was imported"))
}

/// Prints problems and says that there was nothing to be done.
fn refuse(problems: Vec<Problem>, why: &str) -> Failure {
    print::result(&report::report(problems, 1)).err().unwrap_or_else(|| Failure::new(why))
}

/// Says what the mapping has to say, and prints one that only has to be filled in.
fn ask_for_mapping(missing: &plan::Missing, mapping: Option<&Mapping>, portal: &Portal) -> Failure {
    let mut text = String::new();
    if !missing.categories.is_empty() {
        text.push_str("these categories have no section:\n");
        for (category, name) in &missing.categories {
            let shown =
                if category.is_empty() { "(texts without a category: give \"others\" a section)" } else { category };
            let _ = writeln!(text, "  {shown}  {}", super::loss::excerpt(name));
        }
    }
    if missing.language {
        text.push_str("some texts do not say their language: give --lang, or \"language\" in the mapping\n");
    }
    if let Some(site) = &portal.site {
        let sections: Vec<&str> = site.sections.iter().map(|section| section.slug.as_str()).collect();
        let _ = writeln!(text, "the sections of site.json: {}", sections.join(", "));
    }
    text.push_str("a mapping to complete; save it, and give it with --mapping:\n\n");
    let _ = writeln!(text, "{}\n", mapping::template(mapping, &missing.categories, portal.site.as_ref()));
    let why = || Failure::new("the mapping is missing or not complete: nothing was imported");
    print::result(&text).err().unwrap_or_else(why)
}

fn make(
    piece: Piece,
    desk: &Desk<'_>,
    uploads: &Uploads,
    arguments: &WordpressArguments,
    store: Option<&Store>,
    report: &mut Report,
) -> Result<(), Failure> {
    let (section, slug) = (piece.section.clone(), piece.slug.clone());
    let heading = format!("{section}/{slug}");
    let subject = piece.texts.first().map(|text| text.subject.clone()).unwrap_or_default();
    let replaces = match store::existing(&arguments.content, &section, &slug) {
        None => false,
        Some(_) if !arguments.replace => {
            report.leave_out(&subject, &format!("the article {heading} is there already; --replace writes it anew"));
            return Ok(());
        }
        Some(files) => {
            let own: Vec<String> = piece.texts.iter().map(|text| format!("{}.json", text.lang.tag())).collect();
            let others: Vec<String> =
                files.into_iter().filter(|name| name != "article.json" && !own.contains(name)).collect();
            if !others.is_empty() {
                let why = format!("the article {heading} also has {}, which would be lost", others.join(", "));
                report.leave_out(&subject, &why);
                return Ok(());
            }
            true
        }
    };
    let texts = piece.texts.len();
    let lookup = |picture: &html::Picture| desk.picture(picture, uploads);
    let Some(assembled) = assemble(piece, &lookup, &|source| uploads.attached(source)) else {
        report.leave_out(&subject, "there is nothing in it that an article can hold");
        return Ok(());
    };
    if let Some(store) = store {
        store.put(&section, &slug, &assembled.files)?;
    }
    report.articles += 1;
    report.texts += texts;
    report.pictures += assembled.pictures;
    let heading = if replaces { format!("{heading} (replaced)") } else { heading };
    report.note(heading, assembled.losses);
    Ok(())
}

impl<'a> Desk<'a> {
    fn new(export: &'a Export, mapping: &'a Mapping, plan: &Plan<'a>) -> Self {
        let media: BTreeMap<u64, &Item> =
            export.items.iter().filter(|item| item.kind == "attachment").map(|item| (item.id, item)).collect();
        let media_at = media.values().map(|item| (comparable(&item.attachment_url), *item)).collect();
        let (mut places, mut places_by_id) = (BTreeMap::new(), BTreeMap::new());
        for group in &plan.groups {
            for (_, item) in &group.texts {
                places_by_id.insert(item.id, (group.section.clone(), group.slug.clone()));
                if !item.link.is_empty() && !item.link.contains('?') {
                    places.insert(comparable(&item.link), (group.section.clone(), group.slug.clone()));
                }
            }
        }
        let offset =
            mapping.offset.as_deref().and_then(mapping::offset).or_else(|| plan::offset(export)).unwrap_or_default();
        Self { export, mapping, offset, media, media_at, places, places_by_id }
    }

    /// Finds a picture, and what the library of WordPress says of it.
    fn picture(&self, picture: &html::Picture, uploads: &Uploads) -> (About, Result<Found, Missing>) {
        let by_number = picture.media.and_then(|number| self.media.get(&number).copied());
        let item = by_number.or_else(|| self.media_at.get(&comparable(&picture.source)).copied());
        let about = item.map(|item| About {
            alternative: item.meta("_wp_attachment_image_alt").unwrap_or_default().to_owned(),
            caption: item.excerpt.clone(),
            title: item.title.clone(),
        });
        let known = item.and_then(|item| item.meta("_wp_attached_file"));
        (about.unwrap_or_default(), uploads.find(&picture.source, known))
    }

    fn piece(&self, group: &Group<'a>, content: &Path, portal: &Portal) -> Piece {
        let is_free = |(section, slug): &&(Slug, Slug)| store::existing(content, section, slug).is_none();
        let alias = group.alias.as_ref().filter(is_free).map(|(section, slug)| format!("{section}/{slug}"));
        let texts: Vec<Text> = group.texts.iter().map(|(lang, item)| self.text(*lang, item, group)).collect();
        let source =
            Source { name: self.mapping.source.name.trim().to_owned(), address: self.mapping.source.address.clone() };
        Piece {
            section: group.section.clone(),
            slug: group.slug.clone(),
            source,
            tags: self.tags(group, portal),
            aliases: alias.into_iter().collect(),
            texts,
        }
    }

    fn tags(&self, group: &Group<'a>, portal: &Portal) -> Vec<String> {
        let slugs = group
            .texts
            .iter()
            .flat_map(|(_, item)| item.terms("post_tag"))
            .filter_map(|term| portal.tag(&term.slug, self.mapping));
        let mut tags: Vec<String> = Vec::new();
        for slug in slugs {
            if !tags.contains(&slug) {
                tags.push(slug);
            }
        }
        tags
    }
}

/// What an item is called in the report.
pub(super) fn subject(lang: Option<Lang>, item: &Item) -> String {
    let lang = lang.map(|lang| format!("{}, ", lang.tag())).unwrap_or_default();
    format!("{lang}{} {} “{}”", item.kind, item.id, super::loss::excerpt(&item.title))
}
