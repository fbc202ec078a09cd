//! Redirects: from addresses that people guess for a language, and from earlier addresses of
//! articles.

use editorial::content::catalogue::Item;
use model::Lang;
use model::route::Route;

/// Path segments that people guess for a language, each with the right language.
pub(crate) const GUESSED_SEGMENTS: [(&str, Lang); 5] = [
    ("vn", Lang::Vi),
    ("kr", Lang::Ko),
    ("jp", Lang::Ja),
    ("cn", Lang::ZhHans),
    ("zh", Lang::ZhHans),
];

/// An earlier address of an article or a made page in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Redirect {
    /// The earlier address.
    pub(crate) from: Route,
    /// The present address.
    pub(crate) to: Route,
}

/// The earlier addresses of an article, in every language that it has.
pub(crate) fn redirects(item: &Item) -> impl Iterator<Item = Redirect> + '_ {
    item.aliases.iter().flat_map(|(section, slug)| {
        item.versions.iter().map(|&(lang, _)| Redirect {
            from: Route::Article(lang, section.clone(), slug.clone()),
            to: Route::Article(lang, item.section.clone(), item.slug.clone()),
        })
    })
}
