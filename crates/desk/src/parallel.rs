//! A translation beside its original: which part of one is which part of the other, and what changed in
//! the original since it was translated.

use crate::changes::{self, Piece, Was};
use crate::form;
use crate::place::Kind;
use crate::pointer::Pointer;
use crate::text;
use serde::Serialize;
use serde_json::Value;

/// A part of the original beside the part of the translation that it became.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The place in the translation; none where it has no such part.
    pub here: Option<String>,
    /// The place in the original as it is now; none where it is gone.
    pub there: Option<String>,
    /// The key or the kind of block.
    pub kind: String,
    /// What became of it since it was translated.
    pub change: Change,
    /// Its words, with what changed in them.
    pub pieces: Vec<Piece>,
    /// The block, where the translation lacks it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
}

/// What became of a part of the original since it was translated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Nothing.
    Same,
    /// It has other words.
    Words,
    /// It has the same words, and other links, marks, numbers or names of files.
    Details,
    /// It is new.
    New,
    /// It was taken out.
    Gone,
    /// Nobody knows what it was.
    Unknown,
}

/// Lays a translation beside its original. `former` is the original as it was translated, where that is
/// known.
pub fn rows(translation: &Value, original: &Value, former: Option<&Value>) -> Vec<Row> {
    let (here, there) = (parts(translation), parts(original));
    let former = former.map(parts);
    let origins: Vec<(Option<usize>, Option<usize>)> = match &former {
        Some(former) => changes::paired(former.len(), there.len(), |one, other| {
            resemblance(&former[one], &there[other])
        }),
        None => (0..there.len()).map(|at| (None, Some(at))).collect(),
    };
    let places = places(
        &here,
        &there,
        former.as_deref().unwrap_or_default(),
        &origins,
    );
    let mut rows: Vec<Row> = Vec::new();
    let mut used = vec![false; here.len()];
    for (before, now) in origins {
        let before = before.and_then(|at| former.as_ref()?.get(at).map(|part| (at, part)));
        let Some(part) = now
            .and_then(|at| there.get(at))
            .or(before.map(|(_, part)| part))
        else {
            continue;
        };
        let place = match (now, before) {
            (Some(now), _) => places.of_present[now],
            (None, Some((at, _))) => places.of_former.get(at).copied().flatten(),
            (None, None) => None,
        };
        let place = place.filter(|at| !std::mem::replace(&mut used[*at], true));
        let (change, pieces) = change(
            part,
            now.is_some(),
            before.map(|(_, part)| part),
            former.is_some(),
        );
        let is_lacking = place.is_none() && now.is_some() && part.is_block();
        rows.push(Row {
            here: place.map(|at| here[at].at.to_string()),
            there: now.map(|_| part.at.to_string()),
            kind: part.kind.clone(),
            change,
            pieces,
            value: is_lacking.then(|| part.value.clone()),
        });
    }
    rows
}

fn change(
    part: &Part<'_>,
    is_there: bool,
    before: Option<&Part<'_>>,
    is_known: bool,
) -> (Change, Vec<Piece>) {
    let whole = |was| {
        let text = part.words.clone();
        let piece = (!text.is_empty()).then_some(Piece { was, text });
        piece.into_iter().collect()
    };
    match before {
        _ if !is_known => (Change::Unknown, whole(Was::Kept)),
        None => (Change::New, whole(Was::Added)),
        Some(_) if !is_there => (Change::Gone, whole(Was::Removed)),
        Some(before) if before.value == part.value => (Change::Same, whole(Was::Kept)),
        Some(before) if before.words == part.words => (Change::Details, whole(Was::Kept)),
        Some(before) => (Change::Words, changes::between(&before.words, &part.words)),
    }
}

/// A part of a text: a key, or a block of the body.
struct Part<'a> {
    at: Pointer,
    kind: String,
    value: &'a Value,
    /// What people read of it, each text on a line.
    words: String,
}

impl Part<'_> {
    fn is_block(&self) -> bool {
        self.at.parts().len() == 2 && self.at.parts()[0] == "body"
    }
}

/// The parts of a text, in the order of its form.
fn parts(document: &Value) -> Vec<Part<'_>> {
    // A standing page has a title, and an article a headline.
    let kind = match document.get("title") {
        Some(_) => Kind::Standing,
        None => Kind::Version,
    };
    let texts = form::words(kind, document);
    let part = |at: Pointer, kind: String, value| Part {
        words: words(document, &texts, &at),
        at,
        kind,
        value,
    };
    let root = Pointer::default();
    let mut all = Vec::new();
    for key in ["headline", "title", "lead"] {
        if let Some(value) = document.get(key) {
            all.push(part(root.child(key), key.to_owned(), value));
        }
    }
    let blocks = document["body"].as_array().into_iter().flatten();
    for (number, block) in blocks.enumerate() {
        let kind = block.as_object().and_then(|block| block.keys().next());
        let at = root.child("body").child(number);
        all.push(part(at, kind.cloned().unwrap_or_default(), block));
    }
    for key in ["author", "source"] {
        if let Some(value) = document.get(key) {
            all.push(part(root.child(key), key.to_owned(), value));
        }
    }
    let pictures = document["pictures"].as_object().into_iter().flatten();
    for (name, value) in pictures {
        let at = root.child("pictures").child(name);
        all.push(part(at, format!("pictures {name}"), value));
    }
    all
}

/// The texts at a place and in it, without their marks.
fn words(document: &Value, texts: &[Pointer], at: &Pointer) -> String {
    let below = texts
        .iter()
        .filter(|text| text.parts().starts_with(at.parts()));
    let lines = below.filter_map(|text| {
        let text = document.pointer(&text.to_string())?.as_str()?;
        Some(plain(text))
    });
    lines.collect::<Vec<String>>().join("\n")
}

fn plain(text: &str) -> String {
    text::spans(text).map_or_else(
        || text.to_owned(),
        |spans| spans.into_iter().map(|span| span.text).collect(),
    )
}

/// How much a part of the former original is one of the present original.
fn resemblance(former: &Part<'_>, present: &Part<'_>) -> usize {
    if former.is_block() != present.is_block()
        || (!former.is_block() && former.kind != present.kind)
    {
        return 0;
    }
    if former.kind == present.kind && former.value == present.value {
        return 1_000;
    }
    let is_same_kind = former.kind == present.kind;
    match changes::likeness(&former.words, &present.words) {
        _ if !former.is_block() => 1_000,
        alike if alike >= 30 => alike + usize::from(is_same_kind),
        // What has no words is known by its kind.
        _ if is_same_kind && former.words.is_empty() && present.words.is_empty() => 1,
        _ => 0,
    }
}

/// Where the parts of the original are in the translation.
struct Places {
    of_present: Vec<Option<usize>>,
    of_former: Vec<Option<usize>>,
}

/// A translation follows the former original until somebody brings it up to date, and the present one
/// from then on. Which of the two it is, its own parts say: their kinds, lengths, numbers and names.
fn places(
    here: &[Part<'_>],
    there: &[Part<'_>],
    former: &[Part<'_>],
    origins: &[(Option<usize>, Option<usize>)],
) -> Places {
    let (of_present, by_present) = beside(there, here);
    let (of_former, by_former) = beside(former, here);
    if former.is_empty() || by_present > by_former {
        return Places {
            of_former: vec![None; former.len()],
            of_present,
        };
    }
    let mut present = vec![None; there.len()];
    for (before, now) in origins {
        if let (Some(before), Some(now)) = (before, now) {
            present[*now] = of_former[*before];
        }
    }
    Places {
        of_present: present,
        of_former,
    }
}

/// For each part of an original the part of the translation that it became, and how well they fit.
fn beside(original: &[Part<'_>], here: &[Part<'_>]) -> (Vec<Option<usize>>, usize) {
    let length = |part: &Part<'_>| part.words.chars().count();
    let all = |parts: &[Part<'_>]| parts.iter().map(length).sum::<usize>().max(1);
    let (whole, own) = (all(original), all(here));
    let fit = |one: usize, other: usize| {
        let (one, other) = (&original[one], &here[other]);
        if one.kind != other.kind {
            return 0;
        }
        // Each length as a share of its text.
        let (long, short) = (length(one) * own, length(other) * whole);
        let (long, short) = (long.max(short), long.min(short));
        let alike = (short * 10).checked_div(long).unwrap_or(10);
        20 + alike + changes::likeness(&one.words, &other.words) / 5
    };
    let mut found = vec![None; original.len()];
    let mut sum = 0;
    for (one, other) in changes::paired(original.len(), here.len(), fit) {
        if let (Some(one), Some(other)) = (one, other) {
            found[one] = Some(other);
            sum += fit(one, other);
        }
    }
    (found, sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn text(lead: &str, paragraphs: &[&str]) -> Value {
        let body: Vec<Value> = paragraphs
            .iter()
            .map(|text| json!({ "paragraph": text }))
            .collect();
        json!({ "lead": lead, "body": body })
    }

    fn shown(rows: &[Row]) -> Vec<(&str, &str, Change)> {
        rows.iter()
            .map(|row| {
                let here = row.here.as_deref().unwrap_or("-");
                (here, row.there.as_deref().unwrap_or("-"), row.change)
            })
            .collect()
    }

    #[test]
    fn each_paragraph_stands_beside_its_own_with_what_changed() {
        let former = text(
            "The port",
            &[
                "It has two terminals.",
                "Ships come.",
                "It is old and deep.",
            ],
        );
        let now = text(
            "The port",
            &[
                "It has four terminals.",
                "A new bridge was built.",
                "Ships come.",
            ],
        );
        let here = text("Cảng", &["Có hai bến.", "Tàu đến.", "Cảng cổ và sâu."]);
        let rows = rows(&here, &now, Some(&former));
        assert_eq!(
            shown(&rows),
            [
                ("/lead", "/lead", Change::Same),
                ("/body/0", "/body/0", Change::Words),
                ("-", "/body/1", Change::New),
                ("/body/1", "/body/2", Change::Same),
                ("/body/2", "-", Change::Gone),
            ]
        );
        let removed: Vec<&str> = rows[1]
            .pieces
            .iter()
            .filter(|piece| piece.was == Was::Removed)
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(removed, ["two"]);
    }

    #[test]
    fn a_translation_that_follows_the_present_original_is_beside_it() {
        let former = text("l", &["one two three", "four five six"]);
        let now = json!({ "lead": "l", "body": [
            { "paragraph": "one two three" }, { "heading": "h" }, { "paragraph": "four five six" } ] });
        let here = json!({ "lead": "m", "body": [
            { "paragraph": "a" }, { "heading": "b" }, { "paragraph": "c" } ] });
        assert_eq!(
            shown(&rows(&here, &now, Some(&former))),
            [
                ("/lead", "/lead", Change::Same),
                ("/body/0", "/body/0", Change::Same),
                ("/body/1", "/body/1", Change::New),
                ("/body/2", "/body/2", Change::Same),
            ]
        );
    }

    #[test]
    fn without_a_former_text_nothing_is_said_of_changes() {
        let now = text("l", &["a", "b"]);
        let found = rows(&text("m", &["c"]), &now, None);
        assert!(found.iter().all(|row| row.change == Change::Unknown));
        assert_eq!(found[1].here.as_deref(), Some("/body/0"));
        assert_eq!(found[2].here, None);
        assert!(rows(&json!(7), &json!("x"), Some(&json!([]))).is_empty());
    }

    #[test]
    fn other_marks_and_other_addresses_are_details() {
        let former = text("See [it](/port/a/)", &[]);
        let now = text("See [it](/port/b/)", &[]);
        assert_eq!(
            rows(&former, &now, Some(&former))[0].change,
            Change::Details
        );
    }
}
