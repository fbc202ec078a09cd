//! Checks one article while somebody writes it: the same messages as for the whole content, for
//! texts that are in no file yet.

use super::article_cache::{ArticleCache, PictureSizes};
use super::articles::read_article;
use super::pages::read_pages;
use super::site::{read_glossary, read_site};
use super::{Hashes, Loader, SITE, read_duties};
use crate::check::Hosts;
use crate::check::links::Targets;
use crate::check::whole::Whole;
use crate::content::catalogue::Item;
use crate::content::glossary::Glossary;
use crate::content::selection::Selection;
use crate::content::{Site, Tag};
use crate::diagnostics::{Failure, Problem};
use crate::json::Instead;
use crate::message;
use model::{Lang, Slug};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// What a single article is checked against: everything that it can link to or name.
#[derive(Clone, Default)]
pub struct Surroundings {
    targets: Targets,
    tags: Vec<Tag>,
    hosts: Hosts,
    glossary: Arc<Glossary>,
    sizes: Arc<PictureSizes>,
}

impl Surroundings {
    /// What was found while everything was loaded.
    pub(super) fn of(loader: &Loader, cache: &ArticleCache, site: Option<&Site>) -> Self {
        Self {
            targets: loader.targets.clone(),
            tags: site.map_or_else(Vec::new, |site| site.tags.clone()),
            hosts: loader.findings.hosts.clone(),
            glossary: Arc::clone(&loader.findings.glossary),
            sizes: cache.picture_sizes(),
        }
    }

    /// All articles, those that are held back too, as section and slug.
    pub fn articles(&self) -> impl Iterator<Item = &(Slug, Slug)> {
        self.targets.articles.iter().chain(&self.targets.held_back)
    }

    /// The names of the portal.
    pub fn glossary(&self) -> &Glossary {
        &self.glossary
    }

    /// The problems and warnings of an article. Where a file has a text in `instead`, that counts.
    ///
    /// # Errors
    /// Where something of the article cannot be read.
    pub fn check(
        &mut self,
        content: &Path,
        (section, slug): (&Slug, &Slug),
        instead: Instead,
        selection: &Selection,
    ) -> Result<Vec<Problem>, Failure> {
        let mut loader = Loader {
            known_sizes: Arc::clone(&self.sizes),
            targets: self.targets.clone(),
            instead,
            ..Loader::default()
        };
        loader.findings.hosts.clone_from(&self.hosts);
        loader.findings.glossary = Arc::clone(&self.glossary);
        let path = content
            .join("articles")
            .join(section.as_str())
            .join(slug.as_str());
        let article = read_article(&mut loader, &path, section, slug.clone())?;
        Arc::make_mut(&mut self.sizes).extend(loader.measured.drain(..));
        let hashes = std::mem::take::<Hashes>(&mut loader.hashes);
        let item =
            article.and_then(|article| Item::of(&article, |name| hashes.of(&path.join(name))));
        let items: Vec<Item> = item.into_iter().collect();
        if items.iter().any(|item| !selection.includes(item)) {
            loader.links_of_held_back.append(&mut loader.findings.links);
        }
        loader.check_links();
        let whole = Whole {
            folder: content,
            items: &items,
            articles: &loader.targets.articles,
            instead: &loader.instead,
        };
        let further: Vec<Problem> = [whole.aliases(), whole.unknown_tags(&self.tags)].concat();
        loader.findings.add_all(further);
        let mut problems = loader.findings.problems;
        problems.append(&mut loader.findings.warnings);
        Ok(problems)
    }

    /// The problems and warnings of what belongs to no article: `site.json`, the glossary and the
    /// standing pages. Where a file has a text in `instead`, that counts.
    ///
    /// # Errors
    /// Where something of it cannot be read.
    pub fn check_portal(
        &self,
        content: &Path,
        instead: Instead,
        selection: &Selection,
    ) -> Result<Vec<Problem>, Failure> {
        let mut loader = Loader {
            known_sizes: Arc::clone(&self.sizes),
            targets: self.targets.clone(),
            instead,
            ..Loader::default()
        };
        let root = loader.list(content)?;
        loader.findings.glossary = read_glossary(&mut loader, &root)?.into();
        let (mut site, listed) = read_site(&mut loader, &root)?;
        if let Some(site) = &site {
            let sections = site.sections.iter().map(|section| section.slug.clone());
            loader.targets.sections = sections.collect();
            loader.targets.tags = site.tags.iter().map(|tag| tag.slug.clone()).collect();
            report_lost_sections(&mut loader, content);
        }
        let langs = site
            .as_ref()
            .map_or(Lang::ALL.to_vec(), |site| site.languages.clone());
        let duties = read_duties(&mut loader, &root, site.as_mut(), selection)?;
        read_pages(&mut loader, &root, listed.as_deref(), &langs, &duties)?;
        loader.check_links();
        if let Some(site) = &site {
            let whole = Whole {
                folder: content,
                items: &[],
                articles: &loader.targets.articles,
                instead: &loader.instead,
            };
            let stories = whole.stories(site);
            loader.findings.add_all(stories);
        }
        let mut problems = loader.findings.problems;
        problems.append(&mut loader.findings.warnings);
        Ok(problems)
    }
}

/// Reports the sections that `site.json` does not have, although there are articles in them.
fn report_lost_sections(loader: &mut Loader, content: &Path) {
    let known = loader.targets.articles.iter().map(|(section, _)| section);
    let known: BTreeSet<Slug> = known.cloned().collect();
    let lost = known.difference(&loader.targets.sections);
    for section in lost.cloned().collect::<Vec<Slug>>() {
        let message = message!(
            "there are articles in the section \"{section}\", which is not here",
            section
        );
        let help = message!("bring it back, or move its articles to another section first");
        let file = content.join(SITE);
        let problem = loader
            .instead
            .problem_in(&file, message, |root| root.key("sections"));
        loader.findings.add(problem.help(help));
    }
}
