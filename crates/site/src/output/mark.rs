//! The marker files of the tool's own folders. A folder without its mark is somebody else's,
//! whatever else is in it or beside it.
//!
//! The mark of a site is the file [`SITE`] in it. For each file that the tool wrote, it holds a
//! hash of path and bytes, so a changed or moved file is not ours. The mark is the same wherever
//! the site is built or copied to, and tells nothing that is not public. A checksum over the hashes
//! reveals a damaged mark.

use editorial::diagnostics::Failure;
use editorial::hash::{self, CacheKey};
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

/// The file name of a site's mark.
pub(crate) const SITE: &str = ".portal-site";

/// The file name of a state folder's mark.
pub(super) const STATE: &str = "about.txt";

const HEAD: &str = "portal-site 1\n\
    `site build` made this folder. Each number is a file that it wrote; it leaves all others alone.\n";

const STATE_HEAD: &str = "portal-state 1\n\
    `site build` keeps here what the next build of the site beside it needs. `site clean` removes it.\n";

/// The owner of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// The folder is empty or missing.
    Nobody,
    /// The folder has our mark.
    Tool,
    /// The folder holds something, but not our mark.
    SomebodyElse,
}

/// The hash of a file's path below the site's base and of its bytes.
pub(super) fn checksum(path: &str, bytes: &[u8]) -> u64 {
    CacheKey::default().add(path).add(bytes).finish()
}

/// The text of a site's mark.
pub(super) fn text(mut numbers: Vec<u64>) -> String {
    numbers.sort_unstable();
    let mut list = String::with_capacity(numbers.len() * 17);
    for number in numbers {
        let _ = writeln!(list, "{number:016x}");
    }
    format!("{HEAD}{}\n{list}", hash::long(list.as_bytes()))
}

/// The hashes in a site's mark; `None` where the mark is missing or damaged.
pub(super) fn read(folder: &Path) -> Option<Vec<u64>> {
    let path = folder.join(SITE);
    if !fs::symlink_metadata(&path).ok()?.is_file() {
        return None;
    }
    let text = fs::read_to_string(path).ok()?;
    let (bound, list) = text.strip_prefix(HEAD)?.split_once('\n')?;
    if bound != hash::long(list.as_bytes()) {
        return None;
    }
    list.lines()
        .map(|line| u64::from_str_radix(line, 16).ok())
        .collect()
}

/// The owner of a site's folder.
///
/// # Errors
/// Where the folder cannot be read.
pub(super) fn owner_of_site(folder: &Path) -> Result<Owner, Failure> {
    owner(folder, |folder| read(folder).is_some())
}

/// The owner of a state folder.
///
/// # Errors
/// Where the folder cannot be read.
pub(super) fn owner_of_state(folder: &Path) -> Result<Owner, Failure> {
    if fs::symlink_metadata(folder).is_ok_and(|about| !about.is_dir()) {
        return Ok(Owner::SomebodyElse);
    }
    owner(folder, is_state)
}

/// Whether this is a state folder. An incomplete mark counts where nothing else is there: a build
/// was killed while it wrote the mark.
pub(super) fn is_state(folder: &Path) -> bool {
    let mark = folder.join(STATE);
    if !fs::symlink_metadata(&mark).is_ok_and(|about| about.is_file()) {
        return false;
    }
    let bytes = fs::read(mark).unwrap_or_else(|_| b"?".to_vec());
    let is_alone = || fs::read_dir(folder).is_ok_and(|entries| entries.count() == 1);
    bytes == STATE_HEAD.as_bytes() || STATE_HEAD.as_bytes().starts_with(&bytes) && is_alone()
}

/// Writes the mark of a state folder.
///
/// # Errors
/// Where the mark cannot be written.
pub(super) fn mark_state(folder: &Path) -> Result<(), Failure> {
    let path = folder.join(STATE);
    if fs::read(&path).is_ok_and(|bytes| bytes == STATE_HEAD.as_bytes()) {
        return Ok(());
    }
    fs::write(&path, STATE_HEAD).map_err(|error| Failure::io("write", &path, &error))
}

fn owner(folder: &Path, is_ours: impl Fn(&Path) -> bool) -> Result<Owner, Failure> {
    let is_empty = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        entries => entries
            .map_err(|error| Failure::io("read", folder, &error))?
            .next()
            .is_none(),
    };
    Ok(if is_empty {
        Owner::Nobody
    } else if is_ours(folder) {
        Owner::Tool
    } else {
        Owner::SomebodyElse
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_comes_back_and_a_damaged_one_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let mark = folder.path().join(SITE);
        fs::write(&mark, text(vec![7, u64::MAX, 0])).unwrap();
        assert_eq!(read(folder.path()), Some(vec![0, 7, u64::MAX]));
        let whole = fs::read(&mark).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(&mark, damaged).unwrap();
            assert_eq!(read(folder.path()), None, "byte {at}");
            fs::write(&mark, &whole[..at]).unwrap();
            assert_eq!(read(folder.path()), None, "cut after {at} bytes");
        }
    }

    #[test]
    fn a_folder_is_ours_by_its_mark_alone() {
        let folder = tempfile::tempdir().unwrap();
        let owner = || owner_of_site(folder.path()).unwrap();
        assert_eq!(
            owner_of_site(&folder.path().join("missing")).unwrap(),
            Owner::Nobody
        );
        assert_eq!(owner(), Owner::Nobody);
        fs::create_dir(folder.path().join("assets")).unwrap();
        fs::write(folder.path().join("404.html"), "").unwrap();
        assert_eq!(owner(), Owner::SomebodyElse);
        fs::write(folder.path().join(SITE), "").unwrap();
        assert_eq!(owner(), Owner::SomebodyElse);
        fs::write(folder.path().join(SITE), text(Vec::new())).unwrap();
        assert_eq!(owner(), Owner::Tool);
    }
}
