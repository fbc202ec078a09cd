//! What publishing would change, before it is done: the articles and pages that would be new, changed or gone.

use super::answer::{self, Answer};
use super::publishing::remarks;
use super::workshop::Visit;
use crate::build;
use crate::stages::Stages;
use ::desk::home::Home;
use ::desk::patch::{self, Operation};
use ::desk::place::Place;
use ::desk::pointer::Pointer;
use editorial::clock;
use editorial::diagnostics::{Message, Refusal, Stop};
use editorial::json::Instead;
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// What is about to be published.
#[derive(Deserialize)]
pub(super) struct Wish {
    /// The documents that are saved before.
    #[serde(default)]
    save: BTreeSet<Place>,
    /// Those that are drafts no more then.
    #[serde(default)]
    free: BTreeSet<Place>,
}

/// The answer to the question what would be new.
pub(super) fn plan(workshop: &Visit<'_>, wish: &Wish) -> Answer {
    let mut options = workshop.publish.clone();
    options.selection.as_of = Some(clock::now());
    options.instead = about_to_be(workshop, wish);
    match build::plan::plan(&options, &mut Stages::new(false)) {
        Ok(plan) => answer::found(&json!({ "kind": "plan", "plan": plan })),
        Err(Stop::Refused(Refusal::Problems { problems, .. })) => {
            let remarks = remarks(&problems, &options.content).into_iter();
            let remarks: Vec<_> = remarks
                .map(|remark| remark.in_lang(workshop.lang))
                .collect();
            answer::found(&json!({ "kind": "refused", "remarks": remarks }))
        }
        Err(Stop::Refused(Refusal::Sentence(message))) => failed(workshop, &message),
        Err(Stop::Failed(failure)) => failed(workshop, &failure.message()),
    }
}

fn failed(workshop: &Visit<'_>, message: &Message) -> Answer {
    answer::found(&json!({ "kind": "failed", "message": message.in_lang(workshop.lang) }))
}

/// The texts that the files will have.
fn about_to_be(workshop: &Visit<'_>, wish: &Wish) -> Instead {
    let mut store = workshop.store();
    let articles: BTreeSet<_> = wish.save.iter().filter_map(Place::article).collect();
    let mut texts: Vec<Instead> = articles
        .into_iter()
        .map(|article| store.instead_of(article))
        .collect();
    let content = store.content().to_owned();
    let mut further = BTreeMap::new();
    let portal = wish.save.iter().filter(|place| place.article().is_none());
    let mut coming = BTreeMap::new();
    for place in portal.chain(&wish.free) {
        if let Some(home) = Home::of(place) {
            coming.extend(store.coming_to(&home));
        }
        let Some(mut text) = store.text(place) else {
            continue;
        };
        if wish.free.contains(place) {
            let at = Pointer::parse("/draft").unwrap_or_default();
            let gone = patch::apply(&text, &[Operation::Remove { at }], &|_| Vec::new());
            text = gone.unwrap_or(text);
        }
        further.insert(place.file(&content), text.into_bytes());
    }
    texts.push(Instead::of(further).with_coming(coming));
    Instead::all(&texts)
}
