//! The slug of each article, which no other article in its section has.

use super::{Group, Plan};
use crate::existing_articles::{ExistingArticles, IncomingArticle};
use crate::loss::Loss;
use crate::slugs::{UniqueSlugs, fold, fully_decoded};
use crate::wordpress::dates::first_published;
use crate::wxr::Item;
use model::route::RESERVED;
use model::{Lang, Slug};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The context in which articles are named.
pub struct NamingContext<'a> {
    /// The articles in the content folder.
    pub existing: &'a ExistingArticles,
    /// Minutes that the newsroom's clock is ahead of UTC.
    pub offset: i16,
    /// The address that the news comes from.
    pub source: &'a str,
}

impl Plan<'_> {
    /// Gives each article a slug of its own in its section.
    pub(super) fn name(&mut self, context: &NamingContext<'_>) {
        let mut names: BTreeMap<Slug, UniqueSlugs> = BTreeMap::new();
        for group in &mut self.groups {
            let wanted = group.wanted();
            let incoming = IncomingArticle {
                published: first_published(group.texts[0].1, context.offset),
                source: context.source,
                titles: group
                    .texts
                    .iter()
                    .map(|(lang, item)| (*lang, item.title.as_str()))
                    .collect(),
            };
            let section = &group.section;
            let is_taken = |slug: &Slug| {
                context.existing.had_address(section, slug, (section, slug))
                    || context.existing.has_different(section, slug, &incoming)
            };
            group.slug = names
                .entry(section.clone())
                .or_default()
                .take(&wanted, is_taken);
            if group.slug != wanted && is_taken(&wanted) {
                let what = format!(
                    "another article has the address {section}/{wanted}: this one is {}",
                    group.slug
                );
                group.notes.push((group.texts[0].1, Loss::new(what, "")));
            }
        }
        let mut taken: BTreeSet<(Slug, Slug)> = self
            .groups
            .iter()
            .map(|group| (group.section.clone(), group.slug.clone()))
            .collect();
        for group in &mut self.groups {
            // No two articles can have had the same address, and an article's own is no former one.
            let own = (&group.section, &group.slug);
            let is_free = |(section, slug): &(Slug, Slug)| {
                !context.existing.has_article(section, slug)
                    && !context.existing.had_address(section, slug, own)
            };
            group.alias = former(group.texts[0].1)
                .filter(is_free)
                .filter(|place| taken.insert(place.clone()));
        }
    }
}

impl Group<'_> {
    /// The slug that it gets if that is free: from its name in addresses, its title, or its number.
    fn wanted(&self) -> Slug {
        let english = self.texts.iter().filter(|(lang, _)| *lang == Lang::En);
        let texts: Vec<&Item> = self.texts[..1]
            .iter()
            .chain(english)
            .chain(&self.texts)
            .map(|(_, item)| *item)
            .collect();
        let names = texts
            .iter()
            .map(|item| fully_decoded(&item.name))
            .chain(texts.iter().map(|item| item.title.clone()));
        let number = || Slug::new(&format!("post-{}", texts[0].number?)).ok();
        names
            .into_iter()
            .find_map(|name| fold(&name))
            .or_else(number)
            .unwrap_or_else(placeholder)
    }
}

/// The former address of a text, where it has the form of ours.
fn former(item: &Item) -> Option<(Slug, Slug)> {
    let path = item.link.split_once("://")?.1.split_once('/')?.1;
    let (section, slug) = path.trim_end_matches('/').split_once('/')?;
    // The name of a Windows device is no slug.
    let own = |name: &str| {
        Slug::new(name)
            .ok()
            .filter(|slug| fold(name).as_ref() == Some(slug))
    };
    let (section, slug) = (own(section)?, own(slug)?);
    let is_language =
        Lang::from_tag(section.as_str()).is_some() || RESERVED.contains(&section.as_str());
    (!is_language).then_some((section, slug))
}

static PLACEHOLDER: LazyLock<Slug> = LazyLock::new(|| match Slug::new("post") {
    Ok(slug) => slug,
    Err(_) => unreachable!("it is a slug"),
});

/// The slug of a text that has neither a name nor a number.
pub(super) fn placeholder() -> Slug {
    PLACEHOLDER.clone()
}
