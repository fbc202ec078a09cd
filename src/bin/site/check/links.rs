//! Links from one page of this portal to another.

use crate::place::Place as Spotted;
use crate::problem::Problem;
use crate::read::{Spot, nearest};
use portal::model::{Address, Lang, Part, Slug};
use portal::route::{Place, Route};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A link to a page of this portal, with where it stands.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct LocalLink {
    file: String,
    place: Option<Spotted>,
    to: Address,
}

/// Everything that a link can lead to, in whatever languages it exists.
#[derive(Default)]
pub(crate) struct Targets {
    /// The sections.
    pub(crate) sections: BTreeSet<Slug>,
    /// The articles, each as section and slug.
    pub(crate) articles: BTreeSet<(Slug, Slug)>,
    /// The standing pages.
    pub(crate) pages: BTreeSet<Slug>,
    /// The tags.
    pub(crate) tags: BTreeSet<Slug>,
}

impl LocalLink {
    /// A link that stands at `spot`.
    pub(crate) fn new(spot: Spot<'_>, to: Address) -> Self {
        let here = spot.problem("");
        Self { file: here.file, place: here.place, to }
    }

    /// What is wrong with it.
    pub(crate) fn check(self, targets: &Targets) -> Option<Problem> {
        let (message, remedy) = targets.refuse(self.to.local_path()?)?;
        Some(Problem { file: self.file, place: self.place, message, remedy: Some(remedy) })
    }

    /// What is wrong with it as the story that leads the home page.
    pub(crate) fn check_lead(self, targets: &Targets) -> Option<Problem> {
        let wanted = self.to.local_path()?.trim_end_matches('/').to_owned();
        let known: Vec<String> = targets.articles.iter().map(|(section, slug)| format!("{section}/{slug}")).collect();
        if known.contains(&wanted) {
            return None;
        }
        let message = super::unknown("there is no article", &wanted, known.iter().map(String::as_str));
        let remedy = "\"lead\" names the article that leads the home page; without it the newest one does".to_owned();
        Some(Problem { file: self.file, place: self.place, message, remedy: Some(remedy) })
    }
}

impl Targets {
    /// Why nothing stands at a path below a language's home page, and what to write.
    fn refuse(&self, path: &str) -> Option<(String, String)> {
        let first = path.split('/').next().unwrap_or_default();
        if Lang::from_tag(first).is_some() {
            let message = format!("the link \"/{path}\" begins with a language");
            let remedy = format!("leave it out, each reader stays in theirs: {}", &path[first.len()..]);
            return Some((message, remedy));
        }
        match Route::parse(&format!("{}/{path}", Lang::Vi.tag())) {
            Place::Page(route) if self.has(&route) => None,
            Place::Page(route) => Some((format!("no page of this portal stands at \"/{path}\""), self.advice(&route))),
            Place::Moved(route) => {
                Some((format!("\"/{path}\" is not quite an address"), format!("write {}", local(&route))))
            }
            _ => Some((
                format!("no page of this portal can stand at \"/{path}\""),
                "write /section/slug/, /section/ or /pages/slug/".to_owned(),
            )),
        }
    }

    fn has(&self, route: &Route) -> bool {
        match route {
            Route::Home(_) => true,
            Route::Section(_, section, part) => *part == Part::FRONT && self.sections.contains(section),
            Route::Tag(_, tag, part) => *part == Part::FRONT && self.tags.contains(tag),
            Route::Archive(_) | Route::Tags(_) | Route::Search(_) => true,
            // Whether there is such a month depends on what is published, and in which language.
            Route::Year(..) | Route::Month(..) => false,
            Route::Article(_, section, slug) => self.articles.contains(&(section.clone(), slug.clone())),
            Route::Standing(_, page) => self.pages.contains(page),
            Route::NotFound(_) => false,
        }
    }

    fn advice(&self, route: &Route) -> String {
        let wanted = local(route);
        let known: Vec<String> = self.all().map(|route| local(&route)).collect();
        match nearest(&wanted, known.iter().map(String::as_str)) {
            Some(right) => format!("did you mean {right}?"),
            None => {
                "a link leads to /section/slug/, /section/ or /pages/slug/, and its folder must be there".to_owned()
            }
        }
    }

    fn all(&self) -> impl Iterator<Item = Route> {
        let lang = Lang::Vi;
        let sections = self.sections.iter().map(move |section| Route::Section(lang, section.clone(), Part::FRONT));
        let articles =
            self.articles.iter().map(move |(section, slug)| Route::Article(lang, section.clone(), slug.clone()));
        let pages = self.pages.iter().map(move |page| Route::Standing(lang, page.clone()));
        let tags = self.tags.iter().map(move |tag| Route::Tag(lang, tag.clone(), Part::FRONT));
        sections.chain(articles).chain(pages).chain(tags)
    }
}

/// The address as an editor writes it.
fn local(route: &Route) -> String {
    route.path().trim_start_matches(route.lang().tag()).to_owned()
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
        }
    }

    #[test]
    fn a_link_may_lead_to_every_kind_of_page() {
        for path in ["", "port/", "port/deep-water/", "pages/about/"] {
            assert_eq!(targets().refuse(path), None, "{path}");
        }
    }

    #[test]
    fn a_link_that_leads_nowhere_says_what_was_probably_meant() {
        for (path, advice) in [
            ("port/deep-watr/", "did you mean /port/deep-water/?"),
            ("port/deep-water", "write /port/deep-water/"),
            ("vi/port/", "leave it out, each reader stays in theirs: /port/"),
            ("pages/", "write /section/slug/, /section/ or /pages/slug/"),
            ("404.html", "a link leads to"),
            ("port/deep-water/#end", "write /section/slug/"),
            ("../x/", "write /section/slug/"),
        ] {
            let (_, remedy) = targets().refuse(path).unwrap();
            assert!(remedy.starts_with(advice), "{path}: {remedy}");
        }
    }
}
