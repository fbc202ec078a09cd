//! Feeds in Atom and JSON Feed: the notices and the newest articles of a language, and of each of
//! its sections.
//!
//! Both formats have the same entries: all notices that the pages show, and the newest [`LENGTH`]
//! articles. So a new article rewrites only the feeds of its languages and of its section.

mod atom;
mod ids;
mod json;
mod notice;

pub(crate) use atom::atom;
pub(crate) use json::json;

use editorial::content::catalogue::Item;
use model::route::Route;
use model::{Entry, Lang, Moment, PageNumber, Site, Slug};

/// How many articles a feed has.
pub(crate) const LENGTH: usize = 20;

/// The time of change of an empty feed, because feeds must have one.
const NEVER: Moment = Moment {
    year: 1970,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    offset: 0,
};

/// The feed of a language, or of a section in it.
pub(crate) struct Feed<'a> {
    /// The portal in the feed's language.
    pub(crate) site: &'a Site,
    /// The section; `None` for all of them.
    pub(crate) section: Option<&'a Entry>,
    /// The articles in this language, newest first. Only the first [`LENGTH`] are used.
    pub(crate) items: &'a [&'a Item],
    /// The names of the tags in this language.
    pub(crate) tags: &'a [Entry],
    /// Whether the site has share cards.
    pub(crate) cards: bool,
    /// The first origin that the portal had.
    pub(crate) first_origin: &'a str,
}

impl<'a> Feed<'a> {
    /// The page that the feed belongs to.
    pub(crate) fn page(&self) -> Route {
        match self.section {
            None => Route::Home(self.lang()),
            Some(section) => Route::Section(self.lang(), section.slug.clone(), PageNumber::FRONT),
        }
    }

    fn lang(&self) -> Lang {
        self.site.lang
    }

    fn title(&self) -> String {
        match self.section {
            None => self.site.name.clone(),
            Some(section) => format!("{} – {}", section.name, self.site.name),
        }
    }

    /// A full address from the path below the site's base.
    fn below(&self, path: &str) -> String {
        self.site.file_address(path)
    }

    /// The entries: the notices, the gravest first, then the articles, newest first.
    fn entries(&self) -> impl Iterator<Item = FeedEntry<'_>> {
        let articles = self
            .items
            .iter()
            .take(LENGTH)
            .filter_map(|item| self.entry(item));
        self.site
            .notices
            .iter()
            .map(|notice| notice::entry(self.site, notice))
            .chain(articles)
    }

    /// The moment of the last change of any entry.
    fn updated(&self) -> Moment {
        let articles = self.items.iter().take(LENGTH).map(|item| changed(item));
        let moments = self
            .site
            .notices
            .iter()
            .map(|notice| notice.published)
            .chain(articles);
        moments
            .max_by_key(|moment| moment.minutes())
            .unwrap_or(NEVER)
    }

    fn entry(&self, item: &'a Item) -> Option<FeedEntry<'_>> {
        let (site, lang) = (self.site, self.lang());
        let version = item.version(lang)?;
        let route = Route::Article(lang, item.section.clone(), item.slug.clone());
        Some(FeedEntry {
            id: self.id(item),
            address: site.address(&route),
            others: others(item, lang)
                .map(|lang| (lang, site.address(&route.in_language(lang))))
                .collect(),
            title: version.title.clone(),
            summary: version.summary.clone(),
            author: version.author.as_deref().unwrap_or(&site.name),
            published: item.published,
            updated: changed(item),
            categories: self.categories(item),
            picture: self.cards.then(|| self.below(&route.card())),
        })
    }

    /// The section and the tags.
    fn categories(&self, item: &Item) -> Vec<Category<'_>> {
        let named =
            |entries: &'a [Entry], slug: &Slug| entries.iter().find(|entry| entry.slug == *slug);
        let section = named(&self.site.sections, &item.section)
            .map(|entry| (Route::Home(self.lang()), entry));
        let tags = item
            .tags
            .iter()
            .filter_map(|tag| Some((Route::Tags(self.lang()), named(self.tags, tag)?)));
        let category = |(of, Entry { slug, name }): (Route, &'a Entry)| Category {
            of: self.site.address(&of),
            term: slug.as_str(),
            label: name,
        };
        section.into_iter().chain(tags).map(category).collect()
    }
}

/// An article or a notice in a feed.
struct FeedEntry<'a> {
    /// The permanent identifier.
    id: String,
    /// The address.
    address: String,
    /// The addresses of its other languages.
    others: Vec<(Lang, String)>,
    /// Its title.
    title: String,
    /// Its summary.
    summary: String,
    /// The author; the portal's name where nobody is named.
    author: &'a str,
    /// When it was published.
    published: Moment,
    /// When it last changed.
    updated: Moment,
    /// The section and the tags, or the level.
    categories: Vec<Category<'a>>,
    /// The share card's address.
    picture: Option<String>,
}

/// A section, a tag, or a notice's level.
struct Category<'a> {
    /// The address of the page that lists all of its kind.
    of: String,
    /// Its identifier.
    term: &'a str,
    /// Its name for readers.
    label: &'a str,
}

fn others(item: &Item, lang: Lang) -> impl Iterator<Item = Lang> {
    item.languages()
        .into_iter()
        .filter(move |&other| other != lang)
}

/// When an article last changed.
pub(crate) fn changed(item: &Item) -> Moment {
    item.updated.unwrap_or(item.published)
}

#[cfg(test)]
mod tests;
