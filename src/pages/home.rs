//! A language's front page.

use crate::components::{Teaser, TeaserList, TeaserListLook, TeaserLook};
use crate::markup::{Markup, html};
use i18n::{Words, words};
use leptos::prelude::*;
use model::route::Route;
use model::{self, Home, PageNumber, SectionBlock, Site};

/// The lead story, the editors' picks, the newest articles of each section, and the most read ones.
/// The heading is the portal's name. It is visually hidden, because the header shows the name
/// already.
#[component]
pub(super) fn HomePage(
    /// The page.
    home: Home,
    /// The portal.
    site: Site,
) -> Markup {
    let (lang, base) = (site.lang, site.base);
    let words = words(lang);
    let look = if home.picks.is_empty() {
        TeaserLook::LeadAlone
    } else {
        TeaserLook::Lead
    };
    let lead = home.lead.map(|teaser| {
        html! {
            <div class="home-lead">
                <Teaser teaser=teaser lang=lang base=base.clone() nested=false look=look />
            </div>
        }
    });
    let block = |name: &str,
                 heading: &str,
                 teasers: Vec<model::Teaser>,
                 look,
                 all: Option<(Route, String)>| {
        let kind = if all.is_some() { "section" } else { name };
        let (id, class) = (format!("{kind}-{name}"), format!("home-{kind}"));
        let labelled_by = id.clone();
        let all = all.map(|(route, words)| {
            html! { <p class="home-section-all"><a href=route.href(&base)>{words}</a></p> }
        });
        (!teasers.is_empty()).then(|| {
            html! {
                <section class=class aria-labelledby=labelled_by>
                    <h2 class="home-section-heading" id=id>{heading.to_owned()}</h2>
                    <TeaserList teasers=teasers lang=lang base=base.clone() nested=true look=look />
                    {all}
                </section>
            }
        })
    };
    let sections = home.sections.into_iter().map(
        |SectionBlock {
             slug,
             name,
             teasers,
         }| {
            let all = Words::fill(words.all_of_section, &[("section", &name)]);
            let route = Route::Section(lang, slug.clone(), PageNumber::FRONT);
            block(
                slug.as_str(),
                &name,
                teasers,
                TeaserListLook::Led,
                Some((route, all)),
            )
        },
    );
    let sections: Vec<_> = sections.flatten().collect();
    let picks = block(
        "picks",
        words.picks,
        home.picks,
        TeaserListLook::Picks,
        None,
    );
    let top = if lead.is_some() && picks.is_some() {
        "home-top"
    } else {
        "home-top home-top-alone"
    };
    let class = rows(sections.len());
    html! {
        <div class="home">
            <h1 class="visually-hidden" tabindex="-1">{site.name}</h1>
            <div class=top>{lead} {picks}</div>
            <div class=class>{sections}</div>
            {block("most-read", words.most_read, home.most_read, TeaserListLook::Ranked, None)}
        </div>
    }
}

/// The classes for this number of sections, which widen some so that every row is full. In two
/// columns, the first of an odd number has a row of its own; in three, the first two or four stand
/// two to a row. A style sheet could only count the sections that have arrived, and would move them
/// while the page loads.
fn rows(sections: usize) -> &'static str {
    match (sections, sections % 6) {
        (1, _) => "home-sections home-sections-first-alone",
        (_, 1) => "home-sections home-sections-odd home-sections-four-by-two",
        (_, 2) => "home-sections home-sections-two-by-two",
        (_, 3) => "home-sections home-sections-odd",
        (_, 4) => "home-sections home-sections-four-by-two",
        (_, 5) => "home-sections home-sections-odd home-sections-two-by-two",
        _ => "home-sections",
    }
}

#[cfg(test)]
mod tests {
    use super::rows;

    /// How many of six tracks each section takes in a window with this many columns, as in
    /// `style/layout/home.css`.
    fn tracks(sections: usize, columns: usize) -> Vec<usize> {
        let class = |name: &str| rows(sections).split(' ').any(|class| class == name);
        let alone =
            class("home-sections-first-alone") || (columns == 2 && class("home-sections-odd"));
        let halves = match columns {
            2 => sections,
            _ if class("home-sections-two-by-two") => 2,
            _ if class("home-sections-four-by-two") => 4,
            _ => 0,
        };
        let of = |at: usize| match at {
            0 if alone => 6,
            _ if at < halves => 3,
            _ => 2,
        };
        (0..sections).map(of).collect()
    }

    #[test]
    fn every_row_of_sections_is_full_however_many_there_are() {
        for sections in 1..=24 {
            for columns in [2, 3] {
                let mut row = 0;
                for taken in tracks(sections, columns) {
                    row += taken;
                    assert!(
                        row <= 6,
                        "{sections} sections, {columns} in a row: one does not fit"
                    );
                    row %= 6;
                }
                assert_eq!(
                    row, 0,
                    "{sections} sections, {columns} in a row: the last row is not full"
                );
            }
        }
    }
}
