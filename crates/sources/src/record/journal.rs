//! The journal of a running sync: `.sync.journal` beside the record.
//!
//! Before some articles are exchanged, one line says what they will be. The line is on the disk
//! before the first of them. So a sync that ends in the middle leaves one line at most that is not
//! true of all its articles; their files say which of them are there. A line that is torn began
//! nothing.

use super::{LeftOut, Origin, Record, names};
use editorial::diagnostics::Failure;
use editorial::load::SOURCE_JOURNAL;
use import::Store;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A line of the journal: what some articles become.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// The address of the CMS.
    address: String,
    /// What `source.json` is for all articles, as the record has it.
    config: String,
    /// The articles, by their names in the CMS; `None` where one goes.
    articles: BTreeMap<String, Option<Origin>>,
}

/// The record with its journal, as a sync changes it.
pub(crate) struct Journal {
    content: PathBuf,
    /// The record, with what was done since it was written.
    pub(crate) record: Record,
    /// The journal, as soon as it has a line.
    file: Option<File>,
    /// What else than articles the record on the disk has.
    written: Written,
}

/// The address, the configuration, and what was left out.
type Written = (String, String, BTreeMap<String, LeftOut>);

fn written(record: &Record) -> Written {
    let Record {
        address,
        config,
        left_out,
        ..
    } = record;
    (address.clone(), config.clone(), left_out.clone())
}

impl Journal {
    /// Reads the record, and settles what an interrupted sync had begun. Only with a store is
    /// anything written.
    ///
    /// # Errors
    /// Where something cannot be read or written.
    pub(crate) fn open(content: &Path, store: Option<&Store>) -> Result<Self, Failure> {
        let mut record = Record::read(content)?;
        let lines = read(&content.join(SOURCE_JOURNAL))?;
        let is_interrupted = lines.is_some();
        let lines = lines.unwrap_or_default();
        let last = lines.len().saturating_sub(1);
        let written = written(&record);
        for (number, line) in lines.into_iter().enumerate() {
            (record.address, record.config) = (line.address, line.config);
            for (id, origin) in line.articles {
                if number < last {
                    record.replace(id, origin);
                } else {
                    settle(content, &mut record, id, origin, store)?;
                }
            }
        }
        let mut journal = Self {
            content: content.to_owned(),
            written,
            record,
            file: None,
        };
        if is_interrupted {
            journal.forget_empty_files();
        }
        if is_interrupted && store.is_some() {
            journal.fold()?;
        }
        Ok(journal)
    }

    /// Notes what some articles become, before they do. [`replace`](Record::replace) follows for each
    /// of them that did.
    ///
    /// # Errors
    /// Where it cannot be written. Nothing may be changed then.
    pub(crate) fn announce<'a>(
        &mut self,
        articles: impl Iterator<Item = (&'a str, Option<&'a Origin>)>,
    ) -> Result<(), Failure> {
        let line = Line {
            address: self.record.address.clone(),
            config: self.record.config.clone(),
            articles: articles
                .map(|(id, origin)| (id.to_owned(), origin.cloned()))
                .collect(),
        };
        let path = self.content.join(SOURCE_JOURNAL);
        let failure = |error| Failure::io("write", &path, &error);
        let mut bytes = serde_json::to_vec(&line).unwrap_or_default();
        bytes.push(b'\n');
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(File::create(&path).map_err(failure)?),
        };
        file.write_all(&bytes)
            .and_then(|()| file.sync_data())
            .map_err(failure)
    }

    /// Writes the record where it changed, and ends the journal.
    ///
    /// # Errors
    /// Where it cannot be written. The journal stays then.
    pub(crate) fn close(mut self) -> Result<(), Failure> {
        if self.file.is_none() && self.written == written(&self.record) {
            return Ok(());
        }
        self.fold()
    }

    fn fold(&mut self) -> Result<(), Failure> {
        self.record.write(&self.content)?;
        self.file = None;
        let path = self.content.join(SOURCE_JOURNAL);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(Failure::io("remove", &path, &error))
            }
            _ => Ok(()),
        }
    }

    /// Lets articles be fetched again whose files a power cut left without a byte.
    fn forget_empty_files(&mut self) {
        for origin in self.record.articles.values_mut() {
            let folder = origin.folder(&self.content);
            let is_empty =
                |name: &String| fs::metadata(folder.join(name)).is_ok_and(|about| about.len() == 0);
            if origin.files.keys().any(is_empty) {
                origin.revisions.clear();
            }
        }
    }
}

/// Finds out whether an article became what was announced.
fn settle(
    content: &Path,
    record: &mut Record,
    id: String,
    announced: Option<Origin>,
    store: Option<&Store>,
) -> Result<(), Failure> {
    let before = record.articles.get(&id);
    let Some(new) = announced else {
        if before.is_none_or(|before| !before.folder(content).exists()) {
            record.articles.remove(&id);
        }
        return Ok(());
    };
    let (same_place, elsewhere) = match before {
        Some(before) if before.place() == new.place() => (Some(before), None),
        other => (None, other),
    };
    let known = of_origin(content, &new);
    let is_there = same_place.map_or(known > 0, |before| known >= of_origin(content, before));
    if !is_there {
        return Ok(());
    }
    // It had moved, and the former place was still to be removed.
    if let (Some(before), Some(store)) = (elsewhere, store)
        && before.changed_by_hand(content).is_none()
    {
        store.remove(&before.section, &before.slug)?;
    }
    record.articles.insert(id, new);
    Ok(())
}

/// How many files at an article's place are as it was written.
fn of_origin(content: &Path, origin: &Origin) -> usize {
    let folder = origin.folder(content);
    let names = names(&folder).unwrap_or_default();
    names
        .iter()
        .filter(|name| origin.is_as_written(&folder, name))
        .count()
}

/// The whole lines of a journal; `None` where there is no journal.
fn read(path: &Path) -> Result<Option<Vec<Line>>, Failure> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::io("read", path, &error)),
    };
    // What follows the last line break is torn, or nothing.
    let mut texts: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    texts.pop();
    let last = texts.len().saturating_sub(1);
    let mut lines = Vec::new();
    for (number, text) in texts.into_iter().enumerate() {
        match serde_json::from_slice(text) {
            Ok(line) => lines.push(line),
            Err(_) if number == last => {}
            Err(error) => {
                return Err(Failure::new(format!(
                    "{} cannot be understood: line {}: {error}",
                    path.display(),
                    number + 1
                ))
                .help("take it and .sync.json from your version control or backup; without them, rename both, and `site sync` keeps every article that is there"));
            }
        }
    }
    Ok(Some(lines))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::hash;
    use editorial::load::SOURCE_RECORD;
    use model::Slug;

    fn origin(slug: &str, text: &str) -> Origin {
        let slug = Slug::new(slug).unwrap();
        Origin {
            section: Slug::new("port").unwrap(),
            wanted: slug.clone(),
            slug,
            named_by: "vi".to_owned(),
            aliases: Vec::new(),
            links: BTreeMap::new(),
            draft: false,
            revisions: BTreeMap::from([("vi".to_owned(), text.to_owned())]),
            files: BTreeMap::from([("vi.json".to_owned(), hash(text.as_bytes()))]),
        }
    }

    fn put(content: &Path, slug: &str, text: &str) {
        let folder = content.join("articles/port").join(slug);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("vi.json"), text).unwrap();
    }

    /// The record after a sync was interrupted that had announced these.
    fn after(content: &Path, announced: &[(&str, Option<&Origin>)]) -> Record {
        let mut journal = Journal::open(content, None).unwrap();
        "https://cms.example".clone_into(&mut journal.record.address);
        journal.announce(announced.iter().copied()).unwrap();
        drop(journal);
        let store = Store::open(content).unwrap();
        let record = Journal::open(content, Some(&store)).unwrap().record;
        assert!(!content.join(SOURCE_JOURNAL).exists());
        assert_eq!(Record::read(content).unwrap(), record);
        record
    }

    #[test]
    fn what_was_announced_is_taken_for_done_where_its_files_say_so() {
        let content = tempfile::tempdir().unwrap();
        let content = content.path();
        let (a, b) = (origin("a", "one"), origin("b", "one"));
        put(content, "a", "one");
        let record = after(content, &[("1", Some(&a)), ("2", Some(&b))]);
        assert_eq!(record.address, "https://cms.example");
        assert_eq!(
            record.articles,
            BTreeMap::from([("1".to_owned(), a.clone())])
        );

        // Replaced at its place or not.
        let again = origin("a", "two");
        assert_eq!(after(content, &[("1", Some(&again))]).articles["1"], a);
        put(content, "a", "two");
        assert_eq!(after(content, &[("1", Some(&again))]).articles["1"], again);

        // Moved: the former place goes, unless somebody wrote there.
        let moved = origin("c", "three");
        assert_eq!(after(content, &[("1", Some(&moved))]).articles["1"], again);
        put(content, "c", "three");
        assert_eq!(after(content, &[("1", Some(&moved))]).articles["1"], moved);
        assert!(!content.join("articles/port/a").exists());
        let back = origin("a", "four");
        put(content, "a", "four");
        put(content, "c", "mine");
        assert_eq!(after(content, &[("1", Some(&back))]).articles["1"], back);
        assert_eq!(
            fs::read(content.join("articles/port/c/vi.json")).unwrap(),
            b"mine"
        );

        // Removed or not.
        assert_eq!(after(content, &[("1", None)]).articles.len(), 1);
        fs::remove_dir_all(content.join("articles/port/a")).unwrap();
        assert_eq!(after(content, &[("1", None)]).articles.len(), 0);
    }

    #[test]
    fn a_file_that_a_power_cut_emptied_is_ours_and_fetched_again() {
        let content = tempfile::tempdir().unwrap();
        put(content.path(), "a", "");
        let record = after(content.path(), &[("1", Some(&origin("a", "one")))]);
        assert_eq!(record.articles["1"].revisions, BTreeMap::new());
        assert_eq!(record.articles["1"].changed_by_hand(content.path()), None);
    }

    #[test]
    fn a_torn_line_began_nothing_and_one_in_the_middle_is_refused() {
        let content = tempfile::tempdir().unwrap();
        let content = content.path();
        put(content, "a", "one");
        let mut journal = Journal::open(content, None).unwrap();
        let a = origin("a", "one");
        journal.announce([("1", Some(&a))].into_iter()).unwrap();
        drop(journal);
        let path = content.join(SOURCE_JOURNAL);
        let whole = fs::read(&path).unwrap();
        for cut in 0..whole.len() {
            fs::write(&path, [&whole[..], &whole[..cut]].concat()).unwrap();
            let record = Journal::open(content, None).unwrap().record;
            assert_eq!(record.articles.len(), 1, "{cut}");
            // A dry run settles nothing on the disk.
            assert!(path.exists() && !content.join(SOURCE_RECORD).exists());
        }
        fs::write(&path, [&whole[..], b"\0\0\0\n"].concat()).unwrap();
        assert_eq!(
            Journal::open(content, None).unwrap().record.articles.len(),
            1
        );
        fs::write(&path, [b"{\n", &whole[..]].concat()).unwrap();
        let failure = Journal::open(content, None).err().unwrap().to_string();
        assert!(
            failure.contains("cannot be understood: line 1"),
            "{failure}"
        );
    }

    #[test]
    fn a_sync_that_changes_nothing_writes_nothing() {
        let content = tempfile::tempdir().unwrap();
        let journal = Journal::open(content.path(), None).unwrap();
        journal.close().unwrap();
        assert_eq!(fs::read_dir(content.path()).unwrap().count(), 0);
    }
}
