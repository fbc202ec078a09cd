//! The pages for an untranslated article and for an unknown address.

use crate::components::{LinkList, ListLink, VersionList};
use crate::markup::{Markup, html};
use i18n::{Words, words};
use leptos::prelude::*;
use model::route::Route;
use model::{PageNumber, Site, Untranslated};

/// Says that the article has no version in the page's language, and links the existing versions,
/// the section and the archive.
#[component]
pub(super) fn UntranslatedPage(
    /// The page.
    untranslated: Untranslated,
    /// The portal.
    site: Site,
) -> Markup {
    let (lang, words) = (site.lang, words(site.lang));
    let section = site
        .sections
        .into_iter()
        .find(|section| section.slug == untranslated.section);
    let section = section.map(|section| {
        let name = Words::fill(words.all_of_section, &[("section", &section.name)]);
        ListLink::new(Route::Section(lang, section.slug, PageNumber::FRONT), name)
    });
    let links = section
        .into_iter()
        .chain([ListLink::new(Route::Archive(lang), words.archive)]);
    html! {
        <div class="not-found">
            <h1 class="not-found-title" tabindex="-1">{words.untranslated_title}</h1>
            <p>{words.untranslated_text}</p>
            <h2 class="not-found-heading">{words.read_it_in}</h2>
            <VersionList
                versions=untranslated.versions
                section=untranslated.section
                slug=untranslated.slug
                base=site.base.clone()
            />
            <LinkList links=links.collect() kind="link-list-entries" base=site.base />
        </div>
    }
}

/// Says in the reader's language that nothing was found, and leads on: to the front page, the
/// search and the archive.
#[component]
pub(super) fn NotFoundPage(
    /// The portal.
    site: Site,
) -> Markup {
    let (lang, words) = (site.lang, words(site.lang));
    let links = [
        ListLink::new(Route::Home(lang), words.to_home),
        ListLink::new(Route::Search(lang), words.search),
        ListLink::new(Route::Archive(lang), words.archive),
    ];
    html! {
        <div class="not-found">
            <h1 class="not-found-title" tabindex="-1">{words.not_found_title}</h1>
            <p>{words.not_found_text}</p>
            <LinkList links=links.into() kind="link-list-entries" base=site.base />
        </div>
    }
}
