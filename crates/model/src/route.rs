//! Routes and their paths. No other code spells an address.
//!
//! Every path begins with its language, and an article has the same slug in every language, so that
//! a language tab changes one segment. Paths are below the site's base and have no leading slash;
//! [`Route::href`] adds the base.

use crate::{Lang, Month, PageNumber, Slug};

/// The segment of the standing pages.
pub const PAGES: &str = "pages";

/// The segment of the archive, its years and months.
pub const ARCHIVE: &str = "archive";

/// The segment of the tags.
pub const TAGS: &str = "tags";

/// The segment of the search page.
pub const SEARCH: &str = "search";

/// The segment of the share cards, before the language.
pub const CARDS: &str = "cards";

/// The slugs that no section can have, because other pages use these segments.
pub const RESERVED: [&str; 4] = [PAGES, ARCHIVE, TAGS, SEARCH];

/// The file of a page's Atom feed.
pub const ATOM: &str = "feed.xml";

/// The file of a page's JSON Feed.
pub const JSON_FEED: &str = "feed.json";

/// The query key of an article's parallel language.
const PARALLEL_KEY: &str = "with";

/// The segment before a part's number.
const PART: &str = "page";

/// A page's address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// `vi/`
    Home(Lang),
    /// `vi/port/`, `vi/port/page/2/`
    Section(Lang, Slug, PageNumber),
    /// `vi/port/deep-water-port/`: language, section, article.
    Article(Lang, Slug, Slug),
    /// `vi/pages/about/`
    Standing(Lang, Slug),
    /// `vi/archive/`
    Archive(Lang),
    /// `vi/archive/2014/`
    Year(Lang, u16),
    /// `vi/archive/2014/09/`, `vi/archive/2014/09/page/2/`
    Month(Lang, Month, PageNumber),
    /// `vi/tags/`
    Tags(Lang),
    /// `vi/tags/diplomacy/`, `vi/tags/diplomacy/page/2/`
    Tag(Lang, Slug, PageNumber),
    /// `vi/search/`
    Search(Lang),
    /// `vi/404.html`
    NotFound(Lang),
}

/// What a parsed address leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// The root, where the reader chooses a language.
    Root,
    /// A page, at its own address.
    Page(Route),
    /// A page, under an address that people guess: `kr/`, `vi/port` without the trailing slash,
    /// `vi/port/index.html`.
    Moved(Route),
    /// No page of this portal, with the language that the path begins with.
    Unknown(Option<Lang>),
}

impl Route {
    /// Parses a path below the base. A path that is no page gives [`Destination::Unknown`].
    pub fn parse(path: &str) -> Destination {
        let path = path.strip_prefix('/').unwrap_or(path);
        if path.is_empty() || path == "index.html" {
            return Destination::Root;
        }
        let shown = path.strip_suffix("index.html").unwrap_or(path);
        let mut segments = shown.strip_suffix('/').unwrap_or(shown).split('/');
        let Some(lang) = segments.next().and_then(Lang::from_alias) else {
            return Destination::Unknown(None);
        };
        let rest: Vec<&str> = segments.collect();
        let slug = |text: &str| Slug::new(text).ok();
        let (part, rest) = match rest[..] {
            [ref list @ .., PART, number] if !list.is_empty() => {
                match whole(number).filter(|&number| number > 0) {
                    Some(number) => (PageNumber(number), list),
                    None => return Destination::Unknown(Some(lang)),
                }
            }
            _ => (PageNumber::FRONT, &rest[..]),
        };
        let route = match (rest, part) {
            ([], _) => Some(Self::Home(lang)),
            (["404.html"], PageNumber::FRONT) => Some(Self::NotFound(lang)),
            ([ARCHIVE], PageNumber::FRONT) => Some(Self::Archive(lang)),
            ([ARCHIVE, year], PageNumber::FRONT) => {
                year_of(year).map(|year| Self::Year(lang, year))
            }
            ([ARCHIVE, year, month], part) => year_of(year)
                .zip(month_of(month))
                .map(|(year, month)| Self::Month(lang, Month { year, month }, part)),
            ([TAGS], PageNumber::FRONT) => Some(Self::Tags(lang)),
            ([TAGS, tag], part) => slug(tag).map(|tag| Self::Tag(lang, tag, part)),
            ([SEARCH], PageNumber::FRONT) => Some(Self::Search(lang)),
            ([PAGES, page], PageNumber::FRONT) => slug(page).map(|page| Self::Standing(lang, page)),
            ([reserved], _) if RESERVED.contains(reserved) => None,
            ([section], part) => slug(section).map(|section| Self::Section(lang, section, part)),
            ([section, article], PageNumber::FRONT) if !RESERVED.contains(section) => slug(section)
                .zip(slug(article))
                .map(|(s, a)| Self::Article(lang, s, a)),
            _ => None,
        };
        match route {
            Some(route) if route.path() == path => Destination::Page(route),
            Some(route) => Destination::Moved(route),
            None => Destination::Unknown(Some(lang)),
        }
    }

    /// The path below the base: `vi/port/deep-water-port/`.
    pub fn path(&self) -> String {
        let lang = self.lang().tag();
        match self {
            Self::Home(_) => format!("{lang}/"),
            Self::Section(_, section, part) => format!("{lang}/{section}/{}", part_path(*part)),
            Self::Article(_, section, article) => format!("{lang}/{section}/{article}/"),
            Self::Standing(_, page) => format!("{lang}/{PAGES}/{page}/"),
            Self::Archive(_) => format!("{lang}/{ARCHIVE}/"),
            Self::Year(_, year) => format!("{lang}/{ARCHIVE}/{year:04}/"),
            Self::Month(_, Month { year, month }, part) => {
                format!("{lang}/{ARCHIVE}/{year:04}/{month:02}/{}", part_path(*part))
            }
            Self::Tags(_) => format!("{lang}/{TAGS}/"),
            Self::Tag(_, tag, part) => format!("{lang}/{TAGS}/{tag}/{}", part_path(*part)),
            Self::Search(_) => format!("{lang}/{SEARCH}/"),
            Self::NotFound(_) => format!("{lang}/404.html"),
        }
    }

    /// The path with the site's base (`/` or `/portal/`) before it, for links.
    pub fn href(&self, base: &str) -> String {
        format!("{base}{}", self.path())
    }

    /// The link to the article with `lang` as parallel language:
    /// `/vi/port/deep-water-port/?with=ko`. The parallel view is no page of its own: the page keeps
    /// its one address.
    pub fn with_parallel(&self, lang: Lang, base: &str) -> String {
        format!("{}?{PARALLEL_KEY}={}", self.href(base), lang.tag())
    }

    /// The path of the page's share card, below the base: `cards/vi/port/deep-water-port.png`. It
    /// has no content hash, because social networks keep the address. Pages other than articles
    /// share the card of their language.
    pub fn card(&self) -> String {
        let lang = self.lang().tag();
        match self {
            Self::Article(_, section, article) => format!("{CARDS}/{lang}/{section}/{article}.png"),
            _ => format!("{CARDS}/{lang}/portal.png"),
        }
    }

    /// The path of the QR code with the page's full address. Only articles with WeChat in their
    /// share row have one.
    pub fn qr(&self) -> String {
        format!("{}qr.svg", self.path())
    }

    /// The path of the page's document.
    pub fn document(&self) -> String {
        match self {
            Self::NotFound(lang) => format!("{}/404.json", lang.tag()),
            _ => format!("{}index.json", self.path()),
        }
    }

    /// The path of the page's file.
    pub fn file(&self) -> String {
        match self {
            Self::NotFound(_) => self.path(),
            _ => format!("{}index.html", self.path()),
        }
    }

    /// The path of one of the page's feeds, [`ATOM`] or [`JSON_FEED`]. Home and sections have feeds.
    pub fn feed(&self, file: &str) -> String {
        format!("{}{file}", self.path())
    }

    /// The path of the web app manifest of the page's language.
    pub fn manifest(&self) -> String {
        format!("{}/manifest.webmanifest", self.lang().tag())
    }

    /// The language of the address.
    pub fn lang(&self) -> Lang {
        match self {
            Self::Home(lang)
            | Self::Section(lang, ..)
            | Self::Article(lang, ..)
            | Self::Standing(lang, _)
            | Self::Archive(lang)
            | Self::Year(lang, _)
            | Self::Month(lang, ..)
            | Self::Tags(lang)
            | Self::Tag(lang, ..)
            | Self::Search(lang)
            | Self::NotFound(lang) => *lang,
        }
    }

    /// The same page in another language. A list gives its front, because its parts differ between
    /// languages. The page for unknown addresses gives the front page.
    #[must_use]
    pub fn in_language(&self, lang: Lang) -> Self {
        match self {
            Self::Home(_) | Self::NotFound(_) => Self::Home(lang),
            Self::Section(_, section, _) => Self::Section(lang, section.clone(), PageNumber::FRONT),
            Self::Article(_, section, article) => {
                Self::Article(lang, section.clone(), article.clone())
            }
            Self::Standing(_, page) => Self::Standing(lang, page.clone()),
            Self::Archive(_) => Self::Archive(lang),
            Self::Year(_, year) => Self::Year(lang, *year),
            Self::Month(_, month, _) => Self::Month(lang, *month, PageNumber::FRONT),
            Self::Tags(_) => Self::Tags(lang),
            Self::Tag(_, tag, _) => Self::Tag(lang, tag.clone(), PageNumber::FRONT),
            Self::Search(_) => Self::Search(lang),
        }
    }

    /// The target of a language tab on a page that exists in `languages`. A month or a year without
    /// articles has no page and leads to the archive, a tag without articles to all tags. An
    /// article without a translation has a page that says so.
    #[must_use]
    pub fn tab(&self, lang: Lang, languages: &[Lang]) -> Self {
        let is_missing = !languages.contains(&lang);
        match self {
            Self::NotFound(_) => Self::Home(lang),
            _ if lang == self.lang() => self.clone(),
            Self::Year(..) | Self::Month(..) if is_missing => Self::Archive(lang),
            Self::Tag(..) if is_missing => Self::Tags(lang),
            _ => self.in_language(lang),
        }
    }

    /// The same list at another part. Any other page stays unchanged.
    #[must_use]
    pub fn at_part(&self, part: PageNumber) -> Self {
        match self {
            Self::Section(lang, section, _) => Self::Section(*lang, section.clone(), part),
            Self::Month(lang, month, _) => Self::Month(*lang, *month, part),
            Self::Tag(lang, tag, _) => Self::Tag(*lang, tag.clone(), part),
            other => other.clone(),
        }
    }

    /// Whether the page is the front of a list, or no list at all.
    pub fn is_front(&self) -> bool {
        match self {
            Self::Section(_, _, part) | Self::Month(_, _, part) | Self::Tag(_, _, part) => {
                *part == PageNumber::FRONT
            }
            _ => true,
        }
    }

    /// The section that the page belongs to.
    pub fn section(&self) -> Option<&Slug> {
        match self {
            Self::Section(_, section, _) | Self::Article(_, section, _) => Some(section),
            _ => None,
        }
    }
}

/// A parsed address of this site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// What its path leads to.
    pub destination: Destination,
    /// The parallel language, where the query names one.
    pub with: Option<Lang>,
}

impl Target {
    /// Parses an address from the host's root on, as links and the address bar have it. The
    /// fragment is ignored. A path outside of `base` is [`Destination::Unknown`].
    pub fn parse(href: &str, base: &str) -> Self {
        let href = href.split('#').next().unwrap_or_default();
        let (path, query) = href.split_once('?').unwrap_or((href, ""));
        let with =
            |pair: &str| Lang::from_alias(pair.strip_prefix(PARALLEL_KEY)?.strip_prefix('=')?);
        Self {
            destination: path
                .strip_prefix(base)
                .map_or(Destination::Unknown(None), Route::parse),
            with: query.split('&').find_map(with),
        }
    }
}

/// The end of a list's path; empty for the front.
fn part_path(part: PageNumber) -> String {
    if part == PageNumber::FRONT {
        String::new()
    } else {
        format!("{PART}/{}/", part.0)
    }
}

/// A number in ASCII digits only.
fn whole(text: &str) -> Option<u32> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

fn year_of(text: &str) -> Option<u16> {
    let year = whole(text).and_then(|year| u16::try_from(year).ok());
    year.filter(|year| (1..=9999).contains(year))
}

fn month_of(text: &str) -> Option<u8> {
    let month = whole(text).and_then(|month| u8::try_from(month).ok());
    month.filter(|month| (1..=12).contains(month))
}

/// The link to a page that an editor wrote as `/port/deep-water-port/`, in the language of the text
/// around it.
pub fn local_href(base: &str, lang: Lang, local_path: &str) -> String {
    format!("{base}{}/{local_path}", lang.tag())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> Slug {
        Slug::new(text).unwrap()
    }

    #[test]
    fn every_route_reads_back_from_its_path() {
        for lang in Lang::ALL {
            for route in [
                Route::Home(lang),
                Route::Section(lang, slug("port"), PageNumber::FRONT),
                Route::Section(lang, slug("port"), PageNumber(12)),
                Route::Article(lang, slug("port"), slug("deep-water-port")),
                Route::Article(lang, slug("port"), slug("page")),
                Route::Standing(lang, slug("about")),
                Route::Archive(lang),
                Route::Year(lang, 2014),
                Route::Month(
                    lang,
                    Month {
                        year: 2014,
                        month: 9,
                    },
                    PageNumber::FRONT,
                ),
                Route::Month(
                    lang,
                    Month {
                        year: 987,
                        month: 12,
                    },
                    PageNumber(3),
                ),
                Route::Tags(lang),
                Route::Tag(lang, slug("diplomacy"), PageNumber::FRONT),
                Route::Tag(lang, slug("diplomacy"), PageNumber(1)),
                Route::Search(lang),
                Route::NotFound(lang),
            ] {
                assert_eq!(
                    Route::parse(&route.path()),
                    Destination::Page(route.clone())
                );
                assert_eq!(
                    Route::parse(&format!("/{}", route.path())),
                    Destination::Page(route)
                );
            }
        }
    }

    #[test]
    fn every_article_has_a_card_of_its_own_in_each_language_and_other_pages_share_one() {
        for lang in Lang::ALL {
            let tag = lang.tag();
            let article = Route::Article(lang, slug("port"), slug("deep-water-port"));
            assert_eq!(
                article.card(),
                format!("cards/{tag}/port/deep-water-port.png")
            );
            assert_eq!(Route::Home(lang).card(), format!("cards/{tag}/portal.png"));
            assert_eq!(
                Route::Standing(lang, slug("about")).card(),
                Route::Home(lang).card()
            );
        }
    }

    #[test]
    fn addresses_that_people_guess_move_to_the_right_one() {
        for (path, right) in [
            ("kr/", "ko/"),
            ("KR", "ko/"),
            ("cn/port/", "zh-Hans/port/"),
            ("zh/", "zh-Hans/"),
            ("jp/pages/about", "ja/pages/about/"),
            ("vn/port/deep-water-port/", "vi/port/deep-water-port/"),
            ("vi", "vi/"),
            ("vi/port/index.html", "vi/port/"),
            ("kr/port/page/2", "ko/port/page/2/"),
            ("vi/archive/2014/9/", "vi/archive/2014/09/"),
        ] {
            let Destination::Moved(route) = Route::parse(path) else {
                panic!("{path} did not move")
            };
            assert_eq!(route.path(), right);
        }
    }

    #[test]
    fn what_is_no_page_is_unknown_and_keeps_its_language() {
        for (path, lang) in [
            ("fr/", None),
            ("favicon.svg", None),
            ("vi/pages/", Some(Lang::Vi)),
            ("ko/a/b/c/", Some(Lang::Ko)),
            ("ko/a/page/0/", Some(Lang::Ko)),
            ("ko/a/page/+1/", Some(Lang::Ko)),
            ("ko/a/b/page/2/", Some(Lang::Ko)),
            ("ko/pages/about/page/2/", Some(Lang::Ko)),
            ("ko/archive/2014/13/", Some(Lang::Ko)),
            ("ko/archive/0/", Some(Lang::Ko)),
            ("ko/archive/page/2/", Some(Lang::Ko)),
            ("ko/search/a/", Some(Lang::Ko)),
            ("en/Port/", Some(Lang::En)),
            ("en/../vi/", Some(Lang::En)),
            ("en//", Some(Lang::En)),
            ("vi/%2e%2e/", Some(Lang::Vi)),
        ] {
            assert_eq!(Route::parse(path), Destination::Unknown(lang), "{path}");
        }
        assert_eq!(Route::parse(""), Destination::Root);
        assert_eq!(Route::parse("/"), Destination::Root);
    }

    #[test]
    fn a_language_tab_changes_one_segment() {
        let article = Route::Article(Lang::Vi, slug("port"), slug("deep-water-port"));
        assert_eq!(
            article.in_language(Lang::ZhHans).href("/portal/"),
            "/portal/zh-Hans/port/deep-water-port/"
        );
        assert_eq!(
            Route::NotFound(Lang::Vi).in_language(Lang::En),
            Route::Home(Lang::En)
        );
    }

    #[test]
    fn a_language_tab_leads_to_a_page_that_is_there() {
        let there = [Lang::Vi, Lang::En];
        let month = |lang, part| {
            Route::Month(
                lang,
                Month {
                    year: 2014,
                    month: 9,
                },
                part,
            )
        };
        let tag = |lang| Route::Tag(lang, slug("diplomacy"), PageNumber::FRONT);
        let article = |lang| Route::Article(lang, slug("port"), slug("deep-water-port"));
        for (route, lang, leads_to) in [
            (
                month(Lang::Vi, PageNumber(3)),
                Lang::Vi,
                month(Lang::Vi, PageNumber(3)),
            ),
            (
                month(Lang::Vi, PageNumber(3)),
                Lang::En,
                month(Lang::En, PageNumber::FRONT),
            ),
            (
                month(Lang::Vi, PageNumber::FRONT),
                Lang::Ko,
                Route::Archive(Lang::Ko),
            ),
            (
                Route::Year(Lang::Vi, 2014),
                Lang::En,
                Route::Year(Lang::En, 2014),
            ),
            (
                Route::Year(Lang::Vi, 2014),
                Lang::Ko,
                Route::Archive(Lang::Ko),
            ),
            (tag(Lang::Vi), Lang::En, tag(Lang::En)),
            (tag(Lang::Vi), Lang::Ja, Route::Tags(Lang::Ja)),
            (article(Lang::Vi), Lang::Ko, article(Lang::Ko)),
            (Route::NotFound(Lang::Vi), Lang::Vi, Route::Home(Lang::Vi)),
        ] {
            assert_eq!(route.tab(lang, &there), leads_to, "{route:?} in {lang:?}");
        }
    }

    #[test]
    fn the_language_beside_an_article_is_a_query_of_its_address() {
        let article = Route::Article(Lang::Vi, slug("port"), slug("deep-water-port"));
        for lang in Lang::ALL {
            let href = article.with_parallel(lang, "/portal/");
            assert!(
                href.starts_with("/portal/vi/port/deep-water-port/?"),
                "{href}"
            );
            let target = Target {
                destination: Destination::Page(article.clone()),
                with: Some(lang),
            };
            assert_eq!(Target::parse(&href, "/portal/"), target);
            assert_eq!(
                Target::parse(&format!("{href}#with=en"), "/portal/"),
                target
            );
            assert_eq!(
                Target::parse(&href, "/other/"),
                Target {
                    destination: Destination::Unknown(None),
                    with: Some(lang)
                }
            );
        }
        for (query, lang) in [
            ("with=kr", Some(Lang::Ko)),
            ("utm=x&with=zh-Hans&y", Some(Lang::ZhHans)),
            ("with=fr&with=ja", Some(Lang::Ja)),
            ("with=", None),
            ("with", None),
            ("without=ko", None),
            ("within=ko", None),
            ("q=with=ko", None),
            ("", None),
        ] {
            assert_eq!(
                Target::parse(&format!("/vi/?{query}"), "/").with,
                lang,
                "{query}"
            );
        }
    }

    #[test]
    fn a_document_stands_beside_its_page() {
        let section = Route::Section(Lang::En, slug("port"), PageNumber::FRONT);
        assert_eq!(
            (section.document().as_str(), section.file().as_str()),
            ("en/port/index.json", "en/port/index.html")
        );
        let lost = Route::NotFound(Lang::En);
        assert_eq!(
            (lost.document().as_str(), lost.file().as_str()),
            ("en/404.json", "en/404.html")
        );
    }
}
