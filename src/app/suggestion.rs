//! The suggestion of another language.
//!
//! On a page in another language, the portal suggests the first of the reader's languages that it
//! has. Nothing is suggested to a reader who came from a page of ours in another language, changed
//! the language, or dismissed a suggestion.

use super::shown::Shown;
use model::{Lang, Page};

/// The storage key of a dismissed suggestion.
#[cfg(target_arch = "wasm32")]
pub(super) const KEY: &str = "suggestion";

/// The first of the reader's languages that the portal has. `tags` are language tags, best first.
/// Their first part decides, as it does at the site's root (`src/boot.js`), and it names a language
/// and no country: `uk` is Ukrainian.
#[cfg(any(test, target_arch = "wasm32"))]
pub(super) fn preferred(tags: &[String], languages: &[Lang]) -> Option<Lang> {
    let meant = |tag: &String| {
        let is_meant = |lang: &Lang| {
            let [one, other] =
                [lang.tag(), tag].map(|tag| tag.split('-').next().unwrap_or_default());
            one.eq_ignore_ascii_case(other)
        };
        languages.iter().copied().find(is_meant)
    };
    tags.iter().find_map(meant)
}

/// Whether this page exists in that other language. A numbered part of a list does not: lists are
/// split differently in each language.
pub(super) fn is_there_in(shown: &Shown, lang: Lang) -> bool {
    let Shown { route, document } = shown;
    let findable = route.is_front() && !matches!(document.page, Page::NotFound);
    findable && route.lang() != lang && document.languages.contains(&lang)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::route::Route;
    use model::{Document, Month, PageNumber, Site, Slug};
    use std::sync::Arc;

    fn shown(route: Route, languages: &[Lang], page: Page) -> Shown {
        let site = Site {
            lang: route.lang(),
            languages: Lang::ALL.to_vec(),
            origin: "https://portal.example".to_owned(),
            base: "/".to_owned(),
            name: String::new(),
            slogan: String::new(),
            banners: Vec::new(),
            sections: Vec::new(),
            pages: Vec::new(),
            notices: Vec::new(),
            agencies: Vec::new(),
            note: String::new(),
        };
        Shown {
            route,
            document: Arc::new(Document {
                site,
                languages: languages.to_vec(),
                page,
            }),
        }
    }

    #[test]
    fn the_first_of_the_readers_languages_that_the_portal_has_is_preferred() {
        let preferred = |tags: &[&str], languages: &[Lang]| {
            preferred(
                &tags.iter().map(|&tag| tag.to_owned()).collect::<Vec<_>>(),
                languages,
            )
        };
        for (tags, lang) in [
            (&["ko-KR", "en"][..], Some(Lang::Ko)),
            (&["fr-CA", "fr", "ja"], Some(Lang::Ja)),
            (&["en-US"], Some(Lang::En)),
            (&["zh-CN"], Some(Lang::ZhHans)),
            (&["zh-Hans-SG"], Some(Lang::ZhHans)),
            (&["VI"], Some(Lang::Vi)),
            (&["fr", "de"], None),
            (&["uk-UA", "uk"], None),
            (&["uk", "ja"], Some(Lang::Ja)),
            (&["kr", "vn", "us"], None),
            (&[], None),
            (&["", "-", "k"], None),
        ] {
            assert_eq!(preferred(tags, &Lang::ALL), lang, "{tags:?}");
        }
        assert_eq!(
            preferred(&["ko", "en"], &[Lang::Vi, Lang::En]),
            Some(Lang::En)
        );
    }

    #[test]
    fn only_a_page_that_is_there_in_the_other_language_is_there_in_it() {
        let search = || Page::Search(model::Search { years: Vec::new() });
        let year = Route::Year(Lang::Vi, 2014);
        assert!(is_there_in(
            &shown(year.clone(), &[Lang::Vi, Lang::En], search()),
            Lang::En
        ));
        assert!(!is_there_in(
            &shown(year.clone(), &[Lang::Vi, Lang::En], search()),
            Lang::Ko
        ));
        assert!(
            !is_there_in(&shown(year, &Lang::ALL, search()), Lang::Vi),
            "it is shown in it"
        );
        assert!(!is_there_in(
            &shown(Route::NotFound(Lang::Vi), &Lang::ALL, Page::NotFound),
            Lang::En
        ));
        let month = Month {
            year: 2014,
            month: 9,
        };
        assert!(!is_there_in(
            &shown(
                Route::Month(Lang::Vi, month, PageNumber(1)),
                &Lang::ALL,
                search()
            ),
            Lang::En
        ));
        let tag = Route::Tag(Lang::Vi, Slug::new("a").unwrap(), PageNumber::FRONT);
        assert!(is_there_in(&shown(tag, &Lang::ALL, search()), Lang::ZhHans));
    }
}
