//! Loads what the build makes standing pages of: the folders `documents/` and `questions/`, and
//! `accessibility.json`.

use super::articles::{list_languages, read_slug};
use super::attached_files::read_attached_files;
use super::leavings::copy;
use super::listing::Folder;
use super::{ASSESSMENT, DOCUMENTS, Loader, QUESTIONS, names};
use crate::check::assessment::check_assessment;
use crate::check::attached_file::is_attached;
use crate::check::questions::check_questions;
use crate::check::register::{check_document, check_register};
use crate::content::authored;
use crate::content::duties::{Assessment, Document, Questions, Register};
use crate::content::selection::Selection;
use crate::diagnostics::{Failure, Message, Problem, shown};
use crate::json::nearest;
use crate::message;
use model::{Lang, Slug};
use std::collections::{BTreeMap, BTreeSet};

/// The file with what all documents have in common.
const REGISTER: &str = "register.json";
/// The file of a document.
const FILE: &str = "document.json";

/// Reads the assessment of accessibility, where it is there.
pub(super) fn read_assessment(
    loader: &mut Loader,
    root: &Folder,
) -> Result<Option<Assessment>, Failure> {
    if !root.files.iter().any(|name| name == ASSESSMENT) {
        return Ok(None);
    }
    let mut reading =
        loader.json::<authored::assessment::Assessment>(&root.path.join(ASSESSMENT))?;
    let authored = reading.value.take();
    Ok(authored.map(|read| check_assessment(&mut loader.findings, reading.root(), read)))
}

/// Reads questions and answers, where their folder is there. They are there in every language.
pub(super) fn read_questions(
    loader: &mut Loader,
    root: &Folder,
    wanted: &[Lang],
) -> Result<Option<BTreeMap<Lang, Questions>>, Failure> {
    let Some(folder) = loader.sub(root, QUESTIONS)? else {
        return Ok(None);
    };
    let files: Vec<String> = Lang::ALL
        .map(|lang| format!("{}.json", lang.tag()))
        .to_vec();
    report_strays(
        loader,
        &folder,
        &files,
        &[],
        &message!("the folder of questions"),
    );
    let languages = list_languages(loader, &folder, &[]);
    let mut versions = BTreeMap::new();
    for &lang in &languages {
        let path = folder.path.join(format!("{}.json", lang.tag()));
        let mut reading = loader.json::<authored::questions::Questions>(&path)?;
        let Some(questions) = reading.value.take() else {
            continue;
        };
        if lang == Lang::Vi {
            loader.findings.warn_of_look_alikes(reading.root());
        }
        let checked = check_questions(&mut loader.findings, reading.root(), questions);
        versions.insert(lang, checked);
    }
    for lang in wanted.iter().filter(|lang| !languages.contains(lang)) {
        let path = folder.path.join(format!("{}.json", lang.tag()));
        let help = message!("questions and answers are there in every language of the portal");
        loader
            .findings
            .add(Problem::with_file(shown(&path), message!("the file is missing")).help(help));
    }
    Ok(Some(versions))
}

/// Reads the register of documents, where its folder is there: the newest document first.
pub(super) fn read_register(
    loader: &mut Loader,
    root: &Folder,
    selection: &Selection,
) -> Result<Option<Register>, Failure> {
    let Some(folder) = loader.sub(root, DOCUMENTS)? else {
        return Ok(None);
    };
    let known = [REGISTER.to_owned()];
    report_strays(
        loader,
        &folder,
        &known,
        &folder.folders.clone(),
        &message!("the register"),
    );
    let path = folder.path.join(REGISTER);
    let mut register = None;
    if folder.files.iter().any(|name| name == REGISTER) {
        let mut reading = loader.json::<authored::register::Register>(&path)?;
        let authored = reading.value.take();
        register = authored.map(|read| check_register(&mut loader.findings, reading.root(), read));
    } else {
        let help = message!(
            "it names who issues documents and which kinds there are; docs/content.md says how"
        );
        loader
            .findings
            .add(Problem::with_file(shown(&path), message!("the file is missing")).help(help));
    }
    let mut documents = Vec::new();
    let mut all = BTreeSet::new();
    for name in &folder.folders {
        let path = folder.path.join(name);
        let Some(slug) = read_slug(loader, &path, name) else {
            continue;
        };
        all.insert(slug.clone());
        documents.extend(read_document(
            loader,
            &folder,
            slug,
            register.as_ref(),
            selection,
        )?);
    }
    check_replaced(loader, &folder, &documents, &all);
    documents.sort_by(|one, other| {
        (other.issued, &other.number, &other.slug).cmp(&(one.issued, &one.number, &one.slug))
    });
    warn_of_twins(loader, &folder, &documents);
    Ok(register.map(|register| Register {
        documents,
        ..register
    }))
}

/// Reads a document; `None` where it is a draft, or cannot be read.
fn read_document(
    loader: &mut Loader,
    documents: &Folder,
    slug: Slug,
    register: Option<&Register>,
    selection: &Selection,
) -> Result<Option<Document>, Failure> {
    let folder = loader.list(&documents.path.join(slug.as_str()))?;
    let mut files = read_attached_files(loader, &folder)?;
    let known: Vec<String> = folder
        .files
        .iter()
        .filter(|name| name.as_str() == FILE || is_attached(name))
        .cloned()
        .collect();
    report_strays(
        loader,
        &folder,
        &known,
        &[],
        &message!("a document's folder"),
    );
    let path = folder.path.join(FILE);
    if !folder.files.iter().any(|name| name == FILE) {
        let help = message!("it has the document's number, day, issuer, kind and subject");
        loader
            .findings
            .add(Problem::with_file(shown(&path), message!("the file is missing")).help(help));
        return Ok(None);
    }
    let mut reading = loader.json::<authored::register::Document>(&path)?;
    let Some(authored) = reading.value.take() else {
        return Ok(None);
    };
    let draft = authored.draft && !selection.drafts;
    let document = check_document(
        &mut loader.findings,
        reading.root(),
        slug,
        register,
        authored,
        |findings, cursor, name| files.find(findings, cursor, name),
    );
    files.report_unused(&mut loader.findings, FILE);
    Ok(Some(document).filter(|_| !draft))
}

/// Reports documents whose place another one takes, and which are not there.
fn check_replaced(
    loader: &mut Loader,
    folder: &Folder,
    documents: &[Document],
    all: &BTreeSet<Slug>,
) {
    for document in documents {
        for other in &document.replaces {
            if all.contains(other) && *other != document.slug {
                continue;
            }
            let message = if *other == document.slug {
                message!("the document cannot take its own place")
            } else {
                match nearest(other.as_str(), all.iter().map(Slug::as_str)) {
                    Some(right) => {
                        message!(
                            "there is no document \"{other}\": did you mean \"{right}\"?",
                            other,
                            right
                        )
                    }
                    None => message!("there is no document \"{other}\"", other),
                }
            };
            let path = folder.path.join(document.slug.as_str()).join(FILE);
            let problem = loader.instead.problem_in(&path, message, |root| {
                root.key("replaces").entry(other.as_str(), 0)
            });
            loader.findings.add(problem.help(message!(
                "\"replaces\" names documents of the register by their folders"
            )));
        }
    }
}

/// Warns of documents that have number, issuer and day in common: they are one, most likely.
fn warn_of_twins(loader: &mut Loader, folder: &Folder, documents: &[Document]) {
    let mut seen = BTreeMap::new();
    for document in documents {
        let key = (&document.number, &document.issuer, document.issued);
        let Some(first) = seen.insert(key, &document.slug) else {
            continue;
        };
        let path = folder.path.join(document.slug.as_str()).join(FILE);
        let message = message!(
            "the document \"{first}\" has the same number, issuer and day",
            first
        );
        let problem = loader
            .instead
            .problem_in(&path, message, |root| root.key("number"));
        let help = message!("delete one of the two, or correct its number");
        loader.findings.add(problem.help(help).warning());
    }
}

/// Reports everything in `folder` but these files and folders.
fn report_strays(
    loader: &mut Loader,
    folder: &Folder,
    files: &[String],
    folders: &[String],
    what: &Message,
) {
    let stray_files = folder.files.iter().filter(|name| !files.contains(name));
    let strays = stray_files.chain(folder.folders.iter().filter(|name| !folders.contains(name)));
    for name in strays {
        if names::is_json(name) && *what == *"the folder of questions" {
            continue;
        }
        let path = folder.path.join(name);
        let (message, help) = copy(name, &folder.files).unwrap_or_else(|| {
            let message = message!("\"{name}\" does not belong in {what}", name, what);
            (
                message,
                message!("move it away; docs/content.md says what stands here"),
            )
        });
        loader
            .findings
            .add(Problem::with_file(shown(&path), message).help(help));
    }
}
