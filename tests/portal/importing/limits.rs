//! Texts that are too long, impossible dates and forbidden names. Each has its own message, and
//! none is written as content that `site check` refuses.

use super::{MAPPING, assert_checks, export, portal, post, site, text};
use std::fs;
use std::path::Path;

fn import(folder: &Path, xml: &str, mapping: &str) -> (Option<i32>, String) {
    fs::write(folder.join("e.xml"), xml).unwrap();
    fs::write(folder.join("m.json"), mapping).unwrap();
    let output = site(
        folder,
        &["import", "wordpress", "e.xml", "--mapping", "m.json"],
    );
    (
        output.status.code(),
        text(&output.stdout) + text(&output.stderr).as_str(),
    )
}

#[test]
fn a_text_that_is_too_long_is_said_to_be_too_long() {
    let folder = portal();
    let long = format!("<p>{}</p>\n", "Lorem ipsum dolor sit amet. ".repeat(1_000)).repeat(160);
    let xml = export(&(post(1, "Short", "<p>a</p>") + "\n" + post(2, "Long", &long).as_str()));
    let (code, report) = import(folder.path(), &xml, MAPPING);
    assert_eq!(code, Some(1), "{report}");
    assert!(
        report.starts_with("en, post 2 “Long”\n  - left out: it is too long: en.json would have "),
        "{report}"
    );
    assert!(
        report.contains("KiB, and a file can have 4096 KiB; cut it into several (e.xml:2)\n"),
        "{report}"
    );
    assert!(
        report.ends_with(
            "imported 1 article (1 text, 0 pictures) into content; 1 left out; 1 thing to look at\n"
        ),
        "{report}"
    );
    assert!(!folder.path().join("content/articles/port/post-2").exists());
    fs::write(
        folder.path().join("p.html"),
        format!("<title>T</title>{long}"),
    )
    .unwrap();
    let page = [
        "import",
        "html",
        "p.html",
        "--section",
        "port",
        "--slug",
        "x",
        "--lang",
        "en",
    ];
    let output = site(
        folder.path(),
        &[&page[..], &["--published", "2014-09-03T16:10+07:00"]].concat(),
    );
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stdout);
    assert!(
        said.starts_with("error: it is too long: en.json would have ")
            && said.contains("--> p.html"),
        "{said}"
    );
    assert!(!folder.path().join("content/articles/port/x").exists());
    assert_checks(folder.path());
}

#[test]
fn no_name_of_a_device_becomes_a_folder() {
    let folder = portal();
    fs::write(folder.path().join("p.html"), "<title>T</title><p>A</p>").unwrap();
    let mut refused = 0;
    for device in [
        "con", "prn", "aux", "nul", "com0", "com1", "com9", "lpt1", "lpt9",
    ] {
        for name in [
            device.to_owned(),
            device.to_uppercase(),
            format!("{device}.html"),
            format!("{device}.a.b"),
        ] {
            for key in ["--slug", "--section"] {
                let other = if key == "--slug" {
                    ["--section", "port"]
                } else {
                    ["--slug", "a"]
                };
                let page = [
                    "import",
                    "html",
                    "p.html",
                    "--lang",
                    "en",
                    "--published",
                    "2014-09-03T16:10+07:00",
                ];
                let output = site(folder.path(), &[&page[..], &other, &[key, &name]].concat());
                assert_eq!(output.status.code(), Some(2), "{name}");
                let said = text(&output.stderr);
                assert!(
                    said.contains("is the name of a device on Windows"),
                    "{name}: {said}"
                );
                refused += 1;
            }
        }
        // A post gets another name, as `site new` would demand.
        let xml = export(&post(7, device, "<p>a</p>").replace("post-7", device));
        let (code, report) = import(folder.path(), &xml, MAPPING);
        assert_eq!(code, Some(i32::from(refused > 8)), "{report}");
    }
    let names: Vec<_> = fs::read_dir(folder.path().join("content/articles/port"))
        .unwrap()
        .collect();
    assert!(names.iter().all(|entry| {
        !["con", "nul"].contains(&entry.as_ref().unwrap().file_name().to_str().unwrap())
    }));
    for place in [
        "\"sections\": { \"tin\": \"con\" }",
        "\"others\": \"aux\"",
        "\"pages\": \"lpt1\"",
        "\"tags\": { \"a\": \"com1\" }",
    ] {
        let mapping = MAPPING.replace("\"sections\": { \"tin\": \"port\" }", place);
        let (code, report) = import(folder.path(), &export(&post(9, "A", "<p>a</p>")), &mapping);
        assert_eq!(code, Some(2), "{place}");
        assert!(
            report.contains("is the name of a device on Windows"),
            "{place}: {report}"
        );
    }
    assert_checks(folder.path());
}

#[test]
fn no_date_is_written_that_is_refused() {
    for (date, utc, written) in [
        (
            "9999-12-31 23:59:59",
            "9999-12-31 23:59:59",
            Some("9999-12-31T23:59+00:00"),
        ),
        (
            "9999-12-31 23:59:59",
            "0000-00-00 00:00:00",
            Some("9999-12-31T23:59+07:00"),
        ),
        (
            "0001-01-01 00:00:00",
            "0001-01-01 00:00:00",
            Some("0001-01-01T07:00+07:00"),
        ),
        ("10000-01-01 00:00:00", "10000-01-01 00:00:00", None),
        ("0000-01-01 00:00:00", "0000-01-01 00:00:00", None),
        ("-0001-11-30 00:00:00", "-0001-11-30 00:00:00", None),
        ("2014-02-30 08:00:00", "", None),
        ("2014-09-03 25:61:00", "", None),
        ("yesterday", "", None),
        ("", "", None),
    ] {
        let folder = portal();
        let item = post(1, "A", "<p>a</p>")
            .replace(
                "<wp:post_date>2014-09-03 16:10:00",
                &format!("<wp:post_date>{date}"),
            )
            .replace(
                "<wp:post_date_gmt>2014-09-03 09:10:00",
                &format!("<wp:post_date_gmt>{utc}"),
            );
        let mapping = MAPPING.replace("\"language\"", "\"offset\": \"+07:00\", \"language\"");
        let (code, report) = import(folder.path(), &export(&item), &mapping);
        let facts = fs::read_to_string(
            folder
                .path()
                .join("content/articles/port/post-1/article.json"),
        )
        .unwrap();
        let shown = written.unwrap_or("2000-01-01T00:00+07:00");
        assert!(
            facts.contains(&format!("\"published\": \"{shown}\"")),
            "{date}: {facts}"
        );
        assert_eq!(code, Some(i32::from(written.is_none())), "{date}: {report}");
        assert_eq!(
            report.contains("it has no date: 2000-01-01 stands in for it"),
            written.is_none(),
            "{date}: {report}"
        );
        assert_checks(folder.path());
    }
    let folder = portal();
    let item = post(1, "A", "<p>a</p>") // What stands in for a date is said, and so is a change that has none.
        .replace(
            "<wp:post_date>2014-09-03 16:10:00",
            "<wp:post_modified>2015-01-01 00:00:00</wp:post_modified><wp:post_date>2014-13-01",
        )
        .replace(
            "<wp:post_date_gmt>2014-09-03 09:10:00",
            "<wp:post_date_gmt>",
        );
    let (code, report) = import(folder.path(), &export(&item), MAPPING);
    assert!(
        code == Some(1)
            && report.contains("that of its last change, 2015-01-01T00:00+00:00, stands in for it"),
        "{report}"
    );
    assert!(report.contains("\n      2014-13-01\n"), "{report}");
}

#[test]
fn an_offset_that_no_clock_has_is_refused_in_the_mapping() {
    let folder = portal();
    for offset in [
        "+14:01", "+14:59", "-14:30", "+24:00", "+07:60", "+99:99", "+-7:00",
    ] {
        let mapping = MAPPING.replace(
            "\"language\"",
            &format!("\"offset\": \"{offset}\", \"language\""),
        );
        let (code, report) = import(folder.path(), &export(&post(1, "A", "<p>a</p>")), &mapping);
        assert_eq!(code, Some(2), "{offset}");
        assert!(
            report.contains("the offset is not of the form +07:00"),
            "{report}"
        );
    }
}

#[test]
fn messages_name_what_the_file_is_and_print_no_endless_name() {
    let folder = portal();
    let whole = export(&post(1, "A", "<p>a</p>"));
    for (xml, said) in [
        (
            whole.replace("<wp:wxr_version>1.2</wp:wxr_version>", ""),
            "the export does not say which version it is: <wp:wxr_version> is missing",
        ),
        (
            "<rss><channel><title>x</title></channel></rss>".to_owned(),
            "<rss> is a feed",
        ),
        (
            "<feed xmlns='http://www.w3.org/2005/Atom'/>".to_owned(),
            "<feed> is a feed",
        ),
        (
            "<html><body>Login</body></html>".to_owned(),
            "this is a page, not a WordPress export",
        ),
        ("<svg/>".to_owned(), "<svg> is something else"),
    ] {
        let (code, report) = import(folder.path(), &xml, MAPPING);
        assert_eq!(code, Some(2), "{report}");
        assert!(report.contains(said), "{xml}: {report}");
    }
    let name = "a/".repeat(5_000);
    let pictures = format!(
        "<p>a</p><img src='/wp-content/uploads/{name}b.png'><img src='{name}c.png'><a href='javascript:{name}'>d</a>"
    );
    let (code, report) = import(folder.path(), &export(&post(1, "A", &pictures)), MAPPING);
    assert_eq!(code, Some(1));
    assert!(report.contains("--uploads"), "{report}");
    fs::write(folder.path().join("n.json"), MAPPING).unwrap();
    let output = site(
        folder.path(),
        &[
            "import",
            "wordpress",
            "e.xml",
            "--mapping",
            "n.json",
            "--replace",
            "--uploads",
            "uploads",
        ],
    );
    let report = report + text(&output.stdout).as_str();
    assert!(report.contains("there is no file a/a/a/"), "{report}");
    assert!(
        report.lines().all(|line| line.chars().count() < 300),
        "{report}"
    );
}
