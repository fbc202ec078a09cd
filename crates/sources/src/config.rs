//! `source.json`: where the CMS is, and what its names mean here.

use editorial::content::authored::article::Source;
use editorial::content::authored::site::Site;
use editorial::diagnostics::Problem;
use editorial::json;
use import::mapping::{Names, check_offset, check_source};
use model::{Lang, Slug};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A system that articles can come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum System {
    /// Strapi 5.
    Strapi,
    /// WordPress.
    WordPress,
}

/// `source.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Config {
    /// The file's schema, for editors of text.
    #[serde(rename = "$schema")]
    _schema: Option<String>,
    /// The system.
    pub(crate) system: System,
    /// The address of the CMS.
    pub(crate) address: String,
    /// The environment variable that holds the token.
    pub(crate) token: Option<String>,
    /// What the CMS calls its articles: for Strapi the plural name of the content type, for WordPress
    /// the name of the type in its REST interface.
    #[serde(default)]
    pub(crate) articles: String,
    /// What the CMS calls the fields of an article, by our names.
    #[serde(default)]
    pub(crate) fields: Fields,
    /// The language of each locale, where the CMS calls it something else than we do.
    #[serde(default)]
    pub(crate) languages: BTreeMap<String, Lang>,
    /// The language of texts that do not say theirs.
    pub(crate) language: Option<Lang>,
    /// The locales that are left out.
    #[serde(default)]
    pub(crate) leave_out: Vec<String>,
    /// The source that articles name.
    pub(crate) source: Source,
    /// The newsroom's clock: its offset from UTC, `+07:00`.
    #[serde(default = "utc")]
    pub(crate) offset: String,
    /// The section of each section of the CMS, where it is called something else there.
    #[serde(default)]
    pub(crate) sections: BTreeMap<String, Slug>,
    /// The section of all other articles.
    pub(crate) others: Option<Slug>,
    /// How long the CMS may take for an answer, in seconds.
    #[serde(default = "a_minute")]
    pub(crate) timeout: u64,
    /// The tag of each tag of the CMS, where it is called something else there.
    #[serde(default)]
    pub(crate) tags: BTreeMap<String, Slug>,
}

/// The fields of an article in the CMS, by our names. An empty name is none.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "an object")]
pub(crate) struct Fields {
    pub(crate) title: String,
    pub(crate) slug: String,
    pub(crate) lead: String,
    pub(crate) body: String,
    pub(crate) published: String,
    pub(crate) section: String,
    pub(crate) tags: String,
    pub(crate) cover: String,
    pub(crate) author: String,
    pub(crate) views: String,
    /// Only where the system has no languages of its own: what says the language of an entry.
    pub(crate) language: String,
    /// Likewise: what the translations of one article have in common.
    pub(crate) translation_group: String,
    /// The name of the source, and its address, where articles have one each.
    pub(crate) source: String,
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

impl System {
    /// What it calls its articles, unless it is told otherwise.
    fn articles(self) -> &'static str {
        match self {
            Self::Strapi => "articles",
            Self::WordPress => "posts",
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
        let reading = json::read::<Self>(name, bytes);
        let mut problems = Vec::new();
        if let Some(config) = &reading.value {
            let cursor = reading.root();
            if let Err((message, help)) = check_address(&config.address) {
                problems.push(cursor.key("address").problem(message).help(help));
            }
            if let Some(token) = &config.token
                && !is_variable(token)
            {
                let problem = cursor.key("token").problem(
                    "\"token\" is the name of an environment variable, not the token itself",
                );
                let help = "take the token out of this file, revoke it in the CMS if the file was shared, and write a name such as STRAPI_TOKEN";
                problems.push(problem.help(help));
            }
            problems.extend(check_offset(cursor.key("offset"), &config.offset));
            problems.extend(check_source(cursor.key("source"), &config.source));
            if !(1..=600).contains(&config.timeout) {
                let problem = cursor
                    .key("timeout")
                    .problem("\"timeout\" is a number of seconds from 1 to 600");
                problems.push(problem.help("leave it out, and an answer may take a minute"));
            }
            let names = Names::of(site);
            for (key, slug) in &config.sections {
                problems.extend(names.section(cursor.key("sections").key(key), slug));
            }
            let others = config.others.as_ref();
            problems.extend(others.and_then(|slug| names.section(cursor.key("others"), slug)));
            for (key, slug) in &config.tags {
                problems.extend(names.tag(cursor.key("tags").key(key), slug));
            }
        }
        problems.extend(reading.problems);
        reading
            .value
            .filter(|_| problems.is_empty())
            .map(Self::completed)
            .ok_or(problems)
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
            return self.language;
        }
        let mapped = self.languages.get(locale).copied();
        mapped
            .or_else(|| Lang::from_tag(locale))
            .or_else(|| Lang::from_alias(locale))
            // en-GB is English, zh-CN is Chinese.
            .or_else(|| Lang::from_alias(locale.split(['-', '_']).next()?))
            .or_else(|| Lang::from_tag(locale.split(['-', '_']).next()?))
    }
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
                .map(|problem| problem.message)
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
            ("\"strapi\"", "\"strappi\"", ""),
        ] {
            let problems = read(&WHOLE.replace(from, to)).err().unwrap();
            assert!(
                problems.iter().any(|problem| problem.contains(part)),
                "{to}: {problems:?}"
            );
        }
        assert!(read(&WHOLE.replace("https://cms.example", "http://localhost:1337")).is_ok());
    }
}
