//! What publishing says before it is done, and notices that do not wait for other content.

use super::{Desk, VERSION, desk, wait};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Publishes all of it, or the notices alone, and waits for what becomes of it.
fn publish(desk: &Desk, what: &str) -> Value {
    desk.wish("publish", &json!({ "what": what }));
    wait("it is published", || {
        let progress = desk.ask("publish");
        (progress["running"] == false).then(|| progress["outcome"].clone())
    })
}

fn plan(desk: &Desk, wish: &Value) -> Value {
    let answer = desk.wish("plan", wish);
    assert_eq!(answer["kind"], "plan", "{answer}");
    answer["plan"].clone()
}

/// The articles of a plan: what becomes of each, its language, and its title.
fn articles(plan: &Value) -> Vec<String> {
    let first = plan["articles"]["first"].as_array().unwrap();
    let line = |article: &Value| {
        ["kind", "lang", "title"].map(|key| article[key].as_str().unwrap().to_owned())
    };
    first
        .iter()
        .map(|article| line(article).join(" "))
        .collect()
}

fn page(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join("site").join(path).join("index.html")).unwrap()
}

#[test]
fn what_would_be_new_is_said_before_it_is_published() {
    let (folder, desk) = desk();
    let first = plan(&desk, &json!({}));
    assert_eq!(first["is_first"], true, "{first}");
    assert!(
        !folder.path().join("site").exists(),
        "a plan writes nothing"
    );
    assert_eq!(publish(&desk, "everything")["kind"], "published");
    let same = plan(&desk, &json!({}));
    for part in ["articles", "along", "lists", "standing", "feeds", "cards"] {
        assert_eq!(same[part]["all"], 0, "{part}: {same}");
    }
    let document = desk.show(VERSION);
    let edits = json!([{ "do": "set", "at": "/headline", "value": "Cảng mới" }]);
    desk.edit(&document, &edits);
    let unsaved = plan(&desk, &json!({}));
    assert_eq!(articles(&unsaved), Vec::<String>::new(), "{unsaved}");
    let changed = plan(&desk, &json!({ "save": [VERSION] }));
    assert_eq!(articles(&changed), ["changed vi Cảng mới"], "{changed}");
    let lists = &changed["lists"]["first"];
    for list in ["vi/", "vi/port/"] {
        assert!(lists.as_array().unwrap().contains(&json!(list)), "{lists}");
    }
    assert!(!lists.to_string().contains("en/"), "{lists}");
    assert_eq!(
        changed["articles"]["first"][0]["page"],
        "vi/port/deep-water-port/"
    );
    assert!(changed["feeds"]["all"].as_u64().unwrap() > 0, "{changed}");
    // A draft is none of it, unless it is freed.
    let wish = json!({ "section": "port", "slug": "cau", "lang": "vi", "title": "Cầu" });
    let new = desk.wish("new", &wish)["document"].take();
    let edits = json!([{ "do": "set", "at": "/lead", "value": "Cầu." }, { "do": "set", "at": "/body/0/paragraph", "value": "Cầu." }]);
    desk.edit(&new, &edits);
    let both = ["articles/port/cau/vi", "articles/port/cau/article"];
    assert_eq!(
        articles(&plan(&desk, &json!({ "save": both }))),
        Vec::<String>::new()
    );
    let freed = plan(&desk, &json!({ "save": both, "free": both }));
    assert_eq!(articles(&freed), ["new vi Cầu"], "{freed}");
    // What is no more is said, too.
    fs::remove_file(folder.path().join(format!("content/{VERSION}.json"))).unwrap();
    let gone = plan(&desk, &json!({}));
    assert!(articles(&gone)[0].starts_with("gone vi "), "{gone}");
}

#[test]
fn a_plan_names_the_mistakes_that_are_in_the_way() {
    let (_folder, desk) = desk();
    let document = desk.show(VERSION);
    desk.edit(
        &document,
        &json!([{ "do": "set", "at": "/lead", "value": "see [this](/port/nothing/)" }]),
    );
    let refused = desk.wish("plan", &json!({ "save": [VERSION] }));
    assert_eq!(refused["kind"], "refused", "{refused}");
    assert_eq!(refused["remarks"][0]["place"], VERSION);
    assert_eq!(desk.wish("plan", &json!({}))["kind"], "plan");
}

#[test]
fn a_notice_does_not_wait_for_other_content() {
    let (folder, desk) = desk();
    assert_eq!(desk.ask("publish")["can_alone"], false);
    assert_eq!(publish(&desk, "everything")["what"], "everything");
    assert_eq!(desk.ask("publish")["can_alone"], true);
    let before = page(folder.path(), "vi/port/deep-water-port");
    // Somebody has saved a text with a mistake, and another setting.
    let document = desk.show(VERSION);
    let edits = json!([{ "do": "set", "at": "/lead", "value": "Bão ở [đây](/port/nothing/)" }]);
    desk.save(&desk.edit(&document, &edits));
    let slogan = "Một khẩu hiệu khác";
    let langs = ["vi", "en", "ko", "ja", "zh-Hans"];
    let texts: Value = langs
        .map(|lang| (lang.to_owned(), json!("Storm")))
        .into_iter()
        .collect::<serde_json::Map<_, _>>()
        .into();
    let notice = json!({ "slug": "storm", "level": "emergency", "texts": texts, "published": "2026-05-13T08:30+07:00" });
    let site = desk.show("site");
    let site = desk.edit(
        &site,
        &json!([
            { "do": "set", "at": "/notices", "value": [notice] },
            { "do": "set", "at": "/slogans/vi", "value": slogan },
        ]),
    );
    desk.save(&site);
    assert_eq!(publish(&desk, "everything")["kind"], "refused");
    let outcome = publish(&desk, "notices");
    assert_eq!(
        (&outcome["kind"], &outcome["what"]),
        (&json!("published"), &json!("notices")),
        "{outcome}"
    );
    let after = page(folder.path(), "vi/port/deep-water-port");
    assert!(after.contains("Storm") && !before.contains("Storm"));
    assert!(
        !after.contains("Bão ở") && !after.contains(slogan),
        "nothing else is published"
    );
    // A notice with a mistake is published no more than anything else.
    let site = desk.show("site");
    desk.save(&desk.edit(
        &site,
        &json!([{ "do": "remove", "at": "/notices/0/texts/ko" }]),
    ));
    let refused = publish(&desk, "notices");
    assert_eq!(refused["kind"], "refused", "{refused}");
    assert_eq!(refused["remarks"][0]["place"], "site");
    let site = desk.show("site");
    desk.save(&desk.edit(&site, &json!([{ "do": "remove", "at": "/notices" }])));
    assert_eq!(publish(&desk, "notices")["kind"], "published");
    assert!(!page(folder.path(), "vi/port/deep-water-port").contains("Storm"));
    // What somebody else has put there is no ground to build on.
    let mark = folder.path().join("site/.portal-site");
    let text = fs::read(&mark).unwrap();
    fs::remove_file(&mark).unwrap();
    fs::write(&mark, text).unwrap();
    assert_eq!(desk.ask("publish")["can_alone"], false);
    assert_eq!(publish(&desk, "notices")["kind"], "failed");
}
