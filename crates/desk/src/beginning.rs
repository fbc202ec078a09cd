//! A new portal in an empty folder: what everything else needs, to be made one's own afterwards.

mod sections;

use editorial::diagnostics::{Failure, Stop, short, shown};
use editorial::message;
use model::Lang;
use sections::SECTIONS;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// What is asked before a portal begins.
#[derive(Debug, Deserialize)]
pub struct Beginning {
    /// The portal's name, by language. Where one is left out, it is called as in the first one.
    pub names: Map<String, Value>,
    /// Where the public will find it.
    pub origin: String,
    /// The sections, by their slugs.
    pub sections: Vec<String>,
}

/// A section that is offered.
#[derive(Debug, Serialize)]
pub struct Offered {
    /// Its name in addresses.
    pub slug: &'static str,
    /// What it is called, by language.
    pub names: Map<String, Value>,
}

/// The sections that are offered.
pub fn offered() -> Vec<Offered> {
    let all = SECTIONS.iter();
    all.map(|section| Offered {
        slug: section.slug,
        names: by_language(section.names),
    })
    .collect()
}

/// Whether a folder has no portal yet.
pub fn is_needed(content: &Path) -> bool {
    !content.join("site.json").exists()
}

/// Writes the first files. Nothing that is there is overwritten.
///
/// # Errors
/// Where the request is refused, or a file cannot be written.
pub fn begin(content: &Path, beginning: &Beginning) -> Result<Vec<PathBuf>, Stop> {
    if !is_needed(content) {
        let file = shown(&content.join("site.json"));
        return Err(Stop::refused(message!(
            "{file} is there already: nothing was changed",
            file
        )));
    }
    let site = site(beginning, content)?;
    let banners = content.join("banners");
    let mut files = Vec::new();
    for (name, colours) in BANNERS {
        for (ending, width) in [("", 1200), ("-narrow", 600)] {
            let file = banners.join(format!("{name}{ending}.svg"));
            write(&file, &banner(width, colours))?;
            files.push(file);
        }
    }
    // It is the last one, so that a beginning that broke off can be repeated.
    let text =
        serde_json::to_string_pretty(&site).map_err(|error| Failure::new(error.to_string()))?;
    files.push(content.join("site.json"));
    write(&content.join("site.json"), &(text + "\n"))?;
    Ok(files)
}

/// `site.json`.
fn site(beginning: &Beginning, content: &Path) -> Result<Value, Stop> {
    let said = |lang: &Lang| beginning.names.get(lang.tag()).and_then(Value::as_str);
    let said = |lang: &Lang| said(lang).map(str::trim).filter(|name| !name.is_empty());
    let Some(first) = Lang::ALL.iter().find_map(said) else {
        return Err(Stop::refused(message!(
            "the portal has no name: write one in at least one language"
        )));
    };
    let names = Lang::ALL.map(|lang| said(&lang).unwrap_or(first));
    let mut sections = Vec::new();
    for slug in &beginning.sections {
        let known = SECTIONS.iter().find(|known| known.slug == slug.as_str());
        let known = known.ok_or_else(|| {
            Stop::refused(message!(
                "\"{slug}\" is none of the sections that are offered",
                slug = short(slug)
            ))
        })?;
        sections.push(json!({
            "slug": known.slug,
            "names": by_language(known.names),
            "descriptions": by_language(known.descriptions),
        }));
    }
    if sections.is_empty() {
        return Err(Stop::refused(message!(
            "a portal needs at least one section: choose one"
        )));
    }
    let mut site = Map::new();
    if content
        .parent()
        .is_some_and(|beside| beside.join("schemas/site.schema.json").is_file())
    {
        site.insert("$schema".to_owned(), "../schemas/site.schema.json".into());
    }
    let origin = beginning.origin.trim().trim_end_matches('/');
    site.insert("origin".to_owned(), origin.into());
    site.insert("names".to_owned(), by_language(names).into());
    site.insert("slogans".to_owned(), by_language(SLOGANS).into());
    let banners = BANNERS.map(|(name, _)| {
        json!({
            "wide": format!("banners/{name}.svg"),
            "narrow": format!("banners/{name}-narrow.svg"),
            "captions": by_language(names),
            "alternatives": by_language(ALTERNATIVES),
        })
    });
    site.insert("banners".to_owned(), banners.to_vec().into());
    site.insert("sections".to_owned(), sections.into());
    site.insert("pages".to_owned(), json!([]));
    check(&site.into())
}

/// The same, where `site check` can read it.
fn check(site: &Value) -> Result<Value, Stop> {
    use editorial::content::authored::site::Site;
    let text = site.to_string();
    let reading = editorial::json::read::<Site>("site.json", text.as_bytes());
    let origin = site["origin"].as_str().unwrap_or_default();
    if let Err(why) = editorial::check::address::origin::read(origin) {
        return Err(Stop::refused(why));
    }
    match reading.problems.first() {
        None => Ok(site.clone()),
        Some(problem) => Err(Stop::refused(problem.message.clone())),
    }
}

const SLOGANS: [&str; 5] = [
    "Thông tin cho mọi người",
    "Information for everybody",
    "모두를 위한 정보",
    "すべての人に情報を",
    "为所有人提供信息",
];

const ALTERNATIVES: [&str; 5] = [
    "Dải màu với những con sóng",
    "A band of colour with waves",
    "물결무늬가 있는 색 띠",
    "波模様の色の帯",
    "带有波浪的彩色横幅",
];

/// Texts by language, in the order of the tabs.
fn by_language(texts: [&str; 5]) -> Map<String, Value> {
    let pairs = Lang::ALL.into_iter().zip(texts);
    pairs
        .map(|(lang, text)| (lang.tag().to_owned(), text.into()))
        .collect()
}

/// The two drawings to begin with, each with its colours.
const BANNERS: [(&str, [&str; 3]); 2] = [
    ("sea", ["#0a4b7c", "#08406a", "#062b48"]),
    ("shore", ["#7a2b1d", "#5f2016", "#43160f"]),
];

/// A drawing to begin with: waves.
fn banner(width: u32, [sky, far, near]: [&str; 3]) -> String {
    let height = 220;
    let wave = |top: u32, fill: &str| {
        let step = width / 4;
        let high = top - 16;
        format!(
            "  <path fill=\"{fill}\" d=\"M0 {top}q{0} -{1} {2} 0t{2} 0t{2} 0t{2} 0V{height}H0z\"/>\n",
            step / 2,
            high / 6,
            step
        )
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n  \
         <rect width=\"{width}\" height=\"{height}\" fill=\"{sky}\"/>\n{}{}</svg>\n",
        wave(120, far),
        wave(170, near)
    )
}

fn write(file: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(|error| Failure::io("make", folder, &error))?;
    }
    fs::write(file, text).map_err(|error| Failure::io("write", file, &error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Checked;

    fn beginning(origin: &str, sections: &[&str]) -> Beginning {
        serde_json::from_value(
            json!({ "names": { "vi": "Cổng", "en": " " }, "origin": origin, "sections": sections }),
        )
        .unwrap()
    }

    #[test]
    fn a_portal_begins_in_an_empty_folder_without_a_mistake() {
        let place = tempfile::tempdir().unwrap();
        let content = place.path().join("content");
        fs::create_dir(&content).unwrap();
        let all: Vec<&str> = SECTIONS.iter().map(|section| section.slug).collect();
        begin(&content, &beginning("https://portal.example/", &all)).unwrap();
        let checked = Checked::all(&content, None).unwrap();
        let errors: Vec<_> = checked
            .problems
            .iter()
            .filter(|problem| problem.severity.word() == "error")
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
        assert!(begin(&content, &beginning("https://portal.example", &all)).is_err());
    }

    #[test]
    fn what_no_portal_can_be_is_refused_before_anything_is_written() {
        let place = tempfile::tempdir().unwrap();
        for (origin, sections) in [
            ("http://portal.example", &["culture"][..]),
            ("portal", &["culture"]),
            ("https://portal.example", &[]),
            ("https://portal.example", &["../x"]),
            ("https://portal.example", &["unknown"]),
        ] {
            assert!(
                begin(place.path(), &beginning(origin, sections)).is_err(),
                "{origin} {sections:?}"
            );
        }
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    }
}
