//! On a page that sleeps, everything that the program does is offered already. A press on it is kept,
//! wakes the program, and is carried out by it.

use super::engine::Engine;
use super::pages::WITH_HEADLINE;
use super::proxy::Fault;
use super::session::Browser;

/// Whether the page has been taken over.
const READY: &str = "document.documentElement.dataset.app === 'ready'";

/// Holds the program, which a browser has in its cache after the first page, until `letGo` is called.
const HOLD: &str = r"
    const held = new Promise((letGo) => { window.letGo = letGo; });
    for (const name of ['compile', 'compileStreaming']) {
        const compile = WebAssembly[name];
        if (compile) WebAssembly[name] = (...source) => held.then(() => compile.apply(WebAssembly, source));
    }
";

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

/// Every control that needs the program, but for the device's own way to share, which needs a
/// device.
const CONTROLS: [Control; 6] = [
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
        "a second language",
        WITH_HEADLINE,
        None,
        ".parallel-choice-link[lang=ko]",
        "document.querySelector('.parallel [lang=ko]')",
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

/// Each control is pressed while the program is on its way. The press is not lost, says that it is
/// being worked on, and is carried out once.
pub(super) async fn a_press_before_the_program_is_carried_out_when_it_comes(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.site.before_every_page(HOLD);
    for (name, article, before, control, done) in CONTROLS {
        browser.open(&format!("vi/{article}")).await;
        browser.mark_load().await;
        if let Some(before) = before {
            browser.click(before).await;
        }
        browser.click(control).await;
        browser
            .until(
                &format!("{name} is being worked on"),
                &format!("document.querySelector('{control}[aria-busy=true]')"),
            )
            .await;
        assert!(
            !browser
                .run::<bool>(&format!("return Boolean({done})"))
                .await,
            "{name} was carried out without the program"
        );
        browser
            .run::<()>("(window.wrappedJSObject ?? window).letGo()")
            .await;
        browser.until(&format!("{name} is carried out"), done).await;
        browser.until("the page is taken over", READY).await;
        assert!(
            !browser
                .run::<bool>("return Boolean(document.querySelector('[aria-busy]'))")
                .await,
            "{name} is still being worked on"
        );
        assert!(
            browser.is_marked_load().await,
            "{name} loaded the page anew"
        );
    }
    browser.finish(&[]).await;
}

/// Where the program does not come, a link that was pressed is followed, and no button is left that
/// does nothing.
pub(super) async fn a_press_is_not_lost_where_the_program_does_not_come(engine: Engine) {
    let browser = Browser::start(engine).await;
    let gate = browser.site.hold(".wasm");
    browser.open(&format!("vi/{WITH_GALLERY}")).await;
    let file: String = browser
        .run("return document.querySelector('.gallery-link').pathname")
        .await;
    browser.click(".gallery-link").await;
    browser
        .until(
            "the press is kept",
            "document.querySelector('.gallery-link[aria-busy=true]')",
        )
        .await;
    browser.site.inject_fault(".wasm", Fault::Status(404));
    gate.open();
    browser
        .until(
            "the link is followed",
            &format!("location.pathname === '{file}'"),
        )
        .await;
    // A picture has no icon of its own.
    browser.finish(&[".wasm", "favicon.ico"]).await;
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
