//! Entry pages: the root, and guessed addresses.

use super::engine::{Engine, Setup};
use super::pages::{Page, WITH_HEADLINE};
use super::session::Browser;
use super::snapshot::PageSnapshot;
use super::upstream::at_root;
use model::Lang;
use serde_json::{Value, json};

/// The root redirects to the reader's first language that the portal has; the back button skips the
/// root.
pub(super) async fn the_root_leads_to_the_readers_language_and_traps_nobody(engine: Engine) {
    let setup = Setup {
        languages: Some("fr,ko"),
        ..Setup::default()
    };
    let browser = Browser::with(engine, setup, at_root()).await;
    let about = Page::read(&at_root().folder, Lang::En, "pages/about/");
    let home = Page::read(&at_root().folder, Lang::Ko, "");
    browser.open_alive(&about.path).await;
    browser.open("").await;
    browser.until_page(&home).await;
    browser.alive(&home.path).await;
    browser.back_to(&about).await;
    browser.finish(&[]).await;
}

/// A reader whose languages the portal lacks gets a choice of all languages, each in its own.
pub(super) async fn the_root_asks_a_reader_of_another_language(engine: Engine) {
    let setup = Setup {
        languages: Some("fr"),
        ..Setup::default()
    };
    let browser = Browser::with(engine, setup, at_root()).await;
    browser.open("").await;
    browser
        .until("the page is complete", "document.readyState === 'complete'")
        .await;
    let script = "return [location.pathname, [...document.querySelectorAll('.chooser-link')]
        .map((link) => [link.getAttribute('href'), link.lang, link.hreflang, link.querySelector('.chooser-lang').textContent])]";
    let chooser: Value = browser.run(script).await;
    let links = Lang::ALL.map(|lang| {
        json!([
            format!("/{}/", lang.tag()),
            lang.tag(),
            lang.tag(),
            lang.native_name()
        ])
    });
    assert_eq!(chooser, json!(["/", links]));
    let head = PageSnapshot::at(&browser).await.head;
    let origin = head.canonical.expect("the root has a canonical address");
    let tags = Lang::ALL.map(|lang| (lang.tag().to_owned(), format!("{origin}{}/", lang.tag())));
    let default = [("x-default".to_owned(), origin.clone())];
    assert_eq!(
        head.alternates,
        tags.into_iter().chain(default).collect::<Vec<_>>()
    );
    browser.follow("ja/").await;
    let home = Page::read(&at_root().folder, Lang::Ja, "");
    browser.until_page(&home).await;
    browser.back().await;
    browser
        .until("the root asks again", "location.pathname === '/'")
        .await;
    browser.finish(&[]).await;
}

/// Country codes redirect to the language that is meant, on the home page and below it.
pub(super) async fn guessed_addresses_lead_to_the_right_language(engine: Engine) {
    let browser = Browser::start(engine).await;
    let guesses = [
        ("kr", Lang::Ko),
        ("cn", Lang::ZhHans),
        ("jp", Lang::Ja),
        ("vn", Lang::Vi),
        ("zh", Lang::ZhHans),
    ];
    for (guess, lang) in guesses {
        for below in ["", WITH_HEADLINE] {
            let page = Page::read(&at_root().folder, lang, below);
            browser.open(&format!("{guess}/{below}")).await;
            browser.until_page(&page).await;
            browser.alive(&page.path).await;
            PageSnapshot::at(&browser).await.check(&page);
        }
    }
    browser.open("en/port").await;
    let section = Page::read(&at_root().folder, Lang::En, "port/");
    browser.until_page(&section).await;
    browser.finish(&[]).await;
}
