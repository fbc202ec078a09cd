//! Citing an article.

use super::engine::{Engine, Setup};
use super::pages::{Page, WITH_HEADLINE, WITHOUT_HEADLINE};
use super::session::Browser;
use super::steps::WITHOUT_CLIPBOARD;
use super::upstream::at_root;
use i18n::words;
use model::Lang;

/// The selector of the messages.
const STATUS: &str = ".cite-status";

/// The opened citation is copied to the clipboard unchanged, and a message says so.
pub(super) async fn the_citation_is_copied(engine: Engine) {
    let browser = Browser::start(engine).await;
    let page = Page::read(&at_root().folder, Lang::Ja, WITHOUT_HEADLINE);
    browser.open_alive(&page.path).await;
    browser.allow_clipboard().await;
    browser.click(".cite-heading").await;
    let citation: String = browser
        .run("return document.querySelector('.cite-text').textContent")
        .await;
    assert!(
        citation.contains('「') && citation.ends_with(&format!("、{}", page.canonical())),
        "{citation}"
    );
    browser.click(".cite-button").await;
    browser
        .until_message(STATUS, words(Lang::Ja).tools.citation_copied)
        .await;
    browser.until_pasted(&citation).await;
    browser.finish(&[]).await;
}

/// If the clipboard refuses or is missing, the citation is selected and a message says what to do.
pub(super) async fn where_copying_is_refused_the_citation_is_selected(engine: Engine) {
    let browser = Browser::start(engine).await;
    let [refused, missing] = WITHOUT_CLIPBOARD;
    for (lang, obstacle) in [(Lang::Vi, refused), (Lang::ZhHans, missing)] {
        let page = Page::read(&at_root().folder, lang, WITH_HEADLINE);
        browser.open_alive(&page.path).await;
        browser.run::<()>(obstacle).await;
        browser.click(".cite-heading").await;
        browser.click(".cite-button").await;
        browser
            .until_message(STATUS, words(lang).tools.citation_refused)
            .await;
        let texts: [String; 2] = browser
            .run("return [getSelection().toString().trim(), document.querySelector('.cite-text').textContent]")
            .await;
        assert_eq!(texts[0], texts[1]);
        assert!(texts[1].contains(&page.heading()), "{texts:?}");
    }
    browser.finish(&[]).await;
}

/// Without scripts the citation opens and can be selected. Buttons and links that need the program
/// are hidden.
pub(super) async fn without_scripts_the_citation_folds_out(engine: Engine) {
    let setup = Setup {
        without_scripts: true,
        ..Setup::default()
    };
    let browser = Browser::with(engine, setup, at_root()).await;
    let page = Page::read(&at_root().folder, Lang::Ko, WITH_HEADLINE);
    browser.open(&page.path).await;
    assert_eq!(
        browser.find(".cite").await.attr("open").await.unwrap(),
        None,
        "it is not folded"
    );
    browser.click(".cite-heading").await;
    let text = browser.find(".cite-text").await.text().await.unwrap();
    assert!(
        text.contains(&page.heading()) && text.contains(&page.canonical()),
        "{text}"
    );
    assert!(
        !browser
            .find(".cite-button")
            .await
            .is_displayed()
            .await
            .unwrap(),
        "there is a button that does nothing"
    );
    assert!(
        !browser
            .find(".parallel-choice-link")
            .await
            .is_displayed()
            .await
            .unwrap(),
        "there are links that do nothing"
    );
    browser.finish(&[]).await;
}
