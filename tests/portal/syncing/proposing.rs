//! `site sync --propose`: a `source.json` of what the CMS has.

use super::cms::{Cms, Fault};
use super::{configure, empty_portal, read, sync};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// What is written in `source.json`.
fn source(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("content/source.json")).unwrap()).unwrap()
}

/// A CMS whose fields have other names than ours.
fn cms() -> Cms {
    let cms = Cms::start();
    let other = |section: Value| {
        json!({"body": null, "content": "A *text*.", "category": section, "section": null, "seo": {"id": 1},
            "tags": [{"slug": "doi-tac", "name": "Đối tác"}]})
    };
    cms.publish(
        "berth",
        "vi",
        1,
        other(json!({"slug": "port", "name": "Cảng"})),
    );
    cms.publish(
        "berth",
        "fr",
        1,
        other(json!({"slug": "port", "name": "Port"})),
    );
    cms.publish(
        "tide",
        "vi",
        1,
        other(json!({"slug": "tin-khac", "name": "Tin khác"})),
    );
    cms.publish("quay", "vi", 1, other(Value::Null));
    cms
}

fn first<'a>(cms: &'a Cms, further: &[&'a str]) -> Vec<&'a str> {
    let own = ["--propose", "--system", "strapi", "--address", &cms.address];
    own.into_iter().chain(further.iter().copied()).collect()
}

#[test]
fn a_proposal_is_complete_but_for_what_only_a_person_can_decide() {
    let cms = cms();
    let newsroom = empty_portal();
    let folder = newsroom.path();
    let said = sync(folder, 1, &first(&cms, &["--dry-run"]), &[]);
    assert!(said.contains("save it, where you agree"), "{said}");
    assert!(!folder.join("content/source.json").exists());

    let said = sync(folder, 1, &first(&cms, &[]), &[]);
    for part in [
        "  leave_out  The locales whose texts are left out",
        "- 3 texts in the locale \"vi\"",
        "- this portal has no language for 1 text in the locale \"fr\"",
        "- the field \"content\", which seems to be \"body\"",
        "- these fields of the CMS are not carried over: seo",
        "- no section is chosen for \"tin-khac\" yet",
        "- no section is chosen for articles without a section yet",
        "- the source needs a name, on one line",
        "content/source.json was written",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(
        source(folder),
        json!({
            "system": "strapi", "address": cms.address, "offset": "+07:00",
            "source": {"name": "", "address": "https://"}, "languages": {"vi": "vi"}, "leave_out": ["fr"],
            "fields": {"body": "content", "section": "category"},
            "sections": {"port": "port", "tin-khac": ""}, "others": "", "tags": {"doi-tac": ""},
        })
    );
    // What is open stops a sync, at its place.
    let said = sync(folder, 2, &[], &[]);
    assert!(
        said.contains("no section is chosen for \"tin-khac\" yet"),
        "{said}"
    );
    assert!(
        said.contains("write one of site.json's sections: "),
        "{said}"
    );
    assert!(
        said.contains("source.json has mistakes: nothing was changed"),
        "{said}"
    );

    // Completed, it is a configuration.
    let mut complete = source(folder);
    complete["source"] = json!({"name": "Hải Phòng", "address": "https://a.example/"});
    for place in ["/sections/tin-khac", "/others"] {
        *complete.pointer_mut(place).unwrap() = json!("port");
    }
    complete["tags"]["doi-tac"] = json!("-");
    fs::write(folder.join("content/source.json"), complete.to_string()).unwrap();
    let said = sync(folder, 0, &[], &[]);
    assert!(said.contains("3 new"), "{said}");
    assert_eq!(
        read(folder, "port/quay/vi.json")["body"],
        json!([{"paragraph": "A *text*."}])
    );
}

#[test]
fn a_second_proposal_has_only_what_is_new_and_changes_nothing() {
    let cms = cms();
    let newsroom = empty_portal();
    let folder = newsroom.path();
    let decided = json!({
        "leave_out": ["fr"], "fields": {"body": "content", "section": "category"},
        "sections": {"tin-khac": "port"}, "others": "port", "tags": {"doi-tac": "-"},
    });
    configure(folder, &cms.address, decided);
    let before = source(folder);
    let said = sync(folder, 0, &["--propose"], &[]);
    assert!(said.contains("there is nothing to propose"), "{said}");
    cms.publish(
        "isle",
        "vi",
        1,
        json!({"category": {"slug": "dao", "name": "Đảo"}, "content": "x", "body": null}),
    );
    let said = sync(folder, 1, &["--propose"], &[]);
    assert!(said.contains("- the section \"dao\" (Đảo)"), "{said}");
    let (_, text) = said.split_once("where you agree:").unwrap();
    let proposed: Value = serde_json::from_str(text).unwrap();
    let mut expected = before.clone();
    expected["sections"]["dao"] = json!("");
    assert_eq!(proposed, expected);
    assert_eq!(source(folder), before);
}

#[test]
fn a_field_that_is_not_there_costs_no_article_its_text_without_a_word() {
    let cms = cms();
    let newsroom = empty_portal();
    let folder = newsroom.path();
    let wrong = |fields: Value, part: &str| {
        let config = json!({"leave_out": ["fr"], "fields": fields, "others": "port", "tags": {"doi-tac": "-"}});
        configure(folder, &cms.address, config);
        let said = sync(folder, 1, &[], &[]);
        assert!(said.contains(part), "{part} is not in {said}");
    };
    let part = "does not show its field \"blocks\"";
    wrong(json!({"body": "blocks", "section": "category"}), part);
    assert!(!folder.join("content/articles/port/quay").exists());
    let part = "does not show the field \"rubric\"";
    wrong(json!({"body": "content", "section": "rubric"}), part);
    let text = json!([{"paragraph": "A *text*."}]);
    assert_eq!(read(folder, "port/quay/vi.json")["body"], text);
}

#[test]
fn where_the_cms_cannot_be_asked_nothing_is_written() {
    let cms = cms();
    let newsroom = empty_portal();
    let folder = newsroom.path();
    let said = sync(folder, 2, &["--propose"], &[]);
    assert!(said.contains("--system strapi --address"), "{said}");
    for (fault, part) in [
        (
            Fault::Answer(403, "", "{}".to_owned()),
            "may not be read (HTTP 403)",
        ),
        (
            Fault::Answer(404, "", "{}".to_owned()),
            "there is nothing at",
        ),
        (
            Fault::Answer(200, "", "{}".to_owned()),
            "is no list of Strapi 5",
        ),
    ] {
        cms.fail(fault, 100);
        let said = sync(folder, 2, &first(&cms, &[]), &[]);
        assert!(said.contains(part), "{said}");
    }
    cms.mend();
    let token = ["--token-variable", "9f8e7d6c5b4a"];
    let said = sync(folder, 2, &first(&cms, &token), &[]);
    assert!(said.contains("not the token itself"), "{said}");
    assert!(!folder.join("content/source.json").exists());
    configure(folder, &cms.address, json!({}));
    let said = sync(folder, 2, &first(&cms, &[]), &[]);
    assert!(said.contains("says already where the CMS is"), "{said}");
}
