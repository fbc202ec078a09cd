//! Foreign files are carried from one folder into another, or set aside in a visible one. Nothing
//! here removes or overwrites a file that the tool did not write or carry.

use super::survey::{ForeignEntry, Kind};
use editorial::diagnostics::Failure;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The result of [`carry`].
#[derive(Default)]
pub(super) struct Carried {
    /// Entries that are in both folders now.
    pub(super) there: Vec<ForeignEntry>,
    /// Entries whose path is in use in the other folder.
    pub(super) in_the_way: Vec<ForeignEntry>,
}

/// Carries entries from one folder into another one, under the same paths: files as hard links,
/// symbolic links as links with the same target.
///
/// # Errors
/// Where an entry cannot be made there.
pub(super) fn carry(found: Vec<ForeignEntry>, from: &Path, to: &Path) -> Result<Carried, Failure> {
    let mut carried = Carried::default();
    for one in found {
        let (source, target) = (from.join(&one.path), to.join(&one.path));
        let done = match one.kind {
            Kind::Folder => same_folder(&source, to, &one.path),
            _ => one
                .path
                .parent()
                .map_or(Ok(()), |parent| folders(to, parent))
                .and_then(|()| link(&source, &target, one.kind)),
        };
        match done {
            Ok(()) => carried.there.push(one),
            // Its owner has removed it meanwhile.
            Err(error)
                if error.kind() == ErrorKind::NotFound
                    && fs::symlink_metadata(&source).is_err() => {}
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::AlreadyExists | ErrorKind::NotADirectory
                ) =>
            {
                if !same_bytes(&source, &target) {
                    carried.in_the_way.push(one);
                }
            }
            Err(error) => return Err(Failure::io("bring along", &source, &error)),
        }
    }
    Ok(carried)
}

/// Moves an entry to the same path below `aside`, whose folders are made for it.
///
/// # Errors
/// Where it cannot be moved.
pub(super) fn set_aside(one: &ForeignEntry, from: &Path, aside: &Path) -> Result<(), Failure> {
    let (source, target) = (from.join(&one.path), aside.join(&one.path));
    let folder = target.parent().unwrap_or(aside);
    fs::create_dir_all(folder).map_err(|error| Failure::io("make the folder", folder, &error))?;
    fs::rename(&source, &target).map_err(|error| Failure::io("set aside", &source, &error))
}

/// A free name beside a folder: `dist.replaced`, `dist.replaced-2` and so on.
pub(super) fn free_name_beside(folder: &Path) -> PathBuf {
    let named = |suffix: String| {
        let mut name = folder.file_name().unwrap_or_default().to_owned();
        name.push(suffix);
        folder.with_file_name(name)
    };
    let numbered = (2..).map(|number: u32| format!(".replaced-{number}"));
    let mut names = std::iter::once(".replaced".to_owned())
        .chain(numbered)
        .map(named);
    names
        .find(|path| fs::symlink_metadata(path).is_err())
        .unwrap_or_else(|| named(".replaced".to_owned()))
}

/// Makes the folders of a path below `root`. Fails where one of them exists and is no folder, such
/// as a symbolic link.
fn folders(root: &Path, below: &Path) -> io::Result<()> {
    let mut folder = root.to_owned();
    for name in below {
        folder.push(name);
        match fs::create_dir(&folder) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if !fs::symlink_metadata(&folder)?.is_dir() {
                    return Err(ErrorKind::NotADirectory.into());
                }
            }
            made => made?,
        }
    }
    Ok(())
}

/// Makes a folder with the owner and permissions of another one, but always writable for the owner.
fn same_folder(source: &Path, to: &Path, below: &Path) -> io::Result<()> {
    let about = fs::symlink_metadata(source)?;
    folders(to, below)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
        let folder = to.join(below);
        // Only root can change a folder's owner.
        let _ = chown(&folder, Some(about.uid()), Some(about.gid()));
        fs::set_permissions(
            folder,
            fs::Permissions::from_mode(about.mode() & 0o7777 | 0o700),
        )?;
    }
    #[cfg(not(unix))]
    drop(about);
    Ok(())
}

fn link(source: &Path, target: &Path, kind: Kind) -> io::Result<()> {
    if kind == Kind::Link {
        return copy_link(source, target);
    }
    match fs::hard_link(source, target) {
        Err(error)
            if kind == Kind::File
                && !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::AlreadyExists) =>
        {
            copy(source, target)
        }
        linked => linked,
    }
}

/// A copy, where the file system has no hard links.
fn copy(source: &Path, target: &Path) -> io::Result<()> {
    let mut to = fs::File::create_new(target)?;
    let copied = fs::File::open(source).and_then(|mut from| io::copy(&mut from, &mut to));
    let copied =
        copied.and_then(|_| fs::set_permissions(target, fs::metadata(source)?.permissions()));
    copied.inspect_err(|_| drop(fs::remove_file(target)))
}

#[cfg(unix)]
fn copy_link(source: &Path, target: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(source)?, target)
}

#[cfg(windows)]
fn copy_link(source: &Path, target: &Path) -> io::Result<()> {
    use std::os::windows::fs::{symlink_dir, symlink_file};
    let leads_to = fs::read_link(source)?;
    if source.is_dir() {
        symlink_dir(leads_to, target)
    } else {
        symlink_file(leads_to, target)
    }
}

/// Whether both are files with the same bytes, or symbolic links with the same target.
fn same_bytes(one: &Path, other: &Path) -> bool {
    let about = |path: &Path| fs::symlink_metadata(path).ok();
    let (Some(first), Some(second)) = (about(one), about(other)) else {
        return false;
    };
    if first.is_symlink() && second.is_symlink() {
        return fs::read_link(one)
            .is_ok_and(|leads| fs::read_link(other).is_ok_and(|other| other == leads));
    }
    first.is_file()
        && second.is_file()
        && first.len() == second.len()
        && fs::read(one).is_ok_and(|bytes| fs::read(other).is_ok_and(|other| other == bytes))
}
