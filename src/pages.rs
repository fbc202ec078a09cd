//! The pages: one file for each kind, which composes its components.
//!
//! [`query`] names the document of a page; [`PageView`] shows it.

mod archive;
mod article;
mod home;
mod listing;
mod not_found;
mod search;
mod standing;
mod tags;

use crate::components::{Erase, State};
use crate::content::{ContentError, Query};
use i18n::words;
use leptos::prelude::*;
use model::route::Route;
use model::{Document, Lang, Page};
use std::sync::Arc;

/// The document that a page needs. There is always exactly one.
pub fn query(route: &Route) -> Query {
    Query(route.document())
}

/// Shows the page of a document.
#[component]
pub fn PageView(
    /// The document.
    document: Document,
    /// The article's document in the parallel language.
    parallel: Signal<Option<Arc<Document>>>,
) -> impl IntoView {
    let Document {
        site,
        page,
        languages,
    } = document;
    match page {
        Page::Home(home) => view! { <home::HomePage home=*home site=site /> }.erase(),
        Page::Listing(listing) => view! { <listing::ListingPage listing=*listing site=site /> }.erase(),
        Page::Archive(archive) => view! { <archive::ArchivePage archive=archive site=site /> }.erase(),
        Page::Tags(tags) => view! { <tags::TagsPage tags=tags site=site /> }.erase(),
        Page::Search(_) => view! { <search::SearchPage site=site /> }.erase(),
        Page::Article(article) => {
            view! { <article::ArticlePage article=*article site=site languages=languages parallel=parallel /> }.erase()
        }
        Page::Standing(standing) => view! { <standing::StandingPage standing=standing site=site /> }.erase(),
        Page::Untranslated(untranslated) => {
            view! { <not_found::UntranslatedPage untranslated=untranslated site=site /> }.erase()
        }
        Page::NotFound => view! { <not_found::NotFoundPage site=site /> }.erase(),
    }
}

/// The page's own title, without the portal's name.
pub fn title(document: &Document) -> String {
    let (lang, words) = (document.site.lang, words(document.site.lang));
    match &document.page {
        Page::Home(_) => document.site.slogan.clone(),
        Page::Listing(listing) => listing::full_title(listing, lang),
        Page::Archive(archive) => archive::full_title(archive, lang),
        Page::Tags(_) => words.tags.to_owned(),
        Page::Search(_) => words.search.to_owned(),
        Page::Article(article) => article.title(lang),
        Page::Standing(standing) => standing.title.clone(),
        Page::Untranslated(_) => words.untranslated_title.to_owned(),
        Page::NotFound => words.not_found_title.to_owned(),
    }
}

/// The status bar's message about a page that failed to load, in the language of the page that is
/// shown.
pub fn failure(error: &ContentError, lang: Lang, href: String) -> State {
    let words = words(lang);
    let reason = match error {
        ContentError::Network | ContentError::NotFound => words.failed_network,
        ContentError::Server(_) => words.failed_server,
        ContentError::Answer(_) => words.failed_answer,
    };
    State::Failed { reason, href }
}
