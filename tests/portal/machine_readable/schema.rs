//! Published documents and feeds match `docs/api`: the schema of documents comes from the model,
//! and the documents and feeds of a built site are valid.

use crate::published::published;
use jsonschema::Validator;
use model::Document;
use model::route::{Destination, Route};
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The variable that makes the test rewrite the generated file.
const UPDATE: &str = "UPDATE";

fn api(file: &str) -> PathBuf {
    Path::new(crate::ROOT).join("docs/api").join(file)
}

fn read(file: &str) -> Value {
    serde_json::from_slice(&fs::read(api(file)).unwrap()).unwrap()
}

/// The schema of documents as the tool writes them: keys that it always writes are required.
fn of_the_model() -> Value {
    let generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let mut schema = generator.into_root_schema_for::<Document>().to_value();
    // The order of keys otherwise depends on how serde_json was compiled.
    schema.sort_all_objects();
    schema
}

fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::new(schema).unwrap()
}

#[test]
fn the_schema_of_documents_is_that_of_the_model() {
    let text = serde_json::to_string_pretty(&of_the_model()).unwrap() + "\n";
    let file = api("document.schema.json");
    if std::env::var_os(UPDATE).is_some() {
        fs::write(&file, &text).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == text,
        "docs/api/document.schema.json is behind the model: run this test with {UPDATE}=1"
    );
}

#[test]
fn every_document_and_every_feed_is_valid() {
    let site = published();
    let (documents, feeds) = (
        validator(&read("document.schema.json")),
        validator(&read("feed.schema.json")),
    );
    let (mut valid_documents, mut valid_feeds) = (0, 0);
    for (file, text) in site.texts(".json") {
        let is_feed = file.ends_with("/feed.json");
        let is_document = file.ends_with("/index.json") || file.ends_with("/404.json");
        if !is_feed && !is_document {
            continue;
        }
        let value: Value = serde_json::from_str(text).unwrap();
        let validator = if is_feed { &feeds } else { &documents };
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{file}: {errors:?}");
        *if is_feed {
            &mut valid_feeds
        } else {
            &mut valid_documents
        } += 1;
    }
    println!("{valid_documents} documents and {valid_feeds} feeds are valid");
    assert!(valid_documents > 300 && valid_feeds == 5 * 6);
}

#[test]
fn a_document_of_another_form_is_not_valid() {
    let site = published();
    let validator = validator(&read("document.schema.json"));
    let text = site
        .texts("vi/port/deep-water-port/index.json")
        .next()
        .unwrap()
        .1;
    let good: Value = serde_json::from_str(text).unwrap();
    assert!(validator.is_valid(&good));
    for (pointer, wrong) in [
        ("/site/lang", json!("kr")),
        ("/languages/0", json!("zh")),
        ("/page/article/slug", json!("Deep Water")),
        ("/page/article/published", json!("2014-09-03")),
        ("/page/article/views", json!(-1)),
        ("/page/article/source/address", json!("javascript:alert(1)")),
        ("/page/article/lead", json!("<b>text</b>")),
        ("/page", json!({ "html": "<b>text</b>" })),
        ("/page/article", json!({})),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer)
            .unwrap_or_else(|| panic!("{pointer}")) = wrong;
        assert!(!validator.is_valid(&bad), "{pointer} was not noticed");
    }
    let mut more = good.clone();
    more["page"]["article"]["html"] = json!("<b>text</b>");
    assert!(
        !validator.is_valid(&more),
        "a key that nobody knows was not noticed"
    );
}

#[test]
fn a_feed_of_another_form_is_not_valid() {
    let site = published();
    let validator = validator(&read("feed.schema.json"));
    let good: Value = serde_json::from_str(site.texts("vi/feed.json").next().unwrap().1).unwrap();
    for (pointer, wrong) in [
        ("/version", json!("https://jsonfeed.org/version/1")),
        ("/items/0/date_published", json!("2014-09-03T16:10+07:00")),
        ("/items/0/content_text", json!(1)),
        ("/items/0/url", json!("/vi/")),
        ("/authors", json!([])),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = wrong;
        assert!(!validator.is_valid(&bad), "{pointer} was not noticed");
    }
}

/// Whether a path matches a path template of `openapi.yaml`: `{name}` is a name without a full
/// stop.
fn fits(template: &str, path: &str) -> bool {
    let same = |(of_template, of_path): (&str, &str)| match of_template
        .strip_prefix('{')
        .and_then(|t| t.split_once('}'))
    {
        Some((_, end)) => of_path
            .strip_suffix(end)
            .is_some_and(|name| !name.is_empty() && !name.contains('.')),
        None => of_template == of_path,
    };
    template.split('/').count() == path.split('/').count()
        && template.split('/').zip(path.split('/')).all(same)
}

#[test]
fn the_description_of_the_api_has_every_path_that_the_site_has_and_no_other() {
    let text = fs::read_to_string(api("openapi.yaml")).unwrap();
    let paths: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("  /"))
        .filter_map(|line| line.strip_suffix(':'))
        .collect();
    let site = published();
    let described = |file: &str| paths.iter().filter(|path| fits(path, file)).count();
    let endings = [
        "index.json",
        "404.json",
        "feed.json",
        ".xml",
        ".webmanifest",
        "robots.txt",
    ];
    for file in site
        .files
        .keys()
        .filter(|file| endings.iter().any(|ending| file.ends_with(ending)))
    {
        assert!(described(file) > 0, "openapi.yaml does not describe {file}");
    }
    for path in paths {
        let known = match path.strip_suffix("index.json") {
            Some(page) => is_a_page(page),
            None => site.files.keys().any(|file| fits(path, file)),
        };
        assert!(
            known,
            "openapi.yaml describes {path}, and nothing can be there"
        );
    }
}

/// Whether a path template of `openapi.yaml` gives the path of a page.
fn is_a_page(path: &str) -> bool {
    let places = [
        ("lang", "vi"),
        ("section", "port"),
        ("slug", "a"),
        ("part", "2"),
        ("year", "2014"),
        ("month", "09"),
    ];
    let put =
        |path: String, (name, value): (&str, &str)| path.replace(&format!("{{{name}}}"), value);
    let path = places.into_iter().fold(path.to_owned(), put);
    matches!(Route::parse(&path), Destination::Page(route) if route.path() == path)
}
