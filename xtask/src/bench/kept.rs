//! What is built from a folder of sources once, and kept in the cache.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::folder::{self, failed};
use crate::failure::Failure;

/// The file that says that it is built, with the sum of what it was built from.
const BUILT: &str = ".built";

/// Copies a folder to `work` and builds it there, unless that was done with the same files. What `made`
/// names is never copied.
pub(crate) fn provide(
    sources: &Path,
    work: &Path,
    made: &[&str],
    build: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut files = Vec::new();
    collect(sources, Path::new(""), made, &mut files)?;
    files.sort();
    let mut sum = Sha256::new();
    for (below, bytes) in &files {
        sum.update(format!("{} {}\n", below.display(), bytes.len()));
        sum.update(bytes);
    }
    let sum: String = sum
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let stamp = work.join(BUILT);
    if fs::read_to_string(&stamp).is_ok_and(|built| built == sum) {
        return Ok(());
    }
    folder::remove(work)?;
    for (below, bytes) in &files {
        let file = work.join(below);
        folder::make(file.parent().unwrap_or(work))?;
        fs::write(&file, bytes).map_err(|error| failed("write", &file, &error))?;
    }
    build()?;
    fs::write(&stamp, sum).map_err(|error| failed("write", &stamp, &error))
}

/// The files of a folder with their bytes, but for what is made in it.
fn collect(
    root: &Path,
    below: &Path,
    made: &[&str],
    files: &mut Vec<(PathBuf, Vec<u8>)>,
) -> Result<(), Failure> {
    let folder = root.join(below);
    let unread = |error| failed("read", &folder, &error);
    for entry in fs::read_dir(&folder).map_err(unread)? {
        let entry = entry.map_err(unread)?;
        let name = entry.file_name();
        if name == BUILT || made.iter().any(|made| name == *made) {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            collect(root, &below.join(name), made, files)?;
        } else {
            let bytes = fs::read(&path).map_err(|error| failed("read", &path, &error))?;
            files.push((below.join(name), bytes));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_is_built_once() {
        let place = tempfile::tempdir().unwrap();
        let (sources, work) = (place.path().join("sources"), place.path().join("work"));
        fs::create_dir_all(sources.join("node_modules")).unwrap();
        fs::write(sources.join("node_modules/a"), "a").unwrap();
        let mut times = 0;
        for text in ["a", "a", "b"] {
            fs::write(sources.join("page"), text).unwrap();
            let build = || {
                times += 1;
                Ok(())
            };
            provide(&sources, &work, &["node_modules"], build).unwrap();
        }
        assert_eq!(times, 2);
        assert_eq!(fs::read_to_string(work.join("page")).unwrap(), "b");
        assert!(!work.join("node_modules").exists());
    }
}
