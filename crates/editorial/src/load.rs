//! Loads the content folder: finds, reads and checks every file, and reports every file that does
//! not belong there.

pub mod article_cache;
mod articles;
mod attached_files;
mod duties;
mod folder_files;
mod history;
mod leavings;
mod listing;
pub mod names;
mod pages;
mod pictures;
pub mod single;
mod site;
mod translations;

use crate::check::Findings;
use crate::check::attached_file::is_attached;
use crate::check::drawings::{card, sign};
use crate::check::links::{LocalLink, Targets};
use crate::check::picture_file::is_picture;
use crate::check::whole::Whole;
use crate::content::article::Article;
use crate::content::authored;
use crate::content::catalogue::Item;
use crate::content::drawings::Drawings;
use crate::content::duties::Duties;
use crate::content::selection::Selection;
use crate::content::{Content, Site};
use crate::diagnostics::{Failure, Message, Problem, shown};
use crate::hash;
use crate::json::{self, Instead, Reading, nearest};
use crate::message;
use article_cache::{ArticleCache, PictureSizes};
use articles::{read_article, read_articles};
use duties::{read_assessment, read_questions, read_register};
use leavings::copy;
use listing::Folder;
use model::Lang;
use pages::read_pages;
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use single::Surroundings;
use site::{read_counts, read_drawing, read_glossary, read_site};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The result of loading: the usable content, and all problems.
pub struct Loaded {
    /// The parts without problems; `None` where `site.json` has one. Publish it only where
    /// `problems` is empty.
    pub content: Option<Content>,
    /// Every error.
    pub problems: Vec<Problem>,
    /// Every warning. They stop nothing.
    pub warnings: Vec<Problem>,
    /// How many files were read.
    pub files: usize,
    /// What a single article is checked against.
    pub surroundings: Surroundings,
}

/// The name of the file that describes the portal.
const SITE: &str = "site.json";
/// The name of the portal's sign.
const SIGN: &str = "sign.svg";
/// The name of the form of share cards.
const CARD: &str = "card.svg";
/// The name of the file with the assessment of accessibility.
pub const ASSESSMENT: &str = "accessibility.json";
/// The folder of the register of documents.
pub(crate) const DOCUMENTS: &str = "documents";
/// The folder of questions and answers.
pub(crate) const QUESTIONS: &str = "questions";
/// The name of the file with view counts.
pub const VIEWS: &str = "views.json";
/// The same file while it is written.
pub const VIEWS_NEW: &str = ".views.json.new";
/// The name of the file that says where a CMS is.
pub const SOURCE: &str = "source.json";
/// The name of the file that records what came from there.
pub const SOURCE_RECORD: &str = ".sync.json";
/// The record while it is written.
pub const SOURCE_RECORD_NEW: &str = ".sync.json.new";
/// What a sync that is at work adds to the record.
pub const SOURCE_JOURNAL: &str = ".sync.journal";
/// The name of the file with the names of the portal.
pub const GLOSSARY: &str = "glossary.json";
/// The folder in which imports and syncs that are at work make articles.
pub const STAGING: &str = ".import";
/// The folder in which the desk keeps what is not saved yet.
pub const DRAFTS: &str = ".drafts";

/// A content folder, and the texts that count in place of its files: usually none.
#[derive(Clone, Copy)]
pub struct ContentFolder<'a> {
    /// The folder.
    pub path: &'a Path,
    /// The texts.
    pub instead: &'a Instead,
}

impl<'a> From<&'a Path> for ContentFolder<'a> {
    fn from(path: &'a Path) -> Self {
        Self {
            path,
            instead: Instead::nothing(),
        }
    }
}

impl<'a> From<&'a PathBuf> for ContentFolder<'a> {
    fn from(path: &'a PathBuf) -> Self {
        path.as_path().into()
    }
}

/// Reads `site.json` alone. Its references to other files are not looked up.
///
/// # Errors
/// Where it cannot be read.
pub fn site_file(content: &Path) -> Result<(PathBuf, Reading<authored::site::Site>), Failure> {
    let path = content.join(SITE);
    let bytes = std::fs::read(&path).map_err(|error| Failure::io("read", &path, &error))?;
    let reading = json::read(&shown(&path), &bytes);
    Ok((path, reading))
}

/// Loads and checks a content folder. All of it is checked; `selection` says which articles links
/// may lead to. An article whose files have not changed comes from `cache`.
///
/// # Errors
/// Where the folder or something in it cannot be read.
pub fn load<'a>(
    folder: impl Into<ContentFolder<'a>>,
    cache: &mut ArticleCache,
    selection: &Selection,
) -> Result<Loaded, Failure> {
    let ContentFolder { path, instead } = folder.into();
    let mut loader = Loader {
        known_sizes: cache.picture_sizes(),
        instead: instead.clone(),
        ..Loader::default()
    };
    let root = loader.list(path)?;
    loader.only(
        &root,
        &[
            SITE,
            SIGN,
            CARD,
            GLOSSARY,
            ASSESSMENT,
            VIEWS,
            VIEWS_NEW,
            SOURCE,
            SOURCE_RECORD,
            SOURCE_RECORD_NEW,
            SOURCE_JOURNAL,
        ],
        &[
            "articles", "banners", DOCUMENTS, "pages", QUESTIONS, STAGING, DRAFTS,
        ],
        &message!("the content folder"),
    );
    let drawings = Drawings {
        sign: read_drawing(&mut loader, &root, SIGN, sign)?,
        card: read_drawing(&mut loader, &root, CARD, card)?,
    };
    loader.findings.glossary = read_glossary(&mut loader, &root)?.into();
    let (mut site, listed) = read_site(&mut loader, &root)?;
    loader.targets.sections = site
        .iter()
        .flat_map(|site| &site.sections)
        .map(|section| section.slug.clone())
        .collect();
    loader.targets.tags = site
        .iter()
        .flat_map(|site| &site.tags)
        .map(|tag| tag.slug.clone())
        .collect();
    let counts = read_counts(&mut loader, &root)?;
    let items = read_articles(&mut loader, &root, site.is_some(), cache, selection)?;
    let languages = site
        .as_ref()
        .map_or(Lang::ALL.to_vec(), |site| site.languages.clone());
    let duties = read_duties(&mut loader, &root, site.as_mut(), selection)?;
    let mut pages = read_pages(&mut loader, &root, listed.as_deref(), &languages, &duties)?;
    if let Some(site) = &mut site {
        site.duties = duties;
        if let Some(monitoring) = &site.monitoring {
            monitoring.tell(&mut pages);
        }
    }
    let surroundings = Surroundings::of(&loader, cache, site.as_ref());
    loader.check_links();
    loader.check_whole(&root, site.as_ref(), &items);
    let media = loader.hashes.media();
    let content = site.filter(|_| loader.site_is_sound).map(|site| {
        let mut content = Content {
            site,
            items,
            pages,
            media,
            drawings,
        };
        content.show_views(counts.as_ref());
        content
    });
    Ok(Loaded {
        content,
        problems: loader.findings.problems,
        warnings: loader.findings.warnings,
        files: loader.files,
        surroundings,
    })
}

/// Reads what public bodies owe besides news, and what `site` says of it, which is taken out of there.
fn read_duties(
    loader: &mut Loader,
    root: &Folder,
    site: Option<&mut Site>,
    selection: &Selection,
) -> Result<Duties, Failure> {
    let languages = site
        .as_ref()
        .map_or(Lang::ALL.to_vec(), |site| site.languages.clone());
    let mut duties = site.map_or_else(Duties::default, |site| std::mem::take(&mut site.duties));
    duties.assessment = read_assessment(loader, root)?;
    duties.questions = read_questions(loader, root, &languages)?;
    duties.register = read_register(loader, root, selection)?;
    Ok(duties)
}

/// Reads the article of `item` without the checks, which are most of the cost. `None` where its
/// files have changed since `item` was made, or are gone.
///
/// # Errors
/// Where something of it cannot be read.
pub fn reread<'a>(
    folder: impl Into<ContentFolder<'a>>,
    item: &Item,
) -> Result<Option<Article>, Failure> {
    let ContentFolder { path, instead } = folder.into();
    let path = path
        .join("articles")
        .join(item.section.as_str())
        .join(item.slug.as_str());
    if !path.is_dir() {
        return Ok(None);
    }
    let mut loader = Loader {
        skip_checks: true,
        instead: instead.clone(),
        ..Loader::default()
    };
    let article = read_article(&mut loader, &path, &item.section, item.slug.clone())?;
    let is_same = |name: &str, hash: u64| loader.hashes.of(&path.join(name)) == hash;
    let same = is_same("article.json", item.hash)
        && item
            .versions
            .iter()
            .all(|(lang, version)| is_same(&format!("{}.json", lang.tag()), version.hash));
    Ok(article.filter(|_| same && loader.findings.problems.is_empty()))
}

/// The state of loading.
#[derive(Default)]
struct Loader {
    findings: Findings,
    targets: Targets,
    links_of_held_back: Vec<LocalLink>,
    files: usize,
    hashes: Hashes,
    site_is_sound: bool,
    /// Whether the checks are left out, because the files passed them before.
    skip_checks: bool,
    /// The sizes of the pictures that an earlier build measured.
    known_sizes: Arc<PictureSizes>,
    /// Pictures that this build measured.
    measured: Vec<(u64, (u32, u32))>,
    /// What counts in place of files.
    instead: Instead,
}

/// The hashes of the files that were read.
#[derive(Default)]
struct Hashes(Vec<(PathBuf, u64)>);

impl Hashes {
    /// The hash of an article's file; 0 where it was not read. The hash of `article.json` includes
    /// the pictures and attached files.
    fn of(&self, path: &Path) -> u64 {
        let hash = self
            .0
            .iter()
            .find(|(known, _)| known == path)
            .map_or(0, |(_, hash)| *hash);
        if path.ends_with("article.json") {
            let facts = hash::CacheKey::default().number(hash);
            let name = |path: &Path| {
                path.file_name()
                    .unwrap_or_default()
                    .as_encoded_bytes()
                    .to_vec()
            };
            return self
                .media()
                .iter()
                .fold(facts, |key, (path, hash)| key.add(name(path)).number(*hash))
                .finish();
        }
        hash
    }

    /// The pictures and attached files.
    fn media(&self) -> Vec<(PathBuf, u64)> {
        let is_media = |name: &str| is_picture(name) || is_attached(name);
        let is_media = |path: &Path| {
            path.file_name()
                .is_some_and(|name| is_media(&name.to_string_lossy()))
        };
        self.0
            .iter()
            .filter(|(path, _)| is_media(path))
            .cloned()
            .collect()
    }
}

impl Loader {
    /// Lists a folder, and reports entries that can never be content.
    fn list(&mut self, path: &Path) -> Result<Folder, Failure> {
        let mut folder = Folder::list(path, &mut self.findings.problems)?;
        folder.add(self.instead.coming_to(path));
        Ok(folder)
    }

    /// Lists a subfolder, where it exists.
    fn sub(&mut self, folder: &Folder, name: &str) -> Result<Option<Folder>, Failure> {
        if folder.folders.iter().any(|known| known == name) {
            self.list(&folder.path.join(name)).map(Some)
        } else {
            Ok(None)
        }
    }

    fn bytes(&mut self, path: &Path) -> Result<Vec<u8>, Failure> {
        self.files += 1;
        let bytes = self.instead.bytes(path);
        let bytes = bytes.map_err(|error| Failure::io("read", path, &error))?;
        self.hashes.0.push((path.to_owned(), hash::of(&bytes)));
        Ok(bytes)
    }

    /// Reads a JSON file, and notes its problems.
    fn json<T: DeserializeOwned>(&mut self, path: &Path) -> Result<Reading<T>, Failure> {
        let bytes = self.bytes(path)?;
        Ok(self.parse(path, &bytes))
    }

    /// Reads a JSON file's bytes, and notes their problems.
    fn parse<T: DeserializeOwned>(&mut self, path: &Path, bytes: &[u8]) -> Reading<T> {
        if let Some(reading) = Some(bytes)
            .filter(|_| self.skip_checks)
            .and_then(json::read_unchecked)
        {
            return reading;
        }
        let mut reading = json::read(&shown(path), bytes);
        self.findings.add_all(reading.problems.drain(..));
        reading
    }

    /// Reports everything in `folder` but these files and folders.
    fn only(&mut self, folder: &Folder, files: &[&str], folders: &[&str], what: &Message) {
        // What the tool keeps for itself is nobody's to write.
        let known = || {
            let all = files.iter().chain(folders).copied();
            all.filter(|name| !name.starts_with('.'))
        };
        let holds: Vec<&str> = known().collect();
        let holds = holds.join(", ");
        let stray_files = folder
            .files
            .iter()
            .filter(|name| !files.contains(&name.as_str()));
        let stray_folders = folder
            .folders
            .iter()
            .filter(|name| !folders.contains(&name.as_str()));
        for name in stray_files.chain(stray_folders) {
            if folders.contains(&name.as_str()) {
                self.findings.add(folder.instead_of_a_folder(name));
                continue;
            }
            if files.contains(&name.as_str()) {
                self.findings.add(folder.instead_of_a_file(name));
                continue;
            }
            if let Some((message, help)) = copy(name, &folder.files) {
                let problem = Problem::with_file(shown(&folder.path.join(name)), message);
                self.findings.add(problem.help(help));
                continue;
            }
            let message = match nearest(name, known()) {
                Some(right) => {
                    message!(
                        "nothing in {what} is called \"{name}\": did you mean \"{right}\"?",
                        what,
                        name,
                        right
                    )
                }
                None => message!("\"{name}\" does not belong in {what}", name, what),
            };
            self.findings.add(
                Problem::with_file(shown(&folder.path.join(name)), message)
                    .help(message!("it holds {holds}", holds)),
            );
        }
    }

    /// Checks the local links. An article that is held back may also link to others that are held
    /// back.
    fn check_links(&mut self) {
        let wrong = |links: Vec<LocalLink>, targets: &Targets| -> Vec<Problem> {
            let links = links.into_par_iter();
            links.filter_map(|link| link.check(targets)).collect()
        };
        let links = std::mem::take(&mut self.findings.links);
        let found = wrong(links, &self.targets);
        self.findings.add_all(found);
        self.targets.articles.append(&mut self.targets.held_back);
        let links = std::mem::take(&mut self.links_of_held_back);
        let found = wrong(links, &self.targets);
        self.findings.add_all(found);
    }

    /// Checks the references between articles and `site.json`, once all of them are known.
    fn check_whole(&mut self, root: &Folder, site: Option<&Site>, items: &[Item]) {
        let whole = Whole {
            folder: &root.path,
            items,
            articles: &self.targets.articles,
            instead: &self.instead,
        };
        self.findings.add_all(whole.aliases());
        let Some(site) = site else { return };
        self.findings.add_all(whole.stories(site));
        self.findings.add_all(whole.unknown_tags(&site.tags));
        // The tags of an article that could not be read are unknown.
        if self.findings.problems.is_empty() {
            self.findings.add_all(whole.unused_tags(&site.tags));
        }
    }
}

#[cfg(test)]
mod tests;
