//! What WordPress answers that a plain one does not: languages of plugins, lists that change, and
//! everything that can go wrong before it.

use super::cms::{Cms, Fault};
use super::{configure, empty_portal, read, sync};
use crate::importing::{assert_checks, files};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A portal without articles whose `source.json` names the CMS as a WordPress.
fn newsroom(cms: &Cms) -> TempDir {
    let folder = empty_portal();
    settle(folder.path(), cms, json!({}));
    folder
}

fn settle(folder: &Path, cms: &Cms, changes: Value) {
    let mut settings = json!({"system": "wordpress"});
    for (key, value) in changes.as_object().unwrap() {
        settings[key] = value.clone();
    }
    configure(folder, &cms.address, settings);
}

/// A post with what Polylang says of it.
fn polylang(cms: &Cms, id: u64, lang: &str, translations: Value, second: u32) {
    cms.post(
        id,
        json!({"lang": lang, "translations": translations, "modified_gmt": format!("2026-11-01T00:00:{second:02}")}),
    );
}

/// The files below a folder of the section, by name.
fn names(folder: &Path, article: &str) -> Vec<String> {
    let entries = fs::read_dir(folder.join("content/articles/port").join(article));
    let mut names: Vec<String> = entries
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn with_polylang_a_new_translation_joins_its_article_and_the_article_outlives_each_of_them() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    polylang(&cms, 5, "vi", json!({"vi": 5}), 1);
    sync(folder, 0, &[], &[]);
    assert_eq!(names(folder, "post-5"), ["article.json", "vi.json"]);

    // A translation comes; the first post goes; another translation comes to the one that is left.
    polylang(&cms, 5, "vi", json!({"vi": 5, "en": 7}), 1);
    polylang(&cms, 7, "en", json!({"vi": 5, "en": 7}), 2);
    let said = sync(folder, 0, &[], &[]);
    assert!(said.contains("0 new, 1 changed, 0 removed"), "{said}");
    assert_eq!(
        names(folder, "post-5"),
        ["article.json", "en.json", "vi.json"]
    );
    cms.delete(5);
    polylang(&cms, 7, "en", json!({"en": 7}), 2);
    sync(folder, 0, &[], &[]);
    assert_eq!(names(folder, "post-5"), ["article.json", "en.json"]);
    polylang(&cms, 7, "en", json!({"en": 7, "ko": 9}), 2);
    polylang(&cms, 9, "ko", json!({"en": 7, "ko": 9}), 3);
    let said = sync(folder, 0, &[], &[]);
    assert!(said.contains("0 new, 1 changed, 0 removed"), "{said}");
    assert_eq!(
        names(folder, "post-5"),
        ["article.json", "en.json", "ko.json"]
    );
    assert_checks(folder);
}

#[test]
fn two_articles_that_turn_out_to_be_translations_become_one_and_no_address_is_lost() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    polylang(&cms, 5, "vi", json!([]), 1);
    polylang(&cms, 7, "en", json!([]), 2);
    let said = sync(folder, 0, &[], &[]);
    assert!(said.contains("2 new"), "{said}");
    for id in [5, 7] {
        polylang(
            &cms,
            id,
            if id == 5 { "vi" } else { "en" },
            json!({"vi": 5, "en": 7}),
            3,
        );
    }
    let said = sync(folder, 0, &[], &[]);
    assert!(said.contains("0 new, 1 changed, 1 removed"), "{said}");
    assert_eq!(
        names(folder, "post-5"),
        ["article.json", "en.json", "vi.json"]
    );
    assert_eq!(
        read(folder, "port/post-5/article.json")["aliases"],
        json!(["port/post-7"])
    );
    assert_checks(folder);
    // They are torn apart again.
    polylang(&cms, 5, "vi", json!([]), 4);
    polylang(&cms, 7, "en", json!([]), 4);
    let said = sync(folder, 0, &[], &[]);
    assert!(said.contains("1 new, 1 changed, 0 removed"), "{said}");
    assert_eq!(names(folder, "post-5"), ["article.json", "vi.json"]);
    assert_checks(folder);
}

#[test]
fn wpml_is_asked_for_each_language_because_it_shows_one_at_a_time() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    for (id, locale, other) in [
        (5, "vi", json!([{"locale": "en_US", "id": 7}])),
        (7, "en_US", json!([{"locale": "vi", "id": 5}])),
        (8, "en_US", json!([])),
    ] {
        cms.post(
            id,
            json!({"wpml_current_locale": locale, "wpml_translations": other}),
        );
    }
    let said = sync(folder, 0, &[], &[]);
    assert!(said.contains("2 new"), "{said}");
    assert_eq!(
        names(folder, "post-7"),
        ["article.json", "en.json", "vi.json"]
    );
    assert_eq!(names(folder, "post-8"), ["article.json", "en.json"]);
    let said = sync(folder, 0, &[], &[]);
    assert!(said.contains("2 as before"), "{said}");
}

#[test]
fn the_language_of_a_post_is_never_guessed() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    cms.post(5, json!({}));
    let said = sync(folder, 1, &[], &[]);
    assert!(
        said.contains("5 “Post 5”") && said.contains("nothing says its language"),
        "{said}"
    );
    assert_eq!(names(folder, "post-5"), Vec::<String>::new());
    settle(folder, &cms, json!({"language": "ko"}));
    sync(folder, 0, &[], &[]);
    assert_eq!(names(folder, "post-5"), ["article.json", "ko.json"]);
    // Or a field of the post says it.
    cms.post(5, json!({"meta": {"tongue": "vi"}}));
    settle(folder, &cms, json!({"fields": {"language": "tongue"}}));
    sync(folder, 0, &[], &[]);
    assert_eq!(names(folder, "post-5"), ["article.json", "vi.json"]);
}

#[test]
fn where_the_plugin_for_languages_is_switched_off_nothing_is_taken_away() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    cms.post(5, json!({"lang": "vi"}));
    sync(folder, 0, &[], &[]);
    let before = files(&folder.join("content"));
    cms.post(5, json!({}));
    let said = sync(folder, 2, &[], &[]);
    assert!(
        said.contains("0 of 1 articles: nothing was changed")
            && said.contains("still say their language"),
        "{said}"
    );
    assert!(before == files(&folder.join("content")));
}

#[test]
fn links_between_posts_lead_to_the_articles_here_and_follow_them() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    let link = |path: &str| format!("{}/{path}", cms.address);
    let content = format!(
        "<p><a href=\"{}\">The berth</a> and <a href=\"{}\">its number</a>.</p><p><a href=\"{}\">Another</a></p>",
        link("2026/10/berth/?utm_source=a#more"),
        link("?p=7"),
        link("2026/10/gone/"),
    );
    cms.post(
        5,
        json!({"lang": "vi", "content": {"rendered": content, "protected": false}}),
    );
    let text = || read(folder, "port/post-5/vi.json").to_string();
    // The berth is not there yet: its readers stay with WordPress, and are led here when it comes.
    let said = sync(folder, 0, &[], &[]);
    assert!(!said.contains("left out"), "{said}");
    assert!(text().contains("2026/10/berth/"), "{}", text());
    cms.post(
        7,
        json!({"lang": "vi", "slug": "berth", "link": link("2026/10/berth/")}),
    );
    sync(folder, 0, &[], &[]);
    assert!(text().contains("[The berth](/port/berth/)"), "{}", text());
    cms.post(7, json!({
        "lang": "vi", "slug": "deep-berth", "link": link("2026/10/deep-berth/"), "modified_gmt": "2026-11-02T00:00:00",
    }));
    cms.post(
        5,
        json!({
            "lang": "vi", "modified_gmt": "2026-11-02T00:00:00",
            "content": {"rendered": content.replace("/berth/", "/deep-berth/"), "protected": false},
        }),
    );
    sync(folder, 0, &[], &[]);
    for led in [
        "[The berth](/port/deep-berth/)",
        "[its number](/port/deep-berth/)",
        "2026/10/gone/",
    ] {
        assert!(text().contains(led), "{led}: {}", text());
    }
    assert_checks(folder);
}

#[test]
fn a_list_that_changes_while_it_is_read_loses_nothing() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    settle(folder, &cms, json!({"language": "vi"}));
    for id in 1..=5 {
        cms.post(id, json!({}));
    }
    sync(folder, 0, &[], &[]);
    // The first one goes when its page was read: the third one moves to that page.
    cms.vanish(&[1]);
    let said = sync(folder, 0, &[], &[]);
    assert!(
        said.contains("0 new, 0 changed, 1 removed, 4 as before"),
        "{said}"
    );
    // With this one, the last page goes too.
    cms.delete(2);
    cms.vanish(&[3]);
    let said = sync(folder, 0, &[], &[]);
    assert!(
        said.contains("0 new, 0 changed, 2 removed, 2 as before"),
        "{said}"
    );
    for id in 10..=20 {
        cms.post(id, json!({}));
    }
    cms.vanish(&[10, 11, 12, 13, 14]);
    let said = sync(folder, 2, &[], &[]);
    assert!(
        said.contains("changed while it was read") && said.contains("nothing was changed"),
        "{said}"
    );
}

#[test]
fn what_stands_before_wordpress_or_in_its_place_is_named() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    cms.post(5, json!({"lang": "vi"}));
    cms.post(6, json!({"lang": "vi"}));
    sync(folder, 0, &[], &[]);
    cms.post(5, json!({"lang": "vi", "title": {"rendered": "new"}}));
    let refusal = |status: u16, code: &str| {
        let body = json!({"code": code, "message": "You &#8220;may&#8221; not.", "data": {"status": status}});
        Fault::Answer(status, "", body.to_string())
    };
    let page = |words: &str| format!("<!doctype html><title>A</title>{words}");
    for (fault, part, help) in [
        (
            refusal(401, "rest_not_logged_in"),
            "refuses to be read: You “may” not.",
            "application password",
        ),
        (
            refusal(404, "rest_no_route"),
            "has no \"posts\" in its REST interface",
            "show_in_rest",
        ),
        (
            refusal(400, "rest_invalid_param"),
            "does not answer the question for posts",
            "\"fields\"",
        ),
        (
            Fault::Answer(403, "", page("Blocked")),
            "it is not WordPress that says so",
            "a firewall",
        ),
        (
            Fault::Answer(404, "", page("")),
            "there is no REST interface of WordPress",
            "Settings, General",
        ),
        (
            Fault::Answer(200, "", page("")),
            "a web page instead of data",
            "switched the REST interface off",
        ),
        (
            Fault::Answer(
                200,
                "",
                page("<form action=wp-login.php><input name=\"log\">"),
            ),
            "the page to log in",
            "/wp-json/",
        ),
        (
            Fault::Answer(
                200,
                "",
                "<br />\n<b>Warning</b>:  Undefined variable $a in <b>/srv/b.php</b><br />\n[]"
                    .to_owned(),
            ),
            "a message of PHP before the data: Warning: Undefined variable $a in /srv/b.php",
            "WP_DEBUG_DISPLAY",
        ),
        (
            Fault::Answer(200, "", "{\"data\": 3}".to_owned()),
            "has no list of posts",
            "\"address\"",
        ),
        (
            Fault::Answer(500, "", page("There has been a critical error")),
            "fails (HTTP 500)",
            "its log",
        ),
        (Fault::Reset, "cannot be read", "whether the CMS runs"),
        (Fault::Truncated, "cannot be read", "whether the CMS runs"),
    ] {
        let before = files(&folder.join("content"));
        cms.fail(fault.clone(), 100);
        let said = sync(folder, 2, &[], &[]);
        assert!(
            said.contains(part) && said.contains("nothing was changed"),
            "{fault:?}: {said}"
        );
        assert!(
            said.split_once("= help: ")
                .is_some_and(|(_, said)| said.contains(help)),
            "{said}"
        );
        assert!(before == files(&folder.join("content")), "{fault:?}");
    }
    // Maintenance is over soon, and the mark that some editors of PHP files leave is no part of the
    // data.
    cms.fail(Fault::Answer(503, "Retry-After: 0\r\n", String::new()), 2);
    sync(folder, 0, &[], &[]);
    assert_eq!(read(folder, "port/post-5/vi.json")["headline"], "new");
    cms.fail(
        Fault::Answer(200, "", format!("\u{feff}{}", cms.posts())),
        100,
    );
    sync(folder, 0, &["--all"], &[]);
}

#[test]
fn a_token_is_a_user_with_a_password_and_one_that_may_not_edit_will_do() {
    const TOKEN: &str = "WORDPRESS_TOKEN_OF_READERS";
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    settle(folder, &cms, json!({"language": "vi", "token": TOKEN}));
    cms.post(5, json!({}));
    let said = sync(folder, 2, &[], &[(TOKEN, "abcd efgh")]);
    assert!(
        said.contains("does not hold a user and a password"),
        "{said}"
    );
    assert!(!said.contains("abcd"), "{said}");
    sync(folder, 0, &[], &[(TOKEN, "an:abcd efgh")]);
    assert_eq!(read(folder, "port/post-5/vi.json")["lead"], "A lead.");
    // An author sees the own posts as editors do, and those of others as everybody does.
    cms.let_edit();
    cms.post(
        6,
        json!({"excerpt": {"raw": "A word.", "rendered": "<p>A word.</p>"}}),
    );
    cms.post(7, json!({"author": 2}));
    let said = sync(folder, 0, &["--all"], &[(TOKEN, "an:abcd efgh")]);
    assert!(said.contains("2 new, 1 changed"), "{said}");
    assert_eq!(read(folder, "port/post-6/vi.json")["lead"], "A word.");
    assert_eq!(read(folder, "port/post-7/vi.json")["lead"], "A lead.");
    for (code, part) in [
        ("incorrect_password", "refuses the token"),
        ("rest_forbidden_context", "does not accept the token"),
    ] {
        let body = json!({"code": code, "message": "No.", "data": {"status": 401}});
        cms.fail(Fault::Answer(401, "", body.to_string()), 100);
        let said = sync(folder, 2, &["--all"], &[(TOKEN, "an:abcd efgh")]);
        assert!(said.contains(part) && !said.contains("abcd"), "{said}");
    }
}
