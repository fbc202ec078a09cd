//! A build loses no foreign file, whatever `--out` names. Each test runs the tool as an operator
//! does.

use crate::build::{project, text};
use crate::folder::copy;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs the tool in a folder.
fn site(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_site"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// Runs `site build` without its slow parts.
fn build(folder: &Path, further: &[&str]) -> Output {
    let arguments = [
        "build",
        "--bundle",
        "bundle",
        "--no-cards",
        "--no-compression",
        "--no-search",
    ];
    site(folder, &[&arguments[..], further].concat())
}

fn expect_built(output: &Output) -> String {
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    text(&output.stdout)
}

/// Asserts that a command was refused with this word and a help line. Returns its message.
fn expect_refused(output: &Output, word: &str) -> String {
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{word}: {said}");
    assert!(
        said.contains("site: ") && said.contains(word) && said.contains("\n  = help: "),
        "{word}: {said}"
    );
    said
}

/// Everything below a folder: the targets of links, the bytes of files, `None` for folders.
fn everything(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let (mut found, mut open) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(current) = open.pop() {
        for path in fs::read_dir(current)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            let about = fs::symlink_metadata(&path).unwrap();
            let what = if about.is_symlink() {
                Some(
                    fs::read_link(&path)
                        .unwrap()
                        .into_os_string()
                        .into_encoded_bytes(),
                )
            } else if about.is_dir() {
                open.push(path.clone());
                None
            } else {
                Some(fs::read(&path).unwrap())
            };
            found.insert(path, what);
        }
    }
    found
}

fn put(folder: &Path, paths: &[&str]) {
    for path in paths {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, format!("{path}, written by hand")).unwrap();
    }
}

#[test]
fn the_sites_of_other_tools_are_refused_before_anything_is_written() {
    let strangers: [(&str, &[&str]); 5] = [
        (
            "jekyll",
            &[
                "404.html",
                "assets/main.css",
                "index.html",
                "feed.xml",
                "blog/post.html",
                ".git/config",
                "CNAME",
            ],
        ),
        (
            "hugo",
            &[
                "404.html",
                "assets/a.css",
                "index.html",
                "sitemap.xml",
                "posts/index.xml",
                "tags/index.html",
            ],
        ),
        (
            "mkdocs",
            &[
                "404.html",
                "assets/a.js",
                "index.html",
                "search/search_index.json",
                "objects.inv",
            ],
        ),
        (
            "an earlier version",
            &[
                "404.html",
                "assets/app.js",
                "vi/index.html",
                "vi/index.json",
                "_headers",
                "_redirects",
            ],
        ),
        ("a thesis", &["thesis.txt"]),
    ];
    for (name, files) in strangers {
        let folder = project();
        let out = folder.path().join("out");
        put(&out, files);
        symlink("/etc", out.join("link")).unwrap();
        let before = everything(folder.path());
        for _ in 0..2 {
            let said = expect_refused(
                &build(folder.path(), &["--out", "out"]),
                "that this tool did not write",
            );
            assert!(
                said.contains("--replace-foreign") && said.contains("out.replaced"),
                "{name}: {said}"
            );
            assert!(
                everything(folder.path()) == before,
                "{name}: something was written"
            );
        }
        let output = build(folder.path(), &["--out", "out", "--replace-foreign"]);
        expect_built(&output);
        assert!(
            text(&output.stderr).contains("out.replaced"),
            "{}",
            text(&output.stderr)
        );
        for path in files {
            let kept = fs::read_to_string(folder.path().join("out.replaced").join(path)).unwrap();
            assert_eq!(kept, format!("{path}, written by hand"), "{name}");
        }
        assert!(out.join("vi/index.html").is_file() && !out.join("thesis.txt").exists());
    }
}

#[test]
fn a_state_that_was_left_behind_makes_no_other_folder_a_site() {
    let folder = project();
    for _ in 0..2 {
        expect_built(&build(folder.path(), &["--out", "public"]));
    }
    fs::remove_dir_all(folder.path().join("public")).unwrap();
    put(&folder.path().join("public"), &["thesis.txt"]);
    let before = everything(folder.path());
    for _ in 0..2 {
        expect_refused(&build(folder.path(), &["--out", "public"]), "thesis.txt");
        assert!(everything(folder.path()) == before);
    }
}

#[test]
fn a_link_stays_a_link_and_what_it_leads_to_is_the_site() {
    for absolute in [false, true] {
        let folder = project();
        let release = folder.path().join("releases/7");
        fs::create_dir_all(&release).unwrap();
        let leads_to = if absolute {
            release.clone()
        } else {
            PathBuf::from("releases/7")
        };
        symlink(&leads_to, folder.path().join("current")).unwrap();
        for round in 0..3 {
            expect_built(&build(folder.path(), &["--out", "current"]));
            assert_eq!(
                fs::read_link(folder.path().join("current")).unwrap(),
                leads_to,
                "{round}"
            );
            assert!(release.join("vi/index.html").is_file());
            put(&release, &["sub/x", "precious.txt"]);
            symlink("/etc/hostname", release.join(format!("link-{round}"))).unwrap();
        }
        assert!(release.join("sub/x").is_file() && release.join("link-0").is_symlink());
        assert!(
            folder.path().join("releases/.7.state").is_dir()
                && !folder.path().join(".current.state").exists()
        );
    }
    let folder = project();
    symlink("nowhere", folder.path().join("current")).unwrap();
    let before = everything(folder.path());
    expect_refused(
        &build(folder.path(), &["--out", "current"]),
        "a link that leads nowhere",
    );
    assert!(everything(folder.path()) == before);
}

#[test]
fn where_a_site_cannot_stand_is_said_before_anything_is_written() {
    let folder = project();
    fs::write(folder.path().join("budgets.json"), "{}").unwrap();
    symlink("content", folder.path().join("link")).unwrap();
    expect_built(&build(folder.path(), &["--out", "made"]));
    copy(
        &folder.path().join("content"),
        &folder.path().join("made/content"),
    );
    let before = everything(folder.path());
    let table: [(&[&str], &str); 20] = [
        (&["--out", "content"], "content is the content folder"),
        (&["--out", "link"], "link is the content folder"),
        (
            &["--out", "content/dist"],
            "content/dist lies in the content folder",
        ),
        (
            &["--out", "content/articles/port/dist"],
            "lies in the content folder",
        ),
        (&["--out", "link/new/dist"], "lies in the content folder"),
        (
            &["--out", "made", "--content", "made/content"],
            "made holds the content folder",
        ),
        (&["--out", "bundle"], "bundle is the bundle"),
        (&["--out", "bundle/public/dist"], "lies in the bundle"),
        (
            &["--out", "x", "--locales", "."],
            "lies in the folder of interface words",
        ),
        (&["--out", "."], "the folder that you are in"),
        (&["--out", "./"], "the folder that you are in"),
        (&["--out", ".."], "the folder that you are in"),
        (&["--out", "new/../.."], ""),
        (&["--out", ""], ""),
        (&["--out", "/"], "the root of the file system"),
        (&["--out", "/proc"], "mount point"),
        (&["--out", "budgets.json"], "no folder"),
        (&["--out", "budgets.json/site"], "no folder"),
        (&["--out", "made/vi"], "lies in the site"),
        (&["--out", ".made.state/site"], "where builds keep"),
    ];
    for (arguments, word) in table {
        let output = build(folder.path(), arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(word), "{arguments:?}: {said}");
        assert!(
            everything(folder.path()) == before,
            "{arguments:?} wrote something"
        );
    }
    // A path may end with `/.`, for an empty folder and for a new one.
    fs::create_dir(folder.path().join("empty")).unwrap();
    expect_built(&build(folder.path(), &["--out", "empty/."]));
    expect_built(&build(folder.path(), &["--out", "new/."]));
    expect_built(&build(folder.path(), &["--out", "empty/."]));
}

#[test]
fn a_home_is_no_place_for_a_site_nor_is_what_holds_it() {
    let folder = project();
    fs::create_dir_all(folder.path().join("home/me")).unwrap();
    for out in ["home/me", "home", "home/../home/me/"] {
        let output = Command::new(env!("CARGO_BIN_EXE_site"))
            .args(["build", "--bundle", "bundle", "--out", out])
            .env("HOME", folder.path().join("home/me"))
            .current_dir(folder.path())
            .output()
            .unwrap();
        expect_refused(&output, "your home folder");
    }
    assert_eq!(everything(&folder.path().join("home")).len(), 1);
}

#[test]
fn apaches_file_is_the_operators_own_or_is_kept_current_by_every_build() {
    let folder = project();
    let file = folder.path().join("site/.htaccess");
    let out = ["--out", "site"];
    expect_built(&build(folder.path(), &out));
    let told = text(&site(folder.path(), &["headers", "--format", "apache"]).stdout);
    // As the guide for hosts says: the printed file, put there by hand.
    fs::write(&file, &told).unwrap();
    for _ in 0..3 {
        let said = expect_built(&build(folder.path(), &out));
        assert!(
            said.contains("1 file in site that this tool did not write, kept: .htaccess"),
            "{said}"
        );
        assert_eq!(fs::read_to_string(&file).unwrap(), told);
    }
    // An identical file is no loss, and belongs to the tool from then on.
    let host = ["--out", "site", "--host", "apache"];
    for _ in 0..2 {
        let said = expect_built(&build(folder.path(), &host));
        assert!(!said.contains(".htaccess"), "{said}");
        assert_eq!(fs::read_to_string(&file).unwrap(), told);
    }
    let under = [&host[..], &["--public-url", "/news/"]].concat();
    expect_built(&build(folder.path(), &under));
    let below = text(
        &site(
            folder.path(),
            &["headers", "--format", "apache", "--public-url", "/news/"],
        )
        .stdout,
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), below);
    // An operator's own file is never overwritten.
    fs::write(&file, "Deny from all").unwrap();
    for arguments in [&host[..], &out] {
        expect_refused(&build(folder.path(), arguments), ".htaccess");
        assert_eq!(fs::read_to_string(&file).unwrap(), "Deny from all");
    }
    fs::remove_file(&file).unwrap();
    expect_built(&build(folder.path(), &out));
    assert!(!file.exists());
}

/// Imitates Trunk: copies the bundle into a staging folder, runs the hook, then replaces everything
/// in `dist`.
fn trunk(folder: &Path) -> Output {
    let (dist, staging) = (folder.join("dist"), folder.join("dist/.stage"));
    copy(&folder.join("bundle"), &staging);
    let output = Command::new(env!("CARGO_BIN_EXE_site"))
        .args(["build", "--trunk"])
        .env("TRUNK_STAGING_DIR", &staging)
        .env("TRUNK_DIST_DIR", &dist)
        .env("TRUNK_PUBLIC_URL", "/")
        .env("TRUNK_PROFILE", "debug")
        .current_dir(folder)
        .output()
        .unwrap();
    if !output.status.success() {
        return output;
    }
    let entries = |folder: &Path| {
        fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect::<Vec<_>>()
    };
    for path in entries(&dist).into_iter().filter(|path| *path != staging) {
        let is_folder = fs::symlink_metadata(&path).unwrap().is_dir();
        let removed = if is_folder {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
        removed.unwrap();
    }
    for path in entries(&staging) {
        fs::rename(&path, dist.join(path.file_name().unwrap())).unwrap();
    }
    fs::remove_dir(staging).unwrap();
    output
}

#[test]
fn trunk_replaces_only_a_site_of_ours_and_what_others_put_there_comes_along() {
    let folder = project();
    let dist = folder.path().join("dist");
    for _ in 0..2 {
        expect_built(&trunk(folder.path()));
        assert!(dist.join("vi/index.html").is_file() && dist.join(".portal-site").is_file());
        assert!(
            !dist.join("boot.js").exists(),
            "the bundle is no part of the site"
        );
        put(&dist, &["CNAME", ".git/config"]);
    }
    assert!(dist.join("CNAME").is_file() && dist.join(".git/config").is_file());
    // A build without a compiler uses the same folder.
    expect_built(&build(folder.path(), &["--out", "dist"]));
    expect_built(&trunk(folder.path()));
    expect_built(&build(folder.path(), &["--out", "dist"]));
    assert!(dist.join("CNAME").is_file());
    put(&dist, &["vi/index.html"]);
    expect_refused(&trunk(folder.path()), "vi/index.html");
    fs::remove_dir_all(&dist).unwrap();
    put(&dist, &["thesis.txt"]);
    expect_refused(&trunk(folder.path()), "thesis.txt");
    assert!(dist.join("thesis.txt").is_file());
}

#[test]
fn schemas_are_written_over_schemas_alone() {
    let folder = project();
    let path = folder.path();
    for _ in 0..2 {
        expect_built(&site(path, &["schemas", "--out", "made"]));
    }
    for strange in ["{ \"mine\": 1 }", "not JSON", ""] {
        fs::create_dir_all(path.join("mine")).unwrap();
        fs::write(path.join("mine/version.schema.json"), strange).unwrap();
        let before = everything(path);
        expect_refused(
            &site(path, &["schemas", "--out", "mine"]),
            "mine/version.schema.json is there already",
        );
        assert!(everything(path) == before);
    }
    fs::remove_file(path.join("mine/version.schema.json")).unwrap();
    symlink(
        "../content/site.json",
        path.join("mine/version.schema.json"),
    )
    .unwrap();
    expect_refused(
        &site(path, &["schemas", "--out", "mine"]),
        "mine/version.schema.json",
    );
}

#[test]
fn cleaning_says_what_it_removed_and_leaves_what_it_did_not_write() {
    let folder = project();
    let path = folder.path();
    for _ in 0..2 {
        expect_built(&build(path, &["--out", "site"]));
    }
    put(&path.join("site"), &["CNAME", ".git/config"]);
    let before = everything(&path.join("site"));
    assert_eq!(
        expect_built(&site(path, &["clean", "--out", "site"]))
            .lines()
            .count(),
        1
    );
    assert!(!path.join(".site.state").exists() && everything(&path.join("site")) == before);
    let said = expect_built(&site(path, &["clean", "--out", "site", "--site"]));
    assert!(
        said.contains("left in") && said.contains(": .git, CNAME"),
        "{said}"
    );
    let left: Vec<PathBuf> = everything(&path.join("site")).into_keys().collect();
    let left: Vec<&str> = left
        .iter()
        .map(|path| path.file_name().unwrap().to_str().unwrap())
        .collect();
    assert_eq!(left, [".git", "config", ".portal-site", "CNAME"]);
    put(&path.join("other"), &["404.html", "assets/x"]);
    expect_refused(
        &site(path, &["clean", "--out", "other", "--site"]),
        "is no site of this tool",
    );
    assert!(path.join("other/404.html").is_file());
}
