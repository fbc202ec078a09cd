//! `site build`, as an operator runs it.

use crate::folder::copy;
use crate::tree::page;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A folder with the content of `tests/cases/base` and a bundle with a dummy program.
pub(crate) fn project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(
        &Path::new(crate::ROOT).join("tests/cases/base"),
        folder.path(),
    );
    write_bundle(&folder.path().join("bundle"));
    folder
}

/// Writes a bundle with a dummy program.
pub(crate) fn write_bundle(bundle: &Path) {
    for (file, text) in [
        ("app-1.js", "let wasm_bindgen = () => Promise.resolve()"),
        ("app-1_bg.wasm", "\0asm\u{1}\0\0\0"),
        (
            "style/main.css",
            "@layer base; @import url(base.css) layer(base);",
        ),
        ("style/base.css", "body { color : red }"),
        ("public/licences.txt", "MIT"),
        ("boot.js", include_str!("../../src/boot.js")),
        ("early.js", include_str!("../../src/early.js")),
        ("search.js", include_str!("../../src/search.js")),
    ] {
        let path = bundle.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Runs `site build` in a project's folder.
pub(crate) fn build(folder: &Path, further: &[&str]) -> Output {
    let arguments = ["build", "--bundle", "bundle", "--out", "site"];
    Command::new(env!("CARGO_BIN_EXE_site"))
        .args(arguments)
        .args(further)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// Every file below a folder with its bytes.
pub(crate) fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        if entry.is_dir() {
            files.extend(self::files(&entry));
        } else {
            files.push((entry.clone(), fs::read(&entry).unwrap()));
        }
    }
    files.sort();
    files
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn every_page_has_its_html_and_the_same_document_beside_and_inside_it() {
    let folder = project();
    let output = build(folder.path(), &[]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    let site = folder.path().join("site");
    let mut pages = 0;
    for (path, bytes) in files(&site) {
        if path.extension().is_none_or(|extension| extension != "html") {
            continue;
        }
        let html = page(&text(&bytes));
        let script = html
            .named("script")
            .into_iter()
            .find(|script| script.attribute("id").as_deref() == Some("document"));
        if let Some(block) = script {
            assert_eq!(
                block.text(),
                fs::read_to_string(path.with_extension("json")).unwrap(),
                "{}",
                path.display()
            );
            pages += 1;
        }
        assert!(
            !html.named("title")[0].text().contains('<'),
            "{}",
            path.display()
        );
    }
    // Five languages: home, section, archive, tags, search, article, standing page, not found. Two
    // of them also have the article's year and month.
    assert_eq!(pages, 5 * 8 + 2 * 2);
    for door in [
        "index.html",
        "404.html",
        "kr/index.html",
        "cn/index.html",
        "jp/index.html",
        "vn/index.html",
    ] {
        assert!(site.join(door).is_file(), "{door} is missing");
    }
}

#[test]
fn a_drawing_that_the_styles_name_is_published_under_its_hash_and_one_that_is_missing_is_named() {
    let folder = project();
    let styles = folder.path().join("bundle/style");
    let rule = "p { mask: url(\"../drawings/share.svg\") } a { mask: url(\"../drawings/share.svg\") 1px 2px }";
    fs::write(styles.join("base.css"), rule).unwrap();
    let output = build(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    let missing = "the style sheets name a drawing that is not in style/drawings";
    assert!(
        text(&output.stderr).contains(missing),
        "{}",
        text(&output.stderr)
    );
    fs::create_dir(styles.join("drawings")).unwrap();
    fs::write(
        styles.join("drawings/share.svg"),
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
    )
    .unwrap();
    assert!(build(folder.path(), &[]).status.success());
    let assets = files(&folder.path().join("site/assets"));
    let named = |begin: &str, end: &str| {
        let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        let mut found = assets
            .iter()
            .filter(|(path, _)| name(path).starts_with(begin) && name(path).ends_with(end));
        found
            .next()
            .map(|(path, bytes)| (name(path), text(bytes)))
            .unwrap()
    };
    let (drawing, style) = (named("share-", ".svg").0, named("style-", ".css").1);
    assert_eq!(
        style.matches(&format!("url({drawing})")).count(),
        style.matches("url(").count(),
        "{style}"
    );
    assert!(style.contains("url("), "{style}");
}

#[test]
fn names_and_integrity_are_those_of_the_bytes() {
    use base64::Engine;
    use sha2::{Digest, Sha384};
    let folder = project();
    assert!(build(folder.path(), &[]).status.success());
    let site = folder.path().join("site");
    let html = page(&fs::read_to_string(site.join("vi/index.html")).unwrap());
    let integrity = |bytes: &[u8]| {
        format!(
            "sha384-{}",
            base64::engine::general_purpose::STANDARD.encode(Sha384::digest(bytes))
        )
    };
    let elements = [html.named("script"), html.named("link")].concat();
    let loaded = elements
        .into_iter()
        .filter(|element| element.attribute("integrity").is_some())
        .map(|element| {
            let file = element
                .attribute("src")
                .or_else(|| element.attribute("href"))
                .unwrap();
            let bytes = fs::read(site.join(file.trim_start_matches('/'))).unwrap();
            assert_eq!(element.attribute("integrity"), Some(integrity(&bytes)));
            text(&bytes)
        });
    let [app, style] = loaded.collect::<Vec<_>>().try_into().unwrap();
    let wasm = fs::read(folder.path().join("bundle/app-1_bg.wasm")).unwrap();
    assert!(
        app.contains(&integrity(&wasm)),
        "the script does not ask for the program's hash"
    );
    assert_eq!(style, "@layer base{body{color:red}}");
}

#[test]
fn nothing_but_the_page_stands_before_its_first_paint() {
    use base64::Engine;
    use sha2::{Digest, Sha256};
    let folder = project();
    assert!(build(folder.path(), &[]).status.success());
    let hash = |text: &str| {
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
        format!("'sha256-{hash}'")
    };
    for path in ["index.html", "404.html", "vi/index.html"] {
        let html = page(&fs::read_to_string(folder.path().join("site").join(path)).unwrap());
        let head = &html.named("head")[0];
        let early = head.named("script")[0].text();
        let style = head.named("style")[0].text();
        assert_eq!(early, include_str!("../../src/early.js").trim(), "{path}");
        assert_eq!(style, "@layer base{body{color:red}}", "{path}");
        let policy = html
            .named("meta")
            .into_iter()
            .find(|meta| meta.attribute("http-equiv").as_deref() == Some("Content-Security-Policy"))
            .and_then(|meta| meta.attribute("content"))
            .unwrap();
        let hashes = |name: &str| {
            let stands = policy.split("; ").find_map(|one| one.strip_prefix(name));
            let hashes = stands.into_iter().flat_map(str::split_whitespace);
            hashes
                .filter(|source| source.starts_with("'sha256-"))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        // The other script is that of the speculation rules, which `src/boot.js` adds.
        let scripts = hashes("script-src ");
        assert!(
            scripts.len() == 2 && scripts[0] == hash(&early),
            "{path}: {policy}"
        );
        assert_eq!(hashes("style-src "), [hash(&style)], "{path}: {policy}");
        let loads = |element: &crate::tree::Element| {
            element.attribute("src").is_some()
                || element.attribute("rel").as_deref() == Some("stylesheet")
        };
        let in_head = [head.named("script"), head.named("link")].concat();
        assert!(!in_head.iter().any(loads), "{path} waits for a file");
    }
}

#[test]
fn what_searches_finds_its_files_and_the_parts_of_every_language() {
    use model::Lang;
    let folder = project();
    assert!(build(folder.path(), &[]).status.success());
    let site = folder.path().join("site");
    let names: Vec<String> = files(&site.join("assets"))
        .into_iter()
        .map(|(path, _)| path.file_name().unwrap().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("search-"))
        .collect();
    assert_eq!(
        names.iter().filter(|name| name.ends_with(".wasm")).count(),
        2,
        "{names:?}"
    );
    let script = names
        .iter()
        .find(|name| name.ends_with(".js"))
        .expect("there is a script");
    let is_named = files(&site.join("assets")).iter().any(|(path, bytes)| {
        path.file_name()
            .unwrap()
            .to_string_lossy()
            .starts_with("app-")
            && text(bytes).contains(script.as_str())
    });
    assert!(is_named, "the script of the pages does not know {script}");
    let search = fs::read_to_string(site.join("assets").join(script)).unwrap();
    for name in names.iter().filter(|name| name.ends_with(".wasm")) {
        assert!(
            search.contains(name.as_str()),
            "{script} does not know {name}"
        );
    }
    assert!(
        !search.contains("{english") && !search.contains("{other"),
        "a place in {script} was left empty"
    );

    let mut known: Vec<PathBuf> = Vec::new();
    for lang in Lang::ALL {
        let listing = site.join(format!("search/{}.json", lang.tag()));
        let parts: serde_json::Value =
            serde_json::from_slice(&fs::read(&listing).unwrap()).unwrap();
        let articles = matches!(lang, Lang::Vi | Lang::En);
        assert_eq!(
            parts["parts"].as_array().unwrap().len(),
            1 + usize::from(articles),
            "{lang:?}"
        );
        // The standing pages come first: every search includes them.
        let first = &parts["parts"][0];
        assert_eq!(
            (&first["folder"], &first["from"], &first["articles"]),
            (&"pages".into(), &0.into(), &1.into())
        );
        for part in parts["parts"].as_array().unwrap() {
            let below = site
                .join("search")
                .join(lang.tag())
                .join(part["folder"].as_str().unwrap());
            assert!(
                below.join(part["meta"].as_str().unwrap()).is_file(),
                "{part}"
            );
            known.extend(files(&below).into_iter().map(|(path, _)| path));
        }
        known.push(listing);
    }
    known.sort();
    let is_copy = |path: &PathBuf| {
        path.extension()
            .is_some_and(|ending| ending == "br" || ending == "gz")
    };
    let there = files(&site.join("search"))
        .into_iter()
        .map(|(path, _)| path);
    let there: Vec<PathBuf> = there.filter(|path| !is_copy(path)).collect();
    assert_eq!(there, known, "the search has files that nobody asks for");
}

#[test]
fn broken_content_is_refused_and_the_last_site_stays_as_it_was() {
    let folder = project();
    assert!(build(folder.path(), &[]).status.success());
    let before = files(&folder.path().join("site"));
    let article = folder
        .path()
        .join("content/articles/port/deep-water-port/vi.json");
    let broken = fs::read_to_string(&article)
        .unwrap()
        .replace("\"lead\"", "\"leda\"");
    fs::write(article, broken).unwrap();
    let output = build(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    let report = text(&output.stdout);
    assert!(
        report.contains("--> content/articles/port/deep-water-port/vi.json:"),
        "{report}"
    );
    assert!(
        report.contains("nothing was built; the last site stays as it was"),
        "{report}"
    );
    assert_eq!(files(&folder.path().join("site")), before);
    assert_eq!(left_over(folder.path()), [".site.state"]);
}

#[test]
fn what_is_over_its_budget_is_refused_and_the_last_site_stays_as_it_was() {
    let folder = project();
    assert!(build(folder.path(), &[]).status.success());
    let before = files(&folder.path().join("site"));
    let budgets = |article: u32| {
        format!(
            r#"{{"article_html": {article}, "style": 8192, "program": 168960, "search": 61440}}"#
        )
    };
    fs::write(folder.path().join("budgets.json"), budgets(100)).unwrap();
    let output = build(folder.path(), &["--budgets", "budgets.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("over budget (budgets.json): heaviest article page"),
        "{}",
        text(&output.stderr)
    );
    assert_eq!(files(&folder.path().join("site")), before);
    assert_eq!(left_over(folder.path()), [".site.state"]);
    fs::write(folder.path().join("budgets.json"), budgets(12_288)).unwrap();
    assert!(
        build(folder.path(), &["--budgets", "budgets.json"])
            .status
            .success()
    );
}

#[test]
fn a_built_site_answers_queries_as_the_api_would() {
    use futures_util::FutureExt;
    use portal::content::{ContentError, ContentSource, Folder, Query};
    let folder = project();
    assert!(build(folder.path(), &[]).status.success());
    let site = Folder {
        root: folder.path().join("site"),
    };
    let ask = |path: &str| site.load(Query(path.to_owned())).now_or_never().unwrap();
    let document = ask("en/port/deep-water-port/index.json").unwrap().document;
    assert_eq!(document.site.lang, model::Lang::En);
    assert!(matches!(document.page, model::Page::Article(_)));
    assert_eq!(
        ask("en/port/nothing/index.json"),
        Err(ContentError::NotFound)
    );
    fs::write(folder.path().join("site/en/index.json"), "<!DOCTYPE html>").unwrap();
    assert_eq!(ask("en/index.json"), Err(ContentError::Answer));
}

/// Hidden entries that a build left in the project's folder.
fn left_over(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with('.')).collect()
}

#[test]
fn the_same_content_gives_the_same_bytes_in_another_folder() {
    let (one, other) = (project(), project());
    assert!(build(one.path(), &[]).status.success());
    assert!(build(other.path(), &[]).status.success());
    let below = |folder: &TempDir| -> Vec<(PathBuf, Vec<u8>)> {
        let root = folder.path().join("site");
        files(&root)
            .into_iter()
            .map(|(path, bytes)| (path.strip_prefix(&root).unwrap().to_path_buf(), bytes))
            .collect()
    };
    assert_eq!(below(&one), below(&other));
}

#[test]
fn a_site_under_a_path_has_that_path_in_every_address() {
    let folder = project();
    assert!(
        build(folder.path(), &["--public-url", "/portal/"])
            .status
            .success()
    );
    for (path, bytes) in files(&folder.path().join("site")) {
        if path.extension().is_none_or(|extension| extension != "html") {
            continue;
        }
        for element in page(&text(&bytes)).all() {
            for (name, value) in element.attributes() {
                let leads =
                    ["href", "src", "srcset"].contains(&name.as_str()) && value.starts_with('/');
                assert!(
                    !leads || value.starts_with("/portal/"),
                    "{}: {name}={value}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn the_projects_own_words_and_content_have_no_problems() {
    let output = Command::new(env!("CARGO_BIN_EXE_site"))
        .arg("check")
        .current_dir(crate::ROOT)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert!(text(&output.stdout).ends_with("no problems\n"));
}

#[test]
fn a_missing_and_an_unknown_word_are_named_with_their_places() {
    let folder = project();
    copy(
        &Path::new(crate::ROOT).join("locales"),
        &folder.path().join("locales"),
    );
    let korean = folder.path().join("locales/ko.json");
    let words = fs::read_to_string(&korean)
        .unwrap()
        .replace("\"retry\"", "\"rety\"")
        .replace("\"home\"", "\"weather\"");
    fs::write(&korean, words).unwrap();
    let output = build(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    let report = text(&output.stdout);
    assert!(
        report.contains("unknown key \"rety\": did you mean \"retry\"?\n   --> locales/ko.json:"),
        "{report}"
    );
    assert!(report.contains("unknown key \"weather\""), "{report}");
    assert!(report.contains("key \"home\" is missing"), "{report}");
}

#[test]
fn a_portal_may_have_fewer_languages() {
    let folder = project();
    let settings = folder.path().join("content/site.json");
    let text = fs::read_to_string(&settings).unwrap().replacen(
        '{',
        "{ \"languages\": [\"en\", \"vi\"],",
        1,
    );
    fs::write(settings, text).unwrap();
    assert!(build(folder.path(), &[]).status.success());
    let site = folder.path().join("site");
    assert!(
        site.join("vi/index.html").is_file()
            && site.join("en/port/deep-water-port/index.html").is_file()
    );
    for absent in ["ko", "ja", "zh-Hans", "kr", "cn"] {
        assert!(!site.join(absent).exists(), "{absent} was written");
    }
    let html = page(&fs::read_to_string(site.join("en/index.html")).unwrap());
    let tabs: Vec<_> = html
        .with_class("language-tabs")
        .named("a")
        .iter()
        .map(|tab| tab.attribute("lang"))
        .collect();
    assert_eq!(tabs, [Some("vi".to_owned()), Some("en".to_owned())]);
}

#[test]
fn a_second_build_writes_only_what_changed_and_a_machine_can_read_what_it_did() {
    let folder = project();
    let report = |arguments: &[&str]| -> serde_json::Value {
        let output = build(folder.path(), &[&["--json"], arguments].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert_eq!(text(&output.stderr), "");
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let first = report(&[]);
    assert_eq!(first["written"], first["files"]);
    let names: Vec<_> = first["stages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stage| stage["name"].clone())
        .collect();
    assert!(
        names.contains(&"pages".into()) && names.contains(&"compression".into()),
        "{names:?}"
    );
    assert_eq!(report(&[])["written"], 0);
    let article = folder
        .path()
        .join("content/articles/port/deep-water-port/en.json");
    fs::write(
        &article,
        fs::read_to_string(&article)
            .unwrap()
            .replace("largest", "biggest"),
    )
    .unwrap();
    let written = report(&[])["written"].as_u64().unwrap();
    // The article's page and those of languages that lack it, home, lists, feeds, search, each with
    // two compressed copies.
    assert!(
        (1..90).contains(&written),
        "{written} files were written for one article"
    );
    assert_eq!(report(&["--fresh"])["written"], first["files"]);
    let quiet = build(folder.path(), &["--quiet"]);
    assert_eq!(
        (text(&quiet.stdout), text(&quiet.stderr)),
        (String::new(), String::new())
    );
}
