//! Links from one page of this portal to another.

use crate::diagnostics::{Location, Message, Problem, short};
use crate::json::{Cursor, nearest};
use crate::message;
use model::route::{Destination, Route};
use model::{Address, Lang, PageNumber, Slug};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A link to a page of this portal, with its position.
#[derive(Clone, Serialize, Deserialize)]
pub struct LocalLink {
    file: String,
    place: Option<Location>,
    to: Address,
    /// Whether it is written with the portal's host. It is a warning then.
    is_whole: bool,
}

/// All pages that a link can lead to, whatever languages they have.
#[derive(Clone, Default)]
pub struct Targets {
    /// The sections.
    pub sections: BTreeSet<Slug>,
    /// The articles, each as section and slug.
    pub articles: BTreeSet<(Slug, Slug)>,
    /// The standing pages.
    pub pages: BTreeSet<Slug>,
    /// The tags.
    pub tags: BTreeSet<Slug>,
    /// The articles that this site leaves out: drafts, and those that are published later.
    pub held_back: BTreeSet<(Slug, Slug)>,
}

impl LocalLink {
    /// A link at `cursor`.
    pub fn new(cursor: Cursor<'_>, to: Address) -> Self {
        let here = cursor.problem(Message::verbatim(""));
        Self {
            file: here.file,
            place: here.location,
            to,
            is_whole: false,
        }
    }

    /// A link at `cursor` that is written with the portal's host.
    pub fn by_whole_address(cursor: Cursor<'_>, to: Address) -> Self {
        Self {
            is_whole: true,
            ..Self::new(cursor, to)
        }
    }

    /// The problem of the link, if it has one.
    pub fn check(self, targets: &Targets) -> Option<Problem> {
        let (message, help) = targets.refuse(self.to.local_path()?)?;
        let problem = Problem::with_file(self.file, message).help(help);
        let problem = if self.is_whole {
            problem.warning()
        } else {
            problem
        };
        Some(Problem {
            location: self.place,
            ..problem
        })
    }
}

impl Targets {
    /// The message and the help for a path, below a language's home page, at which no page stands.
    fn refuse(&self, whole: &str) -> Option<(Message, Message)> {
        let first = whole.split('/').next().unwrap_or_default();
        let destination = Route::parse(&format!("{}/{whole}", Lang::Vi.tag()));
        // Nearly all of a hundred thousand are right, and need no words.
        if let Destination::Page(route) = &destination
            && self.has(route)
            && Lang::from_tag(first).is_none()
        {
            return None;
        }
        let path = short(whole);
        if Lang::from_tag(first).is_some() {
            let message = message!("the link \"/{path}\" begins with a language", path);
            let help = message!(
                "leave it out, each reader stays in theirs: {address}",
                address = short(&whole[first.len()..])
            );
            return Some((message, help));
        }
        match destination {
            Destination::Page(Route::Article(_, section, slug))
                if self.held_back.contains(&(section.clone(), slug.clone())) =>
            {
                Some((
                    message!(
                        "the article at \"/{path}\" is a draft, or not published yet",
                        path
                    ),
                    message!("publish it first, or take the link out"),
                ))
            }
            Destination::Page(route @ (Route::Year(..) | Route::Month(..))) => Some((
                message!(
                    "\"/{path}\" is a page of the archive, which is not there in every language",
                    path
                ),
                message!(
                    "write {address}",
                    address = local(&Route::Archive(route.lang()))
                ),
            )),
            Destination::Page(route) => Some((
                message!("no page of this portal stands at \"/{path}\"", path),
                self.advice(&route),
            )),
            Destination::Moved(route) => Some((
                message!("\"/{path}\" is not quite an address", path),
                message!("write {address}", address = local(&route)),
            )),
            _ => Some((
                message!("no page of this portal can stand at \"/{path}\"", path),
                message!("write /section/slug/, /section/, /pages/slug/, /tags/slug/ or /archive/")
                    .to_owned(),
            )),
        }
    }

    fn has(&self, route: &Route) -> bool {
        match route {
            Route::Section(_, section, part) => {
                *part == PageNumber::FRONT && self.sections.contains(section)
            }
            Route::Tag(_, tag, part) => *part == PageNumber::FRONT && self.tags.contains(tag),
            Route::Home(_) | Route::Archive(_) | Route::Tags(_) | Route::Search(_) => true,
            // Each language has only the months in which it has published articles.
            Route::Year(..) | Route::Month(..) | Route::NotFound(_) => false,
            Route::Article(_, section, slug) => {
                self.articles.contains(&(section.clone(), slug.clone()))
            }
            Route::Standing(_, page) => self.pages.contains(page),
        }
    }

    fn advice(&self, route: &Route) -> Message {
        let wanted = local(route);
        let known: Vec<String> = self.all().map(|route| local(&route)).collect();
        match nearest(&wanted, known.iter().map(String::as_str)) {
            Some(right) => message!("did you mean {right}?", right),
            None => message!("a link leads to /section/slug/, /section/, /pages/slug/ or /tags/slug/, and that must be there")
                .to_owned(),
        }
    }

    fn all(&self) -> impl Iterator<Item = Route> {
        let lang = Lang::Vi;
        let sections = self
            .sections
            .iter()
            .map(move |section| Route::Section(lang, section.clone(), PageNumber::FRONT));
        let articles = self
            .articles
            .iter()
            .map(move |(section, slug)| Route::Article(lang, section.clone(), slug.clone()));
        let pages = self
            .pages
            .iter()
            .map(move |page| Route::Standing(lang, page.clone()));
        let tags = self
            .tags
            .iter()
            .map(move |tag| Route::Tag(lang, tag.clone(), PageNumber::FRONT));
        let fixed = [Route::Archive(lang), Route::Tags(lang), Route::Search(lang)];
        sections
            .chain(articles)
            .chain(pages)
            .chain(tags)
            .chain(fixed)
    }
}

/// The address as an editor writes it, without a language.
fn local(route: &Route) -> String {
    route
        .path()
        .trim_start_matches(route.lang().tag())
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets() -> Targets {
        let slug = |text| Slug::new(text).unwrap();
        Targets {
            sections: [slug("port")].into(),
            articles: [(slug("port"), slug("deep-water"))].into(),
            pages: [slug("about")].into(),
            tags: [slug("diplomacy")].into(),
            held_back: [(slug("port"), slug("to-come"))].into(),
        }
    }

    #[test]
    fn a_link_may_lead_to_every_kind_of_page() {
        for path in [
            "",
            "port/",
            "port/deep-water/",
            "pages/about/",
            "tags/",
            "tags/diplomacy/",
            "archive/",
            "search/",
        ] {
            assert_eq!(targets().refuse(path), None, "{path}");
        }
    }

    #[test]
    fn a_link_that_leads_nowhere_says_what_was_probably_meant() {
        for (path, advice) in [
            ("tags/diplomcy/", "did you mean /tags/diplomacy/?"),
            ("archiv/", "did you mean /archive/?"),
            ("archive/2014/", "write /archive/"),
            ("archive/2014/09/", "write /archive/"),
            ("port/to-come/", "publish it first"),
            ("tags", "write /tags/"),
            ("port/deep-watr/", "did you mean /port/deep-water/?"),
            ("port/deep-water", "write /port/deep-water/"),
            (
                "vi/port/",
                "leave it out, each reader stays in theirs: /port/",
            ),
            ("pages/", "write /section/slug/, /section/, /pages/slug/"),
            ("404.html", "a link leads to"),
            ("port/deep-water/#end", "write /section/slug/"),
            ("../x/", "write /section/slug/"),
        ] {
            let (_, help) = targets().refuse(path).unwrap();
            assert!(help.starts_with(advice), "{path}: {help}");
        }
    }
}
