//! Decides where a site may stand, before anything is read or written. Links are resolved first.
//! Folders are compared by their identity on the disk and not by their paths, so neither `..` nor
//! links, bind mounts or capital letters hide that two of them are one.

use super::{mark, mounts, state_of};
use editorial::diagnostics::Failure;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// An input of a build. The site must neither stand in it nor hold it.
pub(crate) struct Input<'a> {
    /// Its name in messages: "the content folder".
    pub(crate) name: &'static str,
    /// Its path.
    pub(crate) path: &'a Path,
}

/// The folder that a site is written to, for the value of `--out`, with links resolved.
///
/// # Errors
/// Where no site can stand there; the message says what to do.
pub(crate) fn resolve(out: &Path, inputs: &[Input<'_>]) -> Result<PathBuf, Failure> {
    let place = real(out)?;
    refuse_what_holds_everything(out, &place)?;
    refuse_what_is_inside(out, &place)?;
    for input in inputs {
        refuse_overlap(out, &place, input)?;
    }
    if let Some(point) = mounts::at_or_below(&place) {
        let (shown, inner) = (point.display(), out.join("site"));
        return Err(Failure::new(format!(
            "{shown} is a mount point, which cannot be exchanged with a finished site"
        ))
        .help(format!(
            "build into a folder in it, such as --out {}, and let the host serve that",
            inner.display()
        )));
    }
    Ok(place)
}

/// The path with every link resolved. Parts that do not exist yet keep their names.
fn real(out: &Path) -> Result<PathBuf, Failure> {
    if out.as_os_str().is_empty() {
        return Err(Failure::new("--out names no folder").help("write a name, such as --out dist"));
    }
    let absolute = std::path::absolute(out).map_err(|error| Failure::io("find", out, &error))?;
    // A slash at the end would hide a link.
    let absolute: PathBuf = absolute.components().collect();
    let (mut there, mut missing) = (absolute.as_path(), Vec::<OsString>::new());
    while let Err(error) = fs::symlink_metadata(there) {
        let last = match there.components().next_back() {
            Some(Component::Normal(name))
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                name
            }
            _ => return Err(Failure::io("find", there, &error)),
        };
        missing.push(last.to_owned());
        there = there.parent().unwrap_or(there);
    }
    let mut place = fs::canonicalize(there).map_err(|error| {
        Failure::new(format!(
            "could not write the site to {}: {} is a link that leads nowhere ({error})",
            out.display(),
            there.display()
        ))
        .help("make the folder that it leads to, or remove the link")
    })?;
    if !place.is_dir() {
        let what = if missing.is_empty() {
            "it".to_owned()
        } else {
            there.display().to_string()
        };
        return Err(Failure::new(format!(
            "could not write the site to {}: {what} is no folder",
            out.display()
        ))
        .help("choose another folder with --out"));
    }
    place.extend(missing.iter().rev());
    Ok(place)
}

/// The identity of a folder, by whatever path.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path)
        .ok()
        .map(|about| (about.dev(), about.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<String> {
    fs::canonicalize(path)
        .ok()
        .map(|path| path.to_string_lossy().to_lowercase())
}

fn is_same(one: &Path, other: &Path) -> bool {
    identity(one).is_some_and(|one| Some(one) == identity(other))
}

/// Whether `path` is somewhere below `folder`.
fn is_below(path: &Path, folder: &Path) -> bool {
    path.ancestors().skip(1).any(|above| is_same(above, folder))
}

/// Refuses the root, the home folder, the current folder, and folders above them, because a build
/// exchanges the whole folder.
fn refuse_what_holds_everything(out: &Path, place: &Path) -> Result<(), Failure> {
    let shown = out.display();
    let refuse =
        |what: &str, help: &str| Err(Failure::new(format!("{shown} is {what}")).help(help));
    if place.parent().is_none() {
        return refuse(
            "the root of the file system",
            "choose a folder of its own, such as --out dist",
        );
    }
    let holds = |folder: Option<PathBuf>| {
        let folder = folder.and_then(|folder| fs::canonicalize(folder).ok());
        folder.is_some_and(|folder| is_same(&folder, place) || is_below(&folder, place))
    };
    if holds(env::home_dir()) {
        return refuse(
            "your home folder, or holds it",
            "choose a folder of its own, such as --out dist",
        );
    }
    if holds(env::current_dir().ok()) {
        let help = "a build exchanges the whole folder: choose one in it, such as --out dist, or call the tool from outside";
        return refuse("the folder that you are in, or holds it", help);
    }
    Ok(())
}

/// Refuses a place within another site or a state folder, where it would be taken for a part of it.
fn refuse_what_is_inside(out: &Path, place: &Path) -> Result<(), Failure> {
    let shown = out.display();
    for above in place.ancestors().skip(1) {
        if mark::read(above).is_some() {
            return Err(Failure::new(format!("{shown} lies in the site {}", above.display())).help(
                "choose a folder outside of it: the next build of that site would have to carry this one along",
            ));
        }
    }
    if let Some(state) = place.ancestors().find(|above| mark::is_state(above)) {
        return Err(Failure::new(format!(
            "{shown} lies in {}, where builds keep what they need again",
            state.display()
        ))
        .help("choose another folder with --out"));
    }
    Ok(())
}

fn refuse_overlap(out: &Path, place: &Path, input: &Input<'_>) -> Result<(), Failure> {
    let Ok(path) = fs::canonicalize(input.path) else {
        return Ok(());
    };
    let (shown, name, given) = (out.display(), input.name, input.path.display());
    let state = state_of(place);
    let (how, why) = if is_same(place, &path) || is_same(&state, &path) {
        ("is", "the site would take its place")
    } else if is_below(place, &path) {
        ("lies in", "the site would be taken for a part of it")
    } else if is_below(&path, place) || is_below(&path, &state) {
        ("holds", "it would be moved away with the old site")
    } else {
        return Ok(());
    };
    Err(Failure::new(format!("{shown} {how} {name} {given}: {why}"))
        .help("choose a folder beside it with --out, such as --out dist in the folder above"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    fn said(out: &Path, inputs: &[Input<'_>]) -> String {
        let failure = resolve(out, inputs).unwrap_err().to_string();
        assert!(failure.contains("\n  = help: "), "{failure}");
        failure
    }

    #[test]
    fn links_are_resolved_first_and_what_is_missing_keeps_its_names() {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        fs::create_dir_all(root.join("releases/7")).unwrap();
        symlink("releases/7", root.join("current")).unwrap();
        symlink("current", root.join("again")).unwrap();
        for (given, place) in [
            ("current", "releases/7"),
            ("current/", "releases/7"),
            ("again", "releases/7"),
            ("releases/8/site", "releases/8/site"),
            ("current/../8", "releases/8"),
            ("new/.", "new"),
            ("new//site/", "new/site"),
        ] {
            assert_eq!(
                resolve(&root.join(given), &[]).unwrap(),
                root.join(place),
                "{given}"
            );
        }
        symlink("nowhere", root.join("dangling")).unwrap();
        symlink("loop", root.join("loop")).unwrap();
        fs::write(root.join("file"), "").unwrap();
        for given in [
            "dangling",
            "dangling/",
            "dangling/site",
            "loop",
            "file",
            "file/site",
        ] {
            assert!(
                said(&root.join(given), &[]).starts_with("could not "),
                "{given}"
            );
        }
        assert!(resolve(&root.join("new/../site"), &[]).is_err());
    }

    #[test]
    fn a_site_is_not_what_it_is_made_from_nor_in_it_nor_around_it() {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        fs::create_dir_all(root.join("project/content/articles")).unwrap();
        fs::create_dir_all(root.join("project/.site.state")).unwrap();
        symlink("content", root.join("project/link")).unwrap();
        let content = root.join("project/content");
        let input = |path| {
            [Input {
                name: "the content folder",
                path,
            }]
        };
        for (given, how) in [
            ("project/content", "is"),
            ("project/link", "is"),
            ("project/content/../content/.", "is"),
            ("project/content/dist", "lies in"),
            ("project/link/articles/new/dist", "lies in"),
            ("project", "holds"),
        ] {
            let out = root.join(given);
            let said = said(&out, &input(&content));
            assert!(
                said.starts_with(&format!("{} {how} the content folder ", out.display())),
                "{said}"
            );
        }
        let state = root.join("project/.site.state");
        assert!(
            said(
                &root.join("project/site"),
                &[Input {
                    name: "the bundle",
                    path: &state
                }]
            )
            .contains(" is ")
        );
        for fine in [
            "project/dist",
            "project/contents",
            "project/site",
            "else/where",
        ] {
            assert!(
                resolve(&root.join(fine), &input(&content)).is_ok(),
                "{fine}"
            );
        }
    }

    #[test]
    fn what_holds_everything_is_no_place_for_a_site() {
        for (out, what) in [
            ("/", "the root"),
            (".", "the folder that you are in"),
            ("..", ""),
            ("./", ""),
            ("", "names no"),
        ] {
            assert!(said(Path::new(out), &[]).contains(what), "{out}");
        }
        if let Some(home) = env::home_dir().filter(|home| home.is_dir()) {
            assert!(said(&home, &[]).contains("home folder"));
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_mount_point_is_named_with_a_folder_in_it_to_take_instead() {
        let said = said(Path::new("/proc"), &[]);
        assert!(
            said.contains("/proc is a mount point") && said.contains("--out /proc/site"),
            "{said}"
        );
    }
}
