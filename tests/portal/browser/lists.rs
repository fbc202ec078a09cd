//! Navigation in a portal with many articles: list parts, archive, tags, notices.

use super::accessibility::{Findings, emulate};
use super::engine::{Engine, Setup};
use super::hydration::record_nodes;
use super::larger_site::{NEWEST, TAG};
use super::narrow::OVERFLOW;
use super::pages::Page;
use super::session::Browser;
use super::snapshot::PageSnapshot;
use super::upstream::with_more_articles;
use i18n::words;
use model::Lang;
use serde_json::{Value, json};

/// A month with articles in Vietnamese and English only.
const MONTH: &str = "archive/2013/12/";

/// The links of a list lead to its older parts and back. The browser's back button returns the same
/// way.
pub(super) async fn an_older_part_opens_and_leads_back(engine: Engine) {
    let browser = begin(engine, "vi/port/").await;
    let [front, newer, older] =
        ["port/", "port/page/2/", "port/page/1/"].map(|below| read(Lang::Vi, below));
    for (link, page) in [
        (".steps [rel=next]", &newer),
        (".steps [rel=next]", &older),
        (".steps [rel=prev]", &newer),
        (".steps [rel=prev]", &front),
    ] {
        browser.click(link).await;
        until_checked(&browser, page).await;
    }
    for page in [&newer, &older] {
        browser.back().await;
        until_checked(&browser, page).await;
    }
    let heading: String = browser
        .run("return document.querySelector('h1').textContent")
        .await;
    assert!(
        heading.contains(&words(Lang::Vi).part.replace("{n}", "1")),
        "the part does not say which it is: {heading}"
    );
    browser.follow(&front.path).await;
    until_checked(&browser, &front).await;
    finish_without_load(browser).await;
}

/// From the archive over its year to a month, to an article, and back.
pub(super) async fn the_archive_leads_to_a_month_and_its_articles(engine: Engine) {
    let browser = begin(engine, "en/").await;
    let below = ["archive/", "archive/2013/", MONTH, NEWEST];
    for page in below.map(|below| read(Lang::En, below)) {
        browser
            .click(&format!(
                ".footer a[href=\"/{0}\"], main a[href=\"/{0}\"]",
                page.path
            ))
            .await;
        until_checked(&browser, &page).await;
    }
    browser.back().await;
    until_checked(&browser, &read(Lang::En, MONTH)).await;
    browser.click(".breadcrumb a[href$='/en/archive/']").await;
    until_checked(&browser, &read(Lang::En, "archive/")).await;
    finish_without_load(browser).await;
}

/// From an article to its tag's list, to the next part of that list, and up to all tags.
pub(super) async fn a_tag_leads_from_an_article_to_its_list(engine: Engine) {
    let browser = begin(engine, &format!("vi/{NEWEST}")).await;
    let list = read(Lang::Vi, &format!("tags/{TAG}/"));
    browser.follow(&list.path).await;
    until_checked(&browser, &list).await;
    browser.click(".steps [rel=next]").await;
    until_checked(&browser, &read(Lang::Vi, &format!("tags/{TAG}/page/2/"))).await;
    browser.click(".breadcrumb a[href$='/vi/tags/']").await;
    until_checked(&browser, &read(Lang::Vi, "tags/")).await;
    finish_without_load(browser).await;
}

/// A language tab never leads to a missing page. If its language lacks a month or a tag, it leads
/// to the archive or to all tags.
pub(super) async fn a_month_that_a_language_does_not_have_leads_to_its_archive(engine: Engine) {
    let browser = begin(engine, &format!("en/{MONTH}")).await;
    PageSnapshot::at(&browser)
        .await
        .check(&read(Lang::En, MONTH));
    browser.click(".language-tab[lang=vi]").await;
    until_checked(&browser, &read(Lang::Vi, MONTH)).await;
    browser.click(".language-tab[lang=ko]").await;
    until_checked(&browser, &read(Lang::Ko, "archive/")).await;
    browser.back().await;
    until_checked(&browser, &read(Lang::Vi, MONTH)).await;
    browser.follow("vi/tags/").await;
    until_checked(&browser, &read(Lang::Vi, "tags/")).await;
    browser.follow(&format!("vi/tags/{TAG}/")).await;
    until_checked(&browser, &read(Lang::Vi, &format!("tags/{TAG}/"))).await;
    browser.click(".language-tab[lang=ja]").await;
    until_checked(&browser, &read(Lang::Ja, "tags/")).await;
    finish_without_load(browser).await;
}

/// The notice above an outdated translation leads to the original; site-wide notices are on both.
pub(super) async fn an_outdated_translation_leads_to_its_original(engine: Engine) {
    let browser = begin(engine, &format!("en/{NEWEST}")).await;
    let levels = "return [...document.querySelectorAll('.notices .notice-level')].map((level) => level.textContent)";
    let said = |lang: Lang| {
        [
            words(lang).emergency,
            words(lang).warning,
            words(lang).information,
        ]
    };
    assert_eq!(browser.run::<Vec<String>>(levels).await, said(Lang::En));
    browser.click(".outdated a[hreflang=vi]").await;
    until_checked(&browser, &read(Lang::Vi, NEWEST)).await;
    assert_eq!(browser.run::<Vec<String>>(levels).await, said(Lang::Vi));
    assert!(
        browser
            .run::<bool>("return !document.querySelector('.outdated')")
            .await,
        "the original calls itself outdated"
    );
    finish_without_load(browser).await;
}

/// Without scripts: home page, archive, month, article.
pub(super) async fn every_article_is_three_clicks_from_the_front_page_without_scripts(
    engine: Engine,
) {
    let setup = Setup {
        without_scripts: true,
        ..Setup::default()
    };
    let browser = Browser::with(engine, setup, with_more_articles()).await;
    browser.open("vi/").await;
    for below in ["archive/", MONTH, NEWEST] {
        let page = read(Lang::Vi, below);
        browser.follow(&page.path).await;
        super::without_scripts::until_loaded(&browser, &page).await;
    }
    browser.open("vi/port/").await;
    browser.click(".steps [rel=next]").await;
    super::without_scripts::until_loaded(&browser, &read(Lang::Vi, "port/page/2/")).await;
    browser.finish(&[]).await;
}

/// Checks full lists of every kind at 320 pixels and at desktop width, in light and dark.
pub(super) async fn the_larger_site_fits_and_axe_finds_nothing(engine: Engine) {
    let browser = Browser::with(engine, Setup::default(), with_more_articles()).await;
    let mut found = Findings::default();
    for page in every_list() {
        for (width, scheme) in [
            (320, "light"),
            (320, "dark"),
            (1280, "light"),
            (1280, "dark"),
        ] {
            emulate(&browser, width, scheme).await;
            if (width, scheme) == (320, "light") {
                browser.open_alive(&page.path).await;
                PageSnapshot::at(&browser).await.check(&page);
                let over: Vec<String> = browser.run(OVERFLOW).await;
                assert_eq!(over, Vec::<String>::new(), "{} scrolls sideways", page.path);
            }
            found
                .add(&browser, &format!("{} at {width} in {scheme}", page.path))
                .await;
        }
    }
    found.judge();
    browser.finish(&[]).await;
}

/// Hydration keeps every node of full lists, the archive, and pages with notices.
pub(super) async fn the_larger_site_is_taken_over_as_it_is(engine: Engine) {
    let browser = Browser::with(engine, Setup::default(), with_more_articles()).await;
    for page in every_list() {
        browser.open(&page.path).await;
        record_nodes(&browser, &page.path).await;
        browser.alive(&page.path).await;
        let difference: Value = browser.run("return compare()").await;
        let nodes = &difference["before"];
        let expected = json!({ "lost": [], "moved": [], "before": nodes, "after": nodes });
        assert_eq!(difference, expected, "{}", page.path);
    }
    browser.finish(&[]).await;
}

fn every_list() -> Vec<Page> {
    let tag = format!("tags/{TAG}/page/1/");
    let below = [
        "",
        "port/",
        "port/page/2/",
        "archive/",
        "archive/2013/",
        MONTH,
        "tags/",
        &tag,
        NEWEST,
    ];
    let other = [Lang::Ko, Lang::ZhHans]
        .into_iter()
        .flat_map(|lang| ["", "archive/"].map(|below| read(lang, below)));
    below
        .into_iter()
        .map(|below| read(Lang::En, below))
        .chain(other)
        .collect()
}

fn read(lang: Lang, below: &str) -> Page {
    Page::read(&with_more_articles().folder, lang, below)
}

/// Opens a page of the larger site with the program running, and marks it for [`stayed`].
async fn begin(engine: Engine, path: &str) -> Browser {
    let browser = Browser::with(engine, Setup::default(), with_more_articles()).await;
    browser.open_alive(path).await;
    browser.mark_load().await;
    browser
}

async fn until_checked(browser: &Browser, page: &Page) {
    browser.until_page(page).await;
    PageSnapshot::at(browser).await.check(page);
}

/// Asserts that no page was loaded in full, and ends the session.
async fn finish_without_load(browser: Browser) {
    assert!(browser.is_marked_load().await, "a page was loaded in full");
    browser.finish(&[]).await;
}
