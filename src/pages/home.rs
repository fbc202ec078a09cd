//! A language's front page.

use crate::components::{Place, Teaser, TeaserList};
use crate::i18n::{Words, words};
use crate::model::{self, Home, Part, SectionBlock, Site};
use crate::route::Route;
use leptos::prelude::*;

/// The story that leads, the editors' picks beside it, the newest of each section, what is read most. The heading is the
/// portal's name, which stands above it in the header already, so it is there for assistive technology alone.
#[component]
pub(super) fn HomePage(
    /// The page.
    home: Home,
    /// The portal.
    site: Site,
) -> impl IntoView {
    let (lang, base) = (site.lang, site.base);
    let words = words(lang);
    let lead = home.lead.map(|teaser| {
        view! {
            <div class="home-lead">
                <Teaser teaser=teaser lang=lang base=base.clone() nested=false place=Place::Lead />
            </div>
        }
        .into_any()
    });
    let block = |name: &str, heading: &str, teasers: Vec<model::Teaser>, all: Option<(Route, String)>| {
        let kind = if all.is_some() { "section" } else { name };
        let (id, class) = (format!("{kind}-{name}"), format!("home-{kind}"));
        let labelled_by = id.clone();
        let all = all.map(|(route, words)| {
            view! { <p class="home-section-all"><a href=route.href(&base)>{words}</a></p> }.into_any()
        });
        (!teasers.is_empty()).then(|| {
            view! {
                <section class=class aria-labelledby=labelled_by>
                    <h2 class="home-section-heading" id=id>{heading.to_owned()}</h2>
                    <TeaserList teasers=teasers lang=lang base=base.clone() nested=true ranked=name == "most-read" />
                    {all}
                </section>
            }
            .into_any()
        })
    };
    let sections = home.sections.into_iter().map(|SectionBlock { slug, name, teasers }| {
        let all = Words::fill(words.all_of_section, &[("section", &name)]);
        let route = Route::Section(lang, slug.clone(), Part::FRONT);
        block(slug.as_str(), &name, teasers, Some((route, all)))
    });
    let sections: Vec<_> = sections.flatten().collect();
    view! {
        <div class="home">
            <h1 class="visually-hidden" tabindex="-1">{site.name}</h1>
            <div class="home-top">{lead} {block("picks", words.picks, home.picks, None)}</div>
            <div class="home-sections">{sections}</div>
            {block("most-read", words.most_read, home.most_read, None)}
        </div>
    }
}
