//! What is done to folders and files.

use super::record::File;
use crate::failure::Failure;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The name of the second copy within the state.
pub(super) const COPY: &str = "site";

/// The folder in which builds of a site keep what they need again: the site's hidden neighbour.
pub(crate) fn state_of(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.state"))
}

/// Whoever mistypes `--out` must not lose a folder of something else.
pub(super) fn refuse_what_is_no_site(place: &Path, state: &Path) -> Result<(), Failure> {
    let empty = || fs::read_dir(place).is_ok_and(|mut entries| entries.next().is_none());
    if !place.exists() || state.exists() || empty() {
        return Ok(());
    }
    if place.join("404.html").is_file() && place.join("assets").is_dir() {
        return Ok(());
    }
    let shown = place.display();
    Err(Failure::new(format!("{shown} holds something that is no site: choose another folder, or empty this one")))
}

/// Makes sure that no other build writes to the same place.
pub(super) fn lock(place: &Path, state: &Path) -> Result<fs::File, Failure> {
    let path = state.join("lock");
    let failure = |error: &io::Error| Failure::io("lock", &path, error);
    let file = fs::File::create(&path).map_err(|error| failure(&error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => {
            Err(Failure::new(format!("another build is writing {} at this moment; wait for it", place.display())))
        }
        Err(fs::TryLockError::Error(error)) => Err(failure(&error)),
    }
}

/// Removes a folder with everything in it, where it is there.
pub(super) fn remove(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failure::io("remove", folder, &error)),
        _ => Ok(()),
    }
}

/// Writes a new file; one that is there is taken away first.
pub(super) fn put(target: &Path, path: &str, bytes: &[u8]) -> Result<File, Failure> {
    let failure = |error: &io::Error| Failure::io("write", target, error);
    let mut file = match fs::File::create_new(target) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(target).map_err(|error| failure(&error))?;
            fs::File::create_new(target)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let folder = target.parent().unwrap_or(target);
            fs::create_dir_all(folder).map_err(|error| Failure::io("make the folder", folder, &error))?;
            fs::File::create_new(target)
        }
        file => file,
    }
    .map_err(|error| failure(&error))?;
    file.write_all(bytes).map_err(|error| failure(&error))?;
    let metadata = file.metadata().map_err(|error| failure(&error))?;
    Ok(File::new(path, &metadata))
}

/// Takes a file out of a site, with the folders that are empty then.
pub(super) fn take_out(site: &Path, path: &str) -> Result<(), Failure> {
    let file = site.join(path);
    match fs::remove_file(&file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(Failure::io("remove", &file, &error)),
        _ => {}
    }
    let folders = file.ancestors().skip(1).take_while(|folder| *folder != site);
    for folder in folders {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

/// Exchanges a finished site with what stands at its place, in one step where the file system can.
pub(super) fn exchange(work: &Path, place: &Path) -> Result<(), Failure> {
    let failure = |error: &io::Error| Failure::io("move the finished site to", place, error);
    if !place.exists() {
        return fs::rename(work, place).map_err(|error| failure(&error));
    }
    if swap(work, place) {
        return Ok(());
    }
    let aside = work.with_extension("old");
    remove(&aside)?;
    fs::rename(place, &aside).map_err(|error| Failure::io("move away", place, &error))?;
    if let Err(error) = fs::rename(work, place) {
        let _ = fs::rename(&aside, place);
        return Err(failure(&error));
    }
    fs::rename(&aside, work).map_err(|error| Failure::io("move", &aside, &error))
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn swap(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn swap(_: &Path, _: &Path) -> bool {
    false
}
