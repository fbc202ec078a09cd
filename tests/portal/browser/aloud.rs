//! Reading aloud. Fake voices record their utterances, because test machines have no voices.

use super::display_settings::open_tools;
use super::engine::Engine;
use super::pages::{Page, WITH_HEADLINE};
use super::session::Browser;
use super::upstream::at_root;
use i18n::words;
use model::Lang;
use serde::Deserialize;
use serde_json::json;

const VOICES: &str = include_str!("voices.js");

/// An utterance given to a fake voice.
#[derive(Debug, Deserialize)]
struct Spoken {
    text: String,
    lang: String,
    /// The name of the element that was marked at that moment.
    marked: Option<String>,
}

/// A browser that shows an article with open reading tools. No voice exists yet.
async fn before_tools(engine: Engine, lang: Lang) -> (Browser, Page) {
    let browser = Browser::start(engine).await;
    browser.site.before_every_page(VOICES);
    let page = Page::read(&at_root().folder, lang, WITH_HEADLINE);
    browser.open_alive(&page.path).await;
    open_tools(&browser).await;
    // By then the script has looked for voices.
    browser
        .until(
            "somebody waits for voices",
            "speechSynthesis.onvoiceschanged",
        )
        .await;
    (browser, page)
}

async fn until_button_says(browser: &Browser, name: &str) {
    let expression = format!(
        "document.querySelector('.aloud').innerText.trim() === {}",
        json!(name)
    );
    browser
        .until(&format!("the button says “{name}”"), &expression)
        .await;
}

/// Everything is read in order, in chunks short enough for every voice, and the current paragraph
/// is marked. The button pauses and resumes, and is reset at the end.
pub(super) async fn a_page_is_read_aloud_paragraph_by_paragraph(engine: Engine) {
    for (lang, voice, most) in [(Lang::Vi, "vi-VN", 180), (Lang::ZhHans, "zh-CN", 60)] {
        let (browser, page) = before_tools(engine, lang).await;
        let names = &words(lang).tools;
        browser
            .run::<()>(&format!("giveVoices('en-US', 'zh-HK', 'zh-TW', '{voice}')"))
            .await;
        until_button_says(&browser, names.read_aloud).await;
        browser.click(".aloud").await;
        until_button_says(&browser, names.pause).await;
        let outline =
            "return getComputedStyle(document.querySelector('[data-reading]')).outlineStyle";
        assert_eq!(browser.run::<String>(outline).await, "solid");
        browser.click(".aloud").await;
        until_button_says(&browser, names.resume).await;
        assert!(
            !browser.run::<bool>("return isSpeaking()").await,
            "a voice speaks on"
        );
        browser.click(".aloud").await;
        until_button_says(&browser, names.pause).await;
        let begun: Vec<Spoken> = browser.run("return spoken").await;
        assert_eq!(begun[0].text, begun[1].text, "it goes on elsewhere");
        assert_eq!(begun[0].marked.as_deref(), Some("h1"));

        browser
            .run::<()>("while (isSpeaking()) { readOn(); }")
            .await;
        until_button_says(&browser, names.read_aloud).await;
        assert!(
            !browser
                .run::<bool>("return Boolean(document.querySelector('[data-reading]'))")
                .await
        );
        let spoken: Vec<Spoken> = browser.run("return spoken.slice(1)").await;
        assert!(
            spoken.iter().all(|spoken| spoken.lang == voice),
            "{spoken:?}"
        );
        assert!(
            spoken
                .iter()
                .all(|spoken| spoken.text.chars().count() <= most),
            "{spoken:?}"
        );
        let all: String = spoken.iter().map(|spoken| spoken.text.as_str()).collect();
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        let mut rest = plain(&all);
        for text in std::iter::once(page.heading()).chain(body_texts(&page)) {
            let text = plain(&text);
            let at = rest
                .find(&text)
                .unwrap_or_else(|| panic!("{lang:?}: not read, or too late: {text}"));
            rest = rest.split_off(at + text.len());
        }
        browser.finish(&[]).await;
    }
}

/// The texts of lead and paragraphs, without text inside links or other marks.
fn body_texts(page: &Page) -> Vec<String> {
    let article = &page.document["page"]["article"];
    let body = article["body"].as_array().into_iter().flatten();
    let paragraphs = std::iter::once(&article["lead"]).chain(body.map(|block| &block["paragraph"]));
    let texts = |runs: &serde_json::Value| -> Vec<String> {
        let runs = runs.as_array().into_iter().flatten();
        runs.filter_map(|run| Some(run["text"].as_str()?.to_owned()))
            .collect()
    };
    let found: Vec<String> = paragraphs.flat_map(texts).collect();
    assert!(found.len() > 2, "the article has only {found:?}");
    found
}

/// Reading pauses while the page is hidden and ends on another page. A failing voice is reported.
pub(super) async fn reading_pauses_when_the_page_is_left_and_ends_with_it(engine: Engine) {
    let (browser, _) = before_tools(engine, Lang::Ja).await;
    let names = &words(Lang::Ja).tools;
    browser.run::<()>("giveVoices('ja-JP')").await;
    until_button_says(&browser, names.read_aloud).await;
    for leave in [
        "Object.defineProperty(document, 'hidden', { configurable: true, get: () => true }); document.dispatchEvent(new Event('visibilitychange')); delete document.hidden",
        "dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))",
    ] {
        browser.click(".aloud").await;
        until_button_says(&browser, names.pause).await;
        browser.run::<()>(leave).await;
        until_button_says(&browser, names.resume).await;
        assert!(
            !browser.run::<bool>("return isSpeaking()").await,
            "a voice speaks on after {leave}"
        );
    }
    // A cancelled utterance has raised its error event by now, which is no failure.
    assert_eq!(
        browser
            .run::<String>("return document.querySelector('.tools-status').textContent")
            .await,
        ""
    );
    browser.click(".aloud").await;
    until_button_says(&browser, names.pause).await;
    browser.run::<()>("readOn('synthesis-failed')").await;
    let told = format!(
        "document.querySelector('.tools-status').textContent === {}",
        json!(names.aloud_failed)
    );
    browser.until("the failure is told", &told).await;
    until_button_says(&browser, names.read_aloud).await;

    browser.click(".aloud").await;
    until_button_says(&browser, names.pause).await;
    browser.click(".aloud-stop").await;
    until_button_says(&browser, names.read_aloud).await;
    let focused = browser
        .run::<bool>("return document.activeElement.matches('.aloud')")
        .await;
    assert!(
        focused || engine == Engine::Webkit,
        "the focus is lost with the button that had it"
    );
    browser.click(".aloud").await;
    browser.until("a voice speaks", "isSpeaking()").await;
    browser.follow("ja/port/").await;
    browser.until_shown("ja/port/", "港湾・物流").await;
    browser.until("the voice is silent", "!isSpeaking()").await;
    browser.finish(&[]).await;
}

/// A voice that never begins is given up, and the reader is told. One whose end is not told is taken
/// for done.
pub(super) async fn a_voice_that_does_not_speak_is_noticed(engine: Engine) {
    let (browser, _) = before_tools(engine, Lang::Vi).await;
    let names = &words(Lang::Vi).tools;
    browser
        .run::<()>("giveVoices('vi-VN'); voicesAre('silent')")
        .await;
    until_button_says(&browser, names.read_aloud).await;
    browser.click(".aloud").await;
    until_button_says(&browser, names.pause).await;
    let told = format!(
        "document.querySelector('.tools-status').textContent === {}",
        json!(names.aloud_failed)
    );
    browser.until("the silence is told", &told).await;
    until_button_says(&browser, names.read_aloud).await;

    browser
        .run::<()>("spoken.length = 0; voicesAre('endless')")
        .await;
    browser.click(".aloud").await;
    browser
        .until("it goes on without an end", "spoken.length > 2")
        .await;
    let spoken: Vec<Spoken> = browser.run("return spoken").await;
    assert!(spoken[0].text != spoken[1].text, "{spoken:?}");
    browser.click(".aloud-stop").await;
    browser.finish(&[]).await;
}

/// Without a voice for the page's language no button is shown, whatever other voices exist.
pub(super) async fn without_a_voice_nothing_is_offered(engine: Engine) {
    let (browser, _) = before_tools(engine, Lang::Ko).await;
    browser.run::<()>("giveVoices('en-US', 'zh-CN')").await;
    let displayed =
        async |selector: &str| browser.find(selector).await.is_displayed().await.unwrap();
    assert!(!displayed(".aloud").await && !displayed(".aloud-stop").await);
    browser.run::<()>("giveVoices('ko_KR')").await;
    until_button_says(&browser, words(Lang::Ko).tools.read_aloud).await;
    assert!(!displayed(".aloud-stop").await, "there is nothing to stop");
    browser.finish(&[]).await;

    let browser = Browser::start(engine).await;
    browser.site.before_every_page(
        "Object.defineProperty(window, 'speechSynthesis', { value: undefined });",
    );
    browser.open_alive(&format!("ko/{WITH_HEADLINE}")).await;
    open_tools(&browser).await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(!browser.find(".aloud").await.is_displayed().await.unwrap());
    browser.finish(&[]).await;
}

/// Forced colours remove backgrounds; the outline of the paragraph remains.
pub(super) async fn what_is_read_is_seen_in_forced_colours(engine: Engine) {
    let (browser, _) = before_tools(engine, Lang::En).await;
    let features = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    browser.cdp("Emulation.setEmulatedMedia", features).await;
    browser.run::<()>("giveVoices('en-GB')").await;
    until_button_says(&browser, words(Lang::En).tools.read_aloud).await;
    browser.click(".aloud").await;
    browser
        .until(
            "a paragraph is marked",
            "document.querySelector('[data-reading]')",
        )
        .await;
    let line = "const { outlineStyle, outlineColor, backgroundColor } = getComputedStyle(document.querySelector('[data-reading]')); \
        return [outlineStyle, outlineColor, backgroundColor]";
    let [style, colour, ground]: [String; 3] = browser.run(line).await;
    assert_eq!(style, "solid");
    assert_ne!(colour, ground);
    // The checked choice differs from the others as well.
    let fills = "return [...document.querySelectorAll('[name=tools-theme] + span')].map((span) => getComputedStyle(span).backgroundColor)";
    let fills: Vec<String> = browser.run(fills).await;
    assert!(fills[0] != fills[1] && fills[1] == fills[2], "{fills:?}");
    browser.finish(&[]).await;
}
