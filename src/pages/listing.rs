//! Lists of articles.

use crate::components::{Breadcrumb, ListLink, Steps, TeaserList, TeaserListLook};
use crate::markup::{Markup, html};
use i18n::{Words, date, month, words, year};
use leptos::prelude::*;
use model::route::Route;
use model::{Lang, Listing, PageNumber, Site, Teaser, Topic};

/// The articles of a section, a tag or a month in the page's language, newest first. Those of a
/// month have title and date alone.
#[component]
pub(super) fn ListingPage(
    /// The page.
    listing: Listing,
    /// The portal.
    site: Site,
) -> Markup {
    let (lang, base) = (site.lang, site.base);
    let heading = title(&listing, lang);
    let all = words(lang);
    let (look, front, above) = match &listing.topic {
        Topic::Section(section) => (
            TeaserListLook::Rows,
            Route::Section(lang, section.slug.clone(), PageNumber::FRONT),
            Vec::new(),
        ),
        Topic::Tag(tag) => (
            TeaserListLook::Rows,
            Route::Tag(lang, tag.slug.clone(), PageNumber::FRONT),
            vec![ListLink::new(Route::Tags(lang), all.tags)],
        ),
        Topic::Month(shown) => {
            let above = vec![
                ListLink::new(Route::Archive(lang), all.archive),
                ListLink::new(Route::Year(lang, shown.year), year(shown.year, lang)),
            ];
            (
                TeaserListLook::Lines,
                Route::Month(lang, *shown, PageNumber::FRONT),
                above,
            )
        }
    };
    let description = listing
        .description
        .or_else(|| period(&listing.teasers, lang).filter(|_| listing.part != PageNumber::FRONT));
    let description = description.map(|text| html! { <p class="section-description">{text}</p> });
    let list = if listing.teasers.is_empty() {
        html! { <p>{all.empty_list}</p> }
    } else {
        html! { <TeaserList teasers=listing.teasers lang=lang base=base.clone() nested=false look=look /> }
    };
    html! {
        <div class="section">
            <Breadcrumb above=above lang=lang base=base.clone() />
            <h1 class="section-title" tabindex="-1">{heading}</h1>
            {description} {list}
            <Steps front=front newer=listing.newer older=listing.older base=base />
        </div>
    }
}

/// The period from the oldest to the newest article.
fn period(teasers: &[Teaser], lang: Lang) -> Option<String> {
    let (newest, oldest) = (
        date(teasers.first()?.published, lang),
        date(teasers.last()?.published, lang),
    );
    Some(if newest == oldest {
        newest
    } else {
        Words::fill(words(lang).period, &[("from", &oldest), ("to", &newest)])
    })
}

/// The list's heading. The parts are numbered from the oldest on.
fn title(listing: &Listing, lang: Lang) -> String {
    let topic = match &listing.topic {
        Topic::Section(topic) | Topic::Tag(topic) => topic.name.clone(),
        Topic::Month(shown) => month(*shown, lang),
    };
    if listing.part == PageNumber::FRONT {
        return topic;
    }
    let part = Words::fill(words(lang).part, &[("n", &listing.part.0.to_string())]);
    Words::fill(
        words(lang).part_title,
        &[("topic", &topic), ("part", &part)],
    )
}

/// The list's title out of context: a tag may have the name of a section.
pub(super) fn full_title(listing: &Listing, lang: Lang) -> String {
    let title = title(listing, lang);
    match listing.topic {
        Topic::Section(_) => title,
        Topic::Tag(_) => format!("{title} – {}", words(lang).tags),
        Topic::Month(_) => format!("{title} – {}", words(lang).archive),
    }
}
