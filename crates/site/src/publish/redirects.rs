//! Addresses that lead to another one: those that people guess for a language, and those that articles had before.

use editorial::content::catalogue::Item;
use model::Lang;
use model::route::Route;

/// Addresses that people guess for a language, each of which leads to the right one.
pub(crate) const GUESSED: [(&str, Lang); 5] =
    [("vn", Lang::Vi), ("kr", Lang::Ko), ("jp", Lang::Ja), ("cn", Lang::ZhHans), ("zh", Lang::ZhHans)];

/// An article's earlier address in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    /// Where it stood.
    pub(crate) from: Route,
    /// Where it stands.
    pub(crate) to: Route,
}

/// The earlier addresses of an article, in every language that it has.
pub(crate) fn moves(item: &Item) -> impl Iterator<Item = Move> + '_ {
    item.aliases.iter().flat_map(|(section, slug)| {
        item.versions.iter().map(|&(lang, _)| Move {
            from: Route::Article(lang, section.clone(), slug.clone()),
            to: Route::Article(lang, item.section.clone(), item.slug.clone()),
        })
    })
}
