//! `site import`, as an editor runs it. Each folder of `tests/cases/import` is an export with its
//! mapping; `expected.txt` is the whole report and every imported file. `UPDATE_CASES=1` rewrites
//! the latter; read them before you commit them. `site check` finds no problems in imported
//! content.

mod field;
mod languages;
mod limits;
mod random_exports;
mod repeats;
mod translations;

use crate::folder::copy;
use crate::tree::page;
use serde_json::{Value, json};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;
use tempfile::TempDir;

/// Files of hostile texts, one a row. The folder is outside the repository and may be missing.
const CORPORA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpora");

/// A portal with two sections and two tags, and an uploads folder with a few pictures.
pub(crate) fn portal() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(
        &Path::new(crate::ROOT).join("tests/cases/base"),
        folder.path(),
    );
    let path = folder.path().join("content/site.json");
    let mut site: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let mut section = site["sections"][0].clone();
    section["slug"] = json!("culture");
    let names = section["names"].clone();
    site["sections"].as_array_mut().unwrap().push(section);
    site["tags"] =
        json!([{ "slug": "partners", "names": names }, { "slug": "port", "names": names }]);
    fs::write(&path, site.to_string()).unwrap();
    for (name, format) in [
        ("2014/09/Cảng-lớn.jpg", image::ImageFormat::Jpeg),
        ("2014/09/Cảng-lớn-300x200.jpg", image::ImageFormat::Jpeg),
        ("IMG_1.jpg", image::ImageFormat::Jpeg),
        ("IMG_2.png", image::ImageFormat::Png),
        ("IMG_3.png", image::ImageFormat::Png),
    ] {
        let path = folder.path().join("uploads").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        image::RgbImage::new(6, 4)
            .save_with_format(path, format)
            .unwrap();
    }
    folder
}

pub(crate) fn site(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_site"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Runs the tool, on Linux with at most 64 MiB of data and 30 seconds of CPU time.
fn limited(folder: &Path, arguments: &[&str]) -> Output {
    if !cfg!(target_os = "linux") {
        return site(folder, arguments);
    }
    // Endless expansion of entities would exceed any CPU time; a normal run needs a fraction of a
    // second.
    let limit = [
        "-c",
        "ulimit -d 65536; ulimit -t 30; exec \"$0\" \"$@\"",
        env!("CARGO_BIN_EXE_site"),
    ];
    Command::new("sh")
        .args(limit)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// Copies a case's files into a portal and imports them.
fn import(case: &str, folder: &Path, further: &[&str]) -> Output {
    copy(
        &Path::new(crate::ROOT).join("tests/cases/import").join(case),
        folder,
    );
    let arguments = [
        "import",
        "wordpress",
        "export.xml",
        "--mapping",
        "mapping.json",
        "--uploads",
        "uploads",
    ];
    site(folder, &[&arguments[..], further].concat())
}

pub(crate) fn assert_checks(folder: &Path) {
    let output = site(folder, &["check"]);
    assert!(
        text(&output.stdout).contains(": no problems"),
        "{}",
        text(&output.stdout)
    );
    assert_eq!(output.status.code(), Some(0));
}

/// All files below a folder, with their relative paths.
pub(crate) fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next)
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().path())
        {
            if entry.is_dir() {
                open.push(entry);
            } else {
                files.push((
                    entry.strip_prefix(folder).unwrap().to_path_buf(),
                    fs::read(&entry).unwrap(),
                ));
            }
        }
    }
    files.sort();
    files
}

/// A WordPress export of these items' XML.
pub(crate) fn export(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version>{items}</channel></rss>"
    )
}

pub(crate) fn post(id: usize, title: &str, content: &str) -> String {
    let content = content.replace("]]>", "]]]]><![CDATA[>");
    format!(
        "<item><title>{title}</title><wp:post_id>{id}</wp:post_id><wp:post_date>2014-09-03 16:10:00</wp:post_date><wp:post_date_gmt>2014-09-03 09:10:00</wp:post_date_gmt><wp:post_name>post-{id}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain=\"category\" nicename=\"tin\">Tin</category><content:encoded><![CDATA[{content}]]></content:encoded></item>"
    )
}

/// A mapping for [`export`].
pub(crate) const MAPPING: &str = r#"{ "source": { "name": "Old", "address": "https://old.example/" }, "language": "en", "sections": { "tin": "port" } }"#;

#[test]
fn every_case_gives_the_report_and_the_files_that_it_expects() {
    let update = std::env::var_os("UPDATE_CASES").is_some();
    for case in ["polylang", "blocks", "kinds"] {
        let folder = portal();
        let before: Vec<PathBuf> = files(&folder.path().join("content"))
            .into_iter()
            .map(|(path, _)| path)
            .collect();
        let output = import(case, folder.path(), &["--report", "report.txt"]);
        let report = text(&output.stdout);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{case}: {report}{}",
            text(&output.stderr)
        );
        assert_eq!(
            fs::read_to_string(folder.path().join("report.txt")).unwrap(),
            report
        );
        let mut shown = report;
        for (path, bytes) in files(&folder.path().join("content")) {
            if before.contains(&path) {
                continue;
            }
            let bytes = String::from_utf8(bytes).unwrap_or_else(|_| "(a photograph)\n".to_owned());
            let _ = write!(shown, "\n=== {}\n{bytes}", path.display());
        }
        let file = Path::new(crate::ROOT)
            .join("tests/cases/import")
            .join(case)
            .join("expected.txt");
        if update {
            fs::write(&file, &shown).unwrap();
        }
        assert_eq!(
            shown,
            fs::read_to_string(&file).unwrap_or_default(),
            "{case}"
        );
        assert_checks(folder.path());
    }
}

#[test]
fn an_article_that_is_there_stays_as_it_is_unless_it_shall_be_replaced() {
    let folder = portal();
    import("polylang", folder.path(), &[]);
    let article = folder
        .path()
        .join("content/articles/culture/le-hoi-hoa-phuong-do/vi.json");
    let (first, own) = (
        fs::read_to_string(&article).unwrap(),
        "{ \"lead\": \"Của biên tập.\", \"body\": [] }",
    );
    fs::write(&article, own).unwrap();
    let output = import("polylang", folder.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    let report = text(&output.stdout);
    assert!(
        report.contains("the article culture/le-hoi-hoa-phuong-do is there already"),
        "{report}"
    );
    assert!(report.contains("imported 0 articles"), "{report}");
    assert_eq!(fs::read_to_string(&article).unwrap(), own);
    let output = import("polylang", folder.path(), &["--replace"]);
    assert!(
        text(&output.stdout).contains("imported 2 articles"),
        "{}",
        text(&output.stdout)
    );
    assert_eq!(fs::read_to_string(&article).unwrap(), first);
    // A translation that only the portal has would be lost.
    fs::write(article.with_file_name("ko.json"), own).unwrap();
    let output = import("polylang", folder.path(), &["--replace"]);
    assert!(
        text(&output.stdout).contains("also has ko.json, which would be lost"),
        "{}",
        text(&output.stdout)
    );
    assert_eq!(
        fs::read_to_string(article.with_file_name("ko.json")).unwrap(),
        own
    );
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let folder = portal();
    let before = files(folder.path());
    let dry = text(&import("blocks", folder.path(), &["--dry-run"]).stdout);
    let after: Vec<_> = files(folder.path())
        .into_iter()
        .filter(|(path, _)| path.starts_with("content"))
        .collect();
    let before: Vec<_> = before
        .into_iter()
        .filter(|(path, _)| path.starts_with("content"))
        .collect();
    assert_eq!(before, after);
    let real = text(&import("blocks", folder.path(), &[]).stdout);
    assert_eq!(dry.replace("would import", "imported"), real);
}

#[test]
fn where_everything_can_be_carried_over_the_exit_code_is_0() {
    let folder = portal();
    fs::write(
        folder.path().join("e.xml"),
        export(&post(1, "A", "<p>b <em>c</em></p>")),
    )
    .unwrap();
    fs::write(folder.path().join("m.json"), MAPPING).unwrap();
    let output = site(
        folder.path(),
        &["import", "wordpress", "e.xml", "--mapping", "m.json"],
    );
    assert_eq!(
        text(&output.stdout),
        "imported 1 article (1 text, 0 pictures) into content; everything was carried over\n"
    );
    assert_eq!(output.status.code(), Some(0));
    assert_checks(folder.path());
}

#[test]
fn a_mapping_that_is_missing_or_not_complete_is_asked_for_with_one_to_fill_in() {
    let folder = portal();
    fs::write(folder.path().join("e.xml"), export(&post(1, "A", "b"))).unwrap();
    let output = site(folder.path(), &["import", "wordpress", "e.xml"]);
    assert_eq!(output.status.code(), Some(2));
    let asked = text(&output.stdout);
    assert!(
        asked.contains("these categories have no section:\n  tin  Tin\n"),
        "{asked}"
    );
    assert!(
        asked.contains("the sections of site.json: port, culture"),
        "{asked}"
    );
    assert_eq!(
        text(&output.stderr),
        "site: the mapping is missing or not complete: nothing was imported\n"
    );
    // The output contains a mapping; its empty values are reported with line and column.
    let template = &asked[asked.find("\n{").unwrap()..=asked.rfind('}').unwrap()];
    fs::write(folder.path().join("m.json"), template.trim_start()).unwrap();
    let arguments = ["import", "wordpress", "e.xml", "--mapping", "m.json"];
    let output = site(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stdout).contains("--> m.json:6:12"),
        "{}",
        text(&output.stdout)
    );
    let filled = template
        .replace("\"tin\": \"\"", "\"tin\": \"port\"")
        .replace("\"name\": \"\"", "\"name\": \"Old\"");
    fs::write(
        folder.path().join("m.json"),
        filled.replace("\"https://\"", "\"https://old.example/\""),
    )
    .unwrap();
    assert_eq!(site(folder.path(), &arguments).status.code(), Some(0));
    assert_checks(folder.path());
    // A section that the portal does not have is a mistake of the mapping.
    fs::write(
        folder.path().join("m.json"),
        MAPPING.replace("\"port\"", "\"prot\""),
    )
    .unwrap();
    let output = site(folder.path(), &arguments);
    assert!(
        text(&output.stdout).contains("site.json has no section \"prot\": did you mean \"port\"?")
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_page_becomes_an_article() {
    let folder = portal();
    let html = "<!DOCTYPE html><html><head><title>Cảng | Old</title><meta property=\"og:site_name\" content=\"Old\"><link rel=canonical href=\"https://old.example/a/b.html\"><meta property=\"article:published_time\" content=\"2014-09-03T16:10:00+07:00\"></head><body><nav>Menu</nav><article><h1>Cảng &lt;mới&gt;</h1><p>Một <a href=\"../c\">hai</a>.</p><figure><img src=\"uploads/IMG_2.png\" alt=\"Bến\"><figcaption>Bến tàu</figcaption></figure></article></body></html>";
    fs::write(folder.path().join("page.html"), html).unwrap();
    let arguments = [
        "import",
        "html",
        "page.html",
        "--section",
        "port",
        "--slug",
        "x",
        "--lang",
        "vi",
    ];
    let output = site(folder.path(), &arguments);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    let read = |name: &str| -> Value {
        serde_json::from_slice(
            &fs::read(folder.path().join("content/articles/port/x").join(name)).unwrap(),
        )
        .unwrap()
    };
    assert_eq!(
        read("article.json"),
        json!({
            "published": "2014-09-03T16:10+07:00",
            "source": { "name": "Old", "address": "https://old.example/a/b.html" },
            "pictures": { "img-2": { "file": "img-2.png" } }
        })
    );
    assert_eq!(
        read("vi.json"),
        json!({
            "headline": "Cảng <mới>",
            "lead": "Một [hai](https://old.example/c).",
            "pictures": { "img-2": { "alternative": "Bến", "caption": "Bến tàu" } },
            "body": [{ "picture": "img-2" }]
        })
    );
    assert_checks(folder.path());
    let output = site(folder.path(), &arguments);
    assert_eq!(
        output.status.code(),
        Some(1),
        "an article that is there is not overwritten"
    );
    let refused = [
        "import",
        "html",
        "page.html",
        "--section",
        "prot",
        "--slug",
        "y",
        "--lang",
        "vi",
    ];
    assert_eq!(site(folder.path(), &refused).status.code(), Some(2));
    fs::write(folder.path().join("bare.html"), "<p>a").unwrap();
    let undated = [
        "import",
        "html",
        "bare.html",
        "--section",
        "port",
        "--slug",
        "y",
        "--lang",
        "en",
    ];
    let output = site(folder.path(), &undated);
    assert!(
        text(&output.stderr).contains("--published"),
        "{}",
        text(&output.stderr)
    );
    let output = site(
        folder.path(),
        &[&undated[..], &["--published", "2014-09-03T16:10+07:00"]].concat(),
    );
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert_checks(folder.path());
}

#[test]
fn galleries_films_recordings_and_files_become_blocks_with_their_files() {
    let folder = portal();
    let uploads = folder.path().join("uploads");
    fs::write(uploads.join("Bản đồ.PDF"), "%PDF-1.4\n").unwrap();
    fs::write(uploads.join("talk.mp3"), b"ID3\x04").unwrap();
    fs::write(uploads.join("login.pdf"), "<!doctype html>").unwrap();
    let at = "https://old.example/wp-content/uploads";
    let html = format!(
        "<p>Lead.</p>\
        <figure class='wp-block-gallery'><figure><img src='{at}/IMG_1.jpg' alt='One'></figure>\
        <figure><img src='{at}/IMG_2.png' alt='Two'></figure><figcaption>Both</figcaption></figure>\
        <iframe title='A film' src='https://www.youtube.com/embed/Ab1'></iframe>\
        <iframe title='A map' src='https://maps.example/1'></iframe>\
        <audio title='A talk' src='{at}/talk.mp3'></audio>\
        <div class='wp-block-file'><a href='{at}/Bản đồ.PDF'>The map</a> <a href='{at}/Bản đồ.PDF' download>Download</a></div>\
        <p><a href='{at}/login.pdf'>No file</a></p><p>See <a href='{at}/Bản đồ.PDF'>the map</a>.</p>"
    );
    fs::write(folder.path().join("e.xml"), export(&post(1, "Port", &html))).unwrap();
    fs::write(folder.path().join("m.json"), MAPPING).unwrap();
    let output = site(
        folder.path(),
        &[
            "import",
            "wordpress",
            "e.xml",
            "--mapping",
            "m.json",
            "--uploads",
            "uploads",
        ],
    );
    let said = text(&output.stdout);
    assert!(said.contains("<iframe> became a link"), "{said}");
    assert_eq!(said.matches("became a link").count(), 1, "{said}");
    let article = folder.path().join("content/articles/port/post-1");
    let json = |name: &str| {
        serde_json::from_slice::<Value>(&fs::read(article.join(name)).unwrap()).unwrap()
    };
    let body = json("en.json")["body"].clone();
    assert_eq!(
        body[0],
        json!({ "gallery": { "title": "Both", "pictures": ["img-1", "img-2"] } })
    );
    assert_eq!(
        body[1],
        json!({ "video": { "title": "A film", "address": "https://www.youtube.com/watch?v=Ab1" } })
    );
    assert_eq!(
        body[2],
        json!({ "paragraph": "[A map](https://maps.example/1)" })
    );
    assert_eq!(
        body[3],
        json!({ "audio": { "title": "A talk", "file": "talk" } })
    );
    assert_eq!(
        body[4],
        json!({ "attachment": { "title": "The map", "file": "ban-do" } })
    );
    assert_eq!(
        body[5],
        json!({ "paragraph": "[No file](https://old.example/wp-content/uploads/login.pdf)" })
    );
    assert_eq!(
        json("article.json")["files"],
        json!({ "ban-do": "ban-do.pdf", "talk": "talk.mp3" })
    );
    assert_eq!(fs::read(article.join("ban-do.pdf")).unwrap(), b"%PDF-1.4\n");
    assert!(!article.join("login.pdf").exists());
    assert_checks(folder.path());
}

#[test]
fn what_is_no_export_ends_at_once_with_its_place() {
    let folder = portal();
    fs::write(folder.path().join("m.json"), MAPPING).unwrap();
    let arguments = ["import", "wordpress", "e.xml", "--mapping", "m.json"];
    let whole = export(&post(1, "A", "b"));
    let mut files: Vec<(String, Vec<u8>, &str)> = vec![
        (
            "cut off".to_owned(),
            whole.as_bytes()[..whole.len() - 40].to_vec(),
            "ends too early",
        ),
        ("JSON".to_owned(), b"{}".to_vec(), "this is JSON"),
        (
            "a feed".to_owned(),
            b"<rss><channel/></rss>".to_vec(),
            "not a WordPress export",
        ),
        ("binary".to_owned(), vec![0xff; 1000], "not UTF-8"),
    ];
    let bombs = fs::read_to_string(Path::new(CORPORA).join("xml-defusedxml-bombs.ndjson"))
        .unwrap_or_default();
    for line in bombs.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let bytes = base64::Engine::decode(
            &base64::engine::general_purpose::STANDARD,
            row["base64"].as_str().unwrap(),
        );
        files.push((row["id"].to_string(), bytes.unwrap(), ""));
    }
    assert!(
        files.len() == 4 || files.len() == 17,
        "{} files",
        files.len()
    );
    for (name, bytes, message) in files {
        fs::write(folder.path().join("e.xml"), bytes).unwrap();
        let output = limited(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(2), "{name}");
        let report = text(&output.stdout);
        assert!(
            report.starts_with("error: ")
                && report.contains("--> e.xml:")
                && report.contains(message),
            "{name}: {report}"
        );
        assert_eq!(
            text(&output.stderr),
            "site: nothing was imported\n",
            "{name}"
        );
    }
}

/// Payloads that test sanitizers; empty if the folder of corpora is missing.
fn payloads() -> Vec<String> {
    let mut payloads = Vec::new();
    for file in fs::read_dir(CORPORA)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .map(|entry| entry.path())
    {
        if file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .starts_with("xss-")
        {
            let rows = fs::read_to_string(&file).unwrap();
            let payload = |line: &str| {
                serde_json::from_str::<Value>(line).ok()?["payload"]
                    .as_str()
                    .map(str::to_owned)
            };
            payloads.extend(rows.lines().filter_map(payload));
        }
    }
    payloads.sort();
    payloads.dedup();
    // Unit tests try each of them; here every tenth goes all the way to a page.
    payloads.into_iter().step_by(10).collect()
}

#[test]
fn no_payload_of_an_export_reaches_a_page() {
    let payloads = payloads();
    if payloads.is_empty() {
        println!("{CORPORA} is not there: the cases of this repository are tried alone");
        return;
    }
    let folder = portal();
    fs::write(folder.path().join("m.json"), MAPPING).unwrap();
    let items: String = payloads
        .iter()
        .enumerate()
        .map(|(id, html)| post(id + 1, "T", &format!("<p>Before.</p>{html}")))
        .collect();
    fs::write(folder.path().join("e.xml"), export(&items)).unwrap();
    let output = site(
        folder.path(),
        &["import", "wordpress", "e.xml", "--mapping", "m.json"],
    );
    let report = text(&output.stdout);
    assert_eq!(
        output.status.code(),
        Some(1),
        "{report}{}",
        text(&output.stderr)
    );
    assert!(
        report.contains(&format!("imported {} articles", payloads.len())),
        "{}",
        &report[report.len() - 200..]
    );
    assert_checks(folder.path());
    // Builds the pages of some of them.
    for (id, _) in payloads.iter().enumerate().filter(|(id, _)| id % 8 != 0) {
        fs::remove_dir_all(
            folder
                .path()
                .join(format!("content/articles/port/post-{}", id + 1)),
        )
        .unwrap();
    }
    crate::build::write_bundle(&folder.path().join("bundle"));
    let output = site(
        folder.path(),
        &["build", "--bundle", "bundle", "--out", "site"],
    );
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    let mut pages = 0;
    for id in (0..payloads.len()).step_by(8) {
        let path = folder
            .path()
            .join(format!("site/en/port/post-{}/index.html", id + 1));
        pages += 1;
        let html = page(&fs::read_to_string(&path).unwrap());
        let main = html.named("main").remove(0);
        assert!(main.text().contains("Before."));
        for element in main.all() {
            let name = element.name();
            assert!(
                !["script", "iframe", "object", "style", "img", "form", "base"]
                    .contains(&name.as_str()),
                "{name}: {}",
                payloads[id]
            );
            for (key, value) in element.attributes() {
                assert!(
                    !key.starts_with("on") && key != "style",
                    "{key}: {}",
                    payloads[id]
                );
                let is_address = ["href", "src", "action", "formaction"].contains(&key.as_str());
                let is_safe = ["https://", "http://", "mailto:", "tel:", "/", "#"]
                    .iter()
                    .any(|start| value.starts_with(start));
                assert!(!is_address || is_safe, "{value}: {}", payloads[id]);
            }
        }
    }
    assert!(pages > 90, "only {pages} pages were read");
}

#[test]
fn an_import_that_is_killed_leaves_whole_articles_and_can_be_repeated() {
    let folder = portal();
    fs::write(folder.path().join("m.json"), MAPPING).unwrap();
    let items: String = (1..=400)
        .map(|id| post(id, "T", &"<p>Words of a paragraph.</p>".repeat(50)))
        .collect();
    fs::write(folder.path().join("e.xml"), export(&items)).unwrap();
    let arguments = ["import", "wordpress", "e.xml", "--mapping", "m.json"];
    let articles = folder.path().join("content/articles/port");
    let count = || fs::read_dir(&articles).unwrap().count();
    let mut interrupted = 0;
    for further in [0, 1, 10, 40, 100] {
        let before = count();
        let mut command = Command::new(env!("CARGO_BIN_EXE_site"));
        command
            .args(arguments)
            .current_dir(folder.path())
            .stdout(std::process::Stdio::null());
        let mut child = command.spawn().unwrap();
        // Kills it amid its work, however fast the machine is.
        while count() < before + further && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        interrupted += usize::from(!child.wait().unwrap().success());
        for article in fs::read_dir(&articles).unwrap() {
            let article = article.unwrap().path();
            assert!(
                article.join("article.json").is_file(),
                "{} is not whole",
                article.display()
            );
            assert!(
                article.join("en.json").is_file(),
                "{} is not whole",
                article.display()
            );
        }
    }
    assert!(interrupted > 0, "no import was interrupted");
    let output = site(folder.path(), &arguments);
    assert!(
        output.status.code().is_some_and(|code| code < 2),
        "{}",
        text(&output.stderr)
    );
    assert_eq!(
        fs::read_dir(folder.path().join("content/articles/port"))
            .unwrap()
            .count(),
        401
    );
    assert_checks(folder.path());
}

#[test]
fn an_export_of_ten_megabytes_is_read() {
    let folder = portal();
    fs::write(folder.path().join("m.json"), MAPPING).unwrap();
    let items: String = (1..=400)
        .map(|id| post(id, "T", &format!("<p>{}</p>", "Nhiều chữ. ".repeat(2_000))))
        .collect();
    assert!(items.len() > 10_000_000);
    fs::write(folder.path().join("e.xml"), export(&items)).unwrap();
    let output = site(
        folder.path(),
        &[
            "import",
            "wordpress",
            "e.xml",
            "--mapping",
            "m.json",
            "--dry-run",
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).starts_with("would import 400 articles"),
        "{}",
        text(&output.stdout)
    );
}
