//! Writes articles into the content folder. Each is made in a staging folder and moved to its place
//! in one step, so that no partial article is ever seen. Nothing is written outside the content
//! folder, and no symbolic link is followed.

use editorial::diagnostics::Failure;
use editorial::load::STAGING;
use model::{Lang, Slug};
use std::cell::Cell;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// The folder in the staging folder with the articles that are being replaced, by section and slug.
const OLD: &str = "old";

/// The content folder, open for one import.
pub struct Store {
    articles: PathBuf,
    staging: PathBuf,
    /// How many articles were staged.
    staged: Cell<usize>,
    /// Keeps other imports out of the staging folder until this one ends, however it ends.
    _lock: File,
}

/// The outcome of writing an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteOutcome {
    /// It is new.
    New,
    /// It replaced another one.
    Replaced,
}

impl Store {
    /// Opens a content folder, and removes what an interrupted import left in the staging folder.
    /// An article that it had moved away and not replaced yet is moved back.
    ///
    /// # Errors
    /// Where another import is at work there, or the folder cannot be written.
    pub fn open(content: &Path) -> Result<Self, Failure> {
        let (articles, staging) = (content.join("articles"), content.join(STAGING));
        if !content.is_dir() {
            return Err(Failure::new(format!(
                "there is no content folder {}",
                content.display()
            )));
        }
        refuse_link(&articles)?;
        refuse_link(&staging)?;
        make(&staging)?;
        let path = staging.join("lock");
        refuse_link(&path)?;
        let lock = File::create(&path).map_err(|error| Failure::io("write", &path, &error))?;
        if lock.try_lock().is_err() {
            return Err(Failure::new(format!(
                "another import or sync is at work in {}",
                content.display()
            )));
        }
        let store = Self {
            articles,
            staging,
            staged: Cell::new(0),
            _lock: lock,
        };
        store.restore()?;
        store.clear()?;
        Ok(store)
    }

    /// Moves articles back that were moved away and not replaced.
    fn restore(&self) -> Result<(), Failure> {
        let old = self.staging.join(OLD);
        for section in folders(&old)? {
            for article in folders(&old.join(&section))? {
                let place = self.articles.join(&section).join(&article);
                if !place.exists() {
                    let from = old.join(&section).join(&article);
                    fs::rename(&from, &place)
                        .map_err(|error| Failure::io("move back", &place, &error))?;
                }
            }
        }
        Ok(())
    }

    /// Removes all folders in the staging folder. The lock stays.
    fn clear(&self) -> Result<(), Failure> {
        let failure = |error| Failure::io("read", &self.staging, &error);
        for entry in fs::read_dir(&self.staging).map_err(failure)? {
            let path = entry.map_err(failure)?.path();
            if path.is_dir() {
                fs::remove_dir_all(&path).map_err(|error| Failure::io("remove", &path, &error))?;
            }
        }
        Ok(())
    }

    /// Writes an article's folder, and replaces the one at its place.
    ///
    /// # Errors
    /// Where something cannot be written. The place is then as it was, unless the former article
    /// was replaced and only its removal failed.
    pub fn write(
        &self,
        section: &Slug,
        slug: &Slug,
        files: &[(String, Vec<u8>)],
    ) -> Result<WriteOutcome, Failure> {
        self.put(&self.stage(files)?, section, slug)
    }

    /// Writes an article's files into the staging folder, from where [`put`](Self::put) moves them.
    ///
    /// # Errors
    /// Where something cannot be written.
    pub fn stage(&self, files: &[(String, Vec<u8>)]) -> Result<PathBuf, Failure> {
        let number = self.staged.get() + 1;
        self.staged.set(number);
        let new = self.staging.join(format!("new-{number}"));
        make(&new)?;
        for (name, bytes) in files {
            let path = new.join(name);
            let stem = name.rsplit_once('.').map_or("", |(stem, _)| stem);
            if name.contains(['/', '\\', ':', '\0']) || stem.is_empty() || stem.starts_with('.') {
                return Err(Failure::new(format!(
                    "\"{}\" is no name for a file",
                    name.escape_debug()
                )));
            }
            fs::write(&path, bytes).map_err(|error| Failure::io("write", &path, &error))?;
        }
        Ok(new)
    }

    /// Moves a staged article to its place, and replaces the one that is there.
    ///
    /// # Errors
    /// Where it cannot be moved. The place is then as it was, unless the former article was replaced
    /// and only its removal failed.
    pub fn put(&self, new: &Path, section: &Slug, slug: &Slug) -> Result<WriteOutcome, Failure> {
        let kept = self.staging.join(OLD).join(section.as_str());
        let old = kept.join(slug.as_str());
        let folder = self.articles.join(section.as_str());
        refuse_link(&folder)?;
        make(&folder)?;
        let place = folder.join(slug.as_str());
        refuse_link(&place)?;
        let replaced = place.exists();
        if replaced {
            make(&kept)?;
            fs::rename(&place, &old).map_err(|error| Failure::io("move away", &place, &error))?;
        }
        if let Err(error) = fs::rename(new, &place) {
            if replaced {
                let _ = fs::rename(&old, &place);
            }
            return Err(Failure::io("move the finished article to", &place, &error));
        }
        if replaced {
            fs::remove_dir_all(&old).map_err(|error| Failure::io("remove", &old, &error))?;
        }
        Ok(if replaced {
            WriteOutcome::Replaced
        } else {
            WriteOutcome::New
        })
    }

    /// Removes an article's folder, in one step. Where there is none, nothing happens.
    ///
    /// # Errors
    /// Where it cannot be removed.
    pub fn remove(&self, section: &Slug, slug: &Slug) -> Result<(), Failure> {
        let folder = self.articles.join(section.as_str());
        let place = folder.join(slug.as_str());
        if fs::symlink_metadata(&place).is_err() {
            return Ok(());
        }
        refuse_link(&folder)?;
        refuse_link(&place)?;
        // Not among the articles that are moved back.
        let gone = self.staging.join("gone");
        fs::rename(&place, &gone).map_err(|error| Failure::io("remove", &place, &error))?;
        fs::remove_dir_all(&gone).map_err(|error| Failure::io("remove", &gone, &error))
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // An article that cannot be moved back now is moved back by the next import.
        if self.restore().is_ok() {
            let _ = fs::remove_dir_all(&self.staging);
        }
    }
}

/// The names of the folders in a folder; none where it does not exist.
fn folders(folder: &Path) -> Result<Vec<OsString>, Failure> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let failure = |error| Failure::io("read", folder, &error);
    let entries = fs::read_dir(folder)
        .map_err(failure)?
        .collect::<Result<Vec<_>, _>>()
        .map_err(failure)?;
    Ok(entries
        .into_iter()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name())
        .collect())
}

/// The names of an article's JSON files; `None` where there is no article.
pub fn existing(content: &Path, section: &Slug, slug: &Slug) -> Option<Vec<String>> {
    let place = content
        .join("articles")
        .join(section.as_str())
        .join(slug.as_str());
    fs::symlink_metadata(&place).ok()?;
    let names = fs::read_dir(&place)
        .into_iter()
        .flatten()
        .filter_map(Result::ok);
    let names = names
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| is_json(name));
    Some(names.collect())
}

/// Whether an existing article is a draft. One that cannot be read counts as a draft: it is not
/// published before it is mended.
pub fn is_draft(content: &Path, section: &Slug, slug: &Slug) -> bool {
    let file = content
        .join("articles")
        .join(section.as_str())
        .join(slug.as_str())
        .join("article.json");
    let facts = fs::read(file)
        .ok()
        .and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok());
    facts.is_none_or(|facts| facts["draft"] == true)
}

/// Why an existing article is kept; `None` where it may be written. `files` are its JSON files, and
/// `langs` the languages that would be written.
pub fn reason_to_keep(
    article: &str,
    files: &[String],
    langs: &[Lang],
    replace: bool,
) -> Option<String> {
    if !replace {
        return Some(format!(
            "the article {article} is there already; --replace writes it anew"
        ));
    }
    let own = |name: &String| {
        langs
            .iter()
            .any(|lang| *name == format!("{}.json", lang.tag()))
    };
    let others: Vec<&str> = files
        .iter()
        .filter(|name| *name != "article.json" && !own(name))
        .map(String::as_str)
        .collect();
    (!others.is_empty()).then(|| {
        format!(
            "the article {article} also has {}, which would be lost",
            others.join(", ")
        )
    })
}

fn is_json(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|ending| ending == "json")
}

fn make(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::io("make the folder", folder, &error))
}

fn refuse_link(path: &Path) -> Result<(), Failure> {
    let is_link = fs::symlink_metadata(path).is_ok_and(|about| about.is_symlink());
    if is_link {
        Err(Failure::new(format!(
            "{} is a symbolic link: put the folder itself there",
            path.display()
        )))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> Slug {
        Slug::new(text).unwrap()
    }

    fn file(name: &str) -> Vec<(String, Vec<u8>)> {
        vec![(name.to_owned(), b"{}".to_vec())]
    }

    #[test]
    fn an_article_appears_whole_and_nothing_is_left_beside_it() {
        let content = tempfile::tempdir().unwrap();
        let store = Store::open(content.path()).unwrap();
        assert_eq!(
            store
                .write(&slug("port"), &slug("a"), &file("vi.json"))
                .unwrap(),
            WriteOutcome::New
        );
        assert_eq!(
            store
                .write(&slug("port"), &slug("a"), &file("en.json"))
                .unwrap(),
            WriteOutcome::Replaced
        );
        assert!(
            Store::open(content.path())
                .err()
                .unwrap()
                .to_string()
                .contains("another import")
        );
        drop(store);
        assert_eq!(
            existing(content.path(), &slug("port"), &slug("a")),
            Some(vec!["en.json".to_owned()])
        );
        let names: Vec<_> = fs::read_dir(content.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(names, ["articles"]);
    }

    #[test]
    fn an_article_is_removed_whole_and_one_that_is_not_there_is_no_error() {
        let content = tempfile::tempdir().unwrap();
        let store = Store::open(content.path()).unwrap();
        store
            .write(&slug("port"), &slug("a"), &file("vi.json"))
            .unwrap();
        for _ in 0..2 {
            store.remove(&slug("port"), &slug("a")).unwrap();
            assert_eq!(existing(content.path(), &slug("port"), &slug("a")), None);
        }
        drop(store);
        assert!(!content.path().join(".import").exists());
    }

    #[test]
    fn what_an_interrupted_import_left_is_removed() {
        let content = tempfile::tempdir().unwrap();
        fs::create_dir_all(content.path().join(".import/new")).unwrap();
        fs::write(content.path().join(".import/new/vi.json"), "{").unwrap();
        let store = Store::open(content.path()).unwrap();
        store
            .write(&slug("port"), &slug("a"), &file("en.json"))
            .unwrap();
        assert_eq!(
            existing(content.path(), &slug("port"), &slug("a")),
            Some(vec!["en.json".to_owned()])
        );
    }

    #[test]
    fn an_article_that_was_moved_away_when_an_import_was_killed_comes_back() {
        let content = tempfile::tempdir().unwrap();
        for (article, there) in [("killed-between", false), ("killed-after", true)] {
            let old = content.path().join(".import/old/port").join(article);
            fs::create_dir_all(&old).unwrap();
            fs::write(old.join("vi.json"), "{}").unwrap();
            let place = content.path().join("articles/port").join(article);
            fs::create_dir_all(if there {
                &place
            } else {
                place.parent().unwrap()
            })
            .unwrap();
            if there {
                fs::write(place.join("en.json"), "{}").unwrap();
            }
        }
        drop(Store::open(content.path()).unwrap());
        let there = |article| existing(content.path(), &slug("port"), &slug(article));
        assert_eq!(
            there("killed-between"),
            Some(vec!["vi.json".to_owned()]),
            "the only copy"
        );
        assert_eq!(
            there("killed-after"),
            Some(vec!["en.json".to_owned()]),
            "the new one"
        );
        assert!(!content.path().join(".import").exists());
    }

    #[test]
    #[cfg(unix)]
    fn nothing_is_written_through_a_symbolic_link_or_to_another_name() {
        let (content, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::create_dir_all(content.path().join("articles")).unwrap();
        std::os::unix::fs::symlink(outside.path(), content.path().join("articles/port")).unwrap();
        let store = Store::open(content.path()).unwrap();
        assert!(
            store
                .write(&slug("port"), &slug("a"), &file("vi.json"))
                .unwrap_err()
                .to_string()
                .contains("symbolic link")
        );
        for name in ["../a.json", "a/b.json", "", ".json", "..", "a\\b.json"] {
            assert!(
                store.write(&slug("city"), &slug("a"), &file(name)).is_err(),
                "{name}"
            );
        }
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    }
}
