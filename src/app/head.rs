//! The description of a page's head. The native tool renders it, and the browser updates the head
//! from it.

use crate::pages;
use i18n::{Words, words};
use model::route::{ATOM, JSON_FEED, Route};
use model::{Document, Lang, Page, PageNumber, Site, plain_text};

/// A page's head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The title in the browser's tab.
    pub title: String,
    /// The page's own title, as shares show it.
    pub share_title: String,
    /// The description, in a sentence or two.
    pub description: String,
    /// The canonical address; `None` for a page that search engines must not index.
    pub canonical: Option<String>,
    /// The versions of the page, as [`alternates`] lists them. Search engines ask each version to
    /// list all, its own included.
    pub alternates: Vec<(&'static str, String)>,
    /// The feeds of the language and, within a section, of that section. A page without a canonical
    /// address has none.
    pub feeds: Vec<FeedLink>,
}

/// A link to a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedLink {
    /// Its media type.
    pub kind: &'static str,
    /// Its name.
    pub title: String,
    /// Its path.
    pub href: String,
}

impl Head {
    /// The head of a document's page.
    pub fn of(document: &Document, route: &Route) -> Self {
        let (site, lang) = (&document.site, document.site.lang);
        let share_title = pages::title(document);
        let findable = !matches!(document.page, Page::NotFound | Page::Untranslated(_));
        Self {
            title: Words::fill(
                words(lang).tab_title,
                &[("page", &share_title), ("site", &site.name)],
            ),
            description: description(document),
            share_title,
            canonical: findable.then(|| site.address(route)),
            alternates: if findable {
                alternates(site, &document.languages, route)
            } else {
                Vec::new()
            },
            feeds: if findable {
                feeds(site, route)
            } else {
                Vec::new()
            },
        }
    }
}

fn feeds(site: &Site, route: &Route) -> Vec<FeedLink> {
    let mut feeds = Vec::new();
    let mut add = |page: Route, title: String| {
        for (kind, file) in [
            ("application/atom+xml", ATOM),
            ("application/feed+json", JSON_FEED),
        ] {
            feeds.push(FeedLink {
                kind,
                title: title.clone(),
                href: format!("{}{}", site.base, page.feed(file)),
            });
        }
    };
    add(Route::Home(site.lang), site.name.clone());
    if let Some(section) = route
        .section()
        .and_then(|slug| site.sections.iter().find(|entry| entry.slug == *slug))
    {
        let page = Route::Section(site.lang, section.slug.clone(), PageNumber::FRONT);
        add(page, format!("{} – {}", section.name, site.name));
    }
    feeds
}

/// The versions of a page: the tags of the languages in which it exists, its own included, and
/// `x-default` for readers of any other language, with full addresses. The numbered parts of a list
/// have no versions, because lists are split differently in each language.
pub fn alternates(site: &Site, languages: &[Lang], route: &Route) -> Vec<(&'static str, String)> {
    if !route.is_front() {
        return Vec::new();
    }
    let version = |lang: Lang| site.address(&route.in_language(lang));
    let fallback = [Lang::En, Lang::Vi]
        .into_iter()
        .find(|lang| languages.contains(lang))
        .or(languages.first().copied());
    let default = match route {
        Route::Home(_) => Some(site.file_address("")),
        _ => fallback.map(version),
    };
    let versions = languages.iter().map(|&lang| (lang.tag(), version(lang)));
    versions
        .chain(default.map(|address| ("x-default", address)))
        .collect()
}

fn description(document: &Document) -> String {
    let words = words(document.site.lang);
    match &document.page {
        Page::Home(_) => format!("{}. {}", document.site.name, document.site.slogan),
        Page::Listing(listing) => listing.description.clone().unwrap_or_else(|| {
            let mut text = pages::title(document);
            for (at, teaser) in listing.teasers.iter().take(3).enumerate() {
                text.push_str(if at == 0 { ": " } else { "; " });
                text.push_str(&teaser.title);
            }
            text
        }),
        Page::Archive(_) | Page::Tags(_) | Page::Search(_) => {
            format!("{} – {}", pages::title(document), document.site.name)
        }
        Page::Article(article) => plain_text(&article.lead),
        Page::Standing(standing) => plain_text(&standing.lead),
        Page::Untranslated(_) => words.untranslated_text.to_owned(),
        Page::NotFound => words.not_found_text.to_owned(),
    }
}
