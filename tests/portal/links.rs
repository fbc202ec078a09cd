//! Every address in a whole site leads to something, in pages and in machine-readable files.

use crate::published::{Published, published};
use crate::tree::Element;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// All addresses of a page, each with its element and attribute.
fn addresses_in(page: &Element) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for element in page.all() {
        let name = element.name();
        for (key, value) in element.attributes() {
            match key.as_str() {
                "href" | "src" | "poster" | "action" => {
                    found.push((format!("{name} {key}"), value));
                }
                "srcset" | "imagesrcset" => {
                    let files = value
                        .split(',')
                        .filter_map(|candidate| candidate.split_whitespace().next());
                    found.extend(files.map(|file| (format!("{name} {key}"), file.to_owned())));
                }
                "content" if is_address_property(&element) => {
                    found.push((format!("{name} {key}"), value));
                }
                "content" if element.attribute("http-equiv").as_deref() == Some("refresh") => {
                    let address = value.split("url=").nth(1).unwrap_or_default();
                    found.push(("refresh".to_owned(), address.to_owned()));
                }
                _ => {}
            }
        }
        if element.attribute("type").as_deref() == Some("application/ld+json") {
            let data: Value = serde_json::from_str(&element.text()).unwrap();
            found.extend(
                addresses_in_json(&data)
                    .into_iter()
                    .map(|address| ("JSON-LD".to_owned(), address)),
            );
        }
    }
    found
}

fn is_address_property(element: &Element) -> bool {
    ["og:image", "og:url"].contains(&element.attribute("property").unwrap_or_default().as_str())
}

/// All texts of a JSON value that are addresses: full ones, or paths from the host's root.
fn addresses_in_json(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if text.starts_with("https://") || text.starts_with('/') => {
            vec![text.clone()]
        }
        Value::Array(values) => values.iter().flat_map(addresses_in_json).collect(),
        Value::Object(values) => values.values().flat_map(addresses_in_json).collect(),
        _ => Vec::new(),
    }
}

fn addresses_in_xml(text: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(text).unwrap();
    let mut found = Vec::new();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        found.extend(node.attribute("href").map(str::to_owned));
        if ["loc", "id"].contains(&node.tag_name().name()) {
            // The name of an article's entry is no address.
            let address = node.text().filter(|text| !text.starts_with("tag:"));
            found.extend(address.map(str::to_owned));
        }
    }
    found
}

/// All addresses of the site, each with its file and place.
fn addresses(site: &Published) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for (file, page) in site.pages() {
        found.extend(
            addresses_in(&page)
                .into_iter()
                .map(|(place, address)| (file.to_owned(), place, address)),
        );
    }
    for (file, text) in site.texts(".xml") {
        found.extend(
            addresses_in_xml(text)
                .into_iter()
                .map(|address| (file.to_owned(), "XML".to_owned(), address)),
        );
    }
    for (file, text) in site.texts("feed.json").chain(site.texts(".webmanifest")) {
        let value: Value = serde_json::from_str(text).unwrap();
        let addresses = addresses_in_json(&value)
            .into_iter()
            .filter(|address| !address.contains("jsonfeed.org"));
        found.extend(addresses.map(|address| (file.to_owned(), "JSON".to_owned(), address)));
    }
    for (file, text) in site.texts("robots.txt") {
        let addresses = text
            .lines()
            .filter_map(|line| line.strip_prefix("Sitemap: "));
        found.extend(
            addresses.map(|address| (file.to_owned(), "robots".to_owned(), address.to_owned())),
        );
    }
    for (file, text) in site.texts("_redirects") {
        let targets = text.lines().filter_map(|line| line.split(' ').nth(1));
        found.extend(targets.map(|to| {
            (
                file.to_owned(),
                "moved".to_owned(),
                to.replace(":splat", ""),
            )
        }));
    }
    found
}

#[test]
fn no_internal_link_is_dead() {
    let site = published();
    let ids: BTreeMap<&str, BTreeSet<String>> = site
        .pages()
        .map(|(file, page)| {
            (
                file,
                page.all()
                    .iter()
                    .filter_map(|element| element.attribute("id"))
                    .collect(),
            )
        })
        .collect();
    let (mut kinds, mut dead): (BTreeMap<String, usize>, Vec<String>) =
        (BTreeMap::new(), Vec::new());
    for (file, place, address) in addresses(site) {
        let fragment = address.split_once('#').map(|(_, fragment)| fragment);
        let target = if address.starts_with('#') {
            Some(file.clone())
        } else {
            site.file_of(&address)
        };
        let Some(target) = target else {
            let elsewhere = ["https://", "http://", "mailto:", "tel:"]
                .iter()
                .any(|start| address.starts_with(start));
            if !elsewhere || address.starts_with(&site.origin) {
                dead.push(format!("{file}: {place} leads out of the site: {address}"));
            }
            continue;
        };
        *kinds.entry(place.clone()).or_default() += 1;
        if !site.files.contains_key(&target) {
            dead.push(format!("{file}: {place} leads nowhere: {address}"));
        } else if let Some(id) = fragment.filter(|id| !id.is_empty())
            && !ids.get(target.as_str()).is_some_and(|ids| ids.contains(id))
        {
            dead.push(format!(
                "{file}: {place} leads to no place in the page: {address}"
            ));
        }
    }
    println!("links that were followed: {kinds:?}");
    assert!(
        dead.is_empty(),
        "{} dead links, among them:\n{}",
        dead.len(),
        dead[..dead.len().min(20)].join("\n")
    );
    for kind in [
        "a href",
        "link href",
        "img src",
        "script src",
        "JSON-LD",
        "XML",
        "JSON",
        "robots",
        "moved",
        "refresh",
    ] {
        assert!(
            kinds.get(kind).is_some_and(|&count| count > 0),
            "no link of the kind \"{kind}\" was found"
        );
    }
}

/// The versions that an address declares: language to address.
type Versions = BTreeMap<String, String>;

fn in_heads(site: &Published) -> BTreeMap<String, Versions> {
    let mut found = BTreeMap::new();
    for (file, page) in site.pages() {
        let links = page.named("link");
        let canonical = links
            .iter()
            .find(|link| link.attribute("rel").as_deref() == Some("canonical"));
        let Some(canonical) = canonical.and_then(|link| link.attribute("href")) else {
            continue;
        };
        // A page that moved has another page's address as its canonical one.
        if canonical != format!("{}{}", site.origin, site.path_of(file)) {
            continue;
        }
        let versions = links
            .iter()
            .filter_map(|link| Some((link.attribute("hreflang")?, link.attribute("href")?)));
        found.insert(canonical, versions.collect());
    }
    found
}

fn in_the_sitemap(site: &Published) -> BTreeMap<String, Versions> {
    let mut found = BTreeMap::new();
    for (_, text) in site
        .texts(".xml")
        .filter(|(file, _)| file.starts_with("sitemaps/"))
    {
        let document = roxmltree::Document::parse(text).unwrap();
        for url in document
            .descendants()
            .filter(|node| node.tag_name().name() == "url")
        {
            let child = |name| {
                url.children()
                    .filter(move |node| node.tag_name().name() == name)
            };
            let loc = child("loc").next().unwrap().text().unwrap().to_owned();
            let versions = child("link").map(|link| {
                ["hreflang", "href"].map(|key| link.attribute(key).unwrap().to_owned())
            });
            let before = found.insert(
                loc.clone(),
                versions.map(|[lang, address]| (lang, address)).collect(),
            );
            assert!(before.is_none(), "{loc} is listed twice");
        }
    }
    found
}

/// The inconsistencies in the versions that addresses declare.
fn one_sided(claimed: &BTreeMap<String, Versions>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (address, versions) in claimed.iter().filter(|(_, versions)| !versions.is_empty()) {
        if !versions
            .iter()
            .any(|(lang, other)| lang != "x-default" && other == address)
            && versions.get("x-default") != Some(address)
        {
            wrong.push(format!("{address} does not list itself"));
        }
        for (lang, other) in versions {
            match claimed.get(other) {
                None => wrong.push(format!(
                    "{address}: the version for {lang}, {other}, is not there"
                )),
                Some(back) if back != versions => {
                    wrong.push(format!("{address} and {other} list other versions"));
                }
                Some(_) => {}
            }
        }
    }
    wrong
}

#[test]
fn every_version_of_a_page_lists_all_versions_in_heads_and_in_the_sitemap() {
    let site = published();
    let (heads, sitemap) = (in_heads(site), in_the_sitemap(site));
    assert_eq!(one_sided(&heads), Vec::<String>::new());
    assert_eq!(one_sided(&sitemap), Vec::<String>::new());
    for (address, versions) in &sitemap {
        assert_eq!(
            heads.get(address),
            Some(versions),
            "{address}: its head and the sitemap differ"
        );
    }
    let listed: BTreeSet<&String> = sitemap.keys().collect();
    let with_versions = heads
        .iter()
        .filter(|(_, versions)| !versions.is_empty())
        .map(|(address, _)| address);
    let missing: Vec<&String> = with_versions
        .filter(|address| !listed.contains(address))
        .collect();
    // Search pages are not worth a visit by a crawler.
    assert!(
        missing.iter().all(|address| address.ends_with("/search/")),
        "not in the sitemap: {missing:?}"
    );
    println!(
        "{} pages with their versions in the sitemap, {} in heads",
        sitemap.len(),
        heads.len()
    );
}

#[test]
fn a_version_that_does_not_link_back_is_noticed() {
    let versions = |pairs: &[(&str, &str)]| {
        pairs
            .iter()
            .map(|(lang, address)| ((*lang).to_owned(), (*address).to_owned()))
            .collect::<Versions>()
    };
    let both = versions(&[("vi", "a"), ("ko", "b")]);
    let claimed = |b: &Versions| {
        BTreeMap::from([("a".to_owned(), both.clone()), ("b".to_owned(), b.clone())])
    };
    assert_eq!(one_sided(&claimed(&both)), Vec::<String>::new());
    assert!(!one_sided(&claimed(&versions(&[("ko", "b")]))).is_empty());
    assert!(!one_sided(&BTreeMap::from([("a".to_owned(), both.clone())])).is_empty());
    assert!(
        !one_sided(&BTreeMap::from([(
            "a".to_owned(),
            versions(&[("ko", "a2")])
        )]))
        .is_empty()
    );
}
