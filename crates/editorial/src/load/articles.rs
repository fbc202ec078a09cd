//! Loads articles: the folders `articles/<section>/<slug>/`.

use super::article_cache::{ArticleCache, CachedArticle, LoadedArticle, Signature};
use super::attached_files::{AttachedFiles, read_attached_files};
use super::history::check_history;
use super::leavings::{copy, folder_copy, is_lock};
use super::listing::Folder;
use super::pictures::{Pictures, read_pictures};
use super::translations::check_translations;
use super::{Loader, names};
use crate::check::article::{Named, check_facts, check_version};
use crate::check::attached_file::{self, is_attached};
use crate::check::glossary::{compare, warn};
use crate::check::picture_file::{ENDINGS, is_picture};
use crate::check::{Findings, Hosts};
use crate::content::article::{Article, Facts, Version};
use crate::content::authored;
use crate::content::catalogue::Item;
use crate::content::glossary::Glossary;
use crate::content::selection::Selection;
use crate::content::stamp;
use crate::diagnostics::{Failure, Message, Problem, short, shown};
use crate::json::{Instead, Reading, nearest};
use crate::message;
use model::{Lang, Slug};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An article's folder, section and slug.
struct ArticlePath {
    path: PathBuf,
    section: Slug,
    slug: Slug,
}

/// Takes an article from the cache, or else reads it.
fn load_article(
    place: ArticlePath,
    cache: &ArticleCache,
    (hosts, glossary): (Hosts, Arc<Glossary>),
    instead: &Instead,
) -> Result<Arc<LoadedArticle>, Failure> {
    let ArticlePath {
        path,
        section,
        slug,
    } = place;
    if let Some(known) = cache.trusted(&path).filter(|_| !instead.has_below(&path)) {
        return Ok(known);
    }
    let signature = Signature::of(&path)?;
    // What is in no file belongs in no cache.
    let signature = if instead.has_below(&path) {
        signature.unsettled()
    } else {
        signature
    };
    if let Some(known) = cache.get(&path, &signature) {
        return Ok(known);
    }
    let mut loader = Loader {
        known_sizes: cache.picture_sizes(),
        instead: instead.clone(),
        ..Loader::default()
    };
    loader.findings.hosts = hosts;
    loader.findings.glossary = glossary;
    let article = read_article(&mut loader, &path, &section, slug)?;
    let cached = CachedArticle {
        item: article
            .and_then(|article| Item::of(&article, |name| loader.hashes.of(&path.join(name)))),
        links: std::mem::take(&mut loader.findings.links),
        media: loader.hashes.media(),
        measured: loader.measured,
        files: loader.files,
    };
    let Findings {
        problems, warnings, ..
    } = loader.findings;
    Ok(Arc::new(LoadedArticle {
        path,
        signature,
        cached,
        problems,
        warnings,
    }))
}

/// Reads all articles, in parallel. `sections_known` says whether `site.json` could be read.
pub(super) fn read_articles(
    loader: &mut Loader,
    root: &Folder,
    sections_known: bool,
    cache: &mut ArticleCache,
    selection: &Selection,
) -> Result<Vec<Item>, Failure> {
    let Some(folder) = loader.sub(root, "articles")? else {
        return Ok(Vec::new());
    };
    refuse_files(
        loader,
        &folder,
        &message!("articles holds a folder for each section"),
    );
    let mut places = Vec::new();
    for name in &folder.folders {
        let path = folder.path.join(name);
        let Some(section) = read_slug(loader, &path, name) else {
            continue;
        };
        if !sections_known {
            loader.targets.sections.insert(section.clone());
        } else if !loader.targets.sections.contains(&section) {
            report_unknown_section(loader, &path, name);
        }
        places.extend(list_section(loader, &path, &section)?);
    }
    let hosts = loader.findings.hosts.clone();
    let glossary = Arc::clone(&loader.findings.glossary);
    cache.clear_for_others(&hosts, &glossary);
    let instead = loader.instead.clone();
    let known: &ArticleCache = cache;
    let read: Result<Vec<Arc<LoadedArticle>>, Failure> = places
        .into_par_iter()
        .map(|place| {
            load_article(
                place,
                known,
                (hosts.clone(), Arc::clone(&glossary)),
                &instead,
            )
        })
        .collect();
    let mut items = Vec::new();
    for loaded in read? {
        loader.files += loaded.cached.files;
        loader.findings.problems.extend_from_slice(&loaded.problems);
        loader.findings.warnings.extend_from_slice(&loaded.warnings);
        let held_back = loaded
            .cached
            .item
            .as_ref()
            .filter(|item| !selection.includes(item));
        let links = if held_back.is_some() {
            &mut loader.links_of_held_back
        } else {
            &mut loader.findings.links
        };
        links.extend(loaded.cached.links.iter().cloned());
        if let Some(Item { section, slug, .. }) = held_back {
            loader.targets.held_back.extend(
                loader
                    .targets
                    .articles
                    .take(&(section.clone(), slug.clone())),
            );
        }
        loader.hashes.0.extend(loaded.cached.media.iter().cloned());
        items.extend(loaded.cached.item.clone());
        cache.insert(loaded);
    }
    Ok(items)
}

/// Lists the articles of a section.
fn list_section(
    loader: &mut Loader,
    path: &Path,
    section: &Slug,
) -> Result<Vec<ArticlePath>, Failure> {
    let folder = loader.list(path)?;
    refuse_files(
        loader,
        &folder,
        &message!("a section holds a folder for each article"),
    );
    let mut places = Vec::new();
    for name in &folder.folders {
        let path = folder.path.join(name);
        if let Some(slug) = read_slug(loader, &path, name) {
            loader
                .targets
                .articles
                .insert((section.clone(), slug.clone()));
            places.push(ArticlePath {
                path,
                section: section.clone(),
                slug,
            });
        }
    }
    Ok(places)
}

/// Reads an article.
pub(super) fn read_article(
    loader: &mut Loader,
    path: &Path,
    section: &Slug,
    slug: Slug,
) -> Result<Option<Article>, Failure> {
    let before = loader.findings.problems.len();
    let folder = loader.list(path)?;
    let (mut pictures, mut files) = (
        read_pictures(loader, &folder)?,
        read_attached_files(loader, &folder)?,
    );
    report_strays(loader, &folder);
    let (facts, named) = read_facts(loader, &folder, &mut pictures, &mut files)?;
    let original = facts.as_ref().and_then(|facts| facts.original);
    let versions = read_versions(loader, &folder, named.as_ref(), original)?;
    if let Some(facts) = facts.as_ref().filter(|_| !loader.skip_checks) {
        warn_of_unused_files(loader, &folder, facts, &versions);
        check_translations(loader, &folder, (section, &slug), facts, &versions);
        check_history(loader, &folder, facts, &versions);
    }
    let sound = loader.findings.problems.len() == before;
    Ok(facts.filter(|_| sound).map(|facts| Article {
        section: section.clone(),
        slug,
        facts,
        versions,
    }))
}

/// Reads `article.json`: the facts, and the names of the pictures and files.
fn read_facts(
    loader: &mut Loader,
    folder: &Folder,
    pictures: &mut Pictures,
    files: &mut AttachedFiles,
) -> Result<(Option<Facts>, Option<Named>), Failure> {
    let path = folder.path.join("article.json");
    if folder.folders.iter().any(|name| name == "article.json") {
        return Ok((None, None));
    }
    if !folder.files.iter().any(|name| name == "article.json") {
        let help =
            message!("every article needs one, with its date and its source: docs/content.md");
        loader
            .findings
            .add(Problem::with_file(shown(&path), message!("the file is missing")).help(help));
        return Ok((None, None));
    }
    let mut reading = loader.json::<authored::article::Article>(&path)?;
    let Some(article) = reading.value.take() else {
        return Ok((None, None));
    };
    let named = Named {
        pictures: article.pictures.keys().cloned().collect(),
        files: article.files.clone(),
    };
    let facts = check_facts(
        &mut loader.findings,
        reading.root(),
        article,
        |findings, cursor, name| pictures.find(findings, cursor, name),
        |findings, cursor, name| files.find(findings, cursor, name),
    );
    pictures.report_unused(&mut loader.findings, "article.json");
    files.report_unused(&mut loader.findings, "article.json");
    Ok((facts, Some(named)))
}

/// Warns of attached files that no text uses.
fn warn_of_unused_files(
    loader: &mut Loader,
    folder: &Folder,
    facts: &Facts,
    versions: &BTreeMap<Lang, Version>,
) {
    let used = |name: &str| {
        versions
            .values()
            .flat_map(|version| &version.body)
            .any(|part| part.files().any(|used| used == name))
    };
    for name in facts.files.keys().filter(|name| !used(name)) {
        let problem = Problem::with_file(
            shown(&folder.path.join("article.json")),
            message!("no text uses the file \"{name}\"", name = short(name)),
        );
        let help = message!(
            "name it in a block such as { \"attachment\": { \"title\": \"…\", \"file\": \"…\" } }, or delete it"
        );
        loader.findings.add(problem.help(help).warning());
    }
}

fn read_versions(
    loader: &mut Loader,
    folder: &Folder,
    named: Option<&Named>,
    original: Option<Lang>,
) -> Result<BTreeMap<Lang, Version>, Failure> {
    let languages = list_languages(loader, folder, &["article.json"]);
    if languages.is_empty() {
        let help = message!(
            "write at least one of {tags}.json",
            tags = names::tags().replace(", ", ".json, ")
        );
        loader.findings.add(
            Problem::with_file(
                shown(&folder.path),
                message!("the article is there in no language"),
            )
            .help(help),
        );
    }
    let (mut versions, mut texts) = (BTreeMap::new(), BTreeMap::new());
    for lang in languages {
        let path = folder.path.join(format!("{}.json", lang.tag()));
        let bytes = loader.bytes(&path)?;
        let mut reading = loader.parse::<authored::version::Version>(&path, &bytes);
        if let Some(version) = reading.value.take() {
            if lang == Lang::Vi {
                loader.findings.warn_of_look_alikes(reading.root());
            }
            let version = check_version(&mut loader.findings, reading.root(), version, named);
            let stamp = Some(&bytes)
                .filter(|_| !loader.skip_checks)
                .and_then(|bytes| stamp::of(bytes));
            versions.insert(
                lang,
                Version {
                    stamp: stamp.unwrap_or_default(),
                    ..version
                },
            );
            texts.insert(lang, reading);
        }
    }
    check_names(loader, &versions, &texts, original);
    Ok(versions)
}

/// Warns of names that the glossary has otherwise.
fn check_names(
    loader: &mut Loader,
    versions: &BTreeMap<Lang, Version>,
    texts: &BTreeMap<Lang, Reading<authored::version::Version>>,
    original: Option<Lang>,
) {
    let glossary = Arc::clone(&loader.findings.glossary);
    if glossary.is_empty() || loader.skip_checks {
        return;
    }
    let original = original.or_else(|| texts.keys().next().copied());
    for (lang, text) in texts {
        warn(&glossary, &mut loader.findings, text.root(), *lang);
        let origin = original
            .filter(|original| original != lang && !versions[lang].draft)
            .and_then(|original| Some((original, texts.get(&original)?.root())));
        if let Some(origin) = origin {
            compare(
                &glossary,
                &mut loader.findings,
                origin,
                (*lang, text.root()),
            );
        }
    }
}

/// The languages that a folder has files for. Every other JSON file is reported, except for
/// `known` ones.
pub(super) fn list_languages(loader: &mut Loader, folder: &Folder, known: &[&str]) -> Vec<Lang> {
    let mut languages = Vec::new();
    for name in folder
        .files
        .iter()
        .filter(|name| names::is_json(name) && !is_lock(name) && !known.contains(&name.as_str()))
    {
        let wrong = |wrong| copy(name, &folder.files).unwrap_or(wrong);
        match names::language(name).map_err(wrong) {
            Ok(lang) => languages.push(lang),
            Err((message, help)) => {
                loader
                    .findings
                    .add(Problem::with_file(shown(&folder.path.join(name)), message).help(help));
            }
        }
    }
    languages
}

/// A folder's name as a slug.
pub(super) fn read_slug(loader: &mut Loader, path: &Path, name: &str) -> Option<Slug> {
    names::slug(name)
        .map_err(|wrong| folder_copy(path, name).unwrap_or(wrong))
        .map_err(|(message, help)| {
            loader
                .findings
                .add(Problem::with_file(shown(path), message).help(help));
        })
        .ok()
}

/// Reports the files of a folder that should hold folders only.
pub(super) fn refuse_files(loader: &mut Loader, folder: &Folder, holds: &Message) {
    for name in &folder.files {
        let (message, help) = copy(name, &folder.files).unwrap_or_else(|| {
            (
                message!("the file \"{name}\" does not belong here", name),
                message!("{holds}, and no files", holds),
            )
        });
        let problem = Problem::with_file(shown(&folder.path.join(name)), message).help(help);
        loader.findings.add(problem);
    }
}

fn report_unknown_section(loader: &mut Loader, path: &Path, name: &str) {
    let message = match nearest(name, loader.targets.sections.iter().map(Slug::as_str)) {
        Some(right) => message!(
            "site.json has no section \"{name}\": did you mean \"{right}\"?",
            name,
            right
        ),
        None => message!("site.json has no section \"{name}\"", name),
    };
    let help = message!("rename the folder, or add the section to site.json");
    loader
        .findings
        .add(Problem::with_file(shown(path), message).help(help));
}

/// Reports entries that are no JSON file, no picture and no attached file.
fn report_strays(loader: &mut Loader, folder: &Folder) {
    let known = |name: &str| {
        !is_lock(name) && (names::is_json(name) || is_picture(name) || is_attached(name))
    };
    let strays = folder.files.iter().filter(|name| !known(name));
    for name in folder.folders.iter().filter(|name| known(name)) {
        loader.findings.add(folder.instead_of_a_file(name));
    }
    for name in strays.chain(folder.folders.iter().filter(|name| !known(name))) {
        let path = folder.path.join(name);
        if let Some((message, help)) = copy(name, &folder.files) {
            let problem = Problem::with_file(shown(&path), message).help(help);
            // A lock is there as long as somebody works.
            loader.findings.add(if is_lock(name) {
                problem.warning()
            } else {
                problem
            });
            continue;
        }
        let message = message!("\"{name}\" does not belong in an article's folder", name);
        let lower = name.to_lowercase();
        let right = names::file(&lower);
        let help = if is_picture(&lower) {
            message!("rename it to {right}: pictures end in lower case", right)
        } else if is_attached(&lower) {
            message!("rename it to {right}: files end in lower case", right)
        } else {
            message!(
                "it holds article.json, {tags}.json, pictures in .{pictures} and files in .{files}",
                tags = names::tags().replace(", ", ".json, "),
                pictures = ENDINGS.join(", ."),
                files = attached_file::ENDINGS.join(", .")
            )
        };
        loader
            .findings
            .add(Problem::with_file(shown(&path), message).help(help));
    }
}
