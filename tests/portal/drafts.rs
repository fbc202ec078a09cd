//! Unpublished content: drafts, drafts of one language, and articles with a later time of
//! publication.

use crate::build::{build, project};
use crate::check::text;
use std::fs;
use std::path::Path;

/// Adds an English article with these keys in `article.json` and one paragraph.
fn write(folder: &Path, slug: &str, facts: &str, paragraph: &str) {
    let article = folder.join("content/articles/port").join(slug);
    fs::create_dir_all(&article).unwrap();
    let source = r#""source": { "name": "a", "address": "https://a.example/" }"#;
    fs::write(
        article.join("article.json"),
        format!("{{ {facts}, {source} }}\n"),
    )
    .unwrap();
    let body = format!(
        r#"{{ "headline": "{slug}", "lead": "a", "body": [{{ "paragraph": "{paragraph}" }}] }}"#
    );
    fs::write(article.join("en.json"), body + "\n").unwrap();
}

/// Whether a built site has an article. Its page and its section's list must agree.
fn has(folder: &Path, slug: &str) -> bool {
    let page = folder
        .join("site/en/port")
        .join(slug)
        .join("index.html")
        .is_file();
    let listed = fs::read_to_string(folder.join("site/en/port/index.json"))
        .unwrap()
        .contains(&format!("\"{slug}\""));
    assert_eq!(page, listed, "{slug} is on one of the page and the list");
    page
}

fn built(folder: &Path, further: &[&str]) {
    let output = build(folder, &[further, &["--no-compression"]].concat());
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
}

#[test]
fn drafts_are_built_only_where_they_are_asked_for() {
    let folder = project();
    let folder = folder.path();
    write(
        folder,
        "new-crane",
        r#""published": "2014-10-01T08:00+07:00", "draft": true"#,
        "a",
    );
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
        fs::read_to_string(page)
            .unwrap()
            .contains("Deep-water port receives its largest ship")
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
    write(
        folder,
        "next-ship",
        r#""published": "2014-10-01T08:00+07:00""#,
        "a",
    );
    write(
        folder,
        "far-ahead",
        r#""published": "9999-10-01T08:00+07:00""#,
        "a",
    );
    for (as_of, there) in [
        ("2014-10-01T07:59+07:00", false),
        ("2014-10-01T01:00Z", true),
        ("2014-10-01", true),
    ] {
        built(folder, &["--as-of", as_of]);
        assert_eq!(has(folder, "next-ship"), there, "{as_of}");
    }
    // Without `--as-of` the machine's clock counts.
    built(folder, &[]);
    assert!(has(folder, "next-ship") && !has(folder, "far-ahead"));
}

/// The ids of the notices on a page. The feeds of the same language must have the same ones.
fn notices(folder: &Path) -> Vec<String> {
    let page = crate::tree::page(&fs::read_to_string(folder.join("site/ko/index.html")).unwrap());
    let regions = page.named("section").into_iter();
    let regions =
        regions.filter(|section| section.attribute("class").as_deref() == Some("notices"));
    let on_page: Vec<String> = regions
        .flat_map(|region| region.named("li"))
        .filter_map(|notice| notice.attribute("id"))
        .collect();
    for feed in [
        "site/ko/feed.xml",
        "site/ko/feed.json",
        "site/ko/port/feed.xml",
        "site/ko/port/feed.json",
    ] {
        let feed = fs::read_to_string(folder.join(feed)).unwrap();
        for id in ["notice-hours", "notice-storm"] {
            let told = feed.contains(&format!("https://portal.example/ko/#{id}"));
            assert_eq!(
                told,
                on_page.iter().any(|known| known == id),
                "{id} in {feed}"
            );
        }
    }
    on_page
}

#[test]
fn a_notice_is_on_every_page_and_in_every_feed_from_its_publication_until_it_is_over() {
    let folder = project();
    let folder = folder.path();
    let site = folder.join("content/site.json");
    let text = fs::read_to_string(&site).unwrap();
    let texts =
        r#"{ "vi": "Bão.", "en": "Storm.", "ko": "태풍.", "ja": "台風。", "zh-Hans": "台风。" }"#;
    let notice = |slug: &str, level: &str, times: &str| {
        format!(r#"{{ "slug": "{slug}", "level": "{level}", "texts": {texts}, {times} }}"#)
    };
    let hours = notice(
        "hours",
        "information",
        r#""published": "2014-10-01T08:00+07:00""#,
    );
    let times = r#""published": "2014-10-02T08:00+07:00", "until": "2014-10-03T18:00+07:00""#;
    let storm = notice("storm", "emergency", times);
    fs::write(
        &site,
        text.replacen('{', &format!("{{ \"notices\": [{hours}, {storm}],"), 1),
    )
    .unwrap();
    for (as_of, there) in [
        ("2014-10-01T07:59+07:00", vec![]),
        ("2014-10-01T08:00+07:00", vec!["notice-hours"]),
        ("2014-10-02T01:00Z", vec!["notice-storm", "notice-hours"]),
        (
            "2014-10-03T17:59+07:00",
            vec!["notice-storm", "notice-hours"],
        ),
        ("2014-10-03T18:00+07:00", vec!["notice-hours"]),
    ] {
        // Each build continues from the last one: an expired notice disappears even from pages
        // without another change.
        built(folder, &["--as-of", as_of]);
        assert_eq!(notices(folder), there, "{as_of}");
    }
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
    write(
        folder,
        "next-ship",
        r#""published": "2014-11-01T08:00+07:00""#,
        "a",
    );
    // A draft may link to a later article: the draft is not built either.
    built(folder, &["--as-of", "2014-10-15"]);
    let refused = build(folder, &["--drafts", "--as-of", "2014-10-15"]);
    let report = text(&refused.stdout);
    assert_eq!(refused.status.code(), Some(1), "{report}");
    assert!(
        report.contains(
            "error: the article at \"/port/next-ship/\" is a draft, or not published yet\n"
        ),
        "{report}"
    );
    assert!(
        report.contains("--> content/articles/port/new-crane/en.json:1:"),
        "{report}"
    );
    built(folder, &["--drafts", "--as-of", "2014-11-01"]);
}

#[test]
fn warnings_are_counted_and_stop_no_build() {
    let folder = project();
    let folder = folder.path();
    let english = folder.join("content/articles/port/deep-water-port/en.json");
    let words = fs::read_to_string(&english).unwrap();
    fs::write(
        &english,
        words.replacen('{', "{\n  \"translated_from\": \"0123456789\",", 1),
    )
    .unwrap();
    for _ in 0..2 {
        let output = build(folder, &["--no-compression"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        // Also in the second build, when most is cached.
        assert!(text(&output.stdout).ends_with("1 warning: `site check` shows what they are\n"));
    }
}
