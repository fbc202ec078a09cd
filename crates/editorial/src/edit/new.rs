//! `site new`: the files of a new article, translation or standing page, as drafts that pass `site
//! check` unchanged. No existing file is ever overwritten.

mod duties;
mod files;
mod skeleton;

use crate::content::authored::site::Site;
use crate::diagnostics::{Failure, Stop, shown};
use crate::edit::article_folder::{ArticleFolder, has_mistakes, no_json};
use crate::json::nearest;
use crate::load::{self, ASSESSMENT, DOCUMENTS, GLOSSARY, QUESTIONS, names};
use crate::message;
use files::Files;
use model::{Lang, Moment, Slug};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// The written files, and the editor's next step.
pub struct Written {
    /// The files.
    pub files: Vec<PathBuf>,
    /// The next step, in a sentence.
    pub next: String,
}

/// Writes a draft of an article: `article.json` and its first language.
///
/// # Errors
/// Where the section or the slug is wrong, the folder exists, or a file cannot be written.
pub fn article(
    content: &Path,
    section: &str,
    slug: &str,
    lang: Lang,
    published: Moment,
) -> Result<Written, Stop> {
    let site = site(content)?;
    if !site
        .sections
        .iter()
        .any(|known| known.slug.as_str() == section)
    {
        let known: Vec<&str> = site
            .sections
            .iter()
            .map(|known| known.slug.as_str())
            .collect();
        return Err(Stop::refused(
            match nearest(section, known.iter().copied()) {
                Some(right) => message!(
                    "site.json has no section \"{section}\": did you mean \"{right}\"?",
                    section,
                    right
                ),
                None => message!(
                    "site.json has no section \"{section}\": it has {known}",
                    section,
                    known = known.join(", ")
                ),
            },
        ));
    }
    refuse_no_slug(slug)?;
    let folder = content.join("articles").join(section).join(slug);
    refuse_taken(&folder)?;
    let schemas = files::schemas(content, 4);
    let mut files = Files::new(folder);
    files.add(
        "article.json",
        skeleton::article(
            schemas.as_deref(),
            published,
            site.names.get(lang),
            &site.origin,
        ),
    );
    files.add(
        &format!("{}.json", lang.tag()),
        skeleton::version(schemas.as_deref(), lang),
    );
    let next =
        "a draft, which no site shows: write the text, then delete \"draft\" in article.json";
    written(files, next)
}

/// Writes a draft of an article in another language, with the original's texts in place.
///
/// # Errors
/// Where there is no such article or no original, the file exists, or a file cannot be read or
/// written.
pub fn translation(content: &Path, article: &str, lang: Lang) -> Result<Written, Stop> {
    let folder = ArticleFolder::find(content, article)?;
    refuse_taken(&folder.file(lang))?;
    let original = folder.original()?;
    let file = folder.file(original);
    let text = fs::read_to_string(&file).map_err(|error| Failure::io("read", &file, &error))?;
    let stamp = folder.stamp(original)?;
    let text = skeleton::translation(files::schemas(content, 4).as_deref(), &text, &stamp);
    let text = text.ok_or_else(|| no_json(&file))?;
    let mut files = Files::new(folder.path.clone());
    files.add(&format!("{}.json", lang.tag()), text);
    let next = format!(
        "a draft with the words of {}.json: translate them, then delete \"draft\" in {}.json",
        original.tag(),
        lang.tag()
    );
    written(files, next)
}

/// Writes a draft of a standing page in every language.
///
/// # Errors
/// Where the slug is wrong, the page exists, or a file cannot be written.
pub fn page(content: &Path, slug: &str) -> Result<Written, Stop> {
    refuse_no_slug(slug)?;
    let site = site(content)?;
    if site.pages.iter().any(|known| known.as_str() == slug) {
        return Err(Stop::refused(message!(
            "site.json lists the standing page \"{slug}\" already",
            slug
        )));
    }
    let folder = content.join("pages").join(slug);
    refuse_taken(&folder)?;
    let schemas = files::schemas(content, 3);
    let mut files = Files::new(folder);
    for lang in Lang::ALL {
        files.add(
            &format!("{}.json", lang.tag()),
            skeleton::standing(schemas.as_deref(), lang),
        );
    }
    let next = format!(
        "drafts, which no site shows: write the texts, delete \"draft\" in each file, and add \"{slug}\" to \"pages\" in \
         site.json"
    );
    written(files, next)
}

/// Writes a glossary without names.
///
/// # Errors
/// Where there is one, or it cannot be written.
pub fn glossary(content: &Path) -> Result<Written, Stop> {
    refuse_taken(&content.join(GLOSSARY))?;
    let schemas = files::schemas(content, 1);
    let mut files = Files::new(content.to_owned());
    files.add(GLOSSARY, skeleton::glossary(schemas.as_deref()));
    written(files, "add names to it")
}

/// Writes a register of documents, with one issuer and one kind.
///
/// # Errors
/// Where there is one, or it cannot be written.
pub fn register(content: &Path) -> Result<Written, Stop> {
    let folder = content.join(DOCUMENTS);
    refuse_taken(&folder)?;
    let mut files = Files::new(folder);
    let schemas = files::schemas(content, 2);
    files.add("register.json", duties::register(schemas.as_deref()));
    written(
        files,
        "name who issues documents, and which kinds there are",
    )
}

/// Writes a draft of a document of the register.
///
/// # Errors
/// Where the slug is wrong or taken, there is no register without mistakes, or the file cannot be written.
pub fn document(content: &Path, slug: &str, now: Moment) -> Result<Written, Stop> {
    refuse_no_slug(slug)?;
    let register = content.join(DOCUMENTS).join("register.json");
    let without = || {
        Stop::refused(message!(
            "{file} is missing or has mistakes",
            file = shown(&register)
        ))
    };
    let known: Value = fs::read(&register)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .ok_or_else(without)?;
    let first = |key: &str| Slug::new(known[key][0]["slug"].as_str()?).ok();
    let (issuer, kind) = first("issuers").zip(first("kinds")).ok_or_else(without)?;
    let folder = content.join(DOCUMENTS).join(slug);
    refuse_taken(&folder)?;
    let mut files = Files::new(folder);
    files.add(
        "document.json",
        duties::document(slug, &day_of(now), &issuer, &kind),
    );
    written(files, "write its number, its day and its subject")
}

/// Writes questions and answers in every language, with one question.
///
/// # Errors
/// Where there are some, or they cannot be written.
pub fn questions(content: &Path) -> Result<Written, Stop> {
    let folder = content.join(QUESTIONS);
    refuse_taken(&folder)?;
    let schemas = files::schemas(content, 2);
    let mut files = Files::new(folder);
    for lang in Lang::ALL {
        files.add(
            &format!("{}.json", lang.tag()),
            duties::questions(schemas.as_deref(), lang),
        );
    }
    written(files, "write the questions")
}

/// Writes an assessment of accessibility that claims nothing.
///
/// # Errors
/// Where there is one, or it cannot be written.
pub fn assessment(content: &Path, contact: &str, now: Moment) -> Result<Written, Stop> {
    refuse_taken(&content.join(ASSESSMENT))?;
    let schemas = files::schemas(content, 1);
    let mut files = Files::new(content.to_owned());
    files.add(
        ASSESSMENT,
        duties::assessment(schemas.as_deref(), contact, &day_of(now)),
    );
    written(files, "say what was found")
}

/// The day of a moment, where it is.
fn day_of(now: Moment) -> String {
    now.to_string().chars().take(10).collect()
}

/// Writes the files.
fn written(files: Files, next: impl Into<String>) -> Result<Written, Stop> {
    Ok(Written {
        files: files.write()?,
        next: next.into(),
    })
}

/// `site.json`, where it has no mistakes.
fn site(content: &Path) -> Result<Site, Stop> {
    let (file, reading) = load::site_file(content)?;
    reading.value.ok_or_else(|| has_mistakes(&file))
}

/// Refuses a name that no address can have.
fn refuse_no_slug(slug: &str) -> Result<(), Stop> {
    let refused = |(message, help)| Stop::refused(message!("{message}: {help}", message, help));
    names::slug(slug).map(drop).map_err(refused)
}

/// Refuses a path that exists.
fn refuse_taken(path: &Path) -> Result<(), Stop> {
    match fs::symlink_metadata(path) {
        Ok(_) => Err(Stop::refused(message!(
            "{file} is there already: nothing was changed",
            file = shown(path)
        ))),
        Err(_) => Ok(()),
    }
}
