//! The mapping file: what an export's categories, tags and authors are called here.

use editorial::check::address;
use editorial::content::authored::article::Source;
use editorial::content::authored::site::Site;
use editorial::diagnostics::{Message, Problem};
use editorial::json::{self, Cursor, nearest};
use editorial::load::names;
use model::{Lang, Slug};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A mapping from an export's names to those of this portal.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Mapping {
    /// The source of the news.
    pub source: Source,
    /// The newsroom's clock: its offset from UTC, `+07:00`. Where it is missing, the export's dates
    /// give it.
    pub offset: Option<String>,
    /// The language of texts that do not name theirs.
    pub language: Option<Lang>,
    /// The language of single texts by their numbers, of categories by their slugs, and of the codes
    /// that the export has.
    #[serde(default)]
    pub languages: BTreeMap<String, Lang>,
    /// The language of each site that has one alone, by the site's address.
    #[serde(default)]
    pub sites: BTreeMap<String, Lang>,
    /// The section of each category, by the category's slug in WordPress.
    #[serde(default)]
    pub sections: BTreeMap<String, Slug>,
    /// The section of all other categories.
    pub others: Option<Slug>,
    /// The categories whose articles are left out.
    #[serde(default)]
    pub leave_out: Vec<String>,
    /// The section that pages become articles of; without it pages are left out.
    pub pages: Option<Slug>,
    /// The tag of each tag, by its slug in WordPress.
    #[serde(default)]
    pub tags: BTreeMap<String, Slug>,
    /// The name of each author, by the login name in WordPress; an empty name for none.
    #[serde(default)]
    pub authors: BTreeMap<String, String>,
    /// The kinds of content that are articles; `post` where it is left out.
    #[serde(default = "posts")]
    pub types: Vec<String>,
}

fn posts() -> Vec<String> {
    vec!["post".to_owned()]
}

impl Mapping {
    /// Reads a mapping file's bytes. `site` is the portal that it maps to, where there is one.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn read(name: &str, bytes: &[u8], site: Option<&Site>) -> Result<Self, Vec<Problem>> {
        let reading = json::read::<Self>(name, bytes);
        let cursor = reading.root();
        let mut problems = Vec::new();
        if let Some(mapping) = &reading.value {
            let names = Names::of(site);
            for (category, section) in &mapping.sections {
                let place = cursor.key("sections").key(category);
                problems.extend(names.section(place, section));
            }
            for (key, section) in [("others", &mapping.others), ("pages", &mapping.pages)] {
                let section = section.as_ref();
                problems
                    .extend(section.and_then(|section| names.section(cursor.key(key), section)));
            }
            for (name, tag) in &mapping.tags {
                problems.extend(names.tag(cursor.key("tags").key(name), tag));
            }
            let clock = mapping.offset.as_deref();
            problems.extend(clock.and_then(|text| check_offset(cursor.key("offset"), text)));
            problems.extend(check_source(cursor.key("source"), &mapping.source));
        }
        problems.extend(reading.problems);
        reading
            .value
            .filter(|_| problems.is_empty())
            .ok_or(problems)
    }
}

/// The sections and tags that a file which maps to a portal may name.
pub struct Names<'a> {
    /// `None` where there is no `site.json` yet.
    sections: Option<Vec<&'a str>>,
    tags: Option<Vec<&'a str>>,
}

impl<'a> Names<'a> {
    /// Those of a portal.
    pub fn of(site: Option<&'a Site>) -> Self {
        Self {
            sections: site.map(|site| site.sections.iter().map(|s| s.slug.as_str()).collect()),
            tags: site.map(|site| site.tags.iter().map(|tag| tag.slug.as_str()).collect()),
        }
    }

    /// What is wrong with a section that is named at a place.
    pub fn section(&self, place: Cursor<'_>, slug: &Slug) -> Option<Problem> {
        unknown("section", slug, self.sections.as_deref())
            .map(|message| place.problem(Message::verbatim(message)))
    }

    /// What is wrong with a tag that is named at a place.
    pub fn tag(&self, place: Cursor<'_>, slug: &Slug) -> Option<Problem> {
        unknown("tag", slug, self.tags.as_deref())
            .map(|message| place.problem(Message::verbatim(message)))
    }
}

fn unknown(what: &str, slug: &Slug, known: Option<&[&str]>) -> Option<String> {
    if let Err((message, _)) = names::slug(slug.as_str()) {
        return Some(message.into());
    }
    let known = known?;
    (!known.contains(&slug.as_str())).then(|| match nearest(slug.as_str(), known.iter().copied()) {
        Some(right) => format!("site.json has no {what} \"{slug}\": did you mean \"{right}\"?"),
        None => format!("site.json has no {what} \"{slug}\""),
    })
}

/// What is wrong with the offset of a newsroom's clock.
pub fn check_offset(place: Cursor<'_>, text: &str) -> Option<Problem> {
    offset(text).is_none().then(|| {
        place
            .problem(Message::verbatim("the offset is not of the form +07:00"))
            .help(Message::verbatim(
                "write how far the newsroom's clock is ahead of UTC",
            ))
    })
}

/// What is wrong with the source of the news.
pub fn check_source(place: Cursor<'_>, source: &Source) -> Vec<Problem> {
    let mut problems = Vec::new();
    if !address::read(&source.address).is_ok_and(|to| to.as_str().starts_with("https://")) {
        let problem = place.key("address").problem(Message::verbatim(
            "the source's address must begin with https://",
        ));
        problems.push(problem.help(Message::verbatim("for example https://haiphong.gov.vn/")));
    }
    if source.name.trim().is_empty() || super::marks::plain(&source.name).1 {
        problems.push(
            place
                .key("name")
                .problem(Message::verbatim("the source needs a name, on one line")),
        );
    }
    problems
}

/// Minutes east of UTC: `+07:00` gives 420.
pub fn offset(text: &str) -> Option<i16> {
    let (sign, rest) = text
        .strip_prefix('+')
        .map(|rest| (1, rest))
        .or_else(|| Some((-1, text.strip_prefix('-')?)))?;
    let (hours, minutes) = rest
        .split_once(':')
        .filter(|(hours, minutes)| hours.len() == 2 && minutes.len() == 2)?;
    if !rest
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b':')
    {
        return None;
    }
    let (hours, minutes): (i16, i16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let all = hours.checked_mul(60)?.checked_add(minutes)?;
    ((0..60).contains(&minutes) && (0..=14 * 60).contains(&all)).then_some(sign * all)
}

/// What a mapping has to say of languages.
#[derive(Default)]
pub struct Asked {
    /// The numbers of texts whose language is not known.
    pub texts: Vec<String>,
    /// The addresses of sites whose language is not known.
    pub sites: Vec<String>,
}

/// The languages of a mapping, with an empty place for each that is asked for.
fn languages(known: Option<&BTreeMap<String, Lang>>, asked: &[String]) -> Vec<(String, String)> {
    let known = known.into_iter().flatten();
    let mut all: BTreeMap<String, String> = known
        .map(|(name, lang)| (name.clone(), lang.tag().to_owned()))
        .collect();
    for name in asked {
        all.entry(name.clone()).or_default();
    }
    all.into_iter().collect()
}

/// A mapping to complete and save: what is known, and an empty section for each category that has
/// none.
pub fn template(
    mapping: Option<&Mapping>,
    missing: &BTreeMap<String, String>,
    asked: &Asked,
    site: Option<&Site>,
) -> String {
    let known = |slug: &str| {
        site.is_some_and(|site| {
            site.sections
                .iter()
                .any(|section| section.slug.as_str() == slug)
        })
    };
    let mut sections: BTreeMap<&str, &str> = BTreeMap::new();
    for (category, section) in mapping.iter().flat_map(|mapping| &mapping.sections) {
        sections.insert(category, section.as_str());
    }
    for category in missing.keys().filter(|category| !category.is_empty()) {
        sections.insert(category, if known(category) { category } else { "" });
    }
    let source = mapping.map(|mapping| {
        (
            mapping.source.name.as_str(),
            mapping.source.address.as_str(),
        )
    });
    let (name, address) = source.unwrap_or(("", "https://"));
    let mut lines = vec![format!(
        "  \"source\": {{ \"name\": {}, \"address\": {} }}",
        quoted(name),
        quoted(address)
    )];
    let mut text = |key: &str, value: Option<&str>| {
        lines.extend(value.map(|value| format!("  \"{key}\": {}", quoted(value))));
    };
    text(
        "offset",
        mapping.map_or(Some("+07:00"), |mapping| mapping.offset.as_deref()),
    );
    text(
        "language",
        mapping.map_or(Some("vi"), |mapping| mapping.language.map(Lang::tag)),
    );
    text(
        "others",
        mapping
            .and_then(|mapping| mapping.others.as_ref())
            .map(Slug::as_str),
    );
    text(
        "pages",
        mapping
            .and_then(|mapping| mapping.pages.as_ref())
            .map(Slug::as_str),
    );
    let objects = |map: Vec<(&str, &str)>| {
        map.iter()
            .map(|(key, value)| format!("    {}: {}", quoted(key), quoted(value)))
            .collect::<Vec<_>>()
            .join(",\n")
    };
    lines.push(format!(
        "  \"sections\": {{\n{}\n  }}",
        objects(sections.into_iter().collect())
    ));
    let tags: Vec<_> = mapping
        .iter()
        .flat_map(|mapping| &mapping.tags)
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let authors: Vec<_> = mapping
        .iter()
        .flat_map(|mapping| &mapping.authors)
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let of_texts = languages(mapping.map(|mapping| &mapping.languages), &asked.texts);
    let of_sites = languages(mapping.map(|mapping| &mapping.sites), &asked.sites);
    let pairs = |map: &[(String, String)]| {
        let pair =
            |(key, value): &(String, String)| format!("    {}: {}", quoted(key), quoted(value));
        map.iter().map(pair).collect::<Vec<_>>().join(",\n")
    };
    for (key, map) in [("languages", of_texts), ("sites", of_sites)] {
        if !map.is_empty() {
            lines.push(format!("  \"{key}\": {{\n{}\n  }}", pairs(&map)));
        }
    }
    for (key, map) in [("tags", tags), ("authors", authors)] {
        if !map.is_empty() {
            lines.push(format!("  \"{key}\": {{\n{}\n  }}", objects(map)));
        }
    }
    for (key, list) in [
        ("leave_out", mapping.map(|m| &m.leave_out)),
        ("types", mapping.map(|m| &m.types)),
    ] {
        let list: Vec<String> = list
            .into_iter()
            .flatten()
            .map(|name| quoted(name))
            .collect();
        if !list.is_empty() && list != ["\"post\""] {
            lines.push(format!("  \"{key}\": [{}]", list.join(", ")));
        }
    }
    format!("{{\n{}\n}}", lines.join(",\n"))
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_is_read() {
        for (text, minutes) in [
            ("+07:00", Some(420)),
            ("-03:30", Some(-210)),
            ("+14:00", Some(840)),
            ("-14:00", Some(-840)),
            ("07:00", None),
            ("+7", None),
            ("+15:00", None),
            ("+14:30", None),
            ("+-1:00", None),
            ("++7:00", None),
        ] {
            assert_eq!(offset(text), minutes, "{text}");
        }
    }

    #[test]
    fn a_template_is_a_mapping_as_soon_as_it_is_filled_in() {
        let missing = BTreeMap::from([
            ("tin-\"x\"".to_owned(), String::new()),
            ("port".to_owned(), String::new()),
        ]);
        let text = template(None, &missing, &Asked::default(), None);
        assert!(
            Mapping::read("m", text.as_bytes(), None).is_err(),
            "empty places are named"
        );
        let filled = text
            .replace(": \"\"", ": \"port\"")
            .replace("https://", "https://a.example/");
        let mapping = Mapping::read("m", filled.as_bytes(), None)
            .unwrap_or_else(|problems| panic!("{problems:?}"));
        assert_eq!(mapping.sections.len(), 2);
        let again = template(Some(&mapping), &BTreeMap::new(), &Asked::default(), None);
        assert!(
            Mapping::read("m", again.as_bytes(), None).is_ok(),
            "{again}"
        );
    }

    #[test]
    fn no_section_and_no_tag_has_the_name_of_a_device() {
        let source = "\"source\": { \"name\": \"a\", \"address\": \"https://a.example/\" }";
        for entry in [
            "\"sections\": { \"a\": \"con\" }",
            "\"others\": \"nul\"",
            "\"pages\": \"com1\"",
            "\"tags\": { \"a\": \"lpt9\" }",
        ] {
            let problems = Mapping::read("m", format!("{{ {source}, {entry} }}").as_bytes(), None)
                .err()
                .unwrap();
            assert!(
                problems[0].message.contains("the name of a device"),
                "{entry}: {}",
                problems[0].message
            );
        }
    }

    #[test]
    fn a_mistake_is_named_at_its_place() {
        let text = "{\n  \"source\": { \"name\": \"a\", \"address\": \"http://a.example\" },\n  \"ofset\": \"7\"\n}";
        let problems = Mapping::read("m.json", text.as_bytes(), None)
            .err()
            .unwrap();
        assert_eq!(
            problems[0].message,
            "unknown key \"ofset\": did you mean \"offset\"?"
        );
        assert_eq!(problems[0].location.as_ref().unwrap().line, 3);
    }
}
