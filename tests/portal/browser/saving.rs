//! Saving a page as one file. The tests intercept the download, read it, and open it.

use super::display_settings::open_tools;
use super::engine::Engine;
use super::pages::{Page, WITH_HEADLINE};
use super::session::Browser;
use super::upstream::at_root;
use crate::tree::{Element, page as parse};
use i18n::{Words, words};
use model::Lang;
use serde_json::{Value, json};
use std::fs;

/// Intercepts the download.
const CATCH: &str = r"
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => ((window.caught = { blob }), make.call(URL, blob));
    HTMLAnchorElement.prototype.click = function () { window.caught.name = this.download; };
";

/// Saves the current page, and waits for the status message. Returns the file's name and text.
async fn save(browser: &Browser, said: impl Fn(&str) -> String) -> (String, String) {
    browser.run::<()>(CATCH).await;
    open_tools(browser).await;
    browser.click(".tools-buttons > :nth-child(2)").await;
    browser
        .until("the file is handed over", "window.caught?.name")
        .await;
    let script = "const done = arguments[arguments.length - 1]; caught.blob.text().then((text) => done([caught.name, text]))";
    let (name, text): (String, String) = browser
        .driver
        .execute_async(script, Vec::new())
        .await
        .unwrap()
        .convert()
        .unwrap();
    let told = format!(
        "document.querySelector('.tools-status').textContent === {}",
        json!(said(&name))
    );
    browser
        .until(&format!("the reader is told “{}”", said(&name)), &told)
        .await;
    (name, text)
}

/// The file has the article with its language, title, source, styles and pictures, and opens
/// without a network.
pub(super) async fn a_page_is_saved_as_one_file(engine: Engine) {
    for lang in [Lang::Vi, Lang::Ja] {
        let browser = Browser::complete(engine).await;
        let page = Page::read(&at_root().folder, lang, WITH_HEADLINE);
        browser.open_alive(&page.path).await;
        let title: String = browser.run("return document.title").await;
        let shown: [usize; 2] = browser
            .run("return ['.article img', '.body > p'].map((part) => document.querySelectorAll(part).length)")
            .await;
        let (name, text) = save(&browser, |name| {
            Words::fill(words(lang).tools.saved, &[("file", name)])
        })
        .await;
        assert_eq!(name, format!("deep-water-port-{}.html", lang.tag()));

        let file = parse(&text);
        assert_eq!(
            file.named("html")[0].attribute("lang").as_deref(),
            Some(lang.tag())
        );
        assert_eq!(file.named("title")[0].text(), title);
        for nothing in ["script", "link", "iframe", "button", "input", "form", "nav"] {
            assert!(
                file.named(nothing).is_empty(),
                "there is a {nothing} in the file"
            );
        }
        let attributes: Vec<String> = file.skeleton();
        assert!(
            !attributes
                .iter()
                .any(|line| line.split(' ').any(|name| name.starts_with("on"))),
            "{attributes:?}"
        );
        let sources: Vec<String> = file
            .named("img")
            .iter()
            .filter_map(|image| image.attribute("src"))
            .collect();
        assert_eq!(sources.len(), shown[0]);
        assert!(
            sources
                .iter()
                .all(|source| source.starts_with("data:image/")),
            "{sources:?}"
        );
        assert!(shown[0] > 0, "the article has no pictures");
        let links: Vec<String> = file
            .named("a")
            .iter()
            .filter_map(|link| link.attribute("href"))
            .collect();
        assert!(
            links
                .iter()
                .all(|link| ["https://", "http://", "mailto:", "tel:", "#"]
                    .iter()
                    .any(|start| link.starts_with(start))),
            "{links:?}"
        );
        let copy = file.with_class("saved-copy");
        assert_eq!(copy.named("a")[0].attribute("href"), Some(page.canonical()));
        assert!(
            copy.text().contains(&page.canonical())
                && copy.text().contains(&today(&browser, lang).await),
            "{}",
            copy.text()
        );
        let main = file.named("main")[0].text();
        assert!(
            page.texts()
                .iter()
                .filter(|text| !is_elsewhere(&page, text))
                .all(|text| main.contains(text))
        );
        opens_alone(&browser, &name, &text, shown).await;
        browser.finish(&[]).await;
    }
}

/// Titles of related articles and names of tags are not the article's own text.
fn is_elsewhere(page: &Page, text: &str) -> bool {
    let article = &page.document["page"]["article"];
    let related = article["related"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|teaser| &teaser["title"]);
    let tags = article["tags"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|tag| &tag["name"]);
    related
        .chain(tags)
        .any(|other| other.as_str() == Some(text))
}

/// Today's date in the language's format, by the browser's clock.
async fn today(browser: &Browser, lang: Lang) -> String {
    let [year, month, day]: [u32; 3] = browser
        .run(
            "const now = new Date(); return [now.getFullYear(), now.getMonth() + 1, now.getDate()]",
        )
        .await;
    match lang {
        Lang::Vi => format!("{day} tháng {month}, {year}"),
        Lang::Ja => format!("{year}年{month}月{day}日"),
        other => panic!("the test does not know how {other:?} writes a day"),
    }
}

/// Opens the file from a folder, in Chromium with the network off. It has all pictures and styles,
/// and requests nothing.
async fn opens_alone(browser: &Browser, name: &str, text: &str, shown: [usize; 2]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    if browser.engine == Engine::Chromium {
        let offline = json!({ "offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0 });
        browser.cdp("Network.enable", json!({})).await;
        browser
            .cdp("Network.emulateNetworkConditions", offline)
            .await;
    }
    browser.site.requests();
    browser
        .driver
        .goto(format!("file://{}", path.display()))
        .await
        .unwrap();
    browser
        .until("the file is there", "document.readyState === 'complete'")
        .await;
    let script = r"
        const pictures = [...document.images].filter((image) => image.complete && image.naturalWidth > 0).length;
        const asked = performance.getEntriesByType('resource').filter(({ name }) => !name.startsWith('data:')).length;
        const { display } = getComputedStyle(document.querySelector('.article'));
        return { pictures, paragraphs: document.querySelectorAll('.body > p').length, display, asked };
    ";
    let found: Value = browser.run(script).await;
    assert_eq!(
        found,
        json!({ "pictures": shown[0], "paragraphs": shown[1], "display": "grid", "asked": 0 })
    );
    assert!(
        browser.site.requests().is_empty(),
        "the file asks for something"
    );
}

/// A picture that fails to load is replaced by its description, and a message counts them. Without
/// the style sheet saving fails, with a message.
pub(super) async fn a_picture_that_does_not_come_leaves_its_description(engine: Engine) {
    let browser = Browser::complete(engine).await;
    let lang = Lang::En;
    let page = Page::read(&at_root().folder, lang, WITH_HEADLINE);
    browser.open_alive(&page.path).await;
    let alternatives: Vec<String> = browser
        .run("return [...document.querySelectorAll('.article img')].map(({ alt }) => alt)")
        .await;
    // The browser has the pictures in its cache already, so `fetch` itself must fail.
    browser.run::<()>("const get = window.fetch; window.fetch = (what, how) => /\\.(?:svg|webp|jpe?g|png)$/.test(what) ? Promise.resolve(new Response('', { status: 404 })) : get(what, how)").await;
    let count = alternatives.len().to_string();
    let told = |name: &str| {
        Words::fill(
            words(lang).tools.saved_without,
            &[("file", name), ("n", &count)],
        )
    };
    let (_, text) = save(&browser, told).await;
    let file = parse(&text);
    assert!(file.named("img").is_empty());
    let lost = |element: &Element| element.attribute("class").as_deref() == Some("saved-lost");
    let described: Vec<String> = file
        .named("span")
        .into_iter()
        .filter(lost)
        .map(|span| span.text())
        .collect();
    assert_eq!(described, alternatives);

    browser
        .run::<()>("window.fetch = () => Promise.reject(new TypeError('no network'))")
        .await;
    browser.click(".tools-buttons > :nth-child(2)").await;
    let failed = format!(
        "document.querySelector('.tools-status').textContent === {}",
        json!(words(lang).tools.save_failed)
    );
    browser.until("the failure is told", &failed).await;
    browser.finish(&[]).await;
}
