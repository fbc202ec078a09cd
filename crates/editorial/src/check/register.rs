//! Checks the register of documents.

use super::assessment::require_day;
use super::site::{check_per_lang, check_tags};
use super::{Findings, unknown};
use crate::content::article::AttachedFile;
use crate::content::authored::register as authored;
use crate::content::duties::{Document, DocumentFile, Group, Register, document_page};
use crate::diagnostics::Message;
use crate::json::Cursor;
use crate::message;
use model::Slug;

/// The longest name of an issuer or a kind: the names of pages begin with more words.
const LONGEST: usize = 50;

/// Checks `register.json`. The documents come later.
pub fn check_register(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    register: authored::Register,
) -> Register {
    let place = cursor.key("leads");
    let leads = register
        .leads
        .map(|lang, text| findings.marked(place.key(lang.tag()), &message!("the lead"), &text));
    let mut named = |key: &str, tags: Vec<_>| {
        let place = cursor.key(key);
        if tags.is_empty() {
            let problem = place.problem(message!("there are no {key}", key));
            findings.add(problem.help(message!("name at least one, with \"slug\" and \"names\"")));
        }
        let checked = check_tags(findings, place, tags);
        for (at, tag) in checked.iter().enumerate() {
            if tag.slug.as_str().len() > LONGEST {
                let problem = place.item(at).key("slug").problem(message!(
                    "the slug has {length} characters, and the most is {most} here",
                    length = tag.slug.as_str().len(),
                    most = LONGEST
                ));
                findings.add(problem.help(message!("choose a shorter one")));
            }
        }
        let groups = checked.into_iter().map(|tag| Group {
            slug: tag.slug,
            names: tag.names,
        });
        groups.collect()
    };
    Register {
        leads,
        issuers: named("issuers", register.issuers),
        kinds: named("kinds", register.kinds),
        documents: Vec::new(),
    }
}

/// Checks a document. `file` finds a file beside it. What it replaces is looked up when all are known.
pub fn check_document(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    slug: Slug,
    register: Option<&Register>,
    document: authored::Document,
    mut file: impl FnMut(&mut Findings, Cursor<'_>, &str) -> Option<AttachedFile>,
) -> Document {
    if document_page(&slug).is_none() {
        let message = message!(
            "the folder's name \"{slug}\" is too long for an address",
            slug
        );
        findings.add(
            cursor
                .problem(message)
                .help(message!("choose a shorter one")),
        );
    }
    let number = findings.plain(
        cursor.key("number"),
        &message!("the number"),
        &document.number,
    );
    require_day(findings, cursor.key("issued"), document.issued);
    check_time(findings, cursor, &document);
    if let Some(register) = register {
        let known = [
            (
                "issuer",
                message!("issuer"),
                &document.issuer,
                &register.issuers,
            ),
            ("kind", message!("kind"), &document.kind, &register.kinds),
        ];
        for (key, what, name, groups) in known {
            check_name(findings, cursor.key(key), &what, name, groups);
        }
    }
    let place = cursor.key("subjects");
    let mut subjects = document.subjects.values();
    if subjects.is_empty() {
        let problem = place.problem(message!("nothing says what the document is about"));
        findings.add(problem.help(message!(
            "write it in at least one language: { \"vi\": \"…\" }"
        )));
    }
    for (lang, subject) in &mut subjects {
        *subject = findings.plain(place.key(lang.tag()), &message!("the subject"), subject);
    }
    let place = cursor.key("files");
    let files = document.files.into_iter().enumerate();
    let files = files.filter_map(|(at, named)| {
        let place = place.item(at);
        if let Some(titles) = &named.titles {
            check_per_lang(findings, place.key("titles"), titles);
        }
        let found = file(findings, place.key("file"), &named.file)?;
        Some(DocumentFile {
            path: found.path,
            size: found.size,
            lang: named.lang.map(|lang| lang.0),
            titles: named.titles,
        })
    });
    Document {
        files: files.collect(),
        slug,
        number,
        issued: document.issued,
        issuer: document.issuer,
        kind: document.kind,
        subjects,
        from: document.from,
        until: document.until,
        replaces: document.replaces,
    }
}

/// The days on which a document is in force.
fn check_time(findings: &mut Findings, cursor: Cursor<'_>, document: &authored::Document) {
    for (key, day) in [("from", document.from), ("until", document.until)] {
        if let Some(day) = day {
            require_day(findings, cursor.key(key), day);
        }
    }
    let begin = document.from.unwrap_or(document.issued);
    if document.until.is_some_and(|until| until < begin) {
        let problem = cursor.key("until").problem(message!(
            "the document is out of force before it is in force"
        ));
        findings.add(problem.help(message!(
            "\"until\" is the last day on which it is in force"
        )));
    }
}

fn check_name(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    what: &Message,
    name: &Slug,
    groups: &[Group],
) {
    if groups.iter().any(|group| group.slug == *name) {
        return;
    }
    let known = groups.iter().map(|group| group.slug.as_str());
    let message = unknown(
        message!("register.json has no {what}", what),
        name.as_str(),
        known,
    );
    let help = message!("write one of register.json, or add this {what} there", what);
    findings.add(cursor.problem(message).help(help));
}
