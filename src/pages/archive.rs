//! The years and months in which something was published.

use crate::components::{Breadcrumb, EntryList};
use crate::i18n::{month, plural, words, year};
use crate::model::{Archive, ArchiveMonth, Lang, Part, Site};
use crate::route::Route;
use leptos::prelude::*;

/// The months of one year, or of every year below its heading, newest first.
#[component]
pub(super) fn ArchivePage(
    /// The page.
    archive: Archive,
    /// The portal.
    site: Site,
) -> impl IntoView {
    let (lang, base) = (site.lang, site.base);
    let heading = title(&archive, lang);
    let count = |months: &[ArchiveMonth]| {
        let articles = months.iter().map(|month| u64::from(month.articles)).sum();
        plural(&words(lang).articles, articles, lang)
    };
    let list = |months: &[ArchiveMonth]| {
        let entries = months.iter().map(|entry| {
            let href = Route::Month(lang, entry.month, Part::FRONT).href(&base);
            (href, month(entry.month, lang), Some(count(std::slice::from_ref(entry))))
        });
        view! { <EntryList entries=entries.collect() /> }
    };
    let (above, months) = match archive.year {
        Some(_) => {
            let above = vec![(Route::Archive(lang), words(lang).archive.to_owned())];
            let count = view! { <p class="section-description">{count(&archive.months)}</p> };
            (above, (count, list(&archive.months)).into_any())
        }
        None if archive.months.is_empty() => (Vec::new(), view! { <p>{words(lang).empty_list}</p> }.into_any()),
        None => {
            let years = archive.months.chunk_by(|one, next| one.month.year == next.month.year).map(|months| {
                let shown = months[0].month.year;
                let href = Route::Year(lang, shown).href(&base);
                view! {
                    <h2 class="archive-year">
                        <a href=href>{year(shown, lang)}</a>
                        " "
                        <span class="archive-count">{count(months)}</span>
                    </h2>
                    {list(months)}
                }
            });
            (Vec::new(), years.collect_view().into_any())
        }
    };
    view! {
        <div class="section">
            <Breadcrumb above=above base=base.clone() />
            <h1 class="section-title" tabindex="-1">{heading}</h1>
            {months}
        </div>
    }
}

/// What the page is headed.
fn title(archive: &Archive, lang: Lang) -> String {
    archive.year.map_or_else(|| words(lang).archive.to_owned(), |shown| year(shown, lang))
}

/// What the page is called where its place in the archive is not seen.
pub(super) fn full_title(archive: &Archive, lang: Lang) -> String {
    let title = title(archive, lang);
    if archive.year.is_some() { format!("{title} – {}", words(lang).archive) } else { title }
}
