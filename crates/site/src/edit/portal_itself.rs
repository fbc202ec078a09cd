//! What belongs to no article: the glossary, the standing pages, and what public bodies owe besides.

use super::answer::Answer;
use super::handlers::{settle, with};
use super::workshop::Visit;
use ::desk::place::Place;
use ::desk::standing::{self, Page};
use editorial::clock;
use editorial::diagnostics::Stop;
use editorial::edit::new;
use model::{Lang, Slug};
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

/// The answer to a wish; `None` where it is none of these.
pub(super) fn act(workshop: &Visit<'_>, task: &str, wish: &Value) -> Option<Answer> {
    Some(match task {
        "glossary" => glossary(workshop),
        "page" => with(workshop, wish.clone(), |Named { slug }| {
            settle(
                workshop,
                None,
                new::page(workshop.content(), &slug).map(|made| made.files),
            )
        }),
        "register" => settle(workshop, None, files(new::register(workshop.content()))),
        "questions" => settle(workshop, None, files(new::questions(workshop.content()))),
        "document" => with(workshop, wish.clone(), |Named { slug }| {
            let made = new::document(workshop.content(), &slug, clock::now());
            settle(workshop, None, files(made))
        }),
        "assessment" => with(workshop, wish.clone(), |Contact { contact }| {
            let made = new::assessment(workshop.content(), &contact, clock::now());
            settle(workshop, None, files(made))
        }),
        _ => return None,
    })
}

fn files(made: Result<new::Written, Stop>) -> Result<Vec<PathBuf>, Stop> {
    made.map(|made| made.files)
}

/// What the portal has of the pages that public bodies owe: whether they are there, and the documents of the register.
pub(super) fn duties(workshop: &Visit<'_>) -> Value {
    let content = workshop.content();
    let has = |place: &Place| place.file(content).is_file();
    let entries = fs::read_dir(content.join("documents"))
        .into_iter()
        .flatten();
    let slugs = entries
        .flatten()
        .filter_map(|entry| Slug::new(entry.file_name().to_str()?).ok());
    let mut documents: Vec<Value> = slugs
        .filter_map(|slug| {
            let file = Place::Document(slug.clone()).file(content);
            let document: Value = serde_json::from_slice(&fs::read(file).ok()?).unwrap_or_default();
            Some(json!({
                "slug": slug, "number": document["number"], "issued": document["issued"],
                "subjects": document["subjects"], "draft": document["draft"] == true,
            }))
        })
        .collect();
    documents.sort_by_key(|document| std::cmp::Reverse(document["issued"].to_string()));
    json!({
        "register": has(&Place::Register),
        "questions": Lang::ALL.into_iter().any(|lang| has(&Place::Questions(lang))),
        "assessment": has(&Place::Assessment),
        "documents": documents,
    })
}

/// A standing page, or a document of the register.
#[derive(Deserialize)]
struct Named {
    slug: String,
}

/// Where readers report what is not accessible.
#[derive(Deserialize)]
struct Contact {
    contact: String,
}

/// The standing pages, in the order of `site.json`.
pub(super) fn pages(workshop: &Visit<'_>, site: &Value) -> Vec<Page> {
    let listed = site["pages"].as_array().into_iter().flatten();
    let listed: Vec<&str> = listed.filter_map(Value::as_str).collect();
    standing::pages(workshop.content(), &listed)
}

/// Makes an empty glossary where there is none.
fn glossary(workshop: &Visit<'_>) -> Answer {
    if Place::Glossary.file(workshop.content()).exists() {
        return settle(workshop, None, Ok(Vec::new()));
    }
    settle(
        workshop,
        None,
        new::glossary(workshop.content()).map(|made| made.files),
    )
}
