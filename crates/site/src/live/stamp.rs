//! Whether anything in a folder changed: the names, sizes and times of its files as one number. Asking
//! again and again works where notifications do not, as on network drives and in containers.

use editorial::hash::CacheKey;
use rayon::prelude::*;
use std::fs::{self, DirEntry};
use std::path::Path;
use std::time::UNIX_EPOCH;

/// The stamp of these folders. Hidden files have no say: they are notes of tools.
pub(super) fn of<'a>(folders: impl IntoIterator<Item = &'a Path>) -> u64 {
    folders.into_iter().fold(0, |sum, folder| {
        sum.rotate_left(1).wrapping_add(below(folder))
    })
}

/// The order of files has no say, because folders have none. All processors look at once: a portal has
/// a folder for each article.
fn below(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    let entries = entries.flatten().par_bridge();
    entries
        .map(|entry| of_entry(&entry))
        .reduce(|| 0, u64::wrapping_add)
}

fn of_entry(entry: &DirEntry) -> u64 {
    if entry.file_name().as_encoded_bytes().starts_with(b".") {
        return 0;
    }
    let path = entry.path();
    // What a link leads to counts.
    let Ok(facts) = fs::metadata(&path) else {
        return 0;
    };
    let named = CacheKey::default().add(path.as_os_str().as_encoded_bytes());
    if facts.is_dir() {
        return named.number(below(&path)).finish();
    }
    let changed = facts
        .modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .unwrap_or_default();
    named
        .number(facts.len())
        .number(changed.as_secs())
        .number(u64::from(changed.subsec_nanos()))
        .finish()
}

#[cfg(test)]
mod tests {
    use super::of;
    use std::fs;

    #[test]
    fn every_change_of_a_file_is_seen_and_notes_of_tools_are_not() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path();
        let stamp = || of([folder]);
        fs::create_dir_all(folder.join("articles/port")).unwrap();
        let mut seen = vec![stamp()];
        let file = folder.join("articles/port/vi.json");
        fs::write(&file, "a").unwrap();
        seen.push(stamp());
        fs::write(&file, "ab").unwrap();
        seen.push(stamp());
        fs::rename(&file, folder.join("articles/port/en.json")).unwrap();
        seen.push(stamp());
        fs::rename(
            folder.join("articles/port"),
            folder.join("articles/culture"),
        )
        .unwrap();
        seen.push(stamp());
        let later = fs::File::options()
            .append(true)
            .open(folder.join("articles/culture/en.json"))
            .unwrap();
        later
            .set_modified(std::time::SystemTime::now() + std::time::Duration::from_secs(9))
            .unwrap();
        seen.push(stamp());
        fs::write(folder.join(".sync.json"), "{}").unwrap();
        assert_eq!(stamp(), *seen.last().unwrap());
        let mut different = seen.clone();
        different.sort_unstable();
        different.dedup();
        assert_eq!(different.len(), seen.len());
        assert_eq!(of([folder.join("nowhere").as_path()]), 0);
    }
}
