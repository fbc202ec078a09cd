//! Invariants of the output folder.

use super::*;
use tempfile::TempDir;

/// The options of an operator's build.
const KEEP: WriteOptions = WriteOptions {
    keep: true,
    fresh: false,
    replace: false,
};
/// The same with `--replace-foreign`.
const REPLACE: WriteOptions = WriteOptions {
    replace: true,
    ..KEEP
};

/// Builds a site of these files; each is a unit whose key is the hash of its text. Returns how many
/// were written.
fn build(place: &Path, files: &[(&str, &str)]) -> usize {
    try_to_build(place, files, KEEP).unwrap()
}

fn try_to_build(
    place: &Path,
    files: &[(&str, &str)],
    options: WriteOptions,
) -> Result<usize, Failure> {
    let output = Output::begin(place, options)?;
    for (path, text) in files {
        output.write(path, text.as_bytes())?;
    }
    let written = output.written();
    output.finish().map(|_| written)
}

/// Every file below a folder but the mark of a site.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        let name = entry.file_name().unwrap().to_string_lossy().into_owned();
        if entry.is_dir() {
            found.extend(
                files(&entry)
                    .into_iter()
                    .map(|(path, text)| (format!("{name}/{path}"), text)),
            );
            assert!(
                fs::read_dir(&entry).unwrap().next().is_some(),
                "{} is empty",
                entry.display()
            );
        } else if name != mark::SITE {
            found.push((name, fs::read_to_string(&entry).unwrap()));
        }
    }
    found.sort();
    found
}

fn own(files: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut own: Vec<_> = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    own.sort();
    own
}

fn site() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("site");
    (folder, place)
}

const FIRST: [(&str, &str); 3] = [
    ("a/index.html", "a"),
    ("b/index.html", "b"),
    ("404.html", "lost"),
];

#[test]
fn what_has_not_changed_is_kept_and_what_is_gone_is_gone() {
    let (_folder, place) = site();
    assert_eq!(build(&place, &FIRST), 3);
    assert_eq!(build(&place, &FIRST), 0);
    let second = [
        ("a/index.html", "a"),
        ("b/index.html", "other"),
        ("404.html", "lost"),
        ("c/d.html", "c"),
    ];
    assert_eq!(build(&place, &second), 2);
    assert_eq!(files(&place), own(&second));
    assert_eq!(build(&place, &FIRST), 1);
    assert_eq!(files(&place), own(&FIRST));
}

#[test]
fn the_former_site_comes_back_with_what_others_put_there_and_goes_again() {
    let (_folder, place) = site();
    assert!(!has_former(&place) && back(&place).is_err());
    let (old, new) = (
        [("index.html", "old"), ("a", "1")],
        [("index.html", "new"), ("b", "2")],
    );
    build(&place, &old);
    build(&place, &new);
    fs::write(place.join("theirs.txt"), "theirs").unwrap();
    assert!(has_former(&place));
    let with_theirs = |site: &[(&str, &str)]| own(&[site, &[("theirs.txt", "theirs")]].concat());
    back(&place).unwrap();
    assert_eq!(files(&place), with_theirs(&old));
    back(&place).unwrap();
    assert_eq!(files(&place), with_theirs(&new));
    back(&place).unwrap();
    // The next build knows what is there, whichever it is.
    build(&place, &new);
    assert_eq!(files(&place), with_theirs(&new));
    build(&place, &old);
    assert_eq!(files(&place), with_theirs(&old));
    // What somebody changed is in the way, and stays.
    fs::write(place.join("index.html"), "changed").unwrap();
    assert!(back(&place).is_err());
    assert_eq!(
        fs::read_to_string(place.join("index.html")).unwrap(),
        "changed"
    );
}

#[test]
fn whoever_reads_the_old_site_reads_it_whole_until_the_next_build_begins() {
    let (_folder, place) = site();
    let copy = State::of(&place).copy();
    build(&place, &FIRST);
    let second = [
        ("a/index.html", "other"),
        ("c/index.html", "c"),
        ("404.html", "lost"),
    ];
    build(&place, &second);
    assert_eq!((files(&copy), files(&place)), (own(&FIRST), own(&second)));
    let output = Output::begin(&place, KEEP).unwrap();
    assert_eq!((files(&copy), files(&place)), (own(&second), own(&second)));
    drop(output);
    assert_eq!(build(&place, &second), 0);
}

#[test]
fn what_is_missing_in_the_site_is_made_again_and_what_was_put_there_stays() {
    let (_folder, place) = site();
    build(&place, &FIRST);
    let with_stray = [&FIRST[..], &[("stray.html", "x")]].concat();
    for damage in 0..3 {
        match damage {
            0 => fs::remove_file(place.join("b/index.html")).unwrap(),
            1 => fs::write(place.join("stray.html"), "x").unwrap(),
            _ => fs::remove_dir_all(&place).unwrap(),
        }
        for _ in 0..3 {
            build(&place, &FIRST);
            let expected = if damage == 1 {
                own(&with_stray)
            } else {
                own(&FIRST)
            };
            assert_eq!(files(&place), expected, "damage {damage}");
        }
    }
}

#[test]
fn a_file_that_somebody_changed_is_not_overwritten_before_they_say_so() {
    for rename in [false, true] {
        let (folder, place) = site();
        build(&place, &FIRST);
        build(&place, &FIRST);
        let file = place.join("a/index.html");
        // An editor writes into the file, or puts another one in its place.
        if rename {
            fs::write(place.join("a/new"), "by hand").unwrap();
            fs::rename(place.join("a/new"), &file).unwrap();
        } else {
            fs::write(&file, "by hand").unwrap();
        }
        for _ in 0..2 {
            let said = try_to_build(&place, &FIRST, KEEP).unwrap_err().to_string();
            assert!(
                said.contains("a/index.html: changed since") && said.contains("--replace-foreign"),
                "{said}"
            );
            assert_eq!(fs::read_to_string(&file).unwrap(), "by hand");
        }
        try_to_build(&place, &FIRST, REPLACE).unwrap();
        assert_eq!(files(&place), own(&FIRST));
        let aside = folder.path().join("site.replaced");
        assert_eq!(
            fs::read_to_string(aside.join("a/index.html")).unwrap(),
            "by hand"
        );
        // What was set aside is no part of the new site.
        fs::write(aside.join("b/index.html"), "x").unwrap();
        build(&place, &FIRST);
        assert_eq!(files(&place), own(&FIRST));
    }
}

#[test]
fn a_file_with_another_date_and_a_copied_site_are_still_ours() {
    let (folder, place) = site();
    build(&place, &FIRST);
    fs::File::open(place.join("a/index.html"))
        .unwrap()
        .set_modified(std::time::SystemTime::UNIX_EPOCH)
        .unwrap();
    build(&place, &[("b/index.html", "b")]);
    assert_eq!(files(&place), own(&[("b/index.html", "b")]));
    build(&place, &FIRST);
    let copied = folder.path().join("copied");
    for (path, _) in [&FIRST[..], &[(mark::SITE, "")]].concat() {
        fs::create_dir_all(copied.join(path).parent().unwrap()).unwrap();
        fs::copy(place.join(path), copied.join(path)).unwrap();
    }
    for _ in 0..2 {
        build(&copied, &[("a/index.html", "other")]);
        assert_eq!(files(&copied), own(&[("a/index.html", "other")]));
    }
}

#[test]
fn a_damaged_memory_is_no_memory() {
    let (_folder, place) = site();
    for name in ["record", "content", "lock"] {
        build(&place, &FIRST);
        fs::write(state_of(&place).join(name), "x").unwrap();
        build(&place, &FIRST);
        assert_eq!(files(&place), own(&FIRST), "{name}");
    }
    fs::remove_dir_all(state_of(&place)).unwrap();
    build(&place, &[("404.html", "lost")]);
    assert_eq!(files(&place), own(&[("404.html", "lost")]));
}

#[test]
fn a_build_that_stops_half_way_leaves_the_site_as_it_was() {
    let (_folder, place) = site();
    build(&place, &FIRST);
    let output = Output::begin(&place, KEEP).unwrap();
    output.write("a/index.html", b"half").unwrap();
    assert!(Output::begin(&place, KEEP).is_err(), "two builds at once");
    drop(output);
    assert_eq!(files(&place), own(&FIRST));
    build(&place, &FIRST);
    assert_eq!(files(&place), own(&FIRST));
}

#[test]
fn a_path_cannot_leave_the_folder_and_no_path_is_taken_twice() {
    let (_folder, place) = site();
    let output = Output::begin(&place, WriteOptions::default()).unwrap();
    for path in ["../x", "/x", "a//b", "a/./b", "a\\b", "c:x", ""] {
        assert!(output.write(path, b"").is_err(), "{path} was written");
    }
    output.write("a.html", b"1").unwrap();
    assert!(output.write("A.html", b"2").is_err());
    assert!(output.write(mark::SITE, b"2").is_err());
    output.write("assets/a-1.js", b"1").unwrap();
    output.write("assets/a-1.js", b"1").unwrap();
    output.finish().unwrap();
    assert!(!state_of(&place).exists());
    assert_eq!(
        files(&place),
        own(&[("a.html", "1"), ("assets/a-1.js", "1")])
    );
}

mod anything;
#[cfg(unix)]
mod strangers;
