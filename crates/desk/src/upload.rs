//! Pictures and files as they come to an article or to a document of the register: what each is, under which
//! name it stands beside `article.json` or `document.json`, and which of those that are there nothing uses.
//!
//! A name is a slug, made of the name that the file had. No file is ever overwritten: another one of
//! the same name gets a number, and the same bytes are the same file.

use crate::disk;
use crate::home::Home;
use crate::patch::Refused;
use crate::place::Place;
use crate::pointer::Pointer;
use crate::slug;
use crate::store::{Edit, Store, Trouble};
use crate::uses::{self, Uses, named};
use editorial::check::attached_file::{self, Purpose, is_attached};
use editorial::check::picture_file::{self, is_picture};
use editorial::check::windows_names::is_reserved;
use editorial::diagnostics::{Message, Problem};
use editorial::message;
use model::{Lang, Slug};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// The largest file, in bytes.
pub const MOST: usize = attached_file::MOST;

/// How many bytes at the beginning of a file say whether it is a drawing.
const HEAD: usize = 4096;

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A picture.
    Picture,
    /// A film to watch.
    Film,
    /// A recording to listen to.
    Recording,
    /// Captions of a film.
    Captions,
    /// A file to download.
    Keeping,
}

impl Kind {
    /// The kind of a file, by its name.
    pub fn of(file: &str) -> Self {
        match Purpose::of(file) {
            _ if is_picture(file) => Self::Picture,
            Purpose::Film => Self::Film,
            Purpose::Recording => Self::Recording,
            Purpose::Captions => Self::Captions,
            Purpose::Keeping => Self::Keeping,
        }
    }
}

/// What is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Pictures and files.
    Anything,
    /// Pictures alone.
    Pictures,
    /// Files alone: a document of the register has no pictures.
    Files,
}

/// A file that stands beside an article or a document of the register.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// What it is for.
    pub kind: Kind,
    /// What `article.json` calls it, or is to call it; `document.json` has the file's own name.
    pub name: String,
    /// The file.
    pub file: String,
    /// Whether it is named already.
    pub is_named: bool,
}

/// A file that nothing uses.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Unused {
    /// The file.
    pub file: String,
    /// What it is for.
    pub kind: Kind,
}

/// Why a file is not taken, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct NotTaken {
    /// What is wrong.
    pub message: Message,
    /// What to do about it.
    pub help: Option<Message>,
}

impl From<&Problem> for NotTaken {
    fn from(problem: &Problem) -> Self {
        Self {
            message: problem.message.clone(),
            help: problem.help.clone(),
        }
    }
}

/// The ending that a file gets, by what is in it; its name counts only where that does not tell.
///
/// # Errors
/// Where it is nothing that is wanted and can be published, with what it is.
pub fn ending(called: &str, bytes: &[u8], wanted: Wanted) -> Result<&'static str, NotTaken> {
    let own = extension(called);
    let picture = raster(bytes).or_else(|| is_drawing(bytes).then_some("svg"));
    let ending = if let Some(picture) = picture {
        if wanted == Wanted::Files {
            return Err(no_picture(called));
        }
        picture
    } else if let Some(attached) = attached_file::ENDINGS
        .into_iter()
        .find(|ending| *ending == own && wanted != Wanted::Pictures)
    {
        attached
    } else {
        return Err(refusal(called, &own, bytes, wanted));
    };
    match checked(&format!("file.{ending}"), bytes) {
        Some(why) => Err(why),
        None => Ok(ending),
    }
}

/// What `site check` has against a file of this name.
pub fn checked(name: &str, bytes: &[u8]) -> Option<NotTaken> {
    let problem = if is_picture(name) {
        let measured = picture_file::measure(name, bytes);
        measured
            .err()
            .and_then(|problems| problems.first().cloned())
    } else {
        attached_file::flaw(name, bytes)
    };
    problem.as_ref().map(NotTaken::from)
}

/// The format of photographs.
fn raster(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("png"),
        [0xff, 0xd8, 0xff, ..] => Some("jpg"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("webp"),
        _ => None,
    }
}

/// Whether a file is an SVG. One that is packed is as good as one, and is refused as such.
fn is_drawing(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let is_page = ["<!doctype html", "<html"]
        .iter()
        .any(|word| head.to_ascii_lowercase().contains(word));
    head.starts_with('<') && !is_page && head.contains("<svg")
}

/// The words for a picture where files alone are taken.
fn no_picture(called: &str) -> NotTaken {
    NotTaken {
        message: message!(
            "{called} is a picture, and a document of the register has files alone",
            called = editorial::diagnostics::short(called)
        ),
        help: Some(message!("save it as a PDF, and choose that")),
    }
}

/// The words for a file that is not taken.
fn refusal(called: &str, own: &str, bytes: &[u8], wanted: Wanted) -> NotTaken {
    if wanted == Wanted::Files {
        return NotTaken {
            message: message!(
                "{called} is no file that can be published",
                called = editorial::diagnostics::short(called)
            ),
            help: Some(message!(
                "files end in .{files}",
                files = attached_file::ENDINGS.join(", .")
            )),
        };
    }
    let wants_picture = wanted == Wanted::Pictures;
    let as_picture = checked("file.png", bytes);
    let is_known = |why: &NotTaken| why.message != "the picture cannot be read";
    match as_picture {
        Some(why) if is_known(&why) || wants_picture || is_picture(&format!("x.{own}")) => why,
        _ => NotTaken {
            message: message!(
                "{called} is no picture and no file that can be published",
                called = editorial::diagnostics::short(called)
            ),
            help: Some(message!(
                "pictures end in .{pictures}; files end in .{files}",
                pictures = picture_file::ENDINGS.join(", ."),
                files = attached_file::ENDINGS.join(", .")
            )),
        },
    }
}

/// The part of a name behind its last point, in lower case.
fn extension(called: &str) -> String {
    let ending = called.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.trim().to_ascii_lowercase()
}

/// Puts a file beside an article or a document of the register. `called` is the name that it had where it comes
/// from, `ending` the one that it gets.
///
/// # Errors
/// Where its home is not there, or the file cannot be written.
pub fn keep(
    store: &mut Store,
    home: &Home,
    called: &str,
    ending: &str,
    bytes: &[u8],
) -> Result<Kept, Trouble> {
    let facts = home.place();
    let folder = store.folder(&facts)?;
    let kind = Kind::of(&format!("x.{ending}"));
    let texts = store.texts(&facts);
    let (here, coming) = (files(&folder)?, store.arrivals(home));
    let arrived = store.arrival(home, "");
    let alike = same(&folder, &here, ending, bytes);
    if let Some(file) = alike.or_else(|| same(&arrived, &coming, ending, bytes)) {
        let facts = texts.first();
        let known = facts.and_then(|facts| named(facts, &file));
        return Ok(Kept {
            kind,
            is_named: facts.is_some_and(|facts| uses::files(facts).contains(&file)),
            name: known.unwrap_or_else(|| stem(&file).to_owned()),
            file,
        });
    }
    let all = here.iter().chain(&coming);
    let mut taken: BTreeSet<String> = all.map(|file| stem(file).to_lowercase()).collect();
    for facts in &texts {
        let named = uses::files(facts).into_iter();
        taken.extend(named.map(|file| stem(&file).to_lowercase()));
        for key in ["pictures", "files"] {
            taken.extend(
                facts[key]
                    .as_object()
                    .into_iter()
                    .flat_map(|all| all.keys().cloned()),
            );
        }
    }
    loop {
        let name = slug_for(called, home.slug(), &taken);
        let file = format!("{name}.{ending}");
        match store.put(home, &file, bytes) {
            Ok(()) => {
                return Ok(Kept {
                    kind,
                    name: name.to_string(),
                    file,
                    is_named: false,
                });
            }
            // Somebody was faster.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                taken.insert(name.to_string());
            }
            Err(error) => {
                return Err(Trouble::io("write", &store.arrival(home, &file), &error));
            }
        }
    }
}

/// The name for a file that was called so elsewhere; that of the article where it says nothing.
fn slug_for(called: &str, otherwise: &Slug, taken: &BTreeSet<String>) -> Slug {
    let composed: String = called.nfc().collect();
    let last = composed.rsplit(['/', '\\', ':']).next().unwrap_or_default();
    let title = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    slug::propose(title, script(title), otherwise, |slug| {
        taken.contains(slug.as_str()) || is_reserved(slug.as_str())
    })
}

/// The language by whose letters a name is spelled.
fn script(name: &str) -> Lang {
    let any = |of: fn(char) -> bool| name.chars().any(of);
    if any(|c| matches!(c, '\u{ac00}'..='\u{d7a3}')) {
        Lang::Ko
    } else if any(|c| matches!(c, '\u{3040}'..='\u{30ff}')) {
        Lang::Ja
    } else if any(|c| matches!(c, '\u{3400}'..='\u{9fff}')) {
        Lang::ZhHans
    } else {
        Lang::Vi
    }
}

/// The file with the same bytes.
fn same(folder: &Path, files: &[String], ending: &str, bytes: &[u8]) -> Option<String> {
    let is_alike = |file: &&String| {
        let path = folder.join(file.as_str());
        let about = fs::symlink_metadata(&path);
        extension(file) == ending
            && about.is_ok_and(|about| about.is_file() && about.len() == bytes.len() as u64)
            && fs::read(&path).is_ok_and(|there| there == bytes)
    };
    files.iter().find(is_alike).cloned()
}

/// Everything in a folder, whatever it is.
fn files(folder: &Path) -> Result<Vec<String>, Trouble> {
    let entries = fs::read_dir(folder)
        .map_err(|error| Trouble::io("read", folder, &error))?
        .flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort_unstable();
    Ok(names)
}

fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The files beside an article or a document of the register that nothing uses, in what is saved and in what is
/// not.
///
/// # Errors
/// Where its home is not there.
pub fn unused(store: &mut Store, home: &Home) -> Result<Vec<Unused>, Trouble> {
    let folder = store.folder(&home.place())?;
    let mut files = files(&folder)?;
    files.extend(store.arrivals(home));
    let is_used = match home {
        Home::Article(section, slug) => used_by_article(store, (section, slug)),
        Home::Document(_) => used_by_document(store, home),
    };
    let ours = files
        .iter()
        .filter(|file| is_picture(file) || is_attached(file));
    Ok(ours
        .filter(|file| !is_used(file))
        .map(|file| Unused {
            file: file.clone(),
            kind: Kind::of(file),
        })
        .collect())
}

/// Whether a file is used by a document of the register: it names its files where it offers them.
fn used_by_document(store: &mut Store, home: &Home) -> Box<dyn Fn(&str) -> bool> {
    let texts = store.texts(&home.place());
    let named: BTreeSet<String> = texts.iter().flat_map(uses::files).collect();
    Box::new(move |file| named.contains(file))
}

/// Whether a file is used in a text of an article.
fn used_by_article(store: &mut Store, article: (&Slug, &Slug)) -> Box<dyn Fn(&str) -> bool> {
    let facts = Place::Facts(article.0.clone(), article.1.clone());
    let mut uses = Uses::default();
    let facts_texts = store.texts(&facts);
    for facts in &facts_texts {
        uses.of_facts(facts);
    }
    for lang in Lang::ALL {
        let version = Place::Version(article.0.clone(), article.1.clone(), lang);
        store
            .texts(&version)
            .iter()
            .for_each(|text| uses.of_version(text));
    }
    Box::new(move |file| {
        let names = facts_texts.iter().flat_map(|facts| names_of(facts, file));
        names.into_iter().any(|name| uses.has(&name))
    })
}

/// All names that `article.json` has for a file.
fn names_of(facts: &Value, file: &str) -> Vec<String> {
    let entries = ["pictures", "files"].map(|key| facts[key].as_object());
    let entries = entries.into_iter().flatten().flatten();
    entries
        .filter(|(_, value)| value["file"] == file || *value == file)
        .map(|(name, _)| name.clone())
        .collect()
}

/// Takes a file away that nothing uses, with everything that names it. It is moved into the folder
/// of drafts, so that it can be had back. Returns where it is now.
///
/// # Errors
/// Where it is used, where something of its home is not saved yet, or where it cannot be moved.
pub fn discard(store: &mut Store, home: &Home, file: &str) -> Result<PathBuf, Trouble> {
    if !unused(store, home)?.iter().any(|one| one.file == file) {
        return Err(Trouble::Failed(message!(
            "{file} is used, or not there",
            file = editorial::diagnostics::short(file)
        )));
    }
    if store.has_unsaved(home) {
        return Err(Trouble::Failed(message!(
            "something here is not saved yet: save it first"
        )));
    }
    let arrived = store.arrival(home, file);
    let from = if arrived.exists() {
        arrived
    } else {
        store.folder(&home.place())?.join(file)
    };
    if let Home::Article(section, slug) = home {
        forget_everywhere(store, (section, slug), file)?;
    }
    let away = store.removed().join(format!("{}+{file}", home.name()));
    let away = disk::free(&away);
    fs::create_dir_all(store.removed())
        .and_then(|()| fs::rename(&from, &away))
        .map_err(|error| Trouble::io("move", &from, &error))?;
    store.note(&home.file(store.content(), file));
    Ok(away)
}

/// Takes the names of a file out of all documents of an article.
fn forget_everywhere(
    store: &mut Store,
    (section, slug): (&Slug, &Slug),
    file: &str,
) -> Result<(), Trouble> {
    let facts = Place::Facts(section.clone(), slug.clone());
    let names: Vec<String> = store
        .texts(&facts)
        .iter()
        .flat_map(|facts| names_of(facts, file))
        .collect();
    for lang in Lang::ALL {
        let version = Place::Version(section.clone(), slug.clone(), lang);
        if version.file(store.content()).exists() {
            forget(store, &version, &["pictures"], &names)?;
        }
    }
    forget(store, &facts, &["pictures", "files"], &names)
}

/// Takes names out of a document, and saves it.
fn forget(
    store: &mut Store,
    place: &Place,
    keys: &[&str],
    names: &[String],
) -> Result<(), Trouble> {
    let mut shown = store.show(place)?;
    for (key, name) in keys
        .iter()
        .flat_map(|key| names.iter().map(move |name| (key, name)))
    {
        let all = shown
            .value
            .as_ref()
            .and_then(|value| value[*key].as_object());
        let Some(all) = all.filter(|all| all.contains_key(name)) else {
            continue;
        };
        // A list that has nothing left goes with it.
        let at = if all.len() == 1 {
            format!("/{key}")
        } else {
            format!("/{key}/{}", name.replace('~', "~0").replace('/', "~1"))
        };
        let edit = serde_json::from_value::<Edit>(serde_json::json!({ "do": "remove", "at": at }));
        let unmade = |_| Trouble::Refused(Refused::NoPlace(Pointer::default()));
        let edit = edit.map_err(unmade)?;
        shown = store.edit(place, &shown.known.clone(), &[edit])?;
    }
    store.save(place, &shown.known.clone(), None).map(drop)
}

#[cfg(test)]
mod tests;
