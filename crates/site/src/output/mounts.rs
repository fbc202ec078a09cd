//! Mount points: folders that can be written into, but not moved or exchanged.

use std::fs;
use std::path::{Path, PathBuf};

/// The mount point at or below a folder, because of which the folder cannot be exchanged.
pub(super) fn at_or_below(place: &Path) -> Option<PathBuf> {
    if is_another_device(place) {
        return Some(place.to_owned());
    }
    // Bind mounts from the same device are in the system's own list only.
    let list = fs::read("/proc/self/mountinfo").unwrap_or_default();
    points(&list)
        .into_iter()
        .find(|point| point.starts_with(place))
}

#[cfg(unix)]
fn is_another_device(place: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).ok().map(|about| about.dev());
    let above = place.parent().and_then(device);
    device(place)
        .zip(above)
        .is_some_and(|(own, above)| own != above)
}

#[cfg(not(unix))]
fn is_another_device(_: &Path) -> bool {
    false
}

/// The mount points that Linux lists: the fifth word of each line, in which a space and the like
/// are written as `\040`.
fn points(list: &[u8]) -> Vec<PathBuf> {
    list.split(|byte| *byte == b'\n')
        .filter_map(|line| line.split(|byte| *byte == b' ').nth(4))
        .map(path)
        .collect()
}

#[cfg(unix)]
fn path(word: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    PathBuf::from(std::ffi::OsString::from_vec(unescaped(word)))
}

#[cfg(not(unix))]
fn path(word: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(&unescaped(word)).into_owned())
}

fn unescaped(word: &[u8]) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::with_capacity(word.len()), word);
    while let Some((&first, after)) = rest.split_first() {
        let number = (first == b'\\').then(|| after.get(..3)).flatten();
        let number =
            number.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok());
        bytes.push(number.unwrap_or(first));
        rest = &after[if number.is_some() { 3 } else { 0 }..];
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mount_points_are_read_as_the_system_writes_them() {
        let list = b"21 1 8:1 / / rw - ext4 /dev/sda1 rw\n\
            36 21 98:0 /mnt1 /srv/my\\040site\\134x rw,noatime master:1 - ext3 /dev/root rw\n\n";
        assert_eq!(points(list), [Path::new("/"), Path::new("/srv/my site\\x")]);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_is_mounted_is_found() {
        assert_eq!(
            at_or_below(Path::new("/proc")),
            Some(PathBuf::from("/proc"))
        );
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(at_or_below(&fs::canonicalize(folder.path()).unwrap()), None);
    }
}
