//! What belongs to no article: the glossary and the standing pages.

use super::answer::Answer;
use super::handlers::{settle, with};
use super::workshop::Visit;
use ::desk::place::Place;
use ::desk::standing::{self, Page};
use editorial::edit::new;
use serde::Deserialize;
use serde_json::Value;

/// The answer to a wish; `None` where it is none of these.
pub(super) fn act(workshop: &Visit<'_>, task: &str, wish: &Value) -> Option<Answer> {
    Some(match task {
        "glossary" => glossary(workshop),
        "page" => with(wish.clone(), |Named { slug }| {
            settle(
                workshop,
                None,
                new::page(workshop.content(), &slug).map(|made| made.files),
            )
        }),
        _ => return None,
    })
}

/// A standing page.
#[derive(Deserialize)]
struct Named {
    slug: String,
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
