//! Loads articles: the folders `articles/<section>/<slug>/`.

use super::files::Files;
use super::listing::Folder;
use super::memory::{Digest, Memory, Remembered, Signature};
use super::pictures::Pictures;
use super::{Loader, names};
use crate::check::Findings;
use crate::check::article::Named;
use crate::check::attached_file::{self, is_attached};
use crate::check::picture_file::{ENDINGS, is_picture};
use crate::content::article::{Article, Facts, Version};
use crate::content::authored;
use crate::content::catalogue::Item;
use crate::content::selection::Selection;
use crate::content::stamp;
use crate::diagnostics::{Failure, Problem, short, shown};
use crate::json::nearest;
use model::{Lang, Slug};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An article's folder, section and slug.
struct Place {
    path: PathBuf,
    section: Slug,
    slug: Slug,
}

/// Takes an article from the cache, or else reads it.
fn remember(place: Place, memory: &Memory, own_host: Option<Arc<str>>) -> Result<Remembered, Failure> {
    let Place { path, section, slug } = place;
    let signature = Signature::of(&path)?;
    if let Some(known) = memory.recall(&path, &signature) {
        return Ok(known);
    }
    let mut loader = Loader { known: memory.known(), ..Loader::default() };
    loader.findings.own_host = own_host;
    let article = loader.article(&path, &section, slug)?;
    let digest = Digest {
        item: article.and_then(|article| Item::of(&article, |name| loader.hashes.of(&path.join(name)))),
        links: std::mem::take(&mut loader.findings.links),
        media: loader.hashes.media(),
        measured: loader.measured,
        files: loader.files,
    };
    let Findings { problems, warnings, .. } = loader.findings;
    Ok(Remembered { path, signature, digest, problems, warnings })
}

impl Loader {
    /// Reads all articles, in parallel. `sections_known` says whether `site.json` could be read.
    pub(super) fn articles(
        &mut self,
        root: &Folder,
        sections_known: bool,
        memory: &mut Memory,
        selection: &Selection,
    ) -> Result<Vec<Item>, Failure> {
        let Some(folder) = self.sub(root, "articles")? else { return Ok(Vec::new()) };
        self.no_files(&folder, "articles holds a folder for each section");
        let mut places = Vec::new();
        for name in &folder.folders {
            let path = folder.path.join(name);
            let Some(section) = self.slug(&path, name) else { continue };
            if !sections_known {
                self.targets.sections.insert(section.clone());
            } else if !self.targets.sections.contains(&section) {
                self.unknown_section(&path, name);
            }
            places.extend(self.section(&path, &section)?);
        }
        let own_host = self.findings.own_host.clone();
        memory.of_portal(own_host.as_deref());
        let known: &Memory = memory;
        let read: Result<Vec<Remembered>, Failure> =
            places.into_par_iter().map(|place| remember(place, known, own_host.clone())).collect();
        let mut items = Vec::new();
        for remembered in read? {
            self.files += remembered.digest.files;
            self.findings.problems.extend_from_slice(&remembered.problems);
            self.findings.warnings.extend_from_slice(&remembered.warnings);
            let held_back = remembered.digest.item.as_ref().filter(|item| !selection.includes(item));
            let links = if held_back.is_some() { &mut self.links_of_held_back } else { &mut self.findings.links };
            links.extend(remembered.digest.links.iter().cloned());
            if let Some(Item { section, slug, .. }) = held_back {
                self.targets.held_back.extend(self.targets.articles.take(&(section.clone(), slug.clone())));
            }
            self.hashes.0.extend(remembered.digest.media.iter().cloned());
            items.extend(remembered.digest.item.clone());
            memory.keep(remembered);
        }
        Ok(items)
    }

    /// Lists the articles of a section.
    fn section(&mut self, path: &Path, section: &Slug) -> Result<Vec<Place>, Failure> {
        let folder = self.list(path)?;
        self.no_files(&folder, "a section holds a folder for each article");
        let mut places = Vec::new();
        for name in &folder.folders {
            let path = folder.path.join(name);
            if let Some(slug) = self.slug(&path, name) {
                self.targets.articles.insert((section.clone(), slug.clone()));
                places.push(Place { path, section: section.clone(), slug });
            }
        }
        Ok(places)
    }

    /// Reads an article.
    pub(super) fn article(&mut self, path: &Path, section: &Slug, slug: Slug) -> Result<Option<Article>, Failure> {
        let before = self.findings.problems.len();
        let folder = self.list(path)?;
        let (mut pictures, mut files) = (self.pictures(&folder)?, self.attached(&folder)?);
        self.strays(&folder);
        let (facts, named) = self.facts(&folder, &mut pictures, &mut files)?;
        let versions = self.versions(&folder, named.as_ref())?;
        if let Some(facts) = facts.as_ref().filter(|_| !self.again) {
            self.idle_files(&folder, facts, &versions);
            self.translations(&folder, (section, &slug), facts, &versions);
            self.history(&folder, facts, &versions);
        }
        let sound = self.findings.problems.len() == before;
        Ok(facts.filter(|_| sound).map(|facts| Article { section: section.clone(), slug, facts, versions }))
    }

    /// Reads `article.json`: the facts, and the names of the pictures and files.
    fn facts(
        &mut self,
        folder: &Folder,
        pictures: &mut Pictures,
        files: &mut Files,
    ) -> Result<(Option<Facts>, Option<Named>), Failure> {
        let path = folder.path.join("article.json");
        if folder.folders.iter().any(|name| name == "article.json") {
            return Ok((None, None));
        }
        if !folder.files.iter().any(|name| name == "article.json") {
            let help = "every article needs one, with its date and its source: docs/content.md";
            self.findings.add(Problem::with_file(shown(&path), "the file is missing").help(help));
            return Ok((None, None));
        }
        let mut reading = self.json::<authored::article::Article>(&path)?;
        let Some(article) = reading.value.take() else { return Ok((None, None)) };
        let named = Named { pictures: article.pictures.keys().cloned().collect(), files: article.files.clone() };
        let facts = self.findings.facts(
            reading.root(),
            article,
            |findings, cursor, name| pictures.find(findings, cursor, name),
            |findings, cursor, name| files.find(findings, cursor, name),
        );
        pictures.unused(&mut self.findings, "article.json");
        files.unused(&mut self.findings, "article.json");
        Ok((facts, Some(named)))
    }

    /// Warns of attached files that no text uses.
    fn idle_files(&mut self, folder: &Folder, facts: &Facts, versions: &BTreeMap<Lang, Version>) {
        let used = |name: &str| {
            versions.values().flat_map(|version| &version.body).any(|part| part.files().any(|used| used == name))
        };
        for name in facts.files.keys().filter(|name| !used(name)) {
            let problem = Problem::with_file(
                shown(&folder.path.join("article.json")),
                format!("no text uses the file \"{}\"", short(name)),
            );
            let help =
                "name it in a block such as { \"attachment\": { \"title\": \"…\", \"file\": \"…\" } }, or delete it";
            self.findings.add(problem.help(help).warning());
        }
    }

    fn versions(&mut self, folder: &Folder, named: Option<&Named>) -> Result<BTreeMap<Lang, Version>, Failure> {
        let languages = self.languages(folder, &["article.json"]);
        if languages.is_empty() {
            let help = format!("write at least one of {}.json", names::tags().replace(", ", ".json, "));
            self.findings
                .add(Problem::with_file(shown(&folder.path), "the article is there in no language").help(help));
        }
        let mut versions = BTreeMap::new();
        for lang in languages {
            let path = folder.path.join(format!("{}.json", lang.tag()));
            let bytes = self.bytes(&path)?;
            let mut reading = self.parse::<authored::version::Version>(&path, &bytes);
            if let Some(version) = reading.value.take() {
                let version = self.findings.version(reading.root(), version, named);
                let stamp = Some(&bytes).filter(|_| !self.again).and_then(|bytes| stamp::of(bytes));
                versions.insert(lang, Version { stamp: stamp.unwrap_or_default(), ..version });
            }
        }
        Ok(versions)
    }

    /// The languages that a folder has files for. Every other JSON file is reported, except for
    /// `known` ones.
    pub(super) fn languages(&mut self, folder: &Folder, known: &[&str]) -> Vec<Lang> {
        let mut languages = Vec::new();
        for name in folder.files.iter().filter(|name| names::is_json(name) && !known.contains(&name.as_str())) {
            match names::language(name) {
                Ok(lang) => languages.push(lang),
                Err((message, help)) => {
                    self.findings.add(Problem::with_file(shown(&folder.path.join(name)), message).help(help));
                }
            }
        }
        languages
    }

    /// A folder's name as a slug.
    pub(super) fn slug(&mut self, path: &Path, name: &str) -> Option<Slug> {
        names::slug(name)
            .map_err(|(message, help)| self.findings.add(Problem::with_file(shown(path), message).help(help)))
            .ok()
    }

    /// Reports the files of a folder that should hold folders only.
    pub(super) fn no_files(&mut self, folder: &Folder, holds: &str) {
        for name in &folder.files {
            let message = format!("the file \"{name}\" does not belong here");
            self.findings.add(
                Problem::with_file(shown(&folder.path.join(name)), message).help(format!("{holds}, and no files")),
            );
        }
    }

    fn unknown_section(&mut self, path: &Path, name: &str) {
        let message = match nearest(name, self.targets.sections.iter().map(Slug::as_str)) {
            Some(right) => format!("site.json has no section \"{name}\": did you mean \"{right}\"?"),
            None => format!("site.json has no section \"{name}\""),
        };
        let help = "rename the folder, or add the section to site.json";
        self.findings.add(Problem::with_file(shown(path), message).help(help));
    }

    /// Reports entries that are no JSON file, no picture and no attached file.
    fn strays(&mut self, folder: &Folder) {
        let known = |name: &str| names::is_json(name) || is_picture(name) || is_attached(name);
        let strays = folder.files.iter().filter(|name| !known(name));
        for name in folder.folders.iter().filter(|name| known(name)) {
            self.findings.add(folder.instead_of_a_file(name));
        }
        for name in strays.chain(folder.folders.iter().filter(|name| !known(name))) {
            let message = format!("\"{name}\" does not belong in an article's folder");
            let lower = name.to_lowercase();
            let help = if is_picture(&lower) {
                format!("rename it to {lower}: pictures end in lower case")
            } else if is_attached(&lower) {
                format!("rename it to {lower}: files end in lower case")
            } else {
                format!(
                    "it holds article.json, {}.json, pictures in .{} and files in .{}",
                    names::tags().replace(", ", ".json, "),
                    ENDINGS.join(", ."),
                    attached_file::ENDINGS.join(", .")
                )
            };
            self.findings.add(Problem::with_file(shown(&folder.path.join(name)), message).help(help));
        }
    }
}
