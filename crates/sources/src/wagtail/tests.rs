use super::*;
use crate::client::Timeouts;
use serde_json::json;

/// Runs something with a library that has a picture, a document and a page.
pub(super) fn with_library<T>(run: impl Fn(&Library<'_>, &mut Vec<Loss>) -> T) -> (T, Vec<Loss>) {
    let client = Client::new("https://a.example", None, Timeouts::of(1));
    let article = Target {
        title: "Bến".to_owned(),
        address: "https://a.example/vi/port/x/".to_owned(),
    };
    let pages = BTreeMap::from([(3, article)]);
    let answers = Answers::default();
    for (kind, id, answer) in [
        (
            "images",
            1,
            Some(json!({"id": 1, "title": "Tàu", "meta": {"download_url": "/media/cang.jpg"}})),
        ),
        (
            "documents",
            9,
            Some(
                json!({"id": 9, "title": "Kế hoạch", "meta": {"download_url": "https://a.example/documents/9/plan.pdf"}}),
            ),
        ),
        (
            "pages",
            4,
            Some(json!({"id": 4, "title": "Giới thiệu", "meta": {"html_url": "/vi/about/"}})),
        ),
        ("images", 77, None),
        ("documents", 77, None),
        ("pages", 77, None),
    ] {
        answers.borrow_mut().insert((kind, id), answer);
    }
    let library = Library {
        client: &client,
        api: "/api/v2",
        address: "https://a.example",
        pages: &pages,
        answers: &answers,
        failure: RefCell::default(),
    };
    let mut losses = Vec::new();
    let made = run(&library, &mut losses);
    assert_eq!(library.failure.take(), None);
    (made, losses)
}

fn article() -> Value {
    json!({
        "id": 5, "title": "A & B", "translation_key": "k", "last_published_at": "2026-01-02T00:00:00+07:00",
        "meta": {"locale": "vi", "slug": "a-b", "alias_of": null, "first_published_at": "2026-01-01T00:00:00+07:00",
            "html_url": "https://a.example/vi/port/a-b/"},
        "lead": "Một\nhai", "body": [{"type": "paragraph", "value": "<p>x</p>", "id": "1"}],
        "section": null, "tags": ["sea", "Thương mại"], "author": [{"id": 1, "name": "An"}, {"id": 2, "name": "Bình"}],
        "cover": {"id": 1, "title": "cang", "description": "Cảng", "meta": {"download_url": "/media/cang.jpg"}}, "views": 7,
    })
}

fn read(item: &Value) -> Result<Entry, String> {
    with_library(|library, _| entry_of(item, &Fields::default(), library)).0
}

#[test]
fn a_text_is_read_with_what_stands_beside_it() {
    let entry = read(&article()).unwrap();
    assert_eq!(
        (entry.title.as_str(), entry.slug.as_str()),
        ("A &amp; B", "a-b")
    );
    assert_eq!(
        (entry.lead.as_str(), entry.body.as_str()),
        ("<p>Một<br>hai</p>", "<p>x</p>")
    );
    assert_eq!(entry.section.as_deref(), Some("port"));
    assert_eq!(entry.tags, ["sea", "Thương mại"]);
    assert_eq!(
        (entry.author.as_deref(), entry.views),
        (Some("An, Bình"), 7)
    );
    assert_eq!(entry.published, "2026-01-01T00:00:00+07:00");
    assert_eq!(entry.modified, "2026-01-02T00:00:00+07:00");
    let cover = entry.cover.unwrap();
    assert_eq!(
        (cover.address.as_str(), cover.alternative.as_str()),
        ("https://a.example/media/cang.jpg", "Cảng")
    );
    assert_eq!(entry.losses, []);
}

#[test]
fn a_section_is_a_field_or_else_the_page_above() {
    for (section, address, expected) in [
        (
            json!({"id": 1, "slug": "trade", "name": "Trade"}),
            "https://a.example/vi/port/a/",
            Some("trade"),
        ),
        (
            json!({"id": 1, "title": "Page", "meta": {"slug": "page"}}),
            "https://a.example/vi/port/a/",
            Some("page"),
        ),
        (
            json!([{"name": "First"}, {"name": "Second"}]),
            "https://a.example/vi/port/a/",
            Some("First"),
        ),
        (json!("word"), "https://a.example/vi/port/a/", Some("word")),
        (
            json!({"id": 1, "meta": {}}),
            "https://a.example/vi/port/a/",
            Some("port"),
        ),
        (Value::Null, "https://a.example/port/a/", Some("port")),
        (Value::Null, "https://a.example/vi/a/", None),
        (Value::Null, "https://a.example/a/", None),
        (Value::Null, "https://a.example/", None),
    ] {
        let mut item = article();
        item["section"] = section.clone();
        item["meta"]["html_url"] = json!(address);
        assert_eq!(
            read(&item).unwrap().section.as_deref(),
            expected,
            "{section} {address}"
        );
    }
    let mut item = article();
    item["meta"]["html_url"] = Value::Null;
    assert_eq!(read(&item).unwrap().section, None);
}

#[test]
fn what_is_no_text_says_why() {
    for (change, part) in [
        (json!({"title": 3}), "\"title\" is empty, or no text"),
        (json!({"meta": {"slug": "a"}}), "no date"),
    ] {
        let mut item = article();
        for (key, value) in change.as_object().unwrap() {
            item[key] = value.clone();
        }
        let why = read(&item).unwrap_err();
        assert!(why.contains(part), "{why}");
    }
    let mut item = article();
    item.as_object_mut().unwrap().remove("body");
    let why = read(&item).unwrap_err();
    assert!(why.contains("add it to api_fields"), "{why}");
}

#[test]
fn a_cover_without_a_file_is_named() {
    let mut item = article();
    item["cover"] = json!({"id": 1, "meta": {"type": "wagtailimages.Image"}});
    let entry = read(&item).unwrap();
    assert_eq!(entry.cover, None);
    assert!(entry.losses[0].what.contains("the cover was left out"));
    item["cover"] = json!(1);
    assert_eq!(read(&item).unwrap().cover.unwrap().alternative, "Tàu");
}

#[test]
fn a_survey_finds_what_a_project_calls_its_fields() {
    let mut item = article();
    let whole = item.as_object_mut().unwrap();
    for (ours, theirs) in [
        ("lead", "intro"),
        ("section", "category"),
        ("cover", "main_image"),
    ] {
        let value = whole.remove(ours).unwrap();
        whole.insert(theirs.to_owned(), value);
    }
    whole.remove("translation_key");
    whole["category"] = json!({"slug": "trade", "name": "Thương mại"});
    let mut plain = article();
    plain["category"] = Value::Null;
    plain.as_object_mut().unwrap().remove("section");
    plain["meta"]["locale"] = json!("en");
    plain.as_object_mut().unwrap().remove("translation_key");
    let mut alias = article();
    alias["meta"]["alias_of"] = json!({"id": 5});
    alias
        .as_object_mut()
        .unwrap()
        .retain(|key, _| key == "meta" || key == "id");
    let mut one = plain.clone();
    one.as_object_mut()
        .unwrap()
        .retain(|key, _| !["lead", "cover"].contains(&key.as_str()));
    let survey = survey::of(&[item, one, alias], &Fields::default());
    assert_eq!(
        survey.locales,
        BTreeMap::from([("vi".to_owned(), 1), ("en".to_owned(), 1)])
    );
    assert_eq!(
        survey.sections,
        BTreeMap::from([
            ("trade".to_owned(), "Thương mại".to_owned()),
            ("port".to_owned(), "port".to_owned())
        ])
    );
    assert_eq!(
        survey.tags.keys().collect::<Vec<_>>(),
        ["Thương mại", "sea"]
    );
    assert_eq!(
        survey.fields,
        BTreeMap::from([
            ("lead", "intro".to_owned()),
            ("section", "category".to_owned()),
            ("cover", "main_image".to_owned()),
        ])
    );
    assert_eq!(survey.remarks.len(), 1, "{:?}", survey.remarks);
    assert!(survey.remarks[0].contains("translation_key"));
}
