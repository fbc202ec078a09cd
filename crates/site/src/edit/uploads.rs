//! Pictures and files that come to an article: `upload/<section>/<slug>/<name>`, with the file as the
//! body of the request.

use super::answer::{self, Answer};
use super::handlers::{refused, stopped_by};
use super::workshop::Visit;
use crate::media::pictures::arrival;
use ::desk::place::Place;
use ::desk::upload::{self, Kind, NotTaken};
use editorial::check::picture_file::is_picture;
use editorial::diagnostics::Message;
use editorial::message;
use hyper::StatusCode;
use model::{Lang, Slug};
use serde::Deserialize;
use serde_json::json;
use std::path::PathBuf;

/// What the address of an upload begins with.
pub(super) const TASK: &str = "upload/";

/// The largest file, in bytes.
pub(super) const MOST: usize = upload::MOST;

/// An article whose files are asked for.
#[derive(Deserialize)]
pub(super) struct Folder {
    article: String,
}

/// A file that is to go.
#[derive(Deserialize)]
pub(super) struct Gone {
    article: String,
    file: String,
}

/// The answer to a file that is larger than any may be.
pub(super) fn too_large(lang: Lang) -> Answer {
    let most = MOST / 1_000_000;
    let why = NotTaken {
        message: message!("the file has more than {most} MB", most),
        help: Some(message!("make it smaller, or link to where it is")),
    };
    not_taken(lang, StatusCode::PAYLOAD_TOO_LARGE, &why)
}

/// Takes a file. `task` is the address behind `upload/`; with `?picture` nothing but a picture is
/// taken.
pub(super) fn receive(
    workshop: &Visit<'_>,
    task: &str,
    wants_picture: bool,
    bytes: &[u8],
) -> Answer {
    let mut parts = task.splitn(3, '/');
    let mut next = || parts.next().unwrap_or_default();
    let (section, slug, called) = (next(), next(), import::decoded(next()));
    let Some((section, slug)) = article(&format!("{section}/{slug}")) else {
        return answer::empty(StatusCode::NOT_FOUND);
    };
    let ending = match upload::ending(&called, bytes, wants_picture) {
        Ok(ending) => ending,
        Err(why) => return not_taken(workshop.lang, StatusCode::UNPROCESSABLE_ENTITY, &why),
    };
    let name = format!("x.{ending}");
    let prepared = if is_picture(&name) && ending != "svg" {
        let kept = arrival::kept(bytes).map_err(|message| NotTaken {
            message: Message::verbatim(message),
            help: Some(message!("export it anew")),
        });
        kept.and_then(|kept| upload::checked(&name, &kept).map_or(Ok(kept), Err))
    } else {
        Ok(bytes.to_vec())
    };
    let prepared = match prepared {
        Ok(prepared) => prepared,
        Err(why) => return not_taken(workshop.lang, StatusCode::UNPROCESSABLE_ENTITY, &why),
    };
    let kept = upload::keep(
        &mut workshop.store(),
        (&section, &slug),
        &called,
        ending,
        &prepared,
    );
    match kept {
        Ok(kept) => {
            let is_changed = kept.kind == Kind::Picture && prepared != bytes;
            answer::found(&json!({ "kept": kept, "is_changed": is_changed }))
        }
        Err(trouble) => stopped_by(trouble),
    }
}

/// The files of an article that nothing uses.
pub(super) fn unused(workshop: &Visit<'_>, wish: &Folder) -> Answer {
    let Some((section, slug)) = article(&wish.article) else {
        return refused("refused", "this is no name of an article");
    };
    let unused = upload::unused(&mut workshop.store(), (&section, &slug));
    match unused {
        Ok(unused) => answer::found(&json!({ "unused": unused })),
        Err(trouble) => stopped_by(trouble),
    }
}

/// Takes a file away that nothing uses.
pub(super) fn discard(workshop: &Visit<'_>, wish: &Gone) -> Answer {
    let Some((section, slug)) = article(&wish.article) else {
        return refused("refused", "this is no name of an article");
    };
    let gone = upload::discard(&mut workshop.store(), (&section, &slug), &wish.file);
    match gone {
        Ok(away) => {
            workshop.changed(Some((&section, &slug)));
            answer::found(&json!({ "now": editorial::diagnostics::shown(&away) }))
        }
        Err(trouble) => stopped_by(trouble),
    }
}

/// Where a file is that came to an article and is not in its folder yet.
pub(super) fn arrived(
    workshop: &Visit<'_>,
    section: &str,
    slug: &str,
    file: &str,
) -> Option<PathBuf> {
    let (section, slug) = article(&format!("{section}/{slug}"))?;
    Some(workshop.store().arrival((&section, &slug), file))
}

fn article(name: &str) -> Option<(Slug, Slug)> {
    let place = Place::parse(&format!("articles/{name}/article"))?;
    place
        .article()
        .map(|(section, slug)| (section.clone(), slug.clone()))
}

fn not_taken(lang: Lang, status: StatusCode, why: &NotTaken) -> Answer {
    let help = why.help.as_ref().map(|help| help.in_lang(lang));
    answer::refused(
        status,
        "not_taken",
        &why.message.in_lang(lang),
        &json!({ "help": help }),
    )
}
