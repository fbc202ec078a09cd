//! One article's folder, for the commands that write into it: where its files stand and which language is the original.

use crate::content_folder::names;
use crate::failure::Failure;
use crate::print;
use crate::problem::shown;
use crate::read::{self, nearest};
use crate::{authored, stamp};
use portal::model::Lang;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// An article's folder that is there.
pub(crate) struct ArticleFolder {
    /// The folder.
    pub(crate) path: PathBuf,
}

/// Something, or why it cannot be had, in an editor's words.
pub(crate) type Answer<T> = Result<Result<T, String>, Failure>;

impl ArticleFolder {
    /// The folder of `section/slug`.
    ///
    /// # Errors
    /// Where a folder cannot be read.
    pub(crate) fn find(content: &Path, article: &str) -> Answer<Self> {
        let Some((section, slug)) = article.split_once('/') else {
            return Ok(Err(format!(
                "\"{article}\" is no article: write section/slug, for example port/deep-water-port"
            )));
        };
        for name in [section, slug] {
            if let Err((message, help)) = names::slug(name) {
                return Ok(Err(format!("{message}: {help}")));
            }
        }
        let path = content.join("articles").join(section).join(slug);
        if path.join("article.json").is_file() {
            return Ok(Ok(Self { path }));
        }
        let mut known = Vec::new();
        for section in folders(&content.join("articles"))? {
            let slugs = folders(&content.join("articles").join(&section))?;
            known.extend(slugs.into_iter().map(|slug| format!("{section}/{slug}")));
        }
        Ok(Err(match nearest(article, known.iter().map(String::as_str)) {
            Some(right) => format!("there is no article \"{article}\": did you mean \"{right}\"?"),
            None => format!("there is no article \"{article}\": {} is not there", shown(&path.join("article.json"))),
        }))
    }

    /// The file of a language, whether it is there or not.
    pub(crate) fn file(&self, lang: Lang) -> PathBuf {
        self.path.join(format!("{}.json", lang.tag()))
    }

    /// The language that the article was written in first.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub(crate) fn original(&self) -> Answer<Lang> {
        let file = self.path.join("article.json");
        let bytes = fs::read(&file).map_err(|error| Failure::io("read", &file, &error))?;
        let reading = read::read::<authored::article::Article>(&shown(&file), &bytes);
        let Some(article) = reading.value else {
            return Ok(Err(format!("{} has mistakes: `site check` says which", shown(&file))));
        };
        let there = |lang: &Lang| self.file(*lang).is_file();
        let said = article.original.map(|language| language.0);
        match said.or_else(|| Lang::ALL.into_iter().find(there)).filter(there) {
            Some(lang) => Ok(Ok(lang)),
            None => Ok(Err(format!("{} has no text in its original language", shown(&self.path)))),
        }
    }

    /// The stamp of a language as it is now; `None` where its file is not JSON.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub(crate) fn stamp(&self, lang: Lang) -> Result<Option<String>, Failure> {
        let file = self.file(lang);
        fs::read(&file).map(|bytes| stamp::of(&bytes)).map_err(|error| Failure::io("read", &file, &error))
    }
}

/// The names of the folders in a folder, in order; none where it is not there.
///
/// # Errors
/// Where the folder cannot be read.
pub(crate) fn folders(path: &Path) -> Result<Vec<String>, Failure> {
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

/// Puts new bytes in a file's place. The old ones stay whole until the new ones are.
///
/// # Errors
/// Where the folder cannot be written.
pub(crate) fn replace(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let beside = file.with_extension("json.new");
    fs::write(&beside, bytes).map_err(|error| Failure::io("write", &beside, &error))?;
    fs::rename(&beside, file).map_err(|error| Failure::io("write", file, &error))
}

/// Says why something was not done. Returns that it was not.
pub(crate) fn refuse(why: &str) -> bool {
    print::aside(format!("site: {why}\n"));
    false
}
