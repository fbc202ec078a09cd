//! The portal as a screen reader gets it: Chromium's accessibility tree, written as lines of text.
//!
//! `tests/cases/accessibility_tree` holds the expected lines: a file for each part of the portal
//! and each of two languages. `UPDATE_CASES=1` rewrites the files; read the diff aloud before you
//! commit it.

use super::ax_tree::{AxNode, AxTree};
use super::engine::Engine;
use super::pages::{IN_TWO_LANGUAGES, Page, WITH_HEADLINE, WITHOUT_HEADLINE};
use super::session::Browser;
use super::upstream::{at_root, with_more_articles};
use i18n::words;
use model::Lang;
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::Path;

/// The languages under test: one in Latin script, one in another.
const LANGS: [Lang; 2] = [Lang::Vi, Lang::Ja];

/// The roles that need an accessible name.
const NEED_A_NAME: [&str; 15] = [
    "navigation",
    "region",
    "form",
    "complementary",
    "link",
    "button",
    "textbox",
    "searchbox",
    "combobox",
    "image",
    "heading",
    "dialog",
    "DisclosureTriangle",
    "Audio",
    "Video",
];

/// Header, language tabs, section navigation, article, share row and footer.
pub(super) async fn the_parts_of_a_page_are_heard_with_role_and_name(engine: Engine) {
    let browser = Browser::start(engine).await;
    let mut wrong = Vec::new();
    for lang in LANGS {
        let tag = lang.tag();
        browser
            .open_alive(&format!("{tag}/{WITHOUT_HEADLINE}"))
            .await;
        let tree = AxTree::of(&browser).await;
        for (name, selector) in [
            ("header", ".header"),
            ("article", "main"),
            ("share", ".share"),
            ("footer", ".footer"),
        ] {
            wrong.extend(compare(lang, name, &tree.part(&browser, selector).await));
        }
        browser.open_alive(&format!("{tag}/{WITH_HEADLINE}")).await;
        let tree = AxTree::of(&browser).await;
        wrong.extend(compare(
            lang,
            "article-with-headline",
            &tree.part(&browser, "main").await,
        ));
    }
    browser.open_alive(&format!("ja/{IN_TWO_LANGUAGES}")).await;
    let tree = AxTree::of(&browser).await;
    for (name, selector) in [
        ("tabs-untranslated", ".language-tabs"),
        ("untranslated", "main"),
    ] {
        wrong.extend(compare(
            Lang::Ja,
            name,
            &tree.part(&browser, selector).await,
        ));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    browser.finish(&[]).await;
}

/// The search form, and the results with their announcement.
pub(super) async fn a_search_is_heard(engine: Engine) {
    let browser = Browser::start(engine).await;
    let mut wrong = Vec::new();
    for lang in LANGS {
        let tag = lang.tag();
        browser.open_alive(&format!("{tag}/search/")).await;
        browser
            .until("the form is there", "document.querySelector('#q')")
            .await;
        let region = "document.querySelector('.search-status[role=status]')";
        assert!(
            browser
                .run::<bool>(&format!("return {region}.textContent === ''"))
                .await,
            "it speaks too early"
        );
        browser
            .run::<()>(&format!("window.region = {region}"))
            .await;
        browser
            .find("#q")
            .await
            .send_keys("2014" + thirtyfour::Key::Enter)
            .await
            .unwrap();
        browser
            .until(
                "something is found",
                "document.querySelector('.search-link')",
            )
            .await;
        // Screen readers announce only changes within a live region that exists already.
        assert!(
            browser
                .run::<bool>(&format!("return {region} === window.region"))
                .await,
            "the region is another one"
        );
        let tree = AxTree::of(&browser).await;
        wrong.extend(compare(lang, "search", &tree.part(&browser, "main").await));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    browser.finish(&[]).await;
}

/// Notices of all three levels.
pub(super) async fn notices_are_heard_with_their_level(engine: Engine) {
    let browser = Browser::with(
        engine,
        super::engine::Setup::default(),
        with_more_articles(),
    )
    .await;
    let mut wrong = Vec::new();
    for lang in LANGS {
        browser.open_alive(&format!("{}/", lang.tag())).await;
        let tree = AxTree::of(&browser).await;
        wrong.extend(compare(
            lang,
            "notices",
            &tree.part(&browser, ".notices").await,
        ));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    browser.finish(&[]).await;
}

/// On a change of page the focus moves to the new heading, so that it is read out. A slow or failed
/// load is announced in a live region that exists already.
pub(super) async fn a_change_of_page_is_heard(engine: Engine) {
    let browser = Browser::start(engine).await;
    let mut wrong = Vec::new();
    for lang in LANGS {
        let [section, article] =
            ["port/", WITH_HEADLINE].map(|below| Page::read(&at_root().folder, lang, below));
        let document = format!("{}index.json", article.path);
        browser.open_alive(&section.path).await;
        let tree = AxTree::of(&browser).await;
        assert_eq!(
            tree.part(&browser, ".status").await,
            "status polite\n",
            "the region is there, and says nothing"
        );

        let gate = browser.site.hold(&document);
        browser.follow(&article.path).await;
        browser
            .until(
                "it is said to be on its way",
                "document.querySelector('.status').textContent",
            )
            .await;
        let tree = AxTree::of(&browser).await;
        assert_eq!(
            tree.part(&browser, ".status").await,
            format!("status polite\n  text “{}”\n", words(lang).loading)
        );
        gate.open();
        browser.until_page(&article).await;
        browser
            .until(
                "the heading has the focus",
                "document.activeElement === document.querySelector('main h1')",
            )
            .await;
        let tree = AxTree::of(&browser).await;
        assert_eq!(
            tree.focused(),
            [format!("heading 1 “{}” focused", article.heading())]
        );
        assert_eq!(tree.part(&browser, ".status").await, "status polite\n");

        let other = Page::read(&at_root().folder, lang, "culture/");
        browser.follow_in_vain(&other.path).await;
        let tree = AxTree::of(&browser).await;
        wrong.extend(compare(
            lang,
            "failure",
            &tree.part(&browser, ".status").await,
        ));
        browser.site.clear_faults();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    browser
        .finish(&["index.json - Failed to load resource"])
        .await;
}

/// What is wrong with the names on the current page: it has one banner, one main part and one footer.
/// Its headings begin with the only one of level 1 and skip no level. Every landmark, link, button,
/// field and picture has a name; landmarks of one role have different names.
pub(super) async fn faults_of(browser: &Browser) -> Vec<String> {
    faults(&AxTree::of(browser).await.every())
}

fn faults(nodes: &[AxNode]) -> Vec<String> {
    let mut faults = Vec::new();
    let count = |role: &str| nodes.iter().filter(|one| one.role == role).count();
    for role in ["banner", "main", "contentinfo"] {
        if count(role) != 1 {
            faults.push(format!("{} of the role {role}", count(role)));
        }
    }
    for one in nodes
        .iter()
        .filter(|one| one.name.trim().is_empty() && NEED_A_NAME.contains(&one.role.as_str()))
    {
        faults.push(format!("a {} without a name", one.role));
    }
    let mut landmarks = BTreeSet::new();
    for one in nodes.iter().filter(|one| {
        ["navigation", "region", "complementary", "form"].contains(&one.role.as_str())
    }) {
        if !landmarks.insert((&one.role, &one.name)) {
            faults.push(format!(
                "two of the role {} are called “{}”",
                one.role, one.name
            ));
        }
    }
    let mut last = 0;
    for (number, one) in nodes.iter().filter(|one| one.role == "heading").enumerate() {
        if (number == 0) != (one.level == 1) {
            faults.push(format!(
                "the heading “{}” is number {number} and of level {}",
                one.name, one.level
            ));
        }
        if one.level > last + 1 {
            faults.push(format!(
                "the heading “{}” of level {} comes after one of level {last}",
                one.name, one.level
            ));
        }
        last = one.level;
    }
    if !nodes
        .iter()
        .any(|one| one.role == "status" && one.live == "polite")
    {
        faults.push("nothing that announces".to_owned());
    }
    faults
}

/// Compares with the expected file, after rewriting it under `UPDATE_CASES`. Returns the
/// difference.
fn compare(lang: Lang, name: &str, actual: &str) -> Option<String> {
    let file = Path::new(crate::ROOT).join(format!(
        "tests/cases/accessibility_tree/{name}.{}.txt",
        lang.tag()
    ));
    if env::var_os("UPDATE_CASES").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, actual).unwrap();
    }
    let expected =
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    (expected != actual).then(|| {
        format!(
            "{} is\n{expected}\nand this is heard:\n{actual}",
            file.display()
        )
    })
}
