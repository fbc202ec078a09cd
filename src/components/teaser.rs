//! Teasers: articles in lists.

use super::image::{Image, Placement};
use crate::markup::{Markup, html};
use i18n::date_time;
use leptos::prelude::*;
use model::route::Route;
use model::{self, Lang, Picture};

/// What a teaser looks like. Each has a class in `style/components/teaser.css`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeaserLook {
    /// A large title and picture, with other teasers beside it in a wide window.
    Lead,
    /// The same with nothing beside it.
    LeadAlone,
    /// Picture, title, date and summary, one below the other.
    Card,
    /// A small picture beside title, date and summary.
    Row,
    /// Date and title in one line.
    Line,
    /// Title and date alone.
    Brief,
    /// A picture and a title without a summary.
    Pick,
    /// The same, whose picture is large where picks stand one below the other.
    FirstPick,
}

impl TeaserLook {
    fn class(self) -> &'static str {
        match self {
            Self::Lead => "teaser teaser-lead",
            Self::LeadAlone => "teaser teaser-lead teaser-lead-alone",
            Self::Card => "teaser teaser-card",
            Self::Row => "teaser teaser-row",
            Self::Line => "teaser teaser-line",
            Self::Brief => "teaser teaser-brief",
            Self::Pick => "teaser teaser-pick",
            Self::FirstPick => "teaser teaser-pick teaser-pick-first",
        }
    }

    /// Where its picture stands.
    fn placement(self) -> Placement {
        match self {
            Self::Lead | Self::LeadAlone => Placement::Lead,
            Self::Row | Self::Line => Placement::List,
            Self::Card | Self::Brief | Self::Pick | Self::FirstPick => Placement::Section,
        }
    }
}

/// What a list of teasers looks like, and the teasers in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeaserListLook {
    /// Rows, one below the other.
    Rows,
    /// Lines, one below the other.
    Lines,
    /// Titles in columns.
    Columns,
    /// Titles in columns, each with its rank.
    Ranked,
    /// A card, and titles below it.
    Led,
    /// Picks, one below the other or side by side.
    Picks,
}

impl TeaserListLook {
    fn class(self) -> &'static str {
        match self {
            Self::Rows => "teaser-list",
            Self::Lines => "teaser-list teaser-list-lines",
            Self::Columns => "teaser-list teaser-list-columns",
            Self::Ranked => "teaser-list teaser-list-ranked",
            Self::Led => "teaser-list teaser-list-led",
            Self::Picks => "teaser-list teaser-list-picks",
        }
    }

    /// What its teasers look like: the first, and all others.
    fn teasers(self) -> (TeaserLook, TeaserLook) {
        match self {
            Self::Rows => (TeaserLook::Row, TeaserLook::Row),
            Self::Lines => (TeaserLook::Line, TeaserLook::Line),
            Self::Columns | Self::Ranked => (TeaserLook::Brief, TeaserLook::Brief),
            Self::Led => (TeaserLook::Card, TeaserLook::Brief),
            Self::Picks => (TeaserLook::FirstPick, TeaserLook::Pick),
        }
    }
}

/// An article in a list: its title, which leads to it, its date, and, where the list has room, its
/// summary and picture. The picture is decorative, so its text alternative is empty.
#[component]
pub fn Teaser(
    /// The article.
    teaser: model::Teaser,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
    /// Whether it stands below an `<h2>`, so that its title is an `<h3>`.
    nested: bool,
    /// What it looks like.
    look: TeaserLook,
) -> Markup {
    let href = Route::Article(lang, teaser.section, teaser.slug).href(&base);
    let cover = teaser.cover.map(|cover| {
        let cover = Picture {
            alternative: String::new(),
            ..cover
        };
        html! { <Image picture=cover base=base placement=look.placement() /> }
    });
    let cover = cover;
    let link = html! { <a href=href>{teaser.title}</a> };
    let title = if nested {
        html! { <h3 class="teaser-title">{link}</h3> }
    } else {
        html! { <h2 class="teaser-title">{link}</h2> }
    };
    html! {
        <article class=look.class()>
            {cover} <div class="teaser-text">
                {title}
                <p class="teaser-date">
                    <time datetime=teaser.published.to_string()>{date_time(teaser.published, lang)}</time>
                </p>
                {teaser.summary.map(|summary| html! { <p class="teaser-summary">{summary}</p> })}
            </div>
        </article>
    }
}

/// A list of teasers, one below the other or side by side; an ordered one where they are ranked.
#[component]
pub fn TeaserList(
    /// The articles.
    teasers: Vec<model::Teaser>,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
    /// Whether the list stands below an `<h2>`.
    nested: bool,
    /// What it looks like.
    look: TeaserListLook,
) -> Markup {
    let (first, others) = look.teasers();
    let items = teasers.into_iter().enumerate().map(|(at, teaser)| {
        let look = if at == 0 { first } else { others };
        html! { <li><Teaser teaser=teaser lang=lang base=base.clone() nested=nested look=look /></li> }
    });
    let items = items.collect::<Vec<_>>();
    if look == TeaserListLook::Ranked {
        html! { <ol class=look.class()>{items}</ol> }
    } else {
        html! { <ul class=look.class()>{items}</ul> }
    }
}
