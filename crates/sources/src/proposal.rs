//! `site sync --propose`: a `source.json` of what the CMS has, for a person to complete.
//!
//! What is known is filled in: a section of the CMS with the name of one of ours, a locale whose code
//! is that of a language. What only a person can say stays open (`""`), and stops a sync until it is
//! said. Where there is a `source.json`, what was decided in it stays.

mod explanation;

use crate::adapter::Survey;
use crate::client::{Client, Timeouts};
use crate::config::{Config, of_locale};
use crate::record::Record;
use crate::sync::{SyncArguments, Synced, adapter, authorization, unchanged};
use editorial::content::authored::site::Site;
use editorial::diagnostics::{Failure, report, shown};
use editorial::load::SOURCE;
use import::{Portal, excerpt, fold};
use model::Lang;
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::fs;
use std::io::Write as _;
use std::path::Path;

/// The schema beside the content folder, where there is one.
const SCHEMA: &str = "../schemas/source.schema.json";

/// Asks the CMS, and proposes a `source.json`.
///
/// # Errors
/// Where the CMS cannot be asked, or the file not be written.
pub(crate) fn propose(arguments: &SyncArguments) -> Result<Synced, Failure> {
    let content = &arguments.content;
    let portal = Portal::open(content)?;
    let path = content.join(SOURCE);
    let is_new = !path.exists();
    let mut file = if is_new {
        first(arguments)?
    } else {
        existing(&path, arguments)?
    };
    let config = read(&path, &file, portal.site.as_ref())?;
    let client = Client::new(
        &config.address,
        authorization(&config)?,
        Timeouts::of(config.timeout),
    );
    let survey = adapter(&config, &portal, &Record::default())
        .survey(&client)
        .map_err(|error| unchanged(&error))?;
    let proposal = Proposal::of(&survey, &config, portal.site.as_ref(), is_new);
    proposal.add_to(&mut file);
    let text = written(&file);
    let is_written = is_new && !arguments.dry_run;
    if is_written {
        write(&path, &text)?;
    }
    let open = Config::read_open(SOURCE, text.as_bytes(), portal.site.as_ref());
    let open: Vec<String> = (open.1.into_iter().chain(open.2))
        .map(|problem| problem.message.into())
        .collect();
    let name = shown(&path);
    let mut said = String::new();
    if is_new {
        let _ = writeln!(said, "what the keys of {name} mean:\n");
        said.push_str(&explanation::of_keys());
    }
    list(&mut said, "the CMS has:", &proposal.found);
    list(&mut said, "to know:", &proposal.remarks);
    list(&mut said, "to decide:", &open);
    if is_written {
        let _ = writeln!(
            said,
            "{name} was written: complete it, and run `site sync --dry-run`"
        );
    } else if is_new || !proposal.is_empty() {
        let _ = writeln!(
            said,
            "{name} as it could be; save it, where you agree:\n\n{text}"
        );
    } else {
        let _ = writeln!(said, "{name} has all of it: there is nothing to propose");
    }
    Ok(Synced {
        report: said,
        complete: open.is_empty(),
        changes: Vec::new(),
        complaints: Vec::new(),
    })
}

/// A list of sentences with its heading; nothing where there are none.
fn list(said: &mut String, heading: &str, sentences: &[String]) {
    if sentences.is_empty() {
        return;
    }
    let _ = writeln!(said, "{heading}");
    for sentence in sentences {
        let _ = writeln!(said, "  - {sentence}");
    }
    said.push('\n');
}

/// The beginning of a first `source.json`, of the arguments.
fn first(arguments: &SyncArguments) -> Result<Map<String, Value>, Failure> {
    let (Some(system), Some(address)) = (arguments.system, &arguments.address) else {
        return Err(Failure::new(format!(
            "there is no {} yet, so the CMS is not known",
            shown(&arguments.content.join(SOURCE))
        ))
        .help("say which it is: site sync --propose --system strapi --address https://cms.example.vn --token-variable STRAPI_TOKEN"));
    };
    let mut file = Map::new();
    let mut add = |key: &str, value: Value| file.insert(key.to_owned(), value);
    if arguments.content.join(SCHEMA).exists() {
        add("$schema", json!(SCHEMA));
    }
    add("system", json!(system));
    add("address", json!(address.trim_end_matches('/')));
    if let Some(variable) = &arguments.token_variable {
        add("token", json!(variable));
    }
    if let Some(articles) = &arguments.articles {
        add("articles", json!(articles));
    }
    add("source", json!({"name": "", "address": "https://"}));
    add("offset", json!("+07:00"));
    Ok(file)
}

/// The `source.json` that is there.
fn existing(path: &Path, arguments: &SyncArguments) -> Result<Map<String, Value>, Failure> {
    let asked = [
        arguments.system.is_some(),
        arguments.address.is_some(),
        arguments.token_variable.is_some(),
        arguments.articles.is_some(),
    ];
    if asked.contains(&true) {
        return Err(Failure::new(format!(
            "{} says already where the CMS is",
            shown(path)
        ))
        .help("leave out --system, --address, --token-variable and --articles, or move the file away"));
    }
    let bytes = fs::read(path).map_err(|error| Failure::io("read", path, &error))?;
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(file)) => Ok(file),
        _ => Err(mistakes(
            Config::read(&shown(path), bytes, None)
                .err()
                .unwrap_or_default(),
        )),
    }
}

/// What is needed to ask the CMS. What is still to be decided may be open.
fn read(path: &Path, file: &Map<String, Value>, site: Option<&Site>) -> Result<Config, Failure> {
    let bytes = fs::read(path).unwrap_or_else(|_| written(file).into_bytes());
    let (config, problems, _) = Config::read_open(&shown(path), &bytes, site);
    match config {
        Some(config) if config.can_be_asked() => Ok(config),
        _ => Err(mistakes(problems)),
    }
}

fn mistakes(problems: Vec<editorial::diagnostics::Problem>) -> Failure {
    Failure::new("the CMS cannot be asked, and nothing was written").details(report::report(
        problems,
        1,
        Lang::En,
    ))
}

/// Writes the file, unless another one appeared meanwhile.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::File::create_new(path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| Failure::io("write", path, &error))
}

/// What is proposed, by the keys of `source.json`.
#[derive(Debug, Default, PartialEq)]
struct Proposal {
    languages: Map<String, Value>,
    leave_out: Vec<String>,
    fields: Map<String, Value>,
    sections: Map<String, Value>,
    others: Option<&'static str>,
    tags: Map<String, Value>,
    /// What the CMS has, a sentence each.
    found: Vec<String>,
    /// What has to be known, a sentence each.
    remarks: Vec<String>,
}

impl Proposal {
    /// What a survey gives that a configuration does not have. A first one says all of it.
    fn of(survey: &Survey, config: &Config, site: Option<&Site>, is_first: bool) -> Self {
        let mut proposal = Self {
            remarks: survey.remarks.clone(),
            ..Self::default()
        };
        proposal.locales(survey, config, site, is_first);
        for (ours, theirs) in &survey.fields {
            proposal.fields.insert((*ours).to_owned(), json!(theirs));
            proposal.found.push(format!(
                "the field \"{theirs}\", which seems to be \"{ours}\""
            ));
        }
        proposal.sections(survey, config, site, is_first);
        proposal.tags(survey, config, site, is_first);
        proposal
    }

    fn locales(&mut self, survey: &Survey, config: &Config, site: Option<&Site>, is_first: bool) {
        let mut taken: Vec<Lang> = Vec::new();
        // Of two locales of one language, the one that is called as the language has it.
        let mut locales: Vec<(&String, &usize)> = survey.locales.iter().collect();
        locales.sort_by_key(|(locale, count)| {
            (Lang::from_tag(locale).is_none(), usize::MAX - **count)
        });
        for (locale, count) in locales {
            let name = if locale.is_empty() {
                format!("{} without a locale", texts(*count))
            } else {
                format!("{} in the locale \"{locale}\"", texts(*count))
            };
            let is_known =
                config.languages.contains_key(locale) || config.leave_out.contains(locale);
            if is_known || (!is_first && config.language(locale).is_some()) {
                taken.extend(config.language(locale));
                continue;
            }
            let lang = of_locale(locale).filter(|lang| has_language(site, *lang));
            match lang {
                Some(lang) if taken.contains(&lang) => {
                    self.leave_out.push(locale.clone());
                    self.remarks.push(format!(
                        "another locale is \"{}\" as well, so {name} would be left out: decide which of the two comes",
                        lang.tag()
                    ));
                }
                Some(lang) => {
                    taken.push(lang);
                    self.languages.insert(locale.clone(), json!(lang.tag()));
                }
                None => {
                    self.leave_out.push(locale.clone());
                    self.remarks.push(format!(
                        "this portal has no language for {name}, so they would be left out: where they are in one of its languages, move the locale to \"languages\""
                    ));
                }
            }
            self.found.push(name);
        }
    }

    fn sections(&mut self, survey: &Survey, config: &Config, site: Option<&Site>, is_first: bool) {
        for (name, title) in &survey.sections {
            if name.is_empty() {
                if config.others.is_none() {
                    self.others = Some("");
                    self.found
                        .push(format!("articles that have no section: {title}"));
                }
                continue;
            }
            let ours = site
                .into_iter()
                .flat_map(|site| &site.sections)
                .find(|section| section.slug.as_str() == name || is_called(&section.names, title));
            let is_known = config.sections.contains_key(name)
                || (!is_first && ours.is_some_and(|ours| ours.slug.as_str() == name));
            if !is_known {
                let slug = ours.map_or("", |section| section.slug.as_str());
                self.sections.insert(name.clone(), json!(slug));
                self.found
                    .push(format!("the section {}", called(name, title)));
            }
        }
    }

    fn tags(&mut self, survey: &Survey, config: &Config, site: Option<&Site>, is_first: bool) {
        for (name, title) in &survey.tags {
            let ours = site
                .into_iter()
                .flat_map(|site| &site.tags)
                .find(|tag| tag.slug.as_str() == name || is_called(&tag.names, title));
            let is_known = config.tags.contains_key(name)
                || (!is_first && ours.is_some_and(|ours| ours.slug.as_str() == name));
            if !is_known {
                let slug = ours.map_or("", |tag| tag.slug.as_str());
                self.tags.insert(name.clone(), json!(slug));
                self.found.push(format!("the tag {}", called(name, title)));
            }
        }
    }

    /// Whether there is nothing to propose.
    fn is_empty(&self) -> bool {
        self.languages.is_empty()
            && self.leave_out.is_empty()
            && self.fields.is_empty()
            && self.sections.is_empty()
            && self.others.is_none()
            && self.tags.is_empty()
    }

    /// Adds it to a file. What the file says stays.
    fn add_to(&self, file: &mut Map<String, Value>) {
        for (key, all) in [
            ("languages", &self.languages),
            ("fields", &self.fields),
            ("sections", &self.sections),
            ("tags", &self.tags),
        ] {
            if all.is_empty() {
                continue;
            }
            let there = file.entry(key).or_insert_with(|| json!({}));
            for (name, value) in all {
                if let Value::Object(there) = &mut *there {
                    there.entry(name).or_insert_with(|| value.clone());
                }
            }
        }
        if !self.leave_out.is_empty() {
            let there = file.entry("leave_out").or_insert_with(|| json!([]));
            if let Value::Array(there) = there {
                there.extend(self.leave_out.iter().map(|locale| json!(locale)));
            }
        }
        if let Some(others) = self.others {
            file.entry("others").or_insert_with(|| json!(others));
        }
    }
}

fn has_language(site: Option<&Site>, lang: Lang) -> bool {
    site.and_then(|site| site.languages.as_ref())
        .is_none_or(|languages| languages.iter().any(|known| known.0 == lang))
}

/// Whether one of ours has this name in any language.
fn is_called(names: &editorial::content::authored::site::PerLang<String>, title: &str) -> bool {
    let wanted = fold(title);
    Lang::ALL.into_iter().any(|lang| {
        let name = names.get(lang);
        name.trim().eq_ignore_ascii_case(title.trim()) || (wanted.is_some() && fold(name) == wanted)
    })
}

fn called(name: &str, title: &str) -> String {
    if title == name || title.is_empty() {
        format!("\"{name}\"")
    } else {
        format!("\"{name}\" ({})", excerpt(title))
    }
}

fn texts(count: usize) -> String {
    report::count(count, "text")
}

/// The keys, in the order in which a person reads them.
const ORDER: [&str; 13] = [
    "$schema",
    "system",
    "address",
    "token",
    "articles",
    "source",
    "offset",
    "languages",
    "leave_out",
    "fields",
    "sections",
    "others",
    "tags",
];

/// The file's text.
fn written(file: &Map<String, Value>) -> String {
    let known = ORDER.iter().filter_map(|key| file.get_key_value(*key));
    let others = file
        .iter()
        .filter(|(key, _)| !ORDER.contains(&key.as_str()));
    let lines: Vec<String> = known
        .chain(others)
        .map(|(key, value)| {
            let value = serde_json::to_string_pretty(value).unwrap_or_default();
            format!("  {}: {}", json!(key), value.replace('\n', "\n  "))
        })
        .collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn config(further: &str) -> Config {
        let text = format!(
            r#"{{"system": "strapi", "address": "https://cms.example", "source": {{"name": "A", "address": "https://a.example/"}}{further}}}"#
        );
        Config::read_open("source.json", text.as_bytes(), None)
            .0
            .unwrap()
    }

    fn survey() -> Survey {
        let map = |pairs: &[(&str, &str)]| {
            let owned = pairs
                .iter()
                .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
            owned.collect::<BTreeMap<String, String>>()
        };
        let locales = [
            ("vi", 9),
            ("en-GB", 2),
            ("en", 1),
            ("fr", 3),
            ("uk", 1),
            ("zh-TW", 1),
        ];
        Survey {
            locales: locales
                .map(|(locale, count)| (locale.to_owned(), count))
                .into(),
            sections: map(&[("tin-cang", "Tin cảng"), ("", "2 texts without one")]),
            tags: map(&[("doi-tac", "Đối tác")]),
            fields: BTreeMap::from([("body", "content".to_owned())]),
            remarks: vec!["x".to_owned()],
        }
    }

    #[test]
    fn what_is_known_is_filled_in_and_the_rest_is_open() {
        let proposal = Proposal::of(&survey(), &config(""), None, true);
        let mut file = Map::new();
        proposal.add_to(&mut file);
        assert_eq!(
            Value::Object(file),
            json!({
                "languages": {"vi": "vi", "en": "en"},
                "leave_out": ["fr", "en-GB", "uk", "zh-TW"],
                "fields": {"body": "content"},
                "sections": {"tin-cang": ""}, "others": "", "tags": {"doi-tac": ""},
            })
        );
        let said = proposal.remarks.join("\n");
        assert!(
            said.contains("no language for 3 texts in the locale \"fr\""),
            "{said}"
        );
        assert!(said.contains("another locale is \"en\" as well"), "{said}");
    }

    #[test]
    fn a_decision_that_was_made_is_not_proposed_again() {
        let decided = r#", "languages": {"uk": "en"}, "leave_out": ["fr", "zh-TW", "en", "en-GB"], "fields": {"body": "content"},
            "sections": {"tin-cang": "port"}, "others": "city", "tags": {"doi-tac": "-"}"#;
        let mut survey = survey();
        survey.fields.clear();
        let proposal = Proposal::of(&survey, &config(decided), None, false);
        assert!(proposal.is_empty(), "{proposal:?}");
        survey.sections.insert("moi".to_owned(), "Mới".to_owned());
        let proposal = Proposal::of(&survey, &config(decided), None, false);
        let mut file = Map::from_iter([("sections".to_owned(), json!({"tin-cang": "port"}))]);
        proposal.add_to(&mut file);
        assert_eq!(file["sections"], json!({"tin-cang": "port", "moi": ""}));
        assert_eq!(file.len(), 1, "{file:?}");
    }

    #[test]
    fn a_code_that_only_people_guess_is_no_language() {
        for (locale, lang) in [
            ("vi-VN", Some(Lang::Vi)),
            ("en_US", Some(Lang::En)),
            ("zh", Some(Lang::ZhHans)),
            ("zh-Hans", Some(Lang::ZhHans)),
            ("zh-Hant", None),
            ("zh-HK", None),
            ("uk", None),
            ("cn", None),
            ("", None),
        ] {
            assert_eq!(of_locale(locale), lang, "{locale}");
        }
    }
}
