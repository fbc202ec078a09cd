//! What becomes of each item of an export: which are articles, which are translations of each other, in which section
//! they will stand, and under which name.

use super::subject;
use crate::import::dates;
use crate::import::loss::Loss;
use crate::import::mapping::Mapping;
use crate::import::report::Report;
use crate::import::slugs::{decoded, fold, free};
use crate::import::wxr::{Export, Item};
use portal::model::{Lang, Slug};
use portal::route::RESERVED;
use std::collections::{BTreeMap, BTreeSet};

/// One article: its texts, the original first.
pub(crate) struct Group<'a> {
    pub(crate) section: Slug,
    pub(crate) slug: Slug,
    pub(crate) texts: Vec<(Lang, &'a Item)>,
    /// Its former address, where that has the form of ours.
    pub(crate) alias: Option<(Slug, Slug)>,
    /// What has to be said about it.
    pub(crate) notes: Vec<(u64, Loss)>,
}

/// What will be made of an export.
#[derive(Default)]
pub(crate) struct Plan<'a> {
    pub(crate) groups: Vec<Group<'a>>,
    /// What will not be made, and why.
    left_out: Vec<(&'a Item, String)>,
    /// The tags that have no place here, with how many texts have them.
    tags: BTreeMap<String, usize>,
}

/// What a mapping does not say yet.
#[derive(Default)]
pub(crate) struct Missing {
    /// The categories without a section, with their names.
    pub(crate) categories: BTreeMap<String, String>,
    /// Whether some texts do not say their language.
    pub(crate) language: bool,
}

/// Kinds of content that WordPress needs for itself.
const INTERNAL: [&str; 13] = [
    "attachment",
    "revision",
    "nav_menu_item",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "user_request",
    "wp_block",
    "wp_template",
    "wp_template_part",
    "wp_global_styles",
    "wp_navigation",
    "polylang_mo",
];

/// Meta keys that count how often a text was read.
pub(super) const VIEWS: [&str; 6] =
    ["views", "post_views_count", "_post_views", "wpb_post_views_count", "post_views", "hits"];

/// An item with its language, its section, and the others that it could stand in.
type Sorted<'a> = (&'a Item, Lang, Slug, Vec<Slug>);

enum Section {
    Here(Slug, Vec<Slug>),
    LeftOut(String),
    Missing(BTreeMap<String, String>),
}

impl<'a> Plan<'a> {
    /// Makes a plan; or says what the mapping has to say first.
    pub(crate) fn make(export: &'a Export, mapping: Option<&Mapping>, lang: Option<Lang>) -> Result<Self, Missing> {
        let lang = lang.or_else(|| mapping.and_then(|mapping| mapping.language));
        let (mut plan, mut missing) = (Self::default(), Missing::default());
        let mut found = Vec::new();
        for item in &export.items {
            if !plan.is_article(item, mapping) {
                continue;
            }
            let section = section(item, export, mapping);
            match (section, language(item, lang)) {
                (Section::Missing(categories), _) => missing.categories.extend(categories),
                (Section::LeftOut(why), _) | (_, Err(Some(why))) => plan.left_out.push((item, why)),
                (Section::Here(..), Err(None)) => missing.language = true,
                (Section::Here(section, others), Ok(lang)) => found.push((item, lang, section, others)),
            }
        }
        if mapping.is_none() || !missing.categories.is_empty() || missing.language {
            return Err(missing);
        }
        plan.group(found, export, lang);
        plan.name();
        plan.count_tags(mapping);
        Ok(plan)
    }

    /// Whether an item can become an article. What cannot is noted, unless WordPress needs it for itself.
    fn is_article(&mut self, item: &'a Item, mapping: Option<&Mapping>) -> bool {
        let is_kind = mapping.map_or(item.kind == "post", |mapping| mapping.types.contains(&item.kind));
        let why = match item.kind.as_str() {
            kind if INTERNAL.contains(&kind) => return false,
            "page" if mapping.is_some_and(|mapping| mapping.pages.is_none()) => {
                "it is a page, and the mapping gives \"pages\" no section".to_owned()
            }
            kind if kind != "page" && !is_kind => {
                format!("its kind is {kind}, which the mapping does not name in \"types\"")
            }
            _ if item.status == "trash" => "it is in the bin".to_owned(),
            _ if item.status == "auto-draft" || item.status == "inherit" => return false,
            _ if [&item.title, &item.content, &item.excerpt].iter().all(|text| text.trim().is_empty()) => {
                "there is nothing in it".to_owned()
            }
            _ => return true,
        };
        self.left_out.push((item, why));
        false
    }

    /// Joins texts that are translations of each other.
    fn group(&mut self, found: Vec<Sorted<'a>>, export: &Export, lang: Option<Lang>) {
        let mut joined: BTreeMap<(String, u64), Vec<Sorted<'a>>> = BTreeMap::new();
        for one in found {
            let item = one.0;
            let term = item.terms("post_translations").next().map(|term| term.slug.clone());
            let key = term.or_else(|| export.translations.get(&item.id).cloned());
            let taken = |texts: &Vec<Sorted<'_>>| texts.iter().any(|(_, lang, _, _)| *lang == one.1);
            let key = key.map(|group| (group, 0)).filter(|key| !joined.get(key).is_some_and(taken));
            joined.entry(key.unwrap_or_else(|| (String::new(), item.id))).or_default().push(one);
        }
        let order = |known: Lang| (Some(known) != lang, Lang::ALL.iter().position(|lang| *lang == known));
        for mut texts in joined.into_values() {
            texts.sort_by_key(|(item, lang, _, _)| (order(*lang), item.id));
            let Some(section) = texts.first().map(|(_, _, section, _)| section.clone()) else { continue };
            let mut notes = Vec::new();
            for (item, _, own, others) in &texts {
                let elsewhere = others.iter().chain([own]).filter(|other| **other != section).map(Slug::to_string);
                let elsewhere: BTreeSet<String> = elsewhere.collect();
                if !elsewhere.is_empty() {
                    let names = elsewhere.into_iter().collect::<Vec<_>>().join(", ");
                    notes.push((
                        item.id,
                        Loss::new(format!("an article stands in one section, {section}: it was also in {names}"), ""),
                    ));
                }
            }
            let texts = texts.into_iter().map(|(item, lang, _, _)| (lang, item)).collect();
            self.groups.push(Group { section, slug: PLACEHOLDER.clone(), texts, alias: None, notes });
        }
        self.groups.sort_by_key(|group| group.texts[0].1.id);
    }

    /// Gives each article a name of its own in its section.
    fn name(&mut self) {
        let mut taken: BTreeSet<(Slug, Slug)> = BTreeSet::new();
        for group in &mut self.groups {
            let english = group.texts.iter().filter(|(lang, _)| *lang == Lang::En);
            let texts: Vec<&Item> =
                group.texts[..1].iter().chain(english).chain(&group.texts).map(|(_, item)| *item).collect();
            let names = texts.iter().map(|item| decoded(&item.name)).chain(texts.iter().map(|item| item.title.clone()));
            let id = texts[0].id;
            let wanted =
                names.into_iter().find_map(|name| fold(&name)).or_else(|| Slug::new(&format!("post-{id}")).ok());
            let wanted = wanted.unwrap_or_else(|| PLACEHOLDER.clone());
            group.slug = free(&wanted, |slug| taken.contains(&(group.section.clone(), slug.clone())));
            taken.insert((group.section.clone(), group.slug.clone()));
        }
        for group in &mut self.groups {
            // No two articles can have had the same address, and an article's own is no former one.
            group.alias = former(group.texts[0].1).filter(|place| taken.insert(place.clone()));
        }
    }

    fn count_tags(&mut self, mapping: Option<&Mapping>) {
        for (_, item) in self.groups.iter().flat_map(|group| &group.texts) {
            for term in item.terms("post_tag") {
                if mapping.is_none_or(|mapping| !mapping.tags.contains_key(&term.slug)) {
                    *self.tags.entry(term.slug.clone()).or_default() += 1;
                }
            }
        }
    }

    /// Says what was left out, and what is not an article's own.
    pub(crate) fn note(&self, export: &Export, portal: &crate::import::Portal, report: &mut Report) {
        if export.mended > 0 {
            let what = format!("{} characters that no XML can hold were read as spaces", export.mended);
            report.note("the export", vec![(String::new(), Loss::new(what, ""))]);
        }
        let unknown = self.tags.iter().filter(|(slug, _)| !portal.has_tag(slug));
        let unknown: Vec<_> = unknown
            .map(|(slug, count)| {
                (String::new(), Loss::new(format!("the tag {slug} ({count}) has no place in \"tags\""), ""))
            })
            .collect();
        report.note("tags", unknown);
        let mut meta: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, item) in self.groups.iter().flat_map(|group| &group.texts) {
            for (key, _) in item.meta.iter().filter(|(key, value)| !key.starts_with('_') && !value.trim().is_empty()) {
                if !VIEWS.contains(&key.as_str()) {
                    *meta.entry(key).or_default() += 1;
                }
            }
        }
        let values = meta.into_iter().map(|(key, count)| {
            (
                String::new(),
                Loss::new(format!("the value {} ({count}) was left out", crate::import::loss::excerpt(key)), ""),
            )
        });
        report.note("values of plug-ins", values.collect());
        for (item, why) in &self.left_out {
            report.leave_out(&subject(None, item), why);
        }
    }
}

/// The former address of a text, where it has the form of ours.
fn former(item: &Item) -> Option<(Slug, Slug)> {
    let path = item.link.split_once("://")?.1.split_once('/')?.1;
    let (section, slug) = path.trim_end_matches('/').split_once('/')?;
    // A device's name is no slug here, and never was one.
    let own = |name: &str| Slug::new(name).ok().filter(|slug| fold(name).as_ref() == Some(slug));
    let (section, slug) = (own(section)?, own(slug)?);
    let is_language = Lang::from_tag(section.as_str()).is_some() || RESERVED.contains(&section.as_str());
    (!is_language).then_some((section, slug))
}

static PLACEHOLDER: std::sync::LazyLock<Slug> = std::sync::LazyLock::new(|| match Slug::new("article") {
    Ok(slug) => slug,
    Err(_) => unreachable!("it is a slug"),
});

/// The section that an item will stand in, and others that it could stand in.
fn section(item: &Item, export: &Export, mapping: Option<&Mapping>) -> Section {
    if item.kind == "page" {
        return match mapping.and_then(|mapping| mapping.pages.clone()) {
            Some(section) => Section::Here(section, Vec::new()),
            None => Section::LeftOut("it is a page".to_owned()),
        };
    }
    let categories: Vec<(&str, &str)> =
        item.terms("category").map(|term| (term.slug.as_str(), term.name.as_str())).collect();
    let mut sections = categories.iter().filter_map(|(slug, _)| mapped(slug, export, mapping?));
    if let Some(first) = sections.next() {
        return Section::Here(first, sections.collect());
    }
    let left_out = |slug: &&str| mapping.is_some_and(|mapping| mapping.leave_out.iter().any(|known| known == slug));
    if let Some((slug, _)) = categories.iter().find(|(slug, _)| left_out(slug)) {
        return Section::LeftOut(format!("the mapping leaves out the category {slug}"));
    }
    if let Some(section) = mapping.and_then(|mapping| mapping.others.clone()) {
        return Section::Here(section, Vec::new());
    }
    let mut missing: BTreeMap<String, String> =
        categories.into_iter().map(|(slug, name)| (slug.to_owned(), name.to_owned())).collect();
    if missing.is_empty() {
        missing.insert(String::new(), String::new());
    }
    Section::Missing(missing)
}

/// The section of a category, or of the nearest one above it that has one.
fn mapped(slug: &str, export: &Export, mapping: &Mapping) -> Option<Slug> {
    let mut slug = slug;
    for _ in 0..20 {
        if let Some(section) = mapping.sections.get(slug) {
            return Some(section.clone());
        }
        slug = export.categories.get(slug).map(|(_, above)| above.as_str()).filter(|above| !above.is_empty())?;
    }
    None
}

/// The language of a text: Polylang's, or else the one that was given. An error says why the text is left out, or that
/// nobody said which it is.
fn language(item: &Item, given: Option<Lang>) -> Result<Lang, Option<String>> {
    let Some(term) = item.terms("language").next() else { return given.ok_or(None) };
    let known = Lang::from_tag(&term.slug).or_else(|| Lang::from_alias(&term.slug));
    known.ok_or_else(|| Some(format!("this portal has no language \"{}\"", crate::import::loss::excerpt(&term.slug))))
}

/// How far the site's clock is ahead of UTC: as most of its dates have it.
pub(crate) fn offset(export: &Export) -> Option<i16> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for item in &export.items {
        if let Some(offset) = dates::offset(&item.date, &item.date_gmt) {
            *counts.entry(offset).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(offset, _)| offset)
}
