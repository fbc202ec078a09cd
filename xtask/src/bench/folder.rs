//! Folders: their free space, their content, and changes in it.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::process;

/// A message about something that could not be done to a file or folder.
pub(crate) fn failed(what: &str, path: &Path, error: &Error) -> Failure {
    Failure::broken(format!("could not {what} {}: {error}", path.display()))
}

/// Makes a folder with those above it.
pub(crate) fn make(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| failed("make the folder", folder, &error))
}

/// Removes a folder with everything in it, where it is there.
pub(crate) fn remove(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(failed("remove", folder, &error)),
        _ => Ok(()),
    }
}

/// Fails where the disk of a folder has fewer free bytes. Passes where the system has no `df` that
/// tells.
pub(crate) fn require_room(folder: &Path, bytes: u64) -> Result<(), Failure> {
    let answer = process::stdout_of(Command::new("df").arg("-Pk").arg(folder));
    let Some(free) = answer.as_deref().and_then(free_in) else {
        return Ok(());
    };
    if free >= bytes {
        return Ok(());
    }
    let gigabytes =
        |bytes: u64| format!("{}.{} GB", bytes / 1_000_000_000, bytes / 100_000_000 % 10);
    Err(Failure::unmet(format!(
        "the disk of {} has {} left and this needs {}: make room, or measure fewer articles (--articles 1000,10000)",
        folder.display(),
        gigabytes(free),
        gigabytes(bytes)
    )))
}

/// The free bytes in the answer of `df -Pk`, whose fourth column is the free room in kilobytes.
fn free_in(answer: &str) -> Option<u64> {
    let kilobytes: u64 = answer
        .lines()
        .nth(1)?
        .split_whitespace()
        .nth(3)?
        .parse()
        .ok()?;
    Some(kilobytes * 1024)
}

/// The amount of data in a folder.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Size {
    pub(crate) files: usize,
    pub(crate) html: usize,
    pub(crate) bytes: u64,
}

/// The difference between two manifests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Change {
    /// Files that are new or have other bytes.
    pub(crate) written: usize,
    /// Of these, pages with their documents, lists, feeds, the sitemap, and all other files.
    pub(crate) pages: usize,
    /// Of these, files that only the search reads.
    pub(crate) search: usize,
    /// Of these, pictures and share cards.
    pub(crate) cards: usize,
    /// Of these, compressed copies of another file.
    pub(crate) compressed: usize,
    /// Files that are gone.
    pub(crate) removed: usize,
}

/// Every file of a folder with the size and the hash of its bytes. Dates do not count.
pub(crate) struct Manifest(BTreeMap<PathBuf, (u64, u64)>);

impl Manifest {
    /// Reads everything in a folder.
    pub(crate) fn of(root: &Path) -> Result<Self, Failure> {
        let mut files = BTreeMap::new();
        for path in files_below(root)? {
            let bytes = fs::read(&path).map_err(|error| failed("read", &path, &error))?;
            let mut hasher = DefaultHasher::new();
            hasher.write(&bytes);
            let below = path.strip_prefix(root).unwrap_or(&path).to_path_buf();
            files.insert(below, (bytes.len() as u64, hasher.finish()));
        }
        Ok(Self(files))
    }

    /// The amount of data. Pages are counted by their HTML.
    pub(crate) fn size(&self) -> Size {
        let html = self
            .0
            .keys()
            .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
            .count();
        Size {
            files: self.0.len(),
            html,
            bytes: self.0.values().map(|(bytes, _)| bytes).sum(),
        }
    }

    /// The changes from this manifest to a later one.
    pub(crate) fn change_to(&self, later: &Self) -> Change {
        let written: Vec<&PathBuf> = later
            .0
            .iter()
            .filter(|(path, file)| self.0.get(*path) != Some(file))
            .map(|(path, _)| path)
            .collect();
        let count = |kind: Kind| written.iter().filter(|path| Kind::of(path) == kind).count();
        Change {
            written: written.len(),
            pages: count(Kind::Page),
            search: count(Kind::Search),
            cards: count(Kind::Picture),
            compressed: count(Kind::Copy),
            removed: self
                .0
                .keys()
                .filter(|path| !later.0.contains_key(*path))
                .count(),
        }
    }
}

/// The purpose of a file of a site.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Page,
    Search,
    Picture,
    Copy,
}

impl Kind {
    fn of(path: &Path) -> Self {
        match path
            .extension()
            .and_then(|ending| ending.to_str())
            .unwrap_or_default()
        {
            "br" | "gz" => Self::Copy,
            "png" | "webp" | "jpg" | "svg" => Self::Picture,
            _ if path.starts_with("search") => Self::Search,
            _ => Self::Page,
        }
    }
}

fn files_below(root: &Path) -> Result<Vec<PathBuf>, Failure> {
    let (mut files, mut open) = (Vec::new(), vec![root.to_path_buf()]);
    while let Some(folder) = open.pop() {
        let failed = |error: Error| failed("read", &folder, &error);
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if entry.file_type().map_err(failed)?.is_dir() {
                open.push(entry.path());
            } else {
                files.push(entry.path());
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_free_room_is_read_from_what_df_says() {
        let answer = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 264212084 28322424 66963464 30% /\n";
        assert_eq!(free_in(answer), Some(66_963_464 * 1024));
        assert_eq!(free_in("nothing"), None);
    }

    #[test]
    fn a_portal_that_no_disk_holds_is_refused_with_both_numbers() {
        let failure = require_room(&std::env::temp_dir(), u64::MAX / 2);
        if let Err(failure) = failure {
            assert_eq!(failure.code, 2);
            assert!(
                failure
                    .message
                    .contains("left and this needs 9223372036.8 GB"),
                "{}",
                failure.message
            );
        } else {
            assert!(
                process::stdout_of(Command::new("df").args(["-Pk", "/"])).is_none(),
                "df was not asked"
            );
        }
    }

    #[test]
    fn a_change_is_a_change_of_bytes() {
        let folder = std::env::temp_dir().join(format!("xtask-manifest-{}", std::process::id()));
        make(&folder.join("a")).unwrap();
        let put = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
        put("a/index.html", "one");
        put("a/index.html.br", "1");
        put("gone", "x");
        let before = Manifest::of(&folder).unwrap();
        put("a/index.html", "one");
        assert_eq!(
            before.change_to(&Manifest::of(&folder).unwrap()),
            Change::default()
        );
        put("a/index.html", "two");
        put("a/index.html.br", "2");
        put("new", "x");
        fs::remove_file(folder.join("gone")).unwrap();
        let after = Manifest::of(&folder).unwrap();
        let change = Change {
            written: 3,
            pages: 2,
            compressed: 1,
            removed: 1,
            ..Change::default()
        };
        assert_eq!(before.change_to(&after), change);
        assert_eq!(
            (after.size().files, after.size().html, after.size().bytes),
            (3, 1, 5)
        );
        remove(&folder).unwrap();
    }
}
