//! The standing pages that the build makes of the register of documents, the calendar, the questions
//! and the like. To readers and to the browser program they are standing pages as any other: bodies
//! of the same blocks, so that neither has a byte more for them ([decision 42]).
//!
//! [decision 42]: ../../../../docs/decisions/0042-duties-are-standing-pages.md

mod assessment;
mod document;
mod events;
mod questions;
mod register;
mod site_map;
mod statistics;
mod writing;

use crate::media::pictures::Published;
use crate::publish::article_index::ArticleIndex;
use editorial::content::catalogue::Item;
use editorial::content::duties::Duties;
use editorial::content::{Site, Standing, StandingVersion};
use model::route::Route;
use model::{Lang, Slug};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Files below a page's address: their names and bytes.
pub(super) type PageFiles = Vec<(String, Vec<u8>)>;

/// A standing page that the build makes.
pub(super) struct MadePage {
    /// The page.
    pub(super) page: Standing,
    /// What machines read of it, as JSON-LD.
    pub(super) data: BTreeMap<Lang, Value>,
    /// The files that belong to it.
    pub(super) files: BTreeMap<Lang, PageFiles>,
    /// Whether its words are searched. Those of lists are not: what they list is.
    pub(super) is_searched: bool,
    /// The names of pages that were there once and lead here now.
    pub(super) former: Vec<Slug>,
}

/// A page in one language.
#[derive(Default)]
struct Made {
    version: StandingVersion,
    data: Option<Value>,
    files: PageFiles,
}

/// What pages are made of.
pub(super) struct Maker<'a, P> {
    /// The portal.
    pub(super) site: &'a Site,
    /// The path that it stands under.
    pub(super) base: &'a str,
    /// The standing pages that editors have written.
    pub(super) pages: &'a [Standing],
    /// The catalogue's items, one for each article.
    pub(super) items: &'a [Item],
    /// The index of all articles.
    pub(super) index: &'a ArticleIndex<'a>,
    /// Maps a file to its published ones.
    pub(super) pictures: &'a P,
}

impl<P: Fn(&Path) -> Published> Maker<'_, P> {
    /// All pages that the build makes.
    pub(super) fn pages(&self) -> Vec<MadePage> {
        let mut made = Vec::new();
        let duties = self.duties();
        if let Some(register) = &duties.register {
            made.extend(self.register(register));
        }
        if let Some(questions) = &duties.questions {
            made.extend(self.questions(questions));
        }
        if duties.calendar {
            made.extend(self.events());
        }
        if duties.statistics {
            made.extend(self.statistics());
        }
        if let Some(assessment) = &duties.assessment {
            made.extend(self.assessment(assessment));
        }
        // It leads to all of these.
        if duties.site_map {
            let map = self.site_map(&made);
            made.extend(map);
        }
        made
    }

    fn duties(&self) -> &Duties {
        &self.site.duties
    }

    /// A page of this name in every language; `None` where no page can have it.
    fn page(&self, slug: &str, is_searched: bool, make: impl Fn(Lang) -> Made) -> Option<MadePage> {
        let slug = Slug::new(slug).ok()?;
        let (mut versions, mut data, mut files) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for &lang in &self.site.languages {
            let made = make(lang);
            versions.insert(lang, made.version);
            data.extend(made.data.map(|value| (lang, value)));
            if !made.files.is_empty() {
                files.insert(lang, made.files);
            }
        }
        Some(MadePage {
            page: Standing { slug, versions },
            data,
            files,
            is_searched,
            former: Vec::new(),
        })
    }

    /// The full address of a page.
    fn address(&self, route: &Route) -> String {
        format!("{}{}", self.site.origin, route.href(self.base))
    }
}
