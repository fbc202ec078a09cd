//! Looks up pictures and the targets of links while articles are made. Numbers are looked up within
//! the site of the text, because each site numbers its items from 1.

use super::authors::Guests;
use super::links::hosts;
use super::plan::{Group, Plan};
use crate::addresses::{MOST_ADDRESS, comparable};
use crate::article_media::LibraryEntry;
use crate::html;
use crate::imported_article::{ImportedArticle, Text};
use crate::loss::Loss;
use crate::mapping::Mapping;
use crate::portal::Portal;
use crate::serialised::Source;
use crate::slugs::fully_decoded;
use crate::uploads::{Found, Missing, Uploads};
use crate::wxr::{Export, Item};
use model::Slug;
use std::collections::{BTreeMap, BTreeSet};

/// The longest words about a picture, in bytes. They are repeated wherever the picture is shown.
const MOST_ABOUT: usize = 10_000;

/// The place of an article: its section and its slug.
type ArticlePath = (Slug, Slug);

/// All look-ups of an import: pictures and places, by number and by address.
pub(super) struct ImportIndex<'a> {
    pub(super) export: &'a Export,
    pub(super) mapping: &'a Mapping,
    /// Minutes that the newsroom's clock is ahead of UTC.
    pub(super) offset: i16,
    /// The pictures by site and number; several where a number is damaged.
    media: BTreeMap<(&'a str, u64), Vec<&'a Item>>,
    /// The same by site and the number of the text that they belong to.
    media_of: BTreeMap<(&'a str, u64), Vec<&'a Item>>,
    /// The same by address.
    media_at: BTreeMap<String, &'a Item>,
    /// The places of texts by their former addresses; `None` where several texts have one address.
    places: BTreeMap<String, Option<ArticlePath>>,
    /// The same by site and number.
    places_by_number: BTreeMap<(&'a str, u64), Option<ArticlePath>>,
    /// The places of articles that readers will not see: drafts, and articles that are not made.
    held_back: BTreeSet<ArticlePath>,
    /// Losses for words about pictures that are too long.
    overlong: Vec<Loss>,
    /// The blocks that several texts share, by site and number.
    blocks: BTreeMap<(&'a str, u64), Vec<&'a Item>>,
    /// The files by the addresses of their pages.
    media_pages: BTreeMap<String, &'a Item>,
    /// The places of texts by site and name in addresses, earlier names too; `None` where several
    /// texts have one name.
    names: BTreeMap<(&'a str, String), Option<ArticlePath>>,
    /// The names of guest authors.
    pub(super) guests: Guests,
}

impl<'a> ImportIndex<'a> {
    pub(super) fn new(
        export: &'a Export,
        mapping: &'a Mapping,
        offset: i16,
        plan: &Plan<'a>,
    ) -> Self {
        let mut index = Self {
            export,
            mapping,
            offset,
            media: BTreeMap::new(),
            media_of: BTreeMap::new(),
            media_at: BTreeMap::new(),
            places: BTreeMap::new(),
            places_by_number: BTreeMap::new(),
            held_back: BTreeSet::new(),
            overlong: Vec::new(),
            blocks: BTreeMap::new(),
            media_pages: BTreeMap::new(),
            names: BTreeMap::new(),
            guests: Guests::of(export),
        };
        for block in export.items.iter().filter(|item| item.kind == "wp_block") {
            if let Some(number) = block.number {
                let known = index.blocks.entry((&block.site, number)).or_default();
                known.push(block);
            }
        }
        let mut known = BTreeSet::new();
        for item in export.items.iter().filter(|item| item.kind == "attachment") {
            // Files that overlap repeat attachments. One without a usable address is reported where
            // it is shown.
            let is_usable = item.attachment_url.len() <= MOST_ADDRESS;
            if !is_usable || !known.insert((&item.site, item.number, &item.attachment_url)) {
                continue;
            }
            let alternative = item.meta(ALTERNATIVE).unwrap_or_default();
            for text in [alternative, &item.excerpt, &item.title]
                .into_iter()
                .filter(|text| text.len() > MOST_ABOUT)
            {
                let what = format!(
                    "words about a picture were left out: they are longer than {MOST_ABOUT} bytes"
                );
                index.overlong.push(Loss::new(what, text));
            }
            index
                .media_at
                .entry(comparable(&item.attachment_url))
                .or_insert(item);
            if !item.link.is_empty() && !item.link.contains('?') {
                index
                    .media_pages
                    .entry(comparable(&item.link))
                    .or_insert(item);
            }
            if let Some(number) = item.number {
                index
                    .media
                    .entry((&item.site, number))
                    .or_default()
                    .push(item);
            }
            if let Some(parent) = item.parent {
                index
                    .media_of
                    .entry((&item.site, parent))
                    .or_default()
                    .push(item);
            }
        }
        for group in &plan.groups {
            for (_, item) in &group.texts {
                index.remember(item, &(group.section.clone(), group.slug.clone()));
            }
        }
        index
    }

    /// Records the place of a text.
    fn remember(&mut self, item: &'a Item, place: &ArticlePath) {
        let one = |known: &mut Option<ArticlePath>| {
            if known.as_ref() != Some(place) {
                *known = None;
            }
        };
        if let Some(number) = item.number {
            let key = (&*item.site, number);
            self.places_by_number
                .entry(key)
                .and_modify(one)
                .or_insert_with(|| Some(place.clone()));
        }
        let earlier = item.meta.iter().filter(|(key, _)| key == "_wp_old_slug");
        let names = earlier
            .map(|(_, name)| name.as_str())
            .chain([item.name.as_str()]);
        for name in names.map(fully_decoded).filter(|name| !name.is_empty()) {
            self.names
                .entry((&item.site, name))
                .and_modify(one)
                .or_insert_with(|| Some(place.clone()));
        }
        if !item.link.is_empty() && !item.link.contains('?') {
            self.places
                .entry(comparable(&item.link))
                .and_modify(one)
                .or_insert_with(|| Some(place.clone()));
        }
    }

    /// Records articles that readers will not see. Published texts must not link to them.
    pub(super) fn hold_back(&mut self, articles: impl Iterator<Item = (Slug, Slug)>) {
        self.held_back.extend(articles);
    }

    /// Whether a link would lead from an article that readers see to one that they do not.
    pub(super) fn leads_to_nothing(&self, from: &Group<'_>, to: &ArticlePath) -> bool {
        self.held_back.contains(to)
            && !self
                .held_back
                .contains(&(from.section.clone(), from.slug.clone()))
    }

    /// The losses for words about pictures that are too long.
    pub(super) fn overlong(&self) -> Vec<(String, Loss)> {
        self.overlong
            .iter()
            .map(|loss| (String::new(), loss.clone()))
            .collect()
    }

    /// The picture of this number on the item's site; `None` where there is none, or more than one.
    pub(super) fn media(&self, item: &Item, number: u64) -> Option<&'a Item> {
        self.media_at_site(&item.site, number)
    }

    /// The same by the key of the site.
    pub(super) fn media_at_site(&self, site: &str, number: u64) -> Option<&'a Item> {
        match self.media.get(&(site, number)).map(Vec::as_slice) {
            Some([one]) => Some(one),
            _ => None,
        }
    }

    /// The block that several texts of the item's site share, in its language where it has several.
    pub(super) fn block(&self, item: &Item, number: u64) -> Option<&'a Item> {
        let blocks = self.blocks.get(&(&*item.site, number))?;
        let own = blocks.iter().find(|block| block.language == item.language);
        own.or(blocks.first()).copied()
    }

    /// The template of a page builder on the item's site, by its number or its name in addresses.
    pub(super) fn template(&self, item: &Item, name: &str) -> Option<&'a Item> {
        let kinds = [
            "blocks",
            "elementor_library",
            "templatera",
            "wp_block",
            "et_pb_layout",
        ];
        let is_meant = |known: &&Item| {
            let is_named =
                known.name == name || known.number.is_some_and(|own| own.to_string() == name);
            known.site == item.site && is_named && kinds.contains(&known.kind.as_str())
        };
        self.export.items.iter().find(is_meant)
    }

    /// The files that belong to a text, or to the text of a number on its site, in their order.
    pub(super) fn media_of_number(&self, item: &Item, number: Option<u64>) -> Vec<&'a Item> {
        let found = number
            .or(item.number)
            .and_then(|number| self.media_of.get(&(&*item.site, number)));
        let mut pictures = found.cloned().unwrap_or_default();
        pictures.sort_by_key(|media| (media.order, media.number));
        pictures
    }

    /// The place of the text with this number on a site.
    pub(super) fn place_of<'b>(&'b self, site: &'b str, number: u64) -> Option<&'b ArticlePath> {
        self.places_by_number.get(&(site, number))?.as_ref()
    }

    /// The place of the text that had this address.
    pub(super) fn place_at(&self, address: &str) -> Option<&ArticlePath> {
        self.places.get(address)?.as_ref()
    }

    /// The place of the text of a site that has this name in addresses, or had it.
    pub(super) fn place_named(&self, site: &'a str, name: &str) -> Option<&ArticlePath> {
        self.names.get(&(site, name.to_owned()))?.as_ref()
    }

    /// The file with a page at this address.
    pub(super) fn media_page(&self, address: &str) -> Option<&'a Item> {
        self.media_pages.get(address).copied()
    }

    /// Finds a picture of a text, and the facts about it in the library of WordPress.
    pub(super) fn picture(
        &self,
        item: &Item,
        picture: &html::Picture,
        uploads: &Uploads,
    ) -> (LibraryEntry, Result<Found, Missing>) {
        let by_number = picture.media.and_then(|number| self.media(item, number));
        let media = by_number.or_else(|| self.media_at.get(&comparable(&picture.source)).copied());
        let entry = media.map(library_entry);
        let known = media.and_then(|media| media.meta("_wp_attached_file"));
        (
            entry.unwrap_or_default(),
            uploads.find(&picture.source, known),
        )
    }

    /// An article with all its texts.
    pub(super) fn article(&self, group: &Group<'a>, portal: &Portal) -> ImportedArticle {
        let texts: Vec<Text> = group
            .texts
            .iter()
            .map(|(lang, item)| self.text(*lang, item, group, portal))
            .collect();
        let source = Source {
            name: self.mapping.source.name.trim().to_owned(),
            address: self.mapping.source.address.clone(),
        };
        ImportedArticle {
            source,
            tags: self.tags(group, portal),
            aliases: group
                .alias
                .iter()
                .map(|(section, slug)| format!("{section}/{slug}"))
                .collect(),
            texts,
            former_hosts: hosts(self.export),
        }
    }

    fn tags(&self, group: &Group<'a>, portal: &Portal) -> Vec<String> {
        let terms = group
            .texts
            .iter()
            .flat_map(|(_, item)| item.terms("post_tag"));
        let mut tags: Vec<String> = Vec::new();
        for slug in terms.filter_map(|term| portal.tag(&term.slug, self.mapping)) {
            if !tags.contains(&slug) {
                tags.push(slug);
            }
        }
        tags
    }
}

/// The meta key of a picture's alternative text.
const ALTERNATIVE: &str = "_wp_attachment_image_alt";

/// The facts about a picture in the library of WordPress.
pub(super) fn library_entry(media: &Item) -> LibraryEntry {
    let fitting = |text: &str| {
        Some(text)
            .filter(|text| text.len() <= MOST_ABOUT)
            .unwrap_or_default()
            .to_owned()
    };
    LibraryEntry {
        alternative: fitting(media.meta(ALTERNATIVE).unwrap_or_default()),
        caption: fitting(&media.excerpt),
        title: fitting(&media.title),
    }
}
