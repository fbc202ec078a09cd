//! The page that is written on, and the page beside it.

use super::accessibility::emulate;
use super::desk::{Editor, small};
use super::desk_words::put;
use super::engine::Engine;
use serde_json::{Value, json};
use thirtyfour::Key;

/// What an element looks like, apart from what follows from the width of its window.
const LOOK: &str = "const { fontFamily, fontWeight, color, borderInlineStartColor, borderInlineStartWidth } = \
    getComputedStyle(document.querySelector(SELECTOR)); \
    return [fontFamily, fontWeight, color, borderInlineStartColor, borderInlineStartWidth]";

async fn look(editor: &Editor, selector: &str) -> Vec<String> {
    editor.browser.find(selector).await;
    let script = LOOK.replace("SELECTOR", &Value::from(selector).to_string());
    editor.browser.run(&script).await
}

/// Fields look as their words do on the page; a press on a word leads to its field, and the field that has
/// the focus is marked on the page. A name is written by keys, a picture stays in a gallery, and what will
/// be new is said before it is published.
pub(super) async fn fields_look_like_the_page_and_each_leads_to_the_other(engine: Engine) {
    let folder = small();
    let name = json!({ "right": { "vi": "Lạch Huyện", "en": "Lach Huyen" } });
    put(&folder, "glossary.json", &json!({ "names": [name] }));
    let editor = Editor::come_in(engine, folder).await;
    let (browser, driver) = (&editor.browser, &editor.browser.driver);
    editor.go("/#/article/port/deep-water-port/vi").await;
    let shown = "!document.querySelector('iframe').hidden";
    browser.until("the page is beside it", shown).await;
    let pairs = [
        (".is-headline textarea", ".article-headline"),
        (".is-lead .ProseMirror", ".article-lead"),
        (".block:nth-child(1) .ProseMirror", ".body > p"),
        (".block:nth-child(2) textarea", ".body > h2"),
        (".block:nth-child(5) .is-quote", ".body > .quote"),
        (".block:nth-child(6) caption", ".body > .table caption"),
    ];
    let mut fields = Vec::new();
    for (field, _) in pairs {
        fields.push(look(&editor, field).await);
    }
    driver.enter_frame(0).await.unwrap();
    for (at, (field, part)) in pairs.iter().enumerate() {
        assert_eq!(fields[at], look(&editor, part).await, "{field} and {part}");
    }
    // From the page to the field, also by a link in the text.
    browser.click(".body > p a").await;
    driver.enter_default_frame().await.unwrap();
    let there = "document.activeElement.closest('.block:nth-child(1) .ProseMirror')";
    browser.until("the cursor is in the paragraph", there).await;
    // Nobody else can set it.
    let forged = "const page = new URL(document.querySelector('iframe').src); \
        dispatchEvent(new MessageEvent('message', { origin: location.origin, source: window, data: { press: '/headline', page: page.pathname } })); \
        dispatchEvent(new MessageEvent('message', { origin: page.origin, source: window, data: { press: '/headline', page: page.pathname } })); \
        return document.activeElement.matches('.block:nth-child(1) .ProseMirror')";
    assert!(
        browser.run::<bool>(forged).await,
        "a forged message was heard"
    );
    // And back.
    let lead = browser.find(".is-lead .ProseMirror").await;
    lead.focus().await.unwrap();
    driver.enter_frame(0).await.unwrap();
    let marked = "document.querySelector('[data-desk-field]')?.matches('.article-lead')";
    browser.until("the lead is marked", marked).await;
    let forged = "dispatchEvent(new MessageEvent('message', { origin: 'https://evil.example', source: window, data: { field: '/headline', page: location.pathname } })); \
        return document.querySelector('[data-desk-field]').matches('.article-lead')";
    assert!(
        browser.run::<bool>(forged).await,
        "a forged message was heard"
    );
    driver.enter_default_frame().await.unwrap();
    if engine == Engine::Chromium {
        stays_at_the_field(&editor).await;
    }
    names(&editor).await;
    // Enter in a list begins another entry.
    let entry = browser
        .find(".block:nth-child(4) .entry:nth-child(2) .ProseMirror")
        .await;
    entry.focus().await.unwrap();
    entry.send_keys(Key::End + "").await.unwrap();
    entry.send_keys(Key::Enter + "").await.unwrap();
    let next =
        "document.activeElement.closest('.block:nth-child(4) .entry:nth-child(3) .ProseMirror')";
    browser.until("another entry is there", next).await;
    let entry = browser
        .find(".block:nth-child(4) .entry:nth-child(3) .ProseMirror")
        .await;
    entry.send_keys("dài 400 mét").await.unwrap();
    // A picture is the first one of a gallery.
    editor
        .choose(".block:nth-child(3) .block-kind", "gallery")
        .await;
    let kept =
        "document.querySelector(\".block:nth-child(3) .is-gallery [data-picture='harbour']\")";
    browser.until("the picture is in the gallery", kept).await;
    editor
        .choose(".block:nth-child(3) .block-kind", "picture")
        .await;
    let back =
        "document.querySelector(\".block:nth-child(3) .is-picture [data-picture='harbour']\")";
    browser.until("it is a picture again", back).await;
    editor.save().await;
    let text = editor.file("articles/port/deep-water-port/vi.json");
    assert_eq!(text["body"][2], json!({ "picture": "harbour" }));
    assert_eq!(text["body"][0]["paragraph"], "Lạch Huyện");
    assert_eq!(text["body"][3]["list"][2], "dài 400 mét");
    browser.click(".bar button.main").await;
    let said = "document.querySelector('.plan a[target=_blank]')?.href.includes('/vi/port/')";
    browser.until("what is new is said", said).await;
    editor.end(&["postMessage"]).await;
}

/// On a tablet the page stands below the form: it shows the field without taking the form along.
async fn stays_at_the_field(editor: &Editor) {
    let (browser, driver) = (&editor.browser, &editor.browser.driver);
    emulate(browser, 768, "light").await;
    let heading = browser.find(".block:nth-child(2) textarea").await;
    heading.focus().await.unwrap();
    driver.enter_frame(0).await.unwrap();
    let marked = "document.querySelector('[data-desk-field]')?.matches('.body > h2')";
    browser.until("the heading is marked", marked).await;
    driver.enter_default_frame().await.unwrap();
    let drawn = "requestAnimationFrame(() => requestAnimationFrame(() => { window.drawn = true }))";
    browser.run::<()>(drawn).await;
    browser
        .until("the desk was drawn after it", "window.drawn")
        .await;
    let seen = "const { top, bottom } = document.activeElement.getBoundingClientRect(); \
        return document.activeElement.matches('.block:nth-child(2) textarea') && top >= 0 && bottom <= innerHeight";
    assert!(browser.run::<bool>(seen).await, "the form went away");
    emulate(browser, 1280, "light").await;
}

/// Writes a name of the glossary by its beginning, an arrow and Enter.
async fn names(editor: &Editor) {
    let browser = &editor.browser;
    let paragraph = browser.find(".block:nth-child(1) .ProseMirror").await;
    paragraph.focus().await.unwrap();
    let typing = async |keys: thirtyfour::TypingData| paragraph.send_keys(keys).await.unwrap();
    typing(Key::Control + "a").await;
    typing("lach".into()).await;
    let offered = "document.querySelector('#names:not([hidden]) [role=option]')?.textContent === 'Lạch Huyện'";
    browser.until("the name is offered", offered).await;
    typing(Key::Down + "").await;
    let led = "document.activeElement.getAttribute('aria-activedescendant') === 'name-0'";
    browser.until("the list is led into", led).await;
    typing(Key::Enter + "").await;
    let written = "document.querySelector('.block:nth-child(1) .ProseMirror').textContent === 'Lạch Huyện' && document.querySelector('#names').hidden";
    browser.until("the name is written", written).await;
}
