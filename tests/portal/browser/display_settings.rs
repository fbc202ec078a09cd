//! Theme, text size and line spacing: a choice applies everywhere, is stored, and cuts nothing off.

use super::accessibility::{Findings, emulate};
use super::engine::{Engine, Setup};
use super::pages::{NOWHERE, WITH_HEADLINE};
use super::proxy::Fault;
use super::session::Browser;
use super::upstream::at_root;
use i18n::words;
use model::{Choice, Lang};
use serde_json::{Value, json};
use thirtyfour::Key;

/// Records the theme when the body begins.
const EARLY: &str = r"
    new MutationObserver((_, observer) => {
        if (!document.body) return;
        window.early = document.documentElement.dataset.theme ?? 'none';
        observer.disconnect();
    }).observe(document.documentElement, { childList: true });
";

/// The active theme, the page's background colour, and the `theme-color` for the browser's frame.
const SEEN: &str = r"
    const around = [...document.querySelectorAll('meta[name=theme-color]')].find(({ media }) => matchMedia(media).matches);
    const { backgroundColor } = getComputedStyle(document.documentElement);
    return [document.documentElement.dataset.theme ?? 'system', backgroundColor, around?.content ?? ''];
";

/// Everything in local storage.
const STORED: &str = "return { ...localStorage }";

/// Opens the reading tools.
pub(super) async fn open_tools(browser: &Browser) {
    browser.click(".tools > summary").await;
    browser
        .until(
            "the tools are there",
            "document.querySelector('#tools [type=radio]')",
        )
        .await;
}

/// Chooses a value in one of the two groups of choices: `tools` or `all` (the footer).
async fn choose(browser: &Browser, place: &str, choice: Choice, value: &str) {
    let input = format!("[name={place}-{}][value=\"{value}\"]", choice.name());
    let label = format!(".choice-value:has({input})");
    browser.click(&label).await;
    browser
        .until(
            &format!("{value} is chosen"),
            &format!("document.querySelector('{input}').checked"),
        )
        .await;
}

/// A theme chosen in an article changes the colours at once and is stored; nothing is stored
/// before. Every further page has it from the beginning of its body. The footer's choices return to
/// the device's theme.
pub(super) async fn a_chosen_theme_holds_everywhere_from_the_first_paint_on(engine: Engine) {
    let setup = Setup {
        languages: Some("fr"),
        ..Setup::default()
    };
    let browser = Browser::with(engine, setup, at_root()).await;
    browser.site.before_every_page(EARLY);
    let article = format!("vi/{WITH_HEADLINE}");
    browser.open_alive(&article).await;
    open_tools(&browser).await;
    assert_eq!(
        browser.run::<Value>(STORED).await,
        json!({}),
        "something is stored before a choice"
    );
    let before: [String; 3] = browser.run(SEEN).await;
    let mut seen = Vec::new();
    for name in ["light", "dark", "contrast"] {
        choose(&browser, "tools", Choice::Theme, name).await;
        assert_eq!(
            browser.run::<Value>(STORED).await,
            json!({ "portal.theme": name })
        );
        let [theme, paper, around]: [String; 3] = browser.run(SEEN).await;
        assert_eq!(theme, name);
        seen.push((paper, around));
    }
    assert!(
        seen[0] != seen[1] && seen[1] != seen[2] && seen[0] != seen[2],
        "{seen:?}"
    );
    assert_eq!(seen[2].0, "rgb(0, 0, 0)");

    let expected = ("contrast".to_owned(), seen[2].0.clone(), seen[2].1.clone());
    let look = async |path: &str| {
        let [theme, paper, around]: [String; 3] = browser.run(SEEN).await;
        assert_eq!((theme, paper, around), expected, "{path}");
        assert_eq!(
            browser.run::<String>("return window.early").await,
            "contrast",
            "{path} begins in another theme"
        );
    };
    for path in [article.as_str(), "ko/", "en/pages/about/", ""] {
        browser.open(path).await;
        browser
            .until("the page is there", "document.readyState === 'complete'")
            .await;
        look(path).await;
    }
    browser.site.inject_fault(".wasm", Fault::Status(404));
    browser.open(NOWHERE).await;
    look(NOWHERE).await;
    browser.site.clear_faults();

    browser.open_alive("ja/").await;
    browser.follow("ja/port/").await;
    browser.until_shown("ja/port/", "港湾・物流").await;
    browser.click(".display-settings > summary").await;
    browser
        .until(
            "the choices are there",
            "document.querySelector('[name=all-theme][value=contrast]')?.checked",
        )
        .await;
    choose(&browser, "all", Choice::Theme, "system").await;
    assert_eq!(browser.run::<[String; 3]>(SEEN).await, before);
    assert_eq!(
        browser.run::<Value>(STORED).await,
        json!({}),
        "what is usual is stored"
    );
    browser.finish(&["404", ".wasm"]).await;
}

/// With the keyboard alone: the tools open, each group is one tab stop, and arrow keys choose.
pub(super) async fn a_choice_is_made_with_the_keyboard(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.open_alive(&format!("en/{WITH_HEADLINE}")).await;
    browser
        .find(".tools > summary")
        .await
        .send_keys(Key::Enter + "")
        .await
        .unwrap();
    browser
        .until(
            "the tools are there",
            "document.querySelector('#tools [type=radio]')",
        )
        .await;
    let focused = "return [document.activeElement.name ?? '', document.activeElement.value ?? '', document.activeElement.textContent]";
    let words = &words(Lang::En).tools;
    let expected = [
        ("tools-theme", "system", ""),
        ("tools-text", "100", ""),
        ("tools-spacing", "normal", ""),
        ("", "", words.print),
        ("", "", words.save),
    ];
    for (name, value, text) in expected {
        press(&browser, Key::Tab).await;
        let found: [String; 3] = browser.run(focused).await;
        assert_eq!(found, [name, value, text], "{engine:?}");
        let ring = "const held = document.activeElement; \
            return getComputedStyle(held.type === 'radio' ? held.nextElementSibling : held).outlineStyle";
        assert_eq!(
            browser.run::<String>(ring).await,
            "solid",
            "the focus on {name}{text} is not seen"
        );
        if name == "tools-theme" {
            press(&browser, Key::Right).await;
            press(&browser, Key::Right).await;
            browser
                .until(
                    "dark is chosen",
                    "document.documentElement.dataset.theme === 'dark'",
                )
                .await;
        }
    }
    browser.finish(&[]).await;
}

async fn press(browser: &Browser, key: Key) {
    browser
        .driver
        .action_chain()
        .send_keys(key + "")
        .perform()
        .await
        .unwrap();
}

/// Text grows to twice its usual size, line spacing grows, and both persist on the next page.
pub(super) async fn text_and_lines_take_the_size_that_was_chosen(engine: Engine) {
    let browser = Browser::start(engine).await;
    let measure = "const { fontSize, lineHeight } = getComputedStyle(document.querySelector('.body > p')); \
        return [parseFloat(fontSize), parseFloat(lineHeight)]";
    browser.open_alive(&format!("vi/{WITH_HEADLINE}")).await;
    let usual: [f64; 2] = browser.run(measure).await;
    open_tools(&browser).await;
    let mut last = 0.0;
    for value in Choice::Text.values() {
        choose(&browser, "tools", Choice::Text, value).await;
        let [size, _]: [f64; 2] = browser.run(measure).await;
        let expected = usual[0] * value.parse::<f64>().unwrap() / 100.0;
        assert!(
            (size - expected).abs() < 0.1 && size > last,
            "{value}: {size} instead of {expected}"
        );
        last = size;
    }
    assert!(last >= usual[0] * 2.0 - 0.1);
    choose(&browser, "tools", Choice::Text, "100").await;
    let mut lines = vec![usual[1]];
    for value in ["wide", "widest"] {
        choose(&browser, "tools", Choice::Spacing, value).await;
        lines.push(browser.run::<[f64; 2]>(measure).await[1]);
    }
    assert!(
        lines[1] > lines[0] * 1.15 && lines[2] > lines[1] * 1.15,
        "{lines:?}"
    );
    choose(&browser, "tools", Choice::Text, "150").await;
    assert_eq!(
        browser.run::<Value>(STORED).await,
        json!({ "portal.text": "150", "portal.spacing": "widest" })
    );
    browser.open_alive(&format!("vi/{WITH_HEADLINE}")).await;
    let [size, line]: [f64; 2] = browser.run(measure).await;
    assert!(
        (size - usual[0] * 1.5).abs() < 0.1 && line > size * 2.0,
        "{size} {line}"
    );
    browser.finish(&[]).await;
}

/// Another tab follows a choice, with its colours and its buttons.
pub(super) async fn another_tab_follows_a_choice(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.open_alive("en/").await;
    browser.click(".display-settings > summary").await;
    browser
        .until(
            "the choices are there",
            "document.querySelector('[name=all-theme]')",
        )
        .await;
    let first = browser.driver.window().await.unwrap();
    let second = browser.driver.new_tab().await.unwrap();
    browser.driver.switch_to_window(second).await.unwrap();
    browser.open_alive(&format!("ja/{WITH_HEADLINE}")).await;
    open_tools(&browser).await;
    choose(&browser, "tools", Choice::Theme, "dark").await;
    browser.driver.switch_to_window(first).await.unwrap();
    let follows = "document.documentElement.dataset.theme === 'dark' && document.querySelector('[name=all-theme][value=dark]').checked";
    browser.until("the first tab follows", follows).await;
    browser.finish(&[]).await;
}

/// If the browser refuses storage, a choice still holds until the page is unloaded.
pub(super) async fn where_nothing_can_be_stored_a_choice_holds_while_the_page_lives(
    engine: Engine,
) {
    let browser = Browser::start(engine).await;
    let refuse = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });";
    browser.site.before_every_page(refuse);
    browser.open_alive(&format!("ko/{WITH_HEADLINE}")).await;
    open_tools(&browser).await;
    choose(&browser, "tools", Choice::Theme, "dark").await;
    browser.follow("ko/port/").await;
    browser.until_shown("ko/port/", "항만·물류").await;
    assert_eq!(
        browser
            .run::<String>("return document.documentElement.dataset.theme")
            .await,
        "dark"
    );
    browser.finish(&[]).await;
}

/// Open tools and footer choices are accessible in each theme, at phone and desktop width, on light
/// and dark devices.
pub(super) async fn axe_finds_nothing_in_the_tools_in_any_theme(engine: Engine) {
    let browser = Browser::start(engine).await;
    let mut found = Findings::default();
    for (lang, width, scheme) in [
        (Lang::Vi, 360, "light"),
        (Lang::Ja, 1280, "dark"),
        (Lang::En, 360, "dark"),
    ] {
        emulate(&browser, width, scheme).await;
        browser
            .open_alive(&format!("{}/{WITH_HEADLINE}", lang.tag()))
            .await;
        open_tools(&browser).await;
        browser.run::<()>("document.querySelector('#tools').dataset.aloud = 'reading'; document.querySelector('.body > p').dataset.reading = ''").await;
        browser.click(".display-settings > summary").await;
        browser
            .until(
                "the choices are there",
                "document.querySelector('[name=all-theme]')",
            )
            .await;
        for theme in Choice::Theme.values() {
            choose(&browser, "tools", Choice::Theme, theme).await;
            found
                .add(
                    &browser,
                    &format!("{lang:?} at {width}, {theme} on a device with {scheme}"),
                )
                .await;
        }
    }
    found.judge();
    browser.finish(&[]).await;
}

/// Elements with content larger than a box that clips it. Elements meant to clip are exempt, and
/// fields, which scroll.
pub(super) const CUT_OFF: &str = r"
    const meant = '.visually-hidden, .teaser-summary, .byline, .skip-link, input, img';
    return [...document.querySelectorAll('body *')]
        .filter((element) => element.checkVisibility?.() !== false && !element.closest(meant))
        .filter((element) => ['hidden', 'clip'].includes(getComputedStyle(element).overflowY))
        .filter(({ scrollHeight, clientHeight, scrollWidth, clientWidth }) => scrollHeight > clientHeight + 1 || scrollWidth > clientWidth + 1)
        .map(({ localName, className }) => `${localName}.${className} is cut off`);
";
