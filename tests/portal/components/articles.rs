//! The HTML of an article, alone and beside another language.

use super::{article_page, links};
use crate::sample::{article, article_route, document, html};
use crate::tree::{Element, page};
use leptos::prelude::*;
use model::{Article, Lang, Page};
use portal::components::{Parallel, Side};
use std::collections::BTreeSet;

#[test]
fn an_article_without_a_headline_shows_its_section_and_is_named_by_its_lead() {
    let mut without = article("Text");
    without.headline = None;
    let shown = document(
        Lang::En,
        &[Lang::En],
        "Text",
        Page::Article(Box::new(without)),
    );
    let page = page(&html(article_route(Lang::En), shown));
    let heading = &page.named("h1")[0];
    assert_eq!(
        (
            heading.text().as_str(),
            heading.attribute("class").as_deref()
        ),
        ("Text", Some("visually-hidden"))
    );
    assert_eq!(page.with_class("article-section-title").text(), "Text");
    assert_eq!(
        links(&page.with_class("breadcrumb")),
        [("/en/".to_owned(), "Home".to_owned())]
    );
}

#[test]
fn an_article_says_what_it_is_below_what_came_around_it_and_what_became_of_it() {
    let page = article_page(Lang::En, &Lang::ALL);
    let link = |href: &str, text: &str| (href.to_owned(), text.to_owned());
    assert_eq!(
        links(&page.with_class("breadcrumb")),
        [link("/en/", "Home"), link("/en/port/", "Text")]
    );
    assert_eq!(
        page.with_class("breadcrumb")
            .attribute("aria-label")
            .as_deref(),
        Some("Breadcrumb")
    );
    let neighbours = page.with_class("neighbours");
    assert_eq!(
        neighbours.attribute("aria-label").as_deref(),
        Some("More in Text")
    );
    assert_eq!(
        links(&neighbours),
        [
            link("/en/port/newer/", "Newer article, Text"),
            link("/en/port/older/", "Older article, Text")
        ]
    );
    let rels: Vec<_> = neighbours
        .named("a")
        .iter()
        .filter_map(|link| link.attribute("rel"))
        .collect();
    assert_eq!(rels, ["prev", "next"]);
    assert_eq!(
        links(&page.with_class("places")),
        [link(
            "/en/port/other/",
            "Text: now Text (since 1 July 2025)"
        )]
    );
    let corrections = page.with_class("corrections");
    assert_eq!(corrections.named("h2")[0].text(), "Corrections and updates");
    assert_eq!(
        corrections.named("li")[0].text(),
        "4 September 2014, 08:05Text"
    );
    assert_eq!(
        page.with_class("cite-text").text(),
        "Text, “Text”, Text, 3 September 2014, https://portal.example/en/port/deep-water-port/"
    );
    let folded = page.with_class("cite");
    assert_eq!(
        (folded.name().as_str(), folded.attribute("open")),
        ("details", None)
    );
}

#[test]
fn an_article_can_be_read_beside_the_languages_that_it_is_there_in() {
    let choice =
        article_page(Lang::Ko, &[Lang::Vi, Lang::Ko, Lang::ZhHans]).with_class("parallel-choice");
    let seen: Vec<_> = choice
        .named("a")
        .iter()
        .map(|link| {
            ["href", "lang", "aria-current"].map(|name| link.attribute(name).unwrap_or_default())
        })
        .collect();
    let address = "/ko/port/deep-water-port/";
    assert_eq!(
        seen,
        [
            [&format!("{address}?with=vi"), "vi", ""],
            [&format!("{address}?with=zh-Hans"), "zh-Hans", ""],
            [address, "ko", "true"],
        ]
    );
    let alone = article_page(Lang::Ko, &[Lang::Ko]);
    assert!(
        !alone
            .all()
            .iter()
            .any(|element| element.attribute("class").as_deref() == Some("parallel-choice"))
    );
}

#[test]
fn what_there_is_nothing_of_takes_no_place() {
    let mut plain = article("Text");
    (plain.places, plain.history, plain.newer, plain.older) = (Vec::new(), Vec::new(), None, None);
    plain.author = None;
    let shown = document(
        Lang::Ja,
        &[Lang::Ja],
        "Text",
        Page::Article(Box::new(plain)),
    );
    let page = page(&html(article_route(Lang::Ja), shown));
    let classes: Vec<String> = page
        .all()
        .iter()
        .filter_map(|element| element.attribute("class"))
        .collect();
    for class in ["places", "corrections", "neighbours"] {
        assert!(!classes.iter().any(|known| known == class), "{class}");
    }
    assert_eq!(
        page.with_class("cite-text").text(),
        "「Text」『Text』2014年9月3日、https://portal.example/ja/port/deep-water-port/"
    );
}

/// Renders two versions of an article side by side, as the browser program does.
fn side_by_side(first: Article, second: Article) -> Element {
    let (first, second) = (Side::of(&first, Lang::Vi), Side::of(&second, Lang::Ko));
    let owner = Owner::new();
    page(
        &owner.with(|| {
            view! { <Parallel first=first second=second base="/".to_owned() /> }.to_html()
        }),
    )
}

#[test]
fn two_versions_stand_side_by_side_each_in_its_language_and_a_picture_once() {
    let beside = side_by_side(article("Một"), article("하나")).with_class("parallel");
    let pairs: Vec<Element> = beside
        .all()
        .into_iter()
        .filter(|element| is(element, "parallel-pair"))
        .collect();
    assert_eq!(pairs.len(), 1 + article("").body.len());
    for pair in &pairs {
        let sides: Vec<Element> = pair
            .all()
            .into_iter()
            .filter(|element| is(element, "parallel-side"))
            .collect();
        let langs: Vec<_> = sides
            .iter()
            .filter_map(|side| side.attribute("lang"))
            .collect();
        assert_eq!(langs, ["vi", "ko"], "{}", pair.text());
        assert!(sides[0].text().contains("Một") && !sides[0].text().contains("하나"));
        assert!(sides[1].text().contains("하나") && !sides[1].text().contains("Một"));
    }
    let figures: Vec<Element> = beside
        .all()
        .into_iter()
        .filter(|element| is(element, "figure"))
        .collect();
    assert_eq!(figures.len(), 1);
    let ids: Vec<String> = beside
        .all()
        .iter()
        .filter_map(|element| element.attribute("id"))
        .collect();
    assert_eq!(
        ids.iter().collect::<BTreeSet<_>>().len(),
        ids.len(),
        "{ids:?}"
    );
    assert_eq!(beside.with_class("parallel-caption").text(), "하나");
    // Internal links stay in the language of their side.
    let hrefs: Vec<_> = beside
        .named("a")
        .iter()
        .filter_map(|link| link.attribute("href"))
        .collect();
    assert!(
        hrefs.contains(&"/vi/port/other/".to_owned())
            && hrefs.contains(&"/ko/port/other/".to_owned())
    );
}

#[test]
fn what_one_version_lacks_stands_alone_beside_the_other() {
    let mut shorter = article("하나");
    shorter.body.remove(4);
    let beside = side_by_side(article("Một"), shorter).with_class("parallel");
    let pairs: Vec<Element> = beside
        .all()
        .into_iter()
        .filter(|element| is(element, "parallel-pair"))
        .collect();
    let sides = |pair: &Element| {
        pair.all()
            .into_iter()
            .filter(|element| is(element, "parallel-side"))
            .count()
    };
    let mut expected = vec![2; 1 + article("").body.len()];
    expected[5] = 1;
    assert_eq!(pairs.iter().map(sides).collect::<Vec<_>>(), expected);
}

fn is(element: &Element, class: &str) -> bool {
    element
        .attribute("class")
        .is_some_and(|classes| classes.split(' ').any(|known| known == class))
}
