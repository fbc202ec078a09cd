//! The articles in the content folder before an import: which names are taken, and whether an
//! article of the same name is the one that is imported.

use super::{html, marks, store};
use model::{Lang, Moment, Slug};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The articles of a content folder.
pub struct ExistingArticles {
    content: PathBuf,
    /// The former addresses of articles, each with the article's own, as `section/slug`.
    aliases: BTreeMap<String, String>,
}

/// The facts by which an imported article is recognised.
pub struct IncomingArticle<'a> {
    pub published: Moment,
    /// The address that the news comes from.
    pub source: &'a str,
    /// Its titles, with whatever markup they have.
    pub titles: Vec<(Lang, &'a str)>,
}

impl ExistingArticles {
    /// Reads a content folder. Files that cannot be read are left to `site check`.
    pub fn of(content: &Path) -> Self {
        let folders = |path: &Path| {
            let entries = fs::read_dir(path)
                .into_iter()
                .flatten()
                .filter_map(Result::ok);
            entries.map(|entry| entry.path()).collect::<Vec<_>>()
        };
        let articles = folders(&content.join("articles"))
            .into_iter()
            .flat_map(|section| folders(&section));
        let aliases = articles
            .filter_map(|article| Some((place(&article)?, json(&article.join("article.json"))?)));
        let aliases = aliases.flat_map(|(place, facts)| {
            let aliases = facts["aliases"].as_array().cloned().unwrap_or_default();
            aliases
                .into_iter()
                .filter_map(move |alias| Some((alias.as_str()?.to_owned(), place.clone())))
                .collect::<Vec<_>>()
        });
        Self {
            content: content.to_path_buf(),
            aliases: aliases.collect(),
        }
    }

    /// Whether an article other than the one at `own` had this address before.
    pub fn had_address(&self, section: &Slug, slug: &Slug, own: (&Slug, &Slug)) -> bool {
        let owner = self.aliases.get(&format!("{section}/{slug}"));
        owner.is_some_and(|owner| *owner != format!("{}/{}", own.0, own.1))
    }

    /// Whether an article is at this place.
    pub fn has_article(&self, section: &Slug, slug: &Slug) -> bool {
        store::existing(&self.content, section, slug).is_some()
    }

    /// Whether a different article is at this place: one that was not published at the same moment
    /// by the same source, and has no headline in common. Where that cannot be told, the article
    /// counts as the same.
    pub fn has_different(
        &self,
        section: &Slug,
        slug: &Slug,
        incoming: &IncomingArticle<'_>,
    ) -> bool {
        let folder = self
            .content
            .join("articles")
            .join(section.as_str())
            .join(slug.as_str());
        let Some(facts) = json(&folder.join("article.json")) else {
            return false;
        };
        let published = facts["published"]
            .as_str()
            .and_then(|text| Moment::new(text).ok());
        let (Some(published), Some(source)) = (published, facts["source"]["address"].as_str())
        else {
            return false;
        };
        if published.minutes() == incoming.published.minutes() && source == incoming.source {
            return false;
        }
        !incoming.titles.iter().any(|(lang, title)| {
            let version = json(&folder.join(format!("{}.json", lang.tag()))).unwrap_or_default();
            version["headline"]
                .as_str()
                .is_some_and(|headline| headline == marks::plain(&html::words(title)).0)
        })
    }
}

/// The place of an article: `section/slug`.
fn place(article: &Path) -> Option<String> {
    let name = |path: &Path| path.file_name()?.to_str().map(str::to_owned);
    Some(format!("{}/{}", name(article.parent()?)?, name(article)?))
}

fn json(file: &Path) -> Option<Value> {
    serde_json::from_slice(&fs::read(file).ok()?).ok()
}
