//! Checks blocks that refer to pictures and files: every name exists, and the file has the right
//! purpose.

use super::body::Assets;
use super::link_targets::read_web_address;
use super::site::check_unique;
use super::{Findings, unknown};
use crate::check::attached_file::Purpose;
use crate::content::article::BodyItem;
use crate::content::authored::block::Block;
use crate::content::authored::media::{Audio, Gallery, Video};
use crate::json::Cursor;
use crate::message;
use model::{self, Address, Inline};

/// A block that shows a picture or offers a file; `None` for any other.
pub(super) fn check_media_block(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    block: &Block,
    assets: &Assets<'_>,
) -> Option<BodyItem> {
    Some(match block {
        Block::Picture(name) => {
            check_picture(findings, cursor, name, assets);
            BodyItem::Picture(name.clone())
        }
        Block::Gallery(gallery) => check_gallery(findings, cursor, gallery, assets),
        Block::Video(video) => check_film(findings, cursor, video, assets),
        Block::Audio(audio) => check_recording(findings, cursor, audio, assets),
        Block::Attachment(attachment) => {
            check_file(
                findings,
                cursor.key("file"),
                &attachment.file,
                Purpose::Keeping,
                assets,
            );
            let title = findings.plain(
                cursor.key("title"),
                &message!("the file's title"),
                &attachment.title,
            );
            BodyItem::Attachment {
                title,
                file: attachment.file.clone(),
            }
        }
        _ => return None,
    })
}

fn check_picture(findings: &mut Findings, cursor: Cursor<'_>, name: &str, assets: &Assets<'_>) {
    match assets {
        Assets::Unknown => {}
        Assets::Nothing => findings.add(
            cursor
                .problem(message!("a standing page has no pictures"))
                .help(message!("delete this block")),
        ),
        Assets::Named { pictures, .. } if pictures.contains(name) => {}
        Assets::Named { pictures, .. } => {
            let message = unknown(
                message!("article.json has no picture"),
                name,
                pictures.iter().copied(),
            );
            findings.add(cursor.problem(message).help(message!(
                "name the picture and its file in article.json, under \"pictures\""
            )));
        }
    }
}

fn check_file(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    name: &str,
    wanted: Purpose,
    assets: &Assets<'_>,
) {
    let files = match assets {
        Assets::Unknown => return,
        Assets::Nothing => {
            return findings.add(
                cursor
                    .problem(message!("a standing page has no files"))
                    .help(message!("delete this block")),
            );
        }
        Assets::Named { files, .. } => files,
    };
    let Some(file) = files.get(name) else {
        let message = unknown(
            message!("article.json has no file"),
            name,
            files.keys().map(String::as_str),
        );
        return findings.add(
            cursor
                .problem(message)
                .help(message!("name the file in article.json, under \"files\"")),
        );
    };
    if Purpose::of(file) != wanted {
        let message = message!(
            "\"{name}\" is not {wanted}: its file is {file}",
            name,
            wanted = wanted.name(),
            file
        );
        findings.add(cursor.problem(message).help(message!(
            "{wanted} ends in {endings}",
            wanted = wanted.name(),
            endings = wanted.endings()
        )));
    }
}

fn check_gallery(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    gallery: &Gallery,
    assets: &Assets<'_>,
) -> BodyItem {
    let place = cursor.key("pictures");
    if gallery.pictures.len() < 2 {
        let problem = place.problem(message!("a gallery has at least two pictures"));
        findings.add(problem.help(message!(
            "name them, or write one as { \"picture\": \"…\" }"
        )));
    }
    for (index, name) in gallery.pictures.iter().enumerate() {
        check_picture(findings, place.item(index), name, assets);
    }
    check_unique(findings, place, gallery.pictures.iter(), |cursor| cursor);
    BodyItem::Gallery {
        title: findings.optional(cursor, "title", gallery.title.clone()),
        pictures: gallery.pictures.clone(),
    }
}

fn check_film(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    video: &Video,
    assets: &Assets<'_>,
) -> BodyItem {
    if video.address.is_none() && video.file.is_none() {
        let problem = cursor.problem(message!("nothing says where the film is"));
        findings.add(problem.help(message!(
            "write the page that shows it, \"address\": \"https://…\", or its \"file\""
        )));
    }
    if let (None, Some(_)) = (&video.file, &video.captions) {
        let problem = cursor
            .name_of("captions")
            .problem(message!("captions belong to a film that is a file of ours"));
        findings.add(problem.help(message!("delete \"captions\", or name the film's \"file\"")));
    }
    if let Some(poster) = &video.poster {
        check_picture(findings, cursor.key("poster"), poster, assets);
    }
    for (key, name, wanted) in [
        ("file", &video.file, Purpose::Film),
        ("captions", &video.captions, Purpose::Captions),
    ] {
        if let Some(name) = name {
            check_file(findings, cursor.key(key), name, wanted, assets);
        }
    }
    let shown = model::Video {
        title: findings.plain(
            cursor.key("title"),
            &message!("the film's title"),
            &video.title,
        ),
        address: video
            .address
            .as_deref()
            .and_then(|address| read_https_address(findings, cursor.key("address"), address)),
        length: video.length,
        poster: None,
        file: None,
        captions: None,
    };
    BodyItem::Film {
        video: shown,
        poster: video.poster.clone(),
        file: video.file.clone(),
        captions: video.captions.clone(),
    }
}

fn check_recording(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    audio: &Audio,
    assets: &Assets<'_>,
) -> BodyItem {
    check_file(
        findings,
        cursor.key("file"),
        &audio.file,
        Purpose::Recording,
        assets,
    );
    let place = cursor.key("transcript");
    let paragraphs = audio.transcript.iter().enumerate();
    let transcript: Vec<Vec<Inline>> = paragraphs
        .map(|(index, text)| findings.marked(place.item(index), &message!("the paragraph"), text))
        .collect();
    let title = findings.plain(
        cursor.key("title"),
        &message!("the recording's title"),
        &audio.title,
    );
    BodyItem::Recording {
        title,
        length: audio.length,
        transcript,
        file: audio.file.clone(),
    }
}

/// An address that begins with `https://`.
pub(super) fn read_https_address(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    text: &str,
) -> Option<Address> {
    let what = message!(
        "\"{text}\" is not a web address that begins with https://",
        text = text.escape_debug()
    );
    read_web_address(findings, cursor, text, what)
}
