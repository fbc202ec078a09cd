//! Pages that fail to load, load late, or load out of order.

use super::engine::Engine;
use super::pages::{Page, WITH_HEADLINE, WITHOUT_HEADLINE};
use super::proxy::Fault;
use super::session::Browser;
use super::upstream::at_root;
use i18n::words;
use model::Lang;
use std::time::Duration;

/// If a document fails to load, a message gives the reason in the language of the current page and
/// offers a retry.
pub(super) async fn a_page_that_does_not_come_says_why_and_can_be_tried_again(engine: Engine) {
    let browser = Browser::start(engine).await;
    let server: fn(Lang) -> &'static str = |lang| words(lang).failed_server;
    let network: fn(Lang) -> &'static str = |lang| words(lang).failed_network;
    let mut faults = vec![
        (Lang::Vi, Fault::Status(500), server),
        (Lang::En, Fault::Status(503), server),
        (Lang::Ko, Fault::Refuse, network),
    ];
    // WebKit takes a truncated body for a complete one.
    if engine != Engine::Webkit {
        faults.push((Lang::Ja, Fault::Cut(100), network));
    }
    for (lang, fault, reason) in faults {
        let trip = Trip::begin(&browser, lang).await;
        trip.fail(fault.clone(), reason(lang)).await;
        retry_fails(&browser, &trip.json(), fault, lang, reason(lang)).await;
        browser.site.clear_faults();
        browser.click(".status-button").await;
        trip.until_there().await;
        // One step back leads to the section.
        browser.back_to(&trip.section).await;
    }
    browser
        .finish(&["index.json - Failed to load resource"])
        .await;
}

/// What is no document that this program reads may be one of tomorrow's. The page itself brings a
/// program that reads it, so it is opened in full.
pub(super) async fn what_is_no_document_opens_the_page_itself(engine: Engine) {
    let browser = Browser::start(engine).await;
    let of_tomorrow = Fault::Change(|json| json.replacen("\"headline\":", "\"title\":", 1));
    let cut = Fault::Change(|json| json.chars().take(1000).collect());
    let faults = [
        (Lang::Ja, of_tomorrow),
        (Lang::ZhHans, Fault::Html),
        (Lang::Vi, cut),
    ];
    for (lang, fault) in faults {
        let trip = Trip::begin(&browser, lang).await;
        browser.mark_load().await;
        browser.site.inject_fault(&trip.json(), fault);
        browser.follow(&trip.article.path).await;
        browser
            .until(
                "another page is loaded in full",
                &format!(
                    "location.pathname === '/{}' && document.readyState === 'complete'",
                    trip.article.path
                ),
            )
            .await;
        trip.until_there().await;
        assert!(!browser.is_marked_load().await, "{lang:?}");
        browser.site.clear_faults();
        // One step back leads to the section.
        browser.back().await;
        browser.until_page(&trip.section).await;
    }
    browser.finish(&[]).await;
}

/// A document that an earlier build has published lacks what came later, and is read all the same.
pub(super) async fn a_document_of_an_earlier_build_is_shown_without_a_full_load(engine: Engine) {
    let browser = Browser::start(engine).await;
    let trip = Trip::begin(&browser, Lang::Vi).await;
    browser.mark_load().await;
    let earlier = Fault::Change(|json| {
        let begin = json.find("\"note\":\"").expect("a site has a note");
        let end = begin + json[begin..].find("\",").expect("it ends") + 2;
        format!("{}{}", &json[..begin], &json[end..])
    });
    browser.site.inject_fault(&trip.json(), earlier);
    browser.follow(&trip.article.path).await;
    trip.until_there().await;
    assert!(
        browser.is_marked_load().await,
        "the page was loaded in full"
    );
    browser.finish(&[]).await;
}

/// A tab that stays open: what was published meanwhile is on pages that were seen before. Notices come
/// at once, another text is offered.
pub(super) async fn an_old_tab_tells_the_truth(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.site.before_every_page(
        "let later = 0; const now = Date.now; Date.now = () => now() + later; window.anHourLater = () => { later += 3600000; };",
    );
    let an_hour_later = "(window.wrappedJSObject ?? window).anHourLater();";
    let trip = Trip::begin(&browser, Lang::Vi).await;
    browser.follow_to(&trip.article).await;
    browser.back().await;
    browser.until_page(&trip.section).await;

    // An hour later there is an emergency, and the article was corrected.
    browser.run::<()>(an_hour_later).await;
    let changed = Fault::Change(|json| {
        let notice = "\"notices\":[{\"slug\":\"storm\",\"level\":\"emergency\",\"text\":[{\"text\":\"Bão số 3.\"}],\
                      \"published\":\"2026-05-13T08:30+07:00\"}],";
        let site = json
            .find("\"agencies\":")
            .expect("a site has links to agencies");
        let (before, after) = json.split_at(site);
        let after = after.replacen("\"headline\":\"", "\"headline\":\"Đính chính: ", 1);
        format!("{before}{notice}{after}")
    });
    browser.site.inject_fault(&trip.json(), changed);
    browser.site.requests();
    browser.follow(&trip.article.path).await;
    // What is known is shown at once, and stays until the reader wants something else.
    browser
        .until_shown(&trip.article.path, &trip.article.heading())
        .await;
    trip.until_message(words(Lang::Vi).new_emergency).await;
    browser.click(".status-button").await;
    trip.until_message(words(Lang::Vi).updated_page).await;
    browser
        .until(
            "the emergency is there",
            "document.querySelector('.notice-emergency .notice-text')?.textContent === 'Bão số 3.'",
        )
        .await;
    let heading: String = browser
        .run("return document.querySelector('main h1').textContent")
        .await;
    assert_eq!(heading, trip.article.heading());
    let asked = browser.site.requests();
    let asked = asked.iter().filter(|request| request.path == trip.json());
    assert_eq!(asked.count(), 1, "it is asked for once");
    let label: String = browser
        .run("return document.querySelector('.status-button').textContent")
        .await;
    assert_eq!(label, words(Lang::Vi).show_update);
    browser.click(".status-button").await;
    browser
        .until(
            "the new text is there, and the message goes",
            "document.querySelector('main h1').textContent.startsWith('Đính chính: ') \
             && document.querySelector('.status').textContent === ''",
        )
        .await;

    // The emergency belongs to the portal: it is on pages that were seen before it, too, also where
    // nobody can be asked.
    let section = format!("/{}index.json", trip.section.path);
    browser.site.inject_fault(&section, Fault::Refuse);
    browser.back().await;
    browser.until_page(&trip.section).await;
    browser
        .until(
            "the emergency is here as well",
            "document.querySelector('.notice-emergency') !== null",
        )
        .await;

    // A tab that comes into sight again asks for its page.
    browser.site.clear_faults();
    browser
        .run::<()>(&format!(
            "{an_hour_later} document.dispatchEvent(new Event('visibilitychange', {{ bubbles: true }}))"
        ))
        .await;
    browser
        .until(
            "the section as it is now has no emergency",
            "document.querySelector('.notice-emergency') === null",
        )
        .await;
    browser
        .finish(&["index.json - Failed to load resource"])
        .await;
}

/// There are three more ways out of a failure: the same link, a full load, and the back button.
pub(super) async fn a_failure_can_be_left_by_the_same_link_by_a_full_load_and_by_going_back(
    engine: Engine,
) {
    let browser = Browser::start(engine).await;
    let message = words(Lang::Ko).failed_server;
    let trip = Trip::begin(&browser, Lang::Ko).await;
    trip.fail(Fault::Status(500), message).await;
    browser.site.clear_faults();
    browser.follow(&trip.article.path).await;
    trip.until_there().await;

    let trip = Trip::begin(&browser, Lang::Ko).await;
    trip.fail(Fault::Status(500), message).await;
    browser.mark_load().await;
    let label: String = browser
        .run("return document.querySelector('.status-link').textContent")
        .await;
    assert_eq!(label, words(Lang::Ko).open_directly);
    browser.click(".status-link").await;
    trip.until_there().await;
    assert!(
        !browser.is_marked_load().await,
        "the link did not load the page in full"
    );

    let trip = Trip::begin(&browser, Lang::Ko).await;
    trip.fail(Fault::Status(500), message).await;
    browser.back().await;
    browser
        .until(
            "the message goes",
            "document.querySelector('.status').textContent === ''",
        )
        .await;
    browser.until_page(&trip.section).await;
    browser
        .finish(&["index.json - Failed to load resource"])
        .await;
}

/// A slow load is announced, and the announcement disappears when the page is shown.
pub(super) async fn a_slow_page_is_announced_and_comes(engine: Engine) {
    let browser = Browser::start(engine).await;
    let trip = Trip::begin(&browser, Lang::Ja).await;
    let document = browser.site.hold(&trip.json());
    browser.follow(&trip.article.path).await;
    trip.until_message(words(Lang::Ja).loading).await;
    let heading: String = browser
        .run("return document.querySelector('main h1').textContent")
        .await;
    assert_eq!(
        heading,
        trip.section.heading(),
        "the old page stays while the new one is on its way"
    );
    document.open();
    trip.until_there().await;
    browser.finish(&[]).await;
}

/// A load that times out offers a retry.
pub(super) async fn a_page_that_hangs_is_given_up(engine: Engine) {
    let browser = Browser::start(engine).await;
    let trip = Trip::begin(&browser, Lang::Vi).await;
    browser.site.hold(&trip.json());
    browser.follow(&trip.article.path).await;
    trip.until_message(words(Lang::Vi).loading).await;
    trip.until_message(words(Lang::Vi).failed_network).await;
    browser.site.clear_faults();
    browser.click(".status-button").await;
    trip.until_there().await;
    browser.finish(&[]).await;
}

/// Of two requested pages the last one stays, even if the first loads later.
pub(super) async fn the_page_asked_for_last_stays(engine: Engine) {
    let browser = Browser::start(engine).await;
    let trip = Trip::begin(&browser, Lang::En).await;
    let late = browser.site.hold(&trip.json());
    browser.follow(&trip.article.path).await;
    trip.until_message(words(Lang::En).loading).await;
    let fast = Page::read(&at_root().folder, Lang::En, "pages/about/");
    browser
        .bring_into_view(&format!("a[href=\"/{}\"]", fast.path))
        .await;
    browser.follow_to(&fast).await;
    late.open();
    // If the late page were shown, it would be by now.
    tokio::time::sleep(Duration::from_secs(1)).await;
    browser.until_page(&fast).await;
    let title: String = browser.run("return document.title").await;
    assert!(
        title.starts_with(&fast.heading()),
        "the late page left its title: {title}"
    );
    let status: String = browser
        .run("return document.querySelector('.status').textContent")
        .await;
    assert_eq!(status, "");
    browser.finish(&[]).await;
}

/// Retries a document that still has the fault. The response is held until the loading message
/// shows, so that the failure message belongs to this retry.
pub(super) async fn retry_fails(
    browser: &Browser,
    json: &str,
    fault: Fault,
    lang: Lang,
    message: &str,
) {
    let answer = browser.site.hold(json);
    browser.click(".status-button").await;
    until_message(browser, words(lang).loading).await;
    browser.site.inject_fault(json, fault);
    answer.open();
    until_message(browser, message).await;
}

/// Waits until the status bar shows this text.
pub(super) async fn until_message(browser: &Browser, what: &str) {
    browser.until_message(".status p", what).await;
}

/// A section's page, with the article that the test opens from it.
struct Trip<'a> {
    browser: &'a Browser,
    section: Page,
    article: Page,
}

impl<'a> Trip<'a> {
    async fn begin(browser: &'a Browser, lang: Lang) -> Self {
        let folder = &at_root().folder;
        // The article without a headline in one language, the article with one in the others.
        let (section, article) = if lang == Lang::En {
            ("culture/", WITHOUT_HEADLINE)
        } else {
            ("port/", WITH_HEADLINE)
        };
        let trip = Self {
            browser,
            section: Page::read(folder, lang, section),
            article: Page::read(folder, lang, article),
        };
        browser.open_alive(&trip.section.path).await;
        trip
    }

    fn json(&self) -> String {
        format!("/{}index.json", self.article.path)
    }

    /// Follows the link while the document has a fault.
    async fn fail(&self, fault: Fault, message: &str) {
        self.browser.site.inject_fault(&self.json(), fault);
        self.browser.follow(&self.article.path).await;
        self.until_message(message).await;
        self.browser
            .until_shown(&self.article.path, &self.section.heading())
            .await;
        let texts: (String, String) = self
            .browser
            .run("return [document.documentElement.lang, document.querySelector('.status-button').textContent]")
            .await;
        assert_eq!(
            texts,
            (
                self.article.lang.tag().to_owned(),
                words(self.article.lang).retry.to_owned()
            )
        );
    }

    async fn until_message(&self, what: &str) {
        until_message(self.browser, what).await;
    }

    async fn until_there(&self) {
        self.browser.until_page(&self.article).await;
        self.browser
            .until(
                "the message goes",
                "document.querySelector('.status').textContent === ''",
            )
            .await;
    }
}
