//! Addresses: the only place that spells one.
//!
//! Every address begins with its language, and an article keeps its slug in every language, so a language tab changes
//! one segment. All functions speak of paths *below the site's base*, without a leading slash; [`Route::href`] puts the
//! base before them.

use crate::model::{Lang, Slug};

/// The segment under which the standing pages live. No section can have this name.
pub const PAGES: &str = "pages";

/// A page's address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// `vi/`
    Home(Lang),
    /// `vi/port/`
    Section(Lang, Slug),
    /// `vi/port/deep-water-port/`: language, section, article.
    Article(Lang, Slug, Slug),
    /// `vi/pages/about/`
    Standing(Lang, Slug),
    /// `vi/404.html`
    NotFound(Lang),
}

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The root, where the reader chooses a language.
    Root,
    /// A page, at its own address.
    Page(Route),
    /// A page, by an address that people guess: `kr/`, `vi/port` without the last slash, `vi/port/index.html`.
    Moved(Route),
    /// No page of this portal, with the language that the path begins with.
    Unknown(Option<Lang>),
}

impl Route {
    /// What the path below the base leads to. Never fails: what is no page is [`Place::Unknown`].
    pub fn parse(path: &str) -> Place {
        let path = path.strip_prefix('/').unwrap_or(path);
        if path.is_empty() || path == "index.html" {
            return Place::Root;
        }
        let shown = path.strip_suffix("index.html").unwrap_or(path);
        let mut segments = shown.strip_suffix('/').unwrap_or(shown).split('/');
        let Some(lang) = segments.next().and_then(Lang::from_alias) else { return Place::Unknown(None) };
        let rest: Vec<&str> = segments.collect();
        let slug = |text: &str| Slug::new(text).ok();
        let route = match rest[..] {
            [] => Some(Self::Home(lang)),
            ["404.html"] => Some(Self::NotFound(lang)),
            [PAGES] => None,
            [section] => slug(section).map(|section| Self::Section(lang, section)),
            [PAGES, page] => slug(page).map(|page| Self::Standing(lang, page)),
            [section, article] => slug(section).zip(slug(article)).map(|(s, a)| Self::Article(lang, s, a)),
            _ => None,
        };
        match route {
            Some(route) if route.path() == path => Place::Page(route),
            Some(route) => Place::Moved(route),
            None => Place::Unknown(Some(lang)),
        }
    }

    /// The path below the base: `vi/port/deep-water-port/`.
    pub fn path(&self) -> String {
        let lang = self.lang().tag();
        match self {
            Self::Home(_) => format!("{lang}/"),
            Self::Section(_, section) => format!("{lang}/{section}/"),
            Self::Article(_, section, article) => format!("{lang}/{section}/{article}/"),
            Self::Standing(_, page) => format!("{lang}/{PAGES}/{page}/"),
            Self::NotFound(_) => format!("{lang}/404.html"),
        }
    }

    /// The path as a link has it, with the site's base (`/` or `/portal/`) before it.
    pub fn href(&self, base: &str) -> String {
        format!("{base}{}", self.path())
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

    /// The language of the address.
    pub fn lang(&self) -> Lang {
        match self {
            Self::Home(lang)
            | Self::Section(lang, _)
            | Self::Article(lang, ..)
            | Self::Standing(lang, _)
            | Self::NotFound(lang) => *lang,
        }
    }

    /// The same page in another language. Where nothing was found, that language's front page.
    #[must_use]
    pub fn in_language(&self, lang: Lang) -> Self {
        match self {
            Self::Home(_) | Self::NotFound(_) => Self::Home(lang),
            Self::Section(_, section) => Self::Section(lang, section.clone()),
            Self::Article(_, section, article) => Self::Article(lang, section.clone(), article.clone()),
            Self::Standing(_, page) => Self::Standing(lang, page.clone()),
        }
    }

    /// The section that the page belongs to.
    pub fn section(&self) -> Option<&Slug> {
        match self {
            Self::Section(_, section) | Self::Article(_, section, _) => Some(section),
            _ => None,
        }
    }
}

/// The address of a page that an editor linked as `/port/deep-water-port/`, in the language of the text around it.
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
                Route::Section(lang, slug("port")),
                Route::Article(lang, slug("port"), slug("deep-water-port")),
                Route::Standing(lang, slug("about")),
                Route::NotFound(lang),
            ] {
                assert_eq!(Route::parse(&route.path()), Place::Page(route.clone()));
                assert_eq!(Route::parse(&format!("/{}", route.path())), Place::Page(route));
            }
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
        ] {
            let Place::Moved(route) = Route::parse(path) else { panic!("{path} did not move") };
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
            ("en/Port/", Some(Lang::En)),
            ("en/../vi/", Some(Lang::En)),
            ("en//", Some(Lang::En)),
            ("vi/%2e%2e/", Some(Lang::Vi)),
        ] {
            assert_eq!(Route::parse(path), Place::Unknown(lang), "{path}");
        }
        assert_eq!(Route::parse(""), Place::Root);
        assert_eq!(Route::parse("/"), Place::Root);
    }

    #[test]
    fn a_language_tab_changes_one_segment() {
        let article = Route::Article(Lang::Vi, slug("port"), slug("deep-water-port"));
        assert_eq!(article.in_language(Lang::ZhHans).href("/portal/"), "/portal/zh-Hans/port/deep-water-port/");
        assert_eq!(Route::NotFound(Lang::Vi).in_language(Lang::En), Route::Home(Lang::En));
    }

    #[test]
    fn a_document_stands_beside_its_page() {
        let section = Route::Section(Lang::En, slug("port"));
        assert_eq!(
            (section.document().as_str(), section.file().as_str()),
            ("en/port/index.json", "en/port/index.html")
        );
        let lost = Route::NotFound(Lang::En);
        assert_eq!((lost.document().as_str(), lost.file().as_str()), ("en/404.json", "en/404.html"));
    }
}
