//! Lists of articles, and lists of lists.

use crate::components::{EntryList, Steps, TeaserList};
use crate::i18n::{month, number, words, year};
use crate::model::{Archive, Lang, Listing, Part, Site, Tags, Topic};
use crate::route::Route;
use leptos::prelude::*;

/// A section's, a tag's or a month's articles in the page's language, newest first.
#[component]
pub(super) fn ListingPage(
    /// The page.
    listing: Listing,
    /// The portal.
    site: Site,
) -> impl IntoView {
    let (lang, base) = (site.lang, site.base);
    let front = match &listing.topic {
        Topic::Section(section) => Route::Section(lang, section.slug.clone(), Part::FRONT),
        Topic::Tag(tag) => Route::Tag(lang, tag.slug.clone(), Part::FRONT),
        Topic::Month(month) => Route::Month(lang, *month, Part::FRONT),
    };
    let heading = title(&listing, lang);
    let empty = listing.teasers.is_empty().then(|| view! { <p>{words(lang).empty_section}</p> });
    let list = (!listing.teasers.is_empty())
        .then(|| view! { <TeaserList teasers=listing.teasers lang=lang base=base.clone() nested=false /> });
    let href = |part: Option<Part>| part.map(|part| front.at_part(part).href(&base));
    let (newer, older) = (href(listing.newer), href(listing.older));
    let description = listing.description.map(|text| view! { <p class="section-description">{text}</p> });
    view! {
        <div class="section">
            <h1 class="section-title" tabindex="-1">{heading}</h1>
            {description}
            {empty}
            {list}
            <Steps newer=newer older=older lang=lang />
        </div>
    }
}

/// The months in which something was published, of one year or of all.
#[component]
pub(super) fn ArchivePage(
    /// The page.
    archive: Archive,
    /// The portal.
    site: Site,
) -> impl IntoView {
    let (lang, base) = (site.lang, site.base);
    let heading = archive_title(&archive, lang);
    let entries = archive.months.into_iter().map(|entry| {
        let href = Route::Month(lang, entry.month, Part::FRONT).href(&base);
        (href, month(entry.month, lang), Some(number(u64::from(entry.articles), lang)))
    });
    view! {
        <div class="section">
            <h1 class="section-title" tabindex="-1">{heading}</h1>
            <EntryList entries=entries.collect() />
        </div>
    }
}

/// All tags.
#[component]
pub(super) fn TagsPage(
    /// The page.
    tags: Tags,
    /// The portal.
    site: Site,
) -> impl IntoView {
    let (lang, base) = (site.lang, site.base);
    let entries =
        tags.tags.into_iter().map(|tag| (Route::Tag(lang, tag.slug, Part::FRONT).href(&base), tag.name, None));
    view! {
        <div class="section">
            <h1 class="section-title" tabindex="-1">{words(lang).tags}</h1>
            <EntryList entries=entries.collect() />
        </div>
    }
}

/// What a list is called.
pub(super) fn title(listing: &Listing, lang: Lang) -> String {
    match &listing.topic {
        Topic::Section(topic) | Topic::Tag(topic) => topic.name.clone(),
        Topic::Month(shown) => month(*shown, lang),
    }
}

/// What a page of the archive is called.
pub(super) fn archive_title(archive: &Archive, lang: Lang) -> String {
    archive.year.map_or_else(|| words(lang).archive.to_owned(), |shown| year(shown, lang))
}
