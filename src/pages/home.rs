//! A language's front page.

use crate::components::{Place, Teaser, TeaserList};
use crate::i18n::{Words, words};
use crate::model::{Home, Part, SectionBlock, Site};
use crate::route::Route;
use leptos::prelude::*;

/// The story that leads, then the newest of each section. The heading is the portal's name, which stands above it in the
/// header already, so it is there for assistive technology alone.
#[component]
pub(super) fn HomePage(
    /// The page.
    home: Home,
    /// The portal.
    site: Site,
) -> impl IntoView {
    let (lang, base) = (site.lang, site.base);
    let lead = home.lead.map(|teaser| {
        view! {
            <div class="home-lead">
                <Teaser teaser=teaser lang=lang base=base.clone() nested=false place=Place::Lead />
            </div>
        }
    });
    let sections = home.sections.into_iter().map(|SectionBlock { slug, name, teasers }| {
        let all = Words::fill(words(lang).all_of_section, &[("section", &name)]);
        let href = Route::Section(lang, slug.clone(), Part::FRONT).href(&base);
        let id = format!("section-{slug}");
        let heading = id.clone();
        view! {
            <section class="home-section" aria-labelledby=heading>
                <h2 class="home-section-heading" id=id>{name}</h2>
                <TeaserList teasers=teasers lang=lang base=base.clone() nested=true />
                <p class="home-section-all"><a href=href>{all}</a></p>
            </section>
        }
    });
    view! {
        <div class="home">
            <h1 class="visually-hidden" tabindex="-1">{site.name}</h1>
            {lead} {sections.collect_view()}
        </div>
    }
}
