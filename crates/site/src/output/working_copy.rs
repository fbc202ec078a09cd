//! The second copy of the site, in which the next site is made. Between builds it is the former
//! site, so that somebody who is still reading it reads one whole site. The next build first makes
//! it equal to the site at the place. By then [`super::state`] has rescued foreign files from it.

use super::place;
use super::record::{File, Record, Unit};
use editorial::diagnostics::Failure;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Mutex;

/// Restores the copy to the recorded state by hard links alone. Returns the units whose files are
/// all in it, and removes everything else.
pub(super) fn verify(
    record: Record,
    place: &Path,
    copy: &Path,
) -> Result<HashMap<Box<str>, Unit>, Failure> {
    let expected: HashMap<&str, &File> = record
        .units
        .values()
        .flat_map(|unit| &unit.files)
        .map(|file| (&*file.path, file))
        .collect();
    let found: Mutex<HashSet<&str>> = Mutex::new(HashSet::with_capacity(expected.len()));
    let walk = Walk {
        root: copy,
        expected: &expected,
        found: &found,
    };
    walk.folder(copy, "")?;
    let found = super::into(found);
    let missing: Vec<&File> = expected
        .values()
        .copied()
        .filter(|file| !found.contains(&*file.path))
        .collect();
    let unlinked: HashSet<Box<str>> = missing
        .into_par_iter()
        .filter(|file| !link(place, copy, file))
        .map(|file| file.path.clone())
        .collect();
    let mut units = record.units;
    if unlinked.is_empty() {
        return Ok(units);
    }
    // Incomplete units are written anew, so their files must not be in the way.
    let broken =
        units.extract_if(|_, unit| unit.files.iter().any(|file| unlinked.contains(&file.path)));
    for file in broken.flat_map(|(_, unit)| unit.files) {
        place::remove_file(copy, &file.path)?;
    }
    Ok(units)
}

/// Links a file of the site into the copy. Returns whether this was the recorded file and is
/// linked.
fn link(place: &Path, copy: &Path, file: &File) -> bool {
    let (from, to) = (place.join(&*file.path), copy.join(&*file.path));
    if !fs::symlink_metadata(&from).is_ok_and(|metadata| file.is(&metadata)) {
        return false;
    }
    match fs::hard_link(&from, &to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            to.parent()
                .is_some_and(|folder| fs::create_dir_all(folder).is_ok())
                && fs::hard_link(&from, &to).is_ok()
        }
        linked => linked.is_ok(),
    }
}

/// A walk over the copy that removes what does not belong there.
struct Walk<'a, 'f> {
    root: &'f Path,
    expected: &'f HashMap<&'a str, &'a File>,
    found: &'f Mutex<HashSet<&'a str>>,
}

impl Walk<'_, '_> {
    fn folder(&self, folder: &Path, below: &str) -> Result<(), Failure> {
        let failure = |error: &io::Error| Failure::io("read", folder, error);
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && folder == self.root => {
                return Ok(());
            }
            entries => entries.map_err(|error| failure(&error))?,
        };
        let mut folders = Vec::new();
        let mut right = Vec::new();
        let mut any = false;
        for entry in entries {
            let entry = entry.map_err(|error| failure(&error))?;
            let name = entry.file_name();
            let path = if below.is_empty() {
                name.to_string_lossy().into_owned()
            } else {
                format!("{below}/{}", name.to_string_lossy())
            };
            if entry.file_type().map_err(|error| failure(&error))?.is_dir() {
                folders.push((entry.path(), path));
                continue;
            }
            let metadata = entry.metadata().map_err(|error| failure(&error))?;
            match self.expected.get_key_value(&*path) {
                Some((known, file)) if file.is(&metadata) => {
                    right.push(*known);
                    any = true;
                }
                _ => fs::remove_file(entry.path())
                    .map_err(|error| Failure::io("remove", &entry.path(), &error))?,
            }
        }
        if !right.is_empty() {
            super::lock(self.found).extend(right);
        }
        folders
            .into_par_iter()
            .try_for_each(|(folder, below)| self.folder(&folder, &below))?;
        if !any && folder != self.root {
            // A folder that is not empty stays.
            let _ = fs::remove_dir(folder);
        }
        Ok(())
    }
}
