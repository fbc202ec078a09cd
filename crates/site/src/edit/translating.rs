//! What a translator asks for: the original beside the translation.

use super::answer::{self, Answer};
use super::handlers::{refused, shown, with};
use super::workshop::Visit;
use ::desk::changes::Was;
use ::desk::form;
use ::desk::former;
use ::desk::names;
use ::desk::parallel;
use ::desk::patch::Operation;
use ::desk::place::Place;
use ::desk::pointer::Pointer;
use ::desk::store::Edit;
use editorial::content::stamp;
use editorial::edit::article_folder::ArticleFolder;
use editorial::message;
use model::{Lang, Slug};
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs;

/// The answer to a wish; `None` where it is none of these.
pub(super) fn act(workshop: &Visit<'_>, task: &str, wish: &Value) -> Option<Answer> {
    Some(match task {
        "parallel" => with(workshop, wish.clone(), |Translated { place }| {
            beside(workshop, &place)
        }),
        "mend" => with(workshop, wish.clone(), |wish: Mending| {
            mend(workshop, &wish)
        }),
        "machine" => with(workshop, wish.clone(), |wish: Machine| {
            machine(workshop, &wish)
        }),
        _ => return None,
    })
}

/// A translation.
#[derive(Deserialize)]
struct Translated {
    place: Place,
}

/// A text with a wrong spelling.
#[derive(Deserialize)]
struct Mending {
    place: Place,
    known: String,
    at: Pointer,
    wrong: String,
}

/// Writes the right spelling of a name in the place of a wrong one.
fn mend(workshop: &Visit<'_>, mending: &Mending) -> Answer {
    let Mending {
        place,
        known,
        at,
        wrong,
    } = mending;
    let mut store = workshop.store();
    let document = store.text(place).and_then(|text| value(&text));
    let text = document
        .as_ref()
        .and_then(|document| document.pointer(&at.to_string())?.as_str());
    let Some(text) = text else {
        return refused(workshop, &message!("there is no text at this place"));
    };
    let value = names::mended(workshop.checked().glossary(), place, at, text, wrong).into();
    let edit = Edit::Operation(Operation::Set {
        at: at.clone(),
        value,
    });
    let edited = store.edit(place, known, &[edit]);
    drop(store);
    shown(workshop, place, edited)
}

/// The original of a translation, part by part, with what changed in it since.
fn beside(workshop: &Visit<'_>, place: &Place) -> Answer {
    let (lang, found) = match place {
        Place::Version(section, slug, lang) => (lang, original(workshop, section, slug)),
        Place::Standing(slug, lang) => (lang, original_of_page(workshop, slug)),
        _ => return refused(workshop, &message!("this is no translation")),
    };
    let Some((original, there)) = found.filter(|(original, _)| original != lang) else {
        return answer::found(&json!({ "original": null, "rows": [] }));
    };
    let here = workshop.store().text(place).and_then(|text| value(&text));
    let (Some(here), Some(now)) = (here, value(&there)) else {
        return answer::found(&json!({ "original": original.tag(), "rows": [] }));
    };
    let from = here["translated_from"].as_str().unwrap_or_default();
    let is_current = stamp::of(there.as_bytes()).as_deref() == Some(from);
    let former = if is_current {
        Some(now.clone())
    } else {
        let origin = match place {
            Place::Version(section, slug, _) => {
                Some(Place::Version(section.clone(), slug.clone(), original))
            }
            // A standing page records no version of its original.
            _ => None,
        };
        let text = origin.and_then(|origin| former::find(workshop.content(), &origin, from));
        text.and_then(|text: String| value(&text))
    };
    let mut rows: Vec<Value> = Vec::new();
    let checked = workshop.checked();
    for row in parallel::rows(&here, &now, former.as_ref()) {
        let kept = row.pieces.iter().filter(|piece| piece.was != Was::Removed);
        let words: String = kept.map(|piece| piece.text.as_str()).collect();
        let mut with_names = json!(row);
        with_names["names"] = json!(names::pairs(checked.glossary(), &words, original, *lang));
        rows.push(with_names);
    }
    answer::found(&json!({
        "original": original.tag(),
        "is_recorded": !from.is_empty(),
        "is_current": is_current,
        "is_known": former.is_some(),
        "rows": rows,
    }))
}

/// The page in the first language of the portal that has it, as it is written now.
fn original_of_page(workshop: &Visit<'_>, slug: &Slug) -> Option<(Lang, String)> {
    let langs = workshop.langs();
    let mut store = workshop.store();
    langs.into_iter().find_map(|lang| {
        let text = store.text(&Place::Standing(slug.clone(), lang))?;
        Some((lang, text))
    })
}

/// A translation that a machine is to write anew.
#[derive(Deserialize)]
struct Machine {
    place: Place,
    known: String,
}

/// Has the operator's program write a draft, and labels it as what it is. What was there is a step back.
fn machine(workshop: &Visit<'_>, Machine { place, known }: &Machine) -> Answer {
    let Some(translator) = &workshop.translator else {
        return refused(
            workshop,
            &message!("no program for translations was named when the desk was opened"),
        );
    };
    let Place::Version(section, slug, lang) = place else {
        return refused(workshop, &message!("this is no translation"));
    };
    let origin = original(workshop, section, slug).filter(|(original, _)| original != lang);
    let origin = origin.and_then(|(original, text)| Some((original, value(&text)?, text)));
    let Some((original, mut words, text)) = origin else {
        return refused(
            workshop,
            &message!("there is no original that could be translated"),
        );
    };
    let places = form::words(place.kind(), &words);
    let texts = places
        .iter()
        .filter_map(|at| words.pointer(&at.to_string())?.as_str());
    let texts: Vec<String> = texts.map(str::to_owned).collect();
    let translated = match translator.translate((original, *lang), &texts) {
        Ok(translated) => translated,
        Err(why) => return refused(workshop, &why),
    };
    for (at, text) in places.iter().zip(translated) {
        if let Some(here) = words.pointer_mut(&at.to_string()) {
            *here = text.into();
        }
    }
    let keys = ["headline", "author", "source", "lead", "pictures", "body"];
    let taken = keys
        .iter()
        .filter_map(|key| Some((*key, words.get_mut(*key)?.take())));
    let stamp = stamp::of(text.as_bytes()).map(|stamp| ("translated_from", stamp.into()));
    let labels = [("draft", true.into()), ("machine", true.into())];
    let edits = taken.chain(stamp).chain(labels).map(|(key, value)| {
        let at = Pointer::default().child(key);
        Edit::Operation(Operation::Set { at, value })
    });
    let edits: Vec<Edit> = edits.collect();
    let written = workshop.store().edit(place, known, &edits);
    if written.is_ok() {
        keep_original(workshop, &format!("{section}/{slug}"));
    }
    shown(workshop, place, written)
}

/// The language that an article was written in first, and its text as it is saved.
fn original(workshop: &Visit<'_>, section: &Slug, slug: &Slug) -> Option<(Lang, String)> {
    let folder = ArticleFolder::find(workshop.content(), &format!("{section}/{slug}")).ok()?;
    let lang = folder.original().ok()?;
    Some((lang, fs::read_to_string(folder.file(lang)).ok()?))
}

/// Keeps the original as it is now, because a translation is made from it.
pub(super) fn keep_original(workshop: &Visit<'_>, article: &str) {
    let Some((section, slug)) = article.split_once('/') else {
        return;
    };
    let (Ok(section), Ok(slug)) = (Slug::new(section), Slug::new(slug)) else {
        return;
    };
    if let Some((lang, text)) = original(workshop, &section, &slug) {
        // Without it the comparison comes from git, or is not there.
        let _ = former::keep(
            workshop.content(),
            &Place::Version(section, slug, lang),
            &text,
        );
    }
}

fn value(text: &str) -> Option<Value> {
    serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).ok()
}
