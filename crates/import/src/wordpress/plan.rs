//! The plan of an import: which items become articles, which are translations of each other, and
//! the section and slug of each article.

mod naming;
mod repeats;

use super::subjects::subject;
use crate::dates;
use crate::loss::{Loss, excerpt};
use crate::mapping::Mapping;
use crate::outcome::Report;
use crate::shortcodes::shown_blocks;
use crate::wordpress::languages::{self, Languages, Says, doubt, is_by_name};
use crate::wxr::{Export, Item, Site};
use model::{Lang, Slug};
use std::collections::{BTreeMap, BTreeSet};

pub use naming::NamingContext;

/// One article: its texts, the original first.
pub struct Group<'a> {
    pub section: Slug,
    pub slug: Slug,
    pub texts: Vec<(Lang, &'a Item)>,
    /// Its former address, where that has the form of ours.
    pub alias: Option<(Slug, Slug)>,
    /// The losses of each text that the plan causes.
    pub notes: Vec<(&'a Item, Loss)>,
}

/// The plan for an export.
#[derive(Default)]
pub struct Plan<'a> {
    pub groups: Vec<Group<'a>>,
    /// The items that are left out, and why.
    left_out: Vec<(&'a Item, String)>,
    /// Repeated items: the one that is kept, and the other one.
    repeated: Vec<(&'a Item, &'a Item)>,
    /// The texts that share one number within their site.
    shared: Vec<Vec<&'a Item>>,
    /// Items for WordPress' internal use that have words all the same, by kind.
    internal: BTreeMap<&'a str, Vec<&'a Item>>,
    /// How many internal and automatically saved items have no words. They are not reported.
    wordless: usize,
    /// The numbers of the shared blocks that texts show.
    shown: BTreeSet<u64>,
    /// The tags that the mapping does not name, with the number of texts that have each.
    tags: BTreeMap<String, usize>,
    /// How many texts have the language that their address says.
    by_address: BTreeMap<Lang, usize>,
    /// The first text of each article whose languages were joined by nothing but their name.
    by_name: Vec<&'a Item>,
}

/// What a mapping lacks.
#[derive(Default)]
pub struct Missing<'a> {
    /// The categories without a section, with their names.
    pub categories: BTreeMap<String, String>,
    /// Whether some texts do not name their language.
    pub language: bool,
    /// The texts whose letters are not those of the language that they would get: number and why.
    pub doubts: Vec<(&'a Item, String)>,
    /// The sites that say different languages: address and language.
    pub sites: Vec<(String, String)>,
}

/// Kinds of content for WordPress' internal use.
pub(super) const INTERNAL: [&str; 13] = [
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

/// The kinds of items that are guest authors.
pub(super) const GUESTS: [&str; 5] = [
    "guest-author",
    "guest_author",
    "molongui_guestauthor",
    "guest-authors",
    "ppma_boxes",
];

/// Meta keys that count how often a text was read.
pub(super) const VIEWS: [&str; 6] = [
    "views",
    "post_views_count",
    "_post_views",
    "wpb_post_views_count",
    "post_views",
    "hits",
];

/// An item with its language, its section, and other sections that its categories name.
type Sorted<'a> = (&'a Item, (Lang, Says), Slug, Vec<Slug>);

enum Section {
    Here(Slug, Vec<Slug>),
    LeftOut(String),
    Missing(BTreeMap<String, String>),
}

impl<'a> Plan<'a> {
    /// Makes a plan.
    ///
    /// # Errors
    /// What the mapping lacks.
    pub fn make(
        export: &'a Export,
        mapping: Option<&Mapping>,
        languages: &Languages<'a>,
        context: &NamingContext<'_>,
    ) -> Result<Self, Missing<'a>> {
        let (mut plan, mut missing) = (Self::default(), Missing::default());
        let texts = export.items.iter().filter(|item| item.kind != "revision");
        plan.shown = texts.flat_map(|item| shown_blocks(&item.content)).collect();
        let mut found = Vec::new();
        for item in plan.without_repeats(export) {
            if !plan.is_article(item, mapping) {
                continue;
            }
            let section = section(item, export, mapping);
            match (section, languages.language(item, export)) {
                // What becomes of the original becomes of it, and is said there.
                (Section::LeftOut(_), _) | (_, Err(_)) if item.listed.is_some() => {
                    plan.wordless += 1;
                }
                (Section::Missing(categories), _) => missing.categories.extend(categories),
                (Section::LeftOut(why), _) | (_, Err(Some(why))) => plan.left_out.push((item, why)),
                (Section::Here(..), Err(None)) => missing.language = true,
                (Section::Here(section, others), Ok((lang, says))) => {
                    let doubt = (says == Says::Nothing).then(|| doubt(item, lang)).flatten();
                    missing.doubts.extend(doubt.map(|why| (item, why)));
                    found.push((item, (lang, says), section, others));
                }
            }
        }
        missing.sites = languages.unsaid_sites(export);
        let is_complete =
            missing.categories.is_empty() && missing.doubts.is_empty() && missing.sites.is_empty();
        if mapping.is_none() || !is_complete || missing.language {
            return Err(missing);
        }
        plan.group(found, export, languages);
        plan.name(context);
        plan.count_tags(mapping);
        Ok(plan)
    }

    /// Whether an item becomes an article. Others are recorded for the report.
    fn is_article(&mut self, item: &'a Item, mapping: Option<&Mapping>) -> bool {
        let is_kind = mapping.map_or(item.kind == "post", |mapping| {
            mapping.types.contains(&item.kind)
        });
        let is_saved = item.status == "auto-draft" || item.status == "inherit";
        let why = match item.kind.as_str() {
            // It is shown where a text shows it, or in the byline.
            "wp_block"
                if item
                    .number
                    .is_some_and(|number| self.shown.contains(&number)) =>
            {
                self.wordless += 1;
                return false;
            }
            "wp_block" if item.listed.is_some() => {
                self.wordless += 1;
                return false;
            }
            kind if GUESTS.contains(&kind) && item.content.trim().is_empty() => {
                self.wordless += 1;
                return false;
            }
            kind if INTERNAL.contains(&kind) && item.has_words() => {
                self.internal.entry(kind).or_default().push(item);
                return false;
            }
            kind if INTERNAL.contains(&kind) || (is_saved && !item.has_words()) => {
                self.wordless += 1;
                return false;
            }
            "page" if mapping.is_some_and(|mapping| mapping.pages.is_none()) => {
                "it is a page, and the mapping gives \"pages\" no section".to_owned()
            }
            "" => "it does not say its kind (wp:post_type)".to_owned(),
            kind if kind != "page" && !is_kind => {
                format!(
                    "its kind is {}, which the mapping does not name in \"types\"",
                    excerpt(kind)
                )
            }
            _ if item.status == "trash" => "it is in the bin".to_owned(),
            _ if is_saved => format!("WordPress saved it by itself: its state is {}", item.status),
            _ if !item.has_words() => "there is nothing in it".to_owned(),
            _ => return true,
        };
        if item.listed.is_some() {
            self.wordless += 1;
        } else {
            self.left_out.push((item, why));
        }
        false
    }

    /// Joins texts that are translations of each other.
    fn group(&mut self, found: Vec<Sorted<'a>>, export: &Export, languages: &Languages<'a>) {
        let mut joined: BTreeMap<Key, Vec<Sorted<'a>>> = BTreeMap::new();
        // The groups of originals: what a list has of them joins them.
        let mut originals: BTreeMap<String, Key> = BTreeMap::new();
        let (listed, found): (Vec<_>, Vec<_>) = found
            .into_iter()
            .partition(|(item, ..)| item.listed.is_some());
        for (at, one) in found.into_iter().enumerate() {
            let (item, (lang, says), ..) = &one;
            if *says == Says::Address {
                *self.by_address.entry(*lang).or_default() += 1;
            }
            let taken =
                |texts: &Vec<Sorted<'_>>| texts.iter().any(|(_, (known, _), ..)| known == lang);
            let key = languages
                .group(item, *says, export)
                .map(|(site, group)| Key::Joined(site, group));
            let key = key.filter(|key| !joined.get(key).is_some_and(taken));
            let key = key.unwrap_or(Key::Alone(at));
            originals.insert(item.identity(), key.clone());
            joined.entry(key).or_default().push(one);
        }
        for one in listed {
            let (item, (lang, _), ..) = &one;
            let texts = originals
                .get(&item.identity())
                .and_then(|key| joined.get_mut(key));
            let is_free = |texts: &&mut Vec<Sorted<'_>>| {
                texts.iter().all(|(_, (known, _), ..)| known != lang)
            };
            match texts.filter(is_free) {
                Some(texts) => texts.push(one),
                None => self.wordless += 1,
            }
        }
        let order = |known: Lang| {
            (
                Some(known) != languages.default,
                Lang::ALL.iter().position(|lang| *lang == known),
            )
        };
        for (key, mut texts) in joined {
            texts.sort_by_key(|(item, (lang, _), _, _)| (order(*lang), item.number));
            let Some(section) = texts.first().map(|(_, _, section, _)| section.clone()) else {
                continue;
            };
            if matches!(&key, Key::Joined(_, group) if is_by_name(group)) && texts.len() > 1 {
                self.by_name.push(texts[0].0);
            }
            let mut notes = Vec::new();
            for (item, _, own, others) in &texts {
                let elsewhere = others
                    .iter()
                    .chain([own])
                    .filter(|other| **other != section)
                    .map(Slug::to_string);
                let elsewhere: BTreeSet<String> = elsewhere.collect();
                if !elsewhere.is_empty() {
                    let names = elsewhere.into_iter().collect::<Vec<_>>().join(", ");
                    notes.push((
                        *item,
                        Loss::new(format!("an article stands in one section, {section}: it was also in {names}"), ""),
                    ));
                }
            }
            let texts = texts
                .into_iter()
                .map(|(item, (lang, _), _, _)| (lang, item))
                .collect();
            self.groups.push(Group {
                section,
                slug: naming::placeholder(),
                texts,
                alias: None,
                notes,
            });
        }
        self.groups
            .sort_by_key(|group| group.texts[0].1.number.unwrap_or(u64::MAX));
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

    /// Reports languages that nothing but an address says, and texts that nothing but a name joins.
    fn note_languages(&self, report: &mut Report) {
        let of_address = self.by_address.iter().map(|(lang, count)| {
            let what = format!(
                "the language of texts was taken from their addresses: {} ({count})",
                lang.tag()
            );
            (String::new(), Loss::new(what, ""))
        });
        let of_name = self.by_name.iter().map(|item| {
            let what = "texts of one name in several languages became one article: see that they are translations";
            (String::new(), Loss::new(what, &subject(None, item)))
        });
        report.note("languages", of_address.chain(of_name).collect());
    }

    /// Reports what was left out, and what belongs to no single article.
    pub fn note(&self, export: &Export, portal: &crate::portal::Portal, report: &mut Report) {
        for (file, loss) in &export.notes {
            report.note(file.as_str(), vec![(String::new(), loss.clone())]);
        }
        self.note_languages(report);
        let has_list = export.items.iter().any(|item| item.listed.is_some());
        if let Some(plugin) = languages::kept_elsewhere(export).filter(|_| !has_list) {
            let what = format!(
                "{plugin} keeps its translations outside of the posts: this export has the original texts alone; --translations LANG=FILE takes a list of them"
            );
            report.note("languages", vec![(String::new(), Loss::new(what, ""))]);
        }
        if export.mended > 0 {
            let what = format!(
                "{} characters that no XML can hold were read as spaces",
                export.mended
            );
            report.note("the export", vec![(String::new(), Loss::new(what, ""))]);
        }
        let unknown = self.tags.iter().filter(|(slug, _)| !portal.has_tag(slug));
        let unknown: Vec<_> = unknown
            .map(|(slug, count)| {
                (
                    String::new(),
                    Loss::new(
                        format!("the tag {slug} ({count}) has no place in \"tags\""),
                        "",
                    ),
                )
            })
            .collect();
        report.note("tags", unknown);
        let mut meta: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, item) in self.groups.iter().flat_map(|group| &group.texts) {
            for (key, _) in item
                .meta
                .iter()
                .filter(|(key, value)| !key.starts_with('_') && !value.trim().is_empty())
            {
                // The notes stand at the foot of their text.
                if !VIEWS.contains(&key.as_str()) && key != "footnotes" {
                    *meta.entry(key).or_default() += 1;
                }
            }
        }
        let values = meta.into_iter().map(|(key, count)| {
            (
                String::new(),
                Loss::new(
                    format!("the value {} ({count}) was left out", excerpt(key)),
                    "",
                ),
            )
        });
        report.note("values of plug-ins", values.collect());
        self.note_repeats(report);
        for (kind, items) in &self.internal {
            let what = format!(
                "what WordPress keeps for itself was left out: {kind} ({})",
                items.len()
            );
            let losses = items
                .iter()
                .map(|item| (String::new(), Loss::new(what.clone(), &item.title)));
            report.note("entries that are no texts", losses.take(1).collect());
            report.accounted += items.len();
        }
        report.accounted += self.wordless;
        for (item, why) in &self.left_out {
            report.leave_out(&[subject(None, item)], why);
        }
    }
}

/// The key that texts of one article have in common.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// A site and the name of its translation group.
    Joined(String, String),
    /// None: the text is an article by itself.
    Alone(usize),
}

/// The section of an item, and other sections that its categories name.
fn section(item: &Item, export: &Export, mapping: Option<&Mapping>) -> Section {
    if item.kind == "page" {
        return match mapping.and_then(|mapping| mapping.pages.clone()) {
            Some(section) => Section::Here(section, Vec::new()),
            None => Section::LeftOut("it is a page".to_owned()),
        };
    }
    let categories: Vec<(&str, &str)> = item
        .terms("category")
        .map(|term| (term.slug.as_str(), term.name.as_str()))
        .collect();
    let mut sections = categories
        .iter()
        .filter_map(|(slug, _)| mapped(slug, export.site(item), mapping?));
    if let Some(first) = sections.next() {
        return Section::Here(first, sections.collect());
    }
    let left_out = |slug: &&str| {
        mapping.is_some_and(|mapping| mapping.leave_out.iter().any(|known| known == slug))
    };
    if let Some((slug, _)) = categories.iter().find(|(slug, _)| left_out(slug)) {
        return Section::LeftOut(format!("the mapping leaves out the category {slug}"));
    }
    if let Some(section) = mapping.and_then(|mapping| mapping.others.clone()) {
        return Section::Here(section, Vec::new());
    }
    let mut missing: BTreeMap<String, String> = categories
        .into_iter()
        .map(|(slug, name)| (slug.to_owned(), name.to_owned()))
        .collect();
    if missing.is_empty() {
        missing.insert(String::new(), String::new());
    }
    Section::Missing(missing)
}

/// The section of a category, or of its nearest ancestor that has one.
pub(super) fn mapped(slug: &str, site: Option<&Site>, mapping: &Mapping) -> Option<Slug> {
    let mut slug = slug;
    for _ in 0..20 {
        if let Some(section) = mapping.sections.get(slug) {
            return Some(section.clone());
        }
        slug = site?
            .categories
            .get(slug)
            .map(|(_, above)| above.as_str())
            .filter(|above| !above.is_empty())?;
    }
    None
}

/// The offset of the site's clock from UTC, in minutes: the most frequent one among its dates.
pub fn offset(export: &Export) -> Option<i16> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for item in &export.items {
        if let Some(offset) = dates::offset(&item.date, &item.date_gmt) {
            *counts.entry(offset).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(offset, _)| offset)
}
