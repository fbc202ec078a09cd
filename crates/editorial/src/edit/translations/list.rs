//! The work list: for each language what is missing, out of date, not recorded or not finished, the
//! newest first.

use crate::content::Content;
use crate::content::catalogue::Item;
use crate::diagnostics::report::count;
use crate::diagnostics::shown;
use model::{Lang, Moment};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// The tasks that are left.
pub struct WorkList {
    entries: Vec<(Lang, Task)>,
    articles: usize,
    lang: Option<Lang>,
}

/// A task: one language of one article.
#[derive(Serialize)]
struct Task {
    state: State,
    /// The article as section/slug.
    article: String,
    published: Moment,
    /// The file to open, or to make where the translation is missing.
    file: String,
    /// The file with the words to translate.
    original: String,
}

/// The state of a version that needs work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    /// The original has changed since the translation was made.
    Stale,
    /// There is no file for the language.
    Missing,
    /// The version is a draft.
    Draft,
    /// The translation has no stamp of its original.
    Unrecorded,
}

impl State {
    const fn word(self) -> &'static str {
        match self {
            Self::Stale => "stale",
            Self::Missing => "missing",
            Self::Draft => "draft",
            Self::Unrecorded => "unrecorded",
        }
    }

    /// What to do about it.
    const fn advice(self) -> &'static str {
        match self {
            Self::Stale => {
                "the original has changed: bring it up to date, then `site translations done SECTION/SLUG LANG`"
            }
            Self::Missing => {
                "not translated yet: `site new translation SECTION/SLUG LANG` makes the file"
            }
            Self::Draft => "not finished: translate what is left, then delete \"draft\"",
            Self::Unrecorded => {
                "nobody recorded the original that it was made from: compare, then `site translations done SECTION/SLUG LANG`"
            }
        }
    }
}

impl WorkList {
    /// The tasks in one language or in all.
    pub fn new(content: &Content, folder: &Path, only: Option<Lang>) -> Self {
        let mut articles: Vec<&Item> = content.items.iter().collect();
        articles.sort_by_key(|article| {
            (
                Reverse(article.published.minutes()),
                &article.section,
                &article.slug,
            )
        });
        let langs = content
            .site
            .languages
            .iter()
            .copied()
            .filter(|lang| only.is_none_or(|only| only == *lang));
        let of = |lang: Lang| {
            articles
                .iter()
                .filter_map(move |article| Some((lang, task(article, folder, lang)?)))
        };
        Self {
            entries: langs.flat_map(of).collect(),
            articles: articles.len(),
            lang: only,
        }
    }

    /// The list as text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for lang in Lang::ALL {
            let tasks = || {
                self.entries
                    .iter()
                    .filter(|(other, _)| *other == lang)
                    .map(|(_, task)| task)
            };
            if tasks().next().is_none() {
                continue;
            }
            let _ = writeln!(text, "{} ({})", lang.native_name(), lang.tag());
            for Task {
                state,
                published,
                file,
                ..
            } in tasks()
            {
                let Moment {
                    year, month, day, ..
                } = published;
                let _ = writeln!(
                    text,
                    "  {:10} {year:04}-{month:02}-{day:02}  {file}",
                    state.word()
                );
            }
            text.push('\n');
        }
        for state in [
            State::Stale,
            State::Missing,
            State::Draft,
            State::Unrecorded,
        ] {
            let number = self
                .entries
                .iter()
                .filter(|(_, task)| task.state == state)
                .count();
            if number > 0 {
                let _ = writeln!(text, "{number} {}: {}", state.word(), state.advice());
            }
        }
        if self.entries.is_empty() {
            let everywhere = self.lang.map_or("every language".to_owned(), |lang| {
                lang.native_name().to_owned()
            });
            let _ = writeln!(
                text,
                "{}: all up to date in {everywhere}",
                count(self.articles, "article")
            );
        }
        text
    }

    /// The list as JSON: the tasks by language.
    pub fn json(&self) -> String {
        let langs = Lang::ALL
            .into_iter()
            .filter(|lang| self.lang.is_none_or(|only| only == *lang));
        let by_lang = langs.map(|lang| {
            let tasks = self
                .entries
                .iter()
                .filter(|(other, _)| *other == lang)
                .map(|(_, task)| task);
            (lang.tag(), tasks.collect::<Vec<_>>())
        });
        // Serialising texts and moments cannot fail.
        serde_json::to_string_pretty(&by_lang.collect::<BTreeMap<_, _>>()).unwrap_or_default()
            + "\n"
    }
}

/// The task in one language of an article; `None` where nothing is left to do.
fn task(article: &Item, folder: &Path, lang: Lang) -> Option<Task> {
    let Item {
        original,
        published,
        ..
    } = *article;
    let name = format!("{}/{}", article.section, article.slug);
    let file = |lang: Lang| {
        shown(
            &folder
                .join("articles")
                .join(&name)
                .join(format!("{}.json", lang.tag())),
        )
    };
    let state = match article.version(lang) {
        None => State::Missing,
        Some(version) if version.draft => State::Draft,
        Some(_) if lang == original => return None,
        Some(version) if version.translated_from.is_none() => State::Unrecorded,
        Some(_) if article.outdated(lang).is_some() => State::Stale,
        Some(_) => return None,
    };
    Some(Task {
        state,
        article: name.clone(),
        published,
        file: file(lang),
        original: file(original),
    })
}
