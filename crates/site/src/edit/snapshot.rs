//! The content as it was published last. A notice for an emergency is published with it, whatever is wrong with what
//! somebody is writing meanwhile.
//!
//! It is a copy of the content folder in the desk's own. Small files are copied; pictures and other large files are
//! linked where the disk can, because nobody writes into them. It counts only for the site that was made of it: where
//! another build has put another one there, it is not used. What is made of it is checked like any content.

use crate::build::options::Options;
use crate::output;
use ::desk::patch::{self, Operation, Refused};
use ::desk::place::Place;
use ::desk::pointer::Pointer;
use editorial::diagnostics::Failure;
use editorial::json::Instead;
use editorial::message;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The copy of the content, in the folder.
const CONTENT: &str = "content";

/// The file that names the site that was made of it.
const SITE: &str = "site";

/// A file as large as this is linked where that can be done.
const LARGE: u64 = 256 * 1024;

/// The content as it was published last.
pub(super) struct Snapshot {
    folder: PathBuf,
}

impl Snapshot {
    /// What is kept in a folder.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Whether the site at a place was made of it.
    pub(super) fn is_of(&self, place: &Path) -> bool {
        let stamp = output::stamp_of(place);
        let kept = fs::read_to_string(self.folder.join(SITE)).ok();
        stamp.is_some() && stamp == kept
    }

    /// Takes the content of which the site at a place was made.
    ///
    /// # Errors
    /// Where it cannot be copied.
    pub(super) fn take(&self, content: &Path, place: &Path) -> Result<(), Failure> {
        self.forget();
        let copy = self.folder.join(CONTENT);
        copy_folder(content, &copy)
            .map_err(|error| Failure::io("keep the content in", &copy, &error))?;
        self.mark(place)
    }

    /// The options for publishing it with the notices that are saved.
    ///
    /// # Errors
    /// Where the site at the place was not made of it, or the settings are no JSON.
    pub(super) fn with_notices(&self, options: &Options, place: &Path) -> Result<Options, Failure> {
        if !self.is_of(place) {
            return Err(Failure::said(message!(
                "this desk has no record of what is published, so notices cannot be published alone"
            ))
            .help_said(message!("publish everything once")));
        }
        let read = |file: &Path| {
            fs::read_to_string(file).map_err(|error| Failure::io("read", file, &error))
        };
        let saved = Place::Site.file(&options.content);
        let text = read(&saved)?;
        let bare = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let settings: Value =
            serde_json::from_str(bare).map_err(|_| Failure::said(Refused::NoJson.message()))?;
        let content = self.folder.join(CONTENT);
        let file = Place::Site.file(&content);
        let text = with_notices(&read(&file)?, settings.get("notices"))?;
        Ok(Options {
            content,
            instead: Instead::of(BTreeMap::from([(file, text.into_bytes())])),
            ..options.clone()
        })
    }

    /// Notes what was published with these options: its notices are part of it from now on.
    ///
    /// # Errors
    /// Where that cannot be written.
    pub(super) fn settle(&self, options: &Options, place: &Path) -> Result<(), Failure> {
        let file = Place::Site.file(&options.content);
        let failed = |error: io::Error| Failure::io("write", &file, &error);
        let text = options.instead.bytes(&file).map_err(failed)?;
        let next = file.with_extension("next");
        fs::write(&next, text).map_err(failed)?;
        fs::rename(&next, &file).map_err(failed)?;
        self.mark(place)
    }

    /// Forgets that it is known what is published.
    pub(super) fn forget(&self) {
        let _ = fs::remove_file(self.folder.join(SITE));
    }

    fn mark(&self, place: &Path) -> Result<(), Failure> {
        let file = self.folder.join(SITE);
        let stamp = output::stamp_of(place).unwrap_or_default();
        fs::write(&file, stamp).map_err(|error| Failure::io("write", &file, &error))
    }
}

/// Settings with other notices.
fn with_notices(settings: &str, notices: Option<&Value>) -> Result<String, Failure> {
    let at = Pointer::parse("/notices").unwrap_or_default();
    let has = serde_json::from_str::<Value>(settings.trim_start_matches('\u{feff}'))
        .is_ok_and(|settings| settings.get("notices").is_some());
    let operation = match notices {
        Some(notices) => Operation::Set {
            at,
            value: notices.clone(),
        },
        None if has => Operation::Remove { at },
        None => return Ok(settings.to_owned()),
    };
    patch::apply(settings, &[operation], &|_| Vec::new())
        .map_err(|refused| Failure::said(refused.message()))
}

/// Makes a folder the same as another one, without what is hidden. Files that are the same stay.
fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    let mut kept: HashSet<OsString> = HashSet::new();
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let metadata = fs::metadata(entry.path())?;
        let target = to.join(&name);
        if metadata.is_dir() {
            // A folder can lead into itself by a link, without an end.
            if entry.file_type()?.is_symlink() {
                return Err(io::Error::other("a folder of the content is a link"));
            }
            if !target.is_dir() {
                remove(&target)?;
            }
            copy_folder(&entry.path(), &target)?;
        } else if !is_same(&metadata, &target) {
            remove(&target)?;
            copy_file(&entry.path(), &target, &metadata)?;
        }
        kept.insert(name);
    }
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        if !kept.contains(&entry.file_name()) {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

/// Whether a copy is of a file as it is now: it has the file's size and time.
fn is_same(metadata: &fs::Metadata, copy: &Path) -> bool {
    fs::symlink_metadata(copy).is_ok_and(|copied| {
        copied.is_file()
            && copied.len() == metadata.len()
            && copied.modified().ok() == metadata.modified().ok()
    })
}

fn copy_file(from: &Path, to: &Path, metadata: &fs::Metadata) -> io::Result<()> {
    if metadata.len() >= LARGE && fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to)?;
    let time = metadata.modified()?;
    fs::File::options().write(true).open(to)?.set_modified(time)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, name: &str, text: &str) {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    #[test]
    fn a_copy_follows_its_folder_without_what_is_hidden() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        write(&from, "a/vi.json", "1");
        write(&from, "b.json", "1");
        write(&from, ".drafts/x", "1");
        copy_folder(&from, &to).unwrap();
        assert_eq!(fs::read_to_string(to.join("a/vi.json")).unwrap(), "1");
        assert!(!to.join(".drafts").exists());
        fs::remove_dir_all(from.join("a")).unwrap();
        write(&from, "a", "now a file");
        write(&from, "b.json", "22");
        copy_folder(&from, &to).unwrap();
        assert_eq!(fs::read_to_string(to.join("a")).unwrap(), "now a file");
        assert_eq!(fs::read_to_string(to.join("b.json")).unwrap(), "22");
        fs::remove_file(from.join("b.json")).unwrap();
        copy_folder(&from, &to).unwrap();
        assert!(!to.join("b.json").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_leads_into_itself_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let from = folder.path().join("from");
        write(&from, "a.json", "1");
        std::os::unix::fs::symlink(&from, from.join("again")).unwrap();
        assert!(copy_folder(&from, &folder.path().join("to")).is_err());
    }

    #[test]
    fn notices_take_the_place_of_notices_and_nothing_else_changes() {
        let notices = serde_json::json!([{ "slug": "storm" }]);
        let with = |settings, notices| with_notices(settings, notices).unwrap();
        let set = with(
            "{\n  \"origin\": \"a\",\n  \"notices\": []\n}\n",
            Some(&notices),
        );
        let read: Value = serde_json::from_str(&set).unwrap();
        assert_eq!(read["notices"], notices);
        assert_eq!(read["origin"], "a");
        let added: Value =
            serde_json::from_str(&with("{\"origin\": \"a\"}", Some(&notices))).unwrap();
        assert_eq!(added["notices"], notices);
        let gone: Value = serde_json::from_str(&with(&set, None)).unwrap();
        assert_eq!(gone, serde_json::json!({ "origin": "a" }));
        assert_eq!(with("{ }", None), "{ }");
        assert!(with_notices("{", Some(&notices)).is_err());
    }
}
