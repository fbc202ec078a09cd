//! A language's front page.

use crate::components::{Teaser, TeaserList};
use crate::i18n::{Words, words};
use crate::model::{self, Home, Part, SectionBlock, Site};
use crate::route::Route;
use leptos::prelude::*;

/// The story that leads, the editors' picks beside it, the newest of each section, what is read most. The heading is the portal's name, which stands above it in the
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
                <Teaser teaser=teaser lang=lang base=base.clone() nested=false lazy=false />
            </div>
        }
    });
    let list =
        |class: &'static str, id: &'static str, heading: &'static str, teasers: Vec<model::Teaser>, ranked: bool| {
            (!teasers.is_empty()).then(|| {
                view! {
                    <section class=class aria-labelledby=id>
                        <h2 class="home-section-heading" id=id>{heading}</h2>
                        <TeaserList teasers=teasers lang=lang base=base.clone() nested=true ranked=ranked />
                    </section>
                }
            })
        };
    let picks = list("home-picks", "picks", words(lang).picks, home.picks, false);
    let most_read = list("home-most-read", "most-read", words(lang).most_read, home.most_read, true);
    let sections = home.sections.into_iter().map(|SectionBlock { slug, name, teasers }| {
        let all = Words::fill(words(lang).all_of_section, &[("section", &name)]);
        let href = Route::Section(lang, slug.clone(), Part::FRONT).href(&base);
        let id = format!("section-{slug}");
        let heading = id.clone();
        view! {
            <section class="home-section" aria-labelledby=heading>
                <h2 class="home-section-heading" id=id>{name}</h2>
                <TeaserList teasers=teasers lang=lang base=base.clone() nested=true ranked=false />
                <p class="home-section-all"><a href=href>{all}</a></p>
            </section>
        }
    });
    view! {
        <div class="home">
            <h1 class="visually-hidden" tabindex="-1">{site.name}</h1>
            <div class="home-top">{lead} {picks}</div>
            <div class="home-sections">{sections.collect_view()}</div>
            {most_read}
        </div>
    }
}
