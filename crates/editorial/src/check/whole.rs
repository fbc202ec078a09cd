//! Checks across all files: the leading stories, the tags, and the former addresses of articles.
//! The parsed files are gone by then, so that a file with a mistake is read once more to find the
//! position.

use super::unknown;
use crate::content::catalogue::Item;
use crate::content::{Site, Tag};
use crate::diagnostics::Problem;
use crate::json::{Cursor, Instead, problem_in};
use crate::message;
use model::{Moment, Slug};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A section and a slug.
pub type Name = (Slug, Slug);

/// The whole content.
pub struct Whole<'a> {
    /// The content folder.
    pub folder: &'a Path,
    /// The articles that have no problem of their own.
    pub items: &'a [Item],
    /// All articles, including those with problems.
    pub articles: &'a BTreeSet<Name>,
    /// What counts in place of files.
    pub instead: &'a Instead,
}

impl Whole<'_> {
    /// The problems of the stories that `site.json` names: each must exist, and is named once.
    pub fn stories(&self, site: &Site) -> Vec<Problem> {
        let site_file = &self.folder.join("site.json");
        let articles = self.articles;
        let known: Vec<String> = articles.iter().map(written).collect();
        let missing = |name: &Name| {
            unknown(
                message!("there is no article"),
                &written(name),
                known.iter().map(String::as_str),
            )
        };
        let mut problems = Vec::new();
        if let Some(lead) = site.lead.as_ref().filter(|lead| !articles.contains(lead)) {
            let help = message!(
                "\"lead\" names the article that leads the home page; without it the newest one does"
            );
            problems.push(
                self.instead
                    .problem_in(site_file, missing(lead), |root| root.key("lead"))
                    .help(help),
            );
        }
        for (index, pick) in site.picks.iter().enumerate() {
            let name = written(pick);
            let earlier = site.picks[..index]
                .iter()
                .filter(|other| *other == pick)
                .count();
            let at = |message| {
                self.instead
                    .problem_in(site_file, message, |root: Cursor<'_>| {
                        root.key("picks").entry(&name, earlier)
                    })
            };
            if !articles.contains(pick) {
                let help =
                    message!("\"picks\" names the articles that stand beside the leading one");
                problems.push(at(missing(pick)).help(help));
            } else if earlier > 0 {
                problems.push(
                    at(message!("\"{name}\" is there twice", name))
                        .help(message!("delete one of the two")),
                );
            } else if site.lead.as_ref() == Some(pick) {
                let help = message!(
                    "it is shown once: choose another article, or take it out of \"picks\""
                );
                problems.push(
                    at(message!("\"{name}\" leads the home page already", name))
                        .help(help)
                        .warning(),
                );
            }
        }
        problems
    }

    /// A problem for each tag of an article that `site.json` does not have.
    pub fn unknown_tags(&self, tags: &[Tag]) -> Vec<Problem> {
        let known: BTreeSet<&Slug> = tags.iter().map(|tag| &tag.slug).collect();
        let mut problems = Vec::new();
        for item in self.items {
            for tag in item.tags.iter().filter(|tag| !known.contains(tag)) {
                let message = unknown(
                    message!("site.json has no tag"),
                    tag.as_str(),
                    known.iter().map(|slug| slug.as_str()),
                );
                let help =
                    message!("write a tag of site.json, or add this one there under \"tags\"");
                let problem = self.instead.problem_in(&self.file(item), message, |root| {
                    root.key("tags").entry(tag.as_str(), 0)
                });
                problems.push(problem.help(help));
            }
        }
        problems
    }

    /// A warning for each tag of `site.json` that no article has.
    pub fn unused_tags(&self, tags: &[Tag]) -> Vec<Problem> {
        let site_file = self.folder.join("site.json");
        let used: BTreeSet<&Slug> = self.items.iter().flat_map(|item| &item.tags).collect();
        let unused = tags
            .iter()
            .enumerate()
            .filter(|(_, tag)| !used.contains(&tag.slug));
        let warn = |(index, tag): (usize, &Tag)| {
            let message = message!("no article has the tag \"{slug}\"", slug = tag.slug);
            let help = message!("write it into the \"tags\" of an article.json, or delete it here");
            self.instead
                .problem_in(&site_file, message, |root| {
                    root.key("tags").item(index).key("slug")
                })
                .help(help)
                .warning()
        };
        unused.map(warn).collect()
    }

    /// The problems of former addresses: each must be free, and belongs to one article.
    pub fn aliases(&self) -> Vec<Problem> {
        let mut owners: BTreeMap<&Name, PathBuf> = BTreeMap::new();
        let mut problems = Vec::new();
        for item in self.items.iter().filter(|item| !item.aliases.is_empty()) {
            let file = self.file(item);
            for (index, alias) in item.aliases.iter().enumerate() {
                let name = written(alias);
                let earlier = item.aliases[..index]
                    .iter()
                    .filter(|other| *other == alias)
                    .count();
                let at = |message| {
                    self.instead.problem_in(&file, message, |root: Cursor<'_>| {
                        root.key("aliases").entry(&name, earlier)
                    })
                };
                if self.articles.contains(alias) {
                    let help = message!(
                        "\"aliases\" are earlier addresses, which lead to this article: take this one out"
                    );
                    problems
                        .push(at(message!("an article stands at \"{name}\" now", name)).help(help));
                } else if let Some(owner) = owners.insert(alias, file.clone()) {
                    let (message, help) = if owner == file {
                        (
                            message!("\"{name}\" is there twice", name),
                            message!("delete one of the two"),
                        )
                    } else {
                        let other = crate::diagnostics::shown(&owner);
                        (
                            message!(
                                "\"{name}\" leads to another article too: {other}",
                                name,
                                other
                            ),
                            message!("keep it in one of the two"),
                        )
                    };
                    problems.push(at(message).help(help));
                }
            }
        }
        problems
    }

    /// An article's `article.json`.
    fn file(&self, Item { section, slug, .. }: &Item) -> PathBuf {
        self.folder
            .join("articles")
            .join(section.as_str())
            .join(slug.as_str())
            .join("article.json")
    }
}

/// A warning for each notice whose time is over at `now`.
pub fn past_notices(site_file: &Path, site: &Site, now: Moment) -> Vec<Problem> {
    let untils = site
        .notices
        .iter()
        .enumerate()
        .filter_map(|(index, notice)| Some((index, notice.until?)));
    let past = untils.filter(|(_, until)| until.minutes() <= now.minutes());
    let warn = |(index, until): (usize, Moment)| {
        let message = message!("the notice has been over since {until}", until);
        let problem = problem_in(site_file, message, |root| {
            root.key("notices").item(index).key("until")
        });
        problem
            .help(message!("delete it, or give it a later time"))
            .warning()
    };
    past.map(warn).collect()
}

/// A warning where none of the laws that `site.json` names is in force at `now`.
pub fn past_law(site_file: &Path, site: &Site, now: Moment) -> Option<Problem> {
    let is_in_force = |(_, from, until): &(String, Option<Moment>, Option<Moment>)| {
        let begun = from.is_none_or(|from| from.minutes() <= now.minutes());
        begun && until.is_none_or(|until| now.minutes() < until.minutes())
    };
    let (name, ..) = site.legal_basis.last()?;
    if site.legal_basis.iter().any(is_in_force) {
        return None;
    }
    let message = message!(
        "no law that is named here is in force now; the last is {name}",
        name
    );
    let problem = problem_in(site_file, message, |root| root.key("duties").key("basis"));
    Some(
        problem
            .help(message!(
                "add what has taken its place, with \"from\", and see what it asks for"
            ))
            .warning(),
    )
}

fn written((section, slug): &Name) -> String {
    format!("{section}/{slug}")
}
