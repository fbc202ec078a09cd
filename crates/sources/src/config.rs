//! `source.json`: where the CMS is, and what its names mean here.

mod choice;
mod forms;

pub(crate) use choice::Choice;

use clap::ValueEnum;
use editorial::content::authored::article::Source;
use editorial::content::authored::form::LanguageTag;
use editorial::content::authored::site::Site;
use editorial::content::authored::words::Language;
use editorial::diagnostics::{Message, Problem};
use editorial::json::{self, Cursor};
use forms::{CmsAddress, Offset, Seconds, SystemName, Variable};
use import::mapping::{Names, check_offset, check_source};
use model::{Lang, Slug};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A system that articles can come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase", try_from = "String")]
#[value(rename_all = "lower")]
pub(crate) enum System {
    /// Strapi 5.
    Strapi,
    /// Wagtail, with version 2 of its API.
    Wagtail,
    /// WordPress.
    WordPress,
}

impl System {
    /// What it calls its articles, unless it is told otherwise; empty where that has to be told.
    fn articles(self) -> &'static str {
        match self {
            Self::Strapi => "articles",
            Self::WordPress => "posts",
            Self::Wagtail => "",
        }
    }

    /// The names of all systems, as `source.json` has them.
    fn names() -> Vec<String> {
        let values = Self::value_variants().iter();
        values
            .filter_map(|system| Some(system.to_possible_value()?.get_name().to_owned()))
            .collect()
    }
}

impl TryFrom<String> for System {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::from_str(&name, false).map_err(|_| {
            format!(
                "\"{}\" is not a system that articles come from: write one of {}",
                name.escape_debug(),
                Self::names().join(", ")
            )
        })
    }
}

/// Where the CMS is, and what its names mean here.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Config {
    /// The JSON Schema that a text editor completes and checks this file with; nothing else reads it.
    #[serde(rename = "$schema")]
    _schema: Option<String>,
    /// The system that articles come from.
    #[schemars(with = "SystemName")]
    pub(crate) system: System,
    /// The address of the CMS, without the path of its API and without a slash at the end.
    #[schemars(with = "CmsAddress")]
    pub(crate) address: String,
    /// The name of the environment variable that holds the token; without it, nothing is sent, and the CMS has to let everybody read.
    #[schemars(with = "Option<Variable>")]
    pub(crate) token: Option<String>,
    /// The path at which Wagtail's project has mounted the API. Left out, it is /api/v2.
    pub(crate) api: Option<String>,
    /// What the CMS calls its articles: for Strapi the plural name of the content type, for WordPress the name of the type in its REST interface, for Wagtail the type of the pages: news.ArticlePage. Left out, it is articles for Strapi and posts for WordPress.
    #[serde(default)]
    pub(crate) articles: String,
    /// What the CMS calls the fields of an article, by our names; "" for what it does not have. A field that is left out has the same name there.
    #[serde(default)]
    pub(crate) fields: Fields,
    /// The language of each locale. One that is left out is taken for the language that its code names.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, LanguageTag>")]
    pub(crate) languages: BTreeMap<String, Language>,
    /// The language of texts that do not say theirs; for a WordPress without languages.
    #[schemars(with = "Option<LanguageTag>")]
    pub(crate) language: Option<Language>,
    /// The locales whose texts are left out without a word.
    #[serde(default)]
    pub(crate) leave_out: Vec<String>,
    /// The source that articles name: who publishes the news, and where.
    pub(crate) source: Source,
    /// How far the newsroom's clock is ahead of UTC: +07:00. Left out, it is +00:00.
    #[serde(default = "utc")]
    #[schemars(with = "Offset")]
    pub(crate) offset: String,
    /// The section of each section of the CMS, by its slug there. One that is left out is the section with the same slug.
    #[serde(default)]
    pub(crate) sections: BTreeMap<String, Choice>,
    /// The section of articles that have none. Left out, they are not brought over, and named.
    pub(crate) others: Option<Choice>,
    /// How many seconds the CMS may take for an answer: from 1 to 600. Left out, it is 60.
    #[serde(default = "a_minute")]
    #[schemars(with = "Seconds")]
    pub(crate) timeout: u64,
    /// The tag of each tag of the CMS, by its slug there; "-" for one that articles lose without a word. One that is left out is the tag with the same slug.
    #[serde(default)]
    pub(crate) tags: BTreeMap<String, Choice>,
}

/// The fields of an article in the CMS, by our names; "" for none.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "an object")]
pub(crate) struct Fields {
    /// The title.
    pub(crate) title: String,
    /// The name in addresses.
    pub(crate) slug: String,
    /// What stands before the text.
    pub(crate) lead: String,
    /// The text.
    pub(crate) body: String,
    /// When it was published, where that is not the moment that the CMS itself keeps.
    pub(crate) published: String,
    /// The section.
    pub(crate) section: String,
    /// The tags.
    pub(crate) tags: String,
    /// The picture above the text.
    pub(crate) cover: String,
    /// Who wrote it.
    pub(crate) author: String,
    /// How often it was read.
    pub(crate) views: String,
    /// Only where the system has no languages of its own: what says the language of an entry.
    pub(crate) language: String,
    /// Likewise: what the translations of one article have in common.
    pub(crate) translation_group: String,
    /// The name of the source, where articles have one each.
    pub(crate) source: String,
    /// The address of the source, likewise.
    pub(crate) source_address: String,
}

impl Default for Fields {
    fn default() -> Self {
        let same = str::to_owned;
        Self {
            title: same("title"),
            slug: same("slug"),
            lead: same("lead"),
            body: same("body"),
            published: same("published"),
            section: same("section"),
            tags: same("tags"),
            cover: same("cover"),
            author: same("author"),
            views: same("views"),
            language: String::new(),
            translation_group: String::new(),
            source: same("source"),
            source_address: same("source_address"),
        }
    }
}

impl Fields {
    /// What the CMS calls one of our fields; "" for one that we do not have.
    pub(crate) fn named(&self, ours: &str) -> &str {
        match ours {
            "title" => &self.title,
            "slug" => &self.slug,
            "lead" => &self.lead,
            "body" => &self.body,
            "published" => &self.published,
            "section" => &self.section,
            "tags" => &self.tags,
            "cover" => &self.cover,
            "author" => &self.author,
            "views" => &self.views,
            "language" => &self.language,
            "translation_group" => &self.translation_group,
            "source" => &self.source,
            "source_address" => &self.source_address,
            _ => "",
        }
    }
}

fn a_minute() -> u64 {
    60
}

fn utc() -> String {
    "+00:00".to_owned()
}

impl Config {
    /// Reads the file's bytes. `site` is the portal that it maps to.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub(crate) fn read(
        name: &str,
        bytes: &[u8],
        site: Option<&Site>,
    ) -> Result<Self, Vec<Problem>> {
        let (config, problems, open) = Self::read_open(name, bytes, site);
        let problems: Vec<Problem> = problems.into_iter().chain(open).collect();
        config.filter(|_| problems.is_empty()).ok_or(problems)
    }

    /// Reads the file's bytes where decisions may be open: the mistakes, and the open decisions.
    pub(crate) fn read_open(
        name: &str,
        bytes: &[u8],
        site: Option<&Site>,
    ) -> (Option<Self>, Vec<Problem>, Vec<Problem>) {
        let reading = json::read::<Self>(name, bytes);
        let (mut problems, mut open) = (Vec::new(), Vec::new());
        if let Some(config) = &reading.value {
            config.check(reading.root(), &mut problems);
            config.check_choices(reading.root(), site, &mut problems, &mut open);
        }
        problems.extend(reading.problems);
        (reading.value.map(Self::completed), problems, open)
    }

    /// Checks what does not depend on the portal.
    fn check(&self, cursor: Cursor<'_>, problems: &mut Vec<Problem>) {
        if let Err((message, help)) = check_address(&self.address) {
            problems.push(
                cursor
                    .key("address")
                    .problem(Message::verbatim(message))
                    .help(Message::verbatim(help)),
            );
        }
        if let Some(token) = &self.token
            && !is_variable(token)
        {
            let problem = cursor.key("token").problem(Message::verbatim(
                "\"token\" is the name of an environment variable, not the token itself",
            ));
            let help = "take the token out of this file, revoke it in the CMS if the file was shared, and write a name such as STRAPI_TOKEN";
            problems.push(problem.help(Message::verbatim(help)));
        }
        if let Some((key, message, help)) = self.check_system() {
            problems.push(
                cursor
                    .key(key)
                    .problem(Message::verbatim(message))
                    .help(Message::verbatim(help)),
            );
        }
        problems.extend(check_offset(cursor.key("offset"), &self.offset));
        problems.extend(check_source(cursor.key("source"), &self.source));
        if !(1..=600).contains(&self.timeout) {
            let problem = cursor.key("timeout").problem(Message::verbatim(
                "\"timeout\" is a number of seconds from 1 to 600",
            ));
            problems.push(problem.help(Message::verbatim(
                "leave it out, and an answer may take a minute",
            )));
        }
    }

    /// Checks the sections and tags that are chosen.
    fn check_choices(
        &self,
        cursor: Cursor<'_>,
        site: Option<&Site>,
        problems: &mut Vec<Problem>,
        open: &mut Vec<Problem>,
    ) {
        let names = Names::of(site);
        let sections = self.sections.iter().map(|(key, choice)| {
            (
                cursor.key("sections").key(key),
                format!("\"{key}\""),
                choice,
            )
        });
        let others = self.others.iter().map(|choice| {
            let whose = "articles without a section".to_owned();
            (cursor.key("others"), whose, choice)
        });
        for (place, whose, choice) in sections.chain(others) {
            match choice {
                Choice::Name(slug) => problems.extend(names.section(place, slug)),
                Choice::Nothing => problems.push(
                    place
                        .problem(Message::verbatim(
                            "a section is needed here: \"-\" is for tags alone",
                        ))
                        .help(Message::verbatim(choice::ours("section", site))),
                ),
                Choice::Open => open.push(
                    place
                        .problem(Message::verbatim(format!(
                            "no section is chosen for {whose} yet"
                        )))
                        .help(Message::verbatim(choice::ours("section", site))),
                ),
            }
        }
        for (key, choice) in &self.tags {
            let place = cursor.key("tags").key(key);
            match choice {
                Choice::Name(slug) => problems.extend(names.tag(place, slug)),
                Choice::Nothing => {}
                Choice::Open => open.push(
                    place
                        .problem(Message::verbatim(format!(
                            "no tag is chosen for \"{key}\" yet"
                        )))
                        .help(Message::verbatim(
                            choice::ours("tag", site) + "; or \"-\" for none",
                        )),
                ),
            }
        }
    }

    /// Whether the CMS can be asked, whatever else is wrong.
    pub(crate) fn can_be_asked(&self) -> bool {
        check_address(&self.address).is_ok() && self.token.as_deref().is_none_or(is_variable)
    }

    /// The section that was chosen for a section of the CMS.
    pub(crate) fn section(&self, name: &str) -> Option<Slug> {
        self.sections.get(name).and_then(Choice::slug).cloned()
    }

    /// The section that was chosen for articles without one.
    pub(crate) fn other_section(&self) -> Option<Slug> {
        self.others.as_ref().and_then(Choice::slug).cloned()
    }

    /// What does not fit the system, in which key, and what to do.
    fn check_system(&self) -> Option<(&'static str, &'static str, &'static str)> {
        let is_name =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
        let is_type = || {
            let parts = self.articles.split_once('.');
            parts.is_some_and(|(app, class)| is_name(app) && is_name(class))
        };
        if self.system == System::Wagtail && !is_type() {
            return Some((
                "articles",
                "\"articles\" is the type of the pages",
                "write the app, a dot and the name of the class, for example news.ArticlePage",
            ));
        }
        let api = self.api.as_deref()?;
        if self.system != System::Wagtail {
            return Some((
                "api",
                "the API of this system has one path only",
                "leave \"api\" out",
            ));
        }
        let is_path = api.starts_with('/') && !api.ends_with('/') && !api.contains(['?', '#', ' ']);
        (!is_path).then_some((
            "api",
            "\"api\" is a path",
            "begin it with a slash and end it without one, for example /api/v2",
        ))
    }

    /// With what the system has by itself where nothing was said.
    fn completed(mut self) -> Self {
        if self.articles.is_empty() {
            self.system.articles().clone_into(&mut self.articles);
        }
        self
    }

    /// The language of a locale; `None` where this portal has none for it.
    pub(crate) fn language(&self, locale: &str) -> Option<Lang> {
        if locale.is_empty() {
            return self.language.map(|language| language.0);
        }
        let mapped = self.languages.get(locale).map(|language| language.0);
        mapped.or_else(|| of_locale(locale))
    }
}

/// The language that a locale's code names. Codes that only people guess, such as `vn`, codes of other
/// languages that are also those of countries, such as `uk`, and scripts
/// that are not ours, such as `zh-TW`, are left to a person.
pub(crate) fn of_locale(locale: &str) -> Option<Lang> {
    let lower = locale.replace('_', "-").to_lowercase();
    let (first, rest) = lower.split_once('-').unwrap_or((&lower, ""));
    if first != "zh" {
        return Lang::from_tag(first);
    }
    ["", "hans", "cn", "sg", "hans-cn", "hans-sg"]
        .contains(&rest)
        .then_some(Lang::ZhHans)
}

/// What is wrong with the address of a CMS, and what to do.
fn check_address(address: &str) -> Result<(), (&'static str, &'static str)> {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
        .ok_or((
            "the address of the CMS must begin with https:// or http://",
            "for example https://cms.example.vn",
        ))?;
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    if rest.ends_with('/') || rest.contains(['?', '#', ' ', '@']) || host.is_empty() {
        return Err((
            "the address of the CMS is a host, perhaps with a path, and nothing else",
            "leave out the slash at its end, and everything from ? on",
        ));
    }
    let is_here = ["localhost", "127.0.0.1", "[::1]"].contains(&host);
    if address.starts_with("http://")
        && !is_here
        && !host.ends_with(".internal")
        && host.contains('.')
    {
        return Err((
            "the token would be sent in the clear",
            "begin the address with https://",
        ));
    }
    Ok(())
}

/// Whether a text can be the name of an environment variable, and is no token.
fn is_variable(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_uppercase() || c == '_')
        && text
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"{"system": "strapi", "address": "https://cms.example", "token": "STRAPI_TOKEN",
        "source": {"name": "A", "address": "https://a.example/"}, "offset": "+07:00"}"#;

    fn read(text: &str) -> Result<Config, Vec<String>> {
        Config::read("source.json", text.as_bytes(), None).map_err(|problems| {
            problems
                .into_iter()
                .map(|problem| problem.message.into())
                .collect()
        })
    }

    #[test]
    fn a_configuration_is_read_and_has_sensible_names_of_fields() {
        let config = read(WHOLE).unwrap();
        assert_eq!(
            (config.articles.as_str(), config.fields.body.as_str()),
            ("articles", "body")
        );
        for (locale, lang) in [
            ("vi", Some(Lang::Vi)),
            ("en-GB", Some(Lang::En)),
            ("zh-CN", Some(Lang::ZhHans)),
            ("ko_KR", Some(Lang::Ko)),
            ("fr", None),
            ("uk", None),
            ("zh_TW", None),
            ("zh-Hant", None),
        ] {
            assert_eq!(config.language(locale), lang, "{locale}");
        }
    }

    #[test]
    fn a_token_in_the_file_and_one_in_the_clear_are_refused() {
        for (from, to, part) in [
            ("STRAPI_TOKEN", "4f0c9d2e7b", "not the token itself"),
            ("https://cms", "http://cms", "in the clear"),
            ("cms.example\"", "cms.example/api/?a\"", "nothing else"),
            ("https://cms", "ftp://cms", "must begin with"),
            ("+07:00", "7", "the offset"),
            ("https://a.example/", "a.example", "the source's address"),
            ("\"A\"", "\" \"", "the source needs a name"),
            (
                "\"strapi\"",
                "\"strappi\"",
                "is not a system that articles come from: write one of strapi, wagtail, wordpress",
            ),
            (
                "\"offset\"",
                "\"others\": \"\", \"offset\"",
                "no section is chosen for articles",
            ),
            (
                "\"offset\"",
                "\"sections\": {\"a\": \"\"}, \"offset\"",
                "no section is chosen for \"a\" yet",
            ),
            (
                "\"offset\"",
                "\"sections\": {\"a\": \"-\"}, \"offset\"",
                "a section is needed here",
            ),
            (
                "\"offset\"",
                "\"sections\": {\"a\": \"A b\"}, \"offset\"",
                "is not a slug",
            ),
            (
                "\"offset\"",
                "\"tags\": {\"a\": \"\"}, \"offset\"",
                "no tag is chosen for \"a\" yet",
            ),
            (
                "\"offset\"",
                "\"languages\": {\"fr\": \"fr\"}, \"offset\"",
                "is not a language of this portal",
            ),
            (
                "\"strapi\"",
                "\"strapi\", \"api\": \"/api\"",
                "one path only",
            ),
            ("\"strapi\"", "\"wagtail\"", "is the type of the pages"),
            (
                "\"strapi\"",
                "\"wagtail\", \"articles\": \"news.A\", \"api\": \"api/v2/\"",
                "\"api\" is a path",
            ),
        ] {
            let problems = read(&WHOLE.replace(from, to)).err().unwrap();
            assert!(
                problems.iter().any(|problem| problem.contains(part)),
                "{to}: {problems:?}"
            );
        }
        assert!(read(&WHOLE.replace("https://cms.example", "http://localhost:1337")).is_ok());
        let wagtail = "\"wagtail\", \"articles\": \"news.ArticlePage\", \"api\": \"/cms/api/v2\"";
        assert!(read(&WHOLE.replace("\"strapi\"", wagtail)).is_ok());
    }
}
