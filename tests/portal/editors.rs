//! The tool's commands for editors: new files, translations, and reports for a point in time.

use crate::check::text;
use crate::folder::copy;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const ARTICLE: &str = "content/articles/port/deep-water-port";

/// A copy of `tests/cases/base` with the schemas.
fn fixture() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(
        &Path::new(crate::ROOT).join("tests/cases/base"),
        folder.path(),
    );
    copy(
        &Path::new(crate::ROOT).join("schemas"),
        &folder.path().join("schemas"),
    );
    folder
}

fn site(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_site"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// Runs the tool, which must succeed, and returns its output.
fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = site(folder, arguments);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{arguments:?}: {}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    text(&output.stdout)
}

/// Runs the tool, which must refuse with exit code 1, and returns its message.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = site(folder, arguments);
    assert_eq!(
        output.status.code(),
        Some(1),
        "{arguments:?}: {}",
        text(&output.stdout)
    );
    assert_eq!(text(&output.stdout), "", "{arguments:?}");
    text(&output.stderr)
}

fn json(file: &Path) -> Value {
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

fn replace(file: &Path, from: &str, to: &str) {
    let old = fs::read_to_string(file).unwrap();
    assert!(old.contains(from), "{} has no {from}", file.display());
    fs::write(file, old.replace(from, to)).unwrap();
}

#[test]
fn a_new_article_is_a_draft_without_problems() {
    let folder = fixture();
    let folder = folder.path();
    let said = done(
        folder,
        &[
            "new",
            "article",
            "port",
            "new-crane",
            "--published",
            "2026-05-13T08:30+07:00",
        ],
    );
    assert!(
        said.starts_with("content/articles/port/new-crane/article.json\n"),
        "{said}"
    );
    let made = folder.join("content/articles/port/new-crane");
    let facts = json(&made.join("article.json"));
    assert_eq!(
        (&facts["published"], &facts["draft"]),
        (&"2026-05-13T08:30+07:00".into(), &true.into())
    );
    assert!(
        made.join(facts["$schema"].as_str().unwrap()).is_file(),
        "{facts}"
    );
    assert!(
        made.join(json(&made.join("vi.json"))["$schema"].as_str().unwrap())
            .is_file()
    );
    assert_eq!(
        done(folder, &["check", "--strict", "--drafts"]),
        "checked 16 files: no problems\n"
    );
}

#[test]
fn a_new_article_is_published_now_where_nobody_says_when() {
    let folder = fixture();
    done(
        folder.path(),
        &["new", "article", "port", "new-crane", "--lang", "ko"],
    );
    let made = folder.path().join("content/articles/port/new-crane");
    let published = json(&made.join("article.json"))["published"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        model::Moment::new(&published).is_ok() && published.ends_with("+07:00"),
        "{published}"
    );
    assert!(made.join("ko.json").is_file() && !made.join("vi.json").exists());
}

#[test]
fn new_files_in_every_language_have_no_problems() {
    let folder = fixture();
    for lang in ["vi", "en", "ko", "ja", "zh-Hans"] {
        done(
            folder.path(),
            &[
                "new",
                "article",
                "port",
                &format!("in-{}", lang.to_lowercase()),
                "--lang",
                lang,
            ],
        );
    }
    done(folder.path(), &["new", "page", "history"]);
    assert_eq!(
        done(folder.path(), &["check", "--strict", "--drafts"]),
        "checked 29 files: no problems\n"
    );
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let folder = fixture();
    let folder = folder.path();
    let before = fs::read(folder.join(ARTICLE).join("en.json")).unwrap();
    for arguments in [
        &["new", "article", "port", "deep-water-port"][..],
        &["new", "translation", "port/deep-water-port", "en"],
        &["new", "page", "about"],
    ] {
        assert!(
            refused(folder, arguments).contains("already"),
            "{arguments:?}"
        );
    }
    assert_eq!(
        fs::read(folder.join(ARTICLE).join("en.json")).unwrap(),
        before
    );
    assert_eq!(done(folder, &["check"]), "checked 14 files: no problems\n");
}

/// A limit on the size of a file fails at the same call as a full disk.
#[cfg(unix)]
#[test]
fn where_the_disk_takes_no_more_nothing_is_left_of_new_files() {
    let folder = fixture();
    let script = "trap '' 25; ulimit -f 0; exec \"$0\" \"$@\"";
    let words = [
        "new",
        "article",
        "port",
        "new-crane",
        "--published",
        "2026-05-13T08:30+07:00",
    ];
    let mut command = Command::new("sh");
    command
        .args(["-c", script, env!("CARGO_BIN_EXE_site")])
        .args(words)
        .current_dir(folder.path());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
    let said = text(&output.stderr);
    assert!(
        said.contains("could not write content/articles/port/new-crane/"),
        "{said}"
    );
    assert!(
        !folder
            .path()
            .join("content/articles/port/new-crane")
            .exists(),
        "a part of it is left"
    );
}

#[test]
fn a_wrong_name_is_answered_with_the_right_one() {
    let folder = fixture();
    let folder = folder.path();
    for (arguments, answer) in [
        (
            &["new", "article", "prot", "new-crane"][..],
            "did you mean \"port\"?",
        ),
        (&["new", "article", "culture", "new-crane"], "it has port"),
        (
            &["new", "article", "port", "Cần cẩu mới"],
            "rename it to can-cau-moi",
        ),
        (
            &["new", "article", "port", "../../../escape"],
            "is not a slug",
        ),
        (&["new", "article", "port", "con"], "device on Windows"),
        (
            &["new", "page", "Về chúng tôi"],
            "rename it to ve-chung-toi",
        ),
        (
            &["new", "translation", "port/deep-water-prot", "ko"],
            "did you mean \"port/deep-water-port\"?",
        ),
        (
            &["new", "translation", "deep-water-port", "ko"],
            "write section/slug",
        ),
        (
            &["translations", "done", "port/../port", "en"],
            "is not a slug",
        ),
        (
            &["translations", "done", "port/deep-water-port", "vi"],
            "translated from nothing",
        ),
        (
            &["translations", "done", "port/deep-water-port", "ko"],
            "site new translation port/deep-water-port ko",
        ),
    ] {
        let said = refused(folder, arguments);
        assert!(said.contains(answer), "{arguments:?}: {said}");
    }
    let wrong = site(
        folder,
        &["new", "translation", "port/deep-water-port", "kr"],
    );
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        text(&wrong.stderr).contains("write \"ko\""),
        "{}",
        text(&wrong.stderr)
    );
    assert_eq!(done(folder, &["check"]), "checked 14 files: no problems\n");
}

#[test]
fn a_new_translation_is_a_draft_with_the_originals_words_and_stamp() {
    let folder = fixture();
    let folder = folder.path();
    done(
        folder,
        &["new", "translation", "port/deep-water-port", "ko"],
    );
    assert_eq!(
        done(folder, &["check", "--strict", "--drafts"]),
        "checked 15 files: no problems\n"
    );
    let (made, original) = (
        json(&folder.join(ARTICLE).join("ko.json")),
        json(&folder.join(ARTICLE).join("vi.json")),
    );
    for key in ["headline", "lead", "pictures", "body"] {
        assert_eq!(made[key], original[key]);
    }
    assert_eq!(made["draft"], true);
    assert!(
        folder
            .join(ARTICLE)
            .join(made["$schema"].as_str().unwrap())
            .is_file()
    );
    // A change of the original makes the translation outdated.
    replace(
        &folder.join(ARTICLE).join("vi.json"),
        "đón tàu lớn",
        "đón tàu rất lớn",
    );
    let report = done(folder, &["check", "--drafts"]);
    assert!(
        report.contains("ko.json:3:22\n") && report.ends_with("no problems, 1 warning\n"),
        "{report}"
    );
    assert_eq!(
        site(folder, &["check", "--drafts", "--strict"])
            .status
            .code(),
        Some(1)
    );
}

#[test]
fn the_work_list_has_every_state_and_done_records_one() {
    let folder = fixture();
    let folder = folder.path();
    let state = |lang: &str| {
        let list: Value = serde_json::from_str(&done(folder, &["translations", "--json"])).unwrap();
        list[lang][0]["state"].as_str().map(str::to_owned)
    };
    assert_eq!(
        (state("vi"), state("en"), state("ko")),
        (None, Some("unrecorded".into()), Some("missing".into()))
    );
    done(
        folder,
        &["new", "translation", "port/deep-water-port", "ko"],
    );
    assert_eq!(state("ko"), Some("draft".into()));
    let english = folder.join(ARTICLE).join("en.json");
    let before = fs::read_to_string(&english).unwrap();
    done(
        folder,
        &["translations", "done", "port/deep-water-port", "en"],
    );
    assert_eq!(state("en"), None);
    // Nothing else in the file is touched.
    let after = fs::read_to_string(&english).unwrap();
    let changed: Vec<&str> = after
        .lines()
        .filter(|line| !before.lines().any(|old| old == *line))
        .collect();
    assert_eq!(
        (changed.len(), after.lines().count()),
        (1, before.lines().count() + 1),
        "{after}"
    );
    assert!(
        changed[0].starts_with("  \"translated_from\": \""),
        "{after}"
    );
    replace(
        &folder.join(ARTICLE).join("vi.json"),
        "đón tàu lớn",
        "đón tàu rất lớn",
    );
    assert_eq!(state("en"), Some("stale".into()));
    let list = done(folder, &["translations", "--lang", "en"]);
    let expected = format!("English (en)\n  stale      2014-09-03  {ARTICLE}/en.json\n");
    assert!(
        list.starts_with(&expected) && !list.contains("missing"),
        "{list}"
    );
    done(
        folder,
        &["translations", "done", "port/deep-water-port", "en"],
    );
    assert_eq!(
        done(folder, &["translations", "--lang", "en"]),
        "1 article: all up to date in English\n"
    );
}

#[test]
fn the_original_is_the_language_that_the_article_names() {
    let folder = fixture();
    let folder = folder.path();
    replace(
        &folder.join(ARTICLE).join("article.json"),
        "  \"views\"",
        "  \"original\": \"en\",\n  \"views\"",
    );
    done(
        folder,
        &["translations", "done", "port/deep-water-port", "vi"],
    );
    let list: Value = serde_json::from_str(&done(folder, &["translations", "--json"])).unwrap();
    assert_eq!(
        (&list["vi"], &list["en"]),
        (&Value::Array(Vec::new()), &Value::Array(Vec::new()))
    );
    assert_eq!(list["ja"][0]["original"], format!("{ARTICLE}/en.json"));
    assert_eq!(
        done(folder, &["check", "--strict"]),
        "checked 14 files: no problems\n"
    );
}

#[test]
fn a_contact_for_holes_that_runs_out_is_told_to_whoever_names_a_time() {
    let folder = fixture();
    let folder = folder.path();
    let security = r#""security": { "contacts": ["tel:+842250000001"], "expires": "2026-06-13T08:30+07:00" },"#;
    replace(
        &folder.join("content/site.json"),
        "{\n  \"origin\"",
        &format!("{{\n  {security}\n  \"origin\""),
    );
    for arguments in [&["check"][..], &["check", "--as-of", "2026-05-13"]] {
        assert_eq!(
            done(folder, arguments),
            "checked 14 files: no problems\n",
            "{arguments:?}"
        );
    }
    for (as_of, told) in [
        (
            "2026-05-15",
            "warning: security.txt is good until 2026-06-13T08:30+07:00 only\n",
        ),
        (
            "2026-06-13T08:29+07:00",
            "warning: security.txt is good until 2026-06-13T08:30+07:00 only\n",
        ),
        (
            "2026-06-13T08:30+07:00",
            "warning: security.txt is left out: it has been over since 2026-06-13T08:30+07:00\n",
        ),
    ] {
        let report = done(folder, &["check", "--as-of", as_of]);
        assert!(
            report.starts_with(told) && report.contains("--> content/site.json:2:"),
            "{as_of}: {report}"
        );
    }
}

#[test]
fn a_notice_that_is_over_is_told_to_whoever_names_a_time() {
    let folder = fixture();
    let folder = folder.path();
    let texts =
        r#"{ "vi": "Bão.", "en": "Storm.", "ko": "태풍.", "ja": "台風。", "zh-Hans": "台风。" }"#;
    let published = r#""published": "2026-05-11T06:00+07:00""#;
    let notice = format!(
        "{{\n  \"notices\": [{{ \"slug\": \"storm\", \"level\": \"emergency\", \"texts\": {texts}, {published}, \"until\": \"2026-05-13T08:30+07:00\" }}],\n"
    );
    replace(
        &folder.join("content/site.json"),
        "{\n  \"origin\"",
        &format!("{notice}  \"origin\""),
    );
    for arguments in [
        &["check"][..],
        &["check", "--as-of", "2026-05-12"],
        &["check", "--as-of", "2026-05-13T08:29+07:00"],
    ] {
        assert_eq!(
            done(folder, arguments),
            "checked 14 files: no problems\n",
            "{arguments:?}"
        );
    }
    for arguments in [
        &["check", "--as-of", "2026-05-13"][..],
        &["check", "--as-of", "2026-05-13T01:30Z"],
    ] {
        let report = done(folder, arguments);
        assert!(
            report.starts_with("warning: the notice has been over since 2026-05-13T08:30+07:00\n"),
            "{report}"
        );
        assert!(report.contains("--> content/site.json:2:"), "{report}");
    }
    assert_eq!(
        site(folder, &["check", "--as-of", "13/05/2026"])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn a_program_reads_what_a_person_reads() {
    let folder = fixture();
    let folder = folder.path();
    replace(
        &folder.join(ARTICLE).join("vi.json"),
        "\"lead\"",
        "\"leda\"",
    );
    let output = site(folder, &["check", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&report["files"], &report["errors"], &report["warnings"]),
        (&14.into(), &1.into(), &0.into())
    );
    let problem = &report["problems"][0];
    assert_eq!(problem["file"], format!("{ARTICLE}/vi.json"));
    assert_eq!(
        (&problem["severity"], &problem["line"], &problem["column"]),
        (&"error".into(), &3.into(), &3.into())
    );
    assert_eq!(
        problem["message"],
        "unknown key \"leda\": did you mean \"lead\"?"
    );
}

#[test]
fn warnings_do_not_stop_a_report_but_where_they_are_asked_to() {
    let folder = fixture();
    let folder = folder.path();
    replace(
        &folder.join("content/site.json"),
        ",\n  \"duties\": { \"organisation\": \"about\", \"contacts\": \"about\" }",
        "",
    );
    assert!(done(folder, &["check"]).ends_with("checked 14 files: no problems, 1 warning\n"));
    assert_eq!(site(folder, &["check", "--strict"]).status.code(), Some(1));
}

/// The contents of all code fences of this kind in a document, in order.
fn fenced<'a>(document: &'a str, kind: &str) -> Vec<&'a str> {
    let fences: Vec<&str> = document.split("```").skip(1).step_by(2).collect();
    fences
        .into_iter()
        .filter_map(|fence| fence.strip_prefix(kind)?.strip_prefix('\n'))
        .collect()
}

#[test]
fn the_guide_for_editors_says_what_happens() {
    let guide = fs::read_to_string(Path::new(crate::ROOT).join("docs/editors.md")).unwrap();
    let (_, guide) = guide.split_once("# What is underneath").unwrap();
    let (examples, terminal) = (fenced(guide, "json"), fenced(guide, ""));
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for part in ["content", "schemas"] {
        copy(&Path::new(crate::ROOT).join(part), &folder.join(part));
    }
    let command = |words: &str| {
        words
            .trim()
            .split(' ')
            .skip(1)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let run = |words: &str| {
        done(
            folder,
            &command(words)
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(run(terminal[0]), terminal[1]);
    let article = folder.join("content/articles/culture/tam-bac-lake");
    fs::write(article.join("vi.json"), examples[0]).unwrap();
    fs::write(article.join("article.json"), examples[1]).unwrap();
    assert!(done(folder, &["check", "--strict"]).ends_with("no problems\n"));
    // Adds a picture, with a comma after the previous entry.
    let lake = Path::new(crate::ROOT).join("content/articles/port/sea-bridge/bridge.svg");
    fs::copy(lake, article.join("lake.svg")).unwrap();
    let facts = format!(",\n{}}}\n", examples[2].replace("lake.jpg", "lake.svg"));
    replace(&article.join("article.json"), "\n}\n", &facts);
    replace(
        &article.join("vi.json"),
        "  \"body\"",
        &format!("{},\n  \"body\"", examples[3].trim_end()),
    );
    assert!(done(folder, &["check", "--strict"]).ends_with("no problems\n"));
    // The mistake that the guide shows.
    replace(&article.join("vi.json"), "\"headline\"", "\"headlin\"");
    let shown = terminal
        .iter()
        .find(|text| text.starts_with("error: "))
        .unwrap();
    assert_eq!(text(&site(folder, &["check"]).stdout), *shown);
    replace(&article.join("vi.json"), "\"headlin\"", "\"headline\"");
    replace(&article.join("article.json"), "  \"draft\": true,\n", "");
    assert!(run("site check").ends_with("no problems\n"));
    for words in terminal
        .iter()
        .flat_map(|text| text.lines())
        .filter(|line| {
            ["site new translation", "site translations", "site new page"]
                .iter()
                .any(|begin| line.starts_with(begin))
        })
    {
        run(words);
    }
    assert!(run("site check").ends_with("no problems\n"));
}
