//! `site sync`, as a newsroom runs it, with a CMS that fails in every way.

mod cms;
mod faults;
#[cfg(unix)]
mod following;
mod killed;
mod posts;
mod proposing;
#[cfg(unix)]
pub(crate) mod strapi;
#[cfg(unix)]
pub(crate) mod wagtail;
#[cfg(unix)]
pub(crate) mod wordpress;

use crate::importing::{assert_checks, files, portal};
use cms::{Cms, Fault};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

/// A real CMS with an editor, whom readers follow.
pub(crate) trait Newsroom {
    /// What was published.
    type Article;
    /// Its headline in Vietnamese. The English text has “Ships come in.”
    const HEADLINE: &'static str;

    /// Starts it, with nothing in it.
    fn open() -> Self;

    /// Writes the `source.json` of a portal that follows it.
    fn configure(&self, folder: &Path);

    /// The variables in the environment of who reads it.
    fn variables(&self) -> Vec<(&'static str, &str)>;

    /// Publishes an article in Vietnamese and in English, in the section `port`, with a cover.
    fn publish(&self) -> Self::Article;

    /// Changes the headline in Vietnamese.
    fn retitle(&self, article: &Self::Article, headline: &str);

    /// Takes the English text back.
    fn withdraw(&self, article: &Self::Article);
}

/// A portal without articles.
pub(crate) fn empty_portal() -> TempDir {
    let folder = portal();
    let articles = folder.path().join("content/articles");
    fs::remove_dir_all(&articles).unwrap();
    fs::create_dir_all(&articles).unwrap();
    let path = folder.path().join("content/site.json");
    let mut site: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    site.as_object_mut().unwrap().remove("lead");
    fs::write(&path, site.to_string()).unwrap();
    folder
}

/// A portal without articles whose `source.json` names the CMS.
fn newsroom(cms: &Cms) -> TempDir {
    let folder = empty_portal();
    configure(folder.path(), &cms.address, json!({}));
    folder
}

pub(crate) fn configure(folder: &Path, address: &str, changes: Value) {
    let mut config = json!({
        "system": "strapi", "address": address, "offset": "+07:00",
        "source": {"name": "Hải Phòng", "address": "https://a.example/"},
    });
    for (key, value) in changes.as_object().unwrap() {
        config[key] = value.clone();
    }
    fs::write(folder.join("content/source.json"), config.to_string()).unwrap();
}

/// Syncs, and expects this exit code. Returns everything that was said.
pub(crate) fn sync(
    folder: &Path,
    code: i32,
    further: &[&str],
    variables: &[(&str, &str)],
) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_site"))
        .arg("sync")
        .args(further)
        .envs(variables.iter().copied())
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

/// What is written in a file of an article.
fn read(folder: &Path, file: &str) -> Value {
    let path = folder.join("content/articles").join(file);
    serde_json::from_slice(
        &fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
    )
    .unwrap()
}

#[test]
fn what_is_published_comes_changes_and_goes_with_the_cms() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    for article in ["berth", "tide"] {
        for locale in ["vi", "en"] {
            cms.publish(article, locale, 1, json!({}));
        }
    }
    let said = sync(folder, 0, &[], &[]);
    assert!(
        said.contains("2 new, 0 changed, 0 removed, 0 as before"),
        "{said}"
    );
    assert_eq!(
        read(folder, "port/berth/en.json")["headline"],
        "berth in en"
    );
    assert_eq!(
        read(folder, "port/berth/article.json")["published"],
        "2026-10-01T10:00+07:00"
    );
    assert_checks(folder);

    // Nothing changed: the list is asked for, and nothing else.
    cms.requests();
    let before = files(&folder.join("content"));
    let said = sync(folder, 0, &[], &[]);
    assert!(
        said.contains("0 new, 0 changed, 0 removed, 2 as before"),
        "{said}"
    );
    assert_eq!(cms.requests().len(), 1);
    assert!(before == files(&folder.join("content")));

    // A text changes, a name changes, a language goes, an article goes.
    cms.publish("berth", "vi", 2, json!({"title": "Bến mới"}));
    sync(folder, 0, &[], &[]);
    assert_eq!(read(folder, "port/berth/vi.json")["headline"], "Bến mới");
    cms.publish("berth", "en", 3, json!({"slug": "deep-berth"}));
    sync(folder, 0, &[], &[]);
    assert_eq!(
        read(folder, "port/deep-berth/article.json")["aliases"],
        json!(["port/berth"])
    );
    assert!(!folder.join("content/articles/port/berth").exists());
    cms.unpublish("berth", Some("vi"));
    sync(folder, 0, &[], &[]);
    assert!(
        !folder
            .join("content/articles/port/deep-berth/vi.json")
            .exists()
    );
    assert!(
        folder
            .join("content/articles/port/deep-berth/en.json")
            .exists()
    );
    cms.unpublish("tide", None);
    let said = sync(folder, 0, &[], &[]);
    assert!(said.contains("1 removed"), "{said}");
    assert!(!folder.join("content/articles/port/tide").exists());
}

#[test]
fn what_somebody_wrote_by_hand_stays() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    // An article that was here before has the name that the CMS wants.
    let own = folder.join("content/articles/port/berth");
    fs::create_dir_all(&own).unwrap();
    fs::write(own.join("vi.json"), "{}").unwrap();
    cms.publish("berth", "vi", 1, json!({}));
    cms.publish("tide", "vi", 1, json!({}));
    sync(folder, 0, &[], &[]);
    assert_eq!(fs::read(own.join("vi.json")).unwrap(), b"{}");
    assert_eq!(
        read(folder, "port/berth-2/vi.json")["headline"],
        "berth in vi"
    );

    // A synced text that was changed here is not overwritten, and said so; nor does it go.
    let changed = folder.join("content/articles/port/tide/vi.json");
    fs::write(&changed, "{\"lead\": \"mine\"}").unwrap();
    cms.publish("tide", "vi", 2, json!({}));
    let said = sync(folder, 1, &[], &[]);
    assert!(
        said.contains("port/tide: vi.json was changed here since the last sync"),
        "{said}"
    );
    cms.unpublish("tide", None);
    let said = sync(folder, 1, &[], &[]);
    assert!(
        said.contains("it stays, and is yours from now on"),
        "{said}"
    );
    assert_eq!(fs::read(&changed).unwrap(), b"{\"lead\": \"mine\"}");
    sync(folder, 0, &[], &[]);
}

#[test]
fn a_cms_that_fails_leaves_the_content_as_it_was() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    cms.publish("berth", "vi", 1, json!({}));
    cms.publish("tide", "vi", 1, json!({}));
    sync(folder, 0, &[], &[]);
    cms.publish("berth", "vi", 2, json!({"title": "new"}));
    let page = "<!doctype html><title>Log in</title>".to_owned();
    for (fault, part) in [
        (Fault::Reset, "the connection ended"),
        (
            Fault::Silent(Duration::from_secs(3)),
            "does not answer in time",
        ),
        (
            Fault::Answer(401, "", "{}".to_owned()),
            "may not be read (HTTP 401)",
        ),
        (
            Fault::Answer(404, "", "{}".to_owned()),
            "there is nothing at",
        ),
        (
            Fault::Answer(429, "Retry-After: 0\r\n", "{}".to_owned()),
            "is asked too often (HTTP 429)",
        ),
        (Fault::Answer(500, "", "{}".to_owned()), "fails (HTTP 500)"),
        (Fault::Answer(200, "", page), "a web page instead of data"),
        (
            Fault::Answer(200, "", "{\"data\": 3}".to_owned()),
            "is no list of Strapi 5",
        ),
        (
            Fault::Answer(200, "", "[3]".to_owned()),
            "is no list of Strapi 5",
        ),
        (
            Fault::Answer(200, "", " ".to_owned()),
            "answered with nothing",
        ),
        (
            Fault::Answer(200, "", list(&json!([{"title": "Bến"}]), 1)),
            "has an entry without a \"documentId\"",
        ),
        (
            Fault::Answer(200, "", list(&json!([]), 9)),
            "says that it has 9 entries, and gives 0",
        ),
        (
            Fault::Answer(302, "Location: /api/articles\r\n", String::new()),
            "it leads from one address to the next",
        ),
        (Fault::Truncated, "before the answer was whole"),
        (Fault::Bytes(33 * 1024 * 1024), "is larger than 32 MB"),
    ] {
        // Only where nothing ever comes, a second is enough to know it.
        let timeout = if matches!(fault, Fault::Silent(_)) {
            1
        } else {
            60
        };
        configure(folder, &cms.address, json!({ "timeout": timeout }));
        let before = files(&folder.join("content"));
        cms.fail(fault.clone(), 100);
        let said = sync(folder, 2, &[], &[]);
        assert!(
            said.contains(part) && said.contains("nothing was changed"),
            "{fault:?}: {said}"
        );
        assert!(said.contains("= help: "), "{said}");
        assert!(!said.contains("pagination"), "{said}");
        assert!(before == files(&folder.join("content")), "{fault:?}");
    }
    // One that is over soon is not noticed.
    cms.fail(Fault::Answer(503, "Retry-After: 0\r\n", String::new()), 2);
    sync(folder, 0, &[], &[]);
    assert_eq!(read(folder, "port/berth/vi.json")["headline"], "new");
}

/// A list of Strapi that says how many entries it has.
fn list(entries: &Value, total: usize) -> String {
    json!({"data": entries, "meta": {"pagination": {"total": total}}}).to_string()
}

#[test]
fn one_bad_entry_costs_itself_and_is_named() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    for article in ["berth", "tide", "quay"] {
        cms.publish(article, "vi", 1, json!({}));
    }
    for (shape, part) in [
        (json!({"title": 3}), "\"title\" is empty"),
        (
            json!({"published": "yesterday"}),
            "\"yesterday\" is no date",
        ),
        (
            json!({"section": {"slug": "nowhere"}}),
            "its section nowhere has no section here",
        ),
        (json!({"section": null}), "it has no section"),
    ] {
        cms.fail(Fault::Shape("tide", shape), 100);
        let said = sync(folder, 1, &["--all"], &[]);
        assert!(said.contains(part), "{said}");
        assert!(folder.join("content/articles/port/quay/vi.json").exists());
        assert!(!folder.join("content/articles/port/tide").exists());
    }
    cms.mend();
    sync(folder, 0, &["--all"], &[]);
    assert!(folder.join("content/articles/port/tide/vi.json").exists());
}

#[test]
fn what_was_left_out_is_asked_for_again_when_something_changed() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    for article in ["berth", "tide"] {
        cms.publish(article, "vi", 1, json!({}));
    }
    let nowhere = json!({"section": {"slug": "nowhere"}});
    cms.publish("quay", "vi", 1, nowhere.clone());
    let record = folder.join("content/.sync.json");
    // Whether articles are asked for, beside the list; and what is said.
    let run = |code: i32| {
        cms.requests();
        let said = sync(folder, code, &[], &[]);
        (cms.requests().len() > 1, said)
    };
    let left_out = "its section nowhere has no section here";
    let believed = "1 left out (1 as before, and not asked for again";
    let (asked, said) = run(1);
    assert!(
        asked && said.contains(left_out) && !said.contains(believed),
        "{said}"
    );
    let written = fs::read(&record).unwrap();
    let (asked, said) = run(1);
    assert!(
        !asked && said.contains(left_out) && said.contains(believed),
        "{said}"
    );
    assert_eq!(fs::read(&record).unwrap(), written);

    // Its text changes; the settings do; it is a long time ago.
    cms.publish("quay", "vi", 2, nowhere);
    assert!(run(1).0 && !run(1).0);
    let site = folder.join("content/site.json");
    let text = fs::read_to_string(&site).unwrap();
    fs::write(&site, format!("{text}\n")).unwrap();
    assert!(run(1).0 && !run(1).0);
    let mut old: Value = serde_json::from_slice(&fs::read(&record).unwrap()).unwrap();
    old["left_out"]["quay"]["asked"] = json!(0);
    fs::write(&record, old.to_string()).unwrap();
    assert!(run(1).0 && !run(1).0);
    let mapped = json!({"sections": {"nowhere": "port"}});
    configure(folder, &cms.address, mapped);
    let (_, said) = run(0);
    assert!(
        said.contains("1 new") && !said.contains("left out"),
        "{said}"
    );
    assert!(folder.join("content/articles/port/quay/vi.json").exists());

    // What somebody changed here is in the way until it is gone.
    let changed = folder.join("content/articles/port/tide/vi.json");
    let ours = fs::read(&changed).unwrap();
    fs::write(&changed, "{}").unwrap();
    cms.publish("tide", "vi", 2, json!({"title": "Triều"}));
    assert!(run(1).0);
    let (asked, said) = run(1);
    assert!(
        !asked && said.contains("vi.json was changed here"),
        "{said}"
    );
    fs::write(&changed, ours).unwrap();
    assert!(run(0).0);
    assert_eq!(read(folder, "port/tide/vi.json")["headline"], "Triều");
    assert!(!run(0).0);
}

#[test]
fn an_article_that_goes_while_the_list_is_read_takes_no_other_with_it() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    // More than Strapi gives at once.
    for number in 0..130 {
        cms.publish(&format!("berth-{number:03}"), "vi", 1, json!({}));
    }
    sync(folder, 0, &[], &[]);
    cms.leave(&["berth-007", "berth-099"]);
    let said = sync(folder, 0, &[], &[]);
    assert!(
        said.contains("0 new, 0 changed, 2 removed, 128 as before"),
        "{said}"
    );
    cms.leave(&["berth-000", "berth-001", "berth-002", "berth-003"]);
    let said = sync(folder, 2, &[], &[]);
    assert!(
        said.contains("changed while it was read") && said.contains("nothing was changed"),
        "{said}"
    );
}

#[test]
fn a_cms_that_suddenly_has_nothing_is_not_believed() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    cms.publish("berth", "vi", 1, json!({}));
    sync(folder, 0, &[], &[]);
    cms.unpublish("berth", None);
    let said = sync(folder, 2, &[], &[]);
    assert!(
        said.contains("the CMS has 0 of 1 articles: nothing was changed"),
        "{said}"
    );
    assert!(said.contains("--allow-empty"), "{said}");
    assert!(folder.join("content/articles/port/berth").exists());
    sync(folder, 0, &["--allow-empty"], &[]);
    assert!(!folder.join("content/articles/port/berth").exists());
}

#[test]
fn a_locale_that_the_portal_does_not_have_is_named_until_it_is_left_out() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    cms.publish("berth", "vi", 1, json!({}));
    cms.publish("berth", "fr", 1, json!({}));
    cms.publish("berth", "zh-CN", 1, json!({}));
    let said = sync(folder, 1, &[], &[]);
    assert!(
        said.contains("this portal has no language for the locale \"fr\" (1)"),
        "{said}"
    );
    assert!(
        folder
            .join("content/articles/port/berth/zh-Hans.json")
            .exists()
    );
    configure(folder, &cms.address, json!({"leave_out": ["fr"]}));
    sync(folder, 0, &[], &[]);
}

#[test]
fn the_token_comes_from_the_environment_and_is_never_said() {
    let cms = Cms::start();
    let newsroom = newsroom(&cms);
    let folder = newsroom.path();
    configure(folder, &cms.address, json!({"token": "CMS_TOKEN_OF_TESTS"}));
    let said = sync(folder, 2, &[], &[]);
    assert!(
        said.contains("the environment variable CMS_TOKEN_OF_TESTS is not set"),
        "{said}"
    );
    configure(folder, &cms.address, json!({"token": "9f8e7d6c5b4a"}));
    let said = sync(folder, 2, &[], &[]);
    assert!(
        said.contains("is the name of an environment variable, not the token itself"),
        "{said}"
    );
}
