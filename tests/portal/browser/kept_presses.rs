//! On a page that sleeps, everything is offered already. What a reader does on the page itself needs
//! no program. A second language does: a press on it is kept, wakes the program, and is carried out
//! by it.

use super::engine::Engine;
use super::pages::WITH_HEADLINE;
use super::proxy::Fault;
use super::searching::file;
use super::session::Browser;

/// Whether the page has been taken over.
pub(super) const READY: &str = "document.documentElement.dataset.app === 'ready'";

/// Holds the program, which a browser has in its cache after the first page, until `letGo` is called.
pub(super) const HOLD: &str = r"
    const held = new Promise((letGo) => { window.letGo = letGo; });
    for (const name of ['compile', 'compileStreaming']) {
        const compile = WebAssembly[name];
        if (compile) WebAssembly[name] = (...source) => held.then(() => compile.apply(WebAssembly, source));
    }
";

/// Whether the program could not be had.
const FAILED: &str = "document.documentElement.dataset.app === 'failed'";

/// The link to the page in a second language, and what is there then.
const SECOND: &str = ".parallel-choice-link[lang=ko]";
const IN_TWO: &str = "document.querySelector('.parallel [lang=ko]')";

/// An article with a gallery.
const WITH_GALLERY: &str = "culture/red-flamboyant-festival/";

/// A control: what it is called here, the article, what is pressed before it and works by itself,
/// the control, and what is true when it was carried out.
type Control = (
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static str,
    &'static str,
);

/// Every control that works without the program, but for the device's own way to share, which needs
/// a device.
const CONTROLS: [Control; 5] = [
    (
        "the reading tools",
        WITH_HEADLINE,
        None,
        ".tools > summary",
        "document.querySelector('.tools[open] #tools [type=radio]')",
    ),
    (
        "the display settings",
        WITH_HEADLINE,
        None,
        ".display-settings > summary",
        "document.querySelector('.display-settings[open] [name=all-theme]')",
    ),
    (
        "copying the address",
        WITH_HEADLINE,
        None,
        ".share-button",
        "document.querySelector('.share-status').textContent.trim()",
    ),
    (
        "copying the citation",
        WITH_HEADLINE,
        Some(".cite > summary"),
        ".cite-button",
        "document.querySelector('.cite-status').textContent.trim()",
    ),
    (
        "a gallery",
        WITH_GALLERY,
        None,
        ".gallery-link",
        "document.querySelector('dialog.viewer[open] img')",
    ),
];

/// Each control works on a page that sleeps, and where the program cannot be had.
pub(super) async fn what_a_reader_does_on_the_page_needs_no_program(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.site.inject_fault(".wasm", Fault::Status(404));
    for is_asleep in [true, false] {
        for (name, article, before, control, done) in CONTROLS {
            browser.open(&format!("vi/{article}")).await;
            if !is_asleep {
                browser.click("h1").await;
                browser.until("the program does not come", FAILED).await;
            }
            browser.mark_load().await;
            if let Some(before) = before {
                browser.click(before).await;
            }
            browser.click(control).await;
            browser.until(&format!("{name} is carried out"), done).await;
            assert!(
                browser.is_marked_load().await,
                "{name} loaded the page anew"
            );
        }
    }
    browser.finish(&[".wasm"]).await;
}

/// Where their script does not come, settings fold up again, and can be opened at the next press.
pub(super) async fn settings_that_do_not_come_can_be_opened_again(engine: Engine) {
    let browser = Browser::start(engine).await;
    let script = file(&browser.folder, "controls-", ".js");
    let words = file(&browser.folder, "controls-ja-", ".json");
    for (fault, lang) in [(script, "vi"), (words, "ja")] {
        browser.site.inject_fault(&fault, Fault::Status(404));
        browser.open(&format!("{lang}/{WITH_HEADLINE}")).await;
        browser.click(".tools > summary").await;
        browser
            .until(
                "the tools fold up again",
                "document.querySelector('.tools:not([open])') && !document.querySelector('[aria-busy]')",
            )
            .await;
        browser.site.clear_faults();
        // A browser remembers that a script could not be had: the next attempt has another address.
        browser.click(".tools > summary").await;
        let there = "document.querySelector('.tools[open] #tools [type=radio]')";
        browser.until("the tools are there", there).await;
    }
    browser.finish(&["controls-"]).await;
}

/// A second language that is chosen while the program is on its way is shown when that has come. The
/// press says that it is being worked on.
pub(super) async fn a_press_before_the_program_is_carried_out_when_it_comes(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.site.before_every_page(HOLD);
    browser.open(&format!("vi/{WITH_HEADLINE}")).await;
    browser.mark_load().await;
    browser.click(SECOND).await;
    browser
        .until(
            "the press is being worked on",
            &format!("document.querySelector('{SECOND}[aria-busy=true]')"),
        )
        .await;
    assert!(
        !browser
            .run::<bool>(&format!("return Boolean({IN_TWO})"))
            .await,
        "it was carried out without the program"
    );
    browser
        .run::<()>("(window.wrappedJSObject ?? window).letGo()")
        .await;
    browser.until("both languages are there", IN_TWO).await;
    browser.until("the page is taken over", READY).await;
    assert!(
        !browser
            .run::<bool>("return Boolean(document.querySelector('[aria-busy]'))")
            .await,
        "it is still being worked on"
    );
    assert!(browser.is_marked_load().await, "the page was loaded anew");
    browser.finish(&[]).await;
}

/// What a reader has opened before the program came stays open when it comes, and the page is taken
/// over as it is.
pub(super) async fn tools_that_are_open_stay_open_when_the_program_comes(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.site.before_every_page(HOLD);
    browser.open(&format!("ko/{WITH_HEADLINE}")).await;
    for (name, control) in [("tools", ".tools"), ("all", ".display-settings")] {
        browser.click(&format!("{control} > summary")).await;
        let there = format!("document.querySelector('[name={name}-theme]')");
        browser.until("the settings are there", &there).await;
    }
    browser
        .run::<()>("window.opened = [...document.querySelectorAll('.tools-panel')]; (window.wrappedJSObject ?? window).letGo()")
        .await;
    browser.until("the page is taken over", READY).await;
    let kept: bool = browser
        .run("return window.opened.length === 2 && window.opened.every((panel) => panel.isConnected && panel.parentElement.open)")
        .await;
    assert!(kept, "the page was made anew");
    browser.finish(&[]).await;
}

/// Where the program does not come, the link to a second language is followed.
pub(super) async fn a_press_is_not_lost_where_the_program_does_not_come(engine: Engine) {
    let browser = Browser::start(engine).await;
    let gate = browser.site.hold(".wasm");
    browser.open(&format!("vi/{WITH_HEADLINE}")).await;
    browser.click(SECOND).await;
    browser
        .until(
            "the press is kept",
            &format!("document.querySelector('{SECOND}[aria-busy=true]')"),
        )
        .await;
    browser.site.inject_fault(".wasm", Fault::Status(404));
    gate.open();
    browser
        .until("the link is followed", "location.search === '?with=ko'")
        .await;
    browser.finish(&[".wasm"]).await;
}

/// What is offered before the first paint is what is offered after the program has come: nothing
/// appears, nothing moves.
pub(super) async fn what_is_offered_is_the_same_before_the_program_and_after(engine: Engine) {
    let browser = Browser::start(engine).await;
    let offered = "return [...document.querySelectorAll('.tools, .display-settings, .parallel-choice, .share-button')]
        .map((element) => [element.className, getComputedStyle(element).visibility, Math.round(element.getBoundingClientRect().top + scrollY)].join(' '))";
    browser.open(&format!("ja/{WITH_HEADLINE}")).await;
    let before: Vec<String> = browser.run(offered).await;
    assert_eq!(before.len(), 4, "{before:?}");
    assert!(
        before.iter().all(|element| element.contains(" visible ")),
        "{before:?}"
    );
    browser.alive("ja/").await;
    assert_eq!(browser.run::<Vec<String>>(offered).await, before);
    browser.finish(&[]).await;
}
