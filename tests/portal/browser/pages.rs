//! The pages that journeys visit, and their expected content, from the published documents and not
//! from the HTML.

use i18n::{month, words, year};
use model::{Lang, Month};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// An article with a headline, in every language.
pub(super) const WITH_HEADLINE: &str = "port/deep-water-port/";
/// An article without a headline, in every language.
pub(super) const WITHOUT_HEADLINE: &str = "culture/cultural-diplomacy-plan/";
/// An article in Vietnamese and English only.
pub(super) const IN_TWO_LANGUAGES: &str = "port/sea-bridge/";
/// The month in which [`IN_TWO_LANGUAGES`] was published.
pub(super) const A_MONTH: &str = "archive/2014/09/";
/// An unknown address.
pub(super) const NOWHERE: &str = "nothing/is/here/";

/// A page in a language.
#[derive(Clone, Debug)]
pub(super) struct Page {
    /// Its language.
    pub(super) lang: Lang,
    /// Its path below the site's base.
    pub(super) path: String,
    /// Its published document.
    pub(super) document: Value,
}

/// Every kind of page in every language that has one: home page, section, article with and without
/// headline, archive, year, month, tags, standing page, untranslated article, unknown address.
pub(super) fn every_kind(folder: &Path) -> Vec<Page> {
    Lang::ALL
        .into_iter()
        .flat_map(|lang| every_kind_in(folder, lang))
        .collect()
}

/// Every kind of page in one language.
pub(super) fn every_kind_in(folder: &Path, lang: Lang) -> Vec<Page> {
    let mut paths = vec!["", "port/", WITH_HEADLINE, WITHOUT_HEADLINE, "pages/about/"];
    paths.extend(["archive/", "archive/2014/", A_MONTH, "tags/"]);
    if !matches!(lang, Lang::Vi | Lang::En) {
        paths.push(IN_TWO_LANGUAGES);
    }
    paths.push(NOWHERE);
    paths
        .into_iter()
        .map(|below| Page::read(folder, lang, below))
        .collect()
}

impl Page {
    /// The page at a path below its language.
    pub(super) fn read(folder: &Path, lang: Lang, below: &str) -> Self {
        let tag = lang.tag();
        let file = if below == NOWHERE {
            format!("{tag}/404.json")
        } else {
            format!("{tag}/{below}index.json")
        };
        let text = fs::read_to_string(folder.join(&file))
            .unwrap_or_else(|error| panic!("{file}: {error}"));
        let document =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        Self {
            lang,
            path: format!("{tag}/{below}"),
            document,
        }
    }

    /// Whether its address is unknown.
    pub(super) fn is_nowhere(&self) -> bool {
        self.document["page"] == "not_found"
    }

    /// Whether search engines may index it: it exists in its language.
    pub(super) fn is_findable(&self) -> bool {
        !self.is_nowhere() && self.document["page"]["untranslated"].is_null()
    }

    /// Whether it is a numbered part of a list.
    pub(super) fn is_part(&self) -> bool {
        self.document["page"]["listing"]["part"]
            .as_u64()
            .is_some_and(|part| part > 0)
    }

    /// The path of its file in the built site.
    pub(super) fn file(&self) -> String {
        if self.is_nowhere() {
            format!("{}/404.html", self.lang.tag())
        } else {
            format!("{}index.html", self.path)
        }
    }

    /// Its canonical address.
    pub(super) fn canonical(&self) -> String {
        let site = &self.document["site"];
        format!(
            "{}{}{}",
            text(&site["origin"]),
            text(&site["base"]),
            self.path
        )
    }

    /// The languages in which it exists.
    pub(super) fn languages(&self) -> Vec<&str> {
        self.document["languages"]
            .as_array()
            .into_iter()
            .flatten()
            .map(text)
            .collect()
    }

    /// The beginning of its heading.
    pub(super) fn heading(&self) -> String {
        let page = &self.document["page"];
        let article = &page["article"];
        if let Some(headline) = article["headline"].as_str() {
            return headline.to_owned();
        }
        if article.is_object() {
            return texts(&article["lead"])
                .concat()
                .trim_matches(['“', '「'])
                .chars()
                .take(20)
                .collect();
        }
        if page["home"].is_object() {
            return text(&self.document["site"]["name"]).to_owned();
        }
        if page["untranslated"].is_object() {
            return words(self.lang).untranslated_title.to_owned();
        }
        if page["tags"].is_object() {
            return words(self.lang).tags.to_owned();
        }
        let whole = |value: &Value| value.as_u64().and_then(|number| u16::try_from(number).ok());
        if page["archive"].is_object() {
            let archive = || words(self.lang).archive.to_owned();
            return whole(&page["archive"]["year"])
                .map_or_else(archive, |shown| year(shown, self.lang));
        }
        let topic = &page["listing"]["topic"];
        if let Some(shown) = whole(&topic["month"]["year"]).zip(whole(&topic["month"]["month"])) {
            let shown = Month {
                year: shown.0,
                month: u8::try_from(shown.1).unwrap(),
            };
            return month(shown, self.lang);
        }
        let names = [
            &topic["section"]["name"],
            &topic["tag"]["name"],
            &page["standing"]["title"],
        ];
        names
            .into_iter()
            .find_map(Value::as_str)
            .unwrap_or(words(self.lang).not_found_title)
            .to_owned()
    }

    /// The texts that its document has for the reader, names of tags and titles of teasers
    /// included.
    pub(super) fn texts(&self) -> Vec<&str> {
        let page = &self.document["page"];
        let mut found: Vec<&str> = ["article", "standing"]
            .iter()
            .flat_map(|kind| [&page[kind]["lead"], &page[kind]["body"]])
            .flat_map(texts)
            .collect();
        let (listing, home) = (&page["listing"], &page["home"]);
        found.extend(listing["description"].as_str());
        found.extend(home["lead"]["title"].as_str());
        for list in [
            &listing["teasers"],
            &home["picks"],
            &home["most_read"],
            &page["article"]["related"],
        ] {
            found.extend(
                list.as_array()
                    .into_iter()
                    .flatten()
                    .map(|teaser| text(&teaser["title"])),
            );
        }
        for list in [&page["tags"]["tags"], &page["article"]["tags"]] {
            found.extend(
                list.as_array()
                    .into_iter()
                    .flatten()
                    .map(|tag| text(&tag["name"])),
            );
        }
        found.extend(
            page["untranslated"]["versions"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|version| text(&version["title"])),
        );
        found
    }
}

/// All texts of runs and blocks, at any depth.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(map) => map
            .iter()
            .flat_map(|(key, value)| match value {
                Value::String(text)
                    if matches!(key.as_str(), "text" | "heading" | "subheading" | "caption") =>
                {
                    vec![text.as_str()]
                }
                Value::String(_) => Vec::new(),
                value => texts(value),
            })
            .collect(),
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no text"))
}
