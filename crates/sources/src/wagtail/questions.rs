//! What the API is asked. Every project shows other fields, and Wagtail refuses a question for one
//! that it does not show: it says which, and is asked again without.

use crate::client::{Client, SourceError};
use serde_json::Value;
use std::fmt::Write;

/// How many entries are asked for at once, where the project allows as many. Wagtail's own limit is
/// 20.
const PAGE: usize = 100;

/// The most entries that a list can have: a list that never ends is no list.
const MOST_ENTRIES: usize = 500_000;

/// How often a list is begun again because it changed while it was read.
const ATTEMPTS: usize = 3;

/// The most refusals that one question can have; each takes something out of it.
const MOST_REFUSALS: usize = 40;

/// A question for pages of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Question {
    /// The path of the API.
    pub(super) api: String,
    /// The type of the pages.
    pub(super) kind: String,
    /// The fields that are asked for. `*` is all.
    pub(super) fields: Vec<String>,
    /// The fields of which all that stands behind them is asked for.
    pub(super) nested: Vec<String>,
    /// Whether rich text is asked for as Wagtail keeps it. Before Wagtail 8 there is no other form.
    pub(super) format: bool,
    /// How many are asked for at once.
    pub(super) limit: usize,
}

impl Question {
    pub(super) fn new(api: &str, kind: &str, fields: &[&str], nested: &[&str]) -> Self {
        let own = |names: &[&str]| {
            let mut own: Vec<String> = Vec::new();
            for name in names {
                if !name.is_empty() && !own.iter().any(|known| known == name) {
                    own.push((*name).to_owned());
                }
            }
            own
        };
        Self {
            api: api.to_owned(),
            kind: kind.to_owned(),
            fields: own(fields),
            nested: own(nested),
            format: true,
            limit: PAGE,
        }
    }

    /// The path with the query.
    fn path(&self, offset: usize, filter: &str) -> String {
        let mut fields = self.fields.clone();
        fields.extend(self.nested.iter().map(|name| format!("{name}(*)")));
        let mut path = format!(
            "{}/pages/?type={}&order=id&offset={offset}&limit={}&fields={}",
            self.api,
            self.kind,
            self.limit,
            fields.join(",")
        );
        if self.format {
            path.push_str("&rich_text_format=db_html");
        }
        let _ = write!(path, "{filter}");
        path
    }

    /// Asks, and without what is refused. The question keeps what it has learnt.
    ///
    /// # Errors
    /// Where the CMS does not answer, or answers something else.
    pub(super) fn ask(
        &mut self,
        client: &Client,
        offset: usize,
        filter: &str,
    ) -> Result<(usize, Vec<Value>), SourceError> {
        let mut path = self.path(offset, filter);
        for _ in 0..MOST_REFUSALS {
            let mut answer = match client.json_or_refusal(&path)? {
                Ok(answer) => answer,
                Err(refusal) => {
                    let why = refusal["message"].as_str().unwrap_or_default();
                    if !self.learn(why) {
                        return Err(self.refused(why));
                    }
                    path = self.path(offset, filter);
                    continue;
                }
            };
            let total = answer["meta"]["total_count"].as_u64();
            let (Some(total), Value::Array(items)) = (
                total,
                answer.get_mut("items").map_or(Value::Null, Value::take),
            ) else {
                return Err(SourceError {
                    what: format!("{} is no list of Wagtail's API", client.whole(&path)),
                    help: "compare \"address\" and \"api\" in source.json with the CMS: version 2 of the API is read, not version 3",
                });
            };
            return Ok((usize::try_from(total).unwrap_or(usize::MAX), items));
        }
        Err(self.refused("it refuses everything"))
    }

    /// Takes out what was refused. Whether there was anything.
    fn learn(&mut self, why: &str) -> bool {
        let before = self.clone();
        if let Some(names) = why.strip_prefix("unknown fields: ") {
            let refused: Vec<&str> = names.split(", ").collect();
            self.fields.retain(|name| !refused.contains(&name.as_str()));
            self.nested.retain(|name| !refused.contains(&name.as_str()));
        } else if let Some((_, most)) = why.split_once("limit cannot be higher than ") {
            if let Ok(most @ 1..PAGE) = most.trim().parse() {
                self.limit = self.limit.min(most);
            }
        } else if why.ends_with("does not support nested fields") {
            let name = why.split('\'').nth(1).unwrap_or_default();
            self.nested.retain(|known| known != name);
        } else if why.contains("rich_text_format") {
            self.format = false;
        }
        *self != before
    }

    fn refused(&self, why: &str) -> SourceError {
        let help = if why.contains("type doesn't exist") {
            "\"articles\" in source.json is the type of the pages, for example news.ArticlePage: the app, a dot, and the name of the class"
        } else {
            "compare \"articles\" and \"fields\" in source.json with the CMS"
        };
        SourceError {
            what: format!(
                "Wagtail does not understand the question for {}: {}",
                self.kind,
                import::excerpt(why)
            ),
            help,
        }
    }

    /// All entries, page by page. Each page begins with the last entry of the one before, so that an
    /// entry that goes away meanwhile hides no other.
    ///
    /// # Errors
    /// Where the CMS does not answer, or its list never stays the same.
    pub(super) fn all(&mut self, client: &Client) -> Result<Vec<Value>, SourceError> {
        for _ in 0..ATTEMPTS {
            if let Some(all) = self.attempt(client)? {
                return Ok(all);
            }
        }
        Err(SourceError {
            what: format!(
                "the list of {} changes faster than it can be read",
                self.kind
            ),
            help: "try again when nobody publishes, or raise WAGTAILAPI_LIMIT_MAX in the settings of the CMS",
        })
    }

    fn attempt(&mut self, client: &Client) -> Result<Option<Vec<Value>>, SourceError> {
        let (total, mut all) = self.ask(client, 0, "")?;
        while all.len() < total && total <= MOST_ENTRIES {
            // A limit of one entry leaves no room for another.
            let again = usize::from(self.limit > 1);
            let (now, items) = self.ask(client, all.len() - again.min(all.len()), "")?;
            let mut items = items.into_iter();
            let is_same = again == 0
                || items.next().map(|item| item["id"].clone())
                    == all.last().map(|item| item["id"].clone());
            let known = all.len();
            all.extend(items);
            if now != total || !is_same || all.len() == known {
                return Ok(None);
            }
        }
        Ok((all.len() == total).then_some(all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_leaves_out_what_was_refused() {
        let mut question = Question::new(
            "/api/v2",
            "news.A",
            &["*"],
            &["cover", "author", "cover", ""],
        );
        assert_eq!(
            question.path(40, "&x=y"),
            "/api/v2/pages/?type=news.A&order=id&offset=40&limit=100&fields=*,cover(*),author(*)&rich_text_format=db_html&x=y"
        );
        for why in [
            "limit cannot be higher than 20",
            "'author' does not support nested fields",
            "query parameter is not an operation or a recognised field: rich_text_format",
            "unknown fields: nothing, cover",
        ] {
            assert!(question.learn(why), "{why}");
            assert!(!question.learn(why), "{why}");
        }
        assert_eq!(
            question.path(0, ""),
            "/api/v2/pages/?type=news.A&order=id&offset=0&limit=20&fields=*"
        );
        assert!(!question.learn("type doesn't exist"));
        assert!(
            question
                .refused("type doesn't exist")
                .help
                .contains("news.ArticlePage")
        );
    }
}
