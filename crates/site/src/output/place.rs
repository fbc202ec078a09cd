//! Operations on folders and files: lock, write, remove, exchange.

use super::record::File;
use editorial::diagnostics::Failure;
use editorial::message;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Locks a place against other builds.
pub(super) fn lock(place: &Path, path: &Path) -> Result<fs::File, Failure> {
    let failure = |error: &io::Error| Failure::io("lock", path, error);
    let file = fs::File::create(path).map_err(|error| failure(&error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Failure::said(message!(
            "another build is writing {place} at this moment; wait for it",
            place = place.display().to_string()
        ))),
        Err(fs::TryLockError::Error(error)) => Err(failure(&error)),
    }
}

/// Removes a folder with everything in it, where it is there.
pub(super) fn remove(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Failure::io("remove", folder, &error))
        }
        _ => Ok(()),
    }
}

/// Writes a new file. An existing one is removed first and never written into.
pub(super) fn put(target: &Path, path: &str, bytes: &[u8]) -> Result<File, Failure> {
    let failure = |error: &io::Error| Failure::io("write", target, error);
    let mut file = match fs::File::create_new(target) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(target).map_err(|error| failure(&error))?;
            fs::File::create_new(target)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let folder = target.parent().unwrap_or(target);
            fs::create_dir_all(folder)
                .map_err(|error| Failure::io("make the folder", folder, &error))?;
            fs::File::create_new(target)
        }
        file => file,
    }
    .map_err(|error| failure(&error))?;
    file.write_all(bytes).map_err(|error| failure(&error))?;
    let metadata = file.metadata().map_err(|error| failure(&error))?;
    Ok(File::new(path, bytes, &metadata))
}

/// Removes a file of a site, and the folders that become empty.
pub(super) fn remove_file(site: &Path, path: &str) -> Result<(), Failure> {
    let file = site.join(path);
    match fs::remove_file(&file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(Failure::io("remove", &file, &error));
        }
        _ => {}
    }
    let folders = file
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != site);
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
