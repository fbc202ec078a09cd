//! Hostile texts: with any text in the content, a page has the same elements and attributes as with
//! harmless text, and the text reads back unchanged.

use crate::sample::{article, article_route, document, html};
use crate::tree::{Element, page};
use model::{Address, Document, Lang, Page};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Files of hostile texts, one a row. The folder is outside the repository and may be missing.
const CORPORA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpora");

/// Strings that could break out of various contexts. These are always tested.
const OWN: [&str; 13] = [
    "</title><script>window.broken=1</script>",
    "</script><script>window.broken=1</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "<!--",
    "a <!> b <!----> c",
    "--><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "</main></div></body></html><script>alert(1)</script>",
    "&lt;script&gt;&amp;&#x3c;script&#x3e;",
    "javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
    "<template><style></template><svg><a href=x>",
];

fn hostile_page(text: &str) -> Element {
    let shown: Document = document(
        Lang::En,
        &Lang::ALL,
        text,
        Page::Article(Box::new(article(text))),
    );
    page(&html(article_route(Lang::En), shown))
}

/// A text as an HTML parser returns it: with each line break as a line feed.
fn as_read(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn payloads() -> Vec<String> {
    let mut payloads: Vec<String> = OWN.map(str::to_owned).to_vec();
    let Ok(files) = fs::read_dir(CORPORA) else {
        println!(
            "{CORPORA} is not there: only the {} strings of this file are tried",
            OWN.len()
        );
        return payloads;
    };
    for file in files.filter_map(Result::ok).map(|entry| entry.path()) {
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.starts_with("xss-")
            || name.starts_with("breakout-")
            || name.starts_with("unicode-trojan")
        {
            payloads.extend(rows(&file));
        }
    }
    payloads.sort();
    payloads.dedup();
    payloads
}

fn rows(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let payload = |line: &str| {
        let row: Value = serde_json::from_str(line).ok()?;
        row.get("payload")
            .or(row.get("text"))?
            .as_str()
            .map(str::to_owned)
    };
    text.lines()
        .filter_map(payload)
        .filter(|payload| !payload.trim().is_empty() && !payload.contains('\0'))
        .collect()
}

#[test]
fn no_text_changes_what_a_page_is_made_of() {
    let harmless = hostile_page("harmless").skeleton();
    let payloads = payloads();
    let broken: Vec<&String> = payloads
        .iter()
        .filter(|payload| {
            let page = hostile_page(payload);
            let title = page
                .named("title")
                .first()
                .map(Element::text)
                .unwrap_or_default();
            let heading = page
                .named("h1")
                .first()
                .map(Element::text)
                .unwrap_or_default();
            let image = page
                .named("img")
                .first()
                .and_then(|image| image.attribute("alt"))
                .unwrap_or_default();
            let text = as_read(payload);
            page.skeleton() != harmless
                || title != format!("{text} – {text}")
                || heading != text
                || image != text
        })
        .collect();
    assert!(
        broken.is_empty(),
        "{} of {} texts broke out, the first: {:?}",
        broken.len(),
        payloads.len(),
        broken[0]
    );
    println!(
        "{} texts were tried in every place that a text can have",
        payloads.len()
    );
}

#[test]
fn the_embedded_document_reads_back_whatever_its_texts_are() {
    for text in OWN {
        let shown = document(
            Lang::En,
            &Lang::ALL,
            text,
            Page::Article(Box::new(article(text))),
        );
        let block = page(&html(article_route(Lang::En), shown.clone()))
            .named("script")
            .into_iter()
            .find(|script| script.attribute("id").as_deref() == Some("document"))
            .unwrap();
        assert_eq!(
            portal::content::read(block.text().as_bytes()),
            Ok(shown),
            "{text}"
        );
    }
}

#[test]
fn what_machines_are_told_of_an_article_reads_back_whatever_its_texts_are() {
    for text in payloads().iter().step_by(10).map(String::as_str).chain(OWN) {
        let page = hostile_page(text);
        let block =
            |script: &Element| script.attribute("type").as_deref() == Some("application/ld+json");
        let block = page.named("script").into_iter().find(block).unwrap();
        let data: Value = serde_json::from_str(&block.text()).unwrap();
        let news = &data["@graph"][0];
        for key in ["headline", "articleSection", "description"] {
            assert_eq!(news[key], text, "{key}");
        }
        assert_eq!(news["author"]["name"], text);
        assert_eq!(news["keywords"][0], text);
        let property = |name: &str| {
            let mut metas = page.named("meta").into_iter();
            let meta = metas.rfind(|meta| meta.attribute("property").as_deref() == Some(name));
            meta.and_then(|meta| meta.attribute("content"))
        };
        for name in ["og:title", "og:image:alt", "article:section", "article:tag"] {
            assert_eq!(property(name), Some(as_read(text)), "{name}");
        }
        assert_eq!(
            property("og:image").as_deref(),
            Some("https://portal.example/cards/en/port/deep-water-port.png")
        );
    }
}

#[test]
fn an_address_of_another_scheme_cannot_be_read() {
    let Ok(text) = fs::read_to_string(Path::new(CORPORA).join("url-schemes.ndjson")) else {
        println!("{CORPORA} is not there: the address rules have their own unit test");
        return;
    };
    let mut tried = 0;
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let Some(payload) = row
            .get("payload")
            .or(row.get("url"))
            .and_then(Value::as_str)
        else {
            continue;
        };
        tried += 1;
        if let Ok(address) = Address::new(payload) {
            let safe = ["https://", "http://", "mailto:", "tel:", "/"];
            assert!(
                safe.iter().any(|start| address.as_str().starts_with(start)),
                "{payload:?}"
            );
            assert!(!address.as_str().starts_with("//"), "{payload:?}");
        }
    }
    assert!(tried > 100, "only {tried} rows were read");
}
