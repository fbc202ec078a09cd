//! What holds of the output folder, whatever happened before.

use super::*;
use tempfile::TempDir;

/// Builds a site of these files; each is a unit whose key is the hash of its text. Returns how many were written.
fn build(place: &Path, files: &[(&str, &str)]) -> usize {
    let output = Output::begin(place, true, false).unwrap();
    for (path, text) in files {
        output.write(path, text.as_bytes()).unwrap();
    }
    let written = output.written();
    output.finish().unwrap();
    written
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_name().unwrap().to_string_lossy().into_owned();
        if entry.is_dir() {
            found.extend(files(&entry).into_iter().map(|(path, text)| (format!("{name}/{path}"), text)));
            assert!(fs::read_dir(&entry).unwrap().next().is_some(), "{} is empty", entry.display());
        } else {
            found.push((name, fs::read_to_string(&entry).unwrap()));
        }
    }
    found.sort();
    found
}

fn own(files: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut own: Vec<_> = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    own.sort();
    own
}

fn site() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("site");
    (folder, place)
}

const FIRST: [(&str, &str); 3] = [("a/index.html", "a"), ("b/index.html", "b"), ("404.html", "lost")];

#[test]
fn what_has_not_changed_is_kept_and_what_is_gone_is_gone() {
    let (_folder, place) = site();
    assert_eq!(build(&place, &FIRST), 3);
    assert_eq!(build(&place, &FIRST), 0);
    let second = [("a/index.html", "a"), ("b/index.html", "other"), ("404.html", "lost"), ("c/d.html", "c")];
    assert_eq!(build(&place, &second), 2);
    assert_eq!(files(&place), own(&second));
    assert_eq!(build(&place, &FIRST), 1);
    assert_eq!(files(&place), own(&FIRST));
}

#[test]
fn whoever_reads_the_old_site_reads_it_whole_until_the_next_build_begins() {
    let (_folder, place) = site();
    let copy = state_of(&place).join(place::COPY);
    build(&place, &FIRST);
    let second = [("a/index.html", "other"), ("c/index.html", "c"), ("404.html", "lost")];
    build(&place, &second);
    assert_eq!((files(&copy), files(&place)), (own(&FIRST), own(&second)));
    let output = Output::begin(&place, true, false).unwrap();
    assert_eq!((files(&copy), files(&place)), (own(&second), own(&second)));
    drop(output);
    assert_eq!(build(&place, &second), 0);
}

#[test]
fn whatever_was_done_to_the_site_by_hand_is_mended_and_stays_mended() {
    let (_folder, place) = site();
    build(&place, &FIRST);
    for damage in 0..4 {
        match damage {
            0 => fs::write(place.join("a/index.html"), "x").unwrap(),
            1 => fs::remove_file(place.join("b/index.html")).unwrap(),
            2 => fs::write(place.join("stray.html"), "x").unwrap(),
            _ => fs::remove_dir_all(&place).unwrap(),
        }
        for _ in 0..3 {
            build(&place, &FIRST);
            assert_eq!(files(&place), own(&FIRST), "damage {damage}");
        }
    }
}

#[test]
fn a_damaged_memory_is_no_memory() {
    let (_folder, place) = site();
    for name in ["record", "site/a/index.html", "site/new.html"] {
        build(&place, &FIRST);
        fs::write(state_of(&place).join(name), "x").unwrap();
        build(&place, &FIRST);
        assert_eq!(files(&place), own(&FIRST), "{name}");
    }
}

#[test]
fn a_build_that_stops_half_way_leaves_the_site_as_it_was() {
    let (_folder, place) = site();
    build(&place, &FIRST);
    let output = Output::begin(&place, true, false).unwrap();
    output.write("a/index.html", b"half").unwrap();
    assert!(Output::begin(&place, true, false).is_err(), "two builds at once");
    drop(output);
    assert_eq!(files(&place), own(&FIRST));
    build(&place, &FIRST);
    assert_eq!(files(&place), own(&FIRST));
}

#[test]
fn a_path_cannot_leave_the_folder_and_no_path_is_taken_twice() {
    let (_folder, place) = site();
    let output = Output::begin(&place, false, false).unwrap();
    for path in ["../x", "/x", "a//b", "a/./b", "a\\b", "c:x", ""] {
        assert!(output.write(path, b"").is_err(), "{path} was written");
    }
    output.write("a.html", b"1").unwrap();
    assert!(output.write("A.html", b"2").is_err());
    output.write("assets/a-1.js", b"1").unwrap();
    output.write("assets/a-1.js", b"1").unwrap();
    output.finish().unwrap();
    assert!(!state_of(&place).exists());
    assert_eq!(files(&place), own(&[("a.html", "1"), ("assets/a-1.js", "1")]));
}

#[test]
fn a_folder_that_is_no_site_is_not_replaced() {
    let (_folder, place) = site();
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("thesis.txt"), "years of work").unwrap();
    assert!(Output::begin(&place, true, false).is_err());
    assert_eq!(files(&place), own(&[("thesis.txt", "years of work")]));
}
