//! What is not published yet: drafts, drafts of one language, and articles whose time is still to come.

use crate::build::{build, project};
use crate::check::text;
use std::fs;
use std::path::Path;

/// Adds an article with these keys in `article.json`, and a paragraph.
fn write(folder: &Path, slug: &str, facts: &str, paragraph: &str) {
    let article = folder.join("content/articles/port").join(slug);
    fs::create_dir_all(&article).unwrap();
    let source = r#""source": { "name": "a", "address": "https://a.example/" }"#;
    fs::write(article.join("article.json"), format!("{{ {facts}, {source} }}\n")).unwrap();
    let body = format!(r#"{{ "headline": "{slug}", "lead": "a", "body": [{{ "paragraph": "{paragraph}" }}] }}"#);
    fs::write(article.join("en.json"), body + "\n").unwrap();
}

/// Whether a built site has an article, by its page, its section's list and its own document.
fn has(folder: &Path, slug: &str) -> bool {
    let page = folder.join("site/en/port").join(slug).join("index.html").is_file();
    let listed = fs::read_to_string(folder.join("site/en/port/index.json")).unwrap().contains(&format!("\"{slug}\""));
    assert_eq!(page, listed, "{slug} is on one of the page and the list");
    page
}

fn built(folder: &Path, further: &[&str]) {
    let output = build(folder, &[further, &["--no-compression"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}{}", text(&output.stdout), text(&output.stderr));
}

#[test]
fn drafts_are_built_only_where_they_are_asked_for() {
    let folder = project();
    let folder = folder.path();
    write(folder, "new-crane", r#""published": "2014-10-01T08:00+07:00", "draft": true"#, "a");
    built(folder, &[]);
    assert!(!has(folder, "new-crane") && has(folder, "deep-water-port"));
    built(folder, &["--drafts"]);
    assert!(has(folder, "new-crane"));
    built(folder, &[]);
    assert!(!has(folder, "new-crane"));
}

#[test]
fn a_language_that_is_a_draft_is_not_there() {
    let folder = project();
    let folder = folder.path();
    let english = folder.join("content/articles/port/deep-water-port/en.json");
    let words = fs::read_to_string(&english).unwrap();
    fs::write(&english, words.replacen('{', "{\n  \"draft\": true,", 1)).unwrap();
    let headline = |folder: &Path| {
        let page = folder.join("site/en/port/deep-water-port/index.json");
        fs::read_to_string(page).unwrap().contains("Deep-water port receives its largest ship")
    };
    built(folder, &[]);
    assert!(!headline(folder));
    built(folder, &["--drafts"]);
    assert!(headline(folder));
}

#[test]
fn an_article_is_built_from_its_time_on() {
    let folder = project();
    let folder = folder.path();
    write(folder, "next-ship", r#""published": "2014-10-01T08:00+07:00""#, "a");
    write(folder, "far-ahead", r#""published": "9999-10-01T08:00+07:00""#, "a");
    for (as_of, there) in [("2014-10-01T07:59+07:00", false), ("2014-10-01T01:00Z", true), ("2014-10-01", true)] {
        built(folder, &["--as-of", as_of]);
        assert_eq!(has(folder, "next-ship"), there, "{as_of}");
    }
    // The machine's clock is behind the year 9999.
    built(folder, &[]);
    assert!(has(folder, "next-ship") && !has(folder, "far-ahead"));
}

#[test]
fn no_page_links_to_what_is_not_there_yet() {
    let folder = project();
    let folder = folder.path();
    write(
        folder,
        "new-crane",
        r#""published": "2014-10-01T08:00+07:00", "draft": true"#,
        "See [more](/port/next-ship/).",
    );
    write(folder, "next-ship", r#""published": "2014-11-01T08:00+07:00""#, "a");
    // A draft may link to what comes later: it is not there either.
    built(folder, &["--as-of", "2014-10-15"]);
    let refused = build(folder, &["--drafts", "--as-of", "2014-10-15"]);
    let report = text(&refused.stdout);
    assert_eq!(refused.status.code(), Some(1), "{report}");
    assert!(
        report.contains("error: the article at \"/port/next-ship/\" is a draft, or not published yet\n"),
        "{report}"
    );
    assert!(report.contains("--> content/articles/port/new-crane/en.json:1:"), "{report}");
    built(folder, &["--drafts", "--as-of", "2014-11-01"]);
}

#[test]
fn warnings_are_counted_and_stop_no_build() {
    let folder = project();
    let folder = folder.path();
    let english = folder.join("content/articles/port/deep-water-port/en.json");
    let words = fs::read_to_string(&english).unwrap();
    fs::write(&english, words.replacen('{', "{\n  \"translated_from\": \"0123456789\",", 1)).unwrap();
    for _ in 0..2 {
        let output = build(folder, &["--no-compression"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        // Also the second time, when most is remembered.
        assert!(text(&output.stdout).ends_with("1 warning: `site check` shows what they are\n"));
    }
}
