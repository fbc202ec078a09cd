//! The names of the glossary in texts: wrong spellings are named with the right one, and a translation
//! that lacks a name of its original gets a hint.

use super::Findings;
use crate::content::authored;
use crate::content::glossary::Glossary;
use crate::json::{Cursor, Kind};
use crate::message;
use model::Lang;
use std::collections::{BTreeMap, BTreeSet};

/// A step to a text in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    Entry(usize),
}

/// Warns of every wrong spelling in a document.
pub fn warn(glossary: &Glossary, findings: &mut Findings, document: Cursor<'_>, lang: Lang) {
    if !glossary.has(lang) {
        return;
    }
    texts(document, &mut Vec::new(), &mut |_, cursor, text| {
        warn_of(glossary, findings, cursor, lang, text);
    });
}

fn warn_of(
    glossary: &Glossary,
    findings: &mut Findings,
    cursor: Cursor<'_>,
    lang: Lang,
    text: &str,
) {
    for found in glossary.mentions(lang, text) {
        let Some(right) = glossary.right(found.name, lang).filter(|_| !found.is_right) else {
            continue;
        };
        let message = message!(
            "\"{name}\" is another spelling of a name",
            name = &text[found.range.clone()]
        );
        let help = message!("write \"{right}\", as glossary.json has it", right);
        findings.add(
            cursor
                .inside(found.range.start)
                .problem(message)
                .help(help)
                .warning(),
        );
    }
}

/// Warns of every wrong spelling in a document that has texts by their languages.
pub fn warn_by_lang(glossary: &Glossary, findings: &mut Findings, document: Cursor<'_>) {
    if glossary.is_empty() {
        return;
    }
    texts(document, &mut Vec::new(), &mut |steps, cursor, text| {
        let lang = steps.iter().rev().find_map(|step| match step {
            Step::Key(key) => Lang::from_tag(key),
            Step::Entry(_) => None,
        });
        if let Some(lang) = lang {
            warn_of(glossary, findings, cursor, lang, text);
        }
    });
}

/// Warns of the names of an original that a translation does not have.
pub fn compare(
    glossary: &Glossary,
    findings: &mut Findings,
    (original, there): (Lang, Cursor<'_>),
    (lang, here): (Lang, Cursor<'_>),
) {
    if !glossary.has(original) || !glossary.has(lang) {
        return;
    }
    let mut wanted: BTreeMap<usize, Vec<Step>> = BTreeMap::new();
    texts(there, &mut Vec::new(), &mut |steps, _, text| {
        for found in glossary.mentions(original, text) {
            wanted.entry(found.name).or_insert_with(|| steps.to_vec());
        }
    });
    if wanted.is_empty() {
        return;
    }
    let mut known = BTreeSet::new();
    let mut all = String::new();
    texts(here, &mut Vec::new(), &mut |_, _, text| {
        known.extend(
            glossary
                .mentions(lang, text)
                .into_iter()
                .map(|found| found.name),
        );
        all.push_str(&text.to_lowercase());
        all.push('\n');
    });
    for (name, steps) in wanted {
        let (Some(right), Some(origin)) =
            (glossary.right(name, lang), glossary.right(name, original))
        else {
            continue;
        };
        if known.contains(&name) || all.contains(&right.to_lowercase()) {
            continue;
        }
        let message = message!(
            "the original names \"{origin}\", and this text does not",
            origin
        );
        let help = message!(
            "in this language it is \"{right}\", as glossary.json has it",
            right
        );
        findings.add(at(here, &steps).problem(message).help(help).warning());
    }
}

/// The value at the same place, or else the lead.
fn at<'a>(document: Cursor<'a>, steps: &[Step]) -> Cursor<'a> {
    let found = steps
        .iter()
        .try_fold(document, |cursor, step| match (step, cursor.kind()) {
            (Step::Key(key), Kind::Object(members)) => members
                .iter()
                .any(|member| member.key == *key)
                .then(|| cursor.key(key)),
            (Step::Entry(index), Kind::List(items)) => {
                (*index < items.len()).then(|| cursor.item(*index))
            }
            _ => None,
        });
    found.unwrap_or_else(|| document.key("lead"))
}

/// Calls `found` with every text of a document that people read.
fn texts<'a>(
    cursor: Cursor<'a>,
    steps: &mut Vec<Step>,
    found: &mut dyn FnMut(&[Step], Cursor<'a>, &'a str),
) {
    match cursor.kind() {
        Kind::Text(text) => found(steps, cursor, text),
        Kind::List(items) => {
            for index in 0..items.len() {
                steps.push(Step::Entry(index));
                texts(cursor.item(index), steps, found);
                steps.pop();
            }
        }
        Kind::Object(members) => {
            for (index, member) in members.iter().enumerate() {
                if member.key == "$schema" {
                    continue;
                }
                steps.push(Step::Key(member.key.clone()));
                texts(cursor.item(index), steps, found);
                steps.pop();
            }
        }
        _ => {}
    }
}

/// Checks the glossary: no spelling is there twice, or both right and wrong.
pub fn check_glossary(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    authored: authored::glossary::Glossary,
) -> Glossary {
    let mut names = Vec::new();
    let mut seen: BTreeMap<(Lang, String), bool> = BTreeMap::new();
    let mut spellings: BTreeMap<Lang, Vec<(String, usize, bool)>> = BTreeMap::new();
    for (number, name) in authored.names.into_iter().enumerate() {
        let place = cursor.key("names").item(number);
        let right = name.right.values();
        if right.is_empty() {
            let help = message!("write it in every language that has a name for it");
            findings.add(
                place
                    .key("right")
                    .problem(message!("the name is there in no language"))
                    .help(help),
            );
        }
        let mut take =
            |findings: &mut Findings, at: Cursor<'_>, lang: Lang, text: &str, is_right: bool| {
                if text.trim().is_empty() || text.trim() != text {
                    let message = message!("a name is empty, or has white space around it");
                    findings.add(at.problem(message).help(message!("write the name alone")));
                    return;
                }
                if let Some(before) = seen.insert((lang, text.to_owned()), is_right) {
                    let (message, help) = if before == is_right {
                        (
                            message!("\"{text}\" is there twice", text),
                            message!("delete one of the two"),
                        )
                    } else {
                        (
                            message!("\"{text}\" is both a right and a wrong spelling", text),
                            message!("decide, and delete the other"),
                        )
                    };
                    findings.add(at.problem(message).help(help));
                    return;
                }
                spellings
                    .entry(lang)
                    .or_default()
                    .push((text.to_owned(), number, is_right));
            };
        for (lang, text) in &right {
            take(
                findings,
                place.key("right").key(lang.tag()),
                *lang,
                text,
                true,
            );
        }
        for (lang, texts) in name.wrong.values() {
            let at = place.key("wrong").key(lang.tag());
            if !right.contains_key(&lang) {
                let message = message!("the name has no right spelling in this language");
                findings.add(
                    at.problem(message)
                        .help(message!("write it under \"right\"")),
                );
            }
            for (index, text) in texts.iter().enumerate() {
                take(findings, at.item(index), lang, text, false);
            }
        }
        names.push(right);
    }
    Glossary::new(names, spellings)
}

#[cfg(test)]
mod tests;
