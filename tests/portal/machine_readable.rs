//! Machine-readable files are valid: every XML file by its grammar, every JSON document by its
//! schema.

mod contact;
mod grammar;
mod schema;

use crate::published::{Published, published};
use grammar::{ATOM, Grammar, SITEMAP, SITEMAP_INDEX};
use serde_json::Value;
use std::collections::BTreeSet;

/// The grammar of an XML file of the site.
fn grammar_of(file: &str) -> Option<&'static Grammar> {
    match file {
        "sitemap.xml" => Some(&SITEMAP_INDEX),
        _ if file.starts_with("sitemaps/") => Some(&SITEMAP),
        _ if file.ends_with("/feed.xml") => Some(&ATOM),
        _ => None,
    }
}

#[test]
fn every_xml_file_follows_its_grammar() {
    let site = published();
    let mut seen = BTreeSet::new();
    for (file, text) in site.texts(".xml") {
        let grammar = grammar_of(file).unwrap_or_else(|| panic!("nothing is known of {file}"));
        assert_eq!(grammar.mistakes(text), Vec::<String>::new(), "{file}");
        seen.insert(grammar.name);
    }
    assert_eq!(seen.len(), 3, "{seen:?}");
}

/// Asserts that a grammar accepts a good file, and refuses it after each of the changes.
fn broken(good: &str, changes: &[(&str, &str)], grammar: &Grammar) {
    assert_eq!(grammar.mistakes(good), Vec::<String>::new());
    for (from, to) in changes {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "nothing to replace: {from}");
        assert!(
            !grammar.mistakes(&bad).is_empty(),
            "nobody noticed {from} -> {to}"
        );
    }
}

#[test]
fn a_feed_that_breaks_rfc_4287_is_noticed() {
    let site = published();
    let good = site.texts("vi/feed.xml").next().unwrap().1;
    let id = good
        .split("<id>")
        .nth(2)
        .unwrap()
        .split("</id>")
        .next()
        .unwrap();
    let other_id = good
        .split("<id>")
        .nth(3)
        .unwrap()
        .split("</id>")
        .next()
        .unwrap();
    broken(
        good,
        &[
            ("<id>", "<od>"),
            ("</subtitle>\n<updated>", "</subtitle>\n<updated>x"),
            ("<published>2026-", "<published>26-"),
            (
                "xmlns=\"http://www.w3.org/2005/Atom\"",
                "xmlns=\"http://www.w3.org/2005/atom\"",
            ),
            ("<entry>\n<id>", "<entry>\n<id></id><id>"),
            ("hreflang=\"vi\"", "hreflang=\"đ\""),
            ("hreflang=\"ko\"", "hreflang=\"en\""),
            ("rel=\"self\"", "rel=\"alternate\""),
            (" href=\"https://", " href=\"x y://"),
            ("</feed>", "<entry/></feed>"),
            ("<summary>", "<summary type=\"html5\">"),
            ("<category term=", "<category name="),
            ("<name>", "<name/><name>"),
            (other_id, id),
        ],
        &ATOM,
    );
}

#[test]
fn a_sitemap_that_breaks_its_protocol_is_noticed() {
    let site = published();
    let good = site.texts("sitemaps/2014-09.xml").next().unwrap().1;
    let changes = [
        ("<loc>", "<lok>"),
        ("<lastmod>2014-09-03", "<lastmod>3.9.2014"),
        ("<loc>https", "<loc>ftp"),
        ("</url>", "<loc>https://a.example/</loc></url>"),
        ("sitemap/0.9", "sitemap/0.84"),
        ("hreflang=\"vi\"", "hreflang=\"vi vn\""),
        ("rel=\"alternate\"", "rel=\"canonical\""),
        ("</urlset>", "<priority>2.0</priority></urlset>"),
    ];
    broken(good, &changes, &SITEMAP);
    let index = site.texts("sitemap.xml").next().unwrap().1;
    broken(
        index,
        &[
            ("<sitemap>", "<sitemap><changefreq>daily</changefreq>"),
            ("<loc>", "<loc>/"),
        ],
        &SITEMAP_INDEX,
    );
}

#[test]
fn a_manifest_has_what_a_home_screen_needs() {
    let site = published();
    let mut languages = 0;
    for (file, text) in site.texts(".webmanifest") {
        let manifest: Value = serde_json::from_str(text).unwrap();
        let lang = file.split('/').next().unwrap();
        assert_eq!(manifest["lang"], lang);
        assert_eq!(manifest["start_url"], format!("{}{lang}/", site.base));
        assert_eq!(manifest["scope"], site.base);
        assert!(
            manifest["name"]
                .as_str()
                .is_some_and(|name| !name.is_empty())
        );
        for icon in manifest["icons"].as_array().unwrap() {
            let bytes = &site.files[&site.file_of(icon["src"].as_str().unwrap()).unwrap()];
            if icon["type"] == "image/png" {
                let drawn = image::load_from_memory(bytes).unwrap();
                assert_eq!(
                    icon["sizes"],
                    format!("{}x{}", drawn.width(), drawn.height())
                );
            }
        }
        languages += 1;
    }
    assert_eq!(languages, 5);
}

#[test]
fn an_article_tells_machines_what_it_is() {
    let site = published();
    let article = site
        .pages()
        .find(|(file, _)| *file == "vi/port/deep-water-port/index.html")
        .unwrap()
        .1;
    let data = structured(site, "vi/port/deep-water-port/index.html");
    let news = &data["@graph"][0];
    assert_eq!(news["@type"], "NewsArticle");
    assert_eq!(news["inLanguage"], "vi");
    assert_eq!(news["isAccessibleForFree"], true);
    assert_eq!(
        news["mainEntityOfPage"]["@id"],
        format!("{}{}vi/port/deep-water-port/", site.origin, site.base)
    );
    assert_eq!(news["keywords"], serde_json::json!(["Tàu lai"]));
    let crumbs = data["@graph"][1]["itemListElement"].as_array().unwrap();
    assert_eq!(crumbs.len(), 3);
    assert_eq!(crumbs[2]["name"], news["headline"]);
    let property = |name: &str| -> Vec<String> {
        let metas = article
            .named("meta")
            .into_iter()
            .filter(|meta| meta.attribute("property").as_deref() == Some(name));
        metas.filter_map(|meta| meta.attribute("content")).collect()
    };
    assert_eq!(property("og:type"), ["article"]);
    assert_eq!(
        property("og:locale:alternate"),
        ["en_GB", "ko_KR", "ja_JP", "zh_CN"]
    );
    assert_eq!(property("article:tag"), ["Tàu lai"]);
    assert_eq!(
        property("article:published_time"),
        [news["datePublished"].as_str().unwrap()]
    );
    let home = site
        .pages()
        .find(|(file, _)| *file == "ko/index.html")
        .unwrap()
        .1;
    let block = home
        .named("script")
        .into_iter()
        .find(|script| script.text().contains("SearchAction"))
        .unwrap();
    let data: Value = serde_json::from_str(&block.text()).unwrap();
    let template = data["@graph"][0]["potentialAction"]["target"]["urlTemplate"]
        .as_str()
        .unwrap();
    assert_eq!(
        template,
        format!(
            "{}{}ko/search/?q={{search_term_string}}",
            site.origin, site.base
        )
    );
}

/// The JSON-LD of a page.
fn structured(site: &Published, file: &str) -> Value {
    let page = site.pages().find(|(path, _)| *path == file).unwrap().1;
    let block = page
        .named("script")
        .into_iter()
        .find(|script| script.attribute("type").as_deref() == Some("application/ld+json"));
    serde_json::from_str(&block.unwrap().text()).unwrap()
}

#[test]
fn an_article_tells_machines_what_was_corrected_and_when() {
    let site = published();
    let corrected = "2025-07-15T17:30:00+07:00";
    let news = &structured(site, "en/partners/merger-with-hai-duong/index.html")["@graph"][0];
    assert_eq!(news["dateModified"], corrected);
    let text = "Added that the complex to which Con Son and Kiep Bac belong was inscribed on the World Heritage List on 12 July.";
    let comment = serde_json::json!({ "@type": "CorrectionComment", "datePublished": corrected, "text": text });
    assert_eq!(news["correction"], serde_json::json!([comment]));
    let other = &structured(site, "en/port/deep-water-port/index.html")["@graph"][0];
    assert!(other.get("correction").is_none(), "{other}");
    let feed: Value = serde_json::from_slice(&site.files["en/partners/feed.json"]).unwrap();
    let entries = feed["items"].as_array().unwrap();
    let merger = entries.iter().find(|entry| {
        entry["url"]
            .as_str()
            .unwrap()
            .ends_with("/merger-with-hai-duong/")
    });
    assert_eq!(merger.unwrap()["date_modified"], corrected);
}

#[test]
fn an_article_that_moved_is_found_at_its_earlier_addresses_in_every_language() {
    let site = published();
    for lang in ["vi", "en", "ko", "ja", "zh-Hans"] {
        for earlier in ["port/lach-huyen", "investment/deep-water-port"] {
            let file = format!("{lang}/{earlier}/index.html");
            let page = site.pages().find(|(path, _)| *path == file).unwrap().1;
            let now = format!("{}{lang}/port/deep-water-port/", site.base);
            assert_eq!(page.named("a")[0].attribute("href"), Some(now.clone()));
            let canonical = page.named("link")[0].attribute("href");
            assert_eq!(canonical, Some(format!("{}{now}", site.origin)));
        }
    }
}
