//! The years and months in which something was published.

use crate::components::{Breadcrumb, LinkList, ListLink};
use crate::markup::{Markup, html};
use i18n::{month, plural, words, year};
use leptos::prelude::*;
use model::route::Route;
use model::{Archive, ArchiveMonth, Lang, PageNumber, Site};

/// The months of one year, or of every year below its heading, newest first.
#[component]
pub(super) fn ArchivePage(
    /// The page.
    archive: Archive,
    /// The portal.
    site: Site,
) -> Markup {
    let (lang, base) = (site.lang, site.base);
    let words = words(lang);
    let heading = title(&archive, lang);
    let is_whole = archive.year.is_none();
    let above = if is_whole {
        Vec::new()
    } else {
        vec![ListLink::new(Route::Archive(lang), words.archive)]
    };
    let empty = archive
        .months
        .is_empty()
        .then(|| html! { <p>{words.empty_list}</p> });
    let years = archive.months.chunk_by(|one, next| one.month.year == next.month.year).map(|months| {
        let shown = months[0].month.year;
        let articles = plural(&words.articles, months.iter().map(|month| u64::from(month.articles)).sum(), lang);
        let heading = is_whole
            .then(|| html! { <h2><a href=Route::Year(lang, shown).href(&base)>{year(shown, lang)}</a></h2> });
        let links = months.iter().map(|entry: &ArchiveMonth| ListLink {
            figure: Some(plural(&words.articles, u64::from(entry.articles), lang)),
            ..ListLink::new(Route::Month(lang, entry.month, PageNumber::FRONT), month(entry.month, lang))
        });
        html! {
            <div class="archive-year">{heading} <p>{articles}</p></div>
            <LinkList links=links.collect() kind="link-list-entries" base=base.clone() />
        }
    });
    let years = years.collect::<Vec<_>>();
    html! {
        <div class="section">
            <Breadcrumb above=above lang=lang base=base />
            <h1 class="section-title" tabindex="-1">{heading}</h1>
            {empty} {years}
        </div>
    }
}

/// The page's heading.
fn title(archive: &Archive, lang: Lang) -> String {
    archive
        .year
        .map_or_else(|| words(lang).archive.to_owned(), |shown| year(shown, lang))
}

/// The page's title out of context, where the heading alone would be unclear.
pub(super) fn full_title(archive: &Archive, lang: Lang) -> String {
    let title = title(archive, lang);
    if archive.year.is_some() {
        format!("{title} – {}", words(lang).archive)
    } else {
        title
    }
}
