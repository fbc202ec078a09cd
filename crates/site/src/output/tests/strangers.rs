//! Foreign files: in folders that are no site, in the site, and between the steps of a build.

use super::*;
use std::os::unix::fs::symlink;

/// Everything below a folder: paths, kinds, and bytes or link targets. Marks of sites are left out.
fn everything(folder: &Path) -> Vec<(PathBuf, String)> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(current) = open.pop() {
        for path in fs::read_dir(current)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            let about = fs::symlink_metadata(&path).unwrap();
            let below = path.strip_prefix(folder).unwrap().to_owned();
            if about.is_dir() {
                found.push((below, "folder".to_owned()));
                open.push(path);
            } else if about.is_symlink() {
                found.push((
                    below,
                    format!("-> {}", fs::read_link(path).unwrap().display()),
                ));
            } else if below != Path::new(mark::SITE) {
                found.push((
                    below,
                    String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned(),
                ));
            }
        }
    }
    found.sort();
    found
}

fn put(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// Adds an operator's files to a site's folder: files, a Git folder with an empty folder, links
/// that lead elsewhere.
fn furnish(place: &Path) {
    for path in [
        ".htaccess",
        "CNAME",
        ".git/config",
        ".git/objects/ab/cd",
        ".well-known/acme/x",
        "a/notes.txt",
    ] {
        put(place, path, path);
    }
    fs::create_dir_all(place.join(".git/refs/tags")).unwrap();
    symlink("/etc", place.join("etc")).unwrap();
    symlink("nowhere", place.join("a/dangling")).unwrap();
}

fn is_foreign(path: &Path) -> bool {
    let text = path.to_string_lossy();
    ["CNAME", "etc", "a/notes.txt", "a/dangling"].contains(&&*text) || text.starts_with('.')
}

fn foreign(folder: &Path) -> Vec<(PathBuf, String)> {
    everything(folder)
        .into_iter()
        .filter(|(path, _)| is_foreign(path))
        .collect()
}

#[test]
fn a_folder_without_the_mark_is_left_alone_whatever_lies_in_it_or_beside_it() {
    let strangers: [&[&str]; 6] = [
        &["thesis.txt"],
        &[
            "404.html",
            "assets/style.css",
            "blog/post.html",
            ".git/config",
            "CNAME",
        ],
        &[
            "index.html",
            "sitemap.xml",
            "_headers",
            "vi/index.html",
            "404.html",
            "assets/app.js",
        ],
        &[".portal-site"],
        &[".git/config"],
        &["a/b/c/d"],
    ];
    for (number, stranger) in strangers.into_iter().enumerate() {
        for with_state in [false, true] {
            let (folder, place) = site();
            if with_state {
                build(&place, &FIRST);
                build(&place, &FIRST);
                fs::remove_dir_all(&place).unwrap();
            }
            for path in stranger {
                put(&place, path, "years of work");
            }
            let before = everything(folder.path());
            for _ in 0..2 {
                let said = try_to_build(&place, &FIRST, KEEP).unwrap_err().to_string();
                assert!(
                    said.contains("that this tool did not write: ") && said.contains("= help: "),
                    "{said}"
                );
                assert_eq!(everything(folder.path()), before, "{number}, {with_state}");
            }
            let inside = everything(&place);
            try_to_build(&place, &FIRST, REPLACE).unwrap();
            assert_eq!(everything(&folder.path().join("site.replaced")), inside);
            build(&place, &FIRST);
            assert_eq!(
                (
                    files(&place),
                    everything(&folder.path().join("site.replaced"))
                ),
                (own(&FIRST), inside)
            );
        }
    }
}

#[test]
fn a_state_that_is_somebody_elses_is_left_alone() {
    let (folder, place) = site();
    put(&state_of(&place), "record", "somebody's");
    let before = everything(folder.path());
    let said = try_to_build(&place, &FIRST, KEEP).unwrap_err().to_string();
    assert!(
        said.contains(".site.state") && said.contains("= help: "),
        "{said}"
    );
    assert_eq!(everything(folder.path()), before);
    try_to_build(&place, &FIRST, REPLACE).unwrap();
    assert_eq!(
        fs::read_to_string(folder.path().join("site.state.replaced/record")).unwrap(),
        "somebody's"
    );
    assert_eq!(files(&place), own(&FIRST));
    fs::remove_dir_all(state_of(&place)).unwrap();
    fs::create_dir(folder.path().join("elsewhere")).unwrap();
    symlink("elsewhere", state_of(&place)).unwrap();
    assert!(try_to_build(&place, &FIRST, KEEP).is_err());
    assert!(everything(&folder.path().join("elsewhere")).is_empty());
}

#[test]
fn what_others_put_into_the_site_is_carried_from_build_to_build_and_named() {
    let (_folder, place) = site();
    build(&place, &FIRST);
    furnish(&place);
    let theirs = foreign(&place);
    let etc = fs::read_dir("/etc").unwrap().count();
    let second = [("b/index.html", "other"), ("404.html", "lost")];
    for files in [&FIRST[..], &second, &second, &FIRST] {
        let output = Output::begin(&place, KEEP).unwrap();
        for (path, text) in files {
            output.write(path, text.as_bytes()).unwrap();
        }
        let kept = output.finish().unwrap();
        assert_eq!(
            (
                kept.files,
                kept.names
                    .starts_with(".git, .htaccess, .well-known, CNAME, ")
            ),
            (8, true),
            "{kept:?}"
        );
        assert_eq!(foreign(&place), theirs);
        let ours = everything(&place)
            .into_iter()
            .filter(|(path, what)| !is_foreign(path) && what != "folder");
        let ours: Vec<_> = ours
            .map(|(path, text)| (path.display().to_string(), text))
            .collect();
        assert_eq!(ours, own(files));
    }
    assert_eq!(
        fs::read_dir("/etc").unwrap().count(),
        etc,
        "a link was followed"
    );
    // What an operator takes away does not come back.
    fs::remove_dir_all(place.join(".git")).unwrap();
    fs::remove_file(place.join("etc")).unwrap();
    let theirs = foreign(&place);
    for options in [
        KEEP,
        WriteOptions {
            fresh: true,
            ..KEEP
        },
        KEEP,
    ] {
        try_to_build(&place, &FIRST, options).unwrap();
        assert_eq!(foreign(&place), theirs);
    }
}

#[test]
fn what_stands_where_the_site_has_a_file_stops_the_build_unless_it_is_the_same() {
    for (path, stopped) in [
        ("new.html", true),
        ("new.html/inside", true),
        ("c", true),
        ("c/d.html", true),
        ("c/d.html/x/y", true),
        ("c/other.html", false),
        ("new.htm", false),
    ] {
        let (_folder, place) = site();
        build(&place, &FIRST);
        put(&place, path, "mine");
        let before = everything(&place);
        let second = [("new.html", "new"), ("c/d.html", "d")];
        let built = try_to_build(&place, &second, KEEP);
        assert_eq!(built.is_err(), stopped, "{path}");
        if let Err(failure) = built {
            let said = failure.to_string();
            assert!(
                said.contains(path) && said.contains("not written by this tool"),
                "{said}"
            );
            assert_eq!(everything(&place), before, "{path}");
        }
        assert_eq!(fs::read_to_string(place.join(path)).unwrap(), "mine");
    }
    let (_folder, place) = site();
    build(&place, &FIRST);
    put(&place, "new.html", "new");
    build(&place, &[("new.html", "new")]);
    build(&place, &[]);
    assert!(
        everything(&place).is_empty(),
        "what is the same became the tool's own"
    );
}

#[test]
fn what_comes_while_a_build_is_at_work_is_in_the_new_site() {
    let (folder, place) = site();
    for round in 0..3 {
        build(&place, &FIRST);
        let output = Output::begin(&place, KEEP).unwrap();
        output
            .write("a/index.html", format!("round {round}").as_bytes())
            .unwrap();
        put(&place, &format!(".well-known/acme/{round}"), "new");
        output.finish().unwrap();
        for earlier in 0..=round {
            assert!(
                place.join(format!(".well-known/acme/{earlier}")).is_file(),
                "{round}: {earlier}"
            );
        }
    }
    // A file of ours that is changed meanwhile is set aside, because the site needs its place.
    let output = Output::begin(&place, KEEP).unwrap();
    output.write("a/index.html", b"new").unwrap();
    fs::write(place.join("changed"), "by hand").unwrap();
    fs::rename(place.join("changed"), place.join("a/index.html")).unwrap();
    let kept = output.finish().unwrap();
    assert!(kept.messages[0].contains("a/index.html"), "{kept:?}");
    assert_eq!(
        fs::read_to_string(place.join("a/index.html")).unwrap(),
        "new"
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("site.replaced/a/index.html")).unwrap(),
        "by hand"
    );
}

#[test]
fn what_a_killed_build_left_in_the_hidden_folder_is_brought_back() {
    // Killed right after the exchange: the record is still the next one, and the old folder is the
    // copy.
    let (folder, place) = site();
    build(&place, &FIRST);
    furnish(&place);
    build(&place, &FIRST);
    let theirs = foreign(&place);
    let copy = State::of(&place).copy();
    put(&copy, ".well-known/late", "came in the last moment");
    fs::rename(
        state_of(&place).join("record"),
        state_of(&place).join("record.next"),
    )
    .unwrap();
    build(&place, &FIRST);
    assert!(place.join(".well-known/late").is_file());
    fs::remove_file(place.join(".well-known/late")).unwrap();
    assert_eq!(foreign(&place), theirs);
    // Killed between the two renames of a file system that cannot exchange folders.
    build(&place, &FIRST);
    fs::remove_dir_all(&copy).unwrap();
    fs::rename(&place, state_of(&place).join("site.old")).unwrap();
    build(&place, &FIRST);
    assert_eq!(foreign(&place), theirs);
    // Killed while a folder was being replaced, after the exchange.
    let thesis = folder.path().join("thesis");
    put(&thesis, "thesis.txt", "years of work");
    try_to_build(&thesis, &FIRST, REPLACE).unwrap();
    fs::rename(
        folder.path().join("thesis.replaced"),
        State::of(&thesis).copy(),
    )
    .unwrap();
    let mut record = record::Record::read(&state_of(&thesis), &thesis).unwrap();
    record.replaced = true;
    record.write(&state_of(&thesis)).unwrap();
    build(&thesis, &FIRST);
    assert_eq!(files(&thesis), own(&FIRST));
    assert_eq!(
        fs::read_to_string(folder.path().join("thesis.replaced/thesis.txt")).unwrap(),
        "years of work"
    );
}

#[test]
fn cleaning_takes_away_what_builds_left_and_nothing_else() {
    let (folder, place) = site();
    build(&place, &FIRST);
    build(&place, &FIRST);
    clean(&place, false).unwrap();
    assert!(!state_of(&place).exists());
    assert_eq!(files(&place), own(&FIRST));
    build(&place, &FIRST);
    furnish(&place);
    build(&place, &FIRST);
    // Something in the state folder stops the command.
    for path in ["notes.txt", "site/notes.txt"] {
        put(&state_of(&place), path, "mine");
        let before = everything(folder.path());
        let said = clean(&place, true).unwrap_err().to_string();
        assert!(
            said.contains("notes.txt") && said.contains("nothing was removed"),
            "{said}"
        );
        assert_eq!(everything(folder.path()), before);
        fs::remove_file(state_of(&place).join(path)).unwrap();
    }
    let theirs = foreign(&place);
    let said = clean(&place, true).unwrap().join("\n");
    assert!(
        said.contains("removed 3 files") && said.contains(".htaccess"),
        "{said}"
    );
    assert!(!state_of(&place).exists());
    assert_eq!(foreign(&place), theirs);
    // A site may be built there again.
    build(&place, &FIRST);
    assert_eq!(foreign(&place), theirs);
    // A folder of somebody else is left alone.
    let other = folder.path().join("other");
    put(&other, "404.html", "mine");
    let before = everything(folder.path());
    assert!(clean(&other, true).is_err());
    assert_eq!(everything(folder.path()), before);
    assert!(clean(&other, false).unwrap()[0].contains("nothing to remove"));
    let empty = folder.path().join("plain");
    build(&empty, &FIRST);
    clean(&empty, true).unwrap();
    assert!(!empty.exists() && !state_of(&empty).exists());
}

#[test]
fn trunks_folder_is_refused_where_it_is_somebody_elses_and_what_others_put_there_comes_along() {
    let (folder, dist) = site();
    assert!(refuse_strangers(&dist).is_ok());
    fs::create_dir_all(dist.join(".stage")).unwrap();
    assert!(refuse_strangers(&dist).is_ok());
    put(&dist, "thesis.txt", "years of work");
    assert!(
        refuse_strangers(&dist)
            .unwrap_err()
            .to_string()
            .contains("thesis.txt")
    );
    let dist = folder.path().join("ours");
    build(&dist, &FIRST);
    furnish(&dist);
    let staging = dist.join(".stage");
    let output = Output::begin(&staging, WriteOptions::default()).unwrap();
    output.write("a/index.html", b"new").unwrap();
    output.finish().unwrap();
    assert!(refuse_strangers(&dist).is_ok());
    carry_along(&dist, &staging).unwrap();
    let theirs: Vec<_> = foreign(&dist)
        .into_iter()
        .filter(|(path, _)| !path.starts_with(".stage"))
        .collect();
    assert_eq!(foreign(&staging), theirs);
    assert_eq!(mark::owner_of_site(&staging).unwrap(), mark::Owner::Tool);
}
