//! What came from where: `.sync.json` in the content folder, and the journal of a running sync.

mod journal;

pub(crate) use journal::Journal;

use editorial::diagnostics::Failure;
use editorial::load::{SOURCE_RECORD, SOURCE_RECORD_NEW};
use model::Slug;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The record of a content folder.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    /// The address of the CMS.
    pub(crate) address: String,
    /// What `source.json` was; with another one, every article is made anew.
    pub(crate) config: String,
    /// The articles, by their names in the CMS.
    pub(crate) articles: BTreeMap<String, Origin>,
    /// The articles that were left out the last time, likewise.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) left_out: BTreeMap<String, LeftOut>,
}

/// What is remembered of an article that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeftOut {
    /// Why.
    pub(crate) why: String,
    /// Its texts as the list had them, by locale: their revisions and titles.
    pub(crate) texts: BTreeMap<String, String>,
    /// What decided about it besides its texts: the settings and the program.
    pub(crate) by: String,
    /// When it was asked for, in seconds since 1970.
    pub(crate) asked: u64,
    /// Whether it is because of what somebody changed here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) changed_here: bool,
}

/// What is remembered of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Origin {
    /// Its section.
    pub(crate) section: Slug,
    /// Its name in addresses.
    pub(crate) slug: Slug,
    /// The name that the CMS had for it, before another article had that name already.
    pub(crate) wanted: Slug,
    /// The locale whose text gave it that name. The others have no say.
    pub(crate) named_by: String,
    /// Its former addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) aliases: Vec<String>,
    /// The revisions of its texts, by locale.
    pub(crate) revisions: BTreeMap<String, String>,
    /// The hashes of its files, by name.
    pub(crate) files: BTreeMap<String, String>,
    /// Where its links to other articles of the CMS lead, by the articles' names there; empty where
    /// there was no article.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) links: BTreeMap<String, String>,
    /// Whether readers do not see it yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) draft: bool,
}

impl Record {
    /// Reads the record alone; an empty one where there is none. [`Journal::open`] also reads what
    /// an interrupted sync had begun.
    ///
    /// # Errors
    /// Where it cannot be read. Without it nobody knows which files were written by hand.
    pub(crate) fn read(content: &Path) -> Result<Self, Failure> {
        let path = content.join(SOURCE_RECORD);
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| {
                Failure::new(format!("{} cannot be understood: {error}", path.display()))
                    .help("take it from your version control; without it, rename it, and `site sync` keeps every article that is there")
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Failure::io("read", &path, &error)),
        }
    }

    /// Lets the addresses of an article lead to the one that it has become part of; unless somebody
    /// changed it here, because then it stays.
    pub(crate) fn merge(&mut self, part: &str, whole: &str, content: &Path) {
        let part = self.articles.get(part);
        let Some(part) = part.filter(|part| part.changed_by_hand(content).is_none()) else {
            return;
        };
        let mut aliases = part.aliases.clone();
        aliases.push(part.place());
        if let Some(whole) = self.articles.get_mut(whole) {
            aliases.retain(|alias| !whole.aliases.contains(alias));
            whole.aliases.extend(aliases);
        }
    }

    /// Writes it, in one step.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(crate) fn write(&self, content: &Path) -> Result<(), Failure> {
        let (path, new) = (content.join(SOURCE_RECORD), content.join(SOURCE_RECORD_NEW));
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        File::create(&new)
            .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()))
            .map_err(|error| Failure::io("write", &new, &error))?;
        fs::rename(&new, &path).map_err(|error| Failure::io("write", &path, &error))
    }

    /// Notes what became of an article; `None` where it went.
    pub(crate) fn replace(&mut self, id: String, origin: Option<Origin>) {
        match origin {
            Some(origin) => self.articles.insert(id, origin),
            None => self.articles.remove(&id),
        };
    }
}

impl Origin {
    /// The article's address, `section/slug`.
    pub(crate) fn place(&self) -> String {
        format!("{}/{}", self.section, self.slug)
    }

    /// The article's folder.
    pub(crate) fn folder(&self, content: &Path) -> PathBuf {
        content
            .join("articles")
            .join(self.section.as_str())
            .join(self.slug.as_str())
    }

    /// The first file that is not as it was written; `None` where all are.
    pub(crate) fn changed_by_hand(&self, content: &Path) -> Option<String> {
        let folder = self.folder(content);
        // One that somebody deleted is written again.
        let names = names(&folder)?;
        names
            .into_iter()
            .find(|name| !self.is_as_written(&folder, name))
    }

    /// Whether a file is as it was written. A power cut leaves files without a byte; nothing is lost
    /// with them.
    fn is_as_written(&self, folder: &Path, name: &str) -> bool {
        let bytes = fs::read(folder.join(name)).ok();
        self.files
            .get(name)
            .zip(bytes)
            .is_some_and(|(known, bytes)| bytes.is_empty() || *known == hash(&bytes))
    }
}

/// The names in a folder; `None` where there is none.
fn names(folder: &Path) -> Option<Vec<String>> {
    let entries = fs::read_dir(folder).ok()?.filter_map(Result::ok);
    Some(
        entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect(),
    )
}

/// The hash of a file.
pub(crate) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin() -> Origin {
        Origin {
            section: Slug::new("port").unwrap(),
            slug: Slug::new("a").unwrap(),
            wanted: Slug::new("a").unwrap(),
            named_by: "vi".to_owned(),
            aliases: vec![],
            revisions: BTreeMap::from([("vi".to_owned(), "1".to_owned())]),
            files: BTreeMap::from([("vi.json".to_owned(), hash(b"{}"))]),
            links: BTreeMap::from([("2".to_owned(), "/port/b/".to_owned())]),
            draft: false,
        }
    }

    #[test]
    fn a_record_comes_back_as_it_was_written() {
        let content = tempfile::tempdir().unwrap();
        assert_eq!(Record::read(content.path()).unwrap(), Record::default());
        let record = Record {
            address: "https://cms.example".to_owned(),
            config: "x".to_owned(),
            articles: BTreeMap::from([("1".to_owned(), origin())]),
            left_out: BTreeMap::from([(
                "2".to_owned(),
                LeftOut {
                    why: "it has no section".to_owned(),
                    texts: BTreeMap::from([("vi".to_owned(), "1 Bến".to_owned())]),
                    by: "y".to_owned(),
                    asked: 7,
                    changed_here: true,
                },
            )]),
        };
        record.write(content.path()).unwrap();
        assert_eq!(Record::read(content.path()).unwrap(), record);
        fs::write(content.path().join(SOURCE_RECORD), "{").unwrap();
        let failure = Record::read(content.path()).unwrap_err().to_string();
        assert!(failure.contains("cannot be understood"), "{failure}");
    }

    #[test]
    fn a_file_that_somebody_changed_or_put_there_is_noticed() {
        let content = tempfile::tempdir().unwrap();
        let folder = content.path().join("articles/port/a");
        assert_eq!(origin().changed_by_hand(content.path()), None);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("vi.json"), "{}").unwrap();
        assert_eq!(origin().changed_by_hand(content.path()), None);
        fs::write(folder.join("vi.json"), "{ }").unwrap();
        assert_eq!(
            origin().changed_by_hand(content.path()).as_deref(),
            Some("vi.json")
        );
        fs::write(folder.join("vi.json"), "").unwrap();
        assert_eq!(origin().changed_by_hand(content.path()), None);
        fs::write(folder.join("vi.json"), "{}").unwrap();
        fs::write(folder.join("ja.json"), "").unwrap();
        assert_eq!(
            origin().changed_by_hand(content.path()).as_deref(),
            Some("ja.json")
        );
    }
}
