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

use crate::components::State;
use crate::content::{ContentError, Query};
use crate::markup::{Markup, html};
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
    parallel: RwSignal<Option<Arc<Document>>>,
) -> Markup {
    let Document {
        site,
        page,
        languages,
    } = document;
    match page {
        Page::Home(home) => html! { <home::HomePage home=*home site=site /> },
        Page::Listing(listing) => html! { <listing::ListingPage listing=*listing site=site /> },
        Page::Archive(archive) => html! { <archive::ArchivePage archive=archive site=site /> },
        Page::Tags(tags) => html! { <tags::TagsPage tags=tags site=site /> },
        Page::Search(_) => html! { <search::SearchPage site=site /> },
        Page::Article(article) => {
            html! { <article::ArticlePage article=*article site=site languages=languages parallel=parallel /> }
        }
        Page::Standing(standing) => {
            html! { <standing::StandingPage standing=standing site=site /> }
        }
        Page::Untranslated(untranslated) => {
            html! { <not_found::UntranslatedPage untranslated=untranslated site=site /> }
        }
        Page::NotFound => html! { <not_found::NotFoundPage site=site /> },
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
        ContentError::Server(_) | ContentError::Answer => words.failed_server,
    };
    State::Offer {
        lang,
        reason,
        action: words.retry,
        href,
    }
}
