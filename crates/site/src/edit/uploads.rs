//! Pictures and files that come to an article: `upload/<section>/<slug>/<name>`, with the file as the
//! body of the request. Files come to a document of the register as `enclose/<slug>/<name>`.

use super::answer::{self, Answer};
use super::handlers::{refused, stopped_by};
use super::workshop::Visit;
use crate::media::pictures::arrival;
use ::desk::home::Home;
use ::desk::place::Place;
use ::desk::upload::{self, Kind, NotTaken, Wanted};
use editorial::check::picture_file::is_picture;
use editorial::message;
use hyper::StatusCode;
use model::Lang;
use serde::Deserialize;
use serde_json::json;
use std::path::PathBuf;

/// What the address of an upload begins with: of one to an article, and to a document of the register.
const TASK: &str = "upload/";
const ENCLOSING: &str = "enclose/";

/// The largest file, in bytes.
pub(super) const MOST: usize = upload::MOST;

/// Where files are asked for.
#[derive(Deserialize)]
pub(super) struct Folder {
    #[serde(flatten)]
    of: Named,
}

/// A file that is to go.
#[derive(Deserialize)]
pub(super) struct Gone {
    #[serde(flatten)]
    of: Named,
    file: String,
}

/// An article as section and slug, or a document of the register.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Named {
    Article(String),
    Document(String),
}

impl Named {
    fn home(&self) -> Option<Home> {
        let place = match self {
            Self::Article(name) => format!("articles/{name}/article"),
            Self::Document(slug) => format!("documents/{slug}/document"),
        };
        Home::of(&Place::parse(&place)?)
    }
}

/// Whether a task brings a file.
pub(super) fn is_upload(task: &str) -> bool {
    task.starts_with(TASK) || task.starts_with(ENCLOSING)
}

/// Where the address of an upload leads, and what the file is called.
fn read(task: &str) -> Option<(Home, &str)> {
    if let Some(rest) = task.strip_prefix(ENCLOSING) {
        let (slug, called) = rest.split_once('/')?;
        return Some((Named::Document(slug.to_owned()).home()?, called));
    }
    let mut parts = task.strip_prefix(TASK)?.splitn(3, '/');
    let (section, slug, called) = (parts.next()?, parts.next()?, parts.next()?);
    let home = Named::Article(format!("{section}/{slug}")).home()?;
    Some((home, called))
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

/// Takes a file. With `?picture` nothing but a picture is taken.
pub(super) fn receive(
    workshop: &Visit<'_>,
    task: &str,
    wants_picture: bool,
    bytes: &[u8],
) -> Answer {
    let Some((home, called)) = read(task) else {
        return answer::empty(StatusCode::NOT_FOUND);
    };
    let called = import::decoded(called);
    let wanted = match home {
        Home::Document(_) => Wanted::Files,
        Home::Article(..) if wants_picture => Wanted::Pictures,
        Home::Article(..) => Wanted::Anything,
    };
    let ending = match upload::ending(&called, bytes, wanted) {
        Ok(ending) => ending,
        Err(why) => return not_taken(workshop.lang, StatusCode::UNPROCESSABLE_ENTITY, &why),
    };
    let name = format!("x.{ending}");
    let prepared = if is_picture(&name) && ending != "svg" {
        let kept = arrival::kept(bytes).map_err(|message| NotTaken {
            message: message!(
                "the picture cannot be made ready for the portal: {why}",
                why = message
            ),
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
    let kept = upload::keep(&mut workshop.store(), &home, &called, ending, &prepared);
    match kept {
        Ok(kept) => {
            let is_changed = kept.kind == Kind::Picture && prepared != bytes;
            answer::found(&json!({ "kept": kept, "is_changed": is_changed }))
        }
        Err(trouble) => stopped_by(workshop, &trouble),
    }
}

/// The files of an article, or of a document of the register, that nothing uses.
pub(super) fn unused(workshop: &Visit<'_>, wish: &Folder) -> Answer {
    let Some(home) = wish.of.home() else {
        return no_home(workshop);
    };
    let unused = upload::unused(&mut workshop.store(), &home);
    match unused {
        Ok(unused) => answer::found(&json!({ "unused": unused })),
        Err(trouble) => stopped_by(workshop, &trouble),
    }
}

fn no_home(workshop: &Visit<'_>) -> Answer {
    refused(
        workshop,
        &message!("this is no name of an article or of a document"),
    )
}

/// Takes a file away that nothing uses.
pub(super) fn discard(workshop: &Visit<'_>, wish: &Gone) -> Answer {
    let Some(home) = wish.of.home() else {
        return no_home(workshop);
    };
    let gone = upload::discard(&mut workshop.store(), &home, &wish.file);
    match gone {
        Ok(away) => {
            workshop.changed(home.article());
            answer::found(&json!({ "now": editorial::diagnostics::shown(&away) }))
        }
        Err(trouble) => stopped_by(workshop, &trouble),
    }
}

/// Where a file is that came to an article and is not in its folder yet.
pub(super) fn arrived(
    workshop: &Visit<'_>,
    section: &str,
    slug: &str,
    file: &str,
) -> Option<PathBuf> {
    let home = Named::Article(format!("{section}/{slug}")).home()?;
    Some(workshop.store().arrival(&home, file))
}

fn not_taken(lang: Lang, status: StatusCode, why: &NotTaken) -> Answer {
    let help = why.help.as_ref().map(|help| help.in_lang(lang));
    let further = json!({ "help": help });
    answer::refused(lang, status, "not_taken", &why.message, &further)
}
