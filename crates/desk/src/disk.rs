//! Files as the desk writes them: whole or not at all, also where the power fails.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file by way of another one, which takes its place when all of it is on the disk. Both
/// have to be on the same file system.
///
/// # Errors
/// Where something cannot be written. The file is as it was before.
pub fn replace(file: &Path, by_way_of: &Path, bytes: &[u8]) -> io::Result<()> {
    let written = (|| {
        let mut new = File::create(by_way_of)?;
        new.write_all(bytes)?;
        new.sync_all()?;
        fs::rename(by_way_of, file)
    })();
    if written.is_err() {
        let _ = fs::remove_file(by_way_of);
    }
    written?;
    settle(file)
}

/// Writes a file that is not there yet, by way of another one. Both have to be on the same file system.
///
/// # Errors
/// Where one is there already (`AlreadyExists`), or it cannot be written.
pub fn create(file: &Path, by_way_of: &Path, bytes: &[u8]) -> io::Result<()> {
    let written = (|| {
        let mut new = File::create(by_way_of)?;
        new.write_all(bytes)?;
        new.sync_all()?;
        settle_new(by_way_of, file)
    })();
    if written.is_err() {
        let _ = fs::remove_file(by_way_of);
    }
    written
}

/// Moves a file to a place where none is yet. Both have to be on the same file system.
///
/// # Errors
/// Where one is there already (`AlreadyExists`), or it cannot be moved. It stays where it was.
pub fn settle_new(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Ok(()) => fs::remove_file(from)?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        // Some file systems, such as those of memory cards, know no links.
        Err(_) if fs::symlink_metadata(to).is_ok() => {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        Err(_) => fs::rename(from, to)?,
    }
    settle(to)
}

/// The path, or the same with a number where something is there.
pub fn free(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut numbered = (2..).map(|number| path.with_file_name(format!("{number}+{name}")));
    let is_free = |path: &Path| fs::symlink_metadata(path).is_err();
    if is_free(path) {
        return path.to_owned();
    }
    numbered
        .find(|path| is_free(path))
        .unwrap_or_else(|| path.to_owned())
}

/// Adds to the end of a file, of which `length` bytes count; what stands behind them was not written
/// to its end.
///
/// # Errors
/// Where it cannot be written.
pub fn append(file: &Path, length: u64, bytes: &[u8]) -> io::Result<()> {
    let mut open = OpenOptions::new().append(true).open(file)?;
    if open.metadata()?.len() != length {
        open.set_len(length)?;
    }
    open.write_all(bytes)?;
    open.sync_data()
}

/// Has the name of a file on the disk too.
fn settle(file: &Path) -> io::Result<()> {
    if cfg!(unix)
        && let Some(folder) = file.parent()
    {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_written_stays_as_it_was() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("vi.json");
        replace(&file, &place.path().join("new"), b"one").unwrap();
        assert!(replace(&file, &place.path().join("nowhere/new"), b"two").is_err());
        assert_eq!(fs::read(&file).unwrap(), b"one");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_new_file_takes_the_place_of_none() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("lake.jpg");
        let by_way_of = place.path().join("new");
        create(&file, &by_way_of, b"one").unwrap();
        let again = create(&file, &by_way_of, b"two").unwrap_err();
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&file).unwrap(), b"one");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
        assert_eq!(free(&file), place.path().join("2+lake.jpg"));
    }

    #[test]
    fn what_was_not_written_to_its_end_is_cut_off() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("journal");
        fs::write(&file, "one\ntw").unwrap();
        append(&file, 4, b"three\n").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "one\nthree\n");
    }
}
