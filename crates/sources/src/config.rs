//! `source.json`: where the CMS is, and what its names mean here.

use editorial::content::authored::site::Site;
use editorial::diagnostics::Problem;
use editorial::json::{self, nearest};
use editorial::load::names;
use model::{Lang, Slug};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A system that articles can come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum System {
    /// Strapi 5.
    Strapi,
}

/// `source.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Config {
    /// The file's schema, for editors of text.
    #[serde(rename = "$schema")]
    _schema: Option<String>,
    /// The system.
    #[serde(rename = "system")]
    _system: System,
    /// The address of the CMS.
    pub(crate) address: String,
    /// The environment variable that holds the token.
    pub(crate) token: Option<String>,
    /// What the CMS calls its articles: for Strapi the plural name of the content type.
    #[serde(default = "articles")]
    pub(crate) articles: String,
    /// What the CMS calls the fields of an article, by our names.
    #[serde(default)]
    pub(crate) fields: Fields,
    /// The language of each locale, where the CMS calls it something else than we do.
    #[serde(default)]
    pub(crate) languages: BTreeMap<String, Lang>,
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

/// The source that articles name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Source {
    /// Its name.
    pub(crate) name: String,
    /// Its address.
    pub(crate) address: String,
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
}

impl Default for Fields {
    fn default() -> Self {
        let [
            title,
            slug,
            lead,
            body,
            published,
            section,
            tags,
            cover,
            author,
            views,
        ] = [
            "title",
            "slug",
            "lead",
            "body",
            "published",
            "section",
            "tags",
            "cover",
            "author",
            "views",
        ]
        .map(str::to_owned);
        Self {
            title,
            slug,
            lead,
            body,
            published,
            section,
            tags,
            cover,
            author,
            views,
        }
    }
}

fn articles() -> String {
    "articles".to_owned()
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
            if import::offset(&config.offset).is_none() {
                let problem = cursor
                    .key("offset")
                    .problem("the offset is not of the form +07:00");
                problems.push(problem.help("write how far the newsroom's clock is ahead of UTC"));
            }
            if !(1..=600).contains(&config.timeout) {
                let problem = cursor
                    .key("timeout")
                    .problem("\"timeout\" is a number of seconds from 1 to 600");
                problems.push(problem.help("leave it out, and an answer may take a minute"));
            }
            let sections = config
                .sections
                .iter()
                .map(|(key, slug)| (cursor.key("sections").key(key), slug));
            let others = config
                .others
                .iter()
                .map(|slug| (cursor.key("others"), slug));
            for (place, slug) in sections.chain(others) {
                let known =
                    site.map(|site| site.sections.iter().map(|section| section.slug.as_str()));
                problems
                    .extend(unknown("section", slug, known).map(|message| place.problem(message)));
            }
            for (key, slug) in &config.tags {
                let known = site.map(|site| site.tags.iter().map(|tag| tag.slug.as_str()));
                let place = cursor.key("tags").key(key);
                problems.extend(unknown("tag", slug, known).map(|message| place.problem(message)));
            }
        }
        problems.extend(reading.problems);
        reading
            .value
            .filter(|_| problems.is_empty())
            .ok_or(problems)
    }

    /// The language of a locale; `None` where this portal has none for it.
    pub(crate) fn language(&self, locale: &str) -> Option<Lang> {
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

fn unknown<'a>(
    what: &str,
    slug: &Slug,
    known: Option<impl Iterator<Item = &'a str> + Clone>,
) -> Option<String> {
    if let Err((message, _)) = names::slug(slug.as_str()) {
        return Some(message);
    }
    let mut known = known?;
    let all = known.clone();
    (!known.any(|known| known == slug.as_str())).then(|| match nearest(slug.as_str(), all) {
        Some(right) => format!("site.json has no {what} \"{slug}\": did you mean \"{right}\"?"),
        None => format!("site.json has no {what} \"{slug}\""),
    })
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
            ("\"strapi\"", "\"strappi\"", ""),
        ] {
            let problems = read(&WHOLE.replace(from, to)).unwrap_err();
            assert!(
                problems.iter().any(|problem| problem.contains(part)),
                "{to}: {problems:?}"
            );
        }
        assert!(read(&WHOLE.replace("https://cms.example", "http://localhost:1337")).is_ok());
    }
}
