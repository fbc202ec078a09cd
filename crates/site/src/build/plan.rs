//! What the next site would have anew, before anybody builds it: the same steps as a build, against the record of
//! the last one. Nothing is written.

use super::published::{self, Articles, Known as Article, Name};
use super::{Begun, SiteWriter};
use crate::build::file_stages::FileStages;
use crate::build::memory::Memory;
use crate::build::options::Options;
use crate::output::{Differences, Known, Output};
use crate::stages::Stages;
use editorial::diagnostics::{Failure, Stop};
use model::route::{Destination, Route};
use model::{Lang, Slug};
use serde::Serialize;
use std::collections::HashSet;

/// How many addresses of a kind are named. Of all others it is said how many there are.
const MOST: usize = 100;

/// What the next site would have anew.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Plan {
    /// Whether there is no site yet.
    is_first: bool,
    /// Whether the site that is there has no record, so that nothing can be compared.
    is_unknown: bool,
    /// Articles that are new, changed or gone.
    articles: Several<Change>,
    /// Pages of other articles, which name one of these.
    along: Several<String>,
    /// Home pages, lists of sections, topics and months, and the like.
    lists: Several<String>,
    /// Standing pages.
    standing: Several<String>,
    /// Feeds.
    feeds: Several<String>,
    /// Share cards.
    cards: Several<String>,
}

/// Some of many things.
#[derive(Debug, Serialize)]
struct Several<T> {
    /// How many there are.
    all: usize,
    /// The first of them.
    first: Vec<T>,
}

impl<T> Default for Several<T> {
    fn default() -> Self {
        Self {
            all: 0,
            first: Vec::new(),
        }
    }
}

impl<T> Several<T> {
    fn add(&mut self, one: T) {
        self.all += 1;
        if self.first.len() < MOST {
            self.first.push(one);
        }
    }
}

/// An article in a language that is another one in the next site.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Change {
    /// What becomes of it.
    kind: Kind,
    section: Slug,
    slug: Slug,
    lang: Lang,
    title: String,
    /// The path of its page below the site's base.
    page: String,
}

/// What becomes of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    /// It was not there.
    New,
    /// It was there, and said something else.
    Changed,
    /// It was there, and is not any more.
    Gone,
}

/// Compares the next site with the one that is there.
///
/// # Errors
/// Where a build would fail as well: the content has mistakes, or something cannot be read.
pub(crate) fn plan(options: &Options, stages: &mut Stages) -> Result<Plan, Stop> {
    let memory = Memory::default();
    // The search follows the articles, and says nothing of its own.
    let options = &Options {
        search: false,
        ..options.clone()
    };
    let begun = Begun::new(options, &memory, stages, Output::comparing)?;
    let last = published::of_last(&begun.output);
    let writer: SiteWriter<'_> = begun.writer(options, &memory);
    let mut file_stages = FileStages {
        stages,
        output: &begun.output,
    };
    let materials = writer.materials(&mut file_stages)?;
    writer.units(&materials, &mut file_stages)?;
    let next = published::articles(&begun.content.items);
    let differences = begun.output.differences();
    let differences =
        differences.ok_or_else(|| Failure::new("a site is being written, not compared"))?;
    Ok(of(&differences, last, &next))
}

/// The plan that follows from what differs.
fn of(differences: &Differences, last: Option<Articles>, next: &Articles) -> Plan {
    let mut plan = Plan {
        is_first: differences.known == Known::Nothing,
        is_unknown: differences.known == Known::Site,
        ..Plan::default()
    };
    // What cannot be compared is not said to be new.
    if plan.is_unknown {
        return plan;
    }
    let last = if plan.is_first {
        Articles::new()
    } else {
        last.unwrap_or_else(|| guessed(differences, next))
    };
    let mut named: HashSet<String> = HashSet::new();
    for change in changes(&last, next) {
        named.insert(change.page.clone());
        plan.articles.add(change);
    }
    let differing = differences.new.iter().chain(&differences.changed);
    for id in differing {
        if let Some(card) = id.strip_prefix("card ") {
            plan.cards.add(card.to_owned());
        } else if id.ends_with("/feed.xml") || id.ends_with("/feed.json") {
            plan.feeds.add(id.to_string());
        } else if let Destination::Page(route) = Route::parse(id) {
            match route {
                Route::Article(lang, section, slug) => {
                    // A page that says in which other languages an article is there counts with it.
                    if !named.contains(&**id) && next.contains_key(&(section, slug, lang)) {
                        plan.along.add(id.to_string());
                    }
                }
                Route::Standing(..) => plan.standing.add(id.to_string()),
                _ => plan.lists.add(id.to_string()),
            }
        }
    }
    plan
}

/// The articles that are others, in the order of their names.
fn changes(last: &Articles, next: &Articles) -> Vec<Change> {
    let change = |kind, (section, slug, lang): &Name, article: &Article| Change {
        kind,
        section: section.clone(),
        slug: slug.clone(),
        lang: *lang,
        title: article.title.clone(),
        page: Route::Article(*lang, section.clone(), slug.clone()).path(),
    };
    let now = next.iter().filter_map(|(name, article)| {
        let kind = match last.get(name) {
            None => Kind::New,
            Some(before) if before.hashes != article.hashes => Kind::Changed,
            Some(_) => return None,
        };
        Some(change(kind, name, article))
    });
    let gone = last
        .iter()
        .filter(|(name, _)| !next.contains_key(*name))
        .map(|(name, article)| change(Kind::Gone, name, article));
    now.chain(gone).collect()
}

/// The articles of a last site that recorded its pages alone: each whose page stays is as it was.
fn guessed(differences: &Differences, next: &Articles) -> Articles {
    let names = |ids: &[Box<str>]| -> HashSet<Name> {
        ids.iter()
            .filter_map(|id| match Route::parse(id) {
                Destination::Page(Route::Article(lang, section, slug)) => {
                    Some((section, slug, lang))
                }
                _ => None,
            })
            .collect()
    };
    let (new, changed) = (names(&differences.new), names(&differences.changed));
    let mut last: Articles = next
        .iter()
        .filter(|(name, _)| !new.contains(*name))
        .map(|(name, article)| {
            let mut before = article.clone();
            if changed.contains(name) {
                before.hashes.0 ^= 1;
            }
            (name.clone(), before)
        })
        .collect();
    for name in names(&differences.gone) {
        let title = name.1.to_string();
        let gone = Article {
            title,
            hashes: (0, 0),
        };
        last.entry(name).or_insert(gone);
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(slug: &str, lang: Lang) -> Name {
        (Slug::new("port").unwrap(), Slug::new(slug).unwrap(), lang)
    }

    fn articles(all: &[(&str, Lang, u64)]) -> Articles {
        all.iter()
            .map(|&(slug, lang, hash)| {
                let article = Article {
                    title: format!("{slug} {hash}"),
                    hashes: (1, hash),
                };
                (name(slug, lang), article)
            })
            .collect()
    }

    fn ids(all: &[&str]) -> Vec<Box<str>> {
        all.iter().map(|&id| id.into()).collect()
    }

    fn differences(known: Known) -> Differences {
        Differences {
            known,
            new: ids(&["vi/port/new/", "card cards/vi/port/new.png"]),
            changed: ids(&[
                "vi/",
                "vi/feed.xml",
                "vi/port/",
                "vi/port/changed/",
                "vi/port/same/",
            ]),
            gone: ids(&["vi/port/gone/"]),
        }
    }

    #[test]
    fn an_article_is_new_changed_or_gone_and_others_change_along() {
        let last = articles(&[
            ("changed", Lang::Vi, 1),
            ("same", Lang::Vi, 1),
            ("gone", Lang::Vi, 1),
        ]);
        let next = articles(&[
            ("changed", Lang::Vi, 2),
            ("same", Lang::Vi, 1),
            ("new", Lang::Vi, 1),
        ]);
        for last in [Some(last), None] {
            let is_recorded = last.is_some();
            let plan = of(&differences(Known::Record), last, &next);
            let kinds: Vec<(Kind, &str)> = plan
                .articles
                .first
                .iter()
                .map(|change| (change.kind, change.slug.as_str()))
                .collect();
            assert!(kinds.contains(&(Kind::New, "new")), "{kinds:?}");
            assert!(kinds.contains(&(Kind::Changed, "changed")), "{kinds:?}");
            assert!(kinds.contains(&(Kind::Gone, "gone")), "{kinds:?}");
            // Without a record of the articles, a page that changes along counts as a change.
            assert_eq!(plan.articles.all, if is_recorded { 3 } else { 4 });
            assert_eq!(plan.along.all, usize::from(is_recorded));
            assert_eq!(plan.lists.first, ["vi/", "vi/port/"]);
            assert_eq!((plan.feeds.all, plan.cards.all), (1, 1));
        }
    }

    #[test]
    fn what_cannot_be_compared_is_not_said_to_be_new() {
        let next = articles(&[("new", Lang::Vi, 1)]);
        let plan = of(&differences(Known::Site), None, &next);
        assert!(plan.is_unknown && plan.articles.all == 0 && plan.lists.all == 0);
        let plan = of(&differences(Known::Nothing), None, &next);
        assert!(plan.is_first && plan.articles.all == 1);
    }
}
