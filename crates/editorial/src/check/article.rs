//! Checks articles: `article.json`, and each language's file together with it.

use super::body::{Assets, check_body};
use super::link_targets::read_web_address;
use super::site::check_unique;
use super::{Findings, unknown};
use crate::check::windows_names::{self, is_reserved};
use crate::content::article::{AttachedFile, Facts, PictureFile, PictureText, Version};
use crate::content::authored;
use crate::content::stamp;
use crate::diagnostics::{Message, short};
use crate::json::Cursor;
use crate::message;
use model::route::RESERVED;
use model::{Address, Correction, Slug, Source};
use std::collections::{BTreeMap, BTreeSet};

/// The pictures and files that `article.json` names for the texts.
pub struct Named {
    /// The pictures' names.
    pub pictures: Vec<String>,
    /// The other files by their names.
    pub files: BTreeMap<String, String>,
}

/// Checks `article.json`. `picture` finds and measures a picture file, `file` finds any other
/// file. Both report a file that they cannot use.
pub fn check_facts(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    article: authored::article::Article,
    mut picture: impl FnMut(&mut Findings, Cursor<'_>, &str) -> Option<PictureFile>,
    mut file: impl FnMut(&mut Findings, Cursor<'_>, &str) -> Option<AttachedFile>,
) -> Option<Facts> {
    let source = check_source(findings, cursor.key("source"), &article.source);
    if article
        .updated
        .is_some_and(|updated| updated.minutes() < article.published.minutes())
    {
        findings.add(
            cursor
                .key("updated")
                .problem(message!("\"updated\" is before \"published\"")),
        );
    }
    if let Some(cover) = article
        .cover
        .as_ref()
        .filter(|&cover| !article.pictures.contains_key(cover))
    {
        let message = unknown(
            message!("\"pictures\" has no picture"),
            cover,
            article.pictures.keys().map(String::as_str),
        );
        let help =
            message!("write the name that the picture has under \"pictures\", not its file's name");
        findings.add(cursor.key("cover").problem(message).help(help));
    }
    check_unique(
        findings,
        cursor.key("tags"),
        article.tags.iter(),
        |cursor| cursor,
    );
    let aliases = check_aliases(findings, cursor.key("aliases"), &article.aliases);
    let author = findings.optional(cursor, "author", article.author);
    let mut pictures = BTreeMap::new();
    for (name, authored) in article.pictures {
        let place = cursor.key("pictures").key(&name);
        let credit = findings.optional(place, "credit", authored.credit);
        if let Some(file) = picture(findings, place.key("file"), &authored.file) {
            pictures.insert(name, PictureFile { credit, ..file });
        }
    }
    let place = cursor.key("files");
    let files = article.files.iter();
    let files = files
        .filter_map(|(name, path)| Some((name.clone(), file(findings, place.key(name), path)?)))
        .collect();
    Some(Facts {
        published: article.published,
        updated: article.updated,
        source: source?,
        author,
        views: article.views,
        cover: article.cover,
        pictures,
        files,
        tags: article.tags,
        aliases,
        original: article.original.map(|language| language.0),
        draft: article.draft,
    })
}

/// Checks the former addresses of an article.
fn check_aliases(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    aliases: &[String],
) -> Vec<(Slug, Slug)> {
    let mut pairs = Vec::new();
    for (index, alias) in aliases.iter().enumerate() {
        let place = cursor.item(index);
        match pair(alias) {
            None => {
                let message = message!(
                    "an alias must be an earlier address as section/slug, not \"{alias}\"",
                    alias
                );
                findings.add(
                    place
                        .problem(message)
                        .help(message!("for example port/deep-water-port")),
                );
            }
            Some((section, _)) if RESERVED.contains(&section.as_str()) => {
                let message = message!("no article can have stood at \"{alias}\"", alias);
                let help = message!(
                    "/{section}/ belongs to other pages: take it out of \"aliases\"",
                    section
                );
                findings.add(place.problem(message).help(help));
            }
            Some((section, slug)) => {
                let device = [&section, &slug]
                    .into_iter()
                    .find(|name| is_reserved(name.as_str()));
                if let Some(name) = device {
                    let (message, _) = windows_names::refusal(name.as_str());
                    findings.add(
                        place
                            .problem(message)
                            .help(message!("take it out of \"aliases\"")),
                    );
                }
                pairs.push((section, slug));
            }
        }
    }
    pairs
}

fn check_source(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    source: &authored::article::Source,
) -> Option<Source> {
    let name = findings.plain(
        cursor.key("name"),
        &message!("the source's name"),
        &source.name,
    );
    let address = require_web_address(
        findings,
        cursor.key("address"),
        &message!("the source's address"),
        &source.address,
    );
    address.map(|address| Source { name, address })
}

/// Reads an address of the web. `what` is its name in messages.
pub(super) fn require_web_address(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    what: &Message,
    text: &str,
) -> Option<Address> {
    read_web_address(
        findings,
        cursor,
        text,
        message!(
            "{what} must be a web address that begins with https://",
            what
        ),
    )
}

/// Checks a language's file. `named` is `None` where `article.json` could not be read.
pub fn check_version(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    version: authored::version::Version,
    named: Option<&Named>,
) -> Version {
    if let Some(named) = named {
        check_picture_names(findings, cursor, &version, &named.pictures);
    }
    if version
        .translated_from
        .as_deref()
        .is_some_and(|stamp| !stamp::is_stamp(stamp))
    {
        let message =
            message!("\"translated_from\" is ten hexadecimal digits, which the tool writes");
        let help = message!(
            "run `site translations done section/slug language` when the translation is up to date"
        );
        findings.add(cursor.key("translated_from").problem(message).help(help));
    }
    let assets = named.map_or(Assets::Unknown, |named| Assets::Named {
        pictures: named.pictures.iter().map(String::as_str).collect(),
        files: &named.files,
    });
    Version {
        headline: findings.optional(cursor, "headline", version.headline),
        author: findings.optional(cursor, "author", version.author),
        source: findings.optional(cursor, "source", version.source),
        lead: findings.marked(cursor.key("lead"), &Message::key("lead"), &version.lead),
        pictures: check_picture_texts(findings, cursor.key("pictures"), version.pictures),
        body: check_body(findings, cursor.key("body"), version.body, &assets),
        history: check_history(findings, cursor.key("history"), version.history),
        translated_from: version.translated_from,
        stamp: String::new(),
        draft: version.draft || version.machine,
    }
}

/// Reads the corrections. `load::history` compares their times with those of the article.
fn check_history(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    history: Vec<authored::version::Correction>,
) -> Vec<Correction> {
    let mut read: Vec<Correction> = Vec::new();
    for (index, correction) in history.into_iter().enumerate() {
        let place = cursor.item(index);
        if read
            .last()
            .is_some_and(|newer| newer.at.minutes() < correction.at.minutes())
        {
            let message = message!("this correction is newer than the one before it");
            findings.add(
                place
                    .key("at")
                    .problem(message)
                    .help(message!("write the newest first")),
            );
        }
        let text = findings.marked(
            place.key("text"),
            &message!("the correction"),
            &correction.text,
        );
        read.push(Correction {
            at: correction.at,
            text,
        });
    }
    read
}

fn check_picture_names(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    version: &authored::version::Version,
    names: &[String],
) {
    let place = cursor.key("pictures");
    for name in names
        .iter()
        .filter(|&name| !version.pictures.contains_key(name))
    {
        let name = short(name);
        let message = message!(
            "the picture \"{name}\" has no alternative text in this language",
            name
        );
        let help = message!(
            "under \"pictures\" write \"{name}\": { \"alternative\": \"what the picture shows\" }",
            name
        );
        findings.add(place.problem(message).help(help));
    }
    let known: BTreeSet<&String> = names.iter().collect();
    for name in version.pictures.keys().filter(|name| !known.contains(name)) {
        let message = unknown(
            message!("article.json has no picture"),
            name,
            names.iter().map(String::as_str),
        );
        findings.add(place.name_of(name).problem(message).help(message!(
            "name the picture and its file in article.json, under \"pictures\""
        )));
    }
}

fn check_picture_texts(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    texts: BTreeMap<String, authored::version::PictureText>,
) -> BTreeMap<String, PictureText> {
    let read = texts.into_iter().map(|(name, text)| {
        let place = cursor.key(&name);
        let alternative = findings.plain(
            place.key("alternative"),
            &message!("the alternative text"),
            &text.alternative,
        );
        (
            name,
            PictureText {
                alternative,
                caption: findings.optional(place, "caption", text.caption),
            },
        )
    });
    read.collect()
}

/// Reads `section/slug`.
pub(super) fn pair(text: &str) -> Option<(Slug, Slug)> {
    text.split_once('/')
        .and_then(|(section, slug)| Slug::new(section).ok().zip(Slug::new(slug).ok()))
}
