//! One article's folder, for the commands that write into it: the paths of its files, and the
//! language of the original.

use crate::content::authored;
use crate::content::stamp;
use crate::diagnostics::{Failure, Stop, shown};
use crate::json::{self, nearest};
use crate::load::names;
use crate::message;
use model::Lang;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// An article's folder that exists.
pub struct ArticleFolder {
    /// The folder.
    pub path: PathBuf,
}

impl ArticleFolder {
    /// The folder of `section/slug`.
    ///
    /// # Errors
    /// Where there is none, or a folder cannot be read.
    pub fn find(content: &Path, article: &str) -> Result<Self, Stop> {
        let Some((section, slug)) = article.split_once('/') else {
            return Err(Stop::refused(message!(
                "\"{article}\" is no article: write section/slug, for example port/deep-water-port",
                article
            )));
        };
        for name in [section, slug] {
            if let Err((message, help)) = names::slug(name) {
                return Err(Stop::refused(message!("{message}: {help}", message, help)));
            }
        }
        let path = content.join("articles").join(section).join(slug);
        if path.join("article.json").is_file() {
            return Ok(Self { path });
        }
        let mut known = Vec::new();
        for section in folders(&content.join("articles"))? {
            let slugs = folders(&content.join("articles").join(&section))?;
            known.extend(slugs.into_iter().map(|slug| format!("{section}/{slug}")));
        }
        Err(Stop::refused(
            match nearest(article, known.iter().map(String::as_str)) {
                Some(right) => message!(
                    "there is no article \"{article}\": did you mean \"{right}\"?",
                    article,
                    right
                ),
                None => message!(
                    "there is no article \"{article}\": {file} is not there",
                    article,
                    file = shown(&path.join("article.json"))
                ),
            },
        ))
    }

    /// The file of a language, whether or not it exists.
    pub fn file(&self, lang: Lang) -> PathBuf {
        self.path.join(format!("{}.json", lang.tag()))
    }

    /// The language that the article was written in first.
    ///
    /// # Errors
    /// Where `article.json` has mistakes, the text is missing, or a file cannot be read.
    pub fn original(&self) -> Result<Lang, Stop> {
        let file = self.path.join("article.json");
        let bytes = fs::read(&file).map_err(|error| Failure::io("read", &file, &error))?;
        let reading = json::read::<authored::article::Article>(&shown(&file), &bytes);
        let Some(article) = reading.value else {
            return Err(has_mistakes(&file));
        };
        let there = |lang: &Lang| self.file(*lang).is_file();
        let said = article.original.map(|language| language.0);
        match said
            .or_else(|| Lang::ALL.into_iter().find(there))
            .filter(there)
        {
            Some(lang) => Ok(lang),
            None => Err(Stop::refused(message!(
                "{article} has no text in its original language",
                article = shown(&self.path)
            ))),
        }
    }

    /// The current stamp of a language's file.
    ///
    /// # Errors
    /// Where its file is not JSON, or cannot be read.
    pub fn stamp(&self, lang: Lang) -> Result<String, Stop> {
        let file = self.file(lang);
        let bytes = fs::read(&file).map_err(|error| Failure::io("read", &file, &error))?;
        stamp::of(&bytes).ok_or_else(|| no_json(&file))
    }
}

/// The names of the folders in a folder, in order; none where it is not there.
///
/// # Errors
/// Where the folder cannot be read.
pub fn folders(path: &Path) -> Result<Vec<String>, Failure> {
    let failure = |error: std::io::Error| Failure::io("read", path, &error);
    let entries = match fs::read_dir(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failure)?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(failure)?;
        if entry.file_type().map_err(failure)?.is_dir() {
            names.extend(entry.file_name().into_string().ok());
        }
    }
    names.sort();
    Ok(names)
}

/// Replaces a file by a rename, so that the old bytes stay whole until the new ones are written.
///
/// # Errors
/// Where the folder cannot be written.
pub fn replace(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let beside = file.with_extension("json.new");
    fs::write(&beside, bytes).map_err(|error| Failure::io("write", &beside, &error))?;
    fs::rename(&beside, file).map_err(|error| Failure::io("write", file, &error))
}

/// The refusal of a file that is not JSON.
pub fn no_json(file: &Path) -> Stop {
    Stop::refused(message!(
        "{file} is not JSON: `site check` says where",
        file = shown(file)
    ))
}

/// The refusal of a file with mistakes.
pub fn has_mistakes(file: &Path) -> Stop {
    Stop::refused(message!(
        "{file} has mistakes: `site check` says which",
        file = shown(file)
    ))
}
